"""One command, inside the writer's transaction, on SQLite.

Every function reads what it must know and writes what follows; the caller
holds the write lock, so nothing changes in between. The unique keys of the
tables stand behind each check.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from contest.attempt import (
    Draft,
    Head,
    Kind,
    Refusal,
    Row,
    State,
    chain,
    judge,
    next_head,
)
from contest.store.actions import record
from contest.store.claims import CLAIMS
from contest.store.commands import (
    ERASED,
    LIVE_KINDS,
    RULING_KINDS,
    Action,
    AddContestant,
    Append,
    CloseRound,
    Erase,
    FreezeRound,
    GrantTime,
    MarkSynthetic,
    OpenAttempt,
    Pin,
    Purge,
    RecordAction,
    RecordMarks,
    RecordRuling,
    ReplaceCode,
    TakePen,
)
from contest.store.erase import erase, key_used, purge
from contest.store.marking import record_marks
from contest.store.practice import PRACTICE
from contest.store.protocol import Outcome
from contest.store.sql import granted_by, of_kinds, read_actions
from questions.canonical import dumps

ROW_COLUMNS = "attempt_id, n, kind, at, pen, sequence, body, hash"
_STATE_AFTER = {Kind.SUBMIT: State.SUBMITTED, Kind.EXPIRE: State.EXPIRED}


def apply(db: sqlite3.Connection, command: Any) -> Outcome:
    """Decide and store one command; KeyError for a kind that isn't known."""
    return _APPLY[type(command)](db, command)


def to_row(values: Any) -> Row:
    """Return the row that a SELECT of ROW_COLUMNS gave."""
    attempt_id, n, kind, at, pen, sequence, body, digest = values
    return Row(attempt_id, n, Kind(kind), at, pen, sequence, body, digest)


# One statement for all that judging a row needs: statements are what a busy writer pays for.
_LAST_AND_PEN = """
    select last.n, last.kind, last.hash, pen.pen, pen.body,
        exists (select 1 from rows where attempt_id = ?1 and pen = ?2 and sequence = ?3)
    from (select n, kind, hash from rows where attempt_id = ?1 order by n desc limit 1) last
    left join (select pen, body from rows where attempt_id = ?1 and kind = 'pen'
        order by n desc limit 1) pen"""


def read_head(db: sqlite3.Connection, attempt_id: str) -> Head:
    """Return the head of an attempt; a new one where it has no rows."""
    return _head(db.execute(_LAST_AND_PEN, (attempt_id, None, None)).fetchone())


def _head_and_known(db: sqlite3.Connection, draft: Draft) -> tuple[Head, bool]:
    """Return the head, and whether a row with the draft's pen and sequence is there already."""
    values = (draft.attempt_id, draft.pen, draft.sequence)
    found = db.execute(_LAST_AND_PEN, values).fetchone()
    return _head(found), bool(found and found[5])


def _head(found: Any) -> Head:
    if found is None:
        return Head()
    n, kind, digest, pen, granted, _ = found
    page = json.loads(granted)["page"] if granted else ""
    return Head(_STATE_AFTER.get(Kind(kind), State.RUNNING), n, digest, pen or 0, page)


def _insert_row(db: sqlite3.Connection, row: Row) -> None:
    db.execute(
        f"insert into rows ({ROW_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)",
        (row.attempt_id, row.n, str(row.kind), row.at, row.pen, row.sequence, row.body, row.hash),
    )


def _append(db: sqlite3.Connection, command: Append) -> Outcome:
    draft = command.draft
    head, known = _head_and_known(db, draft)
    if known:
        row = db.execute(
            f"select {ROW_COLUMNS} from rows where attempt_id = ? and pen = ? and sequence = ?",
            [draft.attempt_id, draft.pen, draft.sequence],
        ).fetchone()
        return _sent_again(db, draft, to_row(row))
    verdict = judge(head, draft)
    if verdict.refusal is not None:
        return Outcome("refused", head=head, refusal=verdict.refusal)
    if command.granted is not None and command.granted != _granted(db, draft.attempt_id):
        return Outcome("refused", head=head)
    row = chain(head, draft)
    _insert_row(db, row)
    if row.kind in _STATE_AFTER:
        db.execute("delete from running where attempt_id = ?", [row.attempt_id])
    return Outcome("stale" if verdict.stale else "done", row, next_head(head, row))


def _granted(db: sqlite3.Connection, attempt_id: str) -> int:
    found = read_actions(
        db,
        "kind = 'extra_time' and subject = ? or kind in ('extend', 'undo_time')",
        [attempt_id],
    )
    return granted_by(found).get(attempt_id, 0)


def _sent_again(db: sqlite3.Connection, draft: Draft, row: Row) -> Outcome:
    head = read_head(db, draft.attempt_id)
    if row.kind != draft.kind or row.body != dumps(draft.body):
        return Outcome("refused", row, head, Refusal.OTHER_CONTENT)
    first_pen = db.execute(
        "select max(pen) from rows where attempt_id = ? and kind = 'pen' and n < ?",
        [row.attempt_id, row.n],
    ).fetchone()[0]
    return Outcome("stale" if row.pen < (first_pen or 0) else "again", row, head)


def _take_pen(db: sqlite3.Connection, command: TakePen) -> Outcome:
    head = read_head(db, command.attempt_id)
    if head.state is State.RUNNING and head.page == command.page:
        return Outcome("again", head=head)
    draft = Draft(
        command.attempt_id, Kind.PEN, command.at, {"page": command.page}, pen=head.pen + 1
    )
    verdict = judge(head, draft)
    if verdict.refusal is not None:
        return Outcome("refused", head=head, refusal=verdict.refusal)
    row = chain(head, draft)
    _insert_row(db, row)
    return Outcome("done", row, next_head(head, row, command.page))


def _open_attempt(db: sqlite3.Connection, command: OpenAttempt) -> Outcome:
    draft = command.draft
    head = read_head(db, draft.attempt_id)
    if head.n:
        return Outcome("again", head=head)
    if _happened(db, "close", command.round_id):
        return Outcome("refused", head=head, refusal=Refusal.CLOSED)
    if command.rulings is not None and command.rulings != _count(db, LIVE_KINDS):
        return Outcome("refused", head=head)
    taken = db.execute(
        "select 1 from attempts where round_id = ? and contestant_id = ? and number = ?",
        [command.round_id, command.contestant_id, command.number],
    ).fetchone()
    if taken:
        return Outcome("number_used")
    same_code = db.execute("select 1 from attempts where receipt = ?", [command.receipt]).fetchone()
    if same_code:
        return Outcome("code_used")
    db.execute(
        "insert into attempts (attempt_id, round_id, contestant_id, number, receipt)"
        " values (?, ?, ?, ?, ?)",
        [
            draft.attempt_id,
            command.round_id,
            command.contestant_id,
            command.number,
            command.receipt,
        ],
    )
    db.execute(
        "insert into running (attempt_id, round_id) values (?, ?)",
        [draft.attempt_id, command.round_id],
    )
    row = chain(head, draft)
    _insert_row(db, row)
    return Outcome("done", row, next_head(head, row))


def _add_contestant(db: sqlite3.Connection, command: AddContestant) -> Outcome:
    person = command.contestant
    known = db.execute(
        "select 1 from contestants where contestant_id = ?", [person.contestant_id]
    ).fetchone()
    if known:
        return Outcome("again")
    if person.key_hash is not None and key_used(db, person.key_hash):
        return Outcome("key_used")
    same_code = db.execute(
        "select 1 from contestants where code_hash = ?", [person.code_hash]
    ).fetchone()
    if same_code:
        return Outcome("code_used")
    db.execute(
        "insert into contestants (contestant_id, unit_id, group_id, registered_at, key_hash,"
        " code_hash, consent_at, consent_hash, commitment, synthetic)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            person.contestant_id,
            person.unit_id,
            person.group,
            person.registered_at,
            person.key_hash,
            person.code_hash,
            person.consent_at,
            person.consent_hash,
            person.commitment,
            int(person.synthetic),
        ],
    )
    db.execute(
        "insert into people (contestant_id, fields, salt) values (?, ?, ?)",
        [person.contestant_id, dumps(command.fields), command.salt],
    )
    return Outcome("done")


def _record_action(db: sqlite3.Connection, command: RecordAction) -> Outcome:
    record(db, command.action)
    return Outcome("done")


def _grant_time(db: sqlite3.Connection, command: GrantTime) -> Outcome:
    head = read_head(db, command.action.subject)
    if head.state is not State.RUNNING:
        return Outcome("refused", head=head)
    record(db, command.action)
    return Outcome("done", head=head)


def _count(db: sqlite3.Connection, kinds: Sequence[str]) -> int:
    sql = f"select count(*) from actions where {of_kinds(kinds)}"
    return db.execute(sql, list(kinds)).fetchone()[0]


def _record_ruling(db: sqlite3.Connection, command: RecordRuling) -> Outcome:
    action = command.action
    if command.seen != _count(db, RULING_KINDS):
        return Outcome("refused")
    if command.extends:
        if _happened(db, "close", action.subject):
            return Outcome("refused", refusal=Refusal.CLOSED)
        action = _about(action, _running(db, "round_id = ?", action.subject))
    if command.takes_time:
        left = [id_ for id_ in action.body["attempts"] if _running(db, "attempt_id = ?", id_)]
        if not left:
            return Outcome("refused", refusal=Refusal.ENDED)
        action = _about(action, left)
    if command.unit_of is not None:
        db.execute(
            "update contestants set unit_id = ? where contestant_id = ?",
            [command.unit_id, command.unit_of],
        )
    _keep(db, command.contents)
    record(db, action)
    return Outcome("done")


def _about(action: Action, attempts: list[str]) -> Action:
    return replace(action, body={**action.body, "attempts": attempts})


def _running(db: sqlite3.Connection, where: str, value: str) -> list[str]:
    sql = f"select attempt_id from running where {where} order by attempt_id"
    return [attempt_id for (attempt_id,) in db.execute(sql, [value])]


def _keep(db: sqlite3.Connection, contents: dict[str, tuple[str, str]]) -> None:
    for digest, (kind, body) in contents.items():
        db.execute(
            "insert or ignore into contents (hash, kind, body) values (?, ?, ?)",
            [digest, kind, body],
        )


def _happened(db: sqlite3.Connection, kind: str, subject: str) -> bool:
    known = db.execute("select 1 from actions where kind = ? and subject = ?", [kind, subject])
    return known.fetchone() is not None


def _freeze(db: sqlite3.Connection, command: FreezeRound) -> Outcome:
    if _happened(db, "freeze", command.action.subject):
        return Outcome("again")
    record(db, command.action)
    _keep(db, command.contents)
    return Outcome("done")


def _close(db: sqlite3.Connection, command: CloseRound) -> Outcome:
    action = command.action
    if _happened(db, "close", action.subject):
        return Outcome("again")
    running = db.execute("select 1 from running where round_id = ?", [action.subject]).fetchone()
    (there,) = db.execute(
        "select count(*) from attempts where round_id = ?", [action.subject]
    ).fetchone()
    if running or there != action.body["attempts"]:
        # One was opened while the root was being computed, and must be in it.
        return Outcome("refused")
    record(db, action)
    return Outcome("done")


def _replace_code(db: sqlite3.Connection, command: ReplaceCode) -> Outcome:
    same_code = db.execute(
        "select 1 from contestants where code_hash = ?", [command.code_hash]
    ).fetchone()
    if same_code:
        return Outcome("code_used")
    changed = db.execute(
        "update contestants set code_hash = ?1 where contestant_id = ?2"
        " and code_hash <> ?3 || contestant_id",
        [command.code_hash, command.contestant_id, ERASED],
    ).rowcount
    if not changed:
        return Outcome("refused")
    record(db, command.action)
    return Outcome("done")


def _pin(db: sqlite3.Connection, command: Pin) -> Outcome:
    known = db.execute("select value from meta where key = ?", [command.key]).fetchone()
    if known is not None:
        return Outcome("again" if known[0] == command.value else "refused")
    db.execute("insert into meta (key, value) values (?, ?)", [command.key, command.value])
    return Outcome("done")


def _mark_synthetic(db: sqlite3.Connection, command: MarkSynthetic) -> Outcome:
    real = db.execute("select 1 from contestants where synthetic = 0 limit 1").fetchone()
    if real is not None:
        return Outcome("refused")
    seed = db.execute("select value from meta where key = 'synthetic_seed'").fetchone()
    if seed is not None:
        return Outcome("again" if seed[0] == str(command.seed) else "refused")
    db.execute("insert into meta (key, value) values ('synthetic_seed', ?)", [str(command.seed)])
    return Outcome("done")


_APPLY: dict[type, Callable[[sqlite3.Connection, Any], Outcome]] = {
    AddContestant: _add_contestant,
    OpenAttempt: _open_attempt,
    TakePen: _take_pen,
    Append: _append,
    RecordAction: _record_action,
    GrantTime: _grant_time,
    RecordRuling: _record_ruling,
    RecordMarks: record_marks,
    FreezeRound: _freeze,
    CloseRound: _close,
    ReplaceCode: _replace_code,
    MarkSynthetic: _mark_synthetic,
    Erase: erase,
    Purge: purge,
    Pin: _pin,
    **CLAIMS,
    **PRACTICE,
}
