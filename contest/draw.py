"""The paper of an attempt: a pure function of bank, blueprint and seed.

Anybody who has the round's secret (published after the round) can repeat it:

    seed = HMAC-SHA256(secret, attempt id)
    the questions of each blueprint line = the first n of the topic's questions,
        sorted by SHA-256(seed + "pick/" + question id)
    their order on the paper = sorted by SHA-256(seed + "order/" + question id)
    the options of a question = sorted by SHA-256(seed + "option/" + question id
        + "/" + option id); pinned options keep their written place

No library's shuffle is used: its result may change with a version.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from contest.rules import PaperRules
from questions.model import Bank
from questions.types import Option

DRAW_VERSION = 1
"""Written into every attempt's first row; raised when the draw's definition changes."""


class NotEnoughQuestions(ValueError):
    """A blueprint line asks for more questions than the topic has."""


@dataclass(frozen=True)
class Item:
    """A question on a paper, its options in their shown order."""

    question: Any
    options: tuple[Option, ...]

    def ids_at(self, positions: Iterable[int]) -> list[str]:
        """Return the sorted option ids at 1-based positions; IndexError if one doesn't exist."""
        return sorted(self.options[self._index(position)].id for position in positions)

    def positions_of(self, ids: Iterable[str]) -> list[int]:
        """Return the sorted 1-based positions of option ids."""
        wanted = set(ids)
        return [i for i, option in enumerate(self.options, start=1) if option.id in wanted]

    def _index(self, position: int) -> int:
        if not 1 <= position <= len(self.options):
            raise IndexError(position)
        return position - 1


@dataclass(frozen=True)
class Paper:
    """The questions drawn for one attempt, in their order."""

    items: tuple[Item, ...]

    def __len__(self) -> int:
        return len(self.items)

    def item(self, position: int) -> Item:
        """Return question number `position` (from 1); IndexError if there is none."""
        if not 1 <= position <= len(self.items):
            raise IndexError(position)
        return self.items[position - 1]

    def position_of(self, question_id: str) -> int:
        """Return the 1-based place of a question; KeyError if it isn't on the paper."""
        for position, item in enumerate(self.items, start=1):
            if item.question.id == question_id:
                return position
        raise KeyError(question_id)


class Pool:
    """The questions that may be drawn, by topic; made once per frozen round."""

    def __init__(self, bank: Bank, *, sample: bool) -> None:
        self.by_topic: dict[str, list[Any]] = defaultdict(list)
        for question in bank.questions:
            if drawable(bank, question, sample=sample):
                self.by_topic[question.topic].append(question)


def drawable(bank: Bank, question: Any, *, sample: bool) -> bool:
    """Return whether a contest may draw this question.

    A sample contest draws reviewed and approved questions, any other only approved ones.
    """
    status = bank.status_of(question)
    return status == "approved" or (sample and status == "reviewed")


def seed_of(secret: bytes, attempt_id: str) -> bytes:
    """Return the seed of an attempt's paper."""
    return hmac.new(secret, attempt_id.encode(), hashlib.sha256).digest()


def draw(pool: Pool, rules: PaperRules, seed: bytes) -> Paper:
    """Return the paper that `seed` gives.

    Raises
    ------
    NotEnoughQuestions
        Naming the topic that is too small.
    """
    picked: list[Any] = []
    for line in rules.blueprint:
        taken = {question.id for question in picked}
        candidates = [q for q in pool.by_topic[line.topic] if q.id not in taken]
        if len(candidates) < line.questions:
            raise NotEnoughQuestions(line.topic)
        ranked = sorted(candidates, key=lambda q: _rank(seed, "pick", q.id))
        picked += sorted(ranked[: line.questions], key=lambda q: _rank(seed, "order", q.id))
    if rules.order == "shuffled":
        picked.sort(key=lambda q: _rank(seed, "order", q.id))
    return Paper(tuple(Item(question, _options(question, seed)) for question in picked))


def _options(question: Any, seed: bytes) -> tuple[Option, ...]:
    choices: Sequence[Option] = question.choices()
    if not question.shuffle:
        return tuple(choices)
    free = iter(
        sorted(
            (option for option in choices if not option.pinned),
            key=lambda option: _rank(seed, "option", f"{question.id}/{option.id}"),
        )
    )
    return tuple(option if option.pinned else next(free) for option in choices)


def _rank(seed: bytes, use: str, id_: str) -> bytes:
    # The seed is secret and of fixed length, so a plain hash behind it is a keyed one.
    return hashlib.sha256(seed + f"{use}/{id_}".encode()).digest()
