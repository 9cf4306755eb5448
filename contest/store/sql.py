"""Statements that more than one module of the store needs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from contest.store.actions import action_hash
from contest.store.commands import RULING_KINDS, TIME_KINDS, Action

ATTEMPT = """select a.attempt_id, a.round_id, a.contestant_id, a.number, a.receipt, r.at, r.body
    from attempts a join rows r on r.attempt_id = a.attempt_id and r.n = 1"""
"""An attempt's columns in the order of `AttemptRecord`, the body of its first row last."""


def read_actions(db: sqlite3.Connection, where: str, values: list[Any]) -> list[Action]:
    """Return the actions that fulfil a condition, in order."""
    rows = db.execute(
        f"select at, actor, kind, subject, body from actions where {where} order by n", values
    )
    return [Action(*row[:-1], body=json.loads(row[-1])) for row in rows]


def read_latest(
    db: sqlite3.Connection, most: int, skip: int, without: Sequence[str]
) -> list[Action]:
    """Return the newest actions first, `most` of them after `skip`; none of these kinds."""
    kept = f"kind not in ({', '.join('?' * len(without))})" if without else "1 = 1"
    rows = db.execute(
        f"select at, actor, kind, subject, body from actions where {kept}"
        " order by n desc limit ? offset ?",
        [*without, most, skip],
    )
    return [Action(*row[:-1], body=json.loads(row[-1])) for row in rows]


def read_numbered(db: sqlite3.Connection, kinds: Sequence[str]) -> list[tuple[int, Action]]:
    """Return the rulings of these kinds, or all, each with its number among all rulings."""
    rows = db.execute(
        f"""select number, at, actor, kind, subject, body from (
            select row_number() over (order by n) as number, * from actions
            where {of_kinds(RULING_KINDS)})
        where {of_kinds(kinds)} order by number""",
        [*RULING_KINDS, *kinds],
    )
    return [(row[0], Action(*row[1:-1], body=json.loads(row[-1]))) for row in rows]


def of_kinds(kinds: Sequence[str]) -> str:
    """Return the condition that an action is of one of the kinds, which are its values."""
    return f"kind in ({', '.join('?' * len(kinds))})" if kinds else "1 = 1"


def granted_by(actions: Iterable[Action]) -> dict[str, int]:
    """Return the milliseconds that rulings of `TIME_KINDS` grant, by attempt id.

    Other actions are passed over.
    """
    granted: dict[str, int] = {}
    for action in actions:
        if action.kind in TIME_KINDS:
            ms = action.body.get("ms", 0) * (-1 if action.kind == "undo_time" else 1)
            for attempt_id in action.body.get("attempts", [action.subject]):
                granted[attempt_id] = granted.get(attempt_id, 0) + ms
    return granted


def broken_action(db: sqlite3.Connection) -> int | None:
    """Return the number of the first action whose hash is wrong, or None."""
    previous = ""
    found = db.execute("select n, at, actor, kind, subject, body, hash from actions order by n")
    for number, (n, at, actor, kind, subject, body, digest) in enumerate(found, start=1):
        expected = action_hash(previous, n, Action(at, actor, kind, subject), body)
        if n != number or digest != expected:
            return number
        previous = digest
    return None
