"""How to rule: propose, look at what would change, record. For commands and the desk alike."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from contest.rulings import about_results, about_rules, about_rulings, about_time
from contest.rulings.case import Case, Given, Proposal, Refused, open_case
from contest.rulings.decided import LISTS
from contest.rulings.messages import text
from contest.rulings.models import Ruling, read_ruling
from contest.service import Service

KINDS: dict[str, Callable[..., Awaitable[Proposal]]] = {
    "void": about_results.void,
    "accept": about_results.accept,
    "exclude": about_results.exclude,
    "restore": about_results.restore,
    "unit": about_results.unit,
    "true_value": about_results.true_value,
    "mark": about_results.give_mark,
    "time": about_time.grant,
    "extend": about_time.extend,
    "rules": about_rules.change,
    "admit": about_rulings.admit,
    "undo": about_rulings.undo,
}
"""What can be ruled -> the function that checks it; its arguments are what `propose` takes."""


async def propose(service: Service, kind: str, given: Given, **what: Any) -> Proposal:
    """Check a ruling against the contest as it stands; nothing is written.

    Parameters
    ----------
    kind : str
        A key of `KINDS`; `what` are that function's arguments.

    Raises
    ------
    Refused
        Saying what stands against it and what can be done.
    ProblemsFound
        Where a rules file isn't right.
    """
    if kind not in KINDS:
        raise Refused(text("no.kind", kind=kind, kinds=", ".join(KINDS)))
    case: Case = await open_case(service, given)
    check = KINDS[kind]
    try:
        inspect.signature(check).bind(case, **what)
    except TypeError as error:
        raise TypeError(f"{kind}: {error}") from None
    return await check(case, **what)


async def record(service: Service, proposal: Proposal) -> Ruling:
    """Write a ruling down, if nothing it rests on has changed; return it with its number.

    Raises
    ------
    Refused
        Where another ruling came first, or an attempt or round has ended meanwhile.
    """
    (outcome,) = await service.store.write(proposal.command)
    if outcome.result != "done":
        raise Refused(text("no.changed"))
    await service.rounds.refresh_rulings()
    rulings = await rulings_of(service)
    made = proposal.ruling
    found = next(
        ruling
        for ruling in reversed(rulings)
        if (ruling.at, ruling.kind, ruling.subject) == (made.at, made.kind, made.subject)
    )
    for attempt_id in _attempts(found):
        service.watcher.signal(attempt_id)
    return found


def _attempts(ruling: Ruling) -> tuple[str, ...]:
    """Return the attempts whose pages must hear of a ruling."""
    if ruling.kind == "extra_time":
        return (ruling.subject,)
    return tuple(getattr(ruling.body, LISTS[0], ()))


async def rulings_of(service: Service) -> list[Ruling]:
    """Return all rulings of the contest, in order."""
    return [read_ruling(*one) for one in await service.store.rulings()]
