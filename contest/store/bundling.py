"""The rows of a whole database as plain lists, without anything personal, and back into one.

What leaves: contents but pictures, actions, of contestants who have attempts the id, the time of
registration and the commitment, attempts without their receipts, rows. Nothing of practice,
nothing erasable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from contest.store.migrations import connect, open_database

COLUMNS: dict[str, tuple[str, ...]] = {
    "meta": ("key", "value"),
    "contents": ("hash", "kind", "body"),
    "actions": ("n", "at", "actor", "kind", "subject", "body", "hash"),
    "contestants": ("contestant_id", "registered_at", "commitment"),
    "attempts": ("attempt_id", "round_id", "contestant_id", "number"),
    "rows": ("attempt_id", "n", "kind", "at", "pen", "sequence", "body", "hash"),
}  # fmt: skip
"""Table -> its columns that leave the database, the first ones its key."""

_ONLY = {
    "meta": "key in ('synthetic_seed', 'rehearsal')",
    "contents": "kind <> 'picture'",
    "contestants": "contestant_id in (select contestant_id from attempts)",
}
SET = "1"
"""What stands for the value of a setting: only that there is one matters, and nothing vouches
for more."""

_FILLED = {
    "contestants": (
        "unit_id, group_id, code_hash, consent_at, consent_hash, synthetic",
        "'', '', ?1, 0, '', 0",
    ),
    "attempts": ("receipt", "?1"),
}
"""Table -> further columns and what they are filled with; ?1 is the row's own id."""

_ORDER = {"rows": "attempt_id, n", "actions": "n"}
_ENDED = "select 1 from rows r where r.attempt_id = a.attempt_id and r.kind in ('submit', 'expire')"


class NotRows(ValueError):
    """What is to be loaded isn't what `dump_tables` gives; the message names the table."""


def dump_tables(path: Path) -> Iterator[tuple[str, Iterator[list[Any]]]]:
    """Yield every table and its rows, of one moment; each must be read before the next."""
    with closing(connect(path, read_only=True)) as db:
        db.execute("begin")
        for table, columns in COLUMNS.items():
            order = _ORDER.get(table, columns[0])
            found = db.execute(
                f"select {', '.join(columns)} from {table} where {_ONLY.get(table, '1 = 1')} "
                f"order by {order}"
            )
            yield table, ([key, SET] for key, _ in found) if table == "meta" else map(list, found)


def load_tables(path: Path, tables: Iterable[tuple[str, Iterable[list[Any]]]]) -> None:
    """Make a new database at `path` of what `dump_tables` gave.

    Raises
    ------
    NotRows
        For a table or row that can't be one of these.
    """
    open_database(path)
    with closing(connect(path)) as db:
        db.execute("begin immediate")
        for table, rows in tables:
            columns = COLUMNS[table]
            names, extra = ", ".join(columns), ""
            if table in _FILLED:  # what didn't leave has to be something
                names, extra = f"{names}, {_FILLED[table][0]}", f", {_FILLED[table][1]}"
            marks = ", ".join(f"?{i}" for i in range(1, len(columns) + 1))
            try:
                db.executemany(f"insert into {table} ({names}) values ({marks}{extra})", rows)
            except NotRows:
                db.rollback()
                raise
            except Exception:
                db.rollback()
                raise NotRows(table) from None
        db.execute(
            f"insert into running select attempt_id, round_id from attempts a where not exists "
            f"({_ENDED})"
        )
        db.execute("commit")


def read_line(line: str, table: str) -> list[Any]:
    """Return a row from its line; NotRows where it isn't one."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise NotRows(table) from None
    if not isinstance(row, list) or len(row) != len(COLUMNS[table]):
        raise NotRows(table)
    if table == "meta" and row[1] != SET:
        raise NotRows(table)
    return row
