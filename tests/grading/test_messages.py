"""Every text that is asked for exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import grading
from grading import MarkStatus
from grading.messages import TEXTS, text
from grading.order import TIE
from grading.rules import PersonKey, Quantity
from grading.tables import TABLES
from grading.unit_rules import UnitMeasure

FOLDER = Path(grading.__file__).parent
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_has_a_sheet_name_and_headings(table):
    """Sheet names fit into the 31 letters that spreadsheets allow; headings differ."""
    assert len(text(f"sheet.{table.name}")) <= 31
    headings = [text(f"{table.name}.{name}") for name in table.contract]
    assert len(set(headings)) == len(headings)


def test_no_heading_is_left_over():
    """Headings are those of existing columns."""
    names = {table.name for table in TABLES}
    written = {key for key in TEXTS if key.partition(".")[0] in names}
    assert written == {f"{table.name}.{name}" for table in TABLES for name in table.contract}


def test_every_code_is_explained():
    """Statuses, deciding keys and predicted quantities have a Vietnamese meaning."""
    statuses = "ranked not_counted excluded unfinished needs_marker invalid submitted expired ok"
    codes = {*statuses.split(), *get_args(PersonKey), *get_args(UnitMeasure), TIE}
    assert {f"code.{code}" for code in codes} <= set(TEXTS)
    assert f"code.{MarkStatus.NEEDS_MARKER}" in TEXTS
    assert {f"quantity.{quantity}" for quantity in get_args(Quantity)} <= set(TEXTS)


def test_gaps_are_filled():
    """Braces in what is filled in are harmless."""
    assert text("source.numbered", title="{x}", number="1") == "{x} (số 1)"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_vietnamese_stands_in_messages_alone(path):
    """No other module has a Vietnamese sentence; words of the trade may stand in docstrings."""
    code = path.read_text("utf-8")
    if path.name != "messages.py":
        code = re.sub(r'"""(?:.|\n)*?"""', "", code)
        assert not VIETNAMESE.search(code)
