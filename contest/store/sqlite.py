"""The embedded store: one SQLite file in WAL mode, fsynced at every commit."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal, TypeVar

from contest.attempt import Head, Row
from contest.store.apply import ROW_COLUMNS, read_head, to_row
from contest.store.claims import ClaimReads
from contest.store.commands import FROZEN_KINDS, MARK_KIND, TIME_KINDS, Action, Command, Contestant
from contest.store.erase import key_used, scrub
from contest.store.marking import OF_ATTEMPT
from contest.store.migrations import TURNS, connect, open_database
from contest.store.practice import PracticeReads
from contest.store.protocol import (
    AttemptRecord,
    FrozenRecord,
    Outcome,
    RoundSummary,
    StoreUnavailable,
    Turn,
    WriterFigures,
)
from contest.store.snapshot import Snapshot
from contest.store.sql import (
    ATTEMPT,
    broken_action,
    granted_by,
    of_kinds,
    read_actions,
    read_latest,
    read_numbered,
)
from contest.store.writer import Writer

T = TypeVar("T")

_CONTESTANT = """select contestant_id, unit_id, group_id, registered_at, key_hash, code_hash,
    consent_at, consent_hash, commitment, synthetic from contestants"""


WRITE_PATIENCE = 4.0
"""Seconds that a commit waits for another process's. All visitors share one writer: who comes
while it waits is answered after the next commit only, that is after twice as long."""


class SqliteStore(PracticeReads, ClaimReads):
    """See `contest.store.protocol.Store`.

    Several processes may open the same file; each has its own writer, and
    SQLite lets one of them write at a time.
    """

    def __init__(self, path: Path) -> None:
        open_database(path)
        self._path = path
        self._writer = Writer(connect(path, patience=WRITE_PATIENCE))
        self._local = threading.local()
        self._readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="store-reader")
        self._opened: list[sqlite3.Connection] = []

    async def write(self, *commands: Command) -> list[Outcome]:
        return await self._writer.write(commands)

    def figures(self) -> WriterFigures:
        return self._writer.figures()

    async def close(self) -> None:
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """Close without an event loop; blocks until the last commit is done."""
        self._writer.close()
        self._readers.shutdown()
        while self._opened:
            self._opened.pop().close()

    async def meta(self, key: str) -> str | None:
        rows = await self._all("select value from meta where key = ?", [key])
        return rows[0][0] if rows else None

    async def frozen(self, round_id: str) -> FrozenRecord | None:
        found = await self._read(
            lambda db: read_actions(db, "kind = 'freeze' and subject = ?", [round_id])
        )
        if not found:
            return None
        action = found[0]
        contents = {}
        for kind in FROZEN_KINDS:
            rows = await self._all("select body from contents where hash = ?", [action.body[kind]])
            contents[kind] = rows[0][0]
        return FrozenRecord(round_id, action, contents)

    async def content(self, digest: str) -> tuple[str, str] | None:
        rows = await self._all("select kind, body from contents where hash = ?", [digest])
        return rows[0] if rows else None

    async def actions(self, *kinds: str) -> list[Action]:
        return await self._read(lambda db: read_actions(db, of_kinds(kinds), list(kinds)))

    async def latest_actions(self, most: int, skip: int, *without: str) -> list[Action]:
        return await self._read(lambda db: read_latest(db, most, skip, without))

    async def verify_actions(self) -> int | None:
        return await self._read(broken_action)

    async def extra_time(self) -> dict[str, int]:
        return granted_by(await self.actions(*TIME_KINDS))

    async def count_actions(self, *kinds: str) -> int:
        sql = f"select count(*) from actions where {of_kinds(kinds)}"
        return (await self._all(sql, list(kinds)))[0][0]

    async def rulings(self, *kinds: str) -> list[tuple[int, Action]]:
        return await self._read(lambda db: read_numbered(db, kinds))

    async def marks(self, attempt_id: str) -> list[Action]:
        return await self._read(lambda db: read_actions(db, OF_ATTEMPT, [MARK_KIND, attempt_id]))

    async def ids(self, of: Literal["attempts", "contestants"]) -> list[str]:
        column = {"attempts": "attempt_id", "contestants": "contestant_id"}[of]
        return [id_ for (id_,) in await self._all(f"select {column} from {of} order by 1", [])]

    async def contestant(self, contestant_id: str) -> Contestant | None:
        return await self._contestant("contestant_id", contestant_id)

    async def contestant_by_code(self, code_hash: str) -> Contestant | None:
        return await self._contestant("code_hash", code_hash)

    async def contestant_by_key(self, key_hash: str) -> Contestant | None:
        return await self._contestant("key_hash", key_hash)

    async def key_used(self, key_hash: str) -> bool:
        return await self._read(lambda db: key_used(db, key_hash))

    async def consents(self) -> dict[str, int]:
        rows = await self._all(
            """select c.consent_hash, count(*) from contestants c join people p
            on p.contestant_id = c.contestant_id group by c.consent_hash""",
            [],
        )
        return dict(rows)

    async def scrub(self, *, whole: bool) -> bool:
        try:
            return await asyncio.to_thread(scrub, self._path, whole=whole)
        except sqlite3.Error as error:
            raise StoreUnavailable(str(error)) from error

    async def person(self, contestant_id: str) -> dict[str, str] | None:
        rows = await self._all("select fields from people where contestant_id = ?", [contestant_id])
        return json.loads(rows[0][0]) if rows else None

    async def attempts_of(self, contestant_id: str, round_id: str) -> list[AttemptRecord]:
        return await self._attempts(
            "where a.contestant_id = ? and a.round_id = ? order by a.number",
            [contestant_id, round_id],
        )

    async def attempt(self, attempt_id: str) -> AttemptRecord | None:
        found = await self._attempts("where a.attempt_id = ?", [attempt_id])
        return found[0] if found else None

    async def attempt_by_receipt(self, receipt: str) -> AttemptRecord | None:
        found = await self._attempts("where a.receipt = ?", [receipt])
        return found[0] if found else None

    async def rows(self, attempt_id: str) -> list[Row]:
        found = await self._all(
            f"select {ROW_COLUMNS} from rows where attempt_id = ? order by n", [attempt_id]
        )
        return [to_row(row) for row in found]

    async def heads(self, attempt_ids: Iterable[str]) -> dict[str, Head]:
        wanted = list(attempt_ids)
        heads = await self._read(lambda db: {id_: read_head(db, id_) for id_ in wanted})
        return {id_: head for id_, head in heads.items() if head.n}

    async def turns(self, since: int) -> list[Turn]:
        rows = await self._all(
            f"""select attempt_id, max(n), max(at) from rows
            where {TURNS} and at >= ? group by attempt_id""",
            [since],
        )
        return [Turn(*row) for row in rows]

    async def last_turn(self) -> int:
        rows = await self._all(f"select max(at) from rows where {TURNS}", [])
        return rows[0][0] or 0

    async def running(self, round_id: str) -> list[str]:
        rows = await self._all(
            "select attempt_id from running where round_id = ? order by attempt_id", [round_id]
        )
        return [attempt_id for (attempt_id,) in rows]

    async def round_summary(self, round_id: str) -> RoundSummary:
        heads = await self._all(
            """select r.attempt_id, r.n, r.hash from attempts a join rows r
            on r.attempt_id = a.attempt_id and r.n =
                (select max(n) from rows l where l.attempt_id = a.attempt_id)
            where a.round_id = ? order by r.attempt_id""",
            [round_id],
        )
        people = await self._all(
            "select count(distinct contestant_id) from attempts where round_id = ?", [round_id]
        )
        return RoundSummary([list(head) for head in heads], people[0][0], sum(h[1] for h in heads))

    async def counts(self) -> dict[str, int]:
        names = ("contestants", "attempts", "rows")
        return {name: (await self._all(f"select count(*) from {name}", []))[0][0] for name in names}

    def snapshot(self) -> Snapshot:
        """Return this moment of the whole database, for grading; see `Snapshot`."""
        return Snapshot(self._path)

    async def _attempts(self, where: str, values: list[Any]) -> list[AttemptRecord]:
        rows = await self._all(f"{ATTEMPT} {where}", values)
        return [AttemptRecord(*row[:-1], opened=json.loads(row[-1])) for row in rows]

    async def _contestant(self, column: str, value: str) -> Contestant | None:
        rows = await self._all(f"{_CONTESTANT} where {column} = ?", [value])
        return Contestant(*rows[0][:-1], synthetic=bool(rows[0][-1])) if rows else None

    async def _all(self, sql: str, values: list[Any]) -> list[Any]:
        return await self._read(lambda db: db.execute(sql, values).fetchall())

    async def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def run() -> T:
            return work(self._connection())

        loop = asyncio.get_running_loop()
        try:
            reading = loop.run_in_executor(self._readers, run)
        except RuntimeError as error:  # closed meanwhile
            raise StoreUnavailable(str(error)) from error
        try:
            return await reading
        except sqlite3.Error as error:
            raise StoreUnavailable(str(error)) from error

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = connect(self._path, read_only=True)
            self._opened.append(self._local.connection)
        return self._local.connection
