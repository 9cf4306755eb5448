"""The chain of what organisers and the server did."""

from __future__ import annotations

import sqlite3

from contest.attempt import row_hash
from contest.store.commands import Action
from questions.canonical import dumps


def record(db: sqlite3.Connection, action: Action) -> None:
    """Add an action to the chain."""
    last = db.execute("select n, hash from actions order by n desc limit 1").fetchone()
    n, previous = (last[0] + 1, last[1]) if last else (1, "")
    body = dumps(action.body)
    digest = action_hash(previous, n, action, body)
    db.execute(
        "insert into actions (n, at, actor, kind, subject, body, hash)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        [n, action.at, action.actor, action.kind, action.subject, body, digest],
    )


def action_hash(previous: str, n: int, action: Action, body: str) -> str:
    """Return the hash of an action in its chain, in the form that rows have."""
    return row_hash(
        previous, action.subject, n, action.kind, action.at, 0, None, f"{action.actor}\n{body}"
    )
