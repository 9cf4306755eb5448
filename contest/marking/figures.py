"""How far the marking is, and how well markers agree. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from contest.marking.marks import PAIR, Key, Standing, differ, full_points
from contest.marking.state import RoundState


@dataclass(frozen=True)
class Progress:
    """The essays of one question of a round, by where they stand.

    Attributes
    ----------
    essays : int
        All that need marks: none of those that a ruling settled.
    none, one, third, decided : int
        Nobody has marked; one has; a third must; there is a mark.
    short : int
        Essays that need more markers than there are.
    settled : int
        Essays that a ruling settled.
    """

    essays: int
    none: int
    one: int
    third: int
    decided: int
    short: int
    settled: int


@dataclass(frozen=True)
class Agreement:
    """How far apart pairs of markers are, over the essays of one question that two have marked.

    Attributes
    ----------
    pairs : int
        How many these are.
    mean_difference : Fraction or None
        Of the two totals, in millionths; None without any.
    differing : Fraction or None
        Share whose difference needs a third marker.
    """

    pairs: int
    mean_difference: Fraction | None
    differing: Fraction | None


@dataclass(frozen=True)
class MarkerFigures:
    """One marker in one round.

    Attributes
    ----------
    marked, due : int
        Essays marked, and still to be marked.
    mean_share : Fraction or None
        Mean of the marks given, as a part of the full ones; None without any.
    against_other : Fraction or None
        Mean of own total minus the other's, as a part of the full marks, over the essays of which
        this marker is one of the first two and both have marked; above 0: the milder one.
    """

    marker: str
    marked: int
    due: int
    mean_share: Fraction | None
    against_other: Fraction | None


def progress(round_: RoundState, question_id: str) -> Progress:
    """Return how far the essays of a question are."""
    keys = _keys(round_, question_id)
    left = [key for key in keys if not round_.settled(key)]
    stages = [round_.standings[key].stage for key in left]
    return Progress(
        len(left),
        stages.count("none"),
        stages.count("one"),
        stages.count("third"),
        stages.count("decided"),
        sum(round_.short(key) for key in left),
        len(keys) - len(left),
    )


def agreement(round_: RoundState, question_id: str) -> Agreement:
    """Return how well pairs agree on the essays of a question."""
    found = [_pair(round_.standings[key]) for key in _keys(round_, question_id)]
    pairs = [pair for pair in found if pair is not None]
    if not pairs:
        return Agreement(0, None, None)
    full = full_points(round_.essays.question(_keys(round_, question_id)[0]))
    apart = sum(abs(first - second) for first, second in pairs)
    far = sum(differ(first, second, full, round_.rules) for first, second in pairs)
    return Agreement(len(pairs), Fraction(apart, len(pairs)), Fraction(far, len(pairs)))


def marker_figures(round_: RoundState) -> list[MarkerFigures]:
    """Return a round's markers, who are or were, by name."""
    own: dict[str, list[Fraction]] = {name: [] for name in round_.markers}
    against: dict[str, list[Fraction]] = {}
    due = dict.fromkeys(round_.markers, 0)
    for key, stands in round_.standings.items():
        full = full_points(round_.essays.question(key))
        for name, mark in stands.marks.items():
            own.setdefault(name, []).append(Fraction(mark.total, full))
        if pair := _pair(stands):
            first, second = list(stands.marks)[:PAIR]
            against.setdefault(first, []).append(Fraction(pair[0] - pair[1], full))
            against.setdefault(second, []).append(Fraction(pair[1] - pair[0], full))
        for name in round_.due(key):
            due[name] += 1
    return [
        MarkerFigures(
            name, len(own[name]), due.get(name, 0), _mean(own[name]), _mean(against.get(name, []))
        )
        for name in sorted(own)
    ]


def questions_of(round_: RoundState) -> list[str]:
    """Return the ids of the questions that a round's essays answer, in order."""
    return sorted({question_id for _, question_id in round_.essays.texts})


def _keys(round_: RoundState, question_id: str) -> list[Key]:
    return [key for key in round_.essays.texts if key[1] == question_id]


def _pair(stands: Standing) -> tuple[int, int] | None:
    totals = [mark.total for mark in stands.marks.values()][:PAIR]
    return (totals[0], totals[1]) if len(totals) == PAIR else None


def _mean(values: Iterable[Fraction]) -> Fraction | None:
    found = list(values)
    return sum(found, Fraction(0)) / len(found) if found else None
