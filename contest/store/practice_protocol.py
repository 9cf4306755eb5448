"""What a store keeps of practice: learners, their reviews, mock papers. Apart from all rounds.

Learners have no name and no account; what is kept of them goes when they say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from contest.attempt import Draft, Head, Row


@dataclass(frozen=True)
class Learner:
    """Somebody who practises. `at`: since when, ms UTC; of their code only the hash is kept."""

    learner_id: str
    code_hash: str
    at: int


@dataclass(frozen=True)
class AddLearner:
    """Begin a learner's data. Outcome: `done`, `again` (same id) or `code_used`."""

    learner: Learner


@dataclass(frozen=True)
class ReplaceLearnerCode:
    """Give a learner another code. Outcome: `done`, `code_used` or `refused` (no such learner)."""

    learner_id: str
    code_hash: str


@dataclass(frozen=True)
class EraseLearner:
    """Delete everything that is kept of a learner. Outcome: `done`, or `again` (nothing there)."""

    learner_id: str


@dataclass(frozen=True)
class CardReview:
    """What an answer did to one card.

    Attributes
    ----------
    after : str
        The asking that the card's review before this one answered; empty where it is the first.
    rating : int
        1 again, 2 hard, 3 good.
    card : str
        The card after it, as the scheduling library writes it.
    """

    card_id: str
    after: str
    rating: int
    card: str


@dataclass(frozen=True)
class AddReview:
    """Keep an answer and what it did to its cards.

    Outcome: `done`; `again` where this asking was answered before; `stale` where a card has been
    reviewed since by another page; `refused` where there is no such learner.

    Attributes
    ----------
    ask : str
        Names the one time that the question was asked.
    duration_ms : int
        From the question's being sent to the answer's being received.
    """

    learner_id: str
    ask: str
    at: int
    question_id: str
    response: dict[str, Any]
    right: bool
    hinted: bool
    duration_ms: int
    cards: tuple[CardReview, ...]


@dataclass(frozen=True)
class StoredReview:
    """One card's review as it is kept; `n` counts a learner's from 1."""

    n: int
    ask: str
    at: int
    question_id: str
    card_id: str
    rating: int
    right: bool
    hinted: bool
    duration_ms: int
    response: str
    card: str


@dataclass(frozen=True)
class Mock:
    """A mock paper: its bank by content hash, its questions in order, its seed and its rules.

    Times are ms UTC; `ends_at` is the latest moment at which it takes answers.
    """

    mock_id: str
    learner_id: str
    started_at: int
    ends_at: int
    bank: str
    body: dict[str, Any]


@dataclass(frozen=True)
class OpenMock:
    """Begin a mock paper; `bank` is its bank as canonical text, kept once.

    Outcome: `done`, `again` (same id), or `refused` where there is no such learner.
    """

    mock: Mock
    bank: str


@dataclass(frozen=True)
class AppendMock:
    """Add a row to a mock paper; outcomes as for `Append`."""

    draft: Draft


@dataclass(frozen=True)
class TakeMockPen:
    """Grant the next pen of a mock paper; outcomes as for `TakePen`."""

    mock_id: str
    page: str
    at: int


PracticeCommand = (
    AddLearner | ReplaceLearnerCode | EraseLearner | AddReview | OpenMock | AppendMock | TakeMockPen
)


class PracticeStore(Protocol):
    """The reading side. Methods raise StoreUnavailable."""

    async def learner(self, learner_id: str) -> Learner | None:
        """Return a learner by id."""
        ...

    async def learner_by_code(self, code_hash: str) -> Learner | None:
        """Return the learner whose code has this hash."""
        ...

    async def reviews(self, learner_id: str) -> list[StoredReview]:
        """Return a learner's reviews in order."""
        ...

    async def mock(self, mock_id: str) -> Mock | None:
        """Return a mock paper by id."""
        ...

    async def mocks_of(self, learner_id: str) -> list[Mock]:
        """Return a learner's mock papers, oldest first."""
        ...

    async def mock_rows(self, mock_id: str) -> list[Row]:
        """Return a mock paper's rows in order; their hashes are empty."""
        ...

    async def mock_head(self, mock_id: str) -> Head:
        """Return what the last rows of a mock paper say."""
        ...

    async def practice_bank(self, digest: str) -> str | None:
        """Return a bank that mock papers were drawn from, as canonical text."""
        ...
