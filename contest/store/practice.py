"""Practice on SQLite: commands inside the writer's transaction, and what is read.

A mock paper is judged like an attempt (`contest.attempt`), in tables of its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from contest.attempt import Draft, Head, Kind, Refusal, Row, State, judge
from contest.store.practice_protocol import (
    AddLearner,
    AddReview,
    AppendMock,
    EraseLearner,
    Learner,
    Mock,
    OpenMock,
    ReplaceLearnerCode,
    StoredReview,
    TakeMockPen,
)
from contest.store.protocol import Outcome
from questions.canonical import dumps

_ENDS = {Kind.SUBMIT: State.SUBMITTED, Kind.EXPIRE: State.EXPIRED}
_ROW = "mock_id, n, kind, at, pen, sequence, body, ''"
_REVIEW = """n, ask, at, question_id, card_id, rating, right, hinted, duration_ms,
    response, card"""
_MOCK = "mock_id, learner_id, started_at, ends_at, bank, body"


def _there(db: sqlite3.Connection, sql: str, *values: Any) -> bool:
    return db.execute(sql, values).fetchone() is not None


def _is_learner(db: sqlite3.Connection, learner_id: str) -> bool:
    return _there(db, "select 1 from learners where learner_id = ?", learner_id)


def _code_used(db: sqlite3.Connection, code_hash: str) -> bool:
    return _there(db, "select 1 from learners where code_hash = ?", code_hash)


def _add_learner(db: sqlite3.Connection, command: AddLearner) -> Outcome:
    learner = command.learner
    if _is_learner(db, learner.learner_id):
        return Outcome("again")
    if _code_used(db, learner.code_hash):
        return Outcome("code_used")
    db.execute(
        "insert into learners (learner_id, code_hash, at) values (?, ?, ?)",
        [learner.learner_id, learner.code_hash, learner.at],
    )
    return Outcome("done")


def _replace_code(db: sqlite3.Connection, command: ReplaceLearnerCode) -> Outcome:
    if _code_used(db, command.code_hash):
        return Outcome("code_used")
    changed = db.execute(
        "update learners set code_hash = ? where learner_id = ?",
        [command.code_hash, command.learner_id],
    ).rowcount
    return Outcome("done" if changed else "refused")


def _erase(db: sqlite3.Connection, command: EraseLearner) -> Outcome:
    if not _is_learner(db, command.learner_id):
        return Outcome("again")
    own = [command.learner_id]
    db.execute(
        "delete from mock_rows where mock_id in (select mock_id from mocks where learner_id = ?)",
        own,
    )
    for table in ("mocks", "reviews", "learners"):
        db.execute(f"delete from {table} where learner_id = ?", own)
    return Outcome("done")


def _add_review(db: sqlite3.Connection, command: AddReview) -> Outcome:
    learner = command.learner_id
    if not _is_learner(db, learner):
        return Outcome("refused")
    known = "select 1 from reviews where learner_id = ? and ask = ?"
    if _there(db, known, learner, command.ask):
        return Outcome("again")
    for card in command.cards:
        last = db.execute(
            "select ask from reviews where learner_id = ? and card_id = ? order by n desc limit 1",
            [learner, card.card_id],
        ).fetchone()
        if (last[0] if last else "") != card.after:
            return Outcome("stale")
    (n,) = db.execute(
        "select coalesce(max(n), 0) from reviews where learner_id = ?", [learner]
    ).fetchone()
    for place, card in enumerate(command.cards, start=1):
        db.execute(
            f"insert into reviews (learner_id, {_REVIEW})"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                learner,
                n + place,
                command.ask,
                command.at,
                command.question_id,
                card.card_id,
                card.rating,
                int(command.right),
                int(command.hinted),
                command.duration_ms,
                dumps(command.response),
                card.card,
            ],
        )
    return Outcome("done")


def _open_mock(db: sqlite3.Connection, command: OpenMock) -> Outcome:
    mock = command.mock
    if _there(db, "select 1 from mocks where mock_id = ?", mock.mock_id):
        return Outcome("again")
    if not _is_learner(db, mock.learner_id):
        return Outcome("refused")
    db.execute(
        "insert or ignore into practice_banks (hash, body) values (?, ?)",
        [mock.bank, command.bank],
    )
    db.execute(
        f"insert into mocks ({_MOCK}) values (?, ?, ?, ?, ?, ?)",
        [
            mock.mock_id,
            mock.learner_id,
            mock.started_at,
            mock.ends_at,
            mock.bank,
            dumps(mock.body),
        ],
    )
    draft = Draft(mock.mock_id, Kind.OPEN, mock.started_at)
    return Outcome("done", _insert(db, Head(), draft))


def _insert(db: sqlite3.Connection, head: Head, draft: Draft) -> Row:
    body = dumps(draft.body)
    row = Row(
        draft.attempt_id, head.n + 1, draft.kind, draft.at, draft.pen, draft.sequence, body, ""
    )
    db.execute(
        "insert into mock_rows (mock_id, n, kind, at, pen, sequence, body)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        [row.attempt_id, row.n, str(row.kind), row.at, row.pen, row.sequence, row.body],
    )
    return row


def mock_head(db: sqlite3.Connection, mock_id: str) -> Head:
    """Return the head of a mock paper; a new one where it has no rows."""
    last = db.execute(
        "select n, kind from mock_rows where mock_id = ? order by n desc limit 1", [mock_id]
    ).fetchone()
    if last is None:
        return Head()
    pen = db.execute(
        "select pen, body from mock_rows where mock_id = ? and kind = 'pen'"
        " order by n desc limit 1",
        [mock_id],
    ).fetchone()
    page = json.loads(pen[1])["page"] if pen else ""
    state = _ENDS.get(Kind(last[1]), State.RUNNING)
    return Head(state, last[0], "", pen[0] if pen else 0, page)


def _append(db: sqlite3.Connection, command: AppendMock) -> Outcome:
    draft = command.draft
    head = mock_head(db, draft.attempt_id)
    found = db.execute(
        f"select {_ROW} from mock_rows where mock_id = ? and pen = ? and sequence = ?",
        [draft.attempt_id, draft.pen, draft.sequence],
    ).fetchone()
    if found is not None:
        row = _to_row(found)
        if row.kind != draft.kind or row.body != dumps(draft.body):
            return Outcome("refused", row, head, Refusal.OTHER_CONTENT)
        (pen,) = db.execute(
            "select coalesce(max(pen), 0) from mock_rows"
            " where mock_id = ? and kind = 'pen' and n < ?",
            [row.attempt_id, row.n],
        ).fetchone()
        return Outcome("stale" if row.pen < pen else "again", row, head)
    verdict = judge(head, draft)
    if verdict.refusal is not None:
        return Outcome("refused", head=head, refusal=verdict.refusal)
    row = _insert(db, head, draft)
    return Outcome("stale" if verdict.stale else "done", row, mock_head(db, draft.attempt_id))


def _take_pen(db: sqlite3.Connection, command: TakeMockPen) -> Outcome:
    head = mock_head(db, command.mock_id)
    if head.state is State.RUNNING and head.page == command.page:
        return Outcome("again", head=head)
    body = {"page": command.page}
    draft = Draft(command.mock_id, Kind.PEN, command.at, body, pen=head.pen + 1)
    verdict = judge(head, draft)
    if verdict.refusal is not None:
        return Outcome("refused", head=head, refusal=verdict.refusal)
    row = _insert(db, head, draft)
    return Outcome("done", row, mock_head(db, command.mock_id))


def _to_row(values: Any) -> Row:
    mock_id, n, kind, *rest = values
    return Row(mock_id, n, Kind(kind), *rest)


PRACTICE: dict[type, Callable[[sqlite3.Connection, Any], Outcome]] = {
    AddLearner: _add_learner,
    ReplaceLearnerCode: _replace_code,
    EraseLearner: _erase,
    AddReview: _add_review,
    OpenMock: _open_mock,
    AppendMock: _append,
    TakeMockPen: _take_pen,
}
"""Command -> what decides and stores it."""


class PracticeReads:
    """The reading side, for a store that has `_all` and `_read`; see `PracticeStore`."""

    _all: Callable[[str, list[Any]], Any]
    _read: Callable[[Callable[[sqlite3.Connection], Any]], Any]

    async def learner(self, learner_id: str) -> Learner | None:
        return await self._learner("learner_id", learner_id)

    async def learner_by_code(self, code_hash: str) -> Learner | None:
        return await self._learner("code_hash", code_hash)

    async def reviews(self, learner_id: str) -> list[StoredReview]:
        rows = await self._all(
            f"select {_REVIEW} from reviews where learner_id = ? order by n", [learner_id]
        )
        return [StoredReview(*row[:6], bool(row[6]), bool(row[7]), *row[8:]) for row in rows]

    async def mock(self, mock_id: str) -> Mock | None:
        found = await self._mocks("mock_id = ?", [mock_id])
        return found[0] if found else None

    async def mocks_of(self, learner_id: str) -> list[Mock]:
        return await self._mocks("learner_id = ? order by started_at, mock_id", [learner_id])

    async def mock_rows(self, mock_id: str) -> list[Row]:
        rows = await self._all(
            f"select {_ROW} from mock_rows where mock_id = ? order by n", [mock_id]
        )
        return [_to_row(row) for row in rows]

    async def mock_head(self, mock_id: str) -> Head:
        return await self._read(lambda db: mock_head(db, mock_id))

    async def practice_bank(self, digest: str) -> str | None:
        rows = await self._all("select body from practice_banks where hash = ?", [digest])
        return rows[0][0] if rows else None

    async def _learner(self, column: str, value: str) -> Learner | None:
        rows = await self._all(
            f"select learner_id, code_hash, at from learners where {column} = ?", [value]
        )
        return Learner(*rows[0]) if rows else None

    async def _mocks(self, where: str, values: list[Any]) -> list[Mock]:
        rows = await self._all(f"select {_MOCK} from mocks where {where}", values)
        return [Mock(*row[:-1], body=json.loads(row[-1])) for row in rows]
