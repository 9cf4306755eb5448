"""Documents read back: the tables of Word files and workbooks, the text of PDF pages."""

from __future__ import annotations

import subprocess
import unicodedata
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from contest.papers.words import clean


def inner_text(element: Any) -> str:
    """Return the text inside an element of a Word file."""
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def word_tables(path: Path) -> list[list[list[str]]]:
    """Return every bordered table: rows of cells; a cell over several columns once."""
    found = []
    for table in Document(str(path)).tables:
        if table.style is None or table.style.name != "Table Grid":
            continue
        rows = []
        for row in table.rows:
            cells = list(dict.fromkeys(row._tr.tc_lst))
            rows.append([inner_text(cell) for cell in cells])
        found.append(rows)
    return found


def word_text(path: Path) -> str:
    """Return all text of a Word file, headers and footers too."""
    file = Document(str(path))
    parts = [inner_text(file.element.body)]
    for section in file.sections:
        for part in (
            section.header, section.first_page_header, section.footer, section.first_page_footer,
        ):  # fmt: skip
            parts.append(inner_text(part._element))
    return "\n".join(parts)


def sheets(path: Path) -> dict[str, list[list[object]]]:
    """Return sheet name -> rows of values, nulls left out at the right."""
    book = load_workbook(path)
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }


def pages(path: Path) -> list[str]:
    """Return the text of every page of a PDF, composed."""
    shown = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True
    ).stdout.decode()
    return unicodedata.normalize("NFC", shown).split("\f")[:-1]


def squeezed(shown: str) -> str:
    """Return a text without any white space: PDF lines break where they like."""
    return "".join(clean(shown).split())


def number(cell: str) -> float | None:
    """Return what a Vietnamese figure stands for: `1.234,5`, `6,26%`; None for a dash."""
    if cell == "–":
        return None
    scale = 100 if cell.endswith("%") else 1
    return float(cell.rstrip("%").replace(".", "").replace(",", ".")) / scale
