"""A learner's progress in figures: by topic, by day, and what is coming. Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from contest.practice.deck import Deck
from contest.practice.history import History
from contest.practice.queue import Plan, waiting
from contest.practice.scheduler import day_of

DAYS = 7


@dataclass(frozen=True)
class TopicProgress:
    """How many facts of a topic there are, how many were asked, how many are held now.

    A fact is held if its last answer was right and it isn't due.
    """

    topic: str
    title: str
    cards: int
    seen: int
    held: int


@dataclass(frozen=True)
class Progress:
    """What the first screen and the summary show.

    Attributes
    ----------
    again, new, wrong : int
        Facts to be repeated today, new ones for today, facts whose last answer was wrong.
    answered, right : int
        Questions answered today, and right among them.
    practised : int
        Days of the last seven, today included, on which something was answered.
    coming : tuple of (date, int)
        How many known facts come up on each of the next seven days, from today on.
    """

    again: int
    new: int
    wrong: int
    answered: int
    right: int
    practised: int
    topics: tuple[TopicProgress, ...]
    coming: tuple[tuple[datetime.date, int], ...]


def progress(deck: Deck, history: History, plan: Plan, now: int, learner: str) -> Progress:
    """Return a learner's figures at a moment (ms UTC)."""
    today = day_of(now)
    left = waiting(deck, history, plan, now, learner)
    known = {id_: history.cards[id_] for id_ in deck.cards if id_ in history.cards}
    asked = history.days.get(today, {})
    week = [today - datetime.timedelta(days=ago) for ago in range(DAYS)]
    ahead = [today + datetime.timedelta(days=day) for day in range(DAYS)]
    comes = [memory.comes_on(now) for memory in known.values()]
    return Progress(
        len(left.again),
        len(left.new),
        len(waiting(deck, history, Plan("wrong"), now, learner)),
        len(asked),
        sum(asked.values()),
        sum(day in history.days for day in week),
        tuple(_topics(deck, history, now)),
        tuple((day, comes.count(day)) for day in ahead),
    )


def _topics(deck: Deck, history: History, now: int) -> list[TopicProgress]:
    found = []
    for topic in deck.bank.topics:
        ids = [id_ for id_, card in deck.cards.items() if card.topic == topic.id]
        seen = [history.cards[id_] for id_ in ids if id_ in history.cards]
        held = sum(memory.right and not memory.is_due(now) for memory in seen)
        if ids:
            found.append(TopicProgress(topic.id, topic.title, len(ids), len(seen), held))
    return found
