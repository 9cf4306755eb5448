"""Wrong values of the same kind and form as a right one; deterministic."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from questions.canonical import sha256
from questions.drafting.finds import Find, write_day
from questions.drafting.lexicon import OFFICES, PERIOD_WRITTEN

WANTED = 3

_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def distractors(find: Find, others: Iterable[Find], avoid: str, seed: int) -> list[str]:
    """Return up to three wrong values for a find, in the form that it has.

    Parameters
    ----------
    others : iterable of Find
        What else the document holds: its values of the same kind come first, since they are the
        ones that people mix up.
    avoid : str
        Text whose values must not be offered: the sentence itself, where they may be true.
    seed : int
        Another seed chooses others.
    """
    own = [
        _like(find, other)
        for other in others
        if other.kind == find.kind
        and other.parts.get("unit") == find.parts.get("unit")
        and other.meaning != find.meaning
    ]
    made = _MADE.get(find.kind, lambda _: iter(()))(find)
    chosen: list[str] = []
    for pool, limit in ((own, WANTED if find.kind in _NEVER_MADE else 2), (made, WANTED)):
        usable = {value for value in pool if value != find.shown and not _stands(value, avoid)}
        for value in shuffled(usable, f"{seed}:{find.shown}"):
            if value not in chosen and len(chosen) < limit:
                chosen.append(value)
    return chosen


def _stands(value: str, text: str) -> bool:
    """Return whether a value stands in a text, and not only inside a longer one."""
    return bool(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text))


def _like(find: Find, other: Find) -> str:
    """Write another's value as this one is written."""
    if find.kind == "date":
        return write_day({**other.parts, "written": find.parts["written"]})
    if find.kind == "month":
        return _month(other.parts["y"], other.parts["m"], find.parts["between"])
    return other.shown


def shuffled(values: Iterable[str], seed: str) -> list[str]:
    """Return values in an order that depends on nothing but them and the seed."""
    return sorted(values, key=lambda value: sha256(f"{seed}:{value}"))


def _days(find: Find) -> Iterator[str]:
    parts = find.parts
    right = datetime.date(parts["y"], parts["m"], parts["d"])
    for days in (-10, -7, -3, 3, 7, 10, -30, 31):
        day = right + datetime.timedelta(days=days)
        yield write_day({**parts, "d": day.day, "m": day.month, "y": day.year})


def _months(find: Find) -> Iterator[str]:
    for step in (-3, -2, -1, 1, 2, 3):
        year, month = divmod(find.parts["y"] * 12 + find.parts["m"] - 1 + step, 12)
        yield _month(year, month + 1, find.parts["between"])


def _month(year: int, month: int, between: str) -> str:
    shown = f"{month:02}" if month < 3 else str(month)
    return f"{shown}{between}{year}"


def _periods(find: Find) -> Iterator[str]:
    for step in (-10, -5, 5, 10):
        yield PERIOD_WRITTEN.format(a=find.parts["a"] + step, b=find.parts["b"] + step)


def _documents(find: Find) -> Iterator[str]:
    number = find.parts["n"]
    for step in (-40, -17, -9, -4, 4, 8, 13, 30):
        if int(number) + step > 0:
            yield str(int(number) + step).zfill(len(number)) + find.parts["rest"]


def _numbers(find: Find) -> Iterator[str]:
    written = find.parts["n"]
    value = Decimal(written.replace(".", "").replace(",", "."))
    places = -value.as_tuple().exponent
    if places == 0 and value <= 20:
        made: list[Any] = [value + step for step in (-3, -2, -1, 1, 2, 3)]
    else:
        factors = ("0.6", "0.75", "0.85", "1.15", "1.3", "1.5")
        step = Decimal(1).scaleb(-places) if places else Decimal(1)
        if places == 0 and value % 10 == 0:
            step = Decimal(10)
        made = [(value * Decimal(factor) / step).to_integral_value() * step for factor in factors]
    for wrong in made:
        if wrong > 0 and not (find.parts["unit"].startswith("%") and wrong > 100 >= value):
            yield _written(wrong, written, places)


def _written(value: Decimal, like: str, places: int) -> str:
    """Write a number as another is written: separators, decimals, zero in front."""
    shown = f"{value:,.{places}f}" if "." in like or places else f"{value:.0f}"
    shown = shown.translate(str.maketrans(",.", ".,"))
    if "." not in like and "," not in like and value >= 10_000:
        shown = f"{value:.0f}"
    return shown.zfill(len(like)) if like.startswith("0") and not places else shown


def _offices(find: Find) -> Iterator[str]:
    yield from (office for office in OFFICES if office != find.shown)


def _ordinals(find: Find) -> Iterator[str]:
    value = roman_value(find.parts["n"])
    for step in (-3, -2, -1, 1, 2):
        if value + step > 0:
            yield roman(value + step)


def roman(value: int) -> str:
    """Return a number from 1 to 89 in Roman numerals."""
    shown = ""
    for worth, letters in _ROMAN:
        while value >= worth:
            shown += letters
            value -= worth
    return shown


def roman_value(shown: str) -> int:
    """Return what Roman numerals from I to LXXXIX mean."""
    total = 0
    for worth, letters in _ROMAN:
        while shown.startswith(letters):
            total += worth
            shown = shown[len(letters) :]
    return total


_MADE = {
    "date": _days,
    "month": _months,
    "period": _periods,
    "document": _documents,
    "count": _numbers,
    "number": _numbers,
    "ordinal": _ordinals,
    "office": _offices,
}
_NEVER_MADE = ("name", "document")
"""A name is never made up; a document's number is, where the document has too few."""
