"""Rounds by the clock: frozen when they open, expired, closed when all is over."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from contest.attempt import State
from contest.directory import ContestDirectory
from contest.rounds import EXPIRE_SETTLE_MS, Rounds
from contest.service import Service
from contest.store import Action, CloseRound, SqliteStore
from questions.canonical import content_hash, sha256
from questions.problems import ProblemsFound
from tests.factories import (
    CLOSES,
    DAY,
    HOUR,
    MINUTE,
    OPENS,
    ROUND,
    begin,
    begin_again,
    enrol,
    opened,
    page,
    rules_text,
    write_contest,
)

LENGTH = 20 * MINUTE


def rewrite(directory: ContestDirectory, **changed: object) -> None:
    """Write the rules file anew."""
    (directory.path / "the_le.yml").write_text(rules_text(**changed), encoding="utf-8")


def spoil(directory: ContestDirectory) -> None:
    """Make the unit list unusable."""
    (directory.path / "don_vi.csv").write_text("hỏng\n", encoding="utf-8")


# ---- freezing ----


@pytest.mark.parametrize(("at", "frozen"), [(OPENS - 1, False), (OPENS, True), (CLOSES, False)])
def test_round_freezes_once_its_window_is_open(
    directory: ContestDirectory, at: int, frozen: bool
) -> None:
    """Not a moment before, and not when all is over."""

    async def main() -> None:
        async with opened(directory, at=at) as service:
            assert (await service.rounds.frozen(ROUND) is not None) is frozen

    asyncio.run(main())


def test_freezing_leaves_a_row_with_its_hashes(directory: ContestDirectory) -> None:
    """Bank, rules, their text, units, and the hash of the secret."""

    async def main() -> None:
        async with opened(directory) as service:
            contest = service.rounds.known()
            (action,) = await service.store.actions("freeze")
            assert (action.at, action.actor, action.subject) == (OPENS, "server", ROUND)
            assert action.body == {
                "bank": contest.bank.content_hash(),
                "rules": contest.rules.content_hash(),
                "rules_text": sha256(contest.rules_text),
                "units": contest.units.content_hash(),
                "secret": service.rounds.secret_hash(ROUND),
            }

    asyncio.run(main())


def test_later_edits_change_nothing_that_has_begun(directory: ContestDirectory) -> None:
    """Rules, units and bank stay what they were, also after a restart."""

    async def main() -> None:
        async with opened(directory) as service:
            before = await service.rounds.frozen(ROUND)
        rewrite(directory, minutes=5, limit=1, closes=OPENS + HOUR)
        async with opened(directory, at=OPENS + 2 * HOUR) as service:
            after = await service.rounds.frozen(ROUND)
            status = await service.status(OPENS + 2 * HOUR)
        assert before is not None
        assert after is not None
        assert after.hashes == before.hashes
        assert after.rules.paper.minutes == 20
        assert (status.phase, status.rules.attempts.limit) == ("open", 2)

    asyncio.run(main())


def test_round_with_wrong_files_stays_shut(
    directory: ContestDirectory, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says why, once; it opens by itself when they are mended."""
    good = (directory.path / "don_vi.csv").read_text(encoding="utf-8")

    async def main() -> None:
        async with opened(directory, at=None) as service:
            spoil(directory)
            with caplog.at_level(logging.ERROR):
                for second in range(3):
                    await service.rounds.tick(OPENS + second * 1000)
            assert (await service.status(OPENS + 3000)).phase == "shut"
            (directory.path / "don_vi.csv").write_text(good, encoding="utf-8")
            await service.rounds.tick(OPENS + 4000)
            assert (await service.status(OPENS + 4000)).phase == "open"

    asyncio.run(main())
    (record,) = caplog.records
    assert "don_vi.csv:1" in record.getMessage()


def test_file_edited_between_two_looks_is_believed(directory: ContestDirectory) -> None:
    """The opening was put off just before it came."""

    async def main() -> None:
        async with opened(directory, at=None) as service:
            rewrite(directory, opens=OPENS + HOUR)
            await service.rounds.tick(OPENS)
            assert await service.rounds.frozen(ROUND) is None
            await service.rounds.tick(OPENS + HOUR)
            assert await service.rounds.frozen(ROUND) is not None

    asyncio.run(main())


def test_round_renamed_before_it_froze_does_not_stop_the_clock(tmp_path: Path) -> None:
    """The tick goes on with the others."""
    directory = write_contest(tmp_path / "x", more_rounds=[("ky-2", CLOSES, CLOSES + DAY)])

    async def main() -> None:
        async with opened(directory, at=None) as service:
            rewrite(directory, more_rounds=[("ky-hai", CLOSES, CLOSES + DAY)])
            await service.rounds.tick(CLOSES)
            await service.rounds.tick(CLOSES)
            assert await service.rounds.frozen("ky-hai") is not None
            assert await service.rounds.frozen("ky-2") is None

    asyncio.run(main())


def test_two_processes_freeze_the_same(directory: ContestDirectory) -> None:
    """The second one finds what the first has stored."""

    async def main() -> None:
        async with opened(directory, at=None) as one, opened(directory, at=None) as two:
            await asyncio.gather(one.rounds.tick(OPENS), two.rounds.tick(OPENS + 1))
            first, second = await one.rounds.frozen(ROUND), await two.rounds.frozen(ROUND)
            assert first is not None
            assert second is not None
            assert first.hashes == second.hashes
            assert first.paper("lt-1", "chung") == second.paper("lt-1", "chung")
            assert len(await one.store.actions("freeze")) == 1

    asyncio.run(main())


def test_changed_secret_is_noticed(directory: ContestDirectory) -> None:
    """Papers can't be drawn again without it."""

    async def main() -> None:
        async with opened(directory) as service:
            assert service.rounds.secret_of(ROUND)
        (directory.secrets / f"round-{ROUND}").write_text("00" * 32, encoding="ascii")
        with pytest.raises(ValueError, match="secret"):
            async with opened(directory):
                pass

    asyncio.run(main())


# ---- status ----


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (OPENS - 1, "before"),
        (OPENS, "open"),
        (OPENS + HOUR - 1, "open"),
        (OPENS + HOUR, "between"),
        (OPENS + DAY, "open"),
        (OPENS + DAY + HOUR, "over"),
    ],
)
def test_phases_of_a_round_with_two_windows(tmp_path: Path, at: int, phase: str) -> None:
    """Closed in between."""
    windows = [(OPENS, OPENS + HOUR), (OPENS + DAY, OPENS + DAY + HOUR)]
    directory = write_contest(tmp_path / "x", windows=windows)

    async def main() -> None:
        async with opened(directory) as service:
            status = await service.status(at)
            assert status.phase == phase
            assert (status.window is not None) is (phase == "open")

    asyncio.run(main())


@pytest.mark.parametrize(
    ("at", "round_id", "phase"),
    [
        (OPENS, "ky-1", "open"),
        (CLOSES, "ky-2", "before"),
        (CLOSES + DAY, "ky-2", "open"),
        (CLOSES + 2 * DAY, "ky-2", "over"),
    ],
)
def test_round_that_matters_is_the_open_or_the_next_one(
    tmp_path: Path, at: int, round_id: str, phase: str
) -> None:
    """And the last one when all are over."""
    more = [("ky-2", CLOSES + DAY, CLOSES + 2 * DAY)]
    directory = write_contest(tmp_path / "x", more_rounds=more)

    async def main() -> None:
        async with opened(directory) as service:
            await service.rounds.tick(CLOSES + DAY)
            status = await service.status(at)
            assert (status.round.id, status.phase) == (round_id, phase)

    asyncio.run(main())


def test_files_that_were_never_right_can_not_be_used(directory: ContestDirectory) -> None:
    """Every problem is told."""

    async def main() -> None:
        spoil(directory)
        store = SqliteStore(directory.database)
        try:
            rounds = Rounds(directory, store)
            with pytest.raises(ProblemsFound):
                await rounds.contest()
            with pytest.raises(RuntimeError):
                rounds.known()
        finally:
            await store.close()

    asyncio.run(main())


def test_files_being_edited_leave_the_last_good_ones(directory: ContestDirectory) -> None:
    """A contest doesn't go down over a comma."""

    async def main() -> None:
        async with opened(directory) as service:
            expected = service.rounds.known()
            spoil(directory)
            assert await service.rounds.contest() == expected

    asyncio.run(main())


# ---- ending attempts ----


@pytest.mark.parametrize(
    ("late", "ended"), [(EXPIRE_SETTLE_MS - 1, False), (EXPIRE_SETTLE_MS, True)]
)
def test_attempt_expires_shortly_after_its_deadline(
    directory: ContestDirectory, late: int, ended: bool
) -> None:
    """What was received in time and is still being committed comes first."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
            await service.rounds.tick(sitting.deadline + late)
            assert ((await sitting.head()).state is State.EXPIRED) is ended

    asyncio.run(main())


def test_grace_puts_the_end_off(tmp_path: Path) -> None:
    """By the seconds in the rules; the deadline itself stays."""
    directory = write_contest(tmp_path / "x", grace=10)

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
            assert sitting.deadline == OPENS + MINUTE + LENGTH
            await service.rounds.tick(sitting.deadline + 10_000)
            assert (await sitting.head()).state is State.RUNNING
            await service.rounds.tick(sitting.deadline + 10_000 + EXPIRE_SETTLE_MS)
            assert (await sitting.head()).state is State.EXPIRED

    asyncio.run(main())


def test_deadline_is_the_end_of_the_window_if_that_is_earlier(
    directory: ContestDirectory,
) -> None:
    """Whoever begins late has less time."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service, at=CLOSES - 5 * MINUTE)
            assert sitting.deadline == CLOSES

    asyncio.run(main())


def test_expiry_is_written_once(directory: ContestDirectory) -> None:
    """However many processes tick."""

    async def main() -> None:
        async with opened(directory) as one, opened(directory) as two:
            sitting = await begin(one)
            at = sitting.deadline + EXPIRE_SETTLE_MS
            await asyncio.gather(
                *(each.rounds.tick(at + n) for n in range(3) for each in (one, two))
            )
            rows = await one.store.rows(sitting.attempt_id)
            assert [str(row.kind) for row in rows] == ["open", "expire"]

    asyncio.run(main())


def test_expiry_is_done_at_the_first_tick_after_a_long_pause(directory: ContestDirectory) -> None:
    """The server was off for a day; what was saved counts."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
            pen = await sitting.take_pen(page(), OPENS + MINUTE)
            await sitting.answer(pen, 1, 1, [1], OPENS + 2 * MINUTE)
        async with opened(directory, at=OPENS + DAY) as service:
            view = await service.view(sitting.attempt_id)
            assert view is not None
            assert view.replay.state is State.EXPIRED
            assert view.ended_at == view.deadline == OPENS + MINUTE + LENGTH
            assert len(view.replay.responses) == 1

    asyncio.run(main())


def test_granted_time_puts_the_end_off(directory: ContestDirectory) -> None:
    """Beyond the round's close if need be; the round waits."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service, at=CLOSES - LENGTH)
            assert await service.grant_time(sitting.attempt_id, 7, "mất điện", "Tổ", CLOSES - 1)
            await sitting.refresh()
            assert sitting.deadline == CLOSES + 7 * MINUTE
            await service.rounds.tick(CLOSES + MINUTE)
            assert (await sitting.head()).state is State.RUNNING
            assert not await service.rounds.closed(ROUND)
            await service.rounds.tick(CLOSES + 7 * MINUTE + EXPIRE_SETTLE_MS)
            await service.rounds.tick(CLOSES + 8 * MINUTE)
            assert (await sitting.head()).state is State.EXPIRED
            assert await service.rounds.closed(ROUND)

    asyncio.run(main())


def test_attempt_that_can_not_be_ended_does_not_keep_others_from_ending(
    directory: ContestDirectory,
) -> None:
    """Its rows were damaged; everybody else's time runs out all the same."""

    async def main() -> None:
        async with opened(directory) as service:
            sittings = [await begin(service, number) for number in (1, 2, 3)]
            pen = await sittings[1].take_pen(page(), OPENS + MINUTE)
            assert pen == 1
            with closing(sqlite3.connect(directory.database)) as other:
                other.execute("update rows set body = 'hỏng' where kind = 'pen'")
                other.commit()
            left = await service.rounds.expire_due(ROUND, OPENS + HOUR)
            assert left == 1
            assert await service.store.running(ROUND) == [sittings[1].attempt_id]

    asyncio.run(main())


# ---- closing ----


def test_round_closes_when_its_last_attempt_has_ended(directory: ContestDirectory) -> None:
    """With one row over the root of all attempts and the counts."""

    async def main() -> None:
        async with opened(directory) as service:
            first = await begin(service, 1)
            await first.take_pen(page(), OPENS + MINUTE)
            await first.submit(1, 1, OPENS + 5 * MINUTE)
            await begin_again(service, first.record.contestant_id, OPENS + HOUR)
            await begin(service, 2)
            await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS)
            (action,) = await service.store.actions("close")
            summary = await service.store.round_summary(ROUND)
            assert action.body == {
                "root": sha256(json.dumps(summary.heads, separators=(",", ":"))),
                "attempts": 3,
                "people": 2,
                "rows": 3 + 2 + 2,
            }
            assert (action.actor, action.subject) == ("server", ROUND)

    asyncio.run(main())


def test_round_is_not_closed_before_its_time(directory: ContestDirectory) -> None:
    """Even when nobody is writing any more."""

    async def main() -> None:
        async with opened(directory) as service:
            await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS - 1)
            assert not await service.rounds.closed(ROUND)
            await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS)
            assert await service.rounds.closed(ROUND)

    asyncio.run(main())


def test_attempt_opened_while_the_root_is_computed_is_not_left_out(
    directory: ContestDirectory,
) -> None:
    """The closing row is refused, and written over all of them afterwards."""

    async def main() -> None:
        async with opened(directory) as service:
            summary = await service.store.round_summary(ROUND)
            sitting = await begin(service, at=CLOSES - 1)
            body = {"root": content_hash(summary.heads), "attempts": 0, "people": 0, "rows": 0}
            stale = CloseRound(Action(CLOSES, "server", "close", ROUND, body))
            (outcome,) = await service.store.write(stale)
            assert outcome.result == "refused"
            assert not await service.rounds.close(ROUND, CLOSES)
            await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS)
            (action,) = await service.store.actions("close")
            head = (await service.store.heads([sitting.attempt_id]))[sitting.attempt_id]
            assert action.body["root"] == content_hash([[sitting.attempt_id, head.n, head.hash]])

    asyncio.run(main())


def test_closing_twice_is_one_row(directory: ContestDirectory) -> None:
    """From two processes, again and again."""

    async def main() -> None:
        async with opened(directory) as one, opened(directory) as two:
            at = CLOSES + EXPIRE_SETTLE_MS
            await asyncio.gather(*(each.rounds.tick(at) for each in (one, two, one, two)))
            assert len(await one.store.actions("close")) == 1

    asyncio.run(main())


def test_round_taken_out_of_the_files_is_still_ended_and_closed(
    directory: ContestDirectory,
) -> None:
    """What has begun doesn't depend on them, also after a restart."""

    async def check(service: Service) -> None:
        status = await service.status(OPENS + HOUR)
        assert (status.round.id, status.phase) == (ROUND, "open")

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
            rewrite(directory, more_rounds=[])
            text = rules_text(opens=CLOSES + DAY, closes=CLOSES + 2 * DAY)
            text = text.replace(f"  - id: {ROUND}", "  - id: ky-khac")
            (directory.path / "the_le.yml").write_text(text, encoding="utf-8")
            await service.rounds.contest()
            await check(service)
        async with opened(directory, at=OPENS + HOUR) as service:
            await check(service)
            heads = await service.store.heads([sitting.attempt_id])
            assert heads[sitting.attempt_id].state is State.EXPIRED
            await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS)
            assert await service.rounds.closed(ROUND)

    asyncio.run(main())


def test_closed_round_takes_nobody(directory: ContestDirectory) -> None:
    """Even if a clock goes wrong."""

    async def main() -> None:
        async with opened(directory) as service:
            registered = await enrol(service)
            await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS)
            result = await service.open_attempt(registered.contestant_id, ROUND, CLOSES - 1)
            assert result.result == "not_open"

    asyncio.run(main())


# ---- who may still come ----


@pytest.mark.parametrize(
    ("listed", "now", "takes"),
    [
        ("ky-2", OPENS, True),
        ("ky-2", CLOSES + MINUTE, False),
        ("ky-2", CLOSES + DAY, False),
        ("ky-1", OPENS, False),
        ("ky-1", OPENS - 1, True),
        ("both", OPENS - 1, True),
        ("both", OPENS, False),
        ("both", CLOSES + MINUTE, True),
    ],
)
def test_newcomers_come_while_it_can_lead_to_an_attempt(
    directory: ContestDirectory, listed: str, now: int, takes: bool
) -> None:
    """Not into an open round with a list, nor where only such a one is left of a contest for all.

    Where all rounds have lists, who registers before they open may yet be listed.
    """
    rewrite(directory, more_rounds=[("ky-2", CLOSES + DAY, CLOSES + 2 * DAY)])
    path = directory.path / "the_le.yml"
    text = path.read_text(encoding="utf-8")
    for one in ("ky-1", "ky-2") if listed == "both" else (listed,):
        title = f'    title: "Kỳ {one}"'
        text = text.replace(title, f"{title}\n    admits: listed")
    path.write_text(text, encoding="utf-8")

    async def main() -> None:
        async with opened(directory, at=now) as service:
            assert (await service.status(now)).takes_newcomers(now) == takes

    asyncio.run(main())
