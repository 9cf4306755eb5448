"""Whose score, rank and prize a ruling would change: graded twice, in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

import pandas as pd

from contest.results import Gathered, gather
from contest.rulings.messages import text
from contest.rulings.models import Ruling
from contest.rulings.service import Proposal
from contest.service import Service
from contest.store.sqlite import SqliteStore
from grading import Results, grade
from grading.cells import texts
from grading.frames import Contract
from grading.result_frames import PEOPLE_RESULTS, UNIT_RESULTS

SHOWN = 50
"""Changes that are shown; a file has them all."""

PEOPLE_COLUMNS = ("score", "rank", "prize", "status", "unit_id")
UNIT_COLUMNS = ("rank", "people", "points")
HEADINGS = ("table", "round", "id", "name", "what", "before", "after")


@dataclass(frozen=True)
class Change:
    """One cell of a result before and after a ruling; "" is an empty one.

    `table` is `people` or `units`, `what` the column.
    """

    table: str
    round: str
    id: str
    name: str
    what: str
    before: str
    after: str

    def cells(self) -> tuple[str, ...]:
        """Return it as a line of a table for people."""
        table, what = text(f"table.{self.table}"), text(f"what.{self.what}")
        return (table, self.round, self.id, self.name, what, self.before, self.after)


@dataclass(frozen=True)
class Preview:
    """What a ruling would change.

    Attributes
    ----------
    changes : list of Change
        People first, by round and id.
    ungraded : str or None
        Why the result can't be computed before the ruling; None: it can.
    still : str or None
        The same after it.
    """

    changes: list[Change]
    ungraded: str | None = None
    still: str | None = None

    def count(self, what: str | None = None, table: str = "people") -> int:
        """Return how many people or units change (in a column)."""
        return len(
            {
                (change.round, change.id)
                for change in self.changes
                if change.table == table and what in (None, change.what)
            }
        )

    def lines(self, shown: int = SHOWN) -> Iterator[str]:
        """Yield the preview as lines for a terminal."""
        if self.ungraded is not None:
            yield text("preview.ungraded", why=self.ungraded)
        if self.still is not None:
            yield text("preview.still", why=self.still)
        if not self.changes:
            if self.ungraded is None and self.still is None:
                yield text("preview.none")
            return
        yield from _aligned([_headings(), *(one.cells() for one in self.changes[:shown])])
        if len(self.changes) > shown:
            yield text("preview.more", n=len(self.changes) - shown)
        counts = {what: self.count(what) for what in ("score", "rank", "prize", "status")}
        yield text("preview.counts", people=self.count(), units=self.count(table="units"), **counts)

    def csv(self) -> str:
        """Return all changes as CSV."""
        file = StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([_headings(), *(change.cells() for change in self.changes)])
        return file.getvalue()


async def preview(service: Service, store: SqliteStore, proposal: Proposal) -> Preview:
    """Grade all rounds that have begun, with and without a ruling; nothing is written."""
    begun = [action.subject for action in await store.actions("freeze")]
    if not begun:
        return Preview([])

    def with_it(rulings: list[Ruling]) -> list[Ruling]:
        return [*rulings, proposal.ruling]

    versions = proposal.versions
    before = await gather(service.rounds, store, begun)
    after = await gather(service.rounds, store, begun, choose=with_it, versions=versions)
    old, new = _graded(before), _graded(after)
    if isinstance(old, str) or isinstance(new, str):
        return Preview(
            [], old if isinstance(old, str) else None, new if isinstance(new, str) else None
        )
    return Preview(compare(old, new))


def compare(old: Results, new: Results) -> list[Change]:
    """Return every cell of people and units that differs between two results."""
    return [
        *_compare("people", old.people, new.people, PEOPLE_RESULTS, PEOPLE_COLUMNS),
        *_compare("units", old.units, new.units, UNIT_RESULTS, UNIT_COLUMNS),
    ]


def _graded(gathered: Gathered) -> Results | str:
    try:
        return grade(gathered.attempts, gathered.answers, gathered.people, gathered.rounds)
    except ValueError as error:  # such as a true value that isn't known yet
        return str(error)


def _compare(
    table: str,
    old: pd.DataFrame,
    new: pd.DataFrame,
    contract: Contract,
    columns: tuple[str, ...],
) -> Iterator[Change]:
    id_, name = ("contestant_id", "name") if table == "people" else ("unit_id", "unit")
    shown = [column for column in columns if column in old.columns]
    before, after = (_cells(frame, contract, (id_, name, *shown)) for frame in (old, new))
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key, {}), after.get(key, {})
        for column in shown:
            if was.get(column, "") != now.get(column, ""):
                yield Change(
                    table, *key, (now or was)[name], column, was.get(column, ""),
                    now.get(column, ""),
                )  # fmt: skip


def _cells(
    frame: pd.DataFrame, contract: Contract, columns: tuple[str, ...]
) -> dict[tuple[str, str], dict[str, str]]:
    """Return a result's rows by round and id, each column as its file has it."""
    found = {
        column: [cell or "" for cell in texts(frame[column], contract[column])]
        for column in ("round", *columns)
    }
    rows = zip(*found.values(), strict=True)
    return {(row[0], row[1]): dict(zip(found, row, strict=True)) for row in rows}


def _headings() -> tuple[str, ...]:
    return tuple(text(f"column.{name}") for name in HEADINGS)


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()
