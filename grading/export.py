"""Results -> files: CSV, workbook, database and manifest. The one module here that touches files.

A cell holds what the table holds; in the workbook, titles and words for ids and
codes (`worded`). A name that begins with `=` is a name: in the workbook every
text is typed as text, so no spreadsheet computes it; the CSV files keep it.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from grading.bands import COLOURS, add_bands, band_formats
from grading.cells import excel_times, texts, time_text, values
from grading.database import write_database
from grading.frames import Column, build, require_unique
from grading.manifest import Meta, manifest_text, settled, status_name
from grading.messages import TEXTS, text
from grading.order import positions, text_codes
from grading.result_frames import REMOVED, RULINGS
from grading.results import Results
from grading.tables import TABLES, Table
from grading.worded import in_words
from grading.written import NAME, read_outputs
from questions.canonical import sha256

WORKBOOK = "ket_qua.xlsx"
DATABASE = "results.db"
RULES = "rules.yml"
OUTPUTS = (*(table.file for table in TABLES), WORKBOOK, DATABASE, RULES)
"""Every file of a result but the manifest, which names them."""

_SHEET_ROWS = 1_048_575
"""Rows that a sheet holds below its heading."""

_CELL_LETTERS = 32_767
"""Letters (UTF-16 units) that a cell of a workbook holds."""

_WIDTHS = {
    "name": 28, "unit": 34, "parent_unit": 34, "stem": 60, "key_text": 50, "source": 50,
    "group": 20, "prize": 24, "status": 24, "decided_by": 30,
}  # fmt: skip
_TO_QUOTE = re.compile('[",\r\n]')


class OutputRefused(ValueError):
    """The results can't be written there; the message says why and what to do, in Vietnamese."""


@dataclass(frozen=True)
class Extras:
    """What goes into a result beside what was computed.

    Attributes
    ----------
    rules : str
        Text of `rules.yml`: the rules that the rounds were graded by.
    rulings, removed : DataFrame or None
        RULINGS and REMOVED; None: none.
    groups : mapping
        Group id -> title, for the workbook.
    """

    rules: str
    rulings: pd.DataFrame | None = None
    removed: pd.DataFrame | None = None
    groups: Mapping[str, str] = field(default_factory=dict)


def write_results(out: Path, results: Results, extras: Extras, meta: Meta) -> None:
    """Write all files of a result into the folder `out`, or none.

    They are made in a folder beside it and then moved. An earlier result there is replaced:
    what its manifest names, and nothing else. The bytes depend on the arguments alone (and,
    for the workbook and the database, on the versions of the libraries that write them).

    Parameters
    ----------
    out : Path
        A new or empty folder, or one with an earlier result.

    Raises
    ------
    OutputRefused
        Where `out` is a file, or holds files that aren't an earlier result's.
    ValueError
        Where `meta` names other rounds than those graded, or `extras` break their contracts.
    """
    out = out.resolve()
    earlier = _earlier(out)
    meta = settled(meta, results)
    tables = result_tables(results, extras)
    manifest_text(meta, results, {})  # refuses what doesn't fit before anything is written
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        for table, frame in tables:
            _write_csv(made / table.file, table, frame)
        worded = in_words(tables, extras.groups)
        write_workbook(made / WORKBOOK, worded, results, meta)
        write_database(made / DATABASE, tables)
        (made / RULES).write_bytes(extras.rules.encode())
        hashes = {name: sha256((made / name).read_bytes()) for name in OUTPUTS}
        (made / NAME).write_bytes(manifest_text(meta, results, hashes).encode())
        _move(made, out, earlier)


def result_tables(results: Results, extras: Extras) -> list[tuple[Table, pd.DataFrame]]:
    """Return the tables of a result with their rows, each as its contract says."""
    frames = [
        results.people,
        results.units,
        results.boards,
        results.board_units,
        results.prizes,
        results.attempts,
        results.items,
        results.options,
        results.tests,
        results.advice,
        _rulings(extras.rulings),
        _removed(extras.removed),
    ]
    checked = []
    for table, frame in zip(TABLES, frames, strict=True):
        found = build(frame, table.contract, table.name)
        require_unique(found, table.key, table.name)
        checked.append((table, found))
    return checked


def _rulings(given: pd.DataFrame | None) -> pd.DataFrame:
    if given is None:
        return _empty(RULINGS)
    frame = build(given, RULINGS, "rulings")
    return frame.sort_values("number", kind="stable")


def _removed(given: pd.DataFrame | None) -> pd.DataFrame:
    if given is None:
        return _empty(REMOVED)
    frame = build(given, REMOVED, "removed")
    sorted_by = [text_codes(frame[name]) for name in ("round", "group", "contestant_id")]
    return frame.iloc[positions(*sorted_by, frame["number"].to_numpy())]


def _empty(contract: Any) -> pd.DataFrame:
    return build({column: [] for column in contract}, contract, "extras")


# --- CSV


def _write_csv(path: Path, table: Table, frame: pd.DataFrame) -> None:
    columns = [
        [_quoted(cell) for cell in texts(frame[name], spec)]
        for name, spec in table.contract.items()
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(",".join(table.contract) + "\n")
        file.writelines(",".join(row) + "\n" for row in zip(*columns, strict=True))


def _quoted(cell: str | None) -> str:
    # The csv module leaves a lone carriage return unquoted, which no reader takes.
    if cell is None:
        return ""
    if _TO_QUOTE.search(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


# --- workbook


def write_workbook(
    path: Path, tables: list[tuple[Table, pd.DataFrame]], results: Results, meta: Meta
) -> None:
    """Write all tables of a result, as `in_words` gives them, as sheets of one workbook."""
    options = {
        "constant_memory": True,  # rows go to disk at once; texts stand in their cells
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(path, options) as book:
        moment = datetime.datetime.fromtimestamp(meta.as_of // 1000, tz=datetime.UTC)
        book.set_properties(
            {
                "title": meta.contest_title,
                "comments": " · ".join(_bands(meta)),
                "created": moment.replace(tzinfo=None),
            }
        )
        formats = _formats(book)
        for table, frame in tables:
            for name, part in _sheets(table, frame):
                sheet = book.add_worksheet(name)
                _write_sheet(sheet, table, part, formats)
                _print_setup(sheet, meta)
        sheet = book.add_worksheet(text("sheet.notes"))
        _write_notes(sheet, results, meta, formats)
        _print_setup(sheet, meta)


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    return {
        "heading": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#D9E2F3", "border": 1}
        ),
        "text": book.add_format({"num_format": "@"}),
        "whole": book.add_format({"num_format": "0"}),
        "exact": book.add_format({"num_format": "General"}),
        "fraction": book.add_format({"num_format": "0.0000"}),
        "time": book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss.000"}),
        **band_formats(book),
    }


def _sheets(table: Table, frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield names and rows: one sheet, or several where a table is longer than a sheet."""
    name = text(f"sheet.{table.name}")
    yield name, frame.iloc[:_SHEET_ROWS]
    for part, start in enumerate(range(_SHEET_ROWS, len(frame), _SHEET_ROWS), start=2):
        continued = text("sheet.continued", sheet=name, part=part)
        yield continued, frame.iloc[start : start + _SHEET_ROWS]


def _write_sheet(
    sheet: Worksheet, table: Table, frame: pd.DataFrame, formats: dict[str, Format]
) -> None:
    columns, styles = [], []
    for number, (name, spec) in enumerate(table.contract.items()):
        cells, style = _cells(frame[name], spec)
        columns.append(cells)
        styles.append(formats[style])
        width = 24 if spec.unit == "time" else _WIDTHS.get(name, 14)
        sheet.set_column(number, number, width)
        _put(sheet, 0, number, text(f"{table.name}.{name}"), formats["heading"])
    for row, row_cells in enumerate(zip(*columns, strict=True), start=1):
        for number, cell in enumerate(row_cells):
            if cell is not None:
                _put(sheet, row, number, cell, styles[number])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), len(columns) - 1)
    add_bands(sheet, table, len(frame), formats)


def _cells(series: pd.Series, spec: Column) -> tuple[list[Any], str]:
    """Return a column's cells and the name of their format."""
    if spec.unit == "time":
        return excel_times(series), "time"
    if spec.dtype == "string":
        return texts(series, spec), "text"
    if spec.unit in ("micro", "decimal"):
        return [_number_or_text(cell) for cell in texts(series, spec)], "exact"
    if spec.dtype == "float64" and not spec.unit:
        return values(series, spec), "exact"  # probabilities would vanish in 4 decimals
    decimals = spec.unit == "fraction" or spec.dtype == "float64"
    return values(series, spec), "fraction" if decimals else "whole"


def _number_or_text(cell: str | None) -> float | str | None:
    """Return a number, or its text where a spreadsheet would lose digits."""
    if cell is None:
        return None
    return float(cell) if len(cell.strip("-").replace(".", "").lstrip("0")) <= 15 else cell


def _put(sheet: Worksheet, row: int, column: int, cell: Any, style: Format) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, _cell_text(cell), style)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, style)
    else:
        sheet.write_number(row, column, cell, style)


def _cell_text(cell: str) -> str:
    """Return the text as XlsxWriter must get it for exactly this text to stand in the cell."""
    if len(cell) > _CELL_LETTERS // 2:  # some letters count twice
        units = cell.encode("utf-16-le")
        if len(units) > 2 * _CELL_LETTERS:
            cell = units[: 2 * (_CELL_LETTERS - 1)].decode("utf-16-le", errors="ignore") + "…"
    if cell.startswith("<r>") and cell.endswith("</r>"):
        # XlsxWriter would take this for markup of its own and write it unescaped.
        return f'<r><t xml:space="preserve">{escape(cell, quote=False)}</t></r>'
    return cell


def _print_setup(sheet: Worksheet, meta: Meta) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    shown = " · ".join([*_bands(meta), meta.contest_title])
    # 255 letters is what a page header may have; & begins a code there.
    sheet.set_header("&C" + shown.replace("&", "&&")[:250].rstrip("&"))
    sheet.set_footer("&C&P/&N")


def _bands(meta: Meta) -> list[str]:
    bands = {
        "rehearsal": meta.rehearsal,
        "sample": meta.sample,
        "synthetic": meta.synthetic,
        "provisional": not meta.final,
    }
    return [text(f"band.{name}") for name, shown in bands.items() if shown]


def _write_notes(
    sheet: Worksheet, results: Results, meta: Meta, formats: dict[str, Format]
) -> None:
    """Explain the other sheets: what the result is, what columns and codes mean."""
    rows: list[tuple[str, ...]] = [
        (text("notes.contest"), meta.contest_title),
        *[(band,) for band in _bands(meta)],
        (text("notes.as_of"), time_text(meta.as_of)),
    ]
    for round_id, one in sorted(meta.rounds.items()):
        state = text(f"status.{status_name(one.final)}")
        rows.append((text("notes.round", round=round_id), state))
        predicted = results.predicted[round_id]
        if predicted is not None and predicted.true_value is not None:
            quantity = text(f"quantity.{predicted.quantity}")
            label = text("notes.true_value", round=round_id, quantity=quantity)
            rows.append((label, f"{predicted.true_value:f}"))
    headings = {len(rows) + 1}
    rows += [(), (text("notes.sheet"), text("notes.heading"), text("notes.column"))]
    rows += [
        (text(f"sheet.{table.name}"), text(f"{table.name}.{name}"), name)
        for table in TABLES
        for name in table.contract
    ]
    headings.add(len(rows) + 1)
    rows += [(), (text("notes.colour"), text("notes.meaning"))]
    bands = {len(rows) + place: name for place, name in enumerate(COLOURS)}
    rows += [(text(f"colour.{name}"), text(f"band_of.{name}")) for name in COLOURS]
    headings.add(len(rows) + 1)
    rows += [(), (text("notes.code"), text("notes.meaning"))]
    codes = [key.removeprefix("code.") for key in TEXTS if key.startswith("code.")]
    rows += [(code, text(f"code.{code}")) for code in codes]
    sheet.set_column(0, 2, 40)
    for number, row in enumerate(rows):
        style = formats["heading" if number in headings else bands.get(number, "text")]
        for column, cell in enumerate(row):
            _put(sheet, number, column, cell, style)


# --- the folder


def _earlier(out: Path) -> set[str]:
    """Return the names that an earlier result in `out` has; empty for a new or empty folder."""
    if not out.exists():
        return set()
    if not out.is_dir():
        raise OutputRefused(text("out.file", path=out))
    if not any(out.iterdir()):
        return set()
    try:
        named = read_outputs((out / NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        named = None
    if named is None:
        raise OutputRefused(text("out.foreign", path=out))
    earlier = {name for name in named if Path(name).name == name} | {NAME}
    for name in OUTPUTS:
        if name not in earlier and os.path.lexists(out / name):
            raise OutputRefused(text("out.in_the_way", path=out, name=name))
    return earlier


def _move(made: Path, out: Path, earlier: set[str]) -> None:
    """Move what was made into `out`.

    At any moment there is a manifest: who is interrupted finds one that doesn't fit the files,
    which checking tells and the next run replaces.
    """
    if not out.exists():
        made.rename(out)
        return
    for name in sorted(earlier - set(OUTPUTS) - {NAME}):
        if (out / name).is_file():
            (out / name).unlink()
    for name in (*OUTPUTS, NAME) if earlier else (NAME, *OUTPUTS):
        (made / name).replace(out / name)
