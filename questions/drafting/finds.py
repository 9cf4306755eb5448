"""What in a sentence can be checked: dates, numbers, documents, ordinals, names with offices."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from questions.drafting.lexicon import (
    ABBREVIATED,
    AFTER_STOP,
    BOUND,
    BOUNDS,
    COUNT,
    DATE,
    DATE_SLASHED,
    DATE_WRITTEN,
    DOCUMENT,
    MONTH,
    NAME,
    NAME_THEN_OFFICE,
    NOT_A_YEAR,
    NUMBER,
    OFFICE_THEN_NAME,
    OFFICES,
    ORDINAL,
    PERIOD,
    PERIOD_WRITTEN,
    SIGNED_AS,
)
from questions.model import DateValue, NameValue, NumberValue, TextValue

Kind = Literal[
    "date", "month", "period", "document", "count", "number", "ordinal", "name", "office"
]
FactValue = DateValue | NameValue | NumberValue | TextValue


@dataclass(frozen=True)
class Find:
    """Something checkable in a sentence.

    Attributes
    ----------
    start, end : int
        Where the value stands in the sentence: what a gap replaces.
    shown : str
        The value as the sentence has it.
    value : FactValue
        The value as a fact keeps it.
    parts : dict
        What distractors need: numbers, how they are written.
    """

    kind: Kind
    start: int
    end: int
    shown: str
    value: FactValue
    parts: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def meaning(self) -> tuple[object, ...]:
        """What it says, however it is written: `2021-2025` and `2021 – 2025` are one."""
        data = self.value.model_dump(exclude={"bound"})
        return (self.kind, *(str(part).casefold() for part in data.values()))


def sentences(paragraph: str) -> list[str]:
    """Split a paragraph into sentences; numbers of lists and abbreviations end none."""
    found: list[str] = []
    for part in AFTER_STOP.split(paragraph):
        if found and ABBREVIATED.search(found[-1]):
            found[-1] += " " + part
        else:
            found.append(part)
    return found


def finds(sentence: str) -> list[Find]:
    """Return what can be checked in a sentence, from left to right, without overlaps."""
    taken: list[Find] = []
    for look in (_names, _documents, _dates, _months, _periods, _counts, _numbers, _ordinals):
        for find in look(sentence):
            if not any(find.start < other.end and other.start < find.end for other in taken):
                taken.append(find)
    return sorted(taken, key=lambda find: find.start)


def write_day(parts: dict[str, Any]) -> str:
    """Write a day as its sentence does."""
    month = parts["m"]
    if parts["written"]:
        return DATE_WRITTEN.format(d=parts["d"], m=month, y=parts["y"])
    return DATE_SLASHED.format(d=parts["d"], m=f"{month:02}" if month < 3 else month, y=parts["y"])


def _dates(sentence: str) -> Iterator[Find]:
    for match in DATE.finditer(sentence):
        written = match["d2"] is not None
        name = "2" if written else ""
        d, m, y = (int(match[part + name]) for part in "dmy")
        try:
            value = datetime.date(y, m, d).isoformat()
        except ValueError:
            continue
        start = match.start("d" + name)
        parts = {"d": d, "m": m, "y": y, "written": written}
        shown = sentence[start : match.end()]
        yield Find("date", start, match.end(), shown, DateValue(type="date", value=value), parts)


def _months(sentence: str) -> Iterator[Find]:
    for match in MONTH.finditer(sentence):
        month, year = int(match["m"]), int(match["y"])
        if not 1 <= month <= 12:
            continue
        start = match.start("m")
        shown = sentence[start : match.end()]
        between = sentence[match.end("m") : match.start("y")]
        value = DateValue(type="date", value=f"{year:04}-{month:02}")
        parts = {"m": month, "y": year, "between": between}
        yield Find("month", start, match.end(), shown, value, parts)


def _periods(sentence: str) -> Iterator[Find]:
    for match in PERIOD.finditer(sentence):
        if match["a"] < match["b"]:
            value = DateValue(type="date", value=match["a"], to=match["b"])
            parts = {"a": int(match["a"]), "b": int(match["b"])}
            shown = PERIOD_WRITTEN.format(**parts)
            yield Find("period", *match.span("shown"), shown, value, parts)


def _documents(sentence: str) -> Iterator[Find]:
    for match in DOCUMENT.finditer(sentence):
        shown = re.sub(r"\s", "", match[0])
        value = NameValue(type="name", value=shown)
        parts = {"n": match["n"], "rest": shown[len(match["n"]) :]}
        yield Find("document", *match.span(), shown, value, parts)


def _counts(sentence: str) -> Iterator[Find]:
    for match in COUNT.finditer(sentence):
        yield _number(sentence, match, "count")


def _numbers(sentence: str) -> Iterator[Find]:
    for match in NUMBER.finditer(sentence):
        year = match["unit"] in NOT_A_YEAR and re.fullmatch("[12][0-9]{3}", match["n"])
        if not year:
            yield _number(sentence, match, "number")


def _number(sentence: str, match: re.Match[str], kind: Literal["count", "number"]) -> Find:
    bound = BOUND.search(sentence[: match.start()])
    value = NumberValue(
        type="number",
        value=Decimal(match["n"].replace(".", "").replace(",", ".")),
        unit=match["unit"],
        bound=BOUNDS[bound[1].casefold()] if bound else "exact",
    )
    parts = {"n": match["n"], "unit": match["unit"]}
    return Find(kind, *match.span("n"), match["n"], value, parts)


def _ordinals(sentence: str) -> Iterator[Find]:
    for match in ORDINAL.finditer(sentence):
        value = TextValue(type="text", value=match["n"])
        yield Find("ordinal", *match.span("n"), match["n"], value, {"n": match["n"]})


def _names(sentence: str) -> Iterator[Find]:
    for pattern in (NAME_THEN_OFFICE, OFFICE_THEN_NAME):
        for match in pattern.finditer(sentence):
            yield named(*match.span("name"), match["name"], "name")
            yield named(*match.span("office"), match["office"], "office")


def named(start: int, end: int, shown: str, kind: Literal["name", "office"]) -> Find:
    """Return the find of a name, or of an office."""
    value: FactValue = NameValue(type="name", value=shown)
    if kind == "office":
        value = TextValue(type="text", value=shown)
    return Find(kind, start, end, shown, value)


def signature(above: str, below: str) -> str | None:
    """Return the office of the person who signs, where `below` is a name under an office."""
    match = SIGNED_AS.search(above)
    if not (match and NAME.match(below)):
        return None
    by_letters = {office.casefold(): office for office in OFFICES}
    return by_letters[match["office"].casefold()]


KINDS: tuple[Kind, ...] = (
    "name", "office", "document", "date", "count", "number", "period", "month", "ordinal",
)  # fmt: skip
"""What is worth asking most comes first."""
