"""Thi thử: a paper on the contest's own blueprint, sat like an attempt, kept apart from all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from contest.attempt import Draft, Head, Kind, Row, State
from contest.draw import Item, Paper, Pool, arrange, draw
from contest.ids import IdSource, new_id
from contest.practice.source import PracticeBank
from contest.replay import Replay, replay
from contest.rounds import EXPIRE_SETTLE_MS
from contest.rules import Rules
from contest.rules_paper import PaperRules
from contest.sitting import Sitting
from contest.store.practice_protocol import AppendMock, Mock, OpenMock, TakeMockPen
from contest.store.protocol import Outcome, Store
from contest.watch import Watcher
from grading.marks import Mark, mark, micro
from questions.model import Bank

SEED_BYTES = 32


@dataclass(frozen=True)
class MockRound:
    """What a mock paper is sat under, as far as the paper's page asks: rules and a title."""

    rules: Rules
    round: Any


@dataclass(frozen=True)
class MockView:
    """A mock paper with what its rows add up to, and its marks where it has ended."""

    mock: Mock
    paper: Paper
    rules: Rules
    bank: Bank
    replay: Replay
    marks: tuple[Mark, ...]

    @property
    def wrong(self) -> list[Any]:
        """The questions that were answered, and not right."""
        pairs = zip(self.paper.items, self.marks, strict=True)
        return [item.question for item, one in pairs if one.status in ("wrong", "partial")]

    @property
    def ended_at(self) -> int:
        """When it ended, ms UTC."""
        return self.replay.submitted_at or self.mock.ends_at


def new_mock(
    ids: IdSource, learner_id: str, rules: Rules, bank: PracticeBank, at: int, closes: int | None
) -> OpenMock:
    """Draw a mock paper; it ends with its time, or when practice closes.

    Parameters
    ----------
    rules : Rules
        What `rules_with` returned: their one paper is drawn.
    closes : int or None
        When practice closes, ms UTC; None: not that we know of.

    Raises
    ------
    NotEnoughQuestions
        Where the practice bank can't fill the blueprint.
    """
    seed = ids.take(SEED_BYTES)
    paper = draw(Pool(bank.deck.open_bank, sample=True), rules.paper, seed)
    ends_at = at + rules.paper.duration_ms
    body = {
        "questions": [item.question.id for item in paper.items],
        "seed": seed.hex(),
        "rules": rules.to_data(),
    }
    mock = Mock(
        new_id(ids, "tt"),
        learner_id,
        at,
        ends_at if closes is None else min(ends_at, closes),
        bank.digest,
        body,
    )
    return OpenMock(mock, bank.text)


def rules_with(rules: Rules, paper: PaperRules) -> Rules:
    """Return rules under which `paper` is the only one there is."""
    only = {name: getattr(paper, name) for name in PaperRules.model_fields}
    return rules.model_copy(update={"paper": PaperRules.model_validate(only), "papers": ()})


def paper_of(mock: Mock, bank: Bank) -> Paper:
    """Return a mock paper's questions as they were drawn."""
    seed = bytes.fromhex(mock.body["seed"])
    return Paper(tuple(arrange(bank.question_by_id[id_], seed) for id_ in mock.body["questions"]))


def rules_of(mock: Mock) -> Rules:
    """Return the rules that a mock paper was drawn by; nothing is predicted."""
    rules = Rules.model_validate(mock.body["rules"])
    return rules.model_copy(update={"prediction": None})


def marks_of(paper: Paper, rules: Rules, result: Replay) -> tuple[Mark, ...]:
    """Return the marks of a mock paper, by question, as the contest's rules give them."""
    points = micro(rules.paper.points)

    def of(item: Item) -> Mark:
        id_ = item.question.id
        response, elapsed = result.responses.get(id_), result.elapsed.get(id_)
        return mark(item.question, response, points, rules.scoring, elapsed_ms=elapsed)

    return tuple(of(item) for item in paper.items)


def bank_from(text: str) -> Bank:
    """Return a bank from its canonical text."""
    return Bank.from_data(json.loads(text))


class MockSitting(Sitting):
    """The writing side of a mock paper: as an attempt's, over tables of its own."""

    ends_alone = True

    def __init__(self, mock: Mock, bank: Bank, title: str, store: Store, watcher: Watcher) -> None:
        self.mock = mock
        self._bank = bank
        self._store = store
        self._watcher = watcher
        rules = rules_of(mock)
        round_ = rules.rounds[0].model_copy(update={"title": title})
        self.frozen = MockRound(rules, round_)  # type: ignore[assignment]

    @property
    def bank(self) -> Bank:
        return self._bank

    @property
    def attempt_id(self) -> str:
        return self.mock.mock_id

    @cached_property
    def paper(self) -> Paper:
        return paper_of(self.mock, self._bank)

    @property
    def deadline(self) -> int:
        return self.mock.ends_at

    @property
    def result_url(self) -> str:
        """Where its result is shown."""
        return f"/luyen-tap/thi-thu/{self.mock.mock_id}"

    async def refresh(self) -> None:
        """Nobody grants time for a mock paper."""

    async def head(self) -> Head:
        return await self._store.mock_head(self.attempt_id)

    async def take_pen(self, page: str, at: int) -> int | None:
        (outcome,) = await self._store.write(TakeMockPen(self.attempt_id, page, at))
        if outcome.result == "refused" or outcome.head is None:
            return None
        if outcome.result == "done":
            self._watcher.signal(self.attempt_id, by=self)
        return outcome.head.pen

    async def expire(self, now: int) -> bool:
        if now < self._last_moment + EXPIRE_SETTLE_MS:
            return False
        if (await self.head()).state is not State.RUNNING:
            return False
        outcome = await self._append(Draft(self.attempt_id, Kind.EXPIRE, now))
        if outcome.result == "done":
            self._watcher.signal(self.attempt_id)
        return outcome.result == "done"

    async def view(self) -> MockView:
        """Return the paper with what was answered and its marks."""
        result = replay(await self._rows())
        rules = self.frozen.rules
        marks = marks_of(self.paper, rules, result)
        return MockView(self.mock, self.paper, rules, self._bank, result, marks)

    @property
    def _last_moment(self) -> int:
        return self.deadline

    async def _rows(self) -> list[Row]:
        return await self._store.mock_rows(self.attempt_id)

    async def _append(self, draft: Draft) -> Outcome:
        (outcome,) = await self._store.write(AppendMock(draft))
        return outcome
