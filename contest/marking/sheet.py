"""A marker's essays as a workbook, and the workbook with points back. No store, no clock.

One sheet for every question of a round: number, text, one column for each criterion, comment. The
first sheet says what the others are about, and to whom they belong.
"""

from __future__ import annotations

import io
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from contest.marking.entries import Entry, Typed, points_text, read_typed
from contest.marking.marks import most_points
from contest.marking.messages import text
from contest.marking.state import Task
from contest.papers.xlsx import fitted
from grading.marks import MICRO
from questions import Essay
from questions.formats.opened import open_file, unpack
from questions.problems import Problem, ProblemsFound

FIRST = 3
"""Columns before the criteria: number, words, text."""

_GUIDE_ROW = 4
"""Row of the guide, from 0, that heads the list of sheets."""


@dataclass(frozen=True)
class Filled:
    """What a workbook holds: marks to be written down, and how many rows were left blank."""

    entries: list[Entry]
    blank: int


def write_sheets(marker: str, tasks: Sequence[Task]) -> bytes:
    """Return the workbook with a marker's essays, of those whose mark may still be given."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        guide = book.add_worksheet(text("sheet.guide"))
        guide.set_column(0, 0, 22)
        guide.set_column(1, 3, 45)
        heads = [text("sheet.title"), "", text("sheet.how"), ""]
        _row(guide, 0, heads[:1], bold)
        _row(guide, 1, [text("sheet.marker"), marker], plain)
        _row(guide, 2, heads[2:3], plain)
        names = ("sheet.page", "sheet.round", "sheet.question")
        _row(guide, _GUIDE_ROW, [text(name) for name in names], bold)
        at = _GUIDE_ROW + 1
        told: list[tuple[str, Essay]] = []
        for n, (about, own) in enumerate(_pages(tasks), start=1):
            name = text("sheet.name", n=n)
            _row(guide, at, [name, about[0], about[1]], plain)
            at += 1
            told.append((name, own[0].question))
            _page(book.add_worksheet(name), own, bold, plain)
        for name, question in told:
            at += 1
            for line in _told(name, question):
                _row(guide, at, line, plain)
                at += 1
    return out.getvalue()


def _pages(tasks: Sequence[Task]) -> Iterator[tuple[tuple[str, str], list[Task]]]:
    def about(task: Task) -> tuple[str, str]:
        return task.round_id, task.question.id

    for key, own in groupby(tasks, key=about):
        yield key, list(own)


def _page(sheet: Any, tasks: list[Task], bold: Any, plain: Any) -> None:
    question = tasks[0].question
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 1, 8)
    sheet.set_column(2, 2, 90)
    sheet.set_column(FIRST, FIRST + len(question.rubric), 24)
    _row(sheet, 0, headings(question), bold)
    for row, task in enumerate(tasks, start=1):
        sheet.write_number(row, 0, task.number, plain)
        sheet.write_number(row, 1, len(task.text.split()), plain)
        sheet.write_string(row, 2, fitted(task.text), plain)
        if task.mark is None:
            continue
        for column, criterion in enumerate(question.rubric, start=FIRST):
            sheet.write_number(row, column, task.mark.points[criterion.id] / MICRO, plain)
        if task.mark.comment:
            last = FIRST + len(question.rubric)
            sheet.write_string(row, last, fitted(task.mark.comment), plain)


def _told(name: str, question: Essay) -> list[list[str]]:
    """Return what the guide says of a question, as rows."""
    most = most_points(question)
    rows = [[name, question.stem]]
    rows += [
        [text("sheet.criterion"), one.text, text("sheet.most", most=points_text(most[one.id]))]
        for one in question.rubric
    ]
    if question.explanation:
        rows.append([text("sheet.explanation"), question.explanation])
    return rows


def _row(sheet: Any, row: int, cells: Iterable[str], style: Any) -> None:
    for column, cell in enumerate(cells):
        if cell:
            sheet.write_string(row, column, fitted(cell), style)


def headings(question: Essay) -> list[str]:
    """Return the first row of a question's sheet."""
    most = most_points(question)
    return [
        text("sheet.number"),
        text("sheet.words"),
        text("sheet.text"),
        *(
            text("sheet.points", criterion=one.text, most=points_text(most[one.id]))
            for one in question.rubric
        ),
        text("sheet.comment"),
    ]


def marker_of(path: Path) -> str:
    """Return whose sheet a workbook is.

    Raises
    ------
    ProblemsFound
        Where it isn't one.
    """
    rows = _rows(_book(path), path)[0][1]
    name = _shown(rows[1][1]) if len(rows) > _GUIDE_ROW and len(rows[1]) > 1 else ""
    if not name:
        raise ProblemsFound([_problem(path, 0, "no_guide")])
    return name


def read_sheets(path: Path, tasks: Sequence[Task]) -> Filled:
    """Return the marks in a marker's workbook.

    A row without points and comment is left for later; one that says what was written down before
    changes nothing.

    Parameters
    ----------
    tasks : sequence of Task
        What lies before this marker now.

    Raises
    ------
    ProblemsFound
        With everything that is wrong, by sheet and row.
    """
    pages = _rows(_book(path), path)
    by_page: dict[tuple[str, str], dict[int, Task]] = {}
    for task in tasks:
        by_page.setdefault((task.round_id, task.question.id), {})[task.number] = task
    listed = _listed(pages[0][1])
    problems: list[Problem] = []
    entries: list[Entry] = []
    blank = 0
    for name, rows in pages[1:]:
        where = Path(f"{path.name}!{name}")
        about = listed.get(name)
        if about is None:
            problems.append(_problem(where, 0, "page"))
            continue
        found, left, wrong = _read_page(where, rows, by_page.get(about, {}))
        entries += found
        blank += left
        problems += wrong
    if problems:
        raise ProblemsFound(problems)
    return Filled(entries, blank)


def _read_page(
    where: Path, rows: list[list[Any]], tasks: Mapping[int, Task]
) -> tuple[list[Entry], int, list[Problem]]:
    if not tasks:
        return [], 0, [_problem(where, 0, "no_tasks")]
    question = next(iter(tasks.values())).question
    wanted = headings(question)
    if not rows or [_shown(cell) for cell in rows[0]][: len(wanted)] != [_same(h) for h in wanted]:
        return [], 0, [_problem(where, 1, "headings", wanted=" | ".join(wanted))]
    entries: list[Entry] = []
    problems: list[Problem] = []
    blank = 0
    seen: dict[int, int] = {}
    for n, row in enumerate(rows[1:], start=2):
        cells = [_shown(cell) for cell in [*row, *[None] * len(wanted)][: len(wanted)]]
        if not any(cells):
            continue
        points = dict(zip([one.id for one in question.rubric], cells[FIRST:-1], strict=True))
        typed = Typed(points, cells[-1])
        task = tasks.get(int(cells[0])) if cells[0].isascii() and cells[0].isdigit() else None
        if task is None:
            problems.append(_problem(where, n, "number", number=cells[0]))
        elif task.number in seen:
            problems.append(_problem(where, n, "twice", number=cells[0], first=seen[task.number]))
        elif typed.blank:
            blank += 1
        elif (read := read_typed(task, typed)).entry is None:
            problems += [_wrong(where, n, why) for why in read.wrong.values()]
        elif not _is_new(task, read.entry):
            pass
        elif not task.open:
            problems.append(_problem(where, n, "closed", number=cells[0]))
        else:
            entries.append(read.entry)
        if task is not None:
            seen.setdefault(task.number, n)
    return entries, blank, problems


def _is_new(task: Task, entry: Entry) -> bool:
    mark = task.mark
    return mark is None or (dict(mark.points), mark.comment) != (dict(entry.points), entry.comment)


def _listed(rows: list[list[Any]]) -> dict[str, tuple[str, str]]:
    """Return sheet -> round and question, as the guide lists them."""
    found = {}
    for row in rows[_GUIDE_ROW + 1 :]:
        cells = [_shown(cell) for cell in row[:3]]
        if len(cells) < 3 or not all(cells):
            break
        found[cells[0]] = (cells[1], cells[2])
    return found


def _book(path: Path) -> Any:
    opened = open_file(path)
    package = unpack(opened)
    if "xl/workbook.xml" not in package.namelist():
        raise ProblemsFound([_problem(path, 0, "not_excel")])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles that aren't read
            return load_workbook(io.BytesIO(opened.data), data_only=False)
    except Exception:
        # openpyxl raises whatever its parsers do on a broken part
        raise ProblemsFound([_problem(path, 0, "not_excel")]) from None


def _rows(book: Any, path: Path) -> list[tuple[str, list[list[Any]]]]:
    sheets: list[Worksheet] = book.worksheets
    if not sheets:
        raise ProblemsFound([_problem(path, 0, "no_guide")])
    return [(one.title, [[cell.value for cell in row] for row in one.rows]) for one in sheets]


def _shown(cell: object) -> str:
    """Return a cell as what a person typed into it."""
    if cell is None:
        return ""
    if isinstance(cell, float):  # 0.1 + 0.2 in a sheet is 0.3 to whoever typed it
        cell = f"{Decimal(repr(round(cell, 6))):f}"
        cell = cell.removesuffix(".0")
    return _same(str(cell))


def _same(shown: str) -> str:
    return unicodedata.normalize("NFC", shown.replace("\r\n", "\n")).strip()


def _problem(path: Path, line: int, code: str, **values: object) -> Problem:
    message = text(f"sheet.{code}.wrong", **values)
    return Problem(path.name, line, f"marking.{code}", message, text(f"sheet.{code}.fix", **values))


def _wrong(where: Path, line: int, why: str) -> Problem:
    return Problem(where.name, line, "marking.points", why, text("sheet.entry.fix"))
