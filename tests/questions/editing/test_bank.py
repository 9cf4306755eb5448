"""Editing a bank: what is found, changed, told, written; nothing before `save`, nothing in part."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questions import load_bank
from questions.dump import dump_bank, entry_data
from questions.editing import EditedBank, Entry
from questions.problems import ProblemsFound
from tests.questions.conftest import FILES, BankFolder
from tests.questions.strategies import banks, questions

DAY = datetime.date(2026, 3, 15)


def entry(bank: EditedBank, id_: str) -> Entry:
    """Return the entry with an id."""
    (found,) = [one for one in bank.entries if one.id == id_]
    return found


def files(folder: BankFolder) -> dict[str, str]:
    """Return the text of every file of the bank."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.path.glob("*.yml")}


def refusal(bank: EditedBank) -> list[str]:
    """Return the codes with which saving is refused."""
    with pytest.raises(ProblemsFound) as found:
        bank.save()
    return [problem.code for problem in found.value.problems]


def test_a_bank_opens_as_it_is(folder: BankFolder) -> None:
    """Nothing has changed, and each question has its place and topic."""
    bank = EditedBank(folder.path)
    assert [(one.id, one.topic, one.index) for one in bank.entries] == [
        ("c-1", "chung", 0), ("c-2", "chung", 1), ("r-1", "rieng", 0)
    ]  # fmt: skip
    assert bank.changed == []
    assert bank.own == []


def test_rows_are_narrowed_by_everything_at_once(folder: BankFolder) -> None:
    """Words are found whatever their capitals and diacritics."""
    bank = EditedBank(folder.path)

    def ids(**wanted: object) -> list[str]:
        return [one.id for one in bank.rows(**wanted)]  # type: ignore[arg-type]

    assert ids(topic="rieng") == ["r-1"]
    assert ids(level="recall") == ["c-1"]
    assert ids(type_="multiple") == ["c-2"]
    assert ids(status="approved") == []
    assert ids(words="SO CHAN") == ["c-2"]
    assert ids(words="mười", topic="chung", type_="single") == []
    assert ids(only_problems=True) == []


def test_an_edit_shows_at_once_and_is_not_written(folder: BankFolder) -> None:
    """With its difference from what was saved."""
    bank = EditedBank(folder.path)
    one = entry(bank, "c-1")
    bank.change(one, {**one.data, "level": "apply"})
    assert bank.changed == [one] == bank.rows(only_changed=True)
    lines = one.diff().splitlines()
    assert "-    level: recall" in lines
    assert "+    level: apply" in lines
    assert files(folder) == FILES


def test_saving_changes_the_edited_lines_only(folder: BankFolder) -> None:
    """Comments and layout of everything else stay."""
    bank = EditedBank(folder.path)
    one = entry(bank, "c-1")
    bank.change(one, {**one.data, "explanation": "Mười hai."})
    assert bank.save() == ["chung.yml"]
    wanted = FILES["chung.yml"].replace("Có 12 người.  #", "Mười hai.  #")
    assert files(folder) == {**FILES, "chung.yml": wanted}
    assert bank.changed == []
    assert one.diff() == ""


def test_every_problem_is_told_and_nothing_written(folder: BankFolder) -> None:
    """Of all questions at once, also where another one could be saved."""
    bank = EditedBank(folder.path)
    one, two, three = bank.entries
    bank.change(one, {**one.data, "key": "z"})
    bank.change(two, {**two.data, "level": "khó", "stem": ""})
    bank.change(three, {**three.data, "stem": "Đơn vị mẫu có 12 người."})
    codes = refusal(bank)
    assert "question.key_unknown" in codes
    assert {code for code in codes if code.startswith("model.")} >= {"model.literal_error"}
    assert files(folder) == FILES


def test_a_question_with_problems_can_be_mended(folder: BankFolder) -> None:
    """Beside it stands what is wrong; the others can be saved meanwhile."""
    folder.replace("rieng.yml", "key: true", "key: maybe")
    bank = EditedBank(folder.path)
    bad, good = entry(bank, "r-1"), entry(bank, "c-1")
    assert [problem.code for problem in bad.errors] == ["model.bool_type"]
    bank.change(good, {**good.data, "level": "apply"})
    bank.save()
    bank.change(bad, {**bad.data, "key": False})
    bank.save()
    assert load_bank(folder.path).question_by_id["r-1"].key is False


def test_ids_must_differ(folder: BankFolder) -> None:
    """From those of all topics."""
    bank = EditedBank(folder.path)
    one = entry(bank, "r-1")
    bank.change(one, {**one.data, "id": "c-1"})
    assert refusal(bank) == ["question.repeated"]


def test_questions_come_and_go(folder: BankFolder) -> None:
    """A new one stands behind the others of its topic, with an id that is free."""
    bank = EditedBank(folder.path)
    old = entry(bank, "r-1")
    new = bank.add("rieng", {**{key: old.data[key] for key in old.data if key != "id"}})
    assert new.id == "rieng-001"
    bank.remove(entry(bank, "c-1"))
    assert bank.save() == ["chung.yml", "rieng.yml"]
    loaded = load_bank(folder.path)
    assert list(loaded.question_by_id) == ["c-2", "r-1", "rieng-001"]
    assert "# câu hai" in folder.read("chung.yml")
    bank.change(new, {**new.data, "level": "recall"})
    bank.save()
    assert load_bank(folder.path).question_by_id["rieng-001"].level == "recall"


def test_what_was_taken_away_or_changed_can_come_back(folder: BankFolder) -> None:
    """As long as it isn't saved."""
    bank = EditedBank(folder.path)
    one = entry(bank, "c-1")
    bank.change(one, {**one.data, "stem": "Khác?"})
    bank.undo(one)
    bank.remove(one)
    bank.undo(one)
    bank.undo(bank.add("rieng"))
    assert bank.changed == []


def test_files_changed_by_others_are_not_overwritten(folder: BankFolder) -> None:
    """Whoever saved first has won; the page says so."""
    bank = EditedBank(folder.path)
    one = entry(bank, "c-1")
    bank.change(one, {**one.data, "level": "apply"})
    folder.replace("chung.yml", "Mười bốn", "14")
    before = files(folder)
    assert refusal(bank) == ["file.changed"]
    assert files(folder) == before


def test_approval_is_stamped_and_an_edit_takes_it_back(folder: BankFolder) -> None:
    """By the hash of what was approved."""
    bank = EditedBank(folder.path)
    one = entry(bank, "c-1")
    assert bank.approve([one], "approved", "Tổ nội dung", DAY) == ["c-1"]
    assert bank.status(one) == "approved"
    assert bank.changed == []
    bank.change(one, {**one.data, "stem": "Đơn vị mẫu có mấy người?"})
    assert bank.status(one) == "draft"
    bank.save()
    loaded = load_bank(folder.path)
    assert loaded.status_of(loaded.question_by_id["c-1"]) == "draft"
    assert "# theo văn bản mẫu" in folder.read("chung.yml")


def test_unsaved_questions_are_not_approved(folder: BankFolder) -> None:
    """What is approved is what stands in the file."""
    bank = EditedBank(folder.path)
    one = entry(bank, "c-1")
    bank.change(one, {**one.data, "level": "apply"})
    with pytest.raises(ProblemsFound) as found:
        bank.approve([one], "approved", "Tổ nội dung", DAY)
    assert [problem.code for problem in found.value.problems] == ["question.unsaved"]
    assert files(folder) == FILES


def test_comparing_puts_advice_beside_questions(folder: BankFolder) -> None:
    """What only several questions together show, such as twins."""
    bank = EditedBank(folder.path)
    one = entry(bank, "c-1")
    bank.add("chung", {**one.data, "id": "c-9"})
    bank.save()
    bank.compare()
    assert any("twin" in problem.code for one in bank.entries for problem in one.compared)


def test_a_bank_whose_header_is_broken_says_so(folder: BankFolder) -> None:
    """There is nothing to edit, but what is wrong is told."""
    folder.write("bank.yml", "version: 1\ntopics: []\n")
    bank = EditedBank(folder.path)
    assert bank.entries == []
    assert any(problem.file == "bank.yml" for problem in bank.own)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(banks().filter(lambda bank: bank.questions), st.data())
def test_what_was_edited_and_saved_loads_equal(bank, data) -> None:
    """Whatever the question was and whatever it becomes."""
    old = data.draw(st.sampled_from(bank.questions))
    facts, sources = [one.id for one in bank.facts], [one.id for one in bank.sources]
    new = data.draw(questions(old.topic, facts, sources))
    with tempfile.TemporaryDirectory() as name:
        dump_bank(bank, Path(name))
        edited = EditedBank(Path(name))
        one = entry(edited, old.id)
        edited.change(one, {**entry_data(new), "id": old.id})
        if one.errors:
            assert files_of(name) == files_after(edited, name)
            return
        edited.save()
        assert load_bank(Path(name)).question_by_id[old.id] == one.question
        assert EditedBank(Path(name)).changed == []


def files_of(name: str) -> dict[str, bytes]:
    """Return the bytes of every file."""
    return {path.name: path.read_bytes() for path in Path(name).glob("*.yml")}


def files_after(edited: EditedBank, name: str) -> dict[str, bytes]:
    """Return the bytes of every file after a saving that must be refused."""
    with pytest.raises(ProblemsFound):
        edited.save()
    return files_of(name)
