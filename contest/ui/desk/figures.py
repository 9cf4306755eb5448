"""A round's live numbers as the desk shows them: against headcount and target. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from contest.board.figures import HOUR_MS
from contest.clock import local
from contest.documents_rules import Targets
from contest.live_numbers import RoundNumbers, UnitNumbers
from contest.numbers import round_half_up, shown_number
from contest.units import fold

MOST_HOURS = 24 * 7
"""A longer round is drawn by days."""


@dataclass(frozen=True)
class Line:
    """A block or a unit; `headcount`, `target` None: not known, none set."""

    id: str
    name: str
    level: int
    people: int
    attempts: int
    headcount: int | None
    target: int | None

    @property
    def percent(self) -> str | None:
        """People by headcount in per cent, with one decimal, as it is shown."""
        return _percent(self.people, self.headcount)

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None: there is none."""
        return None if self.target is None else self.people >= self.target


def block_lines(numbers: RoundNumbers, targets: Targets) -> list[Line]:
    """Return the blocks in the order of the list; a figure is known if it is of all their units."""
    blocks: dict[str, list[UnitNumbers]] = {}
    for unit in numbers.units:
        if unit.level == 1 and unit.block is not None:
            blocks.setdefault(unit.block, []).append(unit)
    return [
        Line(
            name,
            name,
            1,
            sum(unit.people for unit in units),
            sum(unit.attempts for unit in units),
            _sum(unit.headcount for unit in units),
            _sum(targets.units.get(unit.unit_id) for unit in units),
        )
        for name, units in blocks.items()
    ]


def unit_lines(numbers: RoundNumbers, targets: Targets, wanted: str = "") -> list[Line]:
    """Return the units whose name or id holds all typed words, accents or not."""
    words = fold(wanted).split()
    return [
        Line(
            unit.unit_id, unit.name, unit.level, unit.people, unit.attempts, unit.headcount,
            targets.units.get(unit.unit_id),
        )
        for unit in numbers.units
        if all(word in fold(f"{unit.name} {unit.unit_id}") for word in words)
    ]  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """Attempts begun in an hour or a day: its beginning (ms UTC), words, and how many."""

    start: int
    label: str
    count: int


def bars(by_hour: list[tuple[int, int]]) -> list[Bar]:
    """Return attempts by hour, by Vietnamese days where there would be too many hours."""
    if len(by_hour) <= MOST_HOURS:
        return [Bar(start, f"{local(start):%H:%M %d/%m}", count) for start, count in by_hour]
    days: dict[str, Bar] = {}
    for start, count in by_hour:
        day = f"{local(start):%d/%m/%Y}"
        first = days.get(day) or Bar(start - local(start).hour * HOUR_MS, day, 0)
        days[day] = Bar(first.start, day, first.count + count)
    return list(days.values())


def _sum(values: Iterable[int | None]) -> int | None:
    known = list(values)
    return None if any(value is None for value in known) else sum(filter(None, known))


def _percent(part: int, whole: int | None) -> str | None:
    if not whole:
        return None
    return shown_number(round_half_up(Decimal(part) * 100 / whole, 1))
