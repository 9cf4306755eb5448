"""Bank, facts and sources."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import TypeAdapter, ValidationError

from questions import Bank, load_bank
from questions.model import FactValue
from questions.strict import PartialDate
from tests.questions.strategies import banks


@pytest.fixture
def bank(folder) -> Bank:
    """The small bank, loaded."""
    return load_bank(folder.path)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(banks())
def test_plain_data_gives_the_bank_back(bank):
    """`from_data(to_data(bank))` differs in order only, and not in the hash."""
    again = Bank.from_data(bank.to_data())
    assert again.to_data() == bank.to_data()
    assert again.content_hash() == bank.content_hash()


def test_the_hash_does_not_depend_on_the_order(bank):
    """Moving an entry within its file is no change of content."""
    turned = bank.model_copy(update={"facts": bank.facts[::-1], "questions": bank.questions[::-1]})
    assert turned.content_hash() == bank.content_hash()


def test_the_hash_changes_with_the_content(bank):
    """Any edit of a fact or question shows."""
    fact = bank.facts[0].model_copy(update={"statement": "Khác."})
    assert bank.model_copy(update={"facts": (fact,)}).content_hash() != bank.content_hash()


def test_entries_are_found_by_id(bank):
    """Sources, facts and questions."""
    assert bank.source_by_id["bao"].title == "Bài báo mẫu"
    assert bank.fact_by_id["f.1"].status == "confirmed"
    assert bank.question_by_id["r-1"].topic == "rieng"


def test_looking_up_does_not_change_equality(bank, folder):
    """Banks are equal by content, whatever was asked of them."""
    assert bank.fact_by_id
    assert bank == load_bank(folder.path)


def test_a_copy_looks_up_its_own_entries(bank):
    """A copy with other facts doesn't answer with the old ones."""
    assert "f.1" in bank.fact_by_id
    assert bank.model_copy(update={"facts": ()}).fact_by_id == {}


def test_what_a_reviewer_does_not_see_does_not_matter(folder, bank):
    """A note for authors doesn't send questions back to draft."""
    before = bank.reviewed_hash(bank.question_by_id["r-1"])
    folder.replace("facts.yml", "status: confirmed", "status: confirmed\n    note: Coi chừng.")
    after = load_bank(folder.path)
    assert after.reviewed_hash(after.question_by_id["r-1"]) == before


def test_a_question_without_stamp_is_a_draft(bank):
    """Nobody has looked at it."""
    assert {bank.status_of(question) for question in bank.questions} == {"draft"}


@pytest.mark.parametrize("value", ["2026", "2026-02", "2024-02-29", "0001-01-01"])
def test_a_date_may_be_known_in_part(value):
    """Year, month or day."""
    assert TypeAdapter(PartialDate).validate_python(value) == value


@pytest.mark.parametrize(
    "value", ["26", "2026-2", "2026-13", "2026-02-29", "0000", "01/2026", True]
)
def test_an_impossible_date_is_refused(value):
    """In whole or in part."""
    with pytest.raises(ValidationError):
        TypeAdapter(PartialDate).validate_python(value)


@pytest.mark.parametrize(
    "data",
    [
        {"type": "number", "value": "7.1", "unit": "%"},
        {"type": "number", "value": 10, "to": 11, "unit": "%/năm", "bound": "about"},
        {"type": "date", "value": "2026-01-19", "to": "2026-01-23"},
        {"type": "text", "value": "từ sớm, từ xa"},
        {"type": "name", "value": "Ban Thường vụ Tỉnh ủy"},
    ],
)
def test_values_have_types(data):
    """What a question may ask for."""
    assert TypeAdapter(FactValue).validate_python(data).type == data["type"]


@pytest.mark.parametrize(
    "data",
    [
        {"type": "number", "value": "NaN", "unit": "%"},
        {"type": "number", "value": 1},
        {"type": "number", "value": 1, "unit": "%", "bound": "nearly"},
        {"type": "date", "value": "xưa"},
        {"type": "colour", "value": "đỏ"},
    ],
)
def test_values_of_no_type_are_refused(data):
    """A number needs its unit, a date must be one."""
    with pytest.raises(ValidationError):
        TypeAdapter(FactValue).validate_python(data)
