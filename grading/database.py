"""The result database; its full-text search finds Nguyễn Đặng by `nguyen dang`.

SQLite's tokenizer takes the marks off letters, but takes đ for a letter of its own. So a text with
đ is indexed twice, once with d; the table itself keeps what it holds. The index has the form that
Datasette and sqlite-utils look for.
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pandas as pd
from sqlite_utils import Database

from grading.cells import python_type, texts, values
from grading.tables import TABLES, Table

TOKENIZER = "unicode61 remove_diacritics 2"
_D = {0x0111: "d", 0x0110: "D"}


def write_database(path: Path, tables: list[tuple[Table, pd.DataFrame]]) -> None:
    """Write the tables into a new SQLite file, with keys, links, indexes and full-text search."""
    db = Database(path)
    try:
        for table, frame in _referred_to_first(tables):
            contract = table.contract
            made = db[table.name].create(
                {name: python_type(spec) for name, spec in contract.items()},
                pk=table.key if len(table.key) > 1 else table.key[0],
                not_null={name for name, spec in contract.items() if not spec.null},
                foreign_keys=_foreign(table),
            )
            columns = [values(frame[name], spec) for name, spec in contract.items()]
            marks = ",".join("?" * len(contract))
            with db.atomic():
                # insert_all would take more than ten times as long.
                db.conn.executemany(
                    f"insert into {table.name} values ({marks})", zip(*columns, strict=True)
                )
            for index in table.indexes:
                made.create_index(index)
            _add_search(db, table, frame)
    finally:
        db.close()


def _referred_to_first(
    tables: list[tuple[Table, pd.DataFrame]],
) -> Iterator[tuple[Table, pd.DataFrame]]:
    by_name = {table.name: (table, frame) for table, frame in tables}
    needs = {
        name: [other for _, other, _ in table.foreign if other != name]
        for name, (table, _) in by_name.items()
    }
    return (by_name[name] for name in TopologicalSorter(needs).static_order())


def _foreign(table: Table) -> list[Any]:
    return [
        (columns, other, keys) if len(columns) > 1 else (columns[0], other, keys[0])
        for columns, other, keys in table.foreign
    ]


def _add_search(db: Database, table: Table, frame: pd.DataFrame) -> None:
    """Index the columns that a table is searched by; its rows are numbered from 1 in order."""
    if not table.search:
        return
    name, columns = f"{table.name}_fts", ", ".join(table.search)
    db.conn.execute(
        f"create virtual table {name} using fts5 "
        f"({columns}, tokenize='{TOKENIZER}', content=[{table.name}])"
    )
    cells = [map(_indexed, texts(frame[one], table.contract[one])) for one in table.search]
    rows = zip(range(1, len(frame) + 1), *cells, strict=True)
    marks = ", ".join("?" * (len(table.search) + 1))
    with db.atomic():
        db.conn.executemany(f"insert into {name} (rowid, {columns}) values ({marks})", rows)
        # One piece instead of many: smaller, and the same whatever way it came to be.
        db.conn.execute(f"insert into {name} ({name}) values ('optimize')")


def _indexed(cell: str | None) -> str | None:
    if cell is None:
        return None
    plain = cell.translate(_D)
    return cell if plain == cell else f"{cell} {plain}"


def read_tables(path: Path) -> dict[str, list[list[Any]]]:
    """Return the tables of a result's database: name -> its columns, then its rows in order.

    A table of the result that isn't there is left out; what else lies in the file isn't looked at.
    """
    db = Database(path)
    try:
        there = set(db.table_names())
        found = {}
        for table in TABLES:
            if table.name in there:
                rows = db.conn.execute(f'select * from "{table.name}"')
                columns = [column[0] for column in rows.description]
                found[table.name] = [columns, *map(list, rows)]
        return found
    finally:
        db.close()
