"""Banks of a few questions, made for one rule at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from questions import Bank, Citation, Fact, Source, Topic
from questions.lint import lint
from questions.load import question_from_data
from questions.model import NameValue
from questions.places import Place
from questions.problems import Problem
from questions.yaml_lines import YamlFile

STATEMENT = "Đơn vị mẫu thành lập ngày 02/9/2001 và có 120 người."
_FILE = YamlFile("chung.yml", {}, {(): 1})
_BANK = YamlFile("bank.yml", {}, {(): 1})


def question(id_: str = "c-1", **fields: Any) -> Any:
    """Return a question; without further words it has nothing to be said about."""
    data = {
        "id": id_,
        "type": "single",
        "topic": "chung",
        "level": "recall",
        "facts": ["f.1"],
        "explanation": "Theo văn bản mẫu.",
        **fields,
    }
    return question_from_data(data)


def single(stem: str, options: Iterable[str], key: int = 0, id_: str = "c-1", **fields: Any) -> Any:
    """Return a single choice whose options are numbered by letters."""
    listed = [{"id": "abcdefgh"[i], "text": text} for i, text in enumerate(options)]
    return question(id_, stem=stem, options=listed, key="abcdefgh"[key], **fields)


def true_false(stem: str, key: bool, id_: str = "c-1", **fields: Any) -> Any:
    """Return a statement."""
    return question(id_, type="true_false", stem=stem, key=key, **fields)


def bank_of(*questions: Any, statement: str = STATEMENT, names: Iterable[str] = ()) -> Bank:
    """Return a bank with one fact and these questions."""
    source = Source(id="n", title="Văn bản mẫu", issuer="Nơi mẫu", kind="document", copy="official")
    fact = Fact(
        id="f.1",
        statement=statement,
        values=tuple(NameValue(type="name", value=name) for name in names),
        cites=Citation(source="n", place="Mục 1"),
        status="one_source",
    )
    return Bank(
        id="thu", title="Thử", topics=(Topic(id="chung", title="Chung"),), sources=(source,),
        facts=(fact,), questions=questions,
    )  # fmt: skip


def advice(*questions: Any, **bank: Any) -> list[Problem]:
    """Return what lint says about these questions."""
    made = bank_of(*questions, **bank)
    places = {
        ("question", one.id): Place(_FILE, ("questions", i)) for i, one in enumerate(questions)
    }
    places["topic", "chung"] = Place(_BANK, ("topics", 0))
    return lint(made, places)


def codes(*questions: Any, **bank: Any) -> list[str]:
    """Return the codes of the advice, without their common beginning."""
    return [found.code.removeprefix("lint.") for found in advice(*questions, **bank)]
