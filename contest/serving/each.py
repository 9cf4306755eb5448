"""The questions of an ended paper one by one, for whoever sat it; and what they come to.

Receipts and mock papers show them alike. The caller has made sure that right answers may be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from contest.draw import Item
from contest.numbers import round_half_up, shown_number
from contest.pictures import told
from contest.serving.messages import text
from contest.ui.rich import heading, markup
from grading.marks import MICRO, PLAIN, Mark
from grading.rules import ScoringRules
from questions.answers import answer_words, key_words
from questions.model import Bank, Picture

VOID = {"void_full": "result.void_full", "void_out": "result.void_out"}
RIGHT = ("right", "void_full")
"""What counts as right, as in grading."""

SIGNS = {"right": ("✓", "ok"), "void_full": ("✓", "ok"), "wrong": ("✗", "bad")}
"""What became of a response -> its sign, which stands beside the words, and its tone."""

TYPED = frozenset({"number", "text", "cloze", "essay"})
"""Kinds of questions whose answers are typed rather than chosen."""


@dataclass(frozen=True)
class Shown:
    """What a paper's questions are shown from.

    Attributes
    ----------
    responses : mapping
        Question id -> response, canonical.
    source_of : callable
        Picture -> where the page finds it; None: nowhere.
    explained : bool
        Whether explanations, facts and sources are shown.
    waiting : str
        Key of what is said of a response that a person has to mark.
    """

    bank: Bank
    scoring: ScoringRules
    responses: Mapping[str, Any]
    source_of: Callable[[Picture], str | None]
    explained: bool = True
    waiting: str = "result.review"


def score_words(marks: Sequence[Mark], scoring: ScoringRules) -> dict[str, Any]:
    """Return what the marks of a paper come to: points as the rules floor and round them.

    `waiting`: some responses have no marks yet, and none are counted for them.
    """
    score = sum(one.mark_micro or 0 for one in marks)
    return {
        "waiting": any(one.mark_micro is None for one in marks),
        "correct": sum(one.status in RIGHT for one in marks),
        "counted": sum(one.status != "void_out" for one in marks),
        "score": _points(max(score, 0) if scoring.floor_paper else score, scoring),
        "max_score": _points(sum(one.max_micro for one in marks), scoring),
    }


def question_rows(
    shown: Shown, items: Iterable[Item], marks: Iterable[Mark]
) -> list[dict[str, Any]]:
    """Return what the page says of each question, in the order of the paper."""
    return [_row(shown, item, one) for item, one in zip(items, marks, strict=True)]


def _row(shown: Shown, item: Item, one: Mark) -> dict[str, Any]:
    question, bank = item.question, shown.bank
    typed = question.kind in TYPED
    drawn = _as_typed if typed else _drawn
    explanation = question.explanation if shown.explained else None
    response = shown.responses.get(question.id)
    picture = bank.picture_of(question)
    return {
        "stem": heading(question.stem),
        "image": told(question, picture, shown.source_of(picture)) if picture else None,
        "typed": typed,
        "chosen": [] if response is None else drawn(_said(item, response)),
        "status": status_words(one, shown.scoring, shown.waiting),
        "sign": SIGNS.get(one.status, ("", "info")),
        "key": drawn(_key(item)),
        "explanation": markup(explanation, blocks=True) if explanation else None,
        "facts": _facts(bank, question) if shown.explained else [],
        "sources": _sources(bank, question) if shown.explained else [],
    }


def status_words(one: Mark, scoring: ScoringRules = PLAIN, waiting: str = "result.review") -> str:
    """Return what became of a response, for whoever gave it; empty where there is none."""
    if one.status == "unanswered":
        return ""
    if one.status in VOID:
        return text(VOID[one.status])
    if one.status == "needs_marker":
        return text(waiting)
    if one.status == "partial":
        return text(
            "result.partial",
            diem=_points(one.mark_micro or 0, scoring),
            toi_da=_points(one.max_micro, scoring),
        )
    return text("result.right" if one.status == "right" else "result.wrong")


def _points(value: int, scoring: ScoringRules) -> str:
    """Return points with the decimals that the rules show, rounded half up."""
    return shown_number(round_half_up(Decimal(value) / MICRO, scoring.decimals))


def _as_typed(words: list[str]) -> list[str]:
    """Return what people type, and what is accepted of it, sign by sign."""
    return words


def _drawn(words: list[str]) -> list[Markup]:
    """Return texts of a bank as the paper showed them."""
    return [markup(one) for one in words]


def _said(item: Item, response: dict[str, Any]) -> list[str]:
    """Return a response in words, options in the order of the paper."""
    if item.question.kind == "choice":
        return [option.text for option in item.options if option.id in response["chosen"]]
    return answer_words(item.question, response)


def _key(item: Item) -> list[str]:
    if item.question.kind == "choice":
        return _said(item, {"chosen": item.question.right()})
    return key_words(item.question)


def _facts(bank: Bank, question: Any) -> list[str]:
    """Return the statements that the right answer rests on."""
    return [bank.fact_by_id[fact_id].statement for fact_id in question.facts]


def _sources(bank: Bank, question: Any) -> list[str]:
    cites = [bank.fact_by_id[fact_id].cites for fact_id in question.facts]
    found = [f"{bank.source_by_id[cite.source].title}, {cite.place}" for cite in cites]
    return found or [bank.source_by_id[id_].title for id_ in question.sources]
