"""Organisers' acts from the command line, beside or without a server."""

from __future__ import annotations

import asyncio
import datetime
from pathlib import Path

import pytest

from contest.clock import SystemClock
from contest.commands import organise
from contest.commands.organise import Refused, close_round, grant_time, replace_code
from contest.directory import ContestDirectory
from contest.rounds import Rounds
from contest.rules import ZONE, to_ms
from tests.factories import HOUR, MINUTE, ROUND, begin, enrol, opened, page, write_contest

LONG_AGO = to_ms(datetime.datetime(2020, 1, 6, 8, tzinfo=ZONE))
FAR_AWAY = to_ms(datetime.datetime(2100, 1, 4, 8, tzinfo=ZONE))
"""These tests don't depend on what the clock says today."""


@pytest.fixture
def past(tmp_path: Path) -> ContestDirectory:
    """A contest whose round is over since long."""
    return write_contest(tmp_path / "x", opens=LONG_AGO, closes=LONG_AGO + HOUR)


@pytest.fixture
def future(tmp_path: Path) -> ContestDirectory:
    """A contest whose round closes in the next century."""
    return write_contest(tmp_path / "x", opens=LONG_AGO, closes=FAR_AWAY)


def hold(directory: ContestDirectory) -> str:
    """Let one contestant begin and fall asleep; return the attempt."""

    async def main() -> str:
        async with opened(directory, at=LONG_AGO) as service:
            sitting = await begin(service, at=LONG_AGO + MINUTE)
            await sitting.take_pen(page(), LONG_AGO + MINUTE)
            return sitting.attempt_id

    return asyncio.run(main())


def actions(directory: ContestDirectory) -> list[tuple[str, str, str]]:
    """Return (kind, actor, subject) of what organisers and server did."""

    async def main() -> list[tuple[str, str, str]]:
        async with opened(directory, at=None) as service:
            assert await service.store.verify_actions() is None
            return [(a.kind, a.actor, a.subject) for a in await service.store.actions()]

    return asyncio.run(main())


def test_round_is_closed_without_a_server(past: ContestDirectory) -> None:
    """What is still running has run out long ago, and is ended first."""
    hold(past)
    assert asyncio.run(close_round(past.path, ROUND)) == f"Đã đóng kỳ {ROUND}."
    assert actions(past)[1:] == [("close", "timhieu close", ROUND)]
    assert "đã đóng từ trước" in asyncio.run(close_round(past.path, ROUND))
    assert len(actions(past)) == 2


def test_round_is_closed_although_its_files_are_gone(past: ContestDirectory) -> None:
    """What has begun stands in the database."""
    hold(past)
    (past.path / "the_le.yml").unlink()
    (past.path / "don_vi.csv").write_text("hỏng")
    assert asyncio.run(close_round(past.path, ROUND)) == f"Đã đóng kỳ {ROUND}."


def test_round_is_not_closed_before_its_time(future: ContestDirectory) -> None:
    """It says until when it is open."""
    hold(future)
    with pytest.raises(Refused, match="04/01/2100"):
        asyncio.run(close_round(future.path, ROUND))
    assert [kind for kind, *_ in actions(future)] == ["freeze"]


def test_round_with_an_attempt_that_still_runs_is_not_closed(past: ContestDirectory) -> None:
    """Somebody was granted time."""
    attempt_id = hold(past)
    minutes = (SystemClock().now() - LONG_AGO) // MINUTE + 60
    granted = asyncio.run(grant_time(past.path, attempt_id, minutes, "thử", "Tổ Thư ký"))
    assert attempt_id in granted
    with pytest.raises(Refused, match="còn 1 bài"):
        asyncio.run(close_round(past.path, ROUND))


def test_round_somebody_enters_at_the_last_moment_is_not_closed(
    past: ContestDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the root is being computed."""
    hold(past)
    close = Rounds.close

    async def slow(self: Rounds, round_id: str, now: int, actor: str) -> bool:
        async with opened(past, at=None) as service:
            summary = self.store.round_summary
            found = await summary(round_id)
            await begin(service, 2, at=LONG_AGO + HOUR - 1)

            async def before(_: str) -> object:
                return found

            monkeypatch.setattr(self.store, "round_summary", before)
            return await close(self, round_id, now, actor)

    monkeypatch.setattr(Rounds, "close", slow)
    with pytest.raises(Refused, match="còn 1 bài"):
        asyncio.run(close_round(past.path, ROUND))
    monkeypatch.setattr(Rounds, "close", close)
    assert asyncio.run(close_round(past.path, ROUND)) == f"Đã đóng kỳ {ROUND}."


@pytest.mark.parametrize("round_id", ["ky-9", ROUND])
def test_round_that_never_opened_is_not_closed(future: ContestDirectory, round_id: str) -> None:
    """Unknown, or not yet frozen."""

    async def main() -> None:
        async with opened(future, at=None):
            pass
        with pytest.raises(Refused, match="chưa từng mở"):
            await close_round(future.path, round_id)

    asyncio.run(main())


def test_lost_code_is_replaced_once_and_for_all(past: ContestDirectory) -> None:
    """The new one is printed in groups, and works."""

    async def main() -> None:
        async with opened(past, at=LONG_AGO) as service:
            registered = await enrol(service)
            said = await replace_code(past.path, registered.contestant_id, "Tổ Thư ký")
            assert await service.resume(said.split()[-1]) == registered.contestant_id
            assert await service.resume(registered.code) is None
        with pytest.raises(Refused, match="ts-khong-co"):
            await replace_code(past.path, "ts-khong-co", "Tổ Thư ký")

    asyncio.run(main())
    assert [entry[:2] for entry in actions(past)][1:] == [("new_code", "Tổ Thư ký")]


def test_attempt_that_does_not_run_is_granted_nothing(past: ContestDirectory) -> None:
    """Ended, or not there."""
    attempt_id = hold(past)
    asyncio.run(close_round(past.path, ROUND))
    for one in (attempt_id, "lt-khong-co"):
        with pytest.raises(Refused, match=one):
            asyncio.run(grant_time(past.path, one, 5, "thử", "Tổ Thư ký"))


def test_contest_without_a_database_is_told_so(past: ContestDirectory) -> None:
    """And none is made."""
    for act in (
        close_round(past.path, ROUND),
        replace_code(past.path, "ts-1", "x"),
        grant_time(past.path, "lt-1", 5, "x", "y"),
    ):
        with pytest.raises(Refused, match="cơ sở dữ liệu"):
            asyncio.run(act)
    assert not past.database.exists()
    assert organise.Refused is Refused
