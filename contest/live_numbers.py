"""How many people and attempts a round has so far: for organisers, never for the public.

Counted as grading counts them: people with at least one ended attempt that isn't excluded, such
attempts, and a unit's figures with those of the units below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from contest.board.figures import HOUR_MS, Entry, count_units, decided_entries
from contest.rulings.decided import Decided
from contest.store.protocol import AttemptRecord
from contest.units import Units


@dataclass(frozen=True)
class UnitNumbers:
    """A unit's figures; `headcount` None: not known, `share` None: nothing to divide by."""

    unit_id: str
    name: str
    level: int
    block: str | None
    headcount: int | None
    people: int
    attempts: int

    @property
    def share(self) -> Fraction | None:
        """People by headcount."""
        return Fraction(self.people, self.headcount) if self.headcount else None


@dataclass(frozen=True)
class RoundNumbers:
    """A round's figures.

    Attributes
    ----------
    people, attempts : int
        With an ended attempt that isn't excluded; such attempts.
    running, excluded : int
        Attempts under way; ended ones that a ruling excludes.
    units : list of UnitNumbers
        Every unit of the list, each followed by those below it.
    by_hour : list of (int, int)
        Start of each hour, ms UTC, and how many attempts began in it; from the first to the last
        hour that has any.
    """

    people: int
    attempts: int
    running: int
    excluded: int
    units: list[UnitNumbers]
    by_hour: list[tuple[int, int]]

    @property
    def blocks(self) -> dict[str, int]:
        """Block -> people of its top units, in the order of the list; units without one apart."""
        found: dict[str, int] = {}
        for unit in self.units:
            if unit.level == 1 and unit.block is not None:
                found[unit.block] = found.get(unit.block, 0) + unit.people
        return found


def count_round(
    records: Iterable[AttemptRecord], running: Collection[str], decided: Decided, units: Units
) -> RoundNumbers:
    """Count a round's attempts.

    Parameters
    ----------
    running : collection of str
        Ids of the attempts that have no end row, read after `records`.
    decided : Decided
        What rulings say of the round.
    """
    under_way, hours = set(running), Counter[int]()
    ended = []
    for record in records:
        hours[record.started_at // HOUR_MS] += 1
        if record.attempt_id not in under_way:
            unit_id = record.opened["unit_id"]
            ended.append(Entry(record.attempt_id, record.contestant_id, unit_id, record.started_at))
    entries = decided_entries(ended, decided)
    counts = {one.unit_id: one for one in count_units(entries, units)}
    rows = [
        UnitNumbers(
            unit.unit_id,
            unit.name,
            units.level(unit.unit_id),
            unit.block,
            counts[unit.unit_id].headcount,
            counts[unit.unit_id].people,
            counts[unit.unit_id].entries,
        )
        for unit in units.listed
    ]
    by_hour = [
        (hour * HOUR_MS, hours[hour])
        for hour in (range(min(hours), max(hours) + 1) if hours else ())
    ]
    return RoundNumbers(
        len({entry.contestant_id for entry in entries}),
        len(entries),
        hours.total() - len(ended),
        len(ended) - len(entries),
        rows,
        by_hour,
    )
