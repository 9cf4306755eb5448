"""Rows and folder -> the facts that the steps of closing go by. Only reads."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from contest.closing.folder import RoundFolder
from contest.closing.steps import INDIFFERENT, KIND, Done, Facts
from contest.frozen import FrozenRound
from contest.service import Service
from contest.store.protocol import Action


@dataclass(frozen=True)
class Found:
    """The facts of a round, and the rounds that are graded for it."""

    facts: Facts
    graded: tuple[str, ...]


async def find_facts(service: Service, round_id: str, now: int) -> Found:
    """Return what is so of a round at `now`, milliseconds UTC."""
    frozen = await service.rounds.frozen(round_id)
    actions = await service.store.actions()
    closed = {action.subject for action in actions if action.kind == "close"}
    begun = {action.subject for action in actions if action.kind == "freeze"}
    spans = _spans(frozen, round_id)
    hashes = await asyncio.to_thread(RoundFolder(service.directory.var, round_id).hashes)
    rule = frozen.rules.prediction if frozen else None
    facts = Facts(
        round_id=round_id,
        now=now,
        closes_at=frozen.round.closes_at if frozen else None,
        closed=round_id in closed,
        prediction="none" if rule is None else rule.true_value,
        true_value=any(one.kind == "true_value" and one.subject == round_id for one in actions),
        open_rounds=tuple(id_ for id_ in spans if id_ != round_id and id_ not in closed),
        seen=sum([await _concerns(service, one, spans, begun) for one in actions]),
        result=hashes.result,
        papers=hashes.papers,
        site=hashes.site,
        rows=tuple(
            Done(one.body["step"], one.actor, one.at, one.body)
            for one in actions
            if one.kind == KIND and one.subject == round_id
        ),
    )
    return Found(facts, tuple(id_ for id_ in spans if id_ in begun))


def _spans(frozen: FrozenRound | None, round_id: str) -> tuple[str, ...]:
    """Return the rounds that a round's ranking rests on: itself, or all that are predicted."""
    rule = frozen.rules.prediction if frozen else None
    if frozen is None or rule is None or rule.scope == "round":
        return (round_id,)
    return tuple(dict.fromkeys([*(one.id for one in frozen.rules.rounds), round_id]))


async def _concerns(
    service: Service, action: Action, spans: tuple[str, ...], begun: set[str]
) -> bool:
    """Return whether the result of these rounds may depend on an action; in doubt it does."""
    if action.kind in INDIFFERENT:
        return False
    attempt = await service.rounds.record(action.subject)
    if attempt is not None:
        return attempt.round_id in spans
    about = action.body.get("round")
    if about is not None:
        return about in spans
    return action.subject in spans or action.subject not in begun
