"""Rows and folder -> the facts that the steps of closing go by. Only reads."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from contest.closing.confirmed import ERASURES
from contest.closing.folder import RoundFolder
from contest.closing.steps import KIND, Done, Facts
from contest.frozen import FrozenRound
from contest.rulings.decided import concerning, decide
from contest.rulings.models import read_rulings
from contest.service import Service
from contest.store.commands import MARK_KIND, Action


@dataclass(frozen=True)
class Found:
    """The facts of a round, and the rounds that are graded for it."""

    facts: Facts
    graded: tuple[str, ...]


async def find_facts(service: Service, round_id: str, now: int) -> Found:
    """Return what is so of a round at `now`, milliseconds UTC."""
    frozen = await service.rounds.frozen(round_id, now)
    actions = await service.store.actions()
    closed = {action.subject: action.at for action in actions if action.kind == "close"}
    begun = {action.subject for action in actions if action.kind == "freeze"}
    spans = _spans(frozen, round_id)
    hashes = await asyncio.to_thread(RoundFolder(service.directory.var, round_id).hashes)
    rule = frozen.rules.prediction if frozen else None
    decided = decide(read_rulings(actions), round_id, closed.get(round_id))
    facts = Facts(
        round_id=round_id,
        now=now,
        closes_at=frozen.round.closes_at if frozen else None,
        closed=round_id in closed,
        prediction="none" if rule is None else rule.true_value,
        true_value=decided.true_value is not None,
        open_rounds=tuple(id_ for id_ in spans if id_ != round_id and id_ not in closed),
        seen=sum([await _concerning(service, actions, id_, closed.get(id_)) for id_ in spans]),
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


async def _concerning(
    service: Service, actions: list[Action], round_id: str, closed_at: int | None
) -> int:
    """Return how many rulings, marks and erasures of people a round's result rests on."""
    rulings = read_rulings(actions)
    marks = [one for one in actions if one.kind == MARK_KIND]
    if rulings or marks:  # else nobody need know the attempts, of which there may be very many
        heads = (await service.store.round_summary(round_id)).heads
        attempts = {head[0] for head in heads}
        rulings = concerning(rulings, round_id, closed_at, attempts)
        marks = [one for one in marks if one.subject in attempts]
    erased = [
        one.kind == "purge" or bool(await service.store.attempts_of(one.subject, round_id))
        for one in actions
        if one.kind in ERASURES
    ]
    return len(rulings) + len(marks) + sum(erased)
