"""Negations, reading length, superlatives, question marks."""

from __future__ import annotations

import pytest

from questions.lint.stems import superlatives, unmarked_negation
from tests.questions.lint.build import codes, single, true_false

FOUR = ("Sở Tài chính", "Sở Nội vụ", "Sở Tư pháp", "Sở Y tế")


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("Nội dung nào sau đây không thuộc nghị quyết?", "không"),
        ("Ý nào dưới đây là sai?", "sai"),
        ("Các cơ quan nào dự họp, ngoại trừ cơ quan nào?", "ngoại trừ"),
        ("Nội dung nào sau đây **không** thuộc nghị quyết?", None),
        ("Nội dung nào sau đây KHÔNG thuộc nghị quyết?", None),
        ("Nội dung nào sau đây *chưa* đúng?", None),
        ("Đơn vị không họp. Cơ quan nào quyết định việc ấy?", None),
        ("Phát biểu nào đúng hay sai?", None),
        ("Hàng không thuộc ngành nào?", None),
        ("Không gian phát triển nào được mở rộng?", None),
    ],
)
def test_a_negation_that_turns_the_question_is_to_be_marked(stem: str, word: str | None) -> None:
    """Elsewhere it is part of what is told."""
    assert unmarked_negation(stem, asking=True) == word


def test_an_unmarked_negation_is_told_with_its_word() -> None:
    """Whatever the options."""
    assert codes(single("Cơ quan nào sau đây không dự họp?", FOUR)) == ["negation"]


def test_a_false_statement_should_not_be_a_negation() -> None:
    """Two negations are a riddle."""
    assert codes(true_false("Đơn vị mẫu không có phòng họp.", False)) == ["negated_statement"]
    assert codes(true_false("Đơn vị mẫu **không** có phòng họp.", False)) == []
    assert codes(true_false("Đơn vị mẫu không có phòng họp.", True)) == []


def test_long_stems_options_and_questions_are_told() -> None:
    """Reading is not what is tested."""
    stem = "Trong văn bản " + "rất dài " * 30 + "cơ quan nào họp?"
    assert "long_stem" in codes(single(stem, FOUR))
    options = tuple(f"{option} " + "và nơi khác " * 14 for option in FOUR)
    assert {"long_text", "long_question"} <= set(codes(single("Nơi nào họp?", options)))


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("tỉnh lớn nhất cả nước", ["lớn nhất"]),
        ("lần đầu tiên tổ chức", ["đầu tiên"]),
        ("quan điểm thứ nhất", []),
        ("thống nhất ý chí", []),
        ("phù hợp nhất", []),
        ("chậm nhất 42 ngày", []),
    ],
)
def test_superlatives_are_told_from_ordinals_and_ways_of_asking(
    shown: str, found: list[str]
) -> None:
    """`nhất` has many uses."""
    assert superlatives(shown) == found


def test_a_superlative_needs_a_fact_that_states_it() -> None:
    """Else somebody made it up; a wrong option may claim what it likes."""
    claim = true_false("Đơn vị mẫu là đơn vị lớn nhất tỉnh.", True)
    assert codes(claim) == ["superlative"]
    assert codes(claim, statement="Đơn vị mẫu là đơn vị lớn nhất của tỉnh.") == []
    assert codes(true_false("Đơn vị mẫu là đơn vị lớn nhất tỉnh.", False)) == []


def test_a_question_ends_with_a_question_mark() -> None:
    """Unless it tells what to do, or is to be completed."""
    assert codes(single("Cơ quan nào dự họp", FOUR)) == ["no_question_mark"]
    assert codes(single("Chọn cơ quan nào dự họp.", FOUR)) == []
    assert codes(single("Cơ quan nào dự họp là:", FOUR)) == []
