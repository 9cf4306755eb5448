"""One moment of the whole database, for grading: read in a single transaction.

It blocks, so it is for commands and not for servers. A server may go on
writing meanwhile; the snapshot doesn't see it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from contest.attempt import Row
from contest.store.apply import ROW_COLUMNS, to_row
from contest.store.commands import REHEARSAL, Action
from contest.store.migrations import connect
from contest.store.protocol import AttemptRecord
from contest.store.sql import ATTEMPT, broken_action, read_actions

CHUNK = 500
"""How many ids are asked for in one statement."""


class Snapshot:
    """A context manager; everything read inside it belongs to the same moment."""

    def __init__(self, path: Path) -> None:
        self._db = connect(path, read_only=True)

    def __enter__(self) -> Snapshot:
        self._db.execute("begin")
        self._db.execute("select 1 from meta").fetchone()  # the moment is that of the first read
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def actions(self) -> list[Action]:
        """Return all actions in order."""
        return read_actions(self._db, "1 = 1", [])

    def content(self, digest: str) -> str:
        """Return the frozen content with this hash."""
        row = self._db.execute("select body from contents where hash = ?", [digest]).fetchone()
        return row[0]

    def contents(self) -> Iterator[tuple[str, str, str]]:
        """Yield every frozen content but pictures: its hash, its kind, and itself."""
        yield from self._db.execute("select hash, kind, body from contents where kind <> 'picture'")

    def verify_actions(self) -> int | None:
        """Return the number of the first action whose hash is wrong, or None."""
        return broken_action(self._db)

    def count_attempts(self) -> int:
        """Return how many attempts there are in all rounds."""
        return self._one("select count(*) from attempts")

    def last_row_at(self) -> int:
        """Return when the last stored row was received, milliseconds UTC; 0 without rows."""
        return self._one("select coalesce(max(at), 0) from rows")

    def rounds(self) -> list[str]:
        """Return the rounds that have attempts, by id."""
        found = self._db.execute("select distinct round_id from attempts order by round_id")
        return [round_id for (round_id,) in found]

    def counts(self) -> dict[str, int]:
        """Return how many rows the tables have."""
        names = ("contestants", "people", "attempts", "rows", "actions", "contents")
        return {name: self._one(f"select count(*) from {name}") for name in names}

    def meta(self, key: str) -> str | None:
        """Return a setting of the database itself."""
        found = self._db.execute("select value from meta where key = ?", [key]).fetchone()
        return found[0] if found else None

    def is_synthetic(self) -> bool:
        """Return whether the database is marked as synthetic."""
        return bool(self._one("select count(*) from meta where key = 'synthetic_seed'"))

    def is_rehearsal(self) -> bool:
        """Return whether the database is a rehearsal's."""
        return self.meta(REHEARSAL) is not None

    def attempts(self, round_id: str) -> Iterator[AttemptRecord]:
        """Yield a round's attempts by id."""
        sql = f"{ATTEMPT} where a.round_id = ? order by a.attempt_id"
        for row in self._db.execute(sql, [round_id]):
            yield AttemptRecord(*row[:-1], opened=json.loads(row[-1]))

    def ended(self, round_id: str) -> set[str]:
        """Return the ids of a round's attempts that have their end row."""
        found = self._db.execute(
            """select attempt_id from attempts where round_id = ?
            and attempt_id not in (select attempt_id from running)""",
            [round_id],
        )
        return {attempt_id for (attempt_id,) in found}

    def openings(self, attempt_ids: Iterable[str]) -> Iterator[AttemptRecord]:
        """Yield these attempts, in any order."""
        for chunk in batched(attempt_ids, CHUNK):
            sql = f"{ATTEMPT} where a.attempt_id in ({', '.join('?' * len(chunk))})"
            for row in self._db.execute(sql, chunk):
                yield AttemptRecord(*row[:-1], opened=json.loads(row[-1]))

    def standing(self) -> tuple[int, int, int]:
        """Return three numbers that move with what a result rests on.

        Ended attempts; actions; people whose data are erased.
        """
        return (
            self._one("select (select count(*) from attempts) - (select count(*) from running)"),
            self._one("select count(*) from actions"),
            self._one("select (select count(*) from contestants) - (select count(*) from people)"),
        )

    def rows_of(self, attempt_ids: Iterable[str]) -> Iterator[Row]:
        """Yield the rows of these attempts: one attempt after the other, by number."""
        for chunk in batched(attempt_ids, CHUNK):
            sql = f"""select {ROW_COLUMNS} from rows
                where attempt_id in ({", ".join("?" * len(chunk))}) order by attempt_id, n"""
            yield from map(to_row, self._db.execute(sql, chunk))

    def people_of(self, contestant_ids: Iterable[str]) -> Iterator[tuple[str, str | None, int]]:
        """Yield these contestants: id, erasable fields as in `people`, when they registered."""
        for chunk in batched(contestant_ids, CHUNK):
            yield from self._db.execute(
                f"""select c.contestant_id, p.fields, c.registered_at from contestants c
                left join people p on p.contestant_id = c.contestant_id
                where c.contestant_id in ({", ".join("?" * len(chunk))})""",
                chunk,
            )

    def rows(self, round_id: str) -> Iterator[Row]:
        """Yield the rows of a round's attempts, by attempt id and number."""
        columns = ", ".join(f"r.{column}" for column in ROW_COLUMNS.split(", "))
        sql = f"""select {columns} from attempts a join rows r on r.attempt_id = a.attempt_id
            where a.round_id = ? order by r.attempt_id, r.n"""
        return map(to_row, self._db.execute(sql, [round_id]))

    def people(self) -> Iterator[tuple[str, str | None]]:
        """Yield every contestant's id and erasable fields (JSON; None once erased)."""
        return self._db.execute(
            """select c.contestant_id, p.fields from contestants c
            left join people p on p.contestant_id = c.contestant_id order by c.contestant_id"""
        )

    def salted_people(self) -> Iterator[tuple[str, str, str]]:
        """Yield id, erasable fields (JSON) and salt of everybody who isn't erased."""
        return self._db.execute(
            "select contestant_id, fields, salt from people order by contestant_id"
        )

    def commitments(self) -> dict[str, str]:
        """Return contestant id -> commitment to the erasable fields."""
        return dict(self._db.execute("select contestant_id, commitment from contestants"))

    def registered(self) -> dict[str, int]:
        """Return when every contestant registered, milliseconds UTC."""
        return dict(
            self._db.execute("select contestant_id, registered_at from contestants").fetchall()
        )

    def _one(self, sql: str) -> Any:
        return self._db.execute(sql).fetchone()[0]


def batched(ids: Iterable[str], size: int) -> Iterator[list[str]]:
    """Yield the ids in lists of `size`; the last may be shorter."""
    rest = iter(ids)
    while chunk := list(islice(rest, size)):
        yield chunk
