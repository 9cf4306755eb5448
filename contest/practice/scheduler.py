"""When a fact comes up again: the `fsrs` library, and the one place that rates an answer."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass

from fsrs import Card, Rating, Scheduler

from contest.clock import local

SCHEDULER = Scheduler(enable_fuzzing=False)
"""The library's own parameters; without fuzz, so that the same answers give the same dates."""

SLOW_MS = {
    "choice": 60_000,
    "group": 120_000,
    "match": 120_000,
    "order": 120_000,
    "number": 90_000,
    "text": 90_000,
    "cloze": 150_000,
}
"""Kind of question -> thinking longer than this counts as slow; kinds left out are never slow."""

_CARD = 1  # the store knows whose card it is


@dataclass(frozen=True)
class Scheduled:
    """A card after a review: the library's own form of it, and when it is due, ms UTC."""

    card: str
    due: int


def rating(*, right: bool, hinted: bool, slow: bool) -> Rating:
    """Return how well a fact was known.

    Wrong is Again, right after a hint or slow is Hard, right is Good. Easy is never given: that
    a fact was easy is nothing that an answer tells.
    """
    if not right:
        return Rating.Again
    return Rating.Hard if hinted or slow else Rating.Good


def is_slow(kind: str, duration_ms: int) -> bool:
    """Return whether an answer to a question of this kind took long."""
    return kind in SLOW_MS and duration_ms > SLOW_MS[kind]


def review(
    card: str | None, rated: Rating, at: int, duration_ms: int, scheduler: Scheduler = SCHEDULER
) -> Scheduled:
    """Return a card after it was rated.

    Parameters
    ----------
    card : str or None
        As `Scheduled.card` was; None for a fact never asked before.
    at, duration_ms : int
        When it was answered, ms UTC, and how long that took.
    """
    moment = _moment(at)
    before = Card.from_json(card) if card else Card(card_id=_CARD, due=moment)
    after, _ = scheduler.review_card(before, rated, moment, duration_ms)
    return Scheduled(after.to_json(), _ms(after.due))


def due_of(card: str) -> int:
    """Return when a stored card is due, ms UTC."""
    return _ms(datetime.datetime.fromisoformat(json.loads(card)["due"]))


def retrievability(card: str, at: int) -> float:
    """Return how likely it is that the fact is remembered at a moment (ms UTC)."""
    return SCHEDULER.get_card_retrievability(Card.from_json(card), _moment(at))


def day_of(at: int) -> datetime.date:
    """Return the day in Vietnam that a moment (ms UTC) belongs to."""
    return local(at).date()


def _moment(at: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(at / 1000, datetime.UTC)


def _ms(moment: datetime.datetime) -> int:
    return round(moment.timestamp() * 1000)
