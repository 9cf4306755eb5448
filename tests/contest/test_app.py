"""Who is in front of the page: a one-time token's contestant, or a preview."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.web import create_signed_value

from contest import app
from contest.app import (
    TOKEN_NAME,
    Application,
    NotSignedIn,
    Preview,
    Visitor,
    band_of,
    current,
    make_token,
    spend_token,
)
from contest.clock import ManualClock
from contest.directory import ContestDirectory
from contest.secret_files import secret
from contest.settings import CONTEST_VARIABLE, TOKEN_VARIABLE, Settings
from contest.store import MarkSynthetic
from tests.factories import DAY, HOUR, MINUTE, OPENS, begin, enrol, opened, page, write_contest


def signed(directory: ContestDirectory, at: int, contestant_id: str = "ts-1") -> str:
    """Return a token made at `at`."""
    value = json.dumps({"contestant": contestant_id, "nonce": f"n-{at}"})
    key = secret(directory.secrets, "kernel")
    return create_signed_value(key, TOKEN_NAME, value, clock=lambda: at / 1000).decode()


async def stop(visitor: Application) -> None:
    """Let go of a visitor's database and tick."""
    ticking = getattr(visitor, "_ticking", None)
    if ticking is not None:
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)
    await (await visitor.service()).store.close()


# ---- tokens ----


def test_token_names_its_contestant_once(directory: ContestDirectory) -> None:
    """A copy of it is worth nothing."""

    async def main() -> None:
        async with opened(directory) as service:
            token = signed(directory, OPENS)
            assert await spend_token(service, token, OPENS + MINUTE) == "ts-1"
            with pytest.raises(NotSignedIn):
                await spend_token(service, token, OPENS + MINUTE)

    asyncio.run(main())


def test_tokens_of_one_contestant_are_all_different(directory: ContestDirectory) -> None:
    """Each page has its own."""
    assert make_token(directory, "ts-1") != make_token(directory, "ts-1")


@pytest.mark.parametrize(("age", "good"), [(9 * MINUTE, True), (11 * MINUTE, False), (DAY, False)])
def test_token_grows_stale(directory: ContestDirectory, age: int, good: bool) -> None:
    """After ten minutes nobody is starting with it any more."""

    async def main() -> None:
        async with opened(directory) as service:
            token = signed(directory, OPENS)
            if good:
                assert await spend_token(service, token, OPENS + age) == "ts-1"
            else:
                with pytest.raises(NotSignedIn):
                    await spend_token(service, token, OPENS + age)

    asyncio.run(main())


def test_forged_tokens_are_refused(directory: ContestDirectory, tmp_path: Path) -> None:
    """Changed, cut, of another contest, of another name, or nonsense."""
    other = write_contest(tmp_path / "khac")
    good = signed(directory, OPENS)
    key = secret(directory.secrets, "kernel")
    forged = [
        "", "x", "giả", good[:-1], good[:-1] + ("0" if good[-1] != "0" else "1"),
        good.replace("2|", "1|", 1), signed(other, OPENS), "2|" * 20,
        create_signed_value(key, "cookie", "{}", clock=lambda: OPENS / 1000).decode(),
        create_signed_value(b"", TOKEN_NAME, "{}", clock=lambda: OPENS / 1000).decode(),
    ]  # fmt: skip

    async def main() -> None:
        async with opened(directory) as service:
            for token in forged:
                with pytest.raises(NotSignedIn):
                    await spend_token(service, token, OPENS)
            assert await spend_token(service, good, OPENS) == "ts-1"

    asyncio.run(main())


def test_token_tells_nothing_that_is_secret(directory: ContestDirectory) -> None:
    """Only the pseudonym stands in it."""
    key = secret(directory.secrets, "kernel")
    assert key.hex() not in make_token(directory, "ts-1")


# ---- a visitor ----


def visitor(directory: ContestDirectory, token: str, at: int) -> Visitor:
    """Return the visitor that a kernel with this token has."""
    found = Visitor(Settings(directory.path, token, None))
    found.clock = ManualClock(at)
    return found


def test_visitor_gets_their_own_running_attempt(directory: ContestDirectory) -> None:
    """Of the contestant the token names, and of nobody else."""

    async def main() -> None:
        async with opened(directory) as service:
            mine = await begin(service, 1)
            await begin(service, 2)
        me = visitor(directory, signed(directory, OPENS, mine.record.contestant_id), OPENS + MINUTE)
        sitting = await me.sitting()
        assert sitting is not None
        assert sitting.attempt_id == mine.attempt_id
        assert me.carry_code is False
        await stop(me)

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
        at = OPENS + after
        me = visitor(directory, signed(directory, at, contestant_id), at)
        assert await me.sitting() is None
        await stop(me)

    asyncio.run(main())


def test_visitor_with_a_bad_token_is_nobody(directory: ContestDirectory) -> None:
    """However often they ask."""

    async def main() -> None:
        me = visitor(directory, "giả", OPENS)
        for _ in range(2):
            with pytest.raises(NotSignedIn):
                await me.sitting()

    asyncio.run(main())


def test_token_is_not_spent_where_the_contest_can_not_be_read(
    directory: ContestDirectory,
) -> None:
    """The page may try again once the files are mended."""
    rules = directory.path / "the_le.yml"
    good = rules.read_text(encoding="utf-8")

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
        token = signed(directory, OPENS, sitting.record.contestant_id)
        rules.write_text("hỏng", encoding="utf-8")
        me = visitor(directory, token, OPENS + MINUTE)
        with pytest.raises(ValueError, match=r"the_le\.yml"):
            await me.sitting()
        rules.write_text(good, encoding="utf-8")
        assert await me.sitting() is not None
        await stop(me)

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
def fresh() -> Iterator[None]:
    """Forget what an earlier `current()` found."""
    app._from_settings.cache_clear()
    yield
    app._from_settings.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_kernel_with_a_token_is_a_visitor(
    directory: ContestDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Always the same one, although the token can be read only once."""
    monkeypatch.setenv(CONTEST_VARIABLE, str(directory.path))
    monkeypatch.setenv(TOKEN_VARIABLE, "chìa")
    first = current()
    assert isinstance(first, Visitor)
    assert current() is first


@pytest.mark.usefixtures("fresh")
def test_kernel_without_a_token_is_a_preview(
    directory: ContestDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the contest in the settings."""
    monkeypatch.setenv(CONTEST_VARIABLE, str(directory.path))
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    assert isinstance(current(), Preview)


@pytest.mark.usefixtures("fresh")
def test_visitor_of_the_context_comes_first(directory: ContestDirectory) -> None:
    """On the server each visitor's code runs in a context of its own."""
    one, two = preview(directory), preview(directory)

    async def ask(who: Preview) -> Application:
        app._visitor.set(who)
        await asyncio.sleep(0)
        return current()

    async def main() -> list[Application]:
        return await asyncio.gather(ask(one), ask(two))

    assert asyncio.run(main()) == [one, two]
    assert app._visitor.get() is None
