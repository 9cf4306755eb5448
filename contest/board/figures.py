"""Who has taken part, by unit and over time: pure, in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from contest.clock import local
from contest.rulings.decided import Decided
from contest.units import Units

HOUR_MS = 3_600_000
HOURS_SHOWN = 36
"""Where all entries were begun within so many hours they are counted by the hour, else by day."""


@dataclass(frozen=True)
class Entry:
    """An attempt that has ended; `started_at` in milliseconds UTC."""

    attempt_id: str
    contestant_id: str
    unit_id: str
    started_at: int


@dataclass(frozen=True)
class UnitCount:
    """A unit with everything below it; `share` is people / headcount, None without one."""

    unit_id: str
    people: int
    entries: int
    headcount: int | None
    share: Fraction | None


def decided_entries(entries: Iterable[Entry], decided: Decided) -> list[Entry]:
    """Return the entries as rulings leave them: none that is excluded, units corrected."""
    if not (decided.attempts or decided.people or decided.units):
        return list(entries)
    left = []
    for entry in entries:
        if decided.excluded_by(entry.attempt_id, entry.contestant_id) is None:
            unit_id = decided.units.get(entry.contestant_id)
            left.append(entry if unit_id is None else replace(entry, unit_id=unit_id))
    return left


def count_units(entries: Iterable[Entry], units: Units) -> list[UnitCount]:
    """Return every unit's people and entries, its children's among them, in the list's order."""
    people: dict[str, set[str]] = defaultdict(set)
    attempts: Counter[str] = Counter()
    paths = {
        unit.unit_id: [one.unit_id for one in units.path(unit.unit_id)] for unit in units.units
    }
    for entry in entries:
        for unit_id in paths.get(entry.unit_id, ()):
            people[unit_id].add(entry.contestant_id)
            attempts[unit_id] += 1
    found = []
    for unit in units.units:
        headcount, count = units.headcount(unit.unit_id), len(people[unit.unit_id])
        share = Fraction(count, headcount) if headcount else None
        found.append(UnitCount(unit.unit_id, count, attempts[unit.unit_id], headcount, share))
    return found


def placed(counts: Iterable[UnitCount], units: Units) -> Mapping[str, int]:
    """Return a provisional place for each unit with people: by share, within block and level.

    Where a block and level has a unit without a headcount, by people. Units that are equal share
    a place.
    """
    peers: dict[tuple[str | None, int], list[UnitCount]] = defaultdict(list)
    for one in counts:
        unit = units.by_id[one.unit_id]
        peers[unit.block, units.level(one.unit_id)].append(one)
    places: dict[str, int] = {}
    for group in peers.values():
        by_share = all(one.share is not None for one in group)
        values = {
            one.unit_id: (one.share or Fraction(0)) if by_share else Fraction(one.people)
            for one in group
            if one.people
        }
        ordered = sorted(values.values(), reverse=True)
        first = {value: place for place, value in reversed(list(enumerate(ordered, start=1)))}
        places.update({unit_id: first[value] for unit_id, value in values.items()})
    return places


def over_time(entries: Iterable[Entry]) -> tuple[str, list[tuple[int, int]]]:
    """Return `hour` or `day`, and (its begin in ms UTC, entries begun in it) without gaps.

    A day is Vietnamese.
    """
    hours = Counter(entry.started_at // HOUR_MS for entry in entries)
    if not hours:
        return "day", []
    first, last = min(hours), max(hours)
    if last - first < HOURS_SHOWN:
        return "hour", [(hour * HOUR_MS, hours[hour]) for hour in range(first, last + 1)]
    days: Counter[int] = Counter()
    for hour, count in hours.items():
        days[_midnight(hour)] += count
    day, end = min(days), max(days)
    return "day", [(ms, days[ms]) for ms in range(day, end + 1, 24 * HOUR_MS)]


def _midnight(hour: int) -> int:
    """Return when the Vietnamese day of an hour (hours since 1970, UTC) began, ms UTC."""
    return (hour - local(hour * HOUR_MS).hour) * HOUR_MS
