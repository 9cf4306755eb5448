"""What a new question type needs, and what each still lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Literal, get_args

import pytest

from contest.kinds import KINDS
from contest.simulate import GUESSES
from contest.ui.messages import TEXTS as PAGE
from grading.marks import MARKERS
from grading.messages import TEXTS as RESULTS
from questions import Question
from questions.answers import answer_words, key_code, right_response
from questions.dump import QUESTION_KEYS
from questions.printed import body
from questions.types import QuestionBase
from tests.factories import EVERY_TYPE
from tests.questions.strategies import QUESTIONS

ROOT = Path(__file__).parent.parent
BANK_DOCS = (ROOT / "docs/ngan-hang.md").read_text(encoding="utf-8")
PROTOCOL = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
MODELS = get_args(get_args(Question)[0])


def type_of(model: type[QuestionBase]) -> str:
    """Return the name that stands under `type` in files."""
    (name,) = get_args(model.model_fields["type"].annotation)
    return name


def lacks(model: type[QuestionBase]) -> list[str]:
    """Return what a type still lacks, by name."""
    type_, kind = type_of(model), getattr(model, "kind", None)
    view = getattr(KINDS.get(kind), "view", None)
    by_class: dict[str, Any] = {
        "right answer (questions.answers.right_response)": right_response,
        "answer in words (questions.answers.answer_words)": answer_words,
        "right answer in a cell (questions.answers.key_code)": key_code,
        "printable form (questions.printed.body)": body,
    }
    has = {
        "model (a line in questions.types.Question)": model in MODELS,
        "check (findings)": model.findings is not QuestionBase.findings,
        "place of its keys in files (questions.dump.QUESTION_KEYS)": (
            set(model.model_fields) - {"topic"} <= set(QUESTION_KEYS)
        ),
        "marker (grading.markers.MARKERS)": type_ in MARKERS,
        "wire view (contest.kinds.KINDS)": kind in KINDS,
        "name of its view on the page (contest.kinds: view)": bool(view),
        "hint on the page (contest.ui.messages)": (kind == "choice" or f"q.hint.{kind}" in PAGE),
        "synthetic answer (contest.simulate.GUESSES)": kind in GUESSES,
        "name in results (grading.messages)": f"code.{type_}" in RESULTS,
        "row in docs/ngan-hang.md": f"\n| `{type_}` |" in BANK_DOCS,
        "row in docs/protocol.md": f"\n| `{kind}` |" in PROTOCOL and f"`{type_}`" in PROTOCOL,
        "example (tests.factories.EVERY_TYPE)": type_ in EVERY_TYPE,
        "round trip (tests.questions.strategies.QUESTIONS)": type_ in QUESTIONS,
        **{
            name: function.dispatch(model) is not function.dispatch(object)
            for name, function in by_class.items()
        },
    }
    return [name for name, there in has.items() if not there]


@pytest.mark.parametrize("model", MODELS, ids=type_of)
def test_a_type_lacks_nothing(model: type[QuestionBase]) -> None:
    """Whoever adds a type reads here what is still to be done."""
    assert lacks(model) == []


def test_a_type_without_anything_is_told_what_it_lacks() -> None:
    """The list names every part by its place."""

    class Poem(QuestionBase):
        kind: ClassVar[Any] = "poem"
        type: Literal["poem"]
        verses: tuple[str, ...] = ()

    found = "\n".join(lacks(Poem))
    for part in (
        "model", "check", "keys in files", "marker", "wire view", "view on the page", "hint",
        "synthetic", "results", "ngan-hang", "protocol", "example", "round trip",
        "right answer", "in words", "printable",
    ):  # fmt: skip
        assert part in found


def test_there_are_ten_types() -> None:
    """As many as the bank's docs list."""
    assert {type_of(model) for model in MODELS} == set(MARKERS) == set(EVERY_TYPE)
    assert len(MODELS) == 10
