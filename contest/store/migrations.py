"""The tables of the embedded store, and how they came to be.

Each migration runs in one transaction with the row that records it. They are
only ever added; a released one is never changed.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

from contest.clock import SystemClock, local

migrations = Migrations("timhieu")


@migrations()
def m001_events(db: Database) -> None:
    """Contestants, their erasable data, attempts, chained rows, actions, frozen contents."""
    for statement in (
        "create table meta (key text primary key, value text not null) strict",
        """create table contents (
            hash text primary key,
            kind text not null,
            body text not null
        ) strict""",
        """create table actions (
            n integer primary key,
            at integer not null,
            actor text not null,
            kind text not null,
            subject text not null,
            body text not null,
            hash text not null
        ) strict""",
        # A round freezes once and closes once, whichever process comes first.
        """create unique index one_freeze_and_close on actions (kind, subject)
            where kind in ('freeze', 'close')""",
        """create table contestants (
            contestant_id text primary key,
            unit_id text not null,
            group_id text not null,
            registered_at integer not null,
            key_hash text unique,
            code_hash text not null unique,
            consent_at integer not null,
            consent_hash text not null,
            commitment text not null,
            synthetic integer not null
        ) strict""",
        # The only personal data; deleting a row here leaves every chain whole.
        """create table people (
            contestant_id text primary key references contestants (contestant_id),
            fields text not null,
            salt text not null
        ) strict""",
        """create table attempts (
            attempt_id text primary key,
            round_id text not null,
            contestant_id text not null references contestants (contestant_id),
            number integer not null,
            receipt text not null unique,
            unique (round_id, contestant_id, number)
        ) strict""",
        """create table rows (
            attempt_id text not null references attempts (attempt_id),
            n integer not null,
            kind text not null,
            at integer not null,
            pen integer not null,
            sequence integer,
            body text not null,
            hash text not null,
            primary key (attempt_id, n)
        ) strict, without rowid""",
        # A message is the same message however often it is sent.
        """create unique index one_message on rows (attempt_id, pen, sequence)
            where sequence is not null""",
        """create unique index one_end on rows (attempt_id)
            where kind in ('submit', 'expire')""",
        # Which attempts have no end row yet: an index of `rows`, kept in the same transactions.
        """create table running (
            attempt_id text primary key references attempts (attempt_id),
            round_id text not null
        ) strict""",
        "create table tokens (nonce text primary key, at integer not null) strict",
    ):
        db.conn.execute(statement)


def open_database(path: Path) -> Database:
    """Open (and create) the database file with every migration applied.

    An existing file that needs a migration is copied beside itself first. The
    connection is in autocommit mode: transactions are begun by hand.
    """
    existed = path.exists()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not existed:
        path.touch(mode=0o600)
    db = Database(connect(path))
    if existed and migrations.applied(db) and migrations.pending(db):
        _copy(path, db)
    _apply(db)
    return db


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Return a connection with the settings every user of the file needs."""
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, timeout=10
    )  # fmt: skip
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma busy_timeout = 10000")
    if read_only:
        connection.execute("pragma query_only = on")
    return connection


def _apply(db: Database) -> None:
    # Two processes may start at once: the second waits for the first, then finds nothing to do.
    if not migrations.pending(db):
        return
    try:
        migrations.apply(db)
    except sqlite3.OperationalError:
        if migrations.pending(db):
            raise


def _copy(path: Path, db: Database) -> None:
    stamp = local(SystemClock().now()).strftime("%Y%m%d-%H%M%S")
    target = path.with_name(f"{path.stem}-{stamp}{path.suffix}")
    with sqlite3.connect(target) as copy:
        db.conn.backup(copy)
    copy.close()
    shutil.copymode(path, target)
