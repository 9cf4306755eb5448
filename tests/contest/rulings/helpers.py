"""A small contest that people have sat, and how tests rule in it."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path
from typing import Any

from contest.commands.grade import grade_directory
from contest.directory import ContestDirectory
from contest.rounds import EXPIRE_SETTLE_MS
from contest.rulings.models import Ruling, read_ruling
from contest.rulings.service import Given, Proposal, propose, record
from contest.service import Service
from contest.store.commands import Action
from tests.contest.three_people import three_people
from tests.factories import CLOSES, HOUR, ROUND, opened

LATER = CLOSES + HOUR
FIRST, SECOND, THIRD = 0, 1, 2
REASON = "Phiếu kiến nghị số 5"
WHY = ["--reason", REASON, "--by", "Ban Tổ chức mẫu"]


def in_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Let a coroutine be a test."""

    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


def given(at: int = LATER, **changed: Any) -> Given:
    """Return who rules in tests, and why."""
    return Given(**{"by": "Ban Tổ chức mẫu", "at": at, "reason": REASON, **changed})


async def make(service: Service, kind: str, at: int = LATER, **what: Any) -> Ruling:
    """Propose a ruling and record it."""
    return await record(service, await ask(service, kind, at, **what))


async def ask(service: Service, kind: str, at: int = LATER, **what: Any) -> Proposal:
    """Propose a ruling."""
    return await propose(service, kind, given(at), **what)


async def sat(service: Service, *, close: bool = True) -> list[tuple[str, str]]:
    """Let three people sit (6, 4 and 2 right); return (contestant, attempt) in that order."""
    await three_people(service)
    if close:
        await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS)
        assert await service.rounds.closed(ROUND)
    found = []
    for attempt_id in await service.store.ids("attempts"):
        record_ = await service.store.attempt(attempt_id)
        assert record_ is not None
        found.append((record_.started_at, record_.contestant_id, attempt_id))
    return [(contestant, attempt) for _, contestant, attempt in sorted(found)]


async def sat_in(directory: ContestDirectory, *, close: bool = True) -> list[tuple[str, str]]:
    """Do the same in a directory that nobody has open."""
    async with opened(directory) as service:
        return await sat(service, close=close)


def table(out: Path, name: str = "ca_nhan") -> list[dict[str, str]]:
    """Return a table of a result."""
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def graded(
    directory: ContestDirectory, out: Path, until: int | None = None
) -> dict[str, dict[str, str]]:
    """Grade, and return people by contestant id."""
    grade_directory(directory.path, [], out, until)
    return {row["contestant_id"]: row for row in table(out)}


def files(out: Path) -> dict[str, bytes]:
    """Return every file of a result."""
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def ruling(number: int, kind: str, subject: str = "x", at: int = 0, **body: Any) -> Ruling:
    """Return a ruling; its time is its number unless told."""
    action = Action(at or number, "BTC", kind, subject, {"reason": "vì", **body})
    return read_ruling(number, action)


def undo(number: int, target: int) -> Ruling:
    """Return a ruling that takes another back."""
    return ruling(number, "undo", str(target), ruling=target)
