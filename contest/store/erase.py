"""Forgetting people, inside the writer's transaction: the chains and the ranking stay as they are.

What goes: the fields and their salt, the hash of the identity key and that of the resume code,
and what they asked the organisers.
What stays is the pseudonym with unit, group, times, and the commitment, which without its salt
tells nothing.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from contest.store.actions import record
from contest.store.claims import forget_all_claims, forget_claims
from contest.store.commands import ERASED, Erase, Purge
from contest.store.migrations import connect
from contest.store.protocol import Outcome


def erase(db: sqlite3.Connection, command: Erase) -> Outcome:
    """Forget one person."""
    contestant_id = command.action.subject
    known = db.execute(
        "select key_hash from contestants where contestant_id = ?", [contestant_id]
    ).fetchone()
    if known is None:
        return Outcome("refused")
    there = db.execute("select 1 from people where contestant_id = ?", [contestant_id]).fetchone()
    if there is None:
        return Outcome("again")
    if command.keep_key and known[0] is not None:
        db.execute("insert or ignore into used_keys (key_hash) values (?)", [known[0]])
    forget_claims(db, [contestant_id])  # by the key as well, which goes below
    db.execute("delete from people where contestant_id = ?", [contestant_id])
    db.execute(
        "update contestants set key_hash = null, code_hash = ? || contestant_id"
        " where contestant_id = ?",
        [ERASED, contestant_id],
    )
    record(db, command.action)
    return Outcome("done")


def purge(db: sqlite3.Connection, command: Purge) -> Outcome:
    """Forget everybody whose time has come."""
    marks = ", ".join("?" * len(command.consents))
    due = f"""select c.contestant_id from contestants c join people p
        on p.contestant_id = c.contestant_id where c.consent_hash in ({marks})"""
    people = [contestant_id for (contestant_id,) in db.execute(due, command.consents)]
    forget_claims(db, people)
    db.executemany("delete from people where contestant_id = ?", [(one,) for one in people])
    db.executemany(
        "update contestants set key_hash = null, code_hash = ? where contestant_id = ?",
        [(ERASED + one, one) for one in people],
    )
    left = db.execute("select 1 from people limit 1").fetchone() is not None
    keys = 0 if left else db.execute("delete from used_keys").rowcount
    claims = 0 if left and not command.claims else forget_all_claims(db)
    if not people and not keys and not claims:
        return Outcome("again")
    action = command.action
    record(db, replace(action, body={**action.body, "people": len(people)}))
    return Outcome("done")


def key_used(db: sqlite3.Connection, key_hash: str) -> bool:
    """Return whether an identity key has been used, by somebody known or erased."""
    found = db.execute(
        """select 1 from contestants where key_hash = ?1
        union all select 1 from used_keys where key_hash = ?1""",
        [key_hash],
    )
    return found.fetchone() is not None


def scrub(path: Path, *, whole: bool) -> bool:
    """Overwrite what was deleted; see `Store.scrub`. Blocks while others write."""
    with closing(connect(path)) as connection:
        if whole:
            connection.execute("vacuum")
        # What was there before lies in the log until it is written over.
        (busy, *_) = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
        return not busy
