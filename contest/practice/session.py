"""One learner's page: what it is doing, what it was asked last, and what became of that.

Holds nothing that must survive: a page that is loaded anew is asked something anew.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, replace
from typing import Any

from contest.draw import Item, arrange
from contest.ids import IdSource, RandomIds, new_id
from contest.kinds import kind_of
from contest.practice.deck import card_ids
from contest.practice.desk import Answer, PracticeDesk
from contest.practice.history import History
from contest.practice.progress import Progress, progress
from contest.practice.queue import Plan, next_question, waiting
from contest.practice.source import PracticeBank
from grading.marks import MICRO, MarkStatus, mark


class Gone(RuntimeError):
    """The learner's data have been erased, from here or elsewhere."""


@dataclass(frozen=True)
class Asked:
    """A question on the page. `at`: when it was sent, ms UTC."""

    ask: str
    item: Item
    bank: PracticeBank
    at: int
    hinted: bool = False
    response: dict[str, Any] | None = None
    duration_ms: int = 0


@dataclass(frozen=True)
class Told:
    """What became of an answer.

    Attributes
    ----------
    status : str
        As `grading.marks` has it; `needs_marker` for an essay, which its writer rates.
    comes_on : date or None
        The day on which its fact comes up again; None while it isn't rated.
    """

    asked: Asked
    status: MarkStatus
    comes_on: datetime.date | None
    siblings: int


class Session:
    """See the module.

    Parameters
    ----------
    desk : PracticeDesk
    learner_id : str
    ids : IdSource
        Where the names of askings come from.
    """

    def __init__(self, desk: PracticeDesk, learner_id: str, ids: IdSource | None = None) -> None:
        self.desk = desk
        self.learner_id = learner_id
        self.plan = Plan()
        self.asked: Asked | None = None
        self._ids = ids or RandomIds()
        self._history: History | None = None

    async def home(self, now: int) -> tuple[PracticeBank, Progress] | None:
        """Return the bank and the learner's figures; None while practice is closed."""
        bank = await self.desk.bank(now)
        if bank is None:
            return None
        history = await self._known(anew=True)
        return bank, progress(bank.deck, history, self.plan, now, self.learner_id)

    async def start(self, plan: Plan) -> None:
        """Begin something else; what was asked last counts no more."""
        if plan.mode == "more":
            plan = replace(plan, extra=plan.extra + self.plan.extra)
        self.plan, self.asked = plan, None

    async def ask(self, now: int) -> Asked | None:
        """Return the next question; None where the plan is done, or practice closed."""
        bank = await self.desk.bank(now)
        if bank is None:
            return None
        history = await self._known()
        question = next_question(bank.deck, history, self.plan, now, self.learner_id)
        if question is None:
            self.asked = None
            return None
        ask = new_id(self._ids, "hoi")
        seed = hashlib.sha256(f"{self.learner_id}/{ask}".encode()).digest()
        self.asked = Asked(ask, arrange(question, seed), bank, now)
        return self.asked

    async def left(self, now: int) -> int:
        """Return how many facts the plan still has today."""
        bank = await self.desk.bank(now)
        if bank is None:
            return 0
        history = await self._known()
        return len(waiting(bank.deck, history, self.plan, now, self.learner_id))

    def hint(self, ask: object) -> Asked | None:
        """Note that a hint was given; None where this isn't what is being asked."""
        if self.asked is None or self.asked.ask != ask or self.asked.response is not None:
            return None
        self.asked = replace(self.asked, hinted=True)
        return self.asked

    async def answer(self, ask: object, chosen: Any, at: int) -> Told | None:
        """Mark an answer and keep it; None where this isn't what is being asked.

        Raises
        ------
        NotAnAnswer
            Where it can't be an answer to the question; nothing has happened.
        Gone
            Where nothing is kept of the learner any more.
        """
        asked = self.asked
        if asked is None or asked.ask != ask or asked.response is not None:
            return None
        response = kind_of(asked.item).read(asked.item, chosen)
        asked = replace(asked, response=response, duration_ms=max(0, at - asked.at))
        status = mark(asked.item.question, response, MICRO).status
        if status != "needs_marker":
            await self._keep(asked, status == "right", at)
        self.asked = asked
        return self._told(asked, status, at)

    async def rate(self, ask: object, right: bool, at: int) -> Told | None:
        """Keep what the writer of an essay says about it; None where nothing waits for that."""
        asked = self.asked
        if asked is None or asked.ask != ask or asked.response is None:
            return None
        if mark(asked.item.question, asked.response, MICRO).status != "needs_marker":
            return None
        await self._keep(asked, right, at)
        self.asked = None
        return self._told(asked, "right" if right else "wrong", at)

    async def _keep(self, asked: Asked, right: bool, at: int) -> None:
        answer = Answer(
            asked.ask,
            asked.item.question,
            asked.response or {},
            right,
            asked.hinted,
            asked.duration_ms,
        )
        history = await self.desk.answer(self.learner_id, await self._known(), answer, at)
        if history is None:
            raise Gone(self.learner_id)
        self._history = history

    def _told(self, asked: Asked, status: MarkStatus, at: int) -> Told:
        question = asked.item.question
        comes = None
        if status != "needs_marker" and self._history is not None:
            cards = [self._history.cards[id_] for id_ in card_ids(question)]
            comes = min(card.comes_on(at) for card in cards)
        deck = asked.bank.deck
        siblings = deck.siblings(question) if question.id in deck.questions else 0
        return Told(asked, status, comes, siblings)

    async def _known(self, *, anew: bool = False) -> History:
        if self._history is None or anew:
            if not await self.desk.knows(self.learner_id):
                raise Gone(self.learner_id)
            self._history = await self.desk.history(self.learner_id)
        return self._history
