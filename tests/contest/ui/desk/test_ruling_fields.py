"""The form of a ruling: read from the functions that check it."""

from __future__ import annotations

import pytest

from contest.rulings.service import KINDS
from contest.ui.desk.messages import TEXTS
from contest.ui.desk.ruling_fields import Missing, fields_of, kind_words, read_fields
from contest.ui.desk.words import without_options


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_words(kind: str) -> None:
    """A new kind, or a new argument of one, needs them."""
    assert kind_words(kind)
    assert f"hint.{kind}" in TEXTS
    for field in fields_of(kind):
        assert f"field.{field.name}" in TEXTS


def test_fields_follow_the_function() -> None:
    """Names, shapes, and what must be filled in."""
    found = [(one.name, one.shape, one.required) for one in fields_of("void")]
    assert found == [("question", "text", True), ("how", "how", True), ("round_id", "round", False)]


def test_what_is_missing_is_named_at_once() -> None:
    """Spaces are nothing."""
    with pytest.raises(Missing) as found:
        read_fields("mark", {"attempt": " ", "question": "ch-1"})
    assert found.value.names == ["attempt", "points"]


def test_what_is_empty_is_left_out() -> None:
    """The function's own default holds."""
    typed = {"question": " ch-1 ", "how": "out", "round_id": "", "hack": "x"}
    assert read_fields("void", typed) == {"question": "ch-1", "how": "out"}


def test_lists_are_one_a_line() -> None:
    """Where they come from is said by the kit."""
    found = read_fields("admit", {"round_id": "ky-2", "contestants": " ts-1\n\nts-2 \n"})
    assert found["contestants"] == ["ts-1", "ts-2"]
    assert found["origin"]


def test_refusals_name_fields_and_not_options() -> None:
    """Nobody types options at the desk."""
    told = without_options("Hãy ghi một trong hai: --attempt hoặc --contestant; xem --khac.")
    assert told == "Hãy ghi một trong hai: “Mã lượt thi” hoặc “Mã thí sinh”; xem --khac."
