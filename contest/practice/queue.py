"""Which question comes next. Pure: the same history, plan and time give the same question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from contest.practice.deck import Card, Deck, card_ids
from contest.practice.history import History
from contest.practice.scheduler import day_of

NEW_A_DAY = 10
"""New facts a day, unless the learner asks for more or goes by topic."""

Mode = Literal["today", "topic", "wrong", "more"]


@dataclass(frozen=True)
class Plan:
    """What a learner has chosen to do.

    Attributes
    ----------
    mode : str
        `today`: what is due, then some new facts; `more`: the same with `extra` further new
        facts; `topic`: all of one topic; `wrong`: what was answered wrong last time.
    topic : str or None
        For the mode `topic`.
    """

    mode: Mode = "today"
    topic: str | None = None
    extra: int = 0


@dataclass(frozen=True)
class Waiting:
    """The cards that a plan still has today, those to be repeated first."""

    again: list[Card]
    new: list[Card]

    def __len__(self) -> int:
        return len(self.again) + len(self.new)


def waiting(deck: Deck, history: History, plan: Plan, now: int, learner: str) -> Waiting:
    """Return the cards that are to come; one whose siblings are all known today is not."""
    again, new = [], []
    for card in deck.cards.values():
        memory = history.cards.get(card.card_id)
        if not any(_free(one, history, now) for one in card.questions):
            continue
        if plan.mode == "topic" and card.topic != plan.topic:
            continue
        if memory is None:
            new.append(card)
        elif not memory.right if plan.mode == "wrong" else memory.is_due(now):
            again.append(card)
    again.sort(key=lambda card: (history.cards[card.card_id].due, card.card_id))
    new.sort(key=lambda card: _rank(learner, card.card_id))
    return Waiting(again, [] if plan.mode == "wrong" else new[: _room(history, plan, now)])


def next_question(deck: Deck, history: History, plan: Plan, now: int, learner: str) -> Any:
    """Return the next question, or None where the plan is done for today.

    What was wrong comes back when the library says so, at once where nothing else is left.
    """
    cards = waiting(deck, history, plan, now, learner)
    ready = [card for card in cards.again if history.cards[card.card_id].due <= now]
    later = [card for card in cards.again if history.cards[card.card_id].due > now]
    for card in _last_asked_last([*ready, *cards.new, *later], history):
        return _sibling(card, history, plan, now, learner)
    return None


def _last_asked_last(cards: list[Card], history: History) -> Iterator[Card]:
    """Yield cards; one that the last question asked for comes only after all others."""
    last = history.last_question
    yield from sorted(cards, key=lambda card: any(one.id == last for one in card.questions))


def _sibling(card: Card, history: History, plan: Plan, now: int, learner: str) -> Any:
    """Return the question that asks for a card this time: the one not asked for longest."""
    free = [one for one in card.questions if _free(one, history, now)]
    memory = history.cards.get(card.card_id)
    if plan.mode == "wrong" and memory is not None:
        free = [one for one in free if one.id == memory.question_id] or free
    return min(free, key=lambda one: (history.asked.get(one.id, 0), _rank(learner, one.id)))


def _free(question: Any, history: History, now: int) -> bool:
    """Return whether none of the question's facts was known today already."""
    memories = (history.cards.get(id_) for id_ in card_ids(question))
    return not any(memory is not None and memory.is_buried(now) for memory in memories)


def _room(history: History, plan: Plan, now: int) -> int | None:
    """Return how many new cards the plan still takes today; None: all."""
    if plan.mode == "topic":
        return None
    return max(0, NEW_A_DAY + plan.extra - history.new_on(day_of(now)))


def _rank(learner: str, id_: str) -> bytes:
    """Return what puts new cards in an order of the learner's own."""
    return hashlib.sha256(f"{learner}/{id_}".encode()).digest()
