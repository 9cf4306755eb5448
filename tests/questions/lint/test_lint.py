"""Advice as a whole: places, order, texts, every type, the kit's own bank."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings

import questions.lint
from questions.lint import lint
from questions.lint.messages import TEXTS
from questions.load import BANKS, read_bank
from questions.places import Place
from questions.yaml_lines import YamlFile
from tests.questions.conftest import BankFolder
from tests.questions.lint.build import advice, true_false
from tests.questions.strategies import banks

SOURCES = Path(questions.lint.__file__).parent


def test_advice_names_file_and_line_and_a_way_to_mend(folder: BankFolder) -> None:
    """As every finding of the kit does."""
    line = folder.replace("chung.yml", "text: 11 người", "text: Chỉ 11 người")
    read = read_bank(folder.path)
    assert read.bank
    (found,) = [one for one in lint(read.bank, read.places) if one.code == "lint.absolute"]
    assert (found.file, found.line, found.advice) == ("chung.yml", line, True)
    assert "c-1" in found.message
    assert found.fix


def test_drafts_that_nobody_accepted_are_told() -> None:
    """They bear a tag until a person takes them."""
    draft = true_false("Xã họp ở đình.", True, tags=["may-soan"])
    assert [one.code for one in advice(draft)] == ["lint.drafted"]


def test_every_text_is_used_and_every_code_has_its_texts() -> None:
    """Nothing is translated in vain, nothing fails for want of a sentence."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in SOURCES.glob("*.py")
        if path.name != "messages.py"
    )
    used = set(re.findall(r'"((?:lint|word|form)\.[a-z_]+)"', code))
    assert used <= set(TEXTS)
    assert {key for key in TEXTS if not key.endswith(".fix")} <= used
    faults = {key for key in TEXTS if key.startswith("lint.") and not key.endswith(".fix")}
    assert {f"{key}.fix" for key in faults} <= set(TEXTS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(banks())
def test_any_bank_can_be_looked_at(bank: object) -> None:
    """Whatever its texts, types and size; the same each time."""
    file = YamlFile("x.yml", {}, {(): 1})
    kinds = {"question": bank.questions, "topic": bank.topics}
    places = {
        (kind, entry.id): Place(file, ()) for kind, entries in kinds.items() for entry in entries
    }
    found = lint(bank, places)
    assert found == lint(bank, places)
    assert all(one.advice for one in found)


def test_the_kits_banks_have_no_drafts_and_no_twins() -> None:
    """Whoever practises meets each question once."""
    for header in BANKS.glob("*/bank.yml"):
        read = read_bank(header.parent)
        assert read.bank
        found = {one.code for one in lint(read.bank, read.places)}
        assert not found & {"lint.drafted", "lint.false_d", "lint.date_impossible"}
