"""Excel: one question a row under the headers that offices use."""

from __future__ import annotations

import datetime
import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from questions.formats import fields
from questions.formats.draft import Draft, Notes, Reading
from questions.formats.excel_grounds import is_grounds, read_grounds, write_grounds
from questions.formats.messages import KINDS, text
from questions.formats.opened import Opened, unpack
from questions.formats.settle import LETTERS
from questions.formats.texts import fold, tidy, to_plain
from questions.model import Bank

MAX_ROWS = 20_000
HEADER_WITHIN = 15
"""Rows from the top among which the headers are looked for."""

HEADERS = {
    "stem": ("cau hoi", "noi dung cau hoi", "noi dung", "content", "question", "de bai"),
    "key": ("dap an dung", "dap an", "correctanswer", "correct answer", "key", "answer"),
    "explanation": ("giai thich", "loi giai", "explanation", "loi giai thich"),
    "points": ("diem", "so diem", "points"),
    "type": ("loai", "loai cau hoi", "dang", "type"),
    "level": ("muc do", "do kho", "difficulty", "level"),
    "tags": ("tags", "nhan", "tag"),
    "id": ("ma", "ma cau hoi", "id"),
    "tolerance": ("sai so", "tolerance"),
    "unit": ("don vi", "don vi tinh", "unit"),
    "facts": ("du kien", "facts"),
    "sources": ("nguon", "sources"),
    "number": ("stt", "so tt", "tt", "no", "cau"),
}
"""What a column holds -> its folded headers."""

_OPTION = re.compile(r"(?:(?:dap an|phuong an|lua chon|option|tra loi)\s*)?([a-h])")
_HINT = re.compile(r"[(\[].*[)\]]", re.DOTALL)
_LETTERS = re.compile(r"[A-Ha-h](?:\s*[,;+&/ ]?\s*[A-Ha-h])*")


@dataclass(frozen=True)
class _Sheet:
    sheet: Worksheet
    header: int
    columns: dict[int, str]
    """Number of a column -> what it holds: a name of HEADERS, or an option's letter."""


def read(opened: Opened) -> Reading:
    """Read every sheet that has the headers, and those of sources and facts."""
    notes = Notes(opened.name, "excel")
    package = unpack(opened)
    if "xl/workbook.xml" not in package.namelist():
        raise opened.refuse("excel.not_excel")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about drawings and styles that aren't read
            book = load_workbook(io.BytesIO(opened.data), data_only=False)
    except Exception:
        # openpyxl raises whatever its parsers do on a broken part
        raise opened.refuse("open.corrupt") from None
    grounds = [one for one in book.worksheets if is_grounds(one.title)]
    sheets = [one for one in book.worksheets if one not in grounds]
    found = [sheet for one in sheets if (sheet := _headers(notes, one))]
    named = {sheet.sheet.title for sheet in found}
    others = [one.title for one in sheets if one.title not in named and one.max_row > 1]
    if others and found:
        notes.doubt("excel.other_sheets", names=", ".join(others))
    if not found:
        notes.error("excel.no_header")
    for sheet in found:
        _sheet(notes, sheet, several=len(found) > 1)
    read_grounds(notes, grounds)
    return notes.done()


def _headers(notes: Notes, sheet: Worksheet) -> _Sheet | None:
    """Return where the headers of a sheet stand; None where there are none."""
    for row in sheet.iter_rows(min_row=1, max_row=min(HEADER_WITHIN, sheet.max_row)):
        columns: dict[int, str] = {}
        unknown = []
        for cell in row:
            shown = fold(str(cell.value)) if isinstance(cell.value, str) else ""
            name = column_of(shown)
            if name and name in columns.values():
                notes.error("excel.header_twice", at=cell.row, cell=cell.coordinate)
            if name:
                columns[cell.column] = name
            elif shown:
                unknown.append(str(cell.value).strip())
        if "stem" in columns.values() and len(columns) > 1:
            if unknown:
                notes.doubt("excel.columns", at=row[0].row, names=", ".join(unknown))
            return _Sheet(sheet, row[0].row, columns)
    return None


def column_of(header: str) -> str | None:
    """Return what a column of this header holds: a name of HEADERS, or an option's letter."""
    shown = fold(header)
    if option := _OPTION.fullmatch(shown):
        return option[1]
    return next((name for name, headers in HEADERS.items() if shown in headers), None)


def _sheet(notes: Notes, sheet: _Sheet, *, several: bool) -> None:
    if sheet.sheet.max_row > MAX_ROWS:
        notes.error("excel.rows", n=sheet.sheet.max_row, limit=MAX_ROWS)
        return
    for merged in sheet.sheet.merged_cells.ranges:
        used = any(merged.min_col <= column <= merged.max_col for column in sheet.columns)
        if used and merged.max_row >= sheet.header:
            notes.error("excel.merged", at=merged.min_row, cells=merged.coord)
    hidden = [row for row, found in sheet.sheet.row_dimensions.items() if found.hidden]
    if hidden:
        notes.doubt("excel.hidden", rows=", ".join(map(str, sorted(hidden)[:20])))
    if getattr(sheet.sheet, "_images", None):
        notes.error("excel.pictures", sheet=sheet.sheet.title)
    hints = True
    for row in sheet.sheet.iter_rows(min_row=sheet.header + 1):
        cells = {sheet.columns[cell.column]: cell for cell in row if cell.column in sheet.columns}
        filled = [cell for name, cell in cells.items() if name != "number" and _filled(cell)]
        if not filled:
            continue
        if hints and all(_HINT.fullmatch(str(cell.value).strip()) for cell in filled):
            continue  # a row that explains the headers
        hints = False
        draft = notes.draft(row[0].row, row=True)
        if several:
            draft.place += f" ({sheet.sheet.title})"
        fill(notes, draft, _values(notes, draft, cells))


def _filled(cell: Cell) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""


def _values(notes: Notes, draft: Draft, cells: Mapping[str, Cell]) -> dict[str, str]:
    """Return the texts of a row; a formula or an error in it is a fault."""
    values = {}
    for name, cell in cells.items():
        if cell.data_type == "f":
            notes.error("excel.formula", draft, cell=cell.coordinate)
        elif cell.data_type == "e":
            notes.error("excel.error_cell", draft, cell=cell.coordinate, value=cell.value)
        elif _filled(cell):
            shown, plain = _shown(cell)
            number = name == "key" and isinstance(cell.value, float)
            if not plain and not number and (name in LETTERS or name in ("stem", "key")):
                notes.doubt("excel.not_text", draft, cell=cell.coordinate, shown=shown)
            values[name] = shown
    return values


def _shown(cell: Cell) -> tuple[str, bool]:
    """Return a cell's text as the sheet shows it, and whether that is beyond doubt."""
    value = cell.value
    if isinstance(value, bool):
        return text("value.true" if value else "value.false"), True
    if isinstance(value, (datetime.datetime, datetime.date)):
        return f"{value.day:02}/{value.month:02}/{value.year}", False
    if isinstance(value, (int, float)):
        if "%" in (cell.number_format or ""):
            return f"{float(value) * 100:.10g}".replace(".", ",") + "%", False
        if isinstance(value, float):  # the sign in it is the reader's own, as Excel shows it
            return f"{value:.15g}".replace(".", ","), value.is_integer()
        return str(value), cell.number_format in ("General", "0", "@")
    return str(value), isinstance(value, str)


def fill(notes: Notes, draft: Draft, values: dict[str, str]) -> None:
    """Fill a draft from the texts of a row, by what their columns hold."""
    data = draft.data
    data["stem"] = fields.plain(notes, draft, values.get("stem", ""))
    if tidy(values.get("explanation", "")):
        data["explanation"] = fields.plain(notes, draft, values["explanation"])
    if values.get("id", "").strip():
        data["id"] = values["id"].strip()
    for name in ("tags", "facts", "sources"):
        if values.get(name, "").strip():
            data[name] = fields.id_list(values[name])
    fields.level(notes, draft, values.get("level", ""))
    fields.points(notes, draft, values.get("points", ""))
    given = values.get("type", "").strip()
    kind = KINDS.get(fold(given))
    if given and kind is None:
        notes.error("draft.unknown_type", draft, type=given[:40])
    elif not draft.errors:
        _kind(notes, draft, kind, values)


def _kind(notes: Notes, draft: Draft, kind: str | None, values: dict[str, str]) -> None:
    key = tidy(values.get("key", ""))
    letters = [letter for letter in LETTERS if values.get(letter, "").strip()]
    if kind == "numeric":
        unit = values.get("unit", "")
        fields.number(notes, draft, key, values.get("tolerance", ""), unit)
    elif kind == "short_text":
        draft.data.update(type=kind, accepted=fields.alternatives(key))
    elif kind == "true_false" or (not letters and fold(key) in ("dung", "sai")):
        fields.true_false(notes, draft, _true_false_key(key, letters, values))
    elif kind not in (None, "single", "multiple"):
        notes.error("excel.type_not_held", draft, type=text(f"kind.{kind}"))
    else:
        gaps = [letter for letter in LETTERS[: len(letters)] if letter not in letters]
        if gaps:
            notes.error("excel.gap", draft, letter=gaps[0].upper())
        texts = [fields.plain(notes, draft, values[letter]) for letter in letters]
        draft.data["options"] = fields.parts(texts)
        right = list(_right(notes, draft, key, [values[letter] for letter in letters]))
        if right or not draft.errors:
            many = kind == "multiple" or (kind is None and len(right) > 1)
            fields.choose(notes, draft, right, many=many)


def _true_false_key(key: str, letters: list[str], values: dict[str, str]) -> str:
    """Return Đúng or Sai where the key is the letter of one of the two."""
    return values[key.lower()] if key.lower() in letters else key


def _right(notes: Notes, draft: Draft, key: str, texts: list[str]) -> Iterator[str]:
    """Yield the ids of the options that a key names by letter or by their text."""
    by_text, by_letter = _named(key, texts)
    if by_text and by_letter and by_text != by_letter:
        notes.error("excel.key_two_ways", draft, key=key)
    elif by_text or by_letter:
        beyond = [index for index in by_letter if index >= len(texts)]
        if beyond and not by_text:
            notes.error("draft.key_not_option", draft, key=key)
        else:
            yield from (fields.part_id(index) for index in dict.fromkeys(by_text or by_letter))
    elif key:
        notes.error("draft.key_not_option", draft, key=key[:40])


def _named(key: str, texts: list[str]) -> tuple[list[int], list[int]]:
    """Return the positions of the options whose text a key is, and of those whose letters."""
    shown = [" ".join(tidy(own).casefold().split()) for own in texts]
    wanted = " ".join(key.casefold().split())
    by_text = [index for index, own in enumerate(shown) if own == wanted]
    if not _LETTERS.fullmatch(key):
        return by_text, []
    return by_text, [LETTERS.index(sign) for sign in key.lower() if sign in LETTERS]


def _key_cell(right: list[int], texts: list[str]) -> str:
    """Return the letters of the right options, or the text of one where a letter is another's."""
    letters = ", ".join(LETTERS[index].upper() for index in right)
    for key in (letters, texts[right[0]]):
        by_text, by_letter = _named(key, texts)
        if right == (by_text or by_letter) and (not by_text or not by_letter):
            return key
    return letters


def write(
    questions: Sequence[Mapping[str, Any]],
    _pictures: Mapping[str, bytes],
    bank: Bank | None = None,
) -> bytes:
    """Return a workbook; every cell is text, so that nothing is taken for a formula.

    With the bank of the questions, its facts and sources that they rest on are sheets of it.
    """
    most = max([4, *(len(question.get("options", ())) for question in questions)])
    columns = ["id", "type", "stem", *LETTERS[:most], "key", "level", "points", "explanation",
               "tolerance", "unit", "tags", "facts", "sources"]  # fmt: skip
    out = io.BytesIO()
    settings = {"strings_to_formulas": False, "strings_to_urls": False,
                "strings_to_numbers": False, "in_memory": True}  # fmt: skip
    with xlsxwriter.Workbook(out, settings) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001
        bold = book.add_format({"bold": True, "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        sheet = book.add_worksheet(text("excel.sheet"))
        sheet.freeze_panes(1, 3)
        for column, name in enumerate(columns):
            wide = {"stem": 60, "explanation": 50}.get(name, 24 if name in LETTERS else 14)
            sheet.set_column(column, column, wide)
            sheet.write_string(0, column, _title(name), bold)
        for row, question in enumerate(questions, 1):
            cells = _cells(question)
            for column, name in enumerate(columns):
                if cells.get(name):
                    sheet.write_string(row, column, cells[name], wrapped)
        if bank is not None:
            write_grounds(book, bank, questions)
    return out.getvalue()


def _title(name: str) -> str:
    if name in LETTERS:
        return text("excel.option", letter=name.upper())
    return text(f"field.{name}")


def _cells(question: Mapping[str, Any]) -> dict[str, str]:
    kind, key = question["type"], question.get("key")
    cells = {name: str(question[name]) for name in ("id", "points", "tolerance", "unit")
             if name in question}  # fmt: skip
    cells["stem"] = to_plain(question["stem"])
    cells["type"], cells["level"] = text(f"kind.{kind}"), text(f"level.{question['level']}")
    cells["explanation"] = to_plain(question.get("explanation", ""))
    for name in ("tags", "facts", "sources"):
        cells[name] = ", ".join(question.get(name, ()))
    options = question.get("options", ())
    ids = [option["id"] for option in options]
    for letter, option in zip(LETTERS, options, strict=False):
        cells[letter] = to_plain(option["text"])
    if kind in ("single", "multiple"):
        right = key if kind == "multiple" else [key]
        texts = [to_plain(option["text"]) for option in options]
        cells["key"] = _key_cell(sorted(ids.index(id_) for id_ in right), texts)
    elif kind == "true_false":
        cells["key"] = text("value.true" if key else "value.false")
    elif kind == "short_text":
        cells["key"] = fields.listed(question["accepted"])
    else:
        cells["key"] = str(key)
    return cells
