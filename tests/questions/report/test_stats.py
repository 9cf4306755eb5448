"""What a bank consists of."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from questions import load_bank
from questions.model import Bank
from questions.report.stats import distribution, is_traced, key_positions, stats, told
from tests.questions.conftest import BankFolder
from tests.questions.strategies import banks


def test_figures_are_what_the_files_hold(folder: BankFolder) -> None:
    """Counted by hand."""
    folder.replace(
        "facts.yml",
        "    status: confirmed",
        "    list: dot_pha\n    item: 2\n    status: confirmed",
    )
    figures = stats([load_bank(folder.path)])
    assert list(figures) == ["questions", "by_type", "by_topic", "by_level", "lists", "untraced"]
    assert figures["questions"] == 3
    assert figures["by_type"] == {"multiple": 1, "single": 1, "true_false": 1}
    assert figures["by_topic"] == {"chung": 2, "rieng": 1}
    assert figures["by_level"] == {"recall": 1, "understand": 1, "apply": 1}
    assert figures["lists"]["dot_pha"] == {"1": 0, "2": 3, "3": 0}
    assert {name: len(items) for name, items in figures["lists"].items()} == {
        "quan_diem": 5, "dinh_huong": 12, "nhiem_vu": 6, "dot_pha": 3,
    }  # fmt: skip
    assert figures["untraced"] == 0


def test_several_banks_are_added_up(folder: BankFolder) -> None:
    """Topics of one id are one."""
    bank = load_bank(folder.path)
    assert stats([bank, bank])["by_topic"] == {"chung": 4, "rieng": 2}
    assert stats([])["questions"] == 0


def test_a_question_that_leads_nowhere_is_untraced(folder: BankFolder) -> None:
    """Without facts, or with a fact that isn't there."""
    bank = load_bank(folder.path)
    question = bank.questions[0]
    for facts in ((), ("khong",)):
        lost = question.model_copy(update={"facts": facts})
        assert not is_traced(bank, lost)
        assert stats([bank.model_copy(update={"questions": (lost,)})])["untraced"] == 1
    assert is_traced(bank, question)


def test_keys_are_counted_by_their_place(folder: BankFolder) -> None:
    """The one single choice has its key at b."""
    bank = load_bank(folder.path)
    assert key_positions([bank]) == {(2, 2): 1}
    assert distribution([bank])["chung", "recall", "single"] == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(banks())
def test_parts_add_up(bank: Bank) -> None:
    """Every question is counted once in each way, and every bank can be told about."""
    figures = stats([bank])
    for name in ("by_type", "by_topic", "by_level"):
        assert sum(figures[name].values()) == figures["questions"] == len(bank.questions)
    assert str(figures["questions"]) in told([bank])
