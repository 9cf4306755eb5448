"""Statements that more than one module of the store needs."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from contest.store.actions import action_hash
from contest.store.protocol import Action

ATTEMPT = """select a.attempt_id, a.round_id, a.contestant_id, a.number, a.receipt, r.at, r.body
    from attempts a join rows r on r.attempt_id = a.attempt_id and r.n = 1"""
"""An attempt's columns in the order of `AttemptRecord`, the body of its first row last."""


def read_actions(db: sqlite3.Connection, where: str, values: list[Any]) -> list[Action]:
    """Return the actions that fulfil a condition, in order."""
    rows = db.execute(
        f"select at, actor, kind, subject, body from actions where {where} order by n", values
    )
    return [Action(*row[:-1], body=json.loads(row[-1])) for row in rows]


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
