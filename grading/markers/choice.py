"""Marks for options chosen: `{"chosen": [option ids]}`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from grading.markers.base import NOTHING, Found, Unreadable, only
from questions import MultipleChoice, SingleChoice, TrueFalse


def one_choice(question: SingleChoice | TrueFalse, data: Mapping[str, Any]) -> Found:
    """Mark a question with one right option."""
    chosen = _chosen(question, data)
    if len(chosen) > 1:
        raise Unreadable
    return Fraction(chosen == question.right()) if chosen else NOTHING


def several_choices(question: MultipleChoice, data: Mapping[str, Any]) -> Found:
    """Mark a question with several right options, by its scoring rule; may be below nothing."""
    return by_scheme(question, data, question.scoring)


def by_scheme(question: MultipleChoice, data: Mapping[str, Any], scheme: str) -> Found:
    """Mark a question with several right options by a named scheme."""
    chosen = _chosen(question, data)
    if not chosen:
        return NOTHING
    if scheme == "all_or_nothing":
        return Fraction(chosen == question.right())
    if scheme == "moodle":
        return _weighed(question, chosen)
    right, wrong = chosen & question.right(), chosen - question.right()
    rights = len(question.right())
    part = Fraction(len(right), rights)
    return part - len(wrong) * _COST[scheme](rights, len(question.options) - rights)


def _weighed(question: MultipleChoice, chosen: frozenset[str]) -> Fraction:
    weights = question.weights or dict.fromkeys(question.right(), 1)
    whole = sum(Fraction(weight) for weight in weights.values() if weight > 0)
    return sum((Fraction(weights.get(id_, 0)) for id_ in chosen), Fraction(0)) / whole


_COST: dict[str, Callable[[int, int], Fraction]] = {
    "false": lambda _rights, wrongs: Fraction(1, max(wrongs, 1)),
    "false2": lambda _rights, wrongs: Fraction(1, max(wrongs, 2)),
    "true": lambda rights, _wrongs: Fraction(1, rights),
    "all": lambda _rights, _wrongs: Fraction(1),
    "none": lambda _rights, _wrongs: Fraction(0),
}
"""Rule of R/exams -> what one wrong option costs, given how many right and wrong ones there are."""


def _chosen(question: Any, data: Mapping[str, Any]) -> frozenset[str]:
    chosen = only(data, "chosen", list)
    if not all(isinstance(id_, str) for id_ in chosen) or len(set(chosen)) != len(chosen):
        raise Unreadable
    if not set(chosen) <= {option.id for option in question.choices()}:
        raise Unreadable
    return frozenset(chosen)
