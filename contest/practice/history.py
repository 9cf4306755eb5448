"""What a learner has answered so far, as far as the next question depends on it. Pure."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from contest.practice.scheduler import day_of, due_of

if TYPE_CHECKING:
    from contest.store.practice_protocol import StoredReview


@dataclass(frozen=True)
class Memory:
    """A card after its last review.

    Attributes
    ----------
    ask : str
        The asking that this review answered.
    at : int
        When that was, ms UTC.
    card : str
        As the scheduling library writes it.
    """

    ask: str
    at: int
    right: bool
    question_id: str
    card: str = field(repr=False)

    @cached_property
    def due(self) -> int:
        """When the library wants the card again, ms UTC."""
        return due_of(self.card)

    def is_buried(self, now: int) -> bool:
        """Return whether neither it nor a sibling comes again today: it was known today."""
        return self.right and day_of(self.at) == day_of(now)

    def comes_on(self, now: int) -> datetime.date:
        """Return the day on which it comes up: never again on a day on which it was known."""
        due = max(day_of(self.due), day_of(now))
        if self.is_buried(now) and due == day_of(now):
            return due + datetime.timedelta(days=1)
        return due

    def is_due(self, now: int) -> bool:
        """Return whether it comes up today."""
        return self.comes_on(now) == day_of(now)


class History:
    """The reviews of one learner, in order."""

    def __init__(self, reviews: Iterable[StoredReview] = ()) -> None:
        self.cards: dict[str, Memory] = {}
        self.asked: dict[str, int] = {}
        """Question id -> when it was answered last, ms UTC."""
        self.days: dict[datetime.date, dict[str, bool]] = defaultdict(dict)
        """Day -> asking -> whether it was right."""
        self.begun: dict[str, datetime.date] = {}
        """Card id -> the day on which it was new."""
        self.last_question: str | None = None
        for review in reviews:
            self.add(review)

    def add(self, review: StoredReview) -> None:
        """Take in one more review."""
        day = day_of(review.at)
        self.cards[review.card_id] = Memory(
            review.ask,
            review.at,
            review.right,
            review.question_id,
            review.card,
        )
        self.asked[review.question_id] = review.at
        self.days[day][review.ask] = review.right
        self.begun.setdefault(review.card_id, day)
        self.last_question = review.question_id

    def new_on(self, day: datetime.date) -> int:
        """Return how many cards were begun on a day."""
        return sum(begun == day for begun in self.begun.values())
