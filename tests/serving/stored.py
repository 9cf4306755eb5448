"""What lies in a contest's database, read with plain SQL: not with the kit's own code."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any


def select(directory: Path, sql: str, *values: Any) -> list[dict[str, Any]]:
    """Return rows by column name; other processes may be writing meanwhile."""
    address = f"file:{directory / 'var' / 'timhieu.db'}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=20)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(sql, values)]


def people(directory: Path) -> dict[str, dict[str, Any]]:
    """Return the fields of everybody who registered, by contestant id."""
    found = select(directory, "select contestant_id, fields from people")
    return {row["contestant_id"]: json.loads(row["fields"]) for row in found}


def counts(directory: Path) -> dict[str, int]:
    """Return how many contestants, attempts and rows there are."""
    names = ("contestants", "people", "attempts", "rows")
    return {name: select(directory, f"select count(*) as n from {name}")[0]["n"] for name in names}


def rows_of(directory: Path, contestant_id: str) -> list[dict[str, Any]]:
    """Return the rows of a contestant's attempts in order, their bodies read."""
    found = select(
        directory,
        "select a.number, a.receipt, r.* from attempts a join rows r using (attempt_id)"
        " where a.contestant_id = ? order by a.number, r.n",
        contestant_id,
    )
    return [{**row, "body": json.loads(row["body"])} for row in found]


def contestant(directory: Path, number: int) -> dict[str, Any]:
    """Return the contestant who registered as person `number`."""
    (found,) = [
        id_ for id_, person in people(directory).items() if person["name"].endswith(f"{number:05}")
    ]
    return select(directory, "select * from contestants where contestant_id = ?", found)[0]


@contextmanager
def no_commits(directory: Path) -> Iterator[None]:
    """Hold the database's write lock: every commit fails once its patience is over."""
    database = sqlite3.connect(directory / "var" / "timhieu.db", isolation_level=None, timeout=20)
    try:
        database.execute("begin immediate")
        yield
        database.execute("rollback")
    finally:
        database.close()
