"""Editing facts and sources, and moving questions: what follows for the questions, what is kept."""

from __future__ import annotations

import datetime

import pytest

from questions import load_bank
from questions.editing import EditedBank, Entry, Ground
from questions.problems import ProblemsFound
from tests.questions.conftest import BankFolder


def question(bank: EditedBank, id_: str) -> Entry:
    """Return the question with an id that stays."""
    (found,) = [one for one in bank.entries if one.id == id_ and not one.removed]
    return found


def ground(bank: EditedBank, id_: str) -> Ground:
    """Return the fact or source with an id."""
    (found,) = [one for one in (*bank.facts.entries, *bank.sources.entries) if one.id == id_]
    return found


def changed(one: Ground, **values: object) -> dict[str, object]:
    """Return what an entry holds, some of it changed; None takes a key away."""
    data = {**one.data, **values}
    return {key: value for key, value in data.items() if value is not None}


def refusal(bank: EditedBank) -> list[str]:
    """Return the codes with which saving is refused."""
    with pytest.raises(ProblemsFound) as found:
        bank.save()
    return [problem.code for problem in found.value.problems]


def test_a_changed_fact_sends_its_questions_back_to_draft(folder: BankFolder) -> None:
    """They are told, and only the fact's lines change in its file."""
    bank = EditedBank(folder.path)
    bank.approve(bank.entries, "reviewed", "Người soạn mẫu", datetime.date(2026, 3, 15))
    bank = EditedBank(folder.path)
    assert {bank.status(one) for one in bank.entries} == {"reviewed"}
    fact = ground(bank, "f.1")
    before = folder.read("facts.yml")
    value = {"type": "number", "value": 13, "unit": "người"}
    resting = bank.change_ground(
        fact, changed(fact, statement="Đơn vị mẫu có 13 người.", values=[value])
    )
    assert [one.id for one in resting] == ["c-1", "c-2", "r-1"]
    assert {bank.status(one) for one in bank.entries} == {"draft"}
    assert bank.save() == ["facts.yml"]
    after = folder.read("facts.yml")
    assert after == before.replace("12", "13")
    again = load_bank(folder.path)
    assert {again.status_of(one) for one in again.questions} == {"draft"}


def test_undoing_a_fact_gives_the_review_back(folder: BankFolder) -> None:
    """Nothing of the question had changed."""
    bank = EditedBank(folder.path)
    bank.approve(bank.entries, "reviewed", "Người soạn mẫu", datetime.date(2026, 3, 15))
    fact = ground(bank, "f.1")
    bank.change_ground(fact, changed(fact, statement="Khác."))
    assert "-    statement: Đơn vị mẫu có 12 người." in fact.diff() or fact.diff()
    bank.undo_ground(fact)
    assert fact.diff() == ""
    assert {bank.status(one) for one in bank.entries} == {"reviewed"}
    assert bank.changed_grounds == []


def test_comments_of_facts_and_sources_stay(folder: BankFolder) -> None:
    """What somebody noted beside a line is still there after saving."""
    folder.replace("facts.yml", "  - id: f.1\n", "  # hỏi lại văn phòng\n  - id: f.1\n")
    folder.replace("facts.yml", "value: 12\n", "value: 12  # đếm ngày 15/3\n")
    bank = EditedBank(folder.path)
    fact, source = ground(bank, "f.1"), ground(bank, "nguon")
    bank.change_ground(fact, changed(fact, note="Đã hỏi."))
    bank.change_ground(source, changed(source, number="12-QĐ/ĐV"))
    assert bank.save() == ["facts.yml", "sources.yml"]
    text = folder.read("facts.yml")
    assert "# hỏi lại văn phòng" in text and "# đếm ngày 15/3" in text
    assert load_bank(folder.path).source_by_id["nguon"].number == "12-QĐ/ĐV"
    assert bank.changed_grounds == []


def test_a_fact_in_conflict_or_gone_keeps_its_questions_from_being_saved(
    folder: BankFolder,
) -> None:
    """Nothing is written; the questions are told beside the fact."""
    bank = EditedBank(folder.path)
    fact, before = ground(bank, "f.1"), folder.read("facts.yml")
    bank.change_ground(fact, changed(fact, status="in_conflict"))
    assert set(refusal(bank)) == {"question.fact_in_conflict"}
    bank.undo_ground(fact)
    assert [one.id for one in bank.remove_ground(fact)] == ["c-1", "c-2", "r-1"]
    assert set(refusal(bank)) == {"fact.unknown"}
    assert folder.read("facts.yml") == before
    bank.undo_ground(fact)
    assert bank.changed_grounds == []


def test_a_source_that_facts_cite_cannot_be_renamed_alone(folder: BankFolder) -> None:
    """The facts are told, though nobody has touched them."""
    bank = EditedBank(folder.path)
    source = ground(bank, "nguon")
    bank.change_ground(source, changed(source, id="van-ban"))
    assert refusal(bank) == ["source.unknown"]
    fact = ground(bank, "f.1")
    cites = {"source": "van-ban", "place": "Mục 1"}
    bank.change_ground(fact, changed(fact, cites=cites))
    assert bank.save() == ["facts.yml", "sources.yml"]
    assert load_bank(folder.path).fact_by_id["f.1"].cites.source == "van-ban"


def test_new_facts_and_sources_stand_behind_the_others(folder: BankFolder) -> None:
    """One that isn't right yet keeps everything from being written."""
    bank = EditedBank(folder.path)
    source, fact = bank.sources.add(), bank.facts.add()
    bank.change_ground(fact, {"id": "f.3", "statement": "Có một phòng."})
    assert "model.missing" in refusal(bank)
    about = {"title": "Thông báo mẫu", "issuer": "Đơn vị mẫu", "kind": "document"}
    bank.change_ground(source, {"id": "tb", **about, "copy": "official"})
    cites = {"source": "tb", "place": "Mục 2"}
    bank.change_ground(fact, changed(fact, cites=cites, status="one_source"))
    assert bank.save() == ["facts.yml", "sources.yml"]
    again = load_bank(folder.path)
    assert list(again.fact_by_id)[-1] == "f.3"
    assert list(again.source_by_id)[-1] == "tb"


def test_a_question_moves_with_its_comments(folder: BankFolder) -> None:
    """It is a draft afterwards, and what stands around it stays."""
    bank = EditedBank(folder.path)
    bank.approve(bank.entries, "reviewed", "Người soạn mẫu", datetime.date(2026, 3, 15))
    moved = bank.move(question(bank, "c-1"), "rieng")
    assert bank.status(moved) == "draft"
    assert moved.errors == []
    bank.change(moved, {**moved.data, "level": "understand"})
    assert bank.save() == ["chung.yml", "rieng.yml"]
    assert "# theo văn bản mẫu" in folder.read("rieng.yml")
    assert "# câu hai" in folder.read("chung.yml")
    again = load_bank(folder.path)
    assert [(one.id, one.topic) for one in again.questions] == [
        ("c-2", "chung"), ("r-1", "rieng"), ("c-1", "rieng")
    ]  # fmt: skip
    assert again.question_by_id["c-1"].level == "understand"
    assert [one.id for one in bank.changed] == []


def test_moving_can_be_undone_and_back(folder: BankFolder) -> None:
    """Back in its own topic it is the very question it was."""
    bank = EditedBank(folder.path)
    moved = bank.move(question(bank, "c-1"), "rieng")
    bank.undo(moved)
    assert bank.changed == []
    back = bank.move(bank.move(question(bank, "c-1"), "rieng"), "chung")
    assert bank.changed == []
    assert back.index == 0
