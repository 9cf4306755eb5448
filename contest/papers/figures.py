"""A result's tables -> the figures that documents state. Pure, exact, nothing rounded here."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import pandas as pd

from contest.clock import local
from contest.papers.result import Result

ENDED = ("submitted", "expired")
LONGEST_SPAN = 400
"""Days; over a longer time only days with entries are listed."""

BANDS = ((1, 1), (Fraction(3, 4), 1), (Fraction(1, 2), Fraction(3, 4)),
         (Fraction(1, 4), Fraction(1, 2)), (0, Fraction(1, 4)), (0, 0))  # fmt: skip
"""Shares of the full score, high first: exactly 1; from a to below b three times; above 0 and
below a quarter; 0."""


@dataclass(frozen=True)
class RoundTables:
    """The rows of one round."""

    people: pd.DataFrame
    units: pd.DataFrame
    attempts: pd.DataFrame
    items: pd.DataFrame
    removed: pd.DataFrame

    @property
    def entries(self) -> pd.DataFrame:
        """Ended attempts that aren't excluded."""
        return self.attempts[self.attempts["status"].isin(ENDED)]

    @property
    def ranked(self) -> pd.DataFrame:
        """People with a rank."""
        return self.people[self.people["rank"].notna()]


@dataclass(frozen=True)
class Totals:
    """What one round amounts to.

    `people`: persons with an entry; `entries`: ended attempts that aren't excluded; `perfect`:
    ranked persons with every question right; `mean`: score of ranked persons, in points.
    """

    people: int
    entries: int
    expired: int
    unfinished: int
    removed: int
    ranked: int
    perfect: int
    mean: Fraction | None
    prizes: int


@dataclass(frozen=True)
class Span:
    """A day or a week (`first` to `last`) with its figures, and those from the beginning on."""

    first: datetime.date
    last: datetime.date
    people: int
    entries: int
    all_people: int
    all_entries: int


@dataclass
class Branch:
    """A unit of the result with the units below it."""

    number: str
    row: dict
    mean: Fraction | None
    below: list[Branch] = field(default_factory=list)

    def walk(self) -> Iterator[Branch]:
        """Yield all units below, each before its own."""
        for one in self.below:
            yield one
            yield from one.walk()


def tables_of(result: Result, round_id: str) -> RoundTables:
    """Return the rows of one round of a result."""
    return RoundTables(
        *(
            frame[frame["round"] == round_id]
            for frame in (
                result.people, result.units, result.attempts, result.items, result.removed,
            )
        )
    )  # fmt: skip


def totals(tables: RoundTables) -> Totals:
    """Return what a round amounts to."""
    status = tables.attempts["status"].value_counts()
    ranked = tables.ranked
    return Totals(
        people=tables.entries["contestant_id"].nunique(),
        entries=len(tables.entries),
        expired=int(status.get("expired", 0)),
        unfinished=int(status.get("unfinished", 0)),
        removed=len(tables.removed),
        ranked=len(ranked),
        perfect=len(perfect(ranked)),
        mean=mean_points(ranked["score"]),
        prizes=int(tables.people["prize"].notna().sum()),
    )


def perfect(ranked: pd.DataFrame) -> pd.DataFrame:
    """Return the people who have every question right."""
    right = (ranked["correct"] == ranked["questions"]).fillna(False).astype(bool)
    return ranked[right & (ranked["questions"] > 0)]


def mean_points(scores: Iterable[int]) -> Fraction | None:
    """Return the mean of scores (millionths of a point) in points; None for none."""
    known = [int(score) for score in scores if not pd.isna(score)]
    return Fraction(sum(known), len(known) * 1_000_000) if known else None


def by_day(entries: pd.DataFrame) -> list[Span]:
    """Return the days (Vietnamese time) on which attempts ended, in order."""
    days = [local(int(ms)).date() for ms in entries["submitted_at"]]
    return _spans(list(zip(days, entries["contestant_id"], strict=True)), 1)


def by_week(entries: pd.DataFrame) -> list[Span]:
    """Return the weeks, Monday to Sunday."""
    days = [local(int(ms)).date() for ms in entries["submitted_at"]]
    weeks = [week_of(day)[0] for day in days]
    return _spans(list(zip(weeks, entries["contestant_id"], strict=True)), 7)


def week_of(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return Monday and Sunday of a day's week."""
    monday = day - datetime.timedelta(days=day.weekday())
    return monday, monday + datetime.timedelta(days=6)


def _spans(rows: list[tuple[datetime.date, str]], length: int) -> list[Span]:
    if not rows:
        return []
    entries = Counter(first for first, _ in rows)
    persons: dict[datetime.date, set[str]] = {}
    for first, person in rows:
        persons.setdefault(first, set()).add(person)
    begin, end = min(entries), max(entries)
    firsts = sorted(entries)
    if (end - begin).days <= LONGEST_SPAN:
        steps = range(0, (end - begin).days + 1, length)
        firsts = [begin + datetime.timedelta(days=step) for step in steps]
    found, seen, total = [], set(), 0
    for first in firsts:
        here = persons.get(first, set())
        seen |= here
        total += entries[first]
        last = first + datetime.timedelta(days=length - 1)
        found.append(Span(first, last, len(here), entries[first], len(seen), total))
    return found


def by_correct(ranked: pd.DataFrame) -> list[tuple[int, int]]:
    """Return (questions right, ranked persons), most first, without gaps down to 0.

    Nothing where only scores are known.
    """
    known = ranked[ranked["correct"].notna()]
    counts = Counter(int(one) for one in known["correct"])
    top = max([*counts, *map(int, known["questions"])], default=-1)
    return [(correct, counts[correct]) for correct in range(top, -1, -1)]


def by_band(ranked: pd.DataFrame) -> list[int]:
    """Return how many ranked persons fall into each of `BANDS`."""
    found = [0] * len(BANDS)
    for score, full in zip(ranked["score"], ranked["max_score"], strict=True):
        found[_band(Fraction(int(score), int(full)) if full else Fraction(0))] += 1
    return found


def _band(part: Fraction) -> int:
    if part >= 1:
        return 0
    if part <= 0:
        return len(BANDS) - 1
    return next(place for place in range(1, 5) if part >= BANDS[place][0])


def unit_tree(tables: RoundTables) -> list[Branch]:
    """Return the top units in the order of the result, each with the units below it."""
    rows = tables.units.to_dict("records")
    means = _unit_means(tables, {row["unit_id"]: row["parent_unit_id"] for row in rows})
    below: dict[str | None, list[dict]] = {}
    for row in rows:
        below.setdefault(row["parent_unit_id"], []).append(row)

    def branches(parent: str | None, prefix: str) -> list[Branch]:
        made = []
        for place, row in enumerate(below.get(parent, ()), start=1):
            number = f"{prefix}{place}"
            branch = Branch(number, row, means.get(row["unit_id"]))
            branch.below = branches(row["unit_id"], f"{number}.")
            made.append(branch)
        return made

    return branches(None, "")


def _unit_means(tables: RoundTables, parents: dict[str, str | None]) -> dict[str, Fraction]:
    """Return the exact mean score of every unit, those below included."""
    counted = tables.attempts[tables.attempts["counted"] & tables.attempts["score"].notna()]
    sums: dict[str, list[int]] = {}
    own = counted.groupby("unit_id", observed=True)["score"].agg(["sum", "count"])
    for unit, score, number in own.itertuples():
        above: str | None = unit
        while above is not None:
            found = sums.setdefault(above, [0, 0])
            found[0] += int(score)
            found[1] += int(number)
            above = parents.get(above)
    return {unit: Fraction(score, number * 1_000_000) for unit, (score, number) in sums.items()}


def by_week_and_unit(
    tables: RoundTables, tree: list[Branch]
) -> list[tuple[datetime.date, str, int, int, int]]:
    """Return (Monday, top unit's name, persons, entries, entries so far), entries above 0."""
    top = {}
    for branch in tree:
        for one in (branch, *branch.walk()):
            top[one.row["unit_id"]] = branch.row["unit"]
    persons: dict[tuple[datetime.date, str], set[str]] = {}
    entries: Counter[tuple[datetime.date, str]] = Counter()
    found = tables.entries
    for ms, unit, person in zip(
        found["submitted_at"], found["unit_id"], found["contestant_id"], strict=True
    ):
        day = local(int(ms)).date()
        key = (week_of(day)[0], top[unit])
        persons.setdefault(key, set()).add(person)
        entries[key] += 1
    order = {branch.row["unit"]: place for place, branch in enumerate(tree)}
    so_far: Counter[str] = Counter()
    rows = []
    for key in sorted(entries, key=lambda key: (key[0], order[key[1]])):
        so_far[key[1]] += entries[key]
        rows.append((*key, len(persons[key]), entries[key], so_far[key[1]]))
    return rows
