"""Where a Word document says the key in words: answer lines, lists and tables."""

from __future__ import annotations

import re

from questions.formats.excel import column_of
from questions.formats.patterns import CHOSEN, KEY_LINE, NUMBER, PAIR, SET
from questions.formats.texts import fold

_WORDS = ("cau", "dap an", "da", "", "cau hoi", "stt", "dap an dung")


def letters(value: str) -> frozenset[str]:
    """Return the letters of `A, C` or `a và c`."""
    return frozenset(sign.upper() for sign in re.findall(r"\b[A-Ha-h]\b", value))


def answer_line(text: str) -> frozenset[str]:
    """Return the letters of a line such as `Đáp án: B`; none for any other line."""
    match = KEY_LINE.fullmatch(text)
    return letters(match["letters"]) if match else frozenset()


def chosen(text: str) -> frozenset[str]:
    """Return the letters that a solution begins with: `Chọn B. Vì …`."""
    match = CHOSEN.match(text)
    return letters(match["letters"] or match["bare"]) if match else frozenset()


def pairs(text: str) -> list[tuple[int, frozenset[str]]]:
    """Return number and letters of a line such as `1-A 2.B 3c`; none where more stands there."""
    rest = PAIR.sub(" ", text)
    if re.sub(r"[\s,;.|\-–]", "", rest):
        return []
    return [(int(match["number"]), letters(match["letters"])) for match in PAIR.finditer(text)]


def grid(rows: list[list[str]]) -> list[tuple[int, frozenset[str]]]:
    """Return what an answer table says; none for a table of another kind."""
    found: list[tuple[int, frozenset[str]]] = []
    numbers = sets = 0
    for row in rows:
        for cell in row:
            listed = pairs(cell)
            found += listed
            if NUMBER.fullmatch(cell):
                numbers += 1
            elif SET.fullmatch(cell):
                sets += 1
            elif not listed and fold(cell) not in _WORDS:
                return []
    if found:
        return found
    if not numbers or not sets:
        return []
    below, beside = _read(rows, 1, 0), _read(rows, 0, 1)
    return below if len(below) > len(beside) else beside


def _read(rows: list[list[str]], down: int, right: int) -> list[tuple[int, frozenset[str]]]:
    """Return the pairs of a number and the letters in the cell below or beside it."""
    found = []
    for index, row in enumerate(rows[: len(rows) - down]):
        for column, cell in enumerate(row[: len(row) - right]):
            other = rows[index + down]
            number = NUMBER.fullmatch(cell)
            if number and column + right < len(other) and SET.fullmatch(other[column + right]):
                found.append((int(number[1]), letters(other[column + right])))
    return found


def is_question_table(rows: list[list[str]]) -> bool:
    """Return whether the first row of a table has the headers of a table of questions."""
    columns = [column_of(cell) for cell in rows[0]] if rows else []
    return "stem" in columns and len([name for name in columns if name]) > 2
