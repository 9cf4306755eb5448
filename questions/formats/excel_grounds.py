"""The sheets of a workbook that hold what questions rest on: sources and facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import xlsxwriter
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError

from questions.formats.draft import Notes
from questions.formats.messages import text
from questions.formats.texts import fold, tidy
from questions.model import Bank, Fact, Source

SOURCES, FACTS = "nguon", "du kien"
"""Folded names of the two sheets."""

COLUMNS = {
    SOURCES: ("id", "title", "issuer", "number", "date", "address", "kind", "copy"),
    FACTS: ("id", "statement", "source", "place", "other_source", "other_place"),
}
NEEDED = {
    SOURCES: ("id", "title", "issuer"),
    FACTS: ("id", "statement", "source", "place"),
}
_YES = ("co", "x", "chinh thuc")
_REPORT = ("bai viet", "report")
_OTHER = frozenset(("in_conflict", "superseded"))


def is_grounds(title: str) -> bool:
    """Return whether a sheet of this title holds sources or facts."""
    return fold(title) in COLUMNS


def read_grounds(notes: Notes, sheets: Sequence[Worksheet]) -> None:
    """Read sources and facts into the reading; what is wrong is noted with its row."""
    reading = notes.reading
    for sheet in sheets:
        name = fold(sheet.title)
        for row, cells in _rows(notes, sheet, name):
            try:
                if name == SOURCES:
                    reading.sources.append(_source(cells))
                else:
                    reading.facts.append(_fact(cells))
            except ValidationError as error:
                wrong = {_heading(name, _column(one["loc"])) for one in error.errors()}
                names = ", ".join(sorted(wrong))
                notes.error("grounds.wrong", at=row, sheet=sheet.title, names=names)
    for entries in (reading.sources, reading.facts):
        ids = [entry.id for entry in entries]
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            notes.error("grounds.twice", id=id_)


def _rows(notes: Notes, sheet: Worksheet, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield number and texts of every filled row below the headings."""
    rows = sheet.iter_rows(min_row=1)
    headings = {fold(_heading(name, column)): column for column in COLUMNS[name]}
    first: tuple[Cell, ...] = next(rows, ())
    columns = {cell.column: headings.get(fold(str(cell.value or ""))) for cell in first}
    missing = [one for one in NEEDED[name] if one not in columns.values()]
    if missing:
        names = ", ".join(_heading(name, one) for one in missing)
        notes.error("grounds.columns", at=1, sheet=sheet.title, names=names)
        return
    for row in rows:
        cells = {}
        for cell in row:
            column = columns.get(cell.column)
            if column and cell.value is not None and tidy(str(cell.value)):
                if cell.data_type in ("f", "e"):
                    notes.error("excel.formula", at=cell.row, cell=cell.coordinate)
                cells[column] = _text(cell)
        if cells:
            yield row[0].row, cells


def _text(cell: Cell) -> str:
    """Return a cell's text; a date as bank files write it."""
    return str(cell.value.date()) if cell.is_date else tidy(str(cell.value))


def _heading(name: str, column: str) -> str:
    return text(f"grounds.{'source' if name == SOURCES else 'fact'}.{column}")


def _column(place: Sequence[str | int]) -> str:
    """Return the column that a value at this place of a source or fact comes from."""
    if place[0] == "further":
        return f"other_{place[-1]}"
    return str(place[-1] if place[0] == "cites" else place[0])


def _source(cells: Mapping[str, str]) -> Source:
    data: dict[str, Any] = {
        name: cells[name]
        for name in ("id", "title", "issuer", "number", "date", "address")
        if name in cells
    }
    report = fold(cells.get("kind", "")) in _REPORT
    official = fold(cells.get("copy", "")) in _YES
    data["kind"] = "report" if report else "document"
    data["copy"] = "official" if official else "unofficial"
    return Source.model_validate(data)


def _fact(cells: Mapping[str, str]) -> Fact:
    """Return a fact; one with a second source counts as confirmed."""
    data: dict[str, Any] = {name: cells[name] for name in ("id", "statement") if name in cells}
    data["cites"] = _citation(cells, "source", "place")
    if "other_source" in cells:
        data["further"] = (_citation(cells, "other_source", "other_place"),)
    data["status"] = "confirmed" if "other_source" in cells else "one_source"
    return Fact.model_validate(data)


def _citation(cells: Mapping[str, str], source: str, place: str) -> dict[str, str]:
    return {
        name: cells[column]
        for name, column in (("source", source), ("place", place))
        if column in cells
    }


def write_grounds(
    book: xlsxwriter.Workbook, bank: Bank, questions: Sequence[Mapping[str, Any]]
) -> None:
    """Write the facts that questions rest on, and their sources, as two more sheets."""
    used = {id_ for question in questions for id_ in question.get("facts", ())}
    facts = [fact for fact in bank.facts if fact.id in used and fact.status not in _OTHER]
    cited = {id_ for question in questions for id_ in question.get("sources", ())}
    for fact in facts:
        cited |= {fact.cites.source, *(one.source for one in fact.further[:1])}
    sources = [one for one in bank.sources if one.id in cited and one.status != "superseded"]
    _write(book, SOURCES, "grounds.sources", [_source_cells(one) for one in sources])
    _write(book, FACTS, "grounds.facts", [_fact_cells(one) for one in facts])


def _source_cells(source: Source) -> dict[str, str]:
    official = source.copy_kind == "official"
    return {
        **source.model_dump(
            include={"id", "title", "issuer", "number", "date", "address"}, exclude_none=True
        ),
        "kind": text(f"grounds.kind.{source.kind}"),
        "copy": text("grounds.official") if official else "",
    }


def _fact_cells(fact: Fact) -> dict[str, str]:
    other = fact.further[0] if fact.further else None
    return {
        "id": fact.id,
        "statement": fact.statement,
        "source": fact.cites.source,
        "place": fact.cites.place,
        "other_source": other.source if other else "",
        "other_place": other.place if other else "",
    }


def _write(
    book: xlsxwriter.Workbook, name: str, title: str, rows: Sequence[Mapping[str, str]]
) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet = book.add_worksheet(text(title))
    sheet.freeze_panes(1, 1)
    for column, key in enumerate(COLUMNS[name]):
        sheet.set_column(column, column, {"title": 50, "statement": 80}.get(key, 22))
        sheet.write_string(0, column, _heading(name, key), bold)
        for row, cells in enumerate(rows, 1):
            if cells.get(key):
                sheet.write_string(row, column, str(cells[key]), wrapped)
