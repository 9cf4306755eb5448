"""A contest with one person of each role, its desk, and widgets without a front end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from contest.clock import ManualClock
from contest.directory import ContestDirectory
from contest.organisers import Organisers
from contest.roles import ROLES, Role
from contest.service import Service
from contest.ui.desk.room import Room
from tests.contest.ui.author.conftest import no_front_end
from tests.factories import MINUTE, OPENS, begin, opened, page, right_positions, write_contest

__all__ = ["no_front_end"]

PASSWORD = "mat-khau-thu-1"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOW = OPENS + 60 * MINUTE


def name_of(role: Role) -> str:
    """Return who has a role in these tests."""
    return f"Người thử {role}"


async def _sit(service: Service, number: int, hand_in: bool) -> str:
    """Let a person begin; answer the first question rightly and hand in, if wanted."""
    sitting = await begin(service, number, f"dv-{1 + number % 3}")
    at = OPENS + 2 * MINUTE
    await sitting.take_pen(page(number), at)
    await sitting.answer(1, 1, 1, right_positions(sitting, 1), at + MINUTE)
    if hand_in:
        await sitting.submit(1, 2, at + 5 * MINUTE)
    return sitting.attempt_id


class Site:
    """A contest, its clock, and rooms to it."""

    def __init__(self, directory: ContestDirectory) -> None:
        self.directory = directory
        self.clock = ManualClock(NOW)
        self.people = Organisers(directory.secrets, CHEAP)
        for role in ROLES:
            self.people.add(name_of(role), role, PASSWORD)

    @asynccontextmanager
    async def room(self, role: Role | None = None) -> AsyncIterator[Room]:
        """Open a room, with somebody of a role logged in."""
        room = Room(self.directory.path, self.clock, self.people)
        try:
            if role is not None:
                await room.session.log_in(name_of(role), PASSWORD)
            yield room
        finally:
            await room.close()

    def begin(self, people: int = 3, *, hand_in: bool = True) -> list[str]:
        """Let the first round open and people sit; return their attempts."""

        async def work() -> list[str]:
            async with opened(self.directory) as service:
                return [await _sit(service, n, hand_in) for n in range(1, people + 1)]

        return asyncio.run(work())

    def begin_more(self) -> None:
        """Let one more person begin."""

        async def work() -> None:
            async with opened(self.directory) as service:
                await _sit(service, 99, hand_in=False)

        asyncio.run(work())

    def do(self, role: Role | None, work: Callable[[Room], Awaitable[Any]]) -> Any:
        """Do something in a room."""

        async def main() -> Any:
            async with self.room(role) as room:
                return await work(room)

        return asyncio.run(main())


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A contest of two rounds whose first one can be open."""
    return Site(write_contest(tmp_path / "x"))
