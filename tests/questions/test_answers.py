"""Answers in words, for receipts and results."""

from __future__ import annotations

import pytest

from questions.answers import answer_words, key_code, key_words, right_response
from tests.factories import EVERY_TYPE, typed

EXPECTED = {
    "single": (["Quýt"], "b"),
    "multiple": (["Hai", "Bốn"], "a;c"),
    "true_false": (["Đúng"], "true"),
    "true_false_group": (
        [
            "Hai là số chẵn: Đúng",
            "Ba là số chẵn: Sai",
            "Bốn là số chẵn: Đúng",
            "Năm là số chẵn: Sai",
        ],
        "a=true;b=false;c=true;d=false",
    ),
    "matching": (["Một: số 1", "Hai: số 2", "Ba: số 3"], "a=a;b=b;c=c"),
    "ordering": (["1. Một", "2. Hai", "3. Ba", "4. Bốn"], "b;d;a;c"),
    "numeric": (["29 chương"], "29"),
    "short_text": (["Hòa Bình", "tỉnh Hòa Bình"], "Hòa Bình;tỉnh Hòa Bình"),
    "cloze": (["Sau [một] là [hai].", "Chỗ trống 1: một hoặc 1"], "so=một|1;chu=a"),
    "essay": (["Nêu được ý chính (5 điểm)", "Có ví dụ (5 điểm)"], "a;b"),
}


@pytest.mark.parametrize("type_", sorted(EVERY_TYPE))
def test_the_right_answer_in_words_and_in_a_cell(type_):
    """For every type."""
    question = typed(type_)
    assert (key_words(question), key_code(question)) == EXPECTED[type_]


@pytest.mark.parametrize(
    ("type_", "response", "expected"),
    [
        ("multiple", {"chosen": ["d", "a"]}, ["Năm", "Hai"]),
        ("true_false_group", {"statements": {"b": True}}, ["Ba là số chẵn: Đúng"]),
        ("matching", {"pairs": {"c": "d"}}, ["Ba: số 4"]),
        ("ordering", {"order": ["a", "b", "c", "d"]}, ["1. Ba", "2. Một", "3. Bốn", "4. Hai"]),
        ("numeric", {"text": "28"}, ["28 chương"]),
        ("numeric", {"text": "28 Chương"}, ["28 Chương"]),
        ("short_text", {"text": "Hoà Bình"}, ["Hoà Bình"]),
        ("cloze", {"gaps": {"chu": "c"}}, ["Sau […] là [bốn]."]),
        ("essay", {"text": "Một.\nHai."}, ["Một.", "Hai."]),
    ],
)
def test_what_was_answered_in_words(type_, response, expected):
    """As the contestant meant it; what was left out isn't told."""
    assert answer_words(typed(type_), response) == expected


def test_a_tolerance_is_told():
    """And numbers are written as Vietnamese write them."""
    question = typed("numeric", key="1234.5", tolerance="0.5", unit=None)
    assert key_words(question) == ["1.234,5 (sai số 0,5)"]
    assert key_code(question) == "1234.5±0.5"
    assert right_response(question) == {"text": "1.234,5"}


@pytest.mark.parametrize("function", [right_response, key_code])
def test_a_type_that_is_not_known_is_a_fault_of_the_code(function):
    """It isn't passed over."""
    with pytest.raises(AttributeError):
        function(object())
