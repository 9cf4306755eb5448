"""Single cells: what they say, and what is refused by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from contest.elsewhere.cells import CannotRead, read_decimal, read_response, read_time
from questions.answers import right_response
from tests.factories import OPENS, make_bank, typed

BANK = make_bank()
BY_TYPE = {question.type: question for question in BANK.questions}
TYPES = ("true_false_group", "matching", "ordering", "cloze", "numeric", "short_text")


def cell(response: Mapping[str, Any]) -> str:
    """Return a canonical response as its cell."""
    ((kind, value),) = response.items()
    if kind == "text":
        return str(value)
    if isinstance(value, Mapping):
        texts = {
            id_: str(one).lower() if isinstance(one, bool) else one for id_, one in value.items()
        }
        return ";".join(f"{id_}={one}" for id_, one in texts.items())
    return ";".join(value)


@pytest.mark.parametrize("type_", TYPES)
def test_right_answer_of_every_type(type_: str) -> None:
    """As a cell and back."""
    question = typed(type_)
    right = right_response(question)
    assert right is not None
    found = json.loads(read_response(question, cell(right)) or "")
    assert {key: sorted(one) if key == "chosen" else one for key, one in found.items()} == right


@pytest.mark.parametrize("type_", sorted(BY_TYPE))
def test_right_options(type_: str) -> None:
    """By their ids, in any order, with spaces."""
    question = BY_TYPE[type_]
    ids = sorted(question.right())
    assert read_response(question, " ; ".join(reversed(ids))) == json.dumps(
        {"chosen": ids}, separators=(",", ":")
    )


def test_empty_is_unanswered() -> None:
    """Whatever the type."""
    assert read_response(BY_TYPE["single"], "") is None


def test_text_of_a_gap_may_hold_a_semicolon() -> None:
    """Only the id of a gap begins a new one."""
    question = typed("cloze")
    first = question.gaps[0].id
    found = json.loads(read_response(question, f"{first}=một; hai = 2") or "")
    if question.gaps[0].options:
        pytest.fail("the first gap should be typed")
    assert found == {"gaps": {first: "một; hai = 2"}}


@pytest.mark.parametrize(
    ("type_", "written", "code"),
    [
        ("single", "nowhere", "response.unknown"),
        ("true_false", "đúng", "response.unknown"),
        ("multiple", "{0};{0}", "response.twice"),
        ("single", "{0};{1}", "response.many"),
    ],
)
def test_wrong_options(type_: str, written: str, code: str) -> None:
    """Unknown ones, twice the same, several where one may be chosen."""
    question = BY_TYPE[type_]
    ids = [option.id for option in question.choices()]
    with pytest.raises(CannotRead) as caught:
        read_response(question, written.format(*ids))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("type_", "written", "code"),
    [
        ("true_false_group", "{0}=có", "response.true_false"),
        ("true_false_group", "{0}", "response.pair"),
        ("true_false_group", "{0}=true;{0}=true", "response.twice"),
        ("matching", "{0}=nowhere", "response.unknown"),
        ("matching", "nowhere={0}", "response.unknown"),
        ("ordering", "{0};{1}", "response.order"),
        ("cloze", "nowhere=1", "response.unknown"),
    ],
)
def test_wrong_parts(type_: str, written: str, code: str) -> None:
    """Unknown, missing, twice, of another form."""
    question = typed(type_)
    parts = next(
        getattr(question, name)
        for name in ("statements", "left", "items", "gaps")
        if hasattr(question, name)
    )
    with pytest.raises(CannotRead) as caught:
        read_response(question, written.format(*(part.id for part in parts)))
    assert caught.value.code == code


def test_times_need_an_offset() -> None:
    """Any offset will do."""
    assert read_time("2026-11-23T08:00:00+07:00") == OPENS
    assert read_time("2026-11-23T01:00:00.0019Z") == OPENS + 1
    assert read_time("") is None
    for written, code in (("2026-11-23T08:00:00", "cell.naive"), ("8 giờ", "cell.time")):
        with pytest.raises(CannotRead) as caught:
            read_time(written)
        assert caught.value.code == code


@pytest.mark.parametrize("written", ["1e3", "NaN", "1,5", "١", "1.1234567", "+1", " "])
def test_numbers_are_plain(written: str) -> None:
    """Digits and a point; no powers, no commas, no other script's digits."""
    with pytest.raises(CannotRead):
        read_decimal(written)
