"""Advice: what is weak without being wrong."""

from __future__ import annotations

import datetime

import pytest

from questions import load_bank, read_bank
from questions.problems import ProblemsFound
from questions.review import set_status
from tests.pictures import picture


def advice(folder) -> list[tuple[str, int, str]]:
    """Return (file, line, code) of the advice; the bank has no errors."""
    read = read_bank(folder.path)
    assert read.errors == []
    return [(p.file, p.line, p.code) for p in read.problems if p.advice]


def test_a_question_without_explanation_is_advised(folder):
    """Learners want to know why."""
    line = folder.replace("rieng.yml", "    explanation: Đơn vị có 12 người.\n", "")
    assert advice(folder) == [("rieng.yml", line - 6, "question.no_explanation")]


def test_an_unused_fact_is_advised(folder):
    """A fact without a question is work that nobody sees."""
    line = folder.replace("facts.yml", "status: in_conflict", "status: one_source")
    assert advice(folder) == [("facts.yml", line - 5, "fact.unused")]


def test_a_fact_in_conflict_needs_no_question(folder):
    """It is kept so that nobody asks for it."""
    assert advice(folder) == []


def test_an_empty_topic_is_advised(folder):
    """A blueprint could not draw from it."""
    folder.write("rieng.yml", "version: 1\nquestions: []\n")
    assert [code for _, _, code in advice(folder)] == ["topic.empty"]


def test_a_stamp_for_other_content_is_advised(folder):
    """The question counts as a draft until somebody looks again."""
    stamp = f"status: {{status: reviewed, by: A, on: 2026-01-02, hash: {'0' * 64}}}"
    line = folder.replace("rieng.yml", "key: true", f"key: true\n    {stamp}")
    assert advice(folder) == [("rieng.yml", line + 1, "question.status_stale")]


def test_a_fact_of_a_superseded_source_is_advised(folder):
    """The facts stay true until somebody compares them with the new document."""
    folder.replace("sources.yml", "date: 2026-01", "status: superseded\n    superseded_by: bao")
    line = folder.replace("facts.yml", "source: nguon", "source: nguon")
    assert ("facts.yml", line, "fact.source_superseded") in advice(folder)


def test_a_superseded_source_lists_every_question_to_review(folder):
    """Of its facts, and those that name it themselves."""
    folder.replace("sources.yml", "date: 2026-01", "status: superseded\n    superseded_by: bao")
    folder.replace("rieng.yml", "facts: [f.1]", "facts: [f.1]\n    sources: [nguon]")
    problems = [p for p in read_bank(folder.path).problems if p.code.startswith("question.")]
    assert [(p.code.split(".")[1], p.message.split()[1], p.advice) for p in problems] == [
        ("source_superseded", "c-1", True),
        ("source_superseded", "c-2", True),
        ("source_superseded", "r-1", True),
        ("own_source_superseded", "r-1", True),
    ]
    assert all("bao" in p.message for p in problems)


def test_a_changed_fact_lists_every_question_to_review(folder):
    """Their review was of the fact as it was."""
    set_status(folder.path, "approved", "A", datetime.date(2026, 1, 2))
    assert advice(folder) == []
    folder.replace("facts.yml", "có 12 người", "có 13 người")
    codes = [code for _, _, code in advice(folder)]
    assert codes == ["question.status_stale"] * 3


def test_a_superseded_fact_may_not_be_asked(folder):
    """Its key may have changed."""
    folder.replace("facts.yml", "status: confirmed", "status: superseded\n    superseded_by: f.2")
    codes = {problem.code for problem in read_bank(folder.path).errors}
    assert codes == {"question.fact_superseded"}


def test_every_question_on_a_superseded_fact_is_named(folder):
    """With what stands for the fact now."""
    folder.replace("facts.yml", "status: confirmed", "status: superseded\n    superseded_by: f.2")
    errors = read_bank(folder.path).errors
    assert [error.message.split()[1] for error in errors] == ["c-1", "c-2", "r-1"]
    assert all("f.2" in error.message for error in errors)


def test_nothing_supersedes_itself(folder):
    """Neither at once nor by way of another."""
    folder.replace("sources.yml", "date: 2026-01", "status: superseded\n    superseded_by: bao")
    line = folder.replace(
        "sources.yml",
        "kind: report\n    copy: official",
        "kind: report\n    copy: official\n    status: superseded\n    superseded_by: nguon",
    )
    found = [(p.line, p.code) for p in read_bank(folder.path).errors]
    assert (line + 3, "superseded.circle") in found
    assert len(found) == 2


def test_a_question_on_a_fact_in_conflict_is_refused(folder):
    """Nobody knows its key."""
    line = folder.replace("rieng.yml", "facts: [f.1]", "facts: [f.2]")
    errors = [(p.file, p.line, p.code) for p in read_bank(folder.path).errors]
    assert errors == [("rieng.yml", line, "question.fact_in_conflict")]


ESSAY = """\
version: 1
questions:
  - id: e-1
    type: essay
    level: apply
    stem: Viết về đơn vị mẫu.
    rubric:
      - {id: a, text: Đủ ý, points: 5}
    explanation: Theo văn bản mẫu.
"""


def test_an_essay_may_cite_sources_instead_of_facts(folder):
    """But something it must cite before it is more than a draft."""
    folder.write("rieng.yml", ESSAY + "    sources: [nguon]\n")
    assert advice(folder) == []
    folder.write("rieng.yml", ESSAY)
    assert advice(folder) == [("rieng.yml", 3, "question.no_ground")]


def test_unused_entries_are_not_told_while_something_is_unread(folder):
    """What can't be read may well use them."""
    folder.replace("facts.yml", "status: in_conflict", "status: one_source")
    folder.replace("rieng.yml", "key: true", "key: maybe")
    codes = {problem.code for problem in read_bank(folder.path).problems}
    assert codes == {"model.bool_type"}


def test_advice_does_not_keep_a_bank_from_loading(folder):
    """Only errors do."""
    folder.replace("rieng.yml", "    explanation: Đơn vị có 12 người.\n", "")
    assert len(load_bank(folder.path).questions) == 3


def test_a_picture_that_is_there_is_no_problem(folder):
    """Pictures lie in the bank's folder `anh/`."""
    folder.replace("rieng.yml", "key: true", "key: true\n    image: {file: x.png, alt: Ảnh}")
    (folder.path / "anh").mkdir()
    (folder.path / "anh" / "x.png").write_bytes(picture())
    assert advice(folder) == []


@pytest.mark.parametrize(
    "html",
    ["<script>x()</script>", "<img src=x onerror=y()>", "<a href=javascript:y()>", "<IFRAME"],
)
def test_html_that_acts_is_refused_with_its_line(folder, html):
    """Pages show it as signs; nobody means that."""
    line = folder.replace("chung.yml", "stem: Đơn vị", f"stem: {html} Đơn vị")
    with pytest.raises(ProblemsFound) as found:
        load_bank(folder.path)
    assert [(one.file, one.line, one.code) for one in found.value.problems] == [
        ("chung.yml", line, "question.html_acts")
    ]
    assert "stem" in found.value.problems[0].message


def test_a_tag_in_an_option_is_advised(folder):
    """Bold type is written with stars; raised signs have tags that mean something."""
    line = folder.replace("chung.yml", "text: 11 người", "text: <b>11</b> m<sup>2</sup>")
    assert ("chung.yml", line, "question.html") in advice(folder)


@pytest.mark.parametrize("text", ["3 < 5 và a > b", "m<sup>2</sup>", r"Thẻ \<script> làm gì?"])
def test_signs_that_are_no_html_are_no_problem(folder, text):
    """An escaped tag is what the question speaks of."""
    folder.replace("chung.yml", "text: 11 người", f"text: {text}")
    assert not [one for one in advice(folder) if one[2].startswith("question.html")]
