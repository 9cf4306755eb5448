"""The use cases of claims: sending one, finding it again, answering and closing it."""

from __future__ import annotations

from dataclasses import dataclass

from contest.claims.form import ClaimKind
from contest.ids import IdSource, RandomIds, is_receipt, new_id, normalise, receipt_code
from contest.registration import commitment
from contest.service import Service
from contest.store.claims_protocol import AddClaim, AnswerClaim, Claim, ShutClaim
from contest.store.commands import Action
from contest.store.protocol import StoreUnavailable

ANSWER, SHUT = "claim_answer", "claim_close"
"""Kinds of actions; their subject is the claim's id."""

_TRIES = 5


@dataclass(frozen=True)
class About:
    """What a claim is about, as far as the server knows; None: not known.

    Attributes
    ----------
    own : bool
        Whether it is the signed-in contestant that it is about.
    receipt : str
        Of the attempt; empty without one.
    question : int or None
        Number of a question on the paper, from 1; only for whoever sat it.
    """

    contestant_id: str | None = None
    own: bool = False
    attempt_id: str | None = None
    receipt: str = ""
    question: int | None = None


async def about(service: Service, receipt: str, question: str, visitor: str | None) -> About:
    """Return what a claim is about.

    Parameters
    ----------
    receipt, question : str
        As the address or the form says: anything at all.
    visitor : str or None
        The signed-in contestant.
    """
    view = await service.view_by_receipt(receipt)
    if view is None:
        return About(visitor, visitor is not None)
    record = view.record
    own = visitor == record.contestant_id
    length = len(view.frozen.paper_of(record))
    number = int(question) if question.isascii() and question.isdigit() else 0
    asked = number if own and 1 <= number <= length else None
    return About(record.contestant_id, own, record.attempt_id, record.receipt, asked)


async def send(
    service: Service,
    ids: IdSource,
    kind: ClaimKind,
    body: dict[str, str],
    key: str | None,
    what: About,
    at: int,
) -> str | None:
    """Keep a claim and return its code; None where the sender has too many open ones.

    The same ids make the same claim: a form that is sent twice leaves one.
    """
    rules = (await service.status(at)).rules
    digest = service.key_digest(rules, {rules.registration.key: key}) if key else None
    claim_id = new_id(ids, "pa")
    for _ in range(_TRIES):
        claim = Claim(
            claim_id, receipt_code(ids), at, kind, what.contestant_id, what.own, what.attempt_id,
            what.question, digest, body,
        )  # fmt: skip
        (outcome,) = await service.store.write(AddClaim(claim))
        if outcome.result == "refused":
            return None
        if outcome.result == "done":
            return claim.code
        if outcome.result == "again" and (kept := await service.store.claim(claim_id)):
            return kept.code
    raise StoreUnavailable("no free code of a claim")


async def find(service: Service, typed: str) -> Claim | None:
    """Return the claim whose code was typed, or None."""
    code = normalise(typed)
    return await service.store.claim_by_code(code) if is_receipt(code) else None


async def answer(
    service: Service, claim_id: str, outcome: str, words: str, actor: str, at: int
) -> bool:
    """Answer a claim; False where there is none or it is closed.

    The chain gets outcome and actor, and of the words a commitment: they stay erasable.
    """
    salt = RandomIds().take(16).hex()
    body = {"outcome": outcome, "answer": commitment({"answer": words}, salt)}
    action = Action(at, actor, ANSWER, claim_id, body)
    (result,) = await service.store.write(AnswerClaim(action, outcome, words, salt))
    return result.result == "done"


async def shut(service: Service, claim_id: str, actor: str, at: int) -> str:
    """Close a claim: `done`, `again`, or `refused` where there is none."""
    (result,) = await service.store.write(ShutClaim(Action(at, actor, SHUT, claim_id)))
    return result.result
