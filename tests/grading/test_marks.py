"""One response -> its marks."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from grading import Mark, MarkStatus, mark, micro
from grading.marks import MARKERS, full_micro
from questions import Question
from tests.grading.factories import bank, choice

TEN = 10_000_000
RIGHT = Mark(MarkStatus.RIGHT, TEN, TEN)
WRONG = Mark(MarkStatus.WRONG, 0, TEN)
UNANSWERED = Mark(MarkStatus.UNANSWERED, 0, TEN)
NEEDS_MARKER = Mark(MarkStatus.NEEDS_MARKER, None, TEN)

MULTIPLE = choice("nhieu", type="multiple", key=["a", "c"])
TRUE_FALSE = {
    key: value for key, value in choice("dung-sai").items() if key not in ("options", "key")
} | {"type": "true_false", "key": False}
BANK = bank(choice("mot"), MULTIPLE, TRUE_FALSE, choice("rieng", points="2.5"))
ASK = BANK.question_by_id


@pytest.mark.parametrize(
    ("question", "response", "expected"),
    [
        ("mot", '{"chosen":["a"]}', RIGHT),
        ("mot", '{"chosen":["b"]}', WRONG),
        ("mot", {"chosen": ["a"]}, RIGHT),
        ("nhieu", '{"chosen":["a","c"]}', RIGHT),
        ("nhieu", '{"chosen":["c","a"]}', RIGHT),
        ("nhieu", '{"chosen":["a"]}', WRONG),
        ("nhieu", '{"chosen":["a","b","c"]}', WRONG),
        ("nhieu", '{"chosen":["b","d"]}', WRONG),
        ("dung-sai", '{"chosen":["false"]}', RIGHT),
        ("dung-sai", '{"chosen":["true"]}', WRONG),
    ],
)
def test_choices_are_all_or_nothing(question, response, expected):
    """Exactly the right options give full marks, anything else that can be chosen gives none."""
    assert mark(ASK[question], response, TEN) == expected


@pytest.mark.parametrize("question", ["mot", "nhieu", "dung-sai"])
@pytest.mark.parametrize("response", [None, "[]", [], '{"chosen":[]}', {"chosen": []}])
def test_nothing_chosen_is_unanswered(question, response):
    """A question never touched and one cleared again are both unanswered, with no marks."""
    assert mark(ASK[question], response, TEN) == UNANSWERED


@pytest.mark.parametrize(
    "response",
    [
        '{"chosen":["e"]}',  # an option that the question doesn't have
        '{"chosen":["a","b"]}',  # two options where one can be chosen
        '{"chosen":["a","a"]}',
        '{"chosen":"a"}',
        '{"chosen":[1]}',
        '{"chosen":[["a"]]}',
        '{"chosen":null}',
        '{"chosen":["a"],"chosen":["b"]}',
        '{"chosen":["a"],"more":1}',
        "{}",
        '"a"',
        "1",
        "null",
        "",
        "{",
        "NaN",
        "[" * 100_000,
        ["a"],
        {"selected": ["a"]},
    ],
)
def test_what_cannot_be_read_waits_for_a_marker(response):
    """A response that no page can have sent gets no marks and isn't wrong either."""
    assert mark(ASK["mot"], response, TEN) == NEEDS_MARKER


def test_a_questions_own_points_come_before_the_contests():
    """A question that names points is worth those."""
    result = mark(ASK["rieng"], '{"chosen":["a"]}', TEN)
    assert result == Mark(MarkStatus.RIGHT, 2_500_000, 2_500_000)
    assert full_micro(ASK["mot"], TEN) == TEN


def test_a_type_without_a_function_is_left_to_a_marker(monkeypatch):
    """What the kit can't mark by itself waits, however good the response."""
    monkeypatch.delitem(MARKERS, "single")
    assert mark(ASK["mot"], '{"chosen":["a"]}', TEN) == NEEDS_MARKER


def test_every_question_type_has_a_function():
    """The registry names exactly the types that a bank can hold."""
    union = get_args(get_args(Question)[0])
    assert {get_args(kind.model_fields["type"].annotation)[0] for kind in union} == set(MARKERS)


@pytest.mark.parametrize(
    ("points", "expected"), [("10", 10_000_000), ("0.000001", 1), ("3.333333", 3_333_333)]
)
def test_micro_is_exact(points, expected):
    """Points become whole millionths."""
    assert micro(Decimal(points)) == expected


@pytest.mark.parametrize("points", ["0.0000001", "NaN", "Infinity"])
def test_micro_refuses_what_is_no_whole_millionth(points):
    """Nothing is rounded on the way in."""
    with pytest.raises(ValueError, match="millionths"):
        micro(Decimal(points))
