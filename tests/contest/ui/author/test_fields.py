"""What a form shows of a question and what comes back are the same question."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contest.ui.author.fields import FOOT, HEAD, OWN, blank, data_of, fields_of, free_id, values_of
from contest.ui.author.messages import TEXTS
from questions.dump import entry_data
from questions.load import question_from_data
from questions.types import Question
from tests.questions.strategies import questions


def plain_lines(question: Any) -> bool:
    """Return whether what a form has on a line of its own has no line breaks or signs of lists."""
    gaps = getattr(question, "gaps", ())
    lines = [answer for gap in gaps for answer in gap.accepted]
    lines += [option.text for gap in gaps for option in gap.options]
    return not any(len(line.splitlines()) > 1 or line != line.strip() for line in lines)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(list(OWN)), st.data())
def test_a_form_gives_back_what_it_shows(type_: str, data: Any) -> None:
    """Question -> values -> the same question, for every type."""
    question = data.draw(questions("chung", ["f.1"], ["nguon"], [type_]).filter(plain_lines))
    before = entry_data(question)
    after = data_of(type_, values_of(type_, before), before)
    assert question_from_data({**after, "topic": "chung"}) == question


def test_every_type_has_a_form_with_all_its_keys() -> None:
    """A new key of a model is missed here."""
    models = Question.__origin__.__args__
    assert {model.model_fields["type"].annotation.__args__[0] for model in models} == set(OWN)
    folded = {"key", "weights"}  # inside the rows of options, pairs, places
    for model in models:
        type_ = model.model_fields["type"].annotation.__args__[0]
        shown = {field.key for field in fields_of(type_)} | {"topic", "type", "status"} | folded
        assert set(model.model_fields) <= shown, type_


def test_every_field_and_choice_has_words() -> None:
    """No key of a file stands where a person reads."""
    for type_ in OWN:
        for field in fields_of(type_):
            assert f"field.{field.key}" in TEXTS
            for column in field.columns:
                assert f"column.{column.key}" in TEXTS
            prefix = "value" if field.key == "key" else field.key
            assert all(f"{prefix}.{one}" in TEXTS for one in field.choices if one)


@pytest.mark.parametrize("type_", list(OWN))
def test_what_is_wrong_can_be_shown(type_: str) -> None:
    """A file may hold anything under a key."""
    for odd in (None, "x", 3, True, ["x"], [{"id": 1}], {"a": "b"}):
        data = {field.key: odd for field in (*HEAD, *OWN[type_], *FOOT)}
        assert data_of(type_, values_of(type_, data), {"type": type_})["type"] == type_


def test_two_right_options_of_a_single_choice_are_no_key() -> None:
    """None is guessed."""
    values = values_of("single", {"options": [{"id": "a", "text": "1"}, {"id": "b", "text": "2"}]})
    for row in values["options"]:
        row["right"] = True
    assert "key" not in data_of("single", values, {"type": "single"})


def test_a_decimal_comma_is_understood() -> None:
    """As people here write numbers."""
    values = {**values_of("numeric", {}), "key": "7,5", "points": "1,5"}
    data = data_of("numeric", values, {"type": "numeric"})
    assert (data["key"], data["points"]) == ("7.5", "1.5")


def test_new_rows_get_free_letters() -> None:
    """The first that no row has."""
    assert free_id([{"id": "a"}, {"id": "c"}]) == "b"
    assert [row["id"] for row in blank("single")["options"]] == ["a", "b", "c", "d"]
