"""A graded round as the leaderboard shows it: names masked, ids left behind."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from contest.board.policy import Shown
from contest.masking import public_name
from contest.papers.prizes import RankingPrizes
from contest.publish_rules import publish_of
from contest.rules import Rules
from grading.prize_rules import Prizes
from grading.rules import GradingRules
from grading.unit_rules import UnitRanking

PER_PAGE = 100
"""People on a page, and in a part of the snapshot."""


PEOPLE_COLUMNS = (
    "group", "status", "rank", "name", "unit", "parent_unit", "score", "correct", "duration_ms",
    "prize",
)  # fmt: skip
UNIT_COLUMNS = ("unit_id", "rank", "mean_score", "prize")
"""What is looked at of PEOPLE_RESULTS and UNIT_RESULTS."""


@dataclass(frozen=True)
class RankedUnit:
    """What grading says of a unit; None: not ranked, nothing to take a mean of, or no prize.

    `prize` is its title, or the titles.
    """

    rank: int | None
    mean_score: Fraction | None
    prize: str | None


def before_close(rules: GradingRules) -> GradingRules | None:
    """Return rules that rank an open round without what is being predicted; None: they can't.

    No prizes, no boards, and units by people only, since nothing of that is shown before the end.
    """
    keys = tuple(key for key in rules.people.keys if key.key != "prediction_error")
    if not keys:
        return None
    return rules.model_copy(
        update={
            "people": rules.people.model_copy(update={"keys": keys}),
            "units": UnitRanking.model_validate({"by": "people"}),
            "prediction": None,
            "boards": (),
            "prizes": Prizes(),
        }
    )


def people_shown(
    people: Iterable[Any], round_id: str, rules: Rules, shown: Shown
) -> dict[str, list[list[Any]]]:
    """Return the rows of each group, best first, as far as they may be shown.

    Parameters
    ----------
    people : iterable
        Rows of PEOPLE_RESULTS of one round, as named tuples of PEOPLE_COLUMNS; null is None.

    Returns
    -------
    dict
        Group -> [rank, masked name (None once erased), unit, unit above, score in millionths,
        right answers, duration in ms, title of the prize].
    """
    style = publish_of(rules).names
    prizes = RankingPrizes.of(rules.prizes, round_id, of_round=True).people
    groups: dict[str, list[Any]] = {}
    for row in people:
        if row.status == "ranked":
            groups.setdefault(row.group, []).append(row)
    return {
        group: [
            [
                int(row.rank),
                public_name(row.name, style, erased="") or None,
                row.unit,
                row.parent_unit,
                int(row.score),
                int(row.correct),
                int(row.duration_ms),
                prizes.titles(row.prize) if shown.confirmed else None,
            ]
            for row in rows
            if shown.top is None or int(row.rank) <= shown.top
        ]
        for group, rows in sorted(groups.items())
        if len(rows) >= shown.crowd
    }


def parts(rows: list[list[Any]]) -> list[str]:
    """Return rows as JSON texts of PER_PAGE each: a page reads its own and no other."""
    return [
        json.dumps(rows[at : at + PER_PAGE], ensure_ascii=False)
        for at in range(0, len(rows), PER_PAGE)
    ]


def ranked_units(units: Iterable[Any], round_id: str, rules: Rules) -> dict[str, RankedUnit]:
    """Return what rows of UNIT_RESULTS of one round say, as named tuples of UNIT_COLUMNS."""
    prizes = RankingPrizes.of(rules.prizes, round_id, of_round=True).units
    return {
        row.unit_id: RankedUnit(row.rank, row.mean_score, prizes.titles(row.prize)) for row in units
    }


def rounded(value: Fraction | None, places: int) -> str | None:
    """Return a fraction as a decimal text with `places` decimals, halves up."""
    if value is None:
        return None
    return str(Decimal(math.floor(value * 10**places + Fraction(1, 2))).scaleb(-places))
