"""The tables of the embedded store, and how they came to be.

All pending migrations run in one transaction with the rows that record them. They are
only ever added; a released one is never changed. sqlite-utils is loaded only where there
is something to do: it brings pandas along, which a contestant's page must not pay for.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from contest.clock import SystemClock, local
from contest.files import publish
from contest.store.protocol import NewerDatabase

if TYPE_CHECKING:
    from sqlite_utils import Database

SET = "timhieu"
TURNS = "kind in ('pen', 'submit', 'expire')"
"""The rows by which an attempt changes hands, as their index and its users name them."""


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
        # Rulings are looked up by what they are about.
        "create index actions_by_kind on actions (kind, subject)",
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
        # The newest pen is looked up with every row.
        "create index pens on rows (attempt_id, n) where kind = 'pen'",
        # What other processes did lately is looked up every second.
        f"create index turns on rows (at) where {TURNS}",
        # Which attempts have no end row yet: an index of `rows`, kept in the same transactions.
        """create table running (
            attempt_id text primary key references attempts (attempt_id),
            round_id text not null
        ) strict""",
    ):
        db.conn.execute(statement)


def m002_used_keys(db: Database) -> None:
    """Identity keys that were used by people who are erased: which of them, nothing tells."""
    # Without row numbers, whose order would say when each came in.
    db.conn.execute("create table used_keys (key_hash text primary key) strict, without rowid")


def m003_practice(db: Database) -> None:
    """Learners, their reviews and mock papers: no table of a round is touched."""
    for statement in (
        """create table learners (
            learner_id text primary key,
            code_hash text not null unique,
            at integer not null
        ) strict""",
        """create table reviews (
            learner_id text not null references learners (learner_id),
            n integer not null,
            ask text not null,
            at integer not null,
            question_id text not null,
            card_id text not null,
            rating integer not null,
            right integer not null,
            hinted integer not null,
            duration_ms integer not null,
            response text not null,
            card text not null,
            primary key (learner_id, n)
        ) strict, without rowid""",
        # An asking is answered once, whichever page comes first.
        "create unique index one_answer on reviews (learner_id, ask, card_id)",
        "create index reviews_by_card on reviews (learner_id, card_id, n)",
        "create table practice_banks (hash text primary key, body text not null) strict",
        """create table mocks (
            mock_id text primary key,
            learner_id text not null references learners (learner_id),
            started_at integer not null,
            ends_at integer not null,
            bank text not null references practice_banks (hash),
            body text not null
        ) strict""",
        "create index mocks_by_learner on mocks (learner_id, started_at)",
        """create table mock_rows (
            mock_id text not null references mocks (mock_id),
            n integer not null,
            kind text not null,
            at integer not null,
            pen integer not null,
            sequence integer,
            body text not null,
            primary key (mock_id, n)
        ) strict, without rowid""",
        """create unique index one_mock_message on mock_rows (mock_id, pen, sequence)
            where sequence is not null""",
        """create unique index one_mock_end on mock_rows (mock_id)
            where kind in ('submit', 'expire')""",
    ):
        db.conn.execute(statement)


def m004_claims(db: Database) -> None:
    """What people ask the organisers to look into, and the answers: all of it can be erased."""
    for statement in (
        """create table claims (
            claim_id text primary key,
            code text not null unique,
            at integer not null,
            kind text not null,
            contestant_id text references contestants (contestant_id),
            own integer not null,
            attempt_id text references attempts (attempt_id),
            question integer,
            key_hash text,
            body text not null,
            status text not null,
            outcome text,
            answer text,
            salt text,
            answered_at integer
        ) strict, without rowid""",
        "create index claims_by_status on claims (status, at)",
        "create index claims_by_contestant on claims (contestant_id)",
        "create index claims_by_key on claims (key_hash) where key_hash is not null",
    ):
        db.conn.execute(statement)


STEPS = (m001_events, m002_used_keys, m003_practice, m004_claims)
"""Every migration, oldest first."""


def open_database(path: Path) -> None:
    """Have the database file at `path`, with every migration applied.

    Several processes may do so at once. A new file gets its name when it is complete. An
    existing one that needs a migration is copied beside itself first.

    Raises
    ------
    NewerDatabase
        When it has migrations that this version doesn't know.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        _migrate(draft)
        publish(draft, path)
    _migrate(path)


def connect(path: Path, *, read_only: bool = False, patience: float = 10.0) -> sqlite3.Connection:
    """Return a connection with the settings every user of the file needs.

    It is in autocommit mode: transactions are begun by hand.

    Parameters
    ----------
    patience : float
        Seconds to wait for another's lock.
    """
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, timeout=patience
    )
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    # What is deleted is overwritten: a person who is erased must not be left in the file.
    connection.execute("pragma secure_delete = on")
    # In KiB; the system keeps the file in memory anyway.
    connection.execute(f"pragma cache_size = -{256 if read_only else 1024}")
    if read_only:
        connection.execute("pragma query_only = on")
    return connection


def _migrate(path: Path) -> None:
    with closing(connect(path)) as connection:
        if not _pending(connection):
            return
        # Another process that starts now waits here, and then finds nothing to do.
        connection.execute("begin immediate")
        try:
            if _pending(connection):
                _apply(path, connection)
            connection.execute("commit")
        except BaseException:
            connection.rollback()
            raise


def unknown_migrations(connection: sqlite3.Connection) -> set[str]:
    """Return the migrations of a database that this version doesn't know."""
    return _applied(connection) - {step.__name__ for step in STEPS}


def _pending(connection: sqlite3.Connection) -> bool:
    if unknown := unknown_migrations(connection):
        raise NewerDatabase(", ".join(sorted(unknown)))
    applied = _applied(connection)
    return any(step.__name__ not in applied for step in STEPS)


def _applied(connection: sqlite3.Connection) -> set[str]:
    kept = connection.execute("select 1 from sqlite_master where name = '_sqlite_migrations'")
    if kept.fetchone() is None:
        return set()
    names = connection.execute("select name from _sqlite_migrations where migration_set = ?", [SET])
    return {name for (name,) in names}


def _apply(path: Path, connection: sqlite3.Connection) -> None:
    from sqlite_utils import Database, Migrations

    if _applied(connection):
        _copy(path)
    migrations = Migrations(SET)
    for step in STEPS:
        migrations()(step)
    migrations.apply(Database(connection))


def _copy(path: Path) -> None:
    stamp = local(SystemClock().now()).strftime("%Y%m%d-%H%M%S")
    target = path.with_name(f"{path.stem}-{stamp}{path.suffix}")
    target.touch(mode=0o600)  # before anything is in it
    # Through a connection of its own: the migrating one holds the write lock.
    with closing(connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    shutil.copymode(path, target)
