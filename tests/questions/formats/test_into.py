"""Drafts into a bank: all of them or nothing, and what was there stays as it was typed."""

from __future__ import annotations

import datetime

import pytest

from questions import load_bank, read_bank
from questions.formats.into import plan_import
from questions.problems import ProblemsFound
from questions.review import set_status
from tests.questions.formats.files import Paper, png, read

TEXT = "## Câu 1\nMột?\n- [x] a\n- [ ] b\n\n## Câu 2\nHai?\n- [ ] c\n- [x] d\nDữ kiện: f.1\n"


def bytes_of(path):
    """Return name -> bytes of every file below a folder."""
    return {one.name: one.read_bytes() for one in path.rglob("*") if one.is_file()}


def refusals(folder, reading, topic="rieng", title=None):
    """Return the codes of why drafts can't come in, and make sure that nothing changed."""
    before = bytes_of(folder.path)
    with pytest.raises(ProblemsFound) as found:
        plan_import(reading, folder.path, topic, title)
    assert bytes_of(folder.path) == before
    return [one.code for one in found.value.problems]


def test_drafts_come_behind_what_is_there(folder, tmp_path):
    """Comments and layout of the old questions stay, byte by byte."""
    old = folder.read("chung.yml")
    plan = plan_import(read(tmp_path, "x.md", TEXT), folder.path, "chung")
    assert folder.read("chung.yml") == old
    plan.write()
    assert folder.read("chung.yml").startswith(old.rstrip())
    bank = load_bank(folder.path)
    assert [one.id for one in bank.questions] == ["c-1", "c-2", "chung-001", "chung-002", "r-1"]
    assert {bank.status_of(bank.question_by_id[id_]) for id_ in plan.ids} == {"draft"}


def test_a_draft_without_facts_is_work_to_do_and_no_error(folder, tmp_path):
    """It is never drawn; the one with a fact isn't named."""
    plan = plan_import(read(tmp_path, "x.md", TEXT), folder.path, "chung")
    told = [(one.code, one.advice) for one in plan.advice if one.code == "question.no_fact"]
    assert told == [("question.no_fact", True)]
    plan.write()
    assert read_bank(folder.path).errors == []


def test_a_question_without_facts_is_not_approved(folder, tmp_path):
    """Nobody can vouch for what rests on nothing."""
    plan_import(read(tmp_path, "x.md", TEXT), folder.path, "chung").write()
    before = bytes_of(folder.path)
    with pytest.raises(ProblemsFound) as found:
        set_status(folder.path, "approved", "An", datetime.date(2026, 1, 23))
    assert [one.code for one in found.value.problems] == ["question.no_fact"]
    assert bytes_of(folder.path) == before
    set_status(folder.path, "approved", "An", datetime.date(2026, 1, 23), ["chung-002"])
    assert load_bank(folder.path).question_by_id["chung-002"].status.status == "approved"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (TEXT.replace("[x] a", "[ ] a"), ["draft.no_key"]),
        (TEXT.replace("f.1", "f.9"), ["fact.unknown"]),
        (TEXT.replace("f.1", "f.2"), ["question.fact_in_conflict"]),
        (TEXT + "Mã: c-1\n", ["into.id_taken"]),
        (TEXT.replace("[x] a", "[ ] a").replace("[x] d", "[ ] d"), ["draft.no_key"] * 2),
    ],
)
def test_one_fault_keeps_everything_out(folder, tmp_path, text, codes):
    """The good questions too."""
    assert refusals(folder, read(tmp_path, "x.md", text)) == codes


def test_a_level_is_never_made_up(folder, tmp_path):
    """Told for every question that lacks one."""
    reading = read(tmp_path, "x.md", TEXT, level=None)
    assert refusals(folder, reading) == ["into.no_level", "into.no_level"]


def test_a_topic_must_be_known_or_titled(folder, tmp_path):
    """A new one gets its file and its line in bank.yml."""
    reading = read(tmp_path, "x.md", TEXT)
    assert refusals(folder, reading, "moi") == ["into.topic"]
    assert refusals(folder, reading, "facts", "Mới") == ["into.topic_id"]
    plan_import(reading, folder.path, "moi", "Phần mới").write()
    bank = load_bank(folder.path)
    assert [(one.id, one.title) for one in bank.topics][-1] == ("moi", "Phần mới")
    assert [one.topic for one in bank.questions][-2:] == ["moi", "moi"]


def test_a_new_bank_is_made_where_there_is_none(tmp_path):
    """With a title; the folder may not even exist."""
    reading = read(tmp_path, "x.md", TEXT.replace("Dữ kiện: f.1\n", ""))
    folder = tmp_path / "Ngân hàng mới"
    with pytest.raises(ProblemsFound) as found:
        plan_import(reading, folder, "chung", None)
    assert [one.code for one in found.value.problems] == ["into.no_bank"]
    assert not folder.exists()
    plan_import(reading, folder, "chung", "Tìm hiểu").write()
    bank = load_bank(folder)
    assert (bank.id, len(bank.questions)) == ("ngan_hang_moi", 2)


def test_a_bank_with_errors_is_mended_first(folder, tmp_path):
    """Its own problems are told, with their files."""
    folder.replace("rieng.yml", "key: true", "key: 1")
    assert refusals(folder, read(tmp_path, "x.md", TEXT)) == ["model.bool_type"]


@pytest.mark.parametrize("content", ["version: 1\nquestions: []\n", "version: 1\nquestions: [ ]"])
def test_an_empty_topic_is_filled(folder, tmp_path, content):
    """Where its list is written on one line."""
    folder.write("rieng.yml", content)
    plan_import(read(tmp_path, "x.md", TEXT), folder.path, "rieng").write()
    assert [one.id for one in load_bank(folder.path).questions][-1] == "rieng-002"


def test_line_ends_of_windows_stay(folder, tmp_path):
    """No file with both kinds."""
    folder.write("rieng.yml", folder.read("rieng.yml").replace("\n", "\r\n"))
    plan_import(read(tmp_path, "x.md", TEXT), folder.path, "rieng").write()
    text = folder.read("rieng.yml")
    assert text.count("\n") == text.count("\r\n")
    assert len(load_bank(folder.path).questions) == 5


def test_a_layout_that_cannot_be_added_to_is_refused(folder, tmp_path):
    """Rather than rewritten."""
    folder.write("rieng.yml", "version: 1\nquestions: [{id: r-1, type: true_false, level: apply, "
                 "stem: x, key: true, facts: [f.1]}]\n")  # fmt: skip
    assert refusals(folder, read(tmp_path, "x.md", TEXT)) == ["file.not_added"]


def test_pictures_come_into_the_folder_of_pictures(folder, tmp_path):
    """Named after their question."""
    (tmp_path / "hinh.png").write_bytes(png())
    text = "## Câu 1\n![Một chấm](hinh.png)\nThấy gì?\n- [x] a\n- [ ] b\n"
    plan_import(read(tmp_path, "x.md", text), folder.path, "chung").write()
    question = load_bank(folder.path).question_by_id["chung-001"]
    assert (question.image.file, question.image.alt) == ("chung-001.png", "Một chấm")
    assert (folder.path / "anh/chung-001.png").read_bytes() == png()


def test_questions_may_be_left_out(folder, tmp_path):
    """By their numbers, and a number that isn't there is told."""
    paper = Paper()
    for index, right in enumerate(["A", "", "B"], 1):
        paper.question(index, right)
    reading = read(tmp_path, "de.docx", paper.data())
    assert reading.leave_out([2, 9]) == [9]
    plan = plan_import(reading, folder.path, "chung")
    assert plan.ids == ["chung-001", "chung-002"]
