"""Documents as workbooks: the same tables, with numbers that a spreadsheet can add up."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from html import escape
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from contest.papers.blocks import Block, Each, Paper, Table, When
from contest.papers.context import Context
from contest.papers.filled import look_up, render
from contest.papers.messages import text
from contest.papers.words import Shown

FORMATS = {"whole": "#,##0", "percent": "0.00%", "number": "#,##0.######", "text": "@"}
MAX_LETTERS = 32_767
SURE_DIGITS = 15
"""A spreadsheet keeps no more digits than these."""


def workbook(paper: Paper, context: Context) -> bytes:
    """Return a document's tables as a workbook, one sheet each, behind a sheet that names it."""
    out = BytesIO()
    values = context.of(paper)
    with xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    ) as book:
        moment = datetime.datetime.fromtimestamp(context.as_of // 1000, tz=datetime.UTC)
        book.set_properties(
            {
                "title": f"{paper.kind} – {context.title}",
                "comments": values["phien_ban"],
                "created": moment.replace(tzinfo=None),
            }
        )
        formats = _formats(book)
        used: set[str] = set()
        _front(book.add_worksheet(_sheet_name(text("sheet.front"), used)), paper, values, formats)
        for table, inner, over in _tables(paper, values):
            title = " – ".join(filter(None, [table.title, over]))
            sheet = book.add_worksheet(_sheet_name(title, used))
            _write(sheet, table, inner, formats, title)
            _print_setup(sheet, table, context, values)
    return out.getvalue()


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    font = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
    made = {
        name: book.add_format(
            {**font, "num_format": code, "border": 1, "text_wrap": name == "text"}
        )
        for name, code in FORMATS.items()
    }
    bold = {
        f"{name}.bold": book.add_format({**font, "num_format": code, "border": 1, "bold": True})
        for name, code in FORMATS.items()
    }
    heading = {**font, "bold": True, "text_wrap": True, "align": "center", "border": 1}
    return {
        **made,
        **bold,
        "heading": book.add_format({**heading, "bg_color": "#E7E6E6"}),
        "title": book.add_format({**font, "bold": True, "font_size": 14}),
        "plain": book.add_format({**font, "text_wrap": True, "num_format": "@"}),
    }


def _sheet_name(title: str, used: set[str]) -> str:
    """Return a name that a sheet may have and no other has."""
    name = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "1"
    number = 2
    found = name
    while found.casefold() in used:
        found = f"{name[:26]} ({number})"
        number += 1
    used.add(found.casefold())
    return found


def _front(
    sheet: Worksheet, paper: Paper, values: dict[str, Any], formats: dict[str, Format]
) -> None:
    sheet.set_column(0, 0, 100)
    lines = [
        (values["dau_trang"], "title"),
        (values["co_quan"], "plain"),
        (values["so_ky_hieu"], "plain"),
        (paper.kind, "title"),
        (render(paper.summary, values), "title"),
        (values["phien_ban"], "plain"),
        (text("sheet.as_of", luc=values["so_lieu_den"]), "plain"),
    ]
    for row, (shown, style) in enumerate(one for one in lines if one[0]):
        sheet.write_string(row, 0, fitted(shown), formats[style])
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _tables(paper: Paper, values: dict[str, Any]) -> Iterator[tuple[Table, dict[str, Any], str]]:
    """Yield each table of the body, then of the annexes, with its values and its round's name."""
    yield from _among(paper.blocks, values, "")
    for annex in paper.annexes:
        yield from _among(annex.blocks, values, "")


def _among(
    blocks: tuple[Block, ...], values: dict[str, Any], over: str
) -> Iterator[tuple[Table, dict[str, Any], str]]:
    for block in blocks:
        if isinstance(block, Table):
            yield block, values, over
        elif isinstance(block, Each):
            for one in look_up(block.rows, values):
                inner = {**values, block.name: one}
                yield from _among(block.blocks, inner, one.get("ten", over))
        elif isinstance(block, When):
            chosen = block.blocks if look_up(block.path, values) else block.otherwise
            yield from _among(chosen, values, over)


def _write(
    sheet: Worksheet, table: Table, values: dict[str, Any], formats: dict[str, Format], title: str
) -> None:
    sheet.write_string(0, 0, fitted(title), formats["title"])
    whole = sum(column.width for column in table.columns)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(6, 130 * column.width / whole))
        sheet.write_string(1, place, column.heading, formats["heading"])
    at = 2
    found = look_up(table.rows, values)
    if not found:
        sheet.write_string(at, 0, text("none.sentence"), formats["plain"])
    for row in found:
        if table.group and table.group_title:
            sheet.write_string(at, 0, fitted(row[table.group_title]), formats["text.bold"])
            at += 1
        else:
            at = _row(sheet, at, [row[column.name] for column in table.columns], formats,
                      bold=bool(table.group))  # fmt: skip
        for inner in row[table.group] if table.group else ():
            cells = [inner[column.name] for column in table.columns]
            at = _row(sheet, at, cells, formats, bold=False)
    if table.total and found:
        cells = [_total(one, values) for one in table.total]
        at = _row(sheet, at, cells, formats, bold=True)
    sheet.freeze_panes(2, 0)
    if found and not table.group_title:
        sheet.autofilter(1, 0, max(2, at - 1), len(table.columns) - 1)


def _total(shown: str, values: dict[str, Any]) -> Any:
    """Return the value that a total's text names, or the text itself."""
    named = re.fullmatch(r"\{\{ ([\w.]+) \}\}", shown)
    return look_up(named[1], values) if named else shown


def _row(
    sheet: Worksheet, at: int, cells: list[Any], formats: dict[str, Format], *, bold: bool
) -> int:
    for place, cell in enumerate(cells):
        raw = cell.raw if isinstance(cell, Shown) else None
        kind = cell.kind if raw is not None else "text"
        style = formats[f"{kind}.bold" if bold else kind]
        if raw is None or not _is_kept(raw):
            sheet.write_string(at, place, fitted(str(cell)), style)
        else:
            sheet.write_number(at, place, float(raw), style)
    return at + 1


def _is_kept(raw: Any) -> bool:
    """Return whether a spreadsheet keeps all digits of a number."""
    digits = Decimal(raw).as_tuple().digits
    return len(digits) <= SURE_DIGITS


def fitted(cell: str) -> str:
    """Return a text no longer than a cell holds, that isn't taken for markup."""
    units = str(cell).encode("utf-16-le")
    if len(units) > 2 * MAX_LETTERS:
        cell = units[: 2 * (MAX_LETTERS - 1)].decode("utf-16-le", errors="ignore") + "…"
    if cell.startswith("<r>") and cell.endswith("</r>"):
        return f'<r><t xml:space="preserve">{escape(cell, quote=False)}</t></r>'
    return str(cell)


def _print_setup(sheet: Worksheet, table: Table, context: Context, values: dict[str, Any]) -> None:
    if len(table.columns) > 6:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.set_margins(left=0.8, right=0.6, top=0.9, bottom=0.9)
    marks = context.marks.replace("&", "&&")[:200].rstrip("&")
    if marks:
        sheet.set_header(f"&C{marks}")
    sheet.set_footer(f"&L{values['phien_ban']}&R&P/&N")
