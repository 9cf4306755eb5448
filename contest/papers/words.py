"""Figures, dates and texts as Vietnamese administrative documents write them. Pure."""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Literal

from contest.clock import local
from contest.papers.messages import text
from grading.marks import FRACTION_DECIMALS, MICRO

Kind = Literal["text", "whole", "percent", "number", "time"]
"""How a spreadsheet shows a raw value."""

NONE = "–"
"""What stands where there is no figure: not known, which isn't 0."""

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    r"\ud800-\udfff\ufffe\uffff]"
)
_SPACES = re.compile(r"[\t\r\n]+")
_LONG_NUMBER = re.compile(r"\+?\d(?:[ .\-]?\d){7,14}")


class Shown(str):
    """A text with the value behind it, which spreadsheets hold instead.

    Attributes
    ----------
    raw : int, Decimal, datetime or None
        None: nothing to hold.
    kind : str
        How a spreadsheet shows it.
    """

    raw: Any
    kind: Kind

    def __new__(cls, shown: str, raw: Any, kind: Kind) -> Shown:
        made = super().__new__(cls, shown)
        made.raw, made.kind = raw, kind
        return made


def clean(value: str) -> str:
    """Return a text as documents can hold it: NFC, one line, nothing that can't be seen."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", _SPACES.sub(" ", value)))


def without_phones(value: str) -> str:
    """Return a text with anything that may be a phone number (8 to 15 digits) blotted out."""
    return _LONG_NUMBER.sub("•••", value)


def dotted(value: Decimal, places: int) -> str:
    """Return `1.234,50`: `places` decimals, halves away from zero."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,f}".replace(",", "\0").replace(".", ",").replace("\0", ".")


def count(value: int | None) -> Shown:
    """Return a whole number: `1.234`."""
    if value is None:
        return Shown(NONE, None, "whole")
    return Shown(dotted(Decimal(int(value)), 0), int(value), "whole")


def exact(value: Fraction, places: int) -> Decimal:
    """Return a fraction with `places` decimals, halves away from zero."""
    scaled = int(abs(value) * 10**places + Fraction(1, 2))
    return Decimal(-scaled if value < 0 else scaled).scaleb(-places)


def percent(part: Fraction | None) -> Shown:
    """Return a part of 1 as `6,26%`."""
    if part is None:
        return Shown(NONE, None, "percent")
    return Shown(f"{dotted(exact(part * 100, 2), 2)}%", exact(part, 4), "percent")


def share(part: int, whole: int | None) -> Shown:
    """Return part / whole as percent; `–` where there is nothing to divide by."""
    return percent(Fraction(part, whole) if whole else None)


def mean(value: Fraction | None) -> Shown:
    """Return a mean with two decimals."""
    if value is None:
        return Shown(NONE, None, "number")
    rounded = exact(value, 2)
    return Shown(dotted(rounded, 2), rounded, "number")


def fraction(value: Fraction | None) -> Shown:
    """Return a fraction with the four decimals that result files hold."""
    if value is None:
        return Shown(NONE, None, "number")
    rounded = exact(value, FRACTION_DECIMALS)
    return Shown(dotted(rounded, FRACTION_DECIMALS), rounded, "number")


def plain(value: Decimal | None) -> Shown:
    """Return a decimal exactly, without trailing zeros: `7,5`."""
    if value is None:
        return Shown(NONE, None, "number")
    places = max(0, -int(value.normalize().as_tuple().exponent)) if value else 0
    return Shown(dotted(value, places), value, "number")


def points(micro: int | None) -> Shown:
    """Return millionths of a point exactly: `7,5`."""
    return plain(None if micro is None else Decimal(int(micro)) / MICRO)


def clock(ms: int | None) -> Shown:
    """Return a time used: `12:05`, `1:02:03`; `12:05,250` where there are milliseconds."""
    if ms is None:
        return Shown(NONE, None, "text")
    seconds, rest = divmod(int(ms), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    shown = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
    return Shown(f"{shown},{rest:03}" if rest else shown, None, "text")


def moment(ms: int) -> str:
    """Return `21 giờ 05 phút ngày 22/12/2026`."""
    at = local(ms)
    return text("word.moment", gio=at.hour, phut=f"{at.minute:02}", ngay=day(at.date()))


def stamp(ms: int) -> str:
    """Return `21:05:09 22/12/2026`, for a table's cell."""
    at = local(ms)
    return text("word.stamp", luc=f"{at:%H:%M:%S}", ngay=day(at.date()))


def day(date: datetime.date) -> str:
    """Return `05/3/2026`: a zero before days below 10 and months 1 and 2."""
    return f"{date.day:02}/{_month(date)}/{date.year}"


def long_day(date: datetime.date | None) -> str:
    """Return the date as it stands in a head; dots where it isn't known."""
    if date is None:
        return text("word.date_blank")
    return text("word.date", ngay=f"{date.day:02}", thang=_month(date), nam=date.year)


def _month(date: datetime.date) -> str:
    return f"{date.month:02}" if date.month < 3 else str(date.month)


def of_prizes(number: int, title: str) -> str:
    """Return `01 giải Nhất`."""
    title = title[:1].lower() + title[1:]
    word = text("word.prize")
    return f"{number:02} {title}" if title.startswith(word) else f"{number:02} {word} {title}"


def listed(parts: list[str]) -> str:
    """Return parts joined by commas; `không có` for none."""
    return ", ".join(parts) or text("none")


def money(value: int | None) -> Shown:
    """Return an amount in đồng, without the word."""
    return count(value)


def in_words(value: int) -> str:
    """Return a whole number (0 or more) in Vietnamese words, the first letter capital.

    Raises
    ------
    ValueError
        For a negative number, or one of more than 18 digits.
    """
    if not 0 <= value < 10**18:
        raise ValueError(value)
    said = " ".join(_words(value)) or _digit(0)
    return said[:1].upper() + said[1:]


def _words(value: int, *, inside: bool = False) -> list[str]:
    billions, rest = divmod(value, 10**9)
    found: list[str] = []
    if billions:
        found += [*_words(billions, inside=inside), text("digit.billion")]
    for size, name in ((10**6, "million"), (1000, "thousand"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            found += _group(group, full=bool(found) or inside)
            found += [text(f"digit.{name}")] if name else []
    return found


def _group(value: int, *, full: bool) -> list[str]:
    """Return three digits in words; `full` names hundreds that are zero."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    found = [_digit(hundreds), text("digit.hundred")] if hundreds or full else []
    if tens == 0:
        return (
            found
            + ([text("digit.odd")] if found and ones else [])
            + ([_digit(ones)] if ones else [])
        )
    found += [text("digit.ten")] if tens == 1 else [_digit(tens), text("digit.tens")]
    if ones == 1 and tens > 1:
        return [*found, text("digit.one_after")]
    if ones == 5:
        return [*found, text("digit.five_after")]
    return [*found, _digit(ones)] if ones else found


def _digit(value: int) -> str:
    return text(f"digit.{value}")


def known(key: str, otherwise: str) -> str:
    """Return the words of a key, or `otherwise` where it has none."""
    try:
        return text(key)
    except KeyError:
        return otherwise
