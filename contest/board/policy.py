"""What a leaderboard may show of a round: as the rules reveal it, and nothing that is predicted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contest.publish_rules import publish_of
from contest.rules import Rules

TOP_WHILE_OPEN = 50
"""How many ranks of a group are shown until the figures are final."""

CROWD = 4
"""While a number of people or entries is predicted, the shown ranks are at most one in so many of
the ranked: a list that holds nearly everybody would tell how many they are."""

Why = Literal["shown", "later", "never"]
"""`later`: once the round is closed (or, where that is what is predicted, the last one)."""


@dataclass(frozen=True)
class Shown:
    """What may be shown of one round.

    Attributes
    ----------
    counts : str
        People, entries and shares: of units, by day, and in all.
    people : str
        The order of people, with their scores.
    means : str
        Mean scores of units.
    top : int or None
        The last rank shown of a group; None: all.
    crowd : int
        A group of fewer ranked people than this isn't shown.
    final : bool
        Whether ranks are those of the rules: not before the close.
    confirmed : bool
        Whether the organisers have confirmed the result; before that no prize is shown.
    """

    counts: Why
    people: Why
    means: Why
    top: int | None
    crowd: int
    final: bool
    confirmed: bool = False


def shown_of(rules: Rules, *, closed: bool, all_closed: bool) -> Shown:
    """Return what may be shown of a round with these rules.

    Parameters
    ----------
    closed, all_closed : bool
        Whether this round, and every round of the contest, has its closing row.
    """
    prediction = rules.prediction
    over = all_closed if prediction is not None and prediction.scope == "contest" else closed
    secret = None if prediction is None or over else prediction.quantity
    counts: Why = "later" if secret in ("people", "entries") else "shown"
    people = _scores(rules, closed)
    if people == "shown" and secret in ("perfect_people", "percent_right"):
        people = "later"
    top = publish_of(rules).top
    if secret is not None or not closed:
        top = min(top or TOP_WHILE_OPEN, TOP_WHILE_OPEN)
    return Shown(
        counts=counts,
        people=people,
        means="later" if people == "shown" and counts == "later" else people,
        top=top,
        crowd=CROWD * (top or 0) if counts == "later" else 0,
        final=closed and over,
    )


def _scores(rules: Rules, closed: bool) -> Why:
    when = rules.reveal.score
    if when == "after_round":
        return "shown" if closed else "later"
    return "shown" if when == "at_once" else "never"
