"""Advice about a bank that has no errors: what is weak, where, and how to mend it.

One module per family of rules: `options`, `stems`, `twins`, `spelling`, `writing`, `balance`. A
rule sees questions of every type through `view`; the words it looks for stand in `lexicon`, what
it says in `messages`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from questions.check import Places
from questions.lint.balance import balance_rules
from questions.lint.options import option_rules
from questions.lint.spelling import spelling_rules
from questions.lint.stems import stem_rules, superlative_rules
from questions.lint.twins import cue_rules, twin_rules
from questions.lint.view import View, view
from questions.lint.writing import writing_rules
from questions.model import DRAFTED, Bank
from questions.places import Place
from questions.problems import Problem

__all__ = ["lint", "lint_question"]


def lint(bank: Bank, places: Places) -> list[Problem]:
    """Return every piece of advice about a bank, in the order of its files.

    Parameters
    ----------
    places : mapping
        (kind, id) -> place, as `read_bank` returns them.
    """
    views = [view(question, places["question", question.id]) for question in bank.questions]
    names = [place.file.name for (kind, _), place in places.items() if kind == "topic"]
    found = [
        *_each(views, bank),
        *twin_rules(views),
        *cue_rules(views, bank),
        *spelling_rules(views),
        *balance_rules(views, bank, names[0] if names else "bank.yml"),
    ]
    return sorted(set(found))


def lint_question(bank: Bank, question: Any, place: Place) -> list[Problem]:
    """Return the advice about a question taken alone, without comparing it with others."""
    return sorted(set(_alone(view(question, place), bank)))


def _each(views: Sequence[View], bank: Bank) -> Iterator[Problem]:
    """Yield what can be said about each question alone."""
    for one in views:
        yield from _alone(one, bank)


def _alone(one: View, bank: Bank) -> Iterator[Problem]:
    yield from option_rules(one)
    yield from stem_rules(one)
    yield from superlative_rules(one, bank)
    for piece in one.pieces:
        for code, values in writing_rules(piece.plain):
            yield one.advice(code, *piece.loc, **values)
    if DRAFTED in one.question.tags:
        yield one.advice("lint.drafted", tag=DRAFTED)
