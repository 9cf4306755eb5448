"""Where each round stands, and what comes next. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from contest.rounds import EXPIRE_SETTLE_MS
from contest.rules import Round

Phase = Literal[
    "before", "shut", "open", "between", "over", "closed", "confirmed", "published"
]  # fmt: skip
"""`shut`: its time has come, but nothing has opened it; `over`: its last window has passed, but it
isn't closed for good."""


@dataclass(frozen=True)
class RoundView:
    """A round as the desk shows it.

    Attributes
    ----------
    opens_at, closes_at : int
        First opening and last closing as they hold now, milliseconds UTC.
    next_at : int or None
        When the phase ends by itself, milliseconds UTC; None: it waits for somebody.
    running : int
        Attempts under way.
    """

    id: str
    title: str
    phase: Phase
    opens_at: int
    closes_at: int
    next_at: int | None
    running: int = 0


@dataclass(frozen=True)
class Steps:
    """Rounds that have got so far: ids."""

    begun: Collection[str] = ()
    closed: Collection[str] = ()
    confirmed: Collection[str] = ()
    published: Collection[str] = ()


def view_of(round_: Round, steps: Steps, now: int, running: int = 0) -> RoundView:
    """Return where a round stands at `now`, milliseconds UTC."""
    phase, next_at = _phase(round_, steps, now)
    return RoundView(
        round_.id, round_.title, phase, round_.opens_at, round_.closes_at, next_at, running
    )


def _phase(round_: Round, steps: Steps, now: int) -> tuple[Phase, int | None]:
    if round_.id in steps.closed:
        if round_.id in steps.published:
            return "published", None
        return ("confirmed" if round_.id in steps.confirmed else "closed"), None
    window = round_.window_at(now)
    if round_.id not in steps.begun:
        if window is not None:
            return "shut", window[1]
        return ("before", round_.next_opening(now)) if now < round_.closes_at else ("over", None)
    if window is not None:
        return "open", window[1]
    if now >= round_.closes_at:
        settled = round_.closes_at + EXPIRE_SETTLE_MS
        return "over", settled if now < settled else None
    return "between", round_.next_opening(now)


def main_round(views: list[RoundView]) -> str | None:
    """Return the round that the desk shows first: the open one, else what waits, else the next."""
    for phases in (("open", "shut", "between"), ("over", "closed", "confirmed"), ("published",)):
        for view in reversed(views):
            if view.phase in phases:
                return view.id
    return views[0].id if views else None
