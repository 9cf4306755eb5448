"""What there is to learn: a card for each fact, with the questions that ask for it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from questions.folding import fold
from questions.model import Bank


@dataclass(frozen=True)
class Card:
    """A fact to be remembered.

    Attributes
    ----------
    card_id : str
        The fact's id; `cau:` and a question's id where that question rests on no fact.
    topic : str
        Of its first question.
    questions : tuple of Question
        The siblings: every question that asks for it.
    """

    card_id: str
    topic: str
    questions: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Deck:
    """The cards of a bank, for questions that are reviewed and not kept back.

    Parameters
    ----------
    bank : Bank
    withheld : Withheld
    """

    bank: Bank
    withheld: Withheld

    @cached_property
    def questions(self) -> dict[str, Any]:
        """The questions that may be practised, by id, in the bank's order."""
        return {
            question.id: question
            for question in self.bank.questions
            if self.bank.status_of(question) != "draft" and not self.withheld.holds(question)
        }

    @cached_property
    def cards(self) -> dict[str, Card]:
        """The cards by id."""
        asked: dict[str, list[Any]] = defaultdict(list)
        for question in self.questions.values():
            for card_id in card_ids(question):
                asked[card_id].append(question)
        return {
            card_id: Card(card_id, questions[0].topic, tuple(questions))
            for card_id, questions in asked.items()
        }

    @cached_property
    def open_bank(self) -> Bank:
        """The bank with only these questions, for drawing mock papers."""
        return self.bank.model_copy(update={"questions": tuple(self.questions.values())})

    def siblings(self, question: Any) -> int:
        """Return how many other questions ask for a fact of this one."""
        others = {one.id for id_ in card_ids(question) for one in self.cards[id_].questions}
        return len(others - {question.id})


@dataclass(frozen=True)
class Withheld:
    """Questions that rounds may still draw from a bank that isn't public.

    A copy of such a question under another id is recognised by its stem.
    """

    ids: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()

    @classmethod
    def of(cls, questions: Iterable[Any], *, same_bank: bool) -> Withheld:
        """Return what these questions keep back; ids say nothing about another bank."""
        held = list(questions)
        return cls(
            frozenset(one.id for one in held) if same_bank else frozenset(),
            frozenset(_stem(one) for one in held),
        )

    def holds(self, question: Any) -> bool:
        """Return whether a question is kept back."""
        return question.id in self.ids or _stem(question) in self.stems


def card_ids(question: Any) -> tuple[str, ...]:
    """Return the ids of the cards that an answer to a question reviews."""
    return tuple(dict.fromkeys(question.facts)) or (f"cau:{question.id}",)


def _stem(question: Any) -> str:
    """Return what tells a question: stems such as "Điền vào chỗ trống" need the rest as well."""
    parts = [question.stem, getattr(question, "text", "")]
    for name in ("statements", "left", "items"):
        parts += [part.text for part in getattr(question, name, ())]
    return fold(" ".join(parts))
