"""Rows and folder -> the facts that the steps of closing go by. Only reads."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from contest.closing.folder import RoundFolder
from contest.closing.resting import attempt_rounds, count_seen, spans
from contest.closing.steps import KIND, Done, Facts
from contest.rulings.decided import decide
from contest.rulings.models import read_rulings
from contest.service import Service
from contest.store.commands import Action

ERASURES = ("forget", "purge")
"""Kinds of actions after which a name must not be published any more."""


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
    graded = spans(frozen, round_id)
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
        open_rounds=tuple(id_ for id_ in graded if id_ != round_id and id_ not in closed),
        seen=count_seen(actions, graded, await attempt_rounds(service.store, actions)),
        erased=await _erased(service, actions, graded),
        result=hashes.result,
        papers=hashes.papers,
        site=hashes.site,
        rows=tuple(
            Done(one.body["step"], one.actor, one.at, one.body)
            for one in actions
            if one.kind == KIND and one.subject == round_id
        ),
    )
    return Found(facts, tuple(id_ for id_ in graded if id_ in begun))


async def _erased(service: Service, actions: list[Action], round_ids: Iterable[str]) -> int:
    """Return how many erasures there were of people who took part in these rounds."""
    found = 0
    for action in actions:
        if action.kind == "purge":
            found += 1
        elif action.kind in ERASURES:
            sat = [await service.store.attempts_of(action.subject, id_) for id_ in round_ids]
            found += any(sat)
    return found
