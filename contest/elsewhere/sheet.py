"""A CSV file -> its rows, strictly: every cell a text, every column known."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from contest.elsewhere.messages import problem
from questions.canonical import nfc, sha256
from questions.problems import Problem

_COMMON = ("contestant_id", "name", "unit_id", "group", "attempt_id")
_TIMES = ("started_at", "submitted_at", "prediction")

RESPONSES = (*_COMMON, "question_id", "response", *_TIMES)
"""Columns of a file of responses: one row for every question of every paper."""

SCORES = (*_COMMON, "score", "max_score", *_TIMES)
"""Columns of a file of scores: one row for every attempt."""

MORE_RESPONSES = ("round",)
MORE_SCORES = ("round", "correct", "questions")
"""Columns that such a file may have as well."""


_TOO_LONG = "field larger than field limit"
"""How the csv module begins to say that a cell has more signs than it takes."""


@dataclass(frozen=True)
class Row:
    """A row: its number in the sheet (the heading is row 1) and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell; empty where the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """A file: its name, the SHA-256 of its bytes, its columns and its rows."""

    name: str
    sha256: str
    columns: tuple[str, ...]
    rows: list[Row]


def read_sheet(
    path: Path, wanted: Sequence[str], more: Sequence[str]
) -> tuple[Sheet | None, list[Problem]]:
    """Read a CSV file in UTF-8, with or without byte order mark.

    Parameters
    ----------
    wanted, more : sequence of str
        Columns that must and that may be there, in any order.

    Returns
    -------
    (Sheet or None, list of Problem)
        None where nothing can be said of the rows. A row without the right number of cells is
        left out, an empty one passed over.
    """
    name = path.name
    try:
        raw = path.read_bytes()
        text = nfc(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None, [problem("sheet.encoding", name, 0)]
    except OSError:
        return None, [problem("sheet.missing", name, 0)]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[Problem] = []
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number == 1:
                columns = tuple(cell.strip() for cell in cells)
                problems += _heading(columns, wanted, more, name)
                if problems:
                    return None, problems
            elif len(cells) != len(columns):
                if any(cell.strip() for cell in cells):
                    values = {"wanted": len(columns), "found": len(cells)}
                    problems.append(problem("sheet.cells", name, number, **values))
            elif any(cell.strip() for cell in cells):
                rows.append(Row(number, dict(zip(columns, map(str.strip, cells), strict=True))))
    except csv.Error as error:  # a quote that nothing closes, or stray signs behind one
        code = "sheet.long_cell" if _TOO_LONG in str(error) else "sheet.quote"
        problems.append(problem(code, name, number + 1, most=csv.field_size_limit()))
    if not rows and not problems:
        problems.append(problem("sheet.empty", name, 0))
    return Sheet(name, sha256(raw), columns, rows), problems


def _heading(
    columns: Sequence[str], wanted: Sequence[str], more: Sequence[str], name: str
) -> list[Problem]:
    wrong = [column for column in wanted if column not in columns]
    values = {"wanted": ",".join(wanted), "more": ", ".join(more)}
    found = []
    if wrong:
        found.append(problem("sheet.lacks", name, 1, columns=", ".join(wrong), **values))
    known = {*wanted, *more}
    for column in dict.fromkeys(columns):
        if column not in known:
            found.append(problem("sheet.unknown", name, 1, column=column, **values))
        elif columns.count(column) > 1:
            found.append(problem("sheet.twice", name, 1, column=column))
    return found
