"""What the server does beside the contest: backups by the clock, forgetting on the day."""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from contest.clock import ManualClock
from contest.directory import ContestDirectory
from contest.keeping.backup import restore
from contest.rehearsal.folder import RehearsalFolder
from contest.rehearsal.model import LEAD_MS
from contest.rules import ZONE, to_ms
from contest.service import Service
from contest.serving import chores as module
from contest.serving.chores import Chores
from contest.settings import ServerSettings
from tests.factories import CLOSES, HOUR, MINUTE, OPENS, enrol, fields, opened

Work = Callable[[Chores, Service, ManualClock], Awaitable[None]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups go."""
    return tmp_path / "sao_luu"


@pytest.fixture
def run(directory: ContestDirectory, folder: Path) -> Callable[[Work], None]:
    """Return a function that does some work with a server's chores, hourly, two kept."""

    def done(work: Work) -> None:
        async def main() -> None:
            async with opened(directory) as service:
                clock = ManualClock(OPENS)
                limits = ServerSettings(backup_folder=folder, backup_minutes=60, backup_keep=2)
                await work(Chores(service, clock, limits), service, clock)

        asyncio.run(main())

    return done


def names(folder: Path) -> list[str]:
    """Return the files of a folder."""
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def pretend(monkeypatch: pytest.MonkeyPatch, said: str | None = None) -> list[Path]:
    """Write empty files instead of backups, or fail; return what was asked for."""
    asked: list[Path] = []

    async def made(_: Path, target: Path) -> str | None:
        asked.append(target)
        if said is None:
            target.parent.mkdir(exist_ok=True)
            target.touch()
        return said

    monkeypatch.setattr(module, "_in_another_process", made)
    return asked


def test_backup_is_a_whole_one(run: Callable[[Work], None], folder: Path, tmp_path: Path) -> None:
    """Made by another process, and it can be restored."""

    async def work(chores: Chores, service: Service, _: ManualClock) -> None:
        await enrol(service)
        await chores.turn()
        assert (chores.made, chores.failures, chores.newest) == (1, 0, OPENS)

    run(work)
    assert names(folder) == ["timhieu-20261123-080000.zip"]
    kept = restore(folder / "timhieu-20261123-080000.zip", tmp_path / "moi")
    assert kept.manifest.counts["people"] == 1


def test_backups_come_by_the_clock_and_the_newest_stay(
    run: Callable[[Work], None], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of others in the folder are let be."""
    pretend(monkeypatch)
    folder.mkdir()
    (folder / "timhieu-cua-toi.zip").touch()
    (folder / ".timhieu-20261123-070000.zip-abc").mkdir()

    async def work(chores: Chores, _: Service, clock: ManualClock) -> None:
        for minutes in (0, 59, 60, 61, 125):
            clock.move_to(OPENS + minutes * MINUTE)
            await chores.turn()
        assert chores.made == 3

    run(work)
    assert names(folder) == [
        "timhieu-20261123-090000.zip",
        "timhieu-20261123-100500.zip",
        "timhieu-cua-toi.zip",
    ]


def test_restarted_server_goes_on_with_the_schedule(
    run: Callable[[Work], None], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks at the newest that is there."""
    asked = pretend(monkeypatch)
    folder.mkdir()
    (folder / "timhieu-20261123-073000.zip").touch()

    async def work(chores: Chores, _: Service, clock: ManualClock) -> None:
        await chores.turn()
        assert chores.newest == OPENS - 30 * MINUTE
        assert asked == []
        clock.move_to(OPENS + 30 * MINUTE)
        await chores.turn()
        assert len(asked) == 1

    run(work)


def test_failed_backup_is_told_and_tried_again(
    run: Callable[[Work], None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Ten minutes later; once it works, all is well."""
    pretend(monkeypatch, "đĩa đầy")

    async def work(chores: Chores, _: Service, clock: ManualClock) -> None:
        await chores.turn()
        assert chores.failed
        assert "backup failed: đĩa đầy" in caplog.text
        clock.move_to(OPENS + 9 * MINUTE)
        await chores.turn()
        assert chores.failures == 1
        pretend(monkeypatch)
        clock.move_to(OPENS + 10 * MINUTE)
        await chores.turn()
        assert (chores.failed, chores.made, chores.failures) == (False, 1, 1)

    run(work)


def test_another_process_that_fails_says_why(directory: ContestDirectory, folder: Path) -> None:
    """In the last line of what it said."""
    said = asyncio.run(module._in_another_process(directory.path, folder / "a.zip"))
    assert said is not None
    assert "Chưa có cơ sở dữ liệu" in said


def test_people_are_forgotten_on_their_day_and_old_backups_with_them(
    run: Callable[[Work], None],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not a moment before; a backup without them is made at once, and those before go.

    So do copies that migrations left; results that were graded before are named in the log.
    """
    caplog.set_level(logging.DEBUG)
    pretend(monkeypatch)

    async def work(chores: Chores, service: Service, clock: ManualClock) -> None:
        person = await enrol(service)
        clock.move_to(CLOSES + HOUR)
        await service.rounds.tick(clock.now())
        await chores.turn()
        day = service.rounds.known().rules.registration.consent.delete_on
        midnight = to_ms(datetime.datetime.combine(day, datetime.time(), ZONE))
        clock.move_to(midnight - 1)
        await chores.turn()
        assert await service.store.person(person.contestant_id) == fields(1)
        assert len(names(folder)) == 2
        copy = service.directory.var / "timhieu-7.db"
        copy.write_bytes(b"")
        result = service.directory.var / "xet_giai" / "ky-1" / "ket_qua"
        result.mkdir(parents=True)
        for name in ("manifest.json", "ca_nhan.csv"):
            (result / name).write_text("")
        clock.move_to(midnight)
        await chores.turn()
        assert not copy.exists()
        assert f"names are left in {result}" in caplog.text
        assert await service.store.person(person.contestant_id) is None
        assert len(names(folder)) == 1
        actions: list[Any] = await service.store.actions()
        assert (actions[-1].kind, actions[-1].actor) == ("purge", "server")
        assert actions[-1].body == {"people": 1}
        clock.move_to(midnight + MINUTE)
        await chores.turn()
        assert len(await service.store.actions()) == len(actions)

    run(work)
    assert "the data of 1 people are erased" in caplog.text
    for value in fields(1).values():
        assert value not in caplog.text


@pytest.mark.parametrize(
    ("before", "left"),
    [(LEAD_MS + 1, True), (LEAD_MS, False), (0, False), (OPENS - CLOSES, True)],
)
def test_a_rehearsal_is_wiped_once_a_round_is_near(
    directory: ContestDirectory, before: int, left: bool
) -> None:
    """Not while there is time, and not when all rounds are over; while one is open at once."""

    async def main() -> bool:
        async with opened(directory, at=None) as service:
            clock = ManualClock(OPENS - before)
            folder = RehearsalFolder(directory)
            folder.make(directory.rules(), None, banks=())
            await Chores(service, clock, ServerSettings()).turn()
            return folder.exists

    assert asyncio.run(main()) is left
