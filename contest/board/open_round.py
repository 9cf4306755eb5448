"""An open round, marked attempt by attempt as they end, so that a look costs what is new.

An attempt that has its end row doesn't change any more; what a ruling or an erasure changes is
begun anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import pandas as pd

from contest.chains import checked_rows
from contest.frozen import FrozenRound
from contest.result_rows import Known, answer_rows, attempt_row, replayed
from contest.rulings.decided import Decided
from contest.store.snapshot import Snapshot, batched
from grading import RoundInput, from_rows, mark_attempts
from grading.frames import ALL_ANSWERS, ALL_ATTEMPTS, PEOPLE

CHUNK = 2000
"""Attempts that are marked together: bounds the memory of a first look."""


@dataclass
class OpenRound:
    """The ended attempts of an open round, marked.

    Attributes
    ----------
    key : object
        What all of it rests on: with another one it must be begun anew.
    granted : dict
        Time granted, attempt id -> ms.
    given : RoundInput
        What it is marked and ranked by.
    names : dict
        Contestant id -> name; None once erased.
    """

    key: object
    frozen: FrozenRound
    decided: Decided
    granted: dict[str, int]
    given: RoundInput
    names: dict[str, str | None] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _totals: pd.DataFrame | None = None

    def take_in(self, snapshot: Snapshot, ended: Collection[str]) -> pd.DataFrame:
        """Mark what has ended since the last time; return TOTALS of all that has.

        Parameters
        ----------
        ended : collection of str
            The ids of all attempts that have ended.

        Raises
        ------
        Tampered
            Where a row isn't what its hash says; then nothing is taken in.
        """
        # At first a table without rows, for a round in which nothing has ended.
        parts = [self._mark(snapshot, []) if self._totals is None else self._totals]
        parts += [
            self._mark(snapshot, ids) for ids in batched(sorted(set(ended) - self._seen), CHUNK)
        ]
        self._totals = pd.concat(parts, ignore_index=True)
        self._seen.update(ended)
        return self._totals

    def _mark(self, snapshot: Snapshot, ids: list[str]) -> pd.DataFrame:
        records = {record.attempt_id: record for record in snapshot.openings(ids)}
        registered = self._meet(snapshot, {one.contestant_id for one in records.values()})
        known = Known(0, self.granted, registered)  # no end is judged by the time: all have one
        attempts, answers = [], []
        for attempt_id, rows in checked_rows(snapshot.rows_of(ids)):
            record = records[attempt_id]
            result = replayed(record, rows)
            attempts.append(attempt_row(self.frozen, record, result, self.decided, known))
            answers += answer_rows(self.frozen, record, result)
        return mark_attempts(
            from_rows(attempts, ALL_ATTEMPTS, "attempts"),
            from_rows(answers, ALL_ANSWERS, "answers"),
            self.given,
        )

    def _meet(self, snapshot: Snapshot, contestants: Iterable[str]) -> dict[str, int]:
        """Learn names; return when these people registered, ms UTC."""
        registered = {}
        for contestant_id, fields, at in snapshot.people_of(contestants):
            self.names[contestant_id] = None if fields is None else json.loads(fields).get("name")
            registered[contestant_id] = at
        return registered

    def people(self) -> pd.DataFrame:
        """Return PEOPLE of all of them."""
        return from_rows(list(self.names.items()), PEOPLE, "people")
