"""The question types taken alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from questions import MultipleChoice, Option, SingleChoice, TrueFalse
from questions.load import question_from_data
from questions.types import Status

SHARED = {"id": "q", "stem": "Câu?", "facts": ("f",), "topic": "t", "level": "recall"}
OPTIONS = (Option(id="a", text="Một"), Option(id="b", text="Hai"), Option(id="c", text="Ba"))


def codes(question) -> list[str]:
    """Return the codes of a question's findings."""
    return [code for code, _, _ in question.findings()]


def test_single_has_one_right_option():
    """`right` is the key as a set, for all types alike."""
    question = SingleChoice(type="single", options=OPTIONS, key="b", **SHARED)
    assert (question.right(), question.many, codes(question)) == ({"b"}, False, [])


def test_multiple_has_several():
    """The order of the key doesn't matter."""
    question = MultipleChoice(type="multiple", options=OPTIONS, key=("c", "a"), **SHARED)
    assert (question.right(), question.many, codes(question)) == ({"a", "c"}, True, [])


@pytest.mark.parametrize(("key", "expected"), [(True, "true"), (False, "false")])
def test_true_false_has_two_pinned_options(key, expected):
    """Đúng stands before Sai on every paper."""
    question = TrueFalse(type="true_false", key=key, **SHARED)
    assert [(o.id, o.text, o.pinned) for o in question.choices()] == [
        ("true", "Đúng", True),
        ("false", "Sai", True),
    ]
    assert (question.right(), codes(question)) == ({expected}, [])


@pytest.mark.parametrize(
    ("options", "key", "expected"),
    [
        (OPTIONS, ("z",), ["question.key_unknown"]),
        (OPTIONS, ("a", "a"), ["question.key_repeated"]),
        (OPTIONS, ("a", "b", "c"), []),  # contests have one to four right ones of four
        ((*OPTIONS, Option(id="a", text="Bốn")), ("b",), ["question.option_repeated"]),
        ((*OPTIONS, Option(id="d", text=" một ")), ("b",), ["question.option_text_repeated"]),
    ],
)
def test_findings_name_what_is_wrong(options, key, expected):
    """A question alone can be wrong in these ways."""
    assert codes(MultipleChoice(type="multiple", options=options, key=key, **SHARED)) == expected


def test_plain_data_gives_the_type_it_names():
    """As in the files, with the topic added."""
    data = {**SHARED, "type": "true_false", "key": False}
    assert isinstance(question_from_data(data), TrueFalse)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "essay"},
        {"key": "true"},
        {"key": 1},
        {"level": "hard"},
        {"id": "A"},
        {"id": "a" * 65},
        {"points": 0},
        {"points": "1e4"},
        {"stem": " "},
        {"shuffle": "no"},
        {"extra": 1},
    ],
)
def test_data_of_a_wrong_kind_is_refused(change):
    """Nothing is guessed."""
    with pytest.raises(ValidationError):
        question_from_data({**SHARED, "type": "true_false", "key": True, **change})


@pytest.mark.parametrize("count", [1, 9])
def test_two_to_eight_options(count):
    """Fewer are no choice, more nobody reads."""
    options = [{"id": f"o{n}", "text": f"Số {n}"} for n in range(count)]
    with pytest.raises(ValidationError):
        question_from_data({**SHARED, "type": "single", "options": options, "key": "o0"})


def test_the_hash_is_that_of_the_content_without_the_status():
    """A stamp doesn't change what it is for."""
    plain = TrueFalse(type="true_false", key=True, **SHARED)
    stamp = Status(status="reviewed", by="A", on="2026-01-02", hash="0" * 64)
    stamped = TrueFalse(type="true_false", key=True, status=stamp, **SHARED)
    other = TrueFalse(type="true_false", key=False, **SHARED)
    assert plain.content_hash() == stamped.content_hash() != other.content_hash()


def test_questions_cannot_be_changed():
    """What was checked stays checked."""
    question = TrueFalse(type="true_false", key=True, **SHARED)
    with pytest.raises(ValidationError):
        question.key = False


def test_points_are_exact():
    """No binary fractions."""
    question = TrueFalse(type="true_false", key=True, points="0.1", **SHARED)
    assert question.points == Decimal("0.1")


@pytest.mark.parametrize("missing", ["by", "on", "hash"])
def test_a_stamp_is_complete(missing):
    """By whom, when and for what; a draft needs none of them."""
    stamp = {"status": "reviewed", "by": "A", "on": "2026-01-02", "hash": "0" * 64}
    Status(**stamp)
    with pytest.raises(ValidationError, match="status_incomplete"):
        Status(**{**stamp, missing: None})
