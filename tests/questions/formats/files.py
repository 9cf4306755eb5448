"""Makers of small foreign files, for tests that then read or spoil them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook

from questions.formats.draft import Reading
from questions.formats.registry import read_file


def read(folder: Path, name: str, data: bytes | str, **options: Any) -> Reading:
    """Read a file of this content."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_file(path, level=options.pop("level", "recall"), **options)


def codes(reading: Reading) -> list[tuple[str, int]]:
    """Return code and number of everything that must be mended."""
    return [(found.code, found.line) for found in reading.errors]


def doubts(reading: Reading) -> list[tuple[str, int]]:
    """Return code and number of everything that should be looked at."""
    return [(found.code, found.line) for found in reading.problems if found.advice]


def keys(reading: Reading) -> list[Any]:
    """Return the key of every draft, None where it has none."""
    return [draft.data.get("key") for draft in reading.drafts]


def png() -> bytes:
    """Return a picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def sheet(rows: Iterable[Iterable[Any]], change: Callable[[Any], None] | None = None) -> bytes:
    """Return a workbook with these rows; `change` may do more to its sheet."""
    book = Workbook()
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = book.active.cell(number, column)
            cell.value = value
            if isinstance(value, str) and value.startswith("=") and not value.startswith("=1"):
                cell.data_type = "s"  # text that begins with a sign, as offices type it
    if change:
        change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """Return a package with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


class Paper:
    """A Word document that is typed line by line."""

    def __init__(self) -> None:
        self.document = Document()

    def line(self, *pieces: str | tuple[str, str]) -> Any:
        """Type a paragraph; a piece may be (text, marks) with marks such as `bold red`."""
        paragraph = self.document.add_paragraph()
        for piece in pieces:
            text, marks = (piece, "") if isinstance(piece, str) else piece
            mark(paragraph.add_run(text), marks)
        return paragraph

    def question(
        self, number: int, right: str, marks: str = "underline", *, whole: bool = False
    ) -> None:
        """Type a question with four options of which one bears marks."""
        self.line(f"Câu {number}. Nội dung thứ {number} là gì?")
        for letter in "ABCD":
            own = marks if letter in right else ""
            rest = f" Ý {letter} của câu {number}"
            self.line((f"{letter}.", own), (rest, own if whole else ""))

    def table(self, rows: list[list[str]]) -> Any:
        """Type a table."""
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        return table

    def data(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def mark(run: Any, marks: str) -> None:
    """Format a run: any of bold, italic, underline, red, yellow (highlight)."""
    for name in marks.split():
        if name in ("bold", "italic", "underline"):
            setattr(run, name, True)
        else:
            tag, value = {"red": ("w:color", "FF0000"), "yellow": ("w:highlight", "yellow")}[name]
            element = OxmlElement(tag)
            element.set(qn("w:val"), value)
            run._r.get_or_add_rPr().append(element)


def numbered(paper: Paper, kinds: list[tuple[int, str, str]]) -> dict[int, int]:
    """Add automatic lists (number, form, text of the label); return what to number with."""
    root = paper.document.part.numbering_part.element
    made = {}
    for number, form, shown in kinds:
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), str(900 + number))
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), "0")
        for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", shown)):
            element = OxmlElement(tag)
            element.set(qn("w:val"), value)
            level.append(element)
        abstract.append(level)
        root.insert(0, abstract)
        list_ = OxmlElement("w:num")
        list_.set(qn("w:numId"), str(900 + number))
        base = OxmlElement("w:abstractNumId")
        base.set(qn("w:val"), str(900 + number))
        list_.append(base)
        root.append(list_)
        made[number] = 900 + number
    return made


def number(paragraph: Any, list_: int) -> None:
    """Number a paragraph by a list."""
    properties = paragraph._p.get_or_add_pPr()
    own = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", "0"), ("w:numId", str(list_))):
        element = OxmlElement(tag)
        element.set(qn("w:val"), value)
        own.append(element)
    properties.append(own)
