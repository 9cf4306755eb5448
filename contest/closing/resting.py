"""What a round's result rests on besides its attempts: rulings and marks. Loads no tables.

One rule for the steps of closing and for what everybody is shown: a ruling about another round
changes nothing here, and an erasure changes no rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from contest.frozen import FrozenRound
from contest.rulings.decided import concerning
from contest.rulings.models import read_rulings
from contest.store.commands import MARK_KIND, Action
from contest.store.protocol import Store

OF_ATTEMPTS = frozenset({"extra_time", MARK_KIND})
"""Kinds of actions whose subject is an attempt: whose round must be looked up."""


def spans(frozen: FrozenRound | None, round_id: str) -> tuple[str, ...]:
    """Return the rounds that a round's ranking rests on: itself, or all that are predicted.

    By the rules that held when it closed; `frozen` None: it has never opened.
    """
    if frozen is None:
        return (round_id,)
    rules = frozen.at(frozen.round.closes_at - 1).rules
    if rules.prediction is None or rules.prediction.scope == "round":
        return (round_id,)
    return tuple(dict.fromkeys([*(one.id for one in rules.rounds), round_id]))


def count_seen(
    actions: Sequence[Action], round_ids: Iterable[str], rounds_of: Mapping[str, str]
) -> int:
    """Return how many rulings and marks the results of these rounds rest on.

    Parameters
    ----------
    actions : sequence of Action
        All of the contest's.
    rounds_of : mapping
        Attempt -> round, at least of those that `OF_ATTEMPTS` are about.
    """
    closed = {action.subject: action.at for action in actions if action.kind == "close"}
    rulings = read_rulings(actions)
    marked = [rounds_of.get(one.subject) for one in actions if one.kind == MARK_KIND]
    found = 0
    for round_id in round_ids:
        attempts = {id_ for id_, at in rounds_of.items() if at == round_id}
        found += len(concerning(rulings, round_id, closed.get(round_id), attempts))
        found += marked.count(round_id)
    return found


async def attempt_rounds(
    store: Store, actions: Iterable[Action], known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return attempt -> round of the attempts that `OF_ATTEMPTS` are about; `known` are kept."""
    found = dict(known or {})
    for action in actions:
        if action.kind in OF_ATTEMPTS and action.subject not in found:
            record = await store.attempt(action.subject)
            if record is not None:
                found[action.subject] = record.round_id
    return found
