"""Who is in front of the page: the visitor whose code is running, or a preview."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from contest import app
from contest.app import (
    Application,
    NotSignedIn,
    Preview,
    ServerVisitor,
    band_of,
    bind_visitor,
    current,
    only_visitors,
)
from contest.clock import ManualClock
from contest.directory import ContestDirectory
from contest.settings import CONTEST_VARIABLE
from contest.store import MarkSynthetic
from tests.factories import DAY, HOUR, MINUTE, OPENS, begin, enrol, opened, page, write_contest


async def stop(visitor: Application) -> None:
    """Let go of a visitor's database and tick."""
    ticking = getattr(visitor, "_ticking", None)
    if ticking is not None:
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)
    await (await visitor.service()).store.close()


# ---- a visitor ----


def test_visitor_gets_their_own_running_attempt(directory: ContestDirectory) -> None:
    """Of the contestant who is signed in, and of nobody else, over the one service there is."""

    async def main() -> None:
        async with opened(directory) as service:
            mine = await begin(service, 1)
            await begin(service, 2)
            clock = ManualClock(OPENS + MINUTE)
            me = ServerVisitor(service, clock, mine.record.contestant_id)
            sitting = await me.sitting()
            assert sitting is not None
            assert sitting.attempt_id == mine.attempt_id
            assert await me.service() is service
            assert me.clock is clock
            assert me.carry_code is False

    asyncio.run(main())


@pytest.mark.parametrize("after", [0, HOUR])
def test_visitor_without_a_running_attempt_gets_none(
    directory: ContestDirectory, after: int
) -> None:
    """Nothing is opened by looking; nor is one that is over."""

    async def main() -> None:
        async with opened(directory) as service:
            if after:
                contestant_id = (await begin(service)).record.contestant_id
            else:
                contestant_id = (await enrol(service)).contestant_id
            before = (await service.store.counts())["attempts"]
            me = ServerVisitor(service, ManualClock(OPENS + after), contestant_id)
            assert await me.sitting() is None
            assert (await service.store.counts())["attempts"] == before

    asyncio.run(main())


@pytest.mark.parametrize(("sample", "expected"), [(False, None), (True, "band.sample")])
def test_visitors_pages_bear_the_contests_band(
    tmp_path: Path, sample: bool, expected: str | None
) -> None:
    """As all pages of the server do."""
    directory = write_contest(tmp_path / "x", sample=sample)

    async def main() -> None:
        async with opened(directory) as service:
            assert await ServerVisitor(service, ManualClock(OPENS), "ts-1").band() == expected

    asyncio.run(main())


# ---- bands ----


@pytest.mark.parametrize(
    ("sample", "synthetic", "expected"),
    [
        (False, False, None),
        (True, False, "band.sample"),
        (False, True, "band.synthetic"),
        (True, True, "band.synthetic"),
    ],
)
def test_pages_say_what_is_not_real(
    tmp_path: Path, sample: bool, synthetic: bool, expected: str | None
) -> None:
    """A sample, or synthetic data."""
    directory = write_contest(tmp_path / "x", sample=sample)

    async def main() -> None:
        async with opened(directory) as service:
            if synthetic:
                await service.store.write(MarkSynthetic(1))
            assert await band_of(service, service.rounds.known().rules) == expected

    asyncio.run(main())


# ---- the preview ----


def preview(directory: ContestDirectory, at: int = OPENS - 30 * DAY) -> Preview:
    """Return a preview at a time when no round is open."""
    found = Preview(directory.path)
    found.clock = ManualClock(at)
    found._directory = app._AlwaysOpen(directory.path, at)
    return found


def test_preview_opens_a_paper_at_any_time(directory: ContestDirectory) -> None:
    """Months before the round."""

    async def main() -> None:
        me = preview(directory)
        sitting = await me.sitting()
        assert sitting is not None
        assert len(sitting.paper) == 6
        assert await me.band() == "band.preview"
        assert me.carry_code is True
        await stop(me)

    asyncio.run(main())


def test_preview_never_touches_the_real_database(directory: ContestDirectory) -> None:
    """Neither when there is none nor when there is one; nor its secrets."""

    async def main(there: bool) -> None:
        if there:
            async with opened(directory) as service:
                await begin(service)
        real = {path: path.read_bytes() for path in _real(directory)}
        me = preview(directory)
        sitting = await me.sitting()
        assert sitting is not None
        await sitting.take_pen(page(), me.clock.now())
        await sitting.answer(1, 1, 1, [1], me.clock.now())
        await stop(me)
        assert {path: path.read_bytes() for path in _real(directory)} == real
        assert directory.preview_database.exists()

    asyncio.run(main(there=False))
    asyncio.run(main(there=True))


def _real(directory: ContestDirectory) -> Iterator[Path]:
    """Yield the real contest's private files."""
    for path in sorted(directory.var.rglob("*")) if directory.var.exists() else ():
        mine = path.name.startswith("xem_thu") or "secrets-xem-thu" in path.parts
        if path.is_file() and not mine:
            yield path


def test_preview_begins_anew_each_time(directory: ContestDirectory) -> None:
    """What was left by the last one is gone."""

    async def main() -> None:
        for _ in range(2):
            me = preview(directory)
            sitting = await me.sitting()
            assert sitting is not None
            counts = await (await me.service()).store.counts()
            assert counts["attempts"] == 1
            await stop(me)

    asyncio.run(main())


def test_preview_shows_the_files_as_they_are_now(directory: ContestDirectory) -> None:
    """Also drafts of the rules; a paper that was handed in is followed by another."""
    rules = directory.path / "the_le.yml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("questions: 4", "questions: 3"), encoding="utf-8")

    async def main() -> None:
        me = preview(directory)
        first = await me.sitting()
        assert first is not None
        assert len(first.paper) == 5
        await first.take_pen(page(), me.clock.now())
        await first.submit(1, 1, me.clock.now())
        second = await me.sitting()
        assert second is not None
        assert second.attempt_id != first.attempt_id
        await stop(me)

    asyncio.run(main())


# ---- current() ----


@pytest.fixture
def fresh(directory: ContestDirectory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin as a process does: nobody is bound, no preview was made, it is no server yet."""
    monkeypatch.setenv(CONTEST_VARIABLE, str(directory.path))
    monkeypatch.setattr(app, "_is_server", threading.Event())
    app._preview.cache_clear()
    yield
    app._preview.cache_clear()


def test_ordinary_kernel_is_a_preview(fresh: None) -> None:  # noqa: ARG001
    """Of the contest in the settings; always the same one."""
    first = current()
    assert isinstance(first, Preview)
    assert current() is first


def test_visitor_of_the_context_comes_first(fresh: None, directory: ContestDirectory) -> None:  # noqa: ARG001
    """On the server each visitor's code runs in a context of its own."""
    one, two = preview(directory), preview(directory)

    async def ask(who: Preview) -> Application:
        bind_visitor(who)
        await asyncio.sleep(0)
        return current()

    async def main() -> list[Application]:
        return await asyncio.gather(ask(one), ask(two))

    assert asyncio.run(main()) == [one, two]
    assert isinstance(current(), Preview)
    assert current() not in (one, two)


def test_tasks_of_a_visitors_code_are_in_the_visitors_name(
    fresh: None,  # noqa: ARG001
    directory: ContestDirectory,
) -> None:
    """What a handler starts goes on for whom it was started."""
    me = preview(directory)

    async def later() -> Application:
        await asyncio.sleep(0)
        return current()

    async def main() -> Application:
        bind_visitor(me)
        return await asyncio.create_task(later())

    assert asyncio.run(main()) is me


def test_on_a_server_there_is_nobody_outside_of_a_visitors_context(
    fresh: None,  # noqa: ARG001
    directory: ContestDirectory,
) -> None:
    """No preview is opened there, and no earlier visitor stays behind."""
    me = preview(directory)
    contextvars.Context().run(bind_visitor, me)
    only_visitors()
    with pytest.raises(NotSignedIn):
        current()

    def within() -> Application:
        bind_visitor(me)
        return current()

    assert contextvars.Context().run(within) is me
    with pytest.raises(NotSignedIn):
        contextvars.Context().run(current)
    assert not directory.preview_database.exists()
