"""The rules that grading needs, as the organisers' file states them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from questions.strict import Strict

Order = Literal["high", "low"]
"""Whether the higher or the lower value comes first."""

AttemptKey = Literal["score", "correct", "duration", "submitted_at", "number"]
"""What can choose between the attempts of one person."""

PersonKey = Literal["score", "correct", "prediction_error", "duration", "submitted_at"]
"""What can separate two people. Units: score and correct as counted, prediction_error as the
predicted quantity, duration and submitted_at in milliseconds."""

Quantity = Literal["people", "entries", "perfect_people", "percent_right"]
"""What contestants predict; see `grading.predictions`."""

UnitMeasure = Literal["people", "share", "mean_score"]
"""What units are ranked by: persons, persons / headcount, mean score of counted attempts."""


class AttemptSortKey(Strict):
    """One step in choosing the attempt that counts."""

    key: AttemptKey
    order: Order


class PersonSortKey(Strict):
    """One step in the order of people."""

    key: PersonKey
    order: Order


class PeopleRanking(Strict):
    """The order of people, and what a full tie means.

    `ties: shared` gives equal rows the same rank and skips the ranks behind them (1, 2, 2, 4).
    A person without a prediction comes after all who made one, whatever its error.
    """

    keys: Annotated[tuple[PersonSortKey, ...], Field(min_length=1)]
    ties: Literal["shared"]

    @model_validator(mode="after")
    def _once(self) -> PeopleRanking:
        if len({key.key for key in self.keys}) != len(self.keys):
            raise ValueError("key_repeated")
        return self


class UnitRanking(Strict):
    """What units are ranked by, high first, within block and level; equal units share a rank."""

    by: UnitMeasure


class Counting(Strict):
    """Which attempt of a person counts; attempts equal in all keys: the earlier one."""

    keys: Annotated[tuple[AttemptSortKey, ...], Field(min_length=1)]


class GradingRules(Strict):
    """All that grading takes from the rules of one round.

    Attributes
    ----------
    points : Decimal
        Full marks of a question that names no points of its own.
    counted : Counting
        Which attempt of a person counts.
    people, units : PeopleRanking, UnitRanking
        The orders of people and of units.
    quantity : str or None
        What contestants predicted; None where they predicted nothing.
    """

    points: Annotated[Decimal, Field(gt=0, le=1000, decimal_places=6)]
    counted: Counting
    people: PeopleRanking
    units: UnitRanking
    quantity: Quantity | None = None

    @model_validator(mode="after")
    def _predicted(self) -> GradingRules:
        keys = {key.key for key in self.people.keys}
        if "prediction_error" in keys and self.quantity is None:
            raise ValueError("prediction_missing")
        return self
