"""One computation for everybody: how the leaderboard's keeper asks, waits, keeps and lets go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from contest.clock import ManualClock
from contest.serving import board_keeper as module
from contest.serving.board_keeper import BoardKeeper, Made, WorkerFailed
from tests.factories import OPENS


class FakeWorker:
    """Answers at once, with what a test has laid ready."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked = self.closed = 0

    async def ask(self, now: int) -> dict[str, Any] | None:
        self.asked += 1
        found = self.answers.pop(0) if self.answers else None
        if isinstance(found, Exception):
            raise found
        return None if found is None else {"at": now, "version": found, "rounds": []}

    async def close(self) -> None:
        self.closed += 1


def run(
    worker: FakeWorker,
    work: Callable[[BoardKeeper], Awaitable[None]],
    monkeypatch: pytest.MonkeyPatch,
    **settings: float,
) -> None:
    """Do some work beside a running keeper; times are short unless `settings` say otherwise."""
    for name, value in {"every_seconds": 0.0, "first_seconds": 5.0, **settings}.items():
        monkeypatch.setattr(module, name.upper(), value)

    async def main() -> None:
        keeper = BoardKeeper(worker, ManualClock(OPENS))  # type: ignore[arg-type]
        running = asyncio.create_task(keeper.run())
        await asyncio.sleep(0)
        await work(keeper)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(main())
    assert worker.closed


def test_a_thousand_at_once_cost_one_computation(monkeypatch: pytest.MonkeyPatch) -> None:
    """All get the same snapshot, and the same page, which is made once."""

    async def work(keeper: BoardKeeper) -> None:
        made: list[int] = []

        def make() -> Made:
            made.append(1)
            return Made('"e"', b"html", b"gzip")

        async def look() -> Made:
            assert (await keeper.current() or {})["version"] == "a"
            return keeper.page("key", make)

        pages = await asyncio.gather(*(look() for _ in range(1000)))
        assert set(map(id, pages)) == {id(pages[0])}
        assert (len(made), keeper.computed, keeper.made) == (1, 1, 1)
        assert worker.asked == 1

    worker = FakeWorker("a")
    run(worker, work, monkeypatch, every_seconds=60.0)


def test_nobody_looks_and_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server whose board nobody opens pays nothing for it."""

    async def work(_: BoardKeeper) -> None:
        for _n in range(20):
            await asyncio.sleep(0)
        assert worker.asked == 0

    worker = FakeWorker("a")
    run(worker, work, monkeypatch)


def test_a_new_version_takes_its_pages_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same version keeps them."""

    async def work(keeper: BoardKeeper) -> None:
        await keeper.check()
        page = keeper.page("key", lambda: Made("1", b"", b""))
        await keeper.check()
        assert keeper.page("key", lambda: Made("2", b"", b"")) is page
        await keeper.check()
        assert keeper.page("key", lambda: Made("3", b"", b"")).etag == "3"
        assert keeper.computed == 2

    run(FakeWorker("a", "a", "b"), work, monkeypatch)


def test_a_slow_first_computation_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no snapshot yet, and the page says so."""

    async def work(keeper: BoardKeeper) -> None:
        assert await keeper.current() is None

    class Slow(FakeWorker):
        async def ask(self, now: int) -> dict[str, Any] | None:
            await asyncio.Event().wait()
            return await super().ask(now)

    run(Slow(), work, monkeypatch, first_seconds=0.01)


def test_a_failure_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last good snapshot stays meanwhile."""

    async def work(keeper: BoardKeeper) -> None:
        found = await keeper.current()
        assert found is not None
        assert found["version"] == "a"

    run(FakeWorker(WorkerFailed("nope"), "a"), work, monkeypatch)


def test_made_pages_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strange addresses can't fill the memory."""

    async def work(keeper: BoardKeeper) -> None:
        for number in range(2 * module.MAX_PAGES):
            keeper.page(number, lambda: Made("", b"", b""))
        assert keeper.made == 2 * module.MAX_PAGES
        assert len(keeper._pages) == module.MAX_PAGES

    run(FakeWorker(), work, monkeypatch)


def test_an_address_is_read_once_in_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it asks for may not be there in the next; long addresses are never kept."""
    long = "x" * (module.LONGEST_QUERY + 1)

    async def work(keeper: BoardKeeper) -> None:
        await keeper.check()
        assert [keeper.asked("bang=don-vi", lambda n=n: n) for n in (1, 2)] == [1, 1]
        assert [keeper.asked(long, lambda n=n: n) for n in (1, 2)] == [1, 2]
        await keeper.check()
        assert keeper.asked("bang=don-vi", lambda: 3) == 3
        for number in range(1, 2 * module.MAX_PAGES):
            keeper.asked(str(number), lambda: 1)
        assert len(keeper._asked) == module.MAX_PAGES

    run(FakeWorker("a", "b"), work, monkeypatch)


def test_the_process_goes_when_nobody_looks_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its memory is given back; the next look starts another."""

    async def work(keeper: BoardKeeper) -> None:
        assert await keeper.current()
        while not worker.closed:
            await asyncio.sleep(0.01)
        assert await keeper.current()

    worker = FakeWorker("a")
    run(worker, work, monkeypatch, looked_seconds=0.02, idle_seconds=0.05)
