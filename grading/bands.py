"""Colours in the workbook that follow the figures, as rules the reader can change in Excel."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from grading.tables import GIAI_THUONG, Table
from grading.worded import code_words

TOP = 3
HARD, EASY = 0.3, 0.9
"""Below and above these shares of right answers a question tells people apart poorly."""

COLOURS = {
    "top": "#FFF2CC",
    "prize": "#E2EFDA",
    "out": "#EDEDED",
    "hard": "#FCE4D6",
    "easy": "#DDEBF7",
}
"""Name of a band -> its fill; dark text stays readable on each, and in grey print."""


def band_formats(book: Workbook) -> dict[str, Format]:
    """Return the fills by name."""
    return {name: book.add_format({"bg_color": colour}) for name, colour in COLOURS.items()}


def add_bands(sheet: Worksheet, table: Table, rows: int, formats: dict[str, Format]) -> None:
    """Colour whole rows of a table of so many rows below its heading; the first rule wins."""
    if not rows:
        return
    for name, formula in _rules(table):
        sheet.conditional_format(
            *(1, 0, rows, len(table.contract) - 1),
            {"type": "formula", "criteria": formula, "format": formats[name], "stop_if_true": True},
        )


def _rules(table: Table) -> Iterator[tuple[str, str]]:
    def at(column: str) -> str:
        return f"${xl_col_to_name(list(table.contract).index(column))}2"

    if table is GIAI_THUONG:
        yield "out", f'={at("status")}="{code_words("passed_over")}"'
    elif {"rank", "status"} <= set(table.contract):
        yield "out", f'={at("status")}<>"{code_words("ranked")}"'
    if "rank" in table.contract:
        yield "top", f"=AND(ISNUMBER({at('rank')}),{at('rank')}<={TOP})"
    if "prize" in table.contract:
        yield "prize", f"=LEN({at('prize')})>0"
    if "facility" in table.contract:
        yield "hard", f"=AND(ISNUMBER({at('facility')}),{at('facility')}<{HARD})"
        yield "easy", f"=AND(ISNUMBER({at('facility')}),{at('facility')}>{EASY})"
