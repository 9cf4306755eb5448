"""Organisers' acts from the command line; each leaves a row that names its actor."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from contest.clock import SystemClock, local
from contest.directory import ContestDirectory
from contest.ids import shown
from contest.messages import text
from contest.rounds import EXPIRE_SETTLE_MS
from contest.service import Service
from contest.store.sqlite import SqliteStore


class Refused(RuntimeError):
    """The act isn't possible; the message says why, in Vietnamese."""


@asynccontextmanager
async def opened(directory: Path) -> AsyncIterator[Service]:
    """Open a contest whose database exists already; Refused where it doesn't."""
    contest = ContestDirectory(directory)
    if not contest.database.exists():
        raise Refused(text("cli.no_database", directory=directory))
    store = SqliteStore(contest.database)
    try:
        # What has begun stands in the store: the files need not be readable just now.
        yield Service(contest, store)
    finally:
        await store.close()


async def close_round(directory: Path, round_id: str, actor: str = "timhieu close") -> str:
    """Close a round without a server; refused before its time."""
    now = SystemClock().now()
    async with opened(directory) as service:
        rounds = service.rounds
        frozen = await rounds.frozen(round_id)
        if frozen is None:
            raise Refused(text("cli.close.not_frozen", round=round_id))
        if await rounds.closed(round_id):
            return text("cli.close.again", round=round_id)
        if now < frozen.round.closes_at + EXPIRE_SETTLE_MS:
            until = f"{local(frozen.round.closes_at):%H:%M %d/%m/%Y}"
            raise Refused(text("cli.close.early", round=round_id, until=until))
        if left := await rounds.expire_due(round_id, now):
            raise Refused(text("cli.close.running", round=round_id, n=left))
        if await rounds.close(round_id, now, actor=actor):
            return text("cli.close.done", round=round_id)
        if await rounds.closed(round_id):
            return text("cli.close.again", round=round_id)
        left = len(await service.store.running(round_id))
        raise Refused(text("cli.close.running", round=round_id, n=left))


async def replace_code(directory: Path, contestant_id: str, by: str) -> str:
    """Give a contestant a new resume code, which is printed once."""
    async with opened(directory) as service:
        code = await replace_code_as(service, contestant_id, by, SystemClock().now())
    return text("cli.new_code.done", code=shown(code))


async def replace_code_as(service: Service, contestant_id: str, by: str, at: int) -> str:
    """Give a contestant a new resume code at `at` (ms UTC) and return it.

    Raises
    ------
    Refused
        Where nobody is known by that id.
    """
    code = await service.replace_code(contestant_id, by, at)
    if code is None:
        raise Refused(text("cli.no_contestant", id=contestant_id))
    return code


async def grant_time(directory: Path, attempt_id: str, minutes: int, reason: str, by: str) -> str:
    """Give a running attempt more time."""
    async with opened(directory) as service:
        granted = await service.grant_time(
            attempt_id, minutes, reason, by, SystemClock().now()
        )  # fmt: skip
    if not granted:
        raise Refused(text("cli.extra_time.not_running", id=attempt_id))
    return text("cli.extra_time.done", minutes=minutes, id=attempt_id)
