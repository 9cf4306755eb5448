"""Prizes, as the organisers' file states them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from grading.rule_numbers import Count, Points, Share, Some
from questions.strict import Id, Strict, Text


class Prize(Strict):
    """A prize: how many there are, what it is worth in money (đồng) and in points for the unit."""

    id: Id
    title: Text
    count: Some
    value: Count | None = None
    points: Points = Decimal(0)


class Quota(Strict):
    """How many of the prizes a group has, by prize id; a group without a quota has none."""

    group: Id
    counts: dict[Id, Count]


Requirement = Literal["all_right", "prediction", "prediction_exact"]


class PeoplePrizes(Strict):
    """The prizes of one ranking of people.

    Attributes
    ----------
    of : str
        `round` for every round's own ranking, the id of one round, or the id of a board.
    prizes : tuple of Prize
        Highest first.
    per : str
        `group`: every group has them all; `all`: they go over all groups together, whose people are
        compared by the ranking's keys; `quota`: by the quotas.
    once : str
        `ranking`: a person may win in every round; `contest`: one prize per person among all
        rankings that say so (`keep`: the `higher` one, by money where every prize states its value,
        else by its place in the list; or the `first` won, boards after rounds). Whoever stands
        behind moves up.
    requires : tuple of str
        What a winner must have.
    min_score : Decimal or None
        What a winner must reach at least, in points.
    max_share : Decimal or None
        At most this part of the ranked contestants (of the group, unless `per: all`) win, rounded
        down, whatever `edge` says.
    edge : str
        What people who share a rank win where a prize doesn't reach for all of them. `all`: each
        the prize of their best place, so that there may be more of it; `none`: each the prize of
        their last place, so that nobody wins where prizes end; `lot`: places are drawn.
    lot : str or None
        With `edge: lot`: the published text that it is drawn with, as in `PeopleRanking`.
    """

    of: Id
    prizes: Annotated[tuple[Prize, ...], Field(min_length=1)]
    per: Literal["group", "all", "quota"] = "group"
    quotas: tuple[Quota, ...] = ()
    once: Literal["ranking", "contest"] = "ranking"
    keep: Literal["higher", "first"] = "higher"
    requires: tuple[Requirement, ...] = ()
    min_score: Annotated[Decimal, Field(ge=0, decimal_places=6)] | None = None
    max_share: Share | None = None
    edge: Literal["all", "none", "lot"]
    lot: Text | None = None

    @model_validator(mode="after")
    def _consistent(self) -> PeoplePrizes:
        if (self.per == "quota") != bool(self.quotas):
            raise ValueError("quota_missing" if not self.quotas else "quota_unused")
        if (self.edge == "lot") != (self.lot is not None):
            raise ValueError("lot_missing" if self.lot is None else "lot_unused")
        return self


class UnitPrizes(Strict):
    """The prizes of one ranking of units, in every block of one level (over all blocks where they
    are ranked together). `of` and `edge` are as in `PeoplePrizes`."""

    of: Id
    level: Annotated[int, Field(strict=True, ge=1, le=9)]
    prizes: Annotated[tuple[Prize, ...], Field(min_length=1)]
    edge: Literal["all", "none"]


class Prizes(Strict):
    """All prizes of a contest."""

    people: tuple[PeoplePrizes, ...] = ()
    units: tuple[UnitPrizes, ...] = ()
