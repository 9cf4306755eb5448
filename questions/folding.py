"""Typed Vietnamese -> the form in which two spellings of one answer are equal."""

from __future__ import annotations

import re
import unicodedata

from vi_textmatch import normalize

from questions.patterns import DATE_IN_WORDS

_ALIKE = str.maketrans(
    {
        **dict.fromkeys((0xD0, 0xF0, 0x189, 0x256), chr(0x111)),  # lookalikes of đ
        **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), "-"),
        **dict.fromkeys((0x2018, 0x2019, 0x2BC), "'"),
        **dict.fromkeys((0x201C, 0x201D, 0xAB, 0xBB), '"'),
    }
)
"""Signs that keyboards and editors put for one another."""

_ENDS = " .,;:!?"

_DATE = re.compile(r"(?<![\w./-])([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})(?![\w]|[./-][0-9])")
_THOUSANDS = re.compile(r"(?<![\w.,])[0-9]{1,3}(?:\.[0-9]{3})+(?!\w|\.[0-9])")
_ZEROS = re.compile(r"(?<![\w.,])(?<![0-9] )0+(?=[0-9])")  # "1 000" may be one number


def fold(value: str) -> str:
    """Return the folded form of a short text.

    Unicode form, place of the tone (hoà, hòa), lookalikes of đ, dashes and quotes, capitals,
    spaces, invisible signs and a full stop at the end make no difference. A letter, a tone or
    a mark that differs does: `fold("hoa") != fold("hòa")`.
    """
    seen = "".join(sign for sign in value if unicodedata.category(sign) != "Cf")
    return normalize(unicodedata.normalize("NFKC", seen.translate(_ALIKE))).strip(_ENDS)


def by_value(folded: str) -> str:
    """Return a folded text with every number and date in one of the ways it may be written.

    Zeros in front and dots between thousands make no difference to a number, nor do `/`, `-`, `.`
    or the words ngày, tháng, năm to a whole date. Other numbers stay different.
    """
    dated = DATE_IN_WORDS.sub(r"\1/\2/\3", _DATE.sub(r"\1/\3/\4", folded))
    return _ZEROS.sub("", _THOUSANDS.sub(lambda found: found[0].replace(".", ""), dated))
