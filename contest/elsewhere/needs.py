"""What the rules of a round need of a file, and what no file of a kind can give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contest.elsewhere.messages import problem
from grading import GradingRules
from questions.problems import Problem

Kind = Literal["responses", "scores"]

_TIMES = {
    "duration": {"started_at", "submitted_at"},
    "submitted_at": {"submitted_at"},
    "started_at": {"started_at"},
    "number": {"started_at"},
}
"""Key of a ranking -> the columns that it goes by."""


@dataclass(frozen=True)
class Needs:
    """What must stand in every row of a round.

    Attributes
    ----------
    times : frozenset of str
        Time columns that a ranking goes by.
    between_attempts : frozenset of str
        Those that choose between the attempts of a person who has several.
    correct : bool
        Whether the number of right answers is needed.
    keys : tuple of str
        The keys that go by a time.
    """

    times: frozenset[str]
    between_attempts: frozenset[str]
    correct: bool
    keys: tuple[str, ...]


def needs_of(rules: GradingRules) -> Needs:
    """Return what the rules need, for ranking, counting, predictions and prizes."""
    keys = {key.key for key in _ranked_by(rules)}
    counted = {key.key for key in rules.counted.keys}
    asked = {one for prizes in rules.prizes.people for one in prizes.requires}
    quantity = rules.prediction.quantity if rules.prediction else None
    return Needs(
        frozenset().union(*(_TIMES.get(key, ()) for key in keys)),
        frozenset().union(*(_TIMES.get(key, ()) for key in counted)),
        bool({"correct", "all_right"} & (keys | counted | asked))
        or quantity in ("perfect_people", "percent_right"),
        tuple(sorted(key for key in keys if key in _TIMES)),
    )


def refused(rules: GradingRules, kind: Kind, name: str) -> list[Problem]:
    """Return why a file of this kind can't be graded by these rules at all."""
    found = []
    if any(key.key == "registered_at" for key in _ranked_by(rules)):
        found.append(problem("rules.registered_at", name, 0))
    if rules.scoring.time is not None and kind == "responses":
        found.append(problem("rules.by_time", name, 0))
    if rules.valid.all_answered and kind == "scores":
        found.append(problem("rules.all_answered", name, 0))
    return found


def _ranked_by(rules: GradingRules) -> list:
    return [*rules.people.keys, *(key for board in rules.boards for key in board.ranking.keys)]
