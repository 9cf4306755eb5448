"""Questions -> a file of each format -> the same questions, but for what the format loses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questions.formats.opened import Opened
from questions.formats.registry import FORMATS, write_questions
from questions.formats.settle import settle
from questions.load import question_from_data
from questions.problems import ProblemsFound
from tests.questions.formats.strategies import meaning, questions


def read_back(name: str, data: bytes) -> list:
    """Return the questions that a written file gives, and nothing to be mended."""
    opened = Opened(f"x{FORMATS[name].suffixes[0]}", data, Path())
    reading = settle(FORMATS[name].read(opened), "recall")
    assert reading.errors == []
    return [question_from_data({"id": "x", **draft.data, "topic": "x"}) for draft in reading.drafts]


def differ(found: list) -> list:
    """Return questions whose ids, and whose texts, are each their own."""
    by_id = {question.id: question for question in found}
    return list({question.stem: question for question in by_id.values()}.values())


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_was_exported_imports_as_the_same(name, data):
    """Every type that the format holds, every key that it says it keeps."""
    format_ = FORMATS[name]
    found = differ(data.draw(st.lists(questions(format_), min_size=1, max_size=4)))
    back = read_back(name, write_questions(name, found, {}, "x"))
    assert [meaning(one, format_) for one in back] == [meaning(one, format_) for one in found]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_same_questions_give_the_same_bytes(name, data):
    """A file can be compared with the one of last week."""
    found = [data.draw(questions(FORMATS[name]))]
    assert write_questions(name, found, {}, "x") == write_questions(name, found, {}, "x")


def test_what_a_format_cannot_hold_is_listed(folder):
    """All of it, each question by its id."""
    from questions import load_bank

    with pytest.raises(ProblemsFound) as found:
        write_questions("aiken", load_bank(folder.path).questions, {}, "x.txt")
    assert [(one.code, "c-2" in one.message) for one in found.value.problems] == [
        ("export.type", True)
    ]
