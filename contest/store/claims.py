"""Claims on SQLite: commands inside the writer's transaction, and what is read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from contest.store.actions import record
from contest.store.claims_protocol import (
    MOST_OPEN,
    AddClaim,
    AnswerClaim,
    Claim,
    ClaimStatus,
    ShutClaim,
)
from contest.store.protocol import Outcome
from questions.canonical import dumps

_COLUMNS = """claim_id, code, at, kind, contestant_id, own, attempt_id, question, key_hash, body,
    status, outcome, answer, salt, answered_at"""
_ABOUT = """contestant_id = ?1
    or key_hash = (select key_hash from contestants where contestant_id = ?1)"""


def _add(db: sqlite3.Connection, command: AddClaim) -> Outcome:
    claim = command.claim
    if _status(db, claim.claim_id) is not None:
        return Outcome("again")
    if db.execute("select 1 from claims where code = ?", [claim.code]).fetchone():
        return Outcome("code_used")
    if claim.own:
        (waiting,) = db.execute(
            "select count(*) from claims where contestant_id = ? and own = 1 and status = 'open'",
            [claim.contestant_id],
        ).fetchone()
        if waiting >= MOST_OPEN:
            return Outcome("refused")
    db.execute(
        f"insert into claims ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            claim.claim_id,
            claim.code,
            claim.at,
            claim.kind,
            claim.contestant_id,
            int(claim.own),
            claim.attempt_id,
            claim.question,
            claim.key_hash,
            dumps(claim.body),
            claim.status,
            claim.outcome,
            claim.answer,
            claim.salt,
            claim.answered_at,
        ],
    )
    return Outcome("done")


def _status(db: sqlite3.Connection, claim_id: str) -> str | None:
    found = db.execute("select status from claims where claim_id = ?", [claim_id]).fetchone()
    return found[0] if found else None


def _answer(db: sqlite3.Connection, command: AnswerClaim) -> Outcome:
    action = command.action
    if _status(db, action.subject) not in ("open", "answered"):
        return Outcome("refused")
    db.execute(
        "update claims set status = 'answered', outcome = ?, answer = ?, salt = ?, answered_at = ?"
        " where claim_id = ?",
        [command.outcome, command.answer, command.salt, action.at, action.subject],
    )
    record(db, action)
    return Outcome("done")


def _shut(db: sqlite3.Connection, command: ShutClaim) -> Outcome:
    status = _status(db, command.action.subject)
    if status is None:
        return Outcome("refused")
    if status == "closed":
        return Outcome("again")
    db.execute(
        "update claims set status = 'closed' where claim_id = ?", [command.action.subject]
    )  # fmt: skip
    record(db, command.action)
    return Outcome("done")


def forget_claims(db: sqlite3.Connection, contestant_ids: Sequence[str]) -> None:
    """Delete the claims about people, or with their identity keys, which must still be there."""
    db.executemany(f"delete from claims where {_ABOUT}", [(one,) for one in contestant_ids])


def forget_all_claims(db: sqlite3.Connection) -> int:
    """Delete every claim; return how many there were."""
    return db.execute("delete from claims").rowcount


CLAIMS: dict[type, Callable[[sqlite3.Connection, Any], Outcome]] = {
    AddClaim: _add,
    AnswerClaim: _answer,
    ShutClaim: _shut,
}
"""Command -> what decides and stores it."""


class ClaimReads:
    """The reading side, for a store that has `_all`; see `ClaimStore`."""

    _all: Callable[[str, list[Any]], Any]

    async def claim(self, claim_id: str) -> Claim | None:
        found = await self._claims("claim_id = ?", [claim_id])
        return found[0] if found else None

    async def claim_by_code(self, code: str) -> Claim | None:
        found = await self._claims("code = ?", [code])
        return found[0] if found else None

    async def claims(self, *statuses: ClaimStatus) -> list[Claim]:
        marks = ", ".join("?" * len(statuses))
        return await self._claims(f"status in ({marks})" if statuses else "1 = 1", list(statuses))

    async def claims_about(self, contestant_id: str) -> list[Claim]:
        return await self._claims(_ABOUT, [contestant_id])

    async def count_claims(self) -> int:
        return (await self._all("select count(*) from claims", []))[0][0]

    async def _claims(self, where: str, values: list[Any]) -> list[Claim]:
        rows = await self._all(
            f"select {_COLUMNS} from claims where {where} order by at, claim_id", values
        )
        return [
            Claim(*row[:5], bool(row[5]), *row[6:9], json.loads(row[9]), *row[10:]) for row in rows
        ]
