"""Every problem has its two sentences."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import questions
from questions.messages import TEXTS, text
from questions.problems import Problem, ProblemsFound, make

SOURCES = sorted(Path(questions.__file__).parent.rglob("*.py"))
CODE = re.compile(
    r'"((?:file|yaml|model|topic|source|superseded|fact|question|picture)\.[a-z0-9_]+)"'
)


NOT_PROBLEMS = ("problem.", "type.", "answer.", "print.")
"""Beginnings of texts that tell of no fault."""


def used() -> set[str]:
    """Return the problem codes that the package's sources name."""
    found = {
        code
        for path in SOURCES
        if path.name != "messages.py"
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }
    repeated = {f"{kind}.repeated" for kind in ("topic", "source", "fact", "question")}
    raised = {f"model.{code}" for path in SOURCES for code in _raised(path)}
    return found | repeated | raised


def _raised(path: Path) -> list[str]:
    return re.findall(r'ValueError\("([a-z_]+)"\)', path.read_text(encoding="utf-8"))


def gaps(key: str) -> set[str]:
    """Return the names of the gaps in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(TEXTS[key]) if name}


def test_every_code_that_is_used_has_its_texts():
    """A missing one would be an exception instead of a message."""
    assert used() - set(TEXTS) == set()


def test_every_problem_says_how_to_mend_it():
    """Each code has a `.fix`, each `.fix` its code."""
    codes = {key for key in TEXTS if not key.startswith(NOT_PROBLEMS)}
    faults = {key for key in codes if not key.endswith(".fix")}
    assert {f"{key}.fix" for key in faults} == codes - faults


def test_no_text_is_left_over():
    """Apart from what pydantic may find, every code is used somewhere."""
    codes = {key for key in TEXTS if "." in key and not key.endswith(".fix")}
    unused = {code for code in codes - used() if not code.startswith(("model.", *NOT_PROBLEMS))}
    assert unused == {"picture.changed"}  # found when a contest freezes the bank


def test_a_mend_has_no_gap_that_its_fault_lacks():
    """Both sentences are filled from the same values."""
    fixes = [key for key in TEXTS if key.endswith(".fix") and key != "problem.fix"]
    extra = {fix: gaps(fix) - gaps(fix.removesuffix(".fix")) for fix in fixes}
    assert {fix: names for fix, names in extra.items() if names} == {}


def test_texts_are_sentences():
    """The problem's line joins them as they are."""
    for key, value in TEXTS.items():
        if not key.startswith(NOT_PROBLEMS):
            assert value.endswith((".", "…")), key


def test_gaps_may_bear_any_name():
    """`file`, `line`, `key` and `code` are words that messages need."""
    problem = make("question.no_image", "x.yml", 3, file="a.png")
    assert (problem.file, problem.line, problem.message) == (
        "x.yml",
        3,
        "không thấy tệp ảnh anh/a.png.",
    )
    assert text("yaml.repeated", key="id") == "khóa id viết hai lần."


def test_unknown_keys_are_faults_of_the_code():
    """They are not swallowed."""
    with pytest.raises(KeyError):
        text("no.such")


def test_problems_are_told_once_each_in_the_order_of_the_files():
    """Whatever order they were found in."""
    first, second = make("yaml.empty", "a.yml", 0), make("yaml.not_map", "b.yml", 1)
    raised = ProblemsFound([second, first, second])
    assert raised.problems == [first, second]
    assert str(raised).splitlines() == [str(first), str(second)]


def test_advice_says_so():
    """An organiser sees what may wait."""
    problem = Problem("a.yml", 2, "x.y", "yếu.", "sửa.", advice=True)
    assert str(problem) == "a.yml:2: lời khuyên: yếu. Cách sửa: sửa."
