"""Drafts go to the ends of a bank's files; what was there stays, and is never in part."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from contest.draw import Pool
from questions import load_bank
from questions.drafting import Drafts, propose, read_document, write_drafts
from questions.problems import ProblemsFound
from questions.review import set_status
from tests.questions.conftest import BankFolder


@pytest.fixture
def made(letter: Path) -> Drafts:
    """Drafts for the topic `rieng`."""
    return propose(read_document(letter), "rieng")


def test_drafts_are_appended_and_the_rest_is_as_it_was(folder: BankFolder, made: Drafts) -> None:
    """Comments, order and quotes included."""
    before = {path.name: path.read_text(encoding="utf-8") for path in folder.path.iterdir()}
    new = write_drafts(folder.path, made)
    assert new == made
    for name, text in before.items():
        assert folder.read(name).startswith(text.rstrip("\n"))
    bank = load_bank(folder.path)
    assert [bank.question_by_id[one.id] for one in made.questions] == list(made.questions)
    assert made.source.id in bank.source_by_id


def test_a_second_run_adds_nothing(folder: BankFolder, made: Drafts) -> None:
    """What the bank has is known by its content."""
    write_drafts(folder.path, made)
    before = folder.read("rieng.yml")
    assert write_drafts(folder.path, made).questions == ()
    assert folder.read("rieng.yml") == before


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\nquestions: []\n",
        "version: 1\r\nquestions: []\r\n",
        "version: 1\nquestions: []  # chưa có câu nào\n",
        "version: 1\nquestions:\n- id: r-1\n  type: true_false\n  level: apply\n  stem: Có người.\n"
        "  key: true\n  facts: [f.1]\n  explanation: Có.  # cuối tệp\n# hết\n",
    ],
)
def test_files_are_added_to_as_they_are_written(
    folder: BankFolder, made: Drafts, text: str
) -> None:
    """Empty lists, other indents, other line ends, comments at the end."""
    folder.write("rieng.yml", text)
    write_drafts(folder.path, made)
    bank = load_bank(folder.path)
    assert made.questions[0].id in bank.question_by_id
    written = folder.read("rieng.yml")
    assert ("\r\n" in written) == ("\r\n" in text)
    for comment in ("# chưa có câu nào", "# cuối tệp", "# hết"):
        assert (comment in written) == (comment in text)


def test_drafts_are_in_no_paper(folder: BankFolder, made: Drafts) -> None:
    """Not in a sample contest either, and not after everything was approved at once."""
    write_drafts(folder.path, made)
    set_status(folder.path, "approved", "Người duyệt", datetime.date(2026, 11, 1))
    bank = load_bank(folder.path)
    ids = {one.id for one in made.questions}
    for sample in (True, False):
        pool = Pool(bank, sample=sample)
        drawn = {question.id for questions in pool.by_topic.values() for question in questions}
        assert drawn
        assert not drawn & ids


def test_one_draft_may_be_approved_by_its_id(folder: BankFolder, made: Drafts) -> None:
    """That is a person's act."""
    write_drafts(folder.path, made)
    one = made.questions[0].id
    assert set_status(folder.path, "reviewed", "Người", datetime.date(2026, 11, 1), [one]) == [one]


def test_nothing_is_written_where_something_is_wrong(folder: BankFolder, made: Drafts) -> None:
    """An unknown topic, a bank with errors, an id that somebody uses for another fact."""
    before = {path.name: path.read_bytes() for path in folder.path.iterdir()}
    elsewhere = Drafts(
        made.source,
        made.facts,
        tuple(one.model_copy(update={"topic": "khong"}) for one in made.questions),
    )
    with pytest.raises(ProblemsFound) as found:
        write_drafts(folder.path, elsewhere)
    assert {one.code for one in found.value.problems} == {"draft.no_topic"}
    assert {path.name: path.read_bytes() for path in folder.path.iterdir()} == before
    folder.replace("chung.yml", "key: b", "key: z")
    with pytest.raises(ProblemsFound):
        write_drafts(folder.path, made)
    assert folder.read("facts.yml") == before["facts.yml"].decode()
