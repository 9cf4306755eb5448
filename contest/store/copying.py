"""A copy of the database while others write to it, and a look at whether one is sound."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from contest.store.migrations import connect, unknown_migrations
from contest.store.protocol import NewerDatabase


class Unreadable(ValueError):
    """A file is no database, or a damaged one."""


def copy_database(source: Path, target: Path) -> None:
    """Copy one moment of `source` into the new file `target`; blocks, but keeps nobody waiting.

    The copy is written anew, so that nothing of what was deleted comes along.
    """
    target.touch(mode=0o600, exist_ok=False)  # before anything is in it
    with closing(connect(source)) as connection:
        connection.execute("vacuum into ?", [str(target)])


def check_database(path: Path) -> None:
    """Check that a file is a sound database of ours.

    Raises
    ------
    Unreadable
        Where it isn't.
    NewerDatabase
        Where a newer version of the kit made it.
    """
    try:
        with closing(connect(path)) as connection:
            if unknown := unknown_migrations(connection):
                raise NewerDatabase(", ".join(sorted(unknown)))
            (said,) = connection.execute("pragma quick_check(1)").fetchone()
            connection.execute("select 1 from rows limit 1").fetchone()
    except sqlite3.Error as error:
        raise Unreadable(str(error)) from error
    if said != "ok":
        raise Unreadable(said)
