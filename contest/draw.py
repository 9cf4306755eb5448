"""The paper of an attempt: a pure function of bank, blueprint and seed.

Anybody who has the round's secret (published after the round) can repeat it:

    seed = HMAC-SHA256(secret, attempt id)
    the questions of each blueprint line = the first n of the questions that fit it (topic, level,
        tag, types, numbers of options), sorted by SHA-256(seed + "pick/" + question id); where
        all papers of a round and group have the same questions (`draw: same`), the seed for
        picking is HMAC-SHA256(secret, "same/" + group)
    their order on the paper = sorted by SHA-256(seed + "order/" + question id); with
        `easy_to_hard` by level first
    the options of a question = sorted by SHA-256(seed + "option/" + question id
        + "/" + option id); pinned options keep their written place; the right column of
        a matching question and the items of an ordering one likewise; should these come
        out in their right order, the first goes to the end
    the options of a gap = sorted by SHA-256(seed + "option/" + question id + "/" + gap id
        + "/" + option id)

No library's shuffle is used: its result may change with a version.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from contest.rules_paper import LEVELS, PaperRules
from questions.model import Bank

DRAW_VERSION = 1
"""Written into every attempt's first row; raised when the draw's definition changes."""

MAX_RULES = 64
"""Of so many papers' rules (groups, rounds, changed rules) a pool remembers what fits them."""


class NotEnoughQuestions(ValueError):
    """A blueprint line asks for more questions than the topic has."""


@dataclass(frozen=True)
class Item:
    """A question on a paper, what it shows in its order there.

    Attributes
    ----------
    options : tuple of Option or Part
        Options, right column or items to be ordered; empty for the other kinds.
    gaps : tuple of tuples of Part
        For each gap of a cloze, as they follow each other in the text: its options, empty where
        it is typed.
    """

    question: Any
    options: tuple[Any, ...] = ()
    gaps: tuple[tuple[Any, ...], ...] = ()

    def ids_at(self, positions: Iterable[int]) -> list[str]:
        """Return the sorted option ids at 1-based positions; IndexError if one doesn't exist."""
        return sorted(self.options[self._index(position)].id for position in positions)

    def positions_of(self, ids: Iterable[str]) -> list[int]:
        """Return the sorted 1-based positions of option ids."""
        wanted = set(ids)
        return [i for i, option in enumerate(self.options, start=1) if option.id in wanted]

    def places(self) -> dict[str, int]:
        """Return id -> 1-based position of every option."""
        return {option.id: place for place, option in enumerate(self.options, start=1)}

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


@dataclass(frozen=True)
class Candidates:
    """The questions that fit a line of a blueprint; their names as `_rank` hashes them."""

    questions: list[Any]
    names: list[bytes]


class Pool:
    """The questions that may be drawn, by topic; made once per frozen round."""

    def __init__(self, bank: Bank, *, sample: bool) -> None:
        self.by_topic: dict[str, list[Any]] = defaultdict(list)
        for question in bank.questions:
            if drawable(bank, question, sample=sample):
                self.by_topic[question.topic].append(question)
        self._fitting: list[tuple[PaperRules, list[Candidates]]] = []

    def fitting(self, rules: PaperRules) -> list[Candidates]:
        """Return what fits each line of these rules; found once for each rules object."""
        for known, found in self._fitting:
            if known is rules:
                return found
        found = []
        for line in rules.blueprint:
            those = [q for q in self.by_topic[line.topic] if line.takes(q) and rules.takes(q)]
            found.append(Candidates(those, [_name("pick", q.id) for q in those]))
        self._fitting = [*self._fitting[1 - MAX_RULES :], (rules, found)]
        return found


def drawable(bank: Bank, question: Any, *, sample: bool) -> bool:
    """Return whether a contest may draw this question.

    A sample contest draws reviewed and approved questions, any other only approved ones.
    """
    status = bank.status_of(question)
    return status == "approved" or (sample and status == "reviewed")


def seed_of(secret: bytes, attempt_id: str) -> bytes:
    """Return the seed of an attempt's paper."""
    return hmac.new(secret, attempt_id.encode(), hashlib.sha256).digest()


def draw(pool: Pool, rules: PaperRules, seed: bytes, pick: bytes | None = None) -> Paper:
    """Return the paper that `seed` gives; `pick` chooses its questions where it isn't the same.

    Raises
    ------
    NotEnoughQuestions
        Naming the topic that is too small.
    """
    return Paper(tuple(arrange(question, seed) for question in chosen(pool, rules, seed, pick)))


def chosen(pool: Pool, rules: PaperRules, seed: bytes, pick: bytes | None = None) -> list[Any]:
    """Return the questions of a paper in their order, as `draw`, without arranging options."""
    pick = seed if pick is None else pick
    picked: list[Any] = []
    taken: set[str] = set()
    for line, fitting in zip(rules.blueprint, pool.fitting(rules), strict=True):
        sha256 = hashlib.sha256  # in a loop over the whole bank, for every paper of a contest
        ranks = [sha256(pick + name).digest() for name in fitting.names]
        ranked = (fitting.questions[n] for n in sorted(range(len(ranks)), key=ranks.__getitem__))
        found = list(islice((q for q in ranked if q.id not in taken), line.questions))
        if len(found) < line.questions:
            raise NotEnoughQuestions(line.topic)
        taken.update(question.id for question in found)
        picked += _in_order(found, seed)
    if rules.order != "blueprint":
        picked = _in_order(picked, seed)
    if rules.order == "easy_to_hard":
        picked.sort(key=lambda question: LEVELS.index(question.level))
    return picked


def _in_order(questions: list[Any], seed: bytes) -> list[Any]:
    return sorted(questions, key=lambda question: _rank(seed, "order", question.id))


def arrange(question: Any, seed: bytes) -> Item:
    """Return a question with its options, right column, items or gaps in the seed's order."""
    options = _shuffled(question, question.movable(), question.id, seed)
    if question.kind == "order" and tuple(part.id for part in options) == question.key:
        options = (*options[1:], options[0])
    gaps: tuple[tuple[Any, ...], ...] = ()
    if question.kind == "cloze":
        gaps = tuple(
            _shuffled(question, gap.options, f"{question.id}/{gap.id}", seed)
            for gap in question.gaps_in_order()
        )
    return Item(question, options, gaps)


def _shuffled(question: Any, parts: Sequence[Any], name: str, seed: bytes) -> tuple[Any, ...]:
    if not question.shuffle:
        return tuple(parts)
    free = iter(
        sorted(
            (part for part in parts if not part.pinned),
            key=lambda part: _rank(seed, "option", f"{name}/{part.id}"),
        )
    )
    return tuple(part if part.pinned else next(free) for part in parts)


def _rank(seed: bytes, use: str, id_: str) -> bytes:
    # The seed is secret and of fixed length, so a plain hash behind it is a keyed one.
    return hashlib.sha256(seed + _name(use, id_)).digest()


def _name(use: str, id_: str) -> bytes:
    return f"{use}/{id_}".encode()
