"""`timhieu notice`: what is told to contestants. Each act is a row that names its actor."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from contest.clock import SystemClock, local
from contest.commands.log_in import log_in_for
from contest.commands.organise import Refused, opened
from contest.notices.messages import text
from contest.notices.model import BadNotice, Notice, checked
from contest.organisers import Organiser
from contest.rules import Moment, to_ms
from contest.service import Service

_MOMENT: TypeAdapter[Any] = TypeAdapter(Moment)


def list_notices(directory: Path) -> list[str]:
    """Return a line for every notice."""
    return asyncio.run(_list(directory))


def add_notice(
    directory: Path,
    name: str,
    ask_password: Callable[[str], str],
    *,
    words: str,
    kind: str,
    round_id: str | None,
    starts: str | None,
    ends: str | None,
) -> str:
    """Write a notice and say so.

    Parameters
    ----------
    starts, ends : str or None
        `2026-12-22 20:00`, Vietnamese time; None: now, and until it is withdrawn.

    Raises
    ------
    Refused
        Where the person may not, or the notice can't be written; says everything at once.
    """
    by = _organiser(directory, name, ask_password)
    return asyncio.run(
        _now(
            directory,
            lambda service, now: post_as(service, by, words, kind, round_id, starts, ends, now),
        )
    )


def withdraw_notice(
    directory: Path, name: str, ask_password: Callable[[str], str], number: int
) -> str:
    """Withdraw a notice and say so; Refused where the person may not, or there is no such one."""
    by = _organiser(directory, name, ask_password)
    return asyncio.run(_now(directory, lambda service, now: withdraw_as(service, by, number, now)))


def _organiser(directory: Path, name: str, ask_password: Callable[[str], str]) -> Organiser:
    return log_in_for(
        "notice", directory, name, ask_password, lambda **who: text("notice.role", **who)
    )


async def _list(directory: Path) -> list[str]:
    now = SystemClock().now()
    async with opened(directory) as service:
        found = [told_notice(one, now) for one in await service.notices.all()]
    return [text("notice.row", **one) for one in found] or [text("notice.none")]


async def _now(directory: Path, work: Callable[[Service, int], Awaitable[str]]) -> str:
    """Do something over the contest's service, at this moment (ms UTC)."""
    async with opened(directory) as service:
        return await work(service, SystemClock().now())


async def post_as(
    service: Service,
    by: Organiser,
    words: str,
    kind: str,
    round_id: str | None,
    starts: str | None,
    ends: str | None,
    now: int,
) -> str:
    """Write a notice at `now` (ms UTC) in the name of who may, and say so.

    Parameters
    ----------
    starts, ends : str or None
        As `add_notice` has them.

    Raises
    ------
    Refused
        With everything that is wrong with it.
    """
    (begins, end), wrong = _times(starts, ends)
    if round_id is not None and round_id not in (known := await _rounds(service)):
        wrong.append(text("bad.round", round=round_id, known=", ".join(known)))
    notice = (words, kind, round_id, now if begins is None else begins, end)
    try:
        checked(*notice, now)
    except BadNotice as error:
        wrong += _why(error)
    if wrong:
        raise Refused("\n".join(wrong))
    try:
        made = await service.notices.write(*notice, by=by.name, now=now)
    except BadNotice as error:
        raise Refused("\n".join(_why(error))) from None
    return text("notice.added", n=made.number, state=_state(made, now))


def _times(*typed: str | None) -> tuple[list[int | None], list[str]]:
    """Return times as ms UTC, None where there is none, and why others aren't understood."""
    times: list[int | None] = []
    wrong = []
    for value in typed:
        try:
            times.append(None if value is None else to_ms(_MOMENT.validate_python(value)))
        except ValidationError:
            wrong.append(text("bad.time", value=value))
            times.append(None)
    return times, wrong


async def withdraw_as(service: Service, by: Organiser, number: int, now: int) -> str:
    """Withdraw a notice at `now` (ms UTC) in the name of who may, and say so.

    Raises
    ------
    Refused
        Where there is no such one, or it is withdrawn already.
    """
    try:
        await service.notices.withdraw(number, by=by.name, now=now)
    except BadNotice as error:
        raise Refused("\n".join(_why(error))) from None
    return text("notice.taken", n=number)


def _why(error: BadNotice) -> list[str]:
    return [text(f"bad.{code}", **values) for code, values in error.codes]


async def _rounds(service: Service) -> list[str]:
    """Return the ids of the rounds of the files and of those that have begun."""
    begun = [action.subject for action in await service.store.actions("freeze")]
    rules = await asyncio.to_thread(service.directory.rules)
    return list(dict.fromkeys([*(one.id for one in rules.rounds), *begun]))


def told_notice(one: Notice, now: int) -> dict[str, str]:
    """Return a notice in words, as of `now` (ms UTC).

    Keys: `n`, `state`, `kind`, `who` it is for, `starts`, `ends`, `by`, `text`.
    """
    who, ends = text("notice.everybody"), text("notice.endless")
    if one.round_id is not None:
        who = text("notice.of_round", round=one.round_id)
    if one.ends is not None:
        ends = text("notice.ends", until=_said(one.ends))
    return {
        "n": str(one.number),
        "state": _state(one, now),
        "kind": text(f"kind.{one.kind}"),
        "who": who,
        "starts": _said(one.starts),
        "ends": ends,
        "by": one.by,
        "text": one.text,
    }


def _state(one: Notice, now: int) -> str:
    if one.withdrawn is not None:
        when, by = one.withdrawn
        return text("notice.state.withdrawn", when=_said(when), by=by)
    name = "over" if one.over(now) else "shown" if one.holds(now) else "waiting"
    return text(f"notice.state.{name}")


def _said(ms: int) -> str:
    return f"{local(ms):%H:%M %d/%m/%Y}"
