"""Notices of one contest in several processes, over the store."""

from __future__ import annotations

import asyncio

import pytest

from contest.directory import ContestDirectory
from contest.notices.keeper import Notices
from contest.notices.model import MOST, BadNotice, Notice
from contest.store import SqliteStore
from tests.factories import OPENS, opened

LATER = OPENS + 1000


async def write(notices: Notices, text: str = "Nội dung", **more: int | None) -> Notice:
    """Write a notice that holds at once."""
    ends = more.get("ends")
    starts = more.get("starts") or OPENS
    return await notices.write(text, "info", None, starts, ends, by="Thư ký mẫu", now=OPENS)


def test_another_process_sees_it_with_its_next_tick(directory: ContestDirectory) -> None:
    """And wakes whoever watches; nothing new wakes nobody."""

    async def main() -> None:
        async with opened(directory) as here:
            store = SqliteStore(directory.database)
            try:
                there = Notices(store)
                watching = there.watch()
                woken = asyncio.ensure_future(anext(watching))
                await there.tick(OPENS)
                assert not woken.done() and there.shown((), OPENS) == []
                made = await write(here.notices)
                await there.tick(OPENS)
                await woken
                assert there.shown((), OPENS) == [made]
                again = asyncio.ensure_future(anext(watching))
                await there.tick(LATER)
                await asyncio.sleep(0)
                assert not again.done()
                await here.notices.withdraw(made.number, by="Thư ký mẫu", now=LATER)
                await there.tick(LATER)
                await again
                assert there.shown((), LATER) == []
                await watching.aclose()
            finally:
                await store.close()

    asyncio.run(main())


def test_watchers_are_woken_when_its_time_begins_and_ends(directory: ContestDirectory) -> None:
    """Nobody writes anything then."""

    async def main() -> None:
        async with opened(directory) as service:
            notices = service.notices
            await write(notices, starts=OPENS + 10, ends=OPENS + 20)
            watching = notices.watch()
            for now in (OPENS + 10, OPENS + 20):
                woken = asyncio.ensure_future(anext(watching))
                await notices.tick(now - 1)
                await asyncio.sleep(0)
                assert not woken.done()
                await notices.tick(now)
                await woken
            await watching.aclose()

    asyncio.run(main())


def test_there_are_never_too_many(directory: ContestDirectory) -> None:
    """Withdrawn ones and those whose time is over make room."""

    async def main() -> None:
        async with opened(directory) as service:
            notices = service.notices
            for n in range(MOST):
                await write(notices, str(n))
            with pytest.raises(BadNotice, match="too_many"):
                await write(notices, "one more")
            await notices.withdraw(1, by="Thư ký mẫu", now=OPENS)
            assert (await write(notices, "one more")).number == MOST + 1

    asyncio.run(main())


@pytest.mark.parametrize("number", [0, 2])
def test_what_is_not_there_is_not_withdrawn(directory: ContestDirectory, number: int) -> None:
    """Nothing is written then."""

    async def main() -> None:
        async with opened(directory) as service:
            await write(service.notices)
            with pytest.raises(BadNotice, match="unknown"):
                await service.notices.withdraw(number, by="X", now=OPENS)
            assert await service.store.count_actions("notice_withdrawn") == 0

    asyncio.run(main())


def test_nothing_is_withdrawn_twice(directory: ContestDirectory) -> None:
    """The second one is told."""

    async def main() -> None:
        async with opened(directory) as service:
            made = await write(service.notices)
            await service.notices.withdraw(made.number, by="X", now=OPENS)
            with pytest.raises(BadNotice, match="gone"):
                await service.notices.withdraw(made.number, by="X", now=OPENS)
            assert await service.store.verify_actions() is None

    asyncio.run(main())
