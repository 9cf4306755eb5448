"""A page hears of what happens to its attempt elsewhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

import pytest

from contest.directory import ContestDirectory
from contest.rounds import EXPIRE_SETTLE_MS
from contest.service import Service
from contest.sitting import Sitting
from contest.store import StoreUnavailable
from contest.watch import MARGIN_MS
from tests.factories import HOUR, OPENS, begin, opened, page


class Listener:
    """A page that watches an attempt and counts how often it is told of a change."""

    def __init__(self, service: Service, attempt_id: str, who: object = None) -> None:
        self._told = asyncio.Queue[None]()
        self._task = asyncio.create_task(self._listen(service, attempt_id, who))

    async def _listen(self, service: Service, attempt_id: str, who: object) -> None:
        watching = service.watch(attempt_id, who)
        try:
            async for _ in watching:
                self._told.put_nowait(None)
        finally:
            await watching.aclose()

    async def told(self) -> None:
        """Wait until it is told of something."""
        await asyncio.wait_for(self._told.get(), 30)

    async def heard(self) -> int:
        """Return how often it was told since the last time somebody asked."""
        for _ in range(5):
            await asyncio.sleep(0)
        count = 0
        while not self._told.empty():
            self._told.get_nowait()
            count += 1
        return count

    async def close(self) -> None:
        """Stop watching."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


Work = Callable[[Service, Sitting, Listener], Awaitable[None]]


def watch(directory: ContestDirectory, work: Work, poll: float = 3600) -> None:
    """Open an attempt, watch it, and do `work`. By default nothing is polled by itself."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
            listener = Listener(service, sitting.attempt_id)
            try:
                await work(service, sitting, listener)
            finally:
                await listener.close()
                polling = service.watcher._poll_task
                if polling is not None:
                    polling.cancel()
                    await asyncio.gather(polling, return_exceptions=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("contest.watch.POLL_SECONDS", poll)
        asyncio.run(main())


async def settle(service: Service, listener: Listener) -> None:
    """Take the first look, which is due to everybody who begins to watch; no poll adds to it."""
    assert await listener.heard() >= 1
    await service.watcher.poll_once()
    assert await listener.heard() == 0


async def take_pen_elsewhere(
    directory: ContestDirectory, attempt_id: str, page_number: int = 2
) -> None:
    """Take the pen in what might be another process."""
    async with opened(directory) as other:
        there = await other.sitting(attempt_id)
        assert there is not None
        await there.take_pen(page(page_number), OPENS)


def test_watching_begins_with_a_look(directory: ContestDirectory) -> None:
    """What happened before is seen, too."""

    async def work(_: Service, __: Sitting, listener: Listener) -> None:
        assert await listener.heard() == 1

    watch(directory, work)


@pytest.mark.parametrize("what", ["pen", "submit", "expire", "grant"])
def test_change_in_this_process_is_told_at_once(directory: ContestDirectory, what: str) -> None:
    """Without waiting for a poll."""

    async def work(service: Service, sitting: Sitting, listener: Listener) -> None:
        await sitting.take_pen(page(), OPENS)
        await settle(service, listener)
        if what == "pen":
            await sitting.take_pen(page(2), OPENS)
        elif what == "submit":
            await sitting.submit(1, 1, OPENS + HOUR // 4)
        elif what == "expire":
            await sitting.expire(sitting.deadline + EXPIRE_SETTLE_MS)
        else:
            await service.grant_time(sitting.attempt_id, 5, "x", "y", OPENS)
        assert await listener.heard() == 1

    watch(directory, work)


@pytest.mark.parametrize("what", ["pen", "grant", "expire"])
def test_change_in_another_process_is_told_by_the_next_poll(
    directory: ContestDirectory, what: str
) -> None:
    """Once, and not again at the poll after it."""

    async def work(service: Service, sitting: Sitting, listener: Listener) -> None:
        await settle(service, listener)
        if what == "pen":
            await take_pen_elsewhere(directory, sitting.attempt_id)
        else:
            async with opened(directory) as other:
                if what == "grant":
                    await other.grant_time(sitting.attempt_id, 5, "x", "y", OPENS)
                else:
                    await other.rounds.tick(sitting.deadline + EXPIRE_SETTLE_MS)
        assert await listener.heard() == 0
        await service.watcher.poll_once()
        assert await listener.heard() == 1
        await service.watcher.poll_once()
        assert await listener.heard() == 0

    watch(directory, work)


def test_change_before_anybody_watched_is_told_by_the_first_poll(
    directory: ContestDirectory,
) -> None:
    """The page may have read its state before."""

    async def work(service: Service, sitting: Sitting, listener: Listener) -> None:
        await listener.close()
        await take_pen_elsewhere(directory, sitting.attempt_id)
        later = Listener(service, sitting.attempt_id)
        assert await later.heard() == 1
        await service.watcher.poll_once()
        assert await later.heard() == 1
        await later.close()

    watch(directory, work)


def test_page_is_not_told_of_the_pen_that_it_took_itself(directory: ContestDirectory) -> None:
    """It has the answer; of the pen that another one takes it is told."""

    async def work(service: Service, sitting: Sitting, listener: Listener) -> None:
        mine = Listener(service, sitting.attempt_id, sitting)
        await mine.heard()
        await settle(service, listener)
        await sitting.take_pen(page(), OPENS)
        await service.watcher.poll_once()
        assert (await mine.heard(), await listener.heard()) == (0, 1)
        there = await service.sitting(sitting.attempt_id)
        assert there is not None
        await there.take_pen(page(2), OPENS)
        assert (await mine.heard(), await listener.heard()) == (1, 1)
        await mine.close()

    watch(directory, work)


def test_other_attempts_are_not_told(directory: ContestDirectory) -> None:
    """A page hears of its own only."""

    async def work(service: Service, _: Sitting, listener: Listener) -> None:
        other = await begin(service, 2)
        await settle(service, listener)
        await other.take_pen(page(2), OPENS)
        await service.watcher.poll_once()
        assert await listener.heard() == 0

    watch(directory, work)


def test_two_pages_of_an_attempt_are_both_told(directory: ContestDirectory) -> None:
    """The one that took the pen and the one that lost it."""

    async def work(service: Service, sitting: Sitting, listener: Listener) -> None:
        second = Listener(service, sitting.attempt_id)
        assert (await listener.heard(), await second.heard()) == (1, 1)
        await sitting.take_pen(page(2), OPENS)
        assert (await listener.heard(), await second.heard()) == (1, 1)
        await second.close()

    watch(directory, work)


def test_polling_happens_by_itself(directory: ContestDirectory) -> None:
    """While somebody watches."""

    async def work(_: Service, sitting: Sitting, listener: Listener) -> None:
        await listener.told()
        await take_pen_elsewhere(directory, sitting.attempt_id)
        await listener.told()
        await take_pen_elsewhere(directory, sitting.attempt_id, 3)
        await listener.told()

    watch(directory, work, poll=0.01)


@pytest.mark.parametrize("error", [StoreUnavailable("khóa"), ValueError("hỏng")], ids=repr)
def test_poll_that_fails_does_not_end_the_polling(
    directory: ContestDirectory, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """The next one tells what there is to tell."""

    async def work(service: Service, sitting: Sitting, listener: Listener) -> None:
        turns, fails = service.store.turns, [error]

        async def fail_once(since: int) -> Any:
            if fails:
                raise fails.pop()
            return await turns(since)

        await listener.told()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(service.store, "turns", fail_once)
            await take_pen_elsewhere(directory, sitting.attempt_id)
            await listener.told()
        assert not fails

    with caplog.at_level(logging.CRITICAL):
        watch(directory, work, poll=0.01)


def test_nothing_is_kept_of_pages_that_have_gone(directory: ContestDirectory) -> None:
    """Fifty come and go; a poll that is under way meanwhile keeps nothing either."""

    async def work(service: Service, sitting: Sitting, listener: Listener) -> None:
        await sitting.take_pen(page(), OPENS)
        await service.grant_time(sitting.attempt_id, 5, "x", "y", OPENS)
        await listener.close()
        for _ in range(50):
            one = Listener(service, sitting.attempt_id)
            await one.told()
            polling = asyncio.create_task(service.watcher.poll_once())
            await asyncio.sleep(0)
            await one.close()
            await polling
        assert not service.watcher._watched
        assert not service.watcher._turns
        assert not service.watcher._granted

    watch(directory, work)


def test_polling_ends_when_nobody_watches(directory: ContestDirectory) -> None:
    """And begins again with the next page."""

    async def work(service: Service, sitting: Sitting, listener: Listener) -> None:
        await listener.told()
        await listener.close()
        polling = service.watcher._poll_task
        assert polling is not None
        await asyncio.wait_for(polling, 30)
        again = Listener(service, sitting.attempt_id)
        await again.told()
        await take_pen_elsewhere(directory, sitting.attempt_id)
        await again.told()
        await again.close()

    watch(directory, work, poll=0.01)


def test_change_that_became_visible_late_is_told(directory: ContestDirectory) -> None:
    """Another process's writer waited for the lock: what it stored bears an older time."""

    async def work(service: Service, sitting: Sitting, listener: Listener) -> None:
        newest = await begin(service, 2)
        await newest.take_pen(page(2), OPENS + MARGIN_MS)
        await settle(service, listener)
        await take_pen_elsewhere(directory, sitting.attempt_id)
        await service.watcher.poll_once()
        assert await listener.heard() == 1

    watch(directory, work)


def test_poll_asks_for_what_has_happened_lately(directory: ContestDirectory) -> None:
    """However long the contest has been going on."""

    async def work(service: Service, sitting: Sitting, _: Listener) -> None:
        turns, asked = service.store.turns, []

        async def listen(since: int) -> Any:
            asked.append(since)
            return await turns(since)

        await sitting.take_pen(page(), OPENS + HOUR // 6)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(service.store, "turns", listen)
            await service.watcher.poll_once()
            await sitting.take_pen(page(2), OPENS + HOUR // 4)
            for _ in range(2):
                await service.watcher.poll_once()
        at = [OPENS + HOUR // 6, OPENS + HOUR // 6, OPENS + HOUR // 4]
        assert asked == [one - MARGIN_MS for one in at]

    watch(directory, work)


def test_polling_is_done_in_nobodys_name(directory: ContestDirectory) -> None:
    """Not in that of the visitor who happened to be the first to watch."""
    whose: ContextVar[str] = ContextVar("whose")
    seen: list[str | None] = []

    async def work(service: Service, sitting: Sitting, listener: Listener) -> None:
        turns = service.store.turns

        async def listen(since: int) -> Any:
            seen.append(whose.get(None))
            return await turns(since)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(service.store, "turns", listen)
            await listener.told()
            await take_pen_elsewhere(directory, sitting.attempt_id)
            await listener.told()

    whose.set("ts-1")
    watch(directory, work, poll=0.01)
    assert set(seen) == {None}
