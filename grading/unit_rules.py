"""What units are ranked by, as the organisers' file states it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from grading.rule_numbers import Count, Some
from questions.strict import Strict

UnitMeasure = Literal[
    "people", "attempts", "share", "mean_score", "total_score", "best_mean", "winners",
    "prize_points", "first_prizes",
]  # fmt: skip
"""What units are ranked by: persons; ended attempts; persons / headcount; mean and sum of the
scores of counted attempts; mean of the best k of them (missing ones count as 0); persons with a
prize; points of their prizes; persons with the highest prize."""


class Term(Strict):
    """A measure and what it is multiplied with; `share` is a part of 1, so `100` makes percents.

    `best` is the k of `best_mean`.
    """

    measure: UnitMeasure
    weight: Annotated[Decimal, Field(gt=-1_000_000, lt=1_000_000, decimal_places=6)] = Decimal(1)
    best: Some | None = None

    @model_validator(mode="after")
    def _best(self) -> Term:
        if (self.measure == "best_mean") != (self.best is not None):
            raise ValueError("best_missing" if self.best is None else "best_unused")
        return self


class BySum(Strict):
    """High first by a weighted sum of measures; one term of weight 1 is that measure itself."""

    kind: Literal["sum"] = "sum"
    terms: Annotated[tuple[Term, ...], Field(min_length=1)]


class ByRankPoints(Strict):
    """High first by falling rank points, summed over several lists.

    In each list the first unit has `first` points, the next one less, and so on down to 0 for units
    behind place `top`. Units that share a place share its points. A unit in which nobody took part
    has none.
    """

    kind: Literal["rank_points"]
    lists: Annotated[tuple[Term, ...], Field(min_length=1)]
    top: Some = 10
    first: Some = 10


class ByInterleaved(Strict):
    """Places filled by turns from two lists: 1 = first of list one; then, from place 2 on, the best
    not yet placed of list one and the best not yet placed of list two take turns.

    So place 1 is the first by people, place 2 the second by people, place 3 the first by share,
    place 4 the third by people, and so on.
    """

    kind: Literal["interleaved"]
    lists: Annotated[tuple[Term, ...], Field(min_length=2, max_length=2)]


def _formula(value: object) -> object:
    """Let `by: people` stand for the sum of that one measure, and a list of terms for their sum."""
    if isinstance(value, str):
        return {"kind": "sum", "terms": [{"measure": value}]}
    if isinstance(value, dict) and "kind" not in value:
        return {"kind": "sum", **value}
    return value


UnitFormula = Annotated[
    Annotated[BySum | ByRankPoints | ByInterleaved, Field(discriminator="kind")],
    BeforeValidator(_formula),
]
"""A measure's name, or `terms` with weights, or a `kind` of its own."""


class UnitRanking(Strict):
    """The order of units within block and level; units equal in everything share a rank.

    Attributes
    ----------
    by : UnitFormula
        What they are ranked by. Units where it is null stand last, without a rank.
    then : tuple of Term
        What separates units that are equal in it, high first.
    min_people, min_headcount : int
        Units with fewer persons, or a smaller (or no) headcount, are not ranked.
    blocks : str
        `apart`: each block has its own ranking; `together`: one for all.
    ties : str
        As in `PeopleRanking`, without the lot.
    """

    by: UnitFormula
    then: tuple[Term, ...] = ()
    min_people: Count = 0
    min_headcount: Count = 0
    blocks: Literal["apart", "together"] = "apart"
    ties: Literal["shared", "dense"] = "shared"

    @property
    def main(self) -> tuple[Term, ...]:
        """The measures that units are ranked by, before what separates equal ones."""
        return self.by.terms if isinstance(self.by, BySum) else self.by.lists

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every measure that the order rests on."""
        return (*self.main, *self.then)
