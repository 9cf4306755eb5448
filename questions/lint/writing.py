"""Rules about how numbers, dates and punctuation are written. Each looks at one text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from questions.lint.lexicon import COUNTED, DECIMAL_UNITS

_FOUND = tuple[str, dict[str, Any]]
"""(code, values for its text)"""

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_DOCUMENT = re.compile(r"[0-9]+[-/][^\s,;()]*[^\W\d_][^\s,;()]*")
_DATE = re.compile(r"(?<![\w/.,-])([0-9]{1,4})([/.-])([0-9]{1,2})\2([0-9]{1,4})(?![\w/-])")
_DECIMAL_POINT = re.compile(
    rf"(?<![\w.,/])([0-9]+)\.([0-9]{{1,2}}|[0-9]{{4,}})(?=\s*(?:{'|'.join(DECIMAL_UNITS)}|$|[,;)\s]))"
)
_THOUSANDS = re.compile(r"(?<![\w.,/-])[0-9]{5,}(?![\w,/-]|\.[0-9])")
_COMMA_THOUSANDS = re.compile(r"(?<![\w.,/-])[0-9]{1,3}(?:,[0-9]{3})+(?![\w%]|[.,/-][0-9]|\s*%)")
_PERCENT = re.compile(r"([0-9])\s+%")
_BEFORE = re.compile(r"(?<=\w)\s+([,;:?!.])(?!\S)")
_AFTER = re.compile(r"(?<=[^\W\d])([,;:?!])(?=[^\W\d])")
_DOUBLE = re.compile(r"(?<=\S)( {2,})(?=\S)")
_PAIRS = ("()", "[]", "“”", "«»")


def writing_rules(shown: str) -> Iterator[_FOUND]:
    """Yield what is written against the rules in one text."""
    text = _ADDRESS.sub(lambda match: "x" * len(match[0]), shown)
    yield from _dates(text)
    text = _DATE.sub("x", _DOCUMENT.sub("x", text))
    yield from _numbers(text)
    yield from _punctuation(text)


def _dates(text: str) -> Iterator[_FOUND]:
    for match in _DATE.finditer(text):
        first, sign, month, last = match.groups()
        year_first = len(first) == 4
        day, year = (last, first) if year_first else (first, last)
        if len(day) > 2 or len(year) != 4:
            continue
        try:
            datetime.date(int(year), int(month), int(day))
        except ValueError:
            yield "lint.date_impossible", {"date": match[0]}
            continue
        right = written_date(int(day), int(month), int(year))
        if sign != "/" or year_first:
            yield "lint.date_form", {"date": match[0], "right": right}
        elif match[0] != right:
            yield "lint.date_zero", {"date": match[0], "right": right}


def written_date(day: int, month: int, year: int) -> str:
    """Return a date as offices write it: 04/5/2026, 01/02/2026."""
    return f"{day:02}/{month:02}/{year}" if month < 3 else f"{day:02}/{month}/{year}"


def _numbers(text: str) -> Iterator[_FOUND]:
    for match in _DECIMAL_POINT.finditer(text):
        yield "lint.decimal_point", {"number": match[0], "right": f"{match[1]},{match[2]}"}
    for match in _THOUSANDS.finditer(text):
        yield (
            "lint.thousands",
            {"number": match[0], "right": f"{int(match[0]):,}".replace(",", ".")},
        )
    for match in _COMMA_THOUSANDS.finditer(text):
        zeros = match[0].startswith("0,")  # 0,766 is a decimal
        if not zeros and (match[0].count(",") > 1 or _counts(text[match.end() :])):
            yield (
                "lint.thousands_comma",
                {
                    "number": match[0],
                    "right": match[0].replace(",", "."),
                },
            )
    for match in _PERCENT.finditer(text):
        yield "lint.percent_space", {"number": match[0], "right": f"{match[1]}%"}


def _counts(after: str) -> bool:
    """Return whether what follows a number is a thing that is counted in wholes."""
    return bool(COUNTED.match(after))


def _punctuation(text: str) -> Iterator[_FOUND]:
    for pattern in (_BEFORE, _AFTER):
        if match := pattern.search(text):
            yield "lint.spacing", {"sign": match[1]}
    if _DOUBLE.search(text):
        yield "lint.spacing", {"sign": text.split("  ")[0].split()[-1]}
    for opening, closing in _PAIRS:
        listed = len(re.findall(r"(?:^|\s)[a-z0-9]{1,2}\)", text)) if closing == ")" else 0
        if text.count(opening) not in (text.count(closing), text.count(closing) - listed):
            yield "lint.unbalanced", {"sign": f"{opening} {closing}"}
    if text.count('"') % 2:
        yield "lint.unbalanced", {"sign": '"'}
