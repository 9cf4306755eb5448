"""Marks for options chosen: `{"chosen": [option ids]}`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from grading.markers.base import Mark, Unreadable, only, share, unanswered
from questions import MultipleChoice, SingleChoice, TrueFalse


def one_choice(question: SingleChoice | TrueFalse, data: Mapping[str, Any], full: int) -> Mark:
    """Mark a question with one right option."""
    chosen = _chosen(question, data)
    if len(chosen) > 1:
        raise Unreadable
    return share(Fraction(chosen == question.right()), full) if chosen else unanswered(full)


def several_choices(question: MultipleChoice, data: Mapping[str, Any], full: int) -> Mark:
    """Mark a question with several right options, by its scoring rule; never below nothing."""
    chosen = _chosen(question, data)
    if not chosen:
        return unanswered(full)
    if question.scoring == "all_or_nothing":
        part = Fraction(chosen == question.right())
    elif question.scoring == "moodle":
        part = _weighed(question, chosen)
    else:
        right, wrong = chosen & question.right(), chosen - question.right()
        cost = _COST[question.scoring]
        rights = len(question.right())
        part = Fraction(len(right), rights)
        part -= len(wrong) * cost(rights, len(question.options) - rights)
    return share(max(part, Fraction(0)), full)


def _weighed(question: MultipleChoice, chosen: frozenset[str]) -> Fraction:
    weights = question.weights or dict.fromkeys(question.right(), 1)
    whole = sum(Fraction(weight) for weight in weights.values() if weight > 0)
    return sum((Fraction(weights.get(id_, 0)) for id_ in chosen), Fraction(0)) / whole


_COST: dict[str, Callable[[int, int], Fraction]] = {
    "false": lambda _rights, wrongs: Fraction(1, wrongs),
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
