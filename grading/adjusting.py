"""What persons decided about a round: voided questions, further right answers, marks.

Rulings live in the contest; here is only what they amount to. Pure, in plain
Python: the contestant's receipt uses it too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from questions import Question
from questions.numbers import readings

Void = Literal["full", "out"]
"""`full`: full marks for all who had the question; `out`: it is as if it had never been asked."""

Accepted = str | Mapping[str, Any]
"""A further right answer. A mapping is a whole response, for any type. A text is, by type: option
ids joined by `;` (all of these and no others), a number as typed, or a short text."""


@dataclass(frozen=True)
class Adjustments:
    """What rulings say of one round.

    Attributes
    ----------
    voids : mapping
        Question id -> `full` or `out`.
    accepted : mapping
        Question id -> further right answers, which get full marks.
    marks : mapping
        (attempt id, question id) -> mark in millionths that a person gave, whatever the kit would.
    true_value : Decimal or None
        What was predicted, where the rules have it come from outside; None: not known yet.
    """

    voids: Mapping[str, Void] = field(default_factory=dict)
    accepted: Mapping[str, Sequence[Accepted]] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], int] = field(default_factory=dict)
    true_value: Decimal | None = None


NO_ADJUSTMENTS = Adjustments()


def check_accepted(question: Question, accepted: Sequence[Accepted]) -> None:
    """Check that further right answers are ones that the question can have.

    Raises
    ------
    ValueError
        Naming the question and the first answer that it can't have.
    """
    for one in accepted:
        if isinstance(one, str) and not _can_have(question, one):
            raise ValueError(f"question {question.id} can't have the answer {one!r}")


def with_texts(question: Question, accepted: Sequence[Accepted]) -> Question:
    """Return a short-text question that takes the further texts too; any other as it is."""
    if question.type != "short_text":
        return question
    texts = [one for one in accepted if isinstance(one, str)]
    if not texts:
        return question
    return question.model_copy(update={"accepted": (*question.accepted, *texts)})


def also_right(question: Question, data: Mapping[str, Any], accepted: Sequence[Accepted]) -> bool:
    """Return whether a readable response is one of the further right answers."""
    return any(_is(question, data, one) for one in accepted)


def _is(question: Question, data: Mapping[str, Any], one: Accepted) -> bool:
    if not isinstance(one, str):
        return _plain(data) == _plain(one)
    if question.type == "numeric":
        typed, wanted = (readings(text, question.unit) for text in (data["text"], one))
        return abs(typed[0] - wanted[0]) <= question.tolerance
    if question.type in _BY_OPTIONS:
        return set(data["chosen"]) == _ids(one)
    return False  # short texts are compared by their own marker


_BY_OPTIONS = frozenset({"single", "multiple", "true_false"})


def _can_have(question: Question, one: str) -> bool:
    if question.type == "numeric":
        return bool(readings(one, question.unit))
    if question.type in _BY_OPTIONS:
        ids = _ids(one)
        return bool(ids) and ids <= {option.id for option in question.choices()}
    return question.type == "short_text" and bool(one.strip())


def _ids(joined: str) -> set[str]:
    return {part.strip() for part in joined.split(";") if part.strip()}


def _plain(data: Mapping[str, Any]) -> str:
    if isinstance(data.get("chosen"), list):
        data = {**data, "chosen": sorted(data["chosen"])}
    return json.dumps(data, sort_keys=True, ensure_ascii=False)
