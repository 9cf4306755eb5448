"""Forgetting people: one on request, all when the day comes that they agreed to."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
from dataclasses import dataclass
from typing import Literal

from contest.clock import local
from contest.keeping.places import drop_copies
from contest.registration import consent_text
from contest.rules import Rules
from contest.service import Service
from contest.store.commands import Action, Erase, Purge
from questions.canonical import nfc
from questions.problems import ProblemsFound

PEOPLE = "people"
"""What the action of a purge is about."""


@dataclass(frozen=True)
class Due:
    """Whose data are to be deleted.

    Attributes
    ----------
    consents : tuple of str
        Hashes of the texts whose day has come.
    people, kept : int
        How many agreed to those; how many aren't erased in all.
    claims : int
        How many claims to the organisers must go: all, once every day has come.
    days : tuple of date
        Every day of deletion that the rules, of the files and of frozen rounds, name.
    """

    consents: tuple[str, ...]
    people: int
    kept: int
    claims: int
    days: tuple[datetime.date, ...]


@dataclass(frozen=True)
class Forgotten:
    """What became of a request to forget somebody.

    Attributes
    ----------
    leak : str or None
        Which of their fields the reason tells, where that is why it was refused.
    key_kept : bool
        Whether the identity key's hash is kept, apart from the person, until the purge.
    clean : bool
        Whether nothing is left in the files of the database.
    """

    result: Literal["done", "again", "unknown", "leak"]
    leak: str | None = None
    key_kept: bool = False
    clean: bool = True


async def known_rules(service: Service) -> list[Rules]:
    """Return the rules of the files, where they can be read, and those of frozen rounds."""
    found = []
    try:
        found.append(service.rounds.known().rules)  # a server reads changed files by itself
    except RuntimeError:
        with contextlib.suppress(ProblemsFound):  # what has begun stands in the store
            found.append((await service.rounds.contest()).rules)
    for action in await service.store.actions("freeze"):
        frozen = await service.rounds.frozen(action.subject)
        if frozen is not None:
            found.append(frozen.rules)
    return found


async def due(service: Service, now: int) -> Due:
    """Return whose data must go at `now` (ms UTC).

    Everybody's day is the one in the text they agreed to; where no rules have that text any
    more, the earliest of all.
    """
    rules = await known_rules(service)
    days = {consent_text(one).hash(): one.registration.consent.delete_on for one in rules}
    today = local(now).date()
    earliest = min(days.values(), default=None)
    kept = await service.store.consents()
    over = []
    for digest in sorted(kept):
        day = days.get(digest, earliest)
        if day is not None and day <= today:
            over.append(digest)
    people = sum(kept[digest] for digest in over)
    ended = bool(days) and max(days.values()) <= today
    claims = await service.store.count_claims() if ended else 0
    return Due(tuple(over), people, sum(kept.values()), claims, tuple(sorted(set(days.values()))))


async def unclosed(service: Service, now: int) -> str | None:
    """Return a round that hasn't its closing row yet though its data may still come, or None.

    That is one that has begun, or one of the files that will.
    """
    closed = {action.subject for action in await service.store.actions("close")}
    for action in await service.store.actions("freeze"):
        if action.subject not in closed:
            return action.subject
    for rules in await known_rules(service):
        for round_ in rules.rounds:
            if round_.id not in closed and now < round_.closes_at:
                return round_.id
    return None


async def forget(
    service: Service, contestant_id: str, reason: str, actor: str, now: int
) -> Forgotten:
    """Erase one person's data; what they did stays, under their pseudonym."""
    person = await service.store.person(contestant_id)
    if person is not None and (leak := _told(person, reason)):
        return Forgotten("leak", leak)
    begun = await unclosed(service, now) is not None
    action = Action(now, actor, "forget", contestant_id, {"reason": reason})
    (outcome,) = await service.store.write(Erase(action, keep_key=begun))
    if outcome.result == "refused":
        return Forgotten("unknown")
    # Also where it was done before: that time readers may have been in the way.
    clean = await service.store.scrub(whole=not begun)
    if outcome.result == "again":
        return Forgotten("again", clean=clean)
    return Forgotten("done", key_kept=begun, clean=clean)


def _told(person: dict[str, str], reason: str) -> str | None:
    """Return the first field that a reason tells: what an action says can't be erased."""
    said = nfc(reason).casefold()
    for field, value in person.items():
        if field not in _COMMON and value.casefold() in said:
            return field
    return None


_COMMON = {"gender", "choice"}
"""Fields whose values many people share: a reason may well hold such a word."""


async def purge(
    service: Service,
    consents: tuple[str, ...],
    actor: str,
    now: int,
    reason: str | None = None,
    *,
    claims: bool = False,
) -> int:
    """Erase everybody who agreed to these texts, with `claims` every claim to the organisers too.

    The copies that migrations left go as well. Returns how many people that were.
    """
    body = {} if reason is None else {"reason": reason}
    command = Purge(Action(now, actor, "purge", PEOPLE, body), consents, claims)
    (outcome,) = await service.store.write(command)
    await asyncio.to_thread(drop_copies, service.directory)
    if outcome.result == "again":
        return 0
    await service.store.scrub(whole=True)
    return (await service.store.actions("purge"))[-1].body["people"]
