"""The database file: made complete, opened again, brought up to date after a copy."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from contest.store import migrations
from contest.store.migrations import STEPS, connect, open_database

NAMES = [step.__name__ for step in STEPS]


def m999_more(db: Any) -> None:
    """Add a table."""
    db.conn.execute("create table more (x text not null) strict")


def m999_broken(db: Any) -> None:
    """Add a table, then fail."""
    m999_more(db)
    raise sqlite3.OperationalError("hỏng")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database will lie."""
    return tmp_path / "var" / "timhieu.db"


def ask(path: Path, sql: str) -> list[Any]:
    """Return what a statement gives."""
    with closing(connect(path, read_only=True)) as connection:
        return connection.execute(sql).fetchall()


def applied(path: Path) -> list[str]:
    """Return the migrations a file has seen."""
    return [name for (name,) in ask(path, "select name from _sqlite_migrations order by id")]


def copies(path: Path) -> list[Path]:
    """Return the other database files in the folder."""
    return [found for found in path.parent.glob("*.db") if found != path]


def mark(path: Path) -> None:
    """Write something that must survive."""
    with closing(connect(path)) as connection:
        connection.execute("insert into meta (key, value) values ('dấu', 'còn')")


def test_fresh_file_has_every_migration(path: Path) -> None:
    """And nothing else lies in its folder."""
    open_database(path)
    assert applied(path) == NAMES
    assert [found.name for found in path.parent.iterdir()] == ["timhieu.db"]


def test_file_and_folder_are_for_their_owner_only(path: Path) -> None:
    """The names and phones of people lie in it."""
    open_database(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_side_files_are_for_their_owner_only(path: Path) -> None:
    """The log that SQLite keeps beside the file holds the same data."""
    open_database(path)
    with closing(connect(path)) as connection:
        connection.execute("insert into meta (key, value) values ('a', 'b')")
        modes = {stat.S_IMODE(found.stat().st_mode) for found in path.parent.iterdir()}
    assert modes == {0o600}


def test_second_opening_changes_nothing(path: Path) -> None:
    """No copy, no migration, everything still there."""
    open_database(path)
    mark(path)
    open_database(path)
    assert applied(path) == NAMES
    assert copies(path) == []
    assert ask(path, "select value from meta") == [("còn",)]


def test_connection_is_durable(path: Path) -> None:
    """Write-ahead log, synced at every commit, foreign keys kept."""
    open_database(path)
    with closing(connect(path)) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
        assert connection.execute("pragma synchronous").fetchone() == (2,)
        assert connection.execute("pragma foreign_keys").fetchone() == (1,)
        assert connection.execute("pragma busy_timeout").fetchone() == (10_000,)


def test_reading_connection_can_not_write(path: Path) -> None:
    """Whatever it is asked."""
    open_database(path)
    with (
        closing(connect(path, read_only=True)) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("delete from meta")


def test_pending_migration_runs_after_a_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is the file as it was, for its owner only."""
    open_database(path)
    mark(path)
    monkeypatch.setattr(migrations, "STEPS", (*STEPS, m999_more))
    open_database(path)
    assert applied(path) == [*NAMES, "m999_more"]
    assert ask(path, "select count(*) from more") == [(0,)]
    (copy,) = copies(path)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert applied(copy) == NAMES
    assert ask(copy, "select value from meta") == [("còn",)]


def test_copy_holds_what_is_only_in_the_log_yet(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process has the file open and has committed to it."""
    open_database(path)
    with closing(connect(path)) as other:
        other.execute("insert into meta (key, value) values ('dấu', 'còn')")
        monkeypatch.setattr(migrations, "STEPS", (*STEPS, m999_more))
        open_database(path)
    (copy,) = copies(path)
    assert ask(copy, "select value from meta") == [("còn",)]


def test_migration_that_fails_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a migration would be worse than none."""
    open_database(path)
    mark(path)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", (*STEPS, m999_broken))
        with pytest.raises(sqlite3.OperationalError, match="hỏng"):
            open_database(path)
    assert applied(path) == NAMES
    assert ask(path, "select name from sqlite_master where name = 'more'") == []
    open_database(path)
    assert ask(path, "select value from meta") == [("còn",)]


@pytest.mark.parametrize(
    "statement",
    [
        "insert into actions values (9, 'bây giờ', 'x', 'x', 'x', '{}', 'h')",
        "insert into actions values (9, 1.5, 'x', 'x', 'x', '{}', 'h')",
        "insert into meta (key) values ('a')",
        "insert into people values ('ts-9', '{}', 'muối')",
        "insert into rows values ('lt-9', 1, 'open', 1, 0, null, '{}', 'h')",
    ],
)
def test_tables_refuse_what_they_are_not_for(path: Path, statement: str) -> None:
    """Wrong types, missing values, data of nobody."""
    open_database(path)
    with closing(connect(path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


def test_database_can_be_opened_without_pandas(path: Path) -> None:
    """Only making or changing one loads sqlite-utils, which brings it along."""
    import subprocess
    import sys

    open_database(path)
    program = (
        "import sys; from pathlib import Path; from contest.store import SqliteStore;"
        f"store = SqliteStore(Path({str(path)!r})); store.close_now();"
        "print(sorted({'pandas', 'numpy', 'sqlite_utils'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert result.stdout.strip() == "[]"
