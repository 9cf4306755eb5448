"""Excel: sources and facts that come with the questions, and go with them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from questions import load_bank
from questions.formats import plan_import, read_file, write_questions
from questions.load import BANKS
from questions.problems import ProblemsFound
from tests.questions.formats.files import codes, read

HEAD = ["Câu hỏi", "Đáp án A", "Đáp án B", "Đáp án đúng", "Dữ kiện"]
ROW = ["Hỏi?", "một", "hai", "B", "dk-1"]
SOURCES = [["Mã", "Tên văn bản", "Nơi ban hành", "Ngày"], ["nq", "Nghị quyết", "Đại hội", "2026"]]
FACTS = [
    ["Mã", "Nội dung", "Nguồn", "Chỗ trong nguồn"],
    ["dk-1", "Điều thứ nhất.", "nq", "Mục I"],
]


def book(sources: list, facts: list) -> bytes:
    """Return a workbook with one question and these two sheets."""
    made = Workbook()
    for title, rows in (("Câu hỏi", [HEAD, ROW]), ("Nguồn", sources), ("Dữ kiện", facts)):
        sheet = made.active if title == "Câu hỏi" else made.create_sheet()
        sheet.title = title
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_sources_and_facts_become_the_banks(tmp_path: Path) -> None:
    """The new bank traces its question to the document."""
    reading = read(tmp_path, "x.xlsx", book(SOURCES, FACTS))
    plan = plan_import(reading, tmp_path / "bank", "t", "Chủ đề")
    plan.write()
    bank = load_bank(tmp_path / "bank")
    assert {one.code for one in plan.advice} == {"question.no_explanation"}
    assert bank.questions[0].facts == ("dk-1",)
    assert bank.fact_by_id["dk-1"].cites.source == bank.sources[0].id == "nq"


def test_second_import_keeps_what_is_there(tmp_path: Path) -> None:
    """The same source and fact once more; another question joins them."""
    for topic in ("t", "u"):
        reading = read(tmp_path, "x.xlsx", book(SOURCES, FACTS))
        plan_import(reading, tmp_path / "bank", topic, topic).write()
    bank = load_bank(tmp_path / "bank")
    assert (len(bank.sources), len(bank.facts), len(bank.questions)) == (1, 1, 2)


def test_other_content_under_a_known_id_is_refused(tmp_path: Path) -> None:
    """Nothing is written: neither fact is taken for the other."""
    plan_import(read(tmp_path, "x.xlsx", book(SOURCES, FACTS)), tmp_path / "b", "t", "T").write()
    other = [FACTS[0], ["dk-1", "Điều khác.", "nq", "Mục I"]]
    with pytest.raises(ProblemsFound) as found:
        plan_import(read(tmp_path, "y.xlsx", book(SOURCES, other)), tmp_path / "b", "u", "U")
    assert [one.code for one in found.value.problems] == ["into.ground_differs"]


@pytest.mark.parametrize(
    ("sources", "facts", "expected"),
    [
        (SOURCES, [FACTS[0], ["dk-1", "Điều.", "nq", None]], ("grounds.wrong", 2)),
        (SOURCES, [["Mã", "Nội dung", "Nguồn"]], ("grounds.columns", 1)),
        ([SOURCES[0], ["n q", "T", "B", None]], FACTS, ("grounds.wrong", 2)),
        ([*SOURCES, SOURCES[1]], FACTS, ("grounds.twice", 0)),
        (SOURCES, [FACTS[0], ["dk-1", "=1+1", "nq", "Mục I"]], ("excel.formula", 2)),
    ],
)
def test_what_is_wrong_is_told_by_row(tmp_path: Path, sources, facts, expected) -> None:
    """With the sheet's row as its line."""
    assert codes(read(tmp_path, "x.xlsx", book(sources, facts))) == [expected]


def test_built_in_bank_survives_the_way_through_excel(tmp_path: Path) -> None:
    """Every question of a topic stands on the same facts, every fact on the same places."""
    bank = load_bank(BANKS / "dai_hoi_xiv")
    held = ("single", "multiple", "true_false", "numeric", "short_text")
    questions = [one for one in bank.questions if one.topic == "lang_son" and one.type in held]
    (tmp_path / "x.xlsx").write_bytes(write_questions("excel", questions, {}, "x.xlsx", bank))
    reading = read_file(tmp_path / "x.xlsx")
    plan_import(reading, tmp_path / "bank", "lang_son", "Lạng Sơn").write()
    back = load_bank(tmp_path / "bank")
    assert [one.facts for one in back.questions] == [one.facts for one in questions]
    for fact in back.facts:
        there = bank.fact_by_id[fact.id]
        assert (fact.statement, fact.cites) == (there.statement, there.cites)
