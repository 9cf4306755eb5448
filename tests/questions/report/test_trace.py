"""From a question to its sources, in words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from questions import read_bank
from questions.load import ReadBank
from questions.model import Bank, DateValue, NumberValue
from questions.report.trace import UnknownId, trace
from questions.report.values import value_text
from tests.questions.conftest import BankFolder
from tests.questions.strategies import banks


def test_a_question_leads_to_facts_and_sources(folder: BankFolder) -> None:
    """With its answer, the place in the source, and what confirms it."""
    shown = trace([read_bank(folder.path)], "c-1")
    order = ["chung.yml:4", "Đơn vị mẫu có bao nhiêu người?", "12 người", "Dữ kiện f.1",
             "Đã được hai nguồn", "Nguồn nguon, Mục 1", "Văn bản mẫu", "bao, Đoạn 2"]  # fmt: skip
    places = [shown.index(part) for part in order]
    assert places == sorted(places)


def test_facts_and_sources_may_be_asked_for_too(folder: BankFolder) -> None:
    """What uses them is told."""
    reads = [read_bank(folder.path)]
    assert "c-1, c-2, r-1" in trace(reads, "f.1")
    assert "Chưa có câu hỏi nào" in trace(reads, "f.2")
    assert "f.1, f.2" in trace(reads, "bao")


def test_an_unknown_id_names_those_that_are_near(folder: BankFolder) -> None:
    """The most alike first; none where nothing is."""
    reads = [read_bank(folder.path)]
    with pytest.raises(UnknownId) as found:
        trace(reads, "c-11")
    assert found.value.near[0] == "c-1"
    with pytest.raises(UnknownId) as found:
        trace(reads, "zzzzzzzz")
    assert found.value.near == []


def test_values_are_written_as_in_vietnamese() -> None:
    """Separators, bounds, days before months."""
    about = NumberValue(type="number", value="8500", unit="USD", bound="about")
    assert value_text(about) == "khoảng 8.500 USD"
    span = NumberValue(type="number", value="10.5", to="11", unit="%")
    assert value_text(span) == "10,5 - 11 %"
    assert value_text(DateValue(type="date", value="2026-03-15")) == "15/3/2026"
    assert value_text(DateValue(type="date", value="2026-01", to="2026-02")) == "01/2026 - 02/2026"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(banks())
def test_any_question_can_be_told_about(bank: Bank) -> None:
    """Every type has a way to its sources."""
    read = ReadBank(bank, [], {})
    for question in bank.questions:
        shown = trace([read], question.id)
        for id_ in question.facts:
            assert bank.fact_by_id[id_].cites.source in shown
