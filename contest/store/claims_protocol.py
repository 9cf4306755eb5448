"""What a store keeps of people's claims to the organisers: apart from every chain, erasable.

Only what organisers did about one is an action of the chain: who, when, the outcome, and a salted
commitment to the answer. Whoever is forgotten takes their claims along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from contest.store.commands import Action

ClaimStatus = Literal["open", "answered", "closed"]

MOST_OPEN = 10
"""Claims of one signed-in person that may wait for an answer at the same time."""


@dataclass(frozen=True)
class Claim:
    """A claim and what became of it. Times are milliseconds UTC.

    Attributes
    ----------
    claim_id : str
        What the chain and organisers call it.
    code : str
        What its sender looks it up by; as good as a password, so it is never in a chain.
    contestant_id, attempt_id, question : str, str and int, or None
        Whom it is about, which attempt, and which question of that attempt's paper, from 1.
    own : bool
        Whether the contestant was signed in when it was sent: only then is it surely theirs.
    key_hash : str or None
        Of the identity key that was typed into it.
    body : mapping
        `text`, `name`, `key`, `contact`, as far as given: what people wrote.
    outcome, answer, salt, answered_at : str, str, str and int, or None
        None until it is answered.
    """

    claim_id: str
    code: str
    at: int
    kind: str
    contestant_id: str | None
    own: bool
    attempt_id: str | None
    question: int | None
    key_hash: str | None
    body: dict[str, str]
    status: ClaimStatus = "open"
    outcome: str | None = None
    answer: str | None = None
    salt: str | None = None
    answered_at: int | None = None


@dataclass(frozen=True)
class AddClaim:
    """Keep a claim. Outcome: `done`, `again` (same id), `code_used`, or `refused` where the
    signed-in sender has `MOST_OPEN` open ones."""

    claim: Claim


@dataclass(frozen=True)
class AnswerClaim:
    """Answer the claim that is the action's subject, for the first time or anew.

    Outcome: `done`, or `refused` where there is no such claim or it is closed.
    """

    action: Action
    outcome: str
    answer: str
    salt: str


@dataclass(frozen=True)
class ShutClaim:
    """Close the claim that is the action's subject. Outcome: `done`, `again` or `refused`."""

    action: Action


ClaimCommand = AddClaim | AnswerClaim | ShutClaim


class ClaimStore(Protocol):
    """Reading claims; methods raise StoreUnavailable."""

    async def claim(self, claim_id: str) -> Claim | None:
        """Return a claim by its id."""
        ...

    async def claim_by_code(self, code: str) -> Claim | None:
        """Return a claim by its sender's code."""
        ...

    async def claims(self, *statuses: ClaimStatus) -> list[Claim]:
        """Return the claims of these statuses, or all, oldest first."""
        ...

    async def claims_about(self, contestant_id: str) -> list[Claim]:
        """Return the claims about a contestant or with their identity key, oldest first."""
        ...

    async def count_claims(self) -> int:
        """Return how many claims there are."""
        ...
