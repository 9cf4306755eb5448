"""Which file is in which format, and that the guide says what each one loses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contest.cli_bank import FORMAT_NAMES
from questions.formats.opened import Opened
from questions.formats.registry import FORMATS, format_of

GUIDE = Path(__file__).parents[3] / "docs/dinh-dang.md"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.XLSX", b"x", "excel"),
        ("a.docx", b"x", "word"),
        ("a.md", b"x", "markdown"),
        ("a.json", b"[]", "jupyterquiz"),
        ("a.gift.txt", b"x", "gift"),
        ("a.txt", b"Q?\nA) a\nB) b\nanswer: A", "aiken"),
        ("a.txt", b"Q? {=a ~b}", "gift"),
        ("a.xml", b"<quiz/>", "moodle_xml"),
        ("a.xml", b"<x:questestinterop xmlns:x='y'/>", "qti12"),
        ("a.xml", b"<assessmentItem/>", "qti21"),
    ],
)
def test_a_file_tells_its_format(name, data, expected):
    """By its name, then by what it begins with."""
    assert format_of(Opened(name, data, Path())) == expected


def test_the_command_line_knows_every_format():
    """Without loading their libraries."""
    assert tuple(FORMATS) == FORMAT_NAMES


def rows():
    """Return the guide's table: key -> format -> whether it is kept."""
    lines = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    head = next(line for line in lines if "| excel |" in line)
    names = [cell.strip() for cell in head.split("|")[2:-1]]
    found = {}
    # The table ends where the next one begins: at a line whose first cell has no key.
    for line in lines[lines.index(head) + 2 :]:
        first, *cells = [cell.strip() for cell in line.split("|")[1:-1]]
        key = re.search(r"`(\w+)`", first)
        if key is None or len(cells) != len(names):
            break
        found[key[1]] = dict(zip(names, (cell == "có" for cell in cells), strict=True))
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_the_guide_says_what_a_format_holds_and_keeps(name):
    """Neither more nor less."""
    said = {key for key, cells in rows().items() if cells[name]}
    assert said == (FORMATS[name].holds | FORMATS[name].keeps) - {"sources"}
