"""The use cases of practice: learners and their codes, reviews, mock papers.

Every method is given the time at which its request was received, as in `contest.service`.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Literal

from contest.attempt import State
from contest.draw import NotEnoughQuestions, Paper
from contest.ids import (
    RESUME_LENGTH,
    IdSource,
    RandomIds,
    is_code,
    keyed_hash,
    new_id,
    normalise,
    resume_code,
)
from contest.messages import text
from contest.pictures import inlined, shown_on
from contest.practice.deck import card_ids
from contest.practice.history import History
from contest.practice.mock import MockSitting, MockView, bank_from, new_mock, rules_with
from contest.practice.scheduler import is_slow, rating, review
from contest.practice.source import Availability, PracticeBank, PracticeSource
from contest.rules import Group, Rules
from contest.rules_paper import PaperRules
from contest.secret_files import secret
from contest.service import Service
from contest.store.practice_protocol import (
    AddLearner,
    AddReview,
    CardReview,
    EraseLearner,
    Learner,
    Mock,
    ReplaceLearnerCode,
    StoredReview,
)
from contest.store.protocol import StoreUnavailable
from questions.canonical import dumps
from questions.model import Bank

_TRIES = 5
MAX_BANKS = 4
"""Banks of mock papers that are kept in memory."""


@dataclass(frozen=True)
class Begun:
    """A new learner. The code is told once and stored only as a hash."""

    learner_id: str
    code: str


@dataclass(frozen=True)
class Answer:
    """An answer to one asking of a question.

    Attributes
    ----------
    ask : str
        Names that asking.
    response : dict
        Canonical, with bank ids.
    duration_ms : int
        From the question's being sent to the answer's being received.
    """

    ask: str
    question: Any
    response: dict[str, Any]
    right: bool
    hinted: bool
    duration_ms: int


@dataclass(frozen=True)
class MockOpened:
    """What became of "Bắt đầu thi thử"; `topic` is what the bank lacks questions of."""

    result: Literal["open", "closed", "too_few", "gone"]
    mock_id: str | None = None
    topic: str | None = None


class PracticeDesk:
    """Practice as its pages see it; one for a server.

    Parameters
    ----------
    service : Service
        Of the contest beside which is practised.
    ids : IdSource
        Where ids, codes and seeds come from.
    """

    def __init__(self, service: Service, ids: IdSource | None = None) -> None:
        self._service = service
        self._store = service.store
        self._ids = ids or RandomIds()
        self._secret = secret(service.directory.secrets, "practice")
        self._banks: OrderedDict[str, Bank] = OrderedDict()
        self.source = PracticeSource(service.rounds)

    @property
    def rules(self) -> Rules:
        """The contest's rules as they are now."""
        return self._service.rounds.known().rules

    async def availability(self, now: int) -> Availability:
        """Return whether there is practice now."""
        return await self.source.availability(now)

    async def bank(self, now: int) -> PracticeBank | None:
        """Return what may be practised; None where nothing may, or not now."""
        return await self.source.bank(now) if (await self.availability(now)).is_open else None

    # ---- learners ----

    async def begin(self, at: int) -> Begun:
        """Begin a learner's data."""
        learner_id = new_id(self._ids, "hv")
        for _ in range(_TRIES):
            code = resume_code(self._ids)
            command = AddLearner(Learner(learner_id, self._hash(code), at))
            (outcome,) = await self._store.write(command)
            if outcome.result == "done":
                return Begun(learner_id, code)
        raise StoreUnavailable("no free learner code")

    async def resume(self, typed: str) -> str | None:
        """Return the learner whose code was typed, or None."""
        code = normalise(typed)
        if not is_code(code, RESUME_LENGTH):
            return None
        learner = await self._store.learner_by_code(self._hash(code))
        return learner.learner_id if learner else None

    async def new_code(self, learner_id: str) -> str | None:
        """Give a learner another code; the old one ends. None where there is no such learner."""
        for _ in range(_TRIES):
            code = resume_code(self._ids)
            (outcome,) = await self._store.write(ReplaceLearnerCode(learner_id, self._hash(code)))
            if outcome.result != "code_used":
                return code if outcome.result == "done" else None
        raise StoreUnavailable("no free learner code")

    async def erase(self, learner_id: str) -> None:
        """Delete everything that is kept of a learner."""
        await self._store.write(EraseLearner(learner_id))

    async def knows(self, learner_id: str) -> bool:
        """Return whether there is such a learner (still)."""
        return await self._store.learner(learner_id) is not None

    def _hash(self, code: str) -> str:
        return keyed_hash(self._secret, "learner", code)

    # ---- reviews ----

    async def history(self, learner_id: str) -> History:
        """Return what a learner has answered so far."""
        return History(await self._store.reviews(learner_id))

    async def answer(
        self, learner_id: str, history: History, answer: Answer, at: int
    ) -> History | None:
        """Keep an answer and schedule its facts; None where the learner is gone.

        Returns the history with it. Another page of the same learner may have answered meanwhile:
        then its reviews are taken in first.
        """
        for _ in range(_TRIES):
            command = _review(learner_id, history, answer, at)
            (outcome,) = await self._store.write(command)
            if outcome.result == "refused":
                return None
            if outcome.result == "done":
                for stored in _stored(command):
                    history.add(stored)
                return history
            history = await self.history(learner_id)
            if outcome.result == "again":
                return history
        raise StoreUnavailable("cards change all the time")

    # ---- mock papers ----

    async def mock_papers(self, now: int) -> list[tuple[Group, PaperRules]]:
        """Return the papers of the round that matters now, each with the group that gets it.

        One, the first group's, where all groups get the same.
        """
        status = await self._service.status(now)
        rules, round_id = status.rules, status.round.id
        papers = [(group, rules.paper_of(round_id, group.id)) for group in rules.groups]
        return papers if any(paper != papers[0][1] for _, paper in papers) else papers[:1]

    async def open_mock(self, learner_id: str, at: int, group: str = "") -> MockOpened:
        """Begin a mock paper, or return the one that is running.

        Parameters
        ----------
        group : str
            Whose paper, of those that `mock_papers` has; of any other, the first one's.
        """
        bank = await self.bank(at)
        if bank is None or not self.rules.practice.mock:
            return MockOpened("closed")
        running = await self.running_mock(learner_id, at)
        if running is not None:
            return MockOpened("open", running.attempt_id)
        closes = await self.source.next_closing(at)
        papers = await self.mock_papers(at)
        paper = next((one for of, one in papers if of.id == group), papers[0][1])
        rules = rules_with((await self._service.status(at)).rules, paper)
        try:
            command = await asyncio.to_thread(
                new_mock, self._ids, learner_id, rules, bank, at, closes
            )
        except NotEnoughQuestions as lacking:
            return MockOpened("too_few", topic=str(lacking))
        (outcome,) = await self._store.write(command)
        if outcome.result == "refused":
            return MockOpened("gone")
        return MockOpened("open", command.mock.mock_id)

    async def pictures_of(self, bank: Bank, paper: Paper, now: int) -> dict[str, str]:
        """Return the pictures of a mock paper themselves, by their hash; none while closed."""
        practised = await self.bank(now)
        if practised is None:
            return {}
        return await asyncio.to_thread(inlined, practised.pictures, shown_on(bank, paper.items))

    async def running_mock(self, learner_id: str, now: int) -> MockSitting | None:
        """Return the learner's mock paper that takes answers, or None; ends what has run out."""
        for mock in reversed(await self._store.mocks_of(learner_id)):
            sitting = await self._sitting(mock)
            if await sitting.is_running(now):
                return sitting
            if (await sitting.head()).state is not State.RUNNING:
                break
        return None

    async def mocks(self, learner_id: str) -> list[Mock]:
        """Return a learner's mock papers, oldest first."""
        return await self._store.mocks_of(learner_id)

    async def mock(self, learner_id: str, mock_id: str) -> MockSitting | None:
        """Return a learner's own mock paper, or None."""
        mock = await self._store.mock(mock_id)
        if mock is None or mock.learner_id != learner_id:
            return None
        return await self._sitting(mock)

    async def learn_from(self, learner_id: str, view: MockView, at: int) -> int:
        """Let what was wrong in a mock paper come up in practice; return how many questions.

        Done twice it changes nothing: the answer of a mock paper is one asking.
        """
        history = await self.history(learner_id)
        for question in view.wrong:
            response = view.replay.responses.get(question.id, {})
            ask = f"{view.mock.mock_id}/{question.id}"
            answer = Answer(ask, question, response, False, False, 0)
            after = await self.answer(learner_id, history, answer, at)
            if after is None:
                return 0
            history = after
        return len(view.wrong)

    async def _sitting(self, mock: Mock) -> MockSitting:
        bank = await self._bank_of(mock)
        title = text("mock.title")
        return MockSitting(mock, bank, title, self._store, self._service.watcher)

    async def _bank_of(self, mock: Mock) -> Bank:
        """Return the bank that a mock paper was drawn from, whatever the files say today."""
        if mock.bank not in self._banks:
            body = await self._store.practice_bank(mock.bank)
            if body is None:
                raise StoreUnavailable(f"no bank {mock.bank}")
            self._banks[mock.bank] = await asyncio.to_thread(bank_from, body)
            while len(self._banks) > MAX_BANKS:
                self._banks.popitem(last=False)
        return self._banks[mock.bank]


def _review(learner_id: str, history: History, answer: Answer, at: int) -> AddReview:
    question = answer.question
    slow = is_slow(question.kind, answer.duration_ms)
    rated = rating(right=answer.right, hinted=answer.hinted, slow=slow)
    cards = []
    for card_id in card_ids(question):
        before = history.cards.get(card_id)
        after = review(before.card if before else None, rated, at, answer.duration_ms)
        cards.append(CardReview(card_id, before.ask if before else "", int(rated), after.card))
    return AddReview(
        learner_id,
        answer.ask,
        at,
        question.id,
        answer.response,
        answer.right,
        answer.hinted,
        answer.duration_ms,
        tuple(cards),
    )


def _stored(command: AddReview) -> list[StoredReview]:
    """Return a command's reviews as they would be read; their numbers are the store's matter."""
    return [
        StoredReview(
            0,
            command.ask,
            command.at,
            command.question_id,
            card.card_id,
            card.rating,
            command.right,
            command.hinted,
            command.duration_ms,
            dumps(command.response),
            card.card,
        )
        for card in command.cards
    ]
