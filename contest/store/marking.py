"""Marks of essays: rows of the organisers' chain, written all or none."""

from __future__ import annotations

import sqlite3

from contest.store.actions import record
from contest.store.commands import MARK_KIND, RecordMarks
from contest.store.protocol import Outcome

OF_ATTEMPT = "kind = ? and subject = ?"
"""The condition that an action is a mark of an attempt; its values are kind and attempt."""


def record_marks(db: sqlite3.Connection, command: RecordMarks) -> Outcome:
    """Write marks down, unless one of their attempts has got others meanwhile."""
    for action, seen in zip(command.actions, command.seen, strict=True):
        (there,) = db.execute(
            f"select count(*) from actions where {OF_ATTEMPT}", [MARK_KIND, action.subject]
        ).fetchone()
        if there != seen:
            return Outcome("refused")
    for action in command.actions:
        record(db, action)
    return Outcome("done")
