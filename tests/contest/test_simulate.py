"""Synthetic contestants: the same for the same seed, through the same service as real ones."""

from __future__ import annotations

import asyncio
import io
import json
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from contest.attempt import Kind, State, verify_chain
from contest.directory import ContestDirectory
from contest.replay import replay
from contest.rounds import EXPIRE_SETTLE_MS
from contest.sample import init_directory
from contest.service import Service
from contest.simulate import CannotSimulate, RealData, Simulation, make_plan, prepare, simulate
from contest.store import SqliteStore
from tests.factories import CLOSES, HOUR, OPENS, ROUND, enrol, everything, opened, write_contest

SEED = 2026


async def run(directory: ContestDirectory, contestants: int, seed: int = SEED, **more: Any) -> None:
    """Simulate a round."""
    async with opened(directory, at=None, synthetic=True) as service:
        await simulate(service, ROUND, contestants, seed, **more)


def simulated(directory: ContestDirectory, contestants: int, seed: int = SEED, **more: Any) -> None:
    """Simulate a round, from outside of any loop."""
    asyncio.run(run(directory, contestants, seed, **more))


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> ContestDirectory:
    """A closed round of sixty synthetic contestants; not to be changed."""
    directory = write_contest(tmp_path_factory.mktemp("sixty") / "x")
    simulated(directory, 60, close=True)
    return directory


def attempts(directory: ContestDirectory) -> list[list[Any]]:
    """Return the rows of every attempt."""
    found: dict[str, list[Any]] = {}
    store = SqliteStore(directory.database)
    try:
        with store.snapshot() as snapshot:
            for row in snapshot.rows(ROUND):
                found.setdefault(row.attempt_id, []).append(row)
    finally:
        store.close_now()
    return list(found.values())


def test_every_contestant_is_registered_once(sixty: ContestDirectory) -> None:
    """With a made-up name and number, in a leaf unit."""
    tables = everything(sixty)
    people = [json.loads(fields) for _, fields, _ in tables["people"]]
    assert sorted(person["phone"] for person in people) == [f"000{n:07}" for n in range(60)]
    assert all(person["name"].startswith("Thí sinh thử ") for person in people)
    units = {row[1] for row in tables["contestants"]}
    assert units == {"dv-1", "dv-2", "dv-3"}


def test_most_submit_and_some_run_out_of_time(sixty: ContestDirectory) -> None:
    """At least nine in ten submit; a few leave questions unanswered."""
    results = [replay(rows) for rows in attempts(sixty)]
    states = Counter(result.state for result in results)
    assert set(states) == {State.SUBMITTED, State.EXPIRED}
    assert states[State.SUBMITTED] >= 0.9 * len(results)
    assert any(0 < len(result.responses) < 6 for result in results)
    assert any(result.prediction is not None for result in results)
    assert any(result.flags for result in results)


def test_all_rows_lie_in_the_rounds_window(sixty: ContestDirectory) -> None:
    """On a simulated clock."""
    for rows in attempts(sixty):
        assert all(OPENS <= row.at <= CLOSES + EXPIRE_SETTLE_MS for row in rows)
        assert rows[-1].at - rows[0].at <= 20 * 60_000 + EXPIRE_SETTLE_MS
        assert verify_chain(rows) is None


def test_every_step_is_one_row_in_order(sixty: ContestDirectory) -> None:
    """Which is what lets a killed run go on."""
    for rows in attempts(sixty):
        kinds = [row.kind for row in rows]
        assert kinds[:2] == [Kind.OPEN, Kind.PEN]
        numbers = [row.sequence for row in rows if row.sequence is not None]
        assert numbers == list(range(1, len(numbers) + 1))


def test_database_is_marked_for_good(sixty: ContestDirectory) -> None:
    """And every contestant in it."""
    tables = everything(sixty)
    assert tables["meta"] == [("synthetic_seed", str(SEED))]
    assert {row[-1] for row in tables["contestants"]} == {1}


def test_round_is_closed_when_asked_for(sixty: ContestDirectory) -> None:
    """By the same tick as a real one."""
    actions = [(row[3], row[4]) for row in everything(sixty)["actions"]]
    assert sorted(actions) == [("close", ROUND), ("freeze", ROUND)]


def test_same_seed_gives_the_same_rows(
    directory: ContestDirectory, tmp_path: Path
) -> None:  # fmt: skip
    """In a copy of the directory, its secrets included."""
    simulated(directory, 25, close=True)
    copy = ContestDirectory(tmp_path / "ban_sao")
    shutil.copytree(directory.path, copy.path)
    for path in copy.var.glob("timhieu.db*"):
        path.unlink()
    simulated(copy, 25, close=True)
    assert everything(copy) == everything(directory)


def test_run_that_is_repeated_adds_nothing(directory: ContestDirectory) -> None:
    """It finds everything done."""
    simulated(directory, 20)
    expected = everything(directory)
    simulated(directory, 20)
    assert everything(directory) == expected


def test_larger_run_keeps_the_people_and_papers_of_the_smaller_one(
    directory: ContestDirectory,
) -> None:
    """More are added to the same ones."""
    simulated(directory, 10)
    before = everything(directory)
    simulated(directory, 20)
    after = everything(directory)
    assert set(before["rows"]) <= set(after["rows"])
    assert len(after["contestants"]) == 20


def test_other_seed_gives_other_rows(directory: ContestDirectory, tmp_path: Path) -> None:
    """In another directory with the same secrets."""
    simulated(directory, 10)
    other = write_contest(tmp_path / "khac")
    simulated(other, 10, seed=SEED + 1)
    assert not set(everything(directory)["rows"]) & set(everything(other)["rows"])


def test_database_with_real_people_is_refused(directory: ContestDirectory) -> None:
    """And stays what it was."""

    async def main() -> None:
        async with opened(directory) as service:
            await enrol(service)
        with pytest.raises(RealData):
            await run(directory, 5)
        async with opened(directory) as service:
            assert not await service.is_synthetic()

    asyncio.run(main())


def test_database_of_another_seed_is_refused(directory: ContestDirectory) -> None:
    """The two would be one contest."""
    simulated(directory, 5)
    with pytest.raises(RealData):
        simulated(directory, 5, seed=SEED + 1)


def test_closed_round_is_refused(directory: ContestDirectory) -> None:
    """It is over."""
    simulated(directory, 5, close=True)
    with pytest.raises(CannotSimulate):
        simulated(directory, 6)


def test_every_round_has_attempts_of_its_own(tmp_path: Path) -> None:
    """The same people sit in each; in one with a list, only who was admitted: nobody yet."""
    directory = ContestDirectory(tmp_path / "x")
    init_directory(directory.path, OPENS, "hai_ky_chung_ket")

    async def main() -> None:
        async with opened(directory, at=None, synthetic=True) as service:
            taken = [
                await simulate(service, round_id, 5, SEED, close=True)
                for round_id in ("ky-1", "ky-2", "chung-ket")
            ]
            assert taken == [5, 5, 0]
            for round_id in ("ky-1", "ky-2"):
                heads = (await service.store.round_summary(round_id)).heads
                assert len(heads) >= 5

    asyncio.run(main())


def test_contest_that_takes_no_made_up_numbers_is_not_spoilt(tmp_path: Path) -> None:
    """It is refused before anything is marked or frozen."""
    directory = write_contest(tmp_path / "x", pattern="09xxxxxxxx")

    async def main() -> None:
        with pytest.raises(CannotSimulate):
            await run(directory, 5)
        async with opened(directory, at=None) as service:
            assert not await service.is_synthetic()
            assert await service.store.actions() == []

    asyncio.run(main())


def test_every_acknowledged_response_is_logged_once(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """After its commit: each line has its row."""
    simulated(directory, 10, acknowledged=tmp_path / "acks.jsonl")
    lines = (tmp_path / "acks.jsonl").read_text(encoding="utf-8").splitlines()
    logged = [tuple(json.loads(line).values()) for line in lines]
    stored = {
        (row.attempt_id, row.pen, row.sequence)
        for rows in attempts(directory)
        for row in rows
        if row.sequence is not None
    }
    assert set(logged) == stored
    assert len(logged) == len(stored)


def test_progress_is_told_for_each_contestant(directory: ContestDirectory) -> None:
    """Whatever they did."""
    told = []
    simulated(directory, 7, progress=lambda: told.append(1))
    assert len(told) == 7


def test_commits_are_shared(directory: ContestDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Contestants take part concurrently: no more commits than a fraction of the rows."""
    batches = []
    from contest.store.writer import Writer

    commit = Writer._commit

    def counted(self: Writer, connection: Any, jobs: list[Any]) -> list[Any]:
        batches.append(len(jobs))
        return commit(self, connection, jobs)

    monkeypatch.setattr(Writer, "_commit", counted)
    simulated(directory, 60)
    assert sum(batches) > 5 * len(batches)


def test_plan_is_pure(directory: ContestDirectory) -> None:
    """The same random numbers give the same plan."""

    async def plans(service: Service) -> list[Any]:
        frozen = await prepare(service, ROUND, SEED)
        paper = frozen.paper("lt-1", "chung")
        return [
            make_plan(random.Random("x"), frozen, paper, 20 * 60_000, 0.7, 100) for _ in range(2)
        ]

    async def main() -> None:
        async with opened(directory, at=None, synthetic=True) as service:
            first, second = await plans(service)
            assert first == second
            assert first.steps

    asyncio.run(main())


def test_able_contestants_score_higher(directory: ContestDirectory) -> None:
    """So that rankings of synthetic data look like rankings."""

    async def main() -> None:
        async with opened(directory, at=None, synthetic=True) as service:
            frozen = await prepare(service, ROUND, SEED)
            right = {0.2: 0, 0.9: 0}
            for ability in right:
                for n in range(60):
                    paper = frozen.paper(f"lt-{n}", "chung")
                    plan = make_plan(random.Random(n), frozen, paper, 20 * 60_000, ability, 100)
                    last = {q: chosen for kind, _, q, chosen in plan.steps if kind == "answer"}
                    right[ability] += sum(
                        paper.item(q).positions_of(paper.item(q).question.right()) == chosen
                        for q, chosen in last.items()
                    )
            assert right[0.9] > 1.5 * right[0.2]

    asyncio.run(main())


def test_windows_that_are_too_short_are_passed_over(tmp_path: Path) -> None:
    """Everybody begins in one that leaves the whole time."""
    windows = [(OPENS, OPENS + HOUR // 6), (OPENS + HOUR, OPENS + 3 * HOUR)]
    directory = write_contest(tmp_path / "x", windows=windows)
    simulated(directory, 15)
    assert all(rows[0].at >= OPENS + HOUR for rows in attempts(directory))


def test_log_is_written_as_it_goes(directory: ContestDirectory) -> None:
    """Each line is flushed: a killed run loses none that was written."""

    class Flushed(io.StringIO):
        flushes = 0

        def flush(self) -> None:
            self.flushes += 1

    file = Flushed()

    async def main() -> None:
        async with opened(directory, at=None, synthetic=True) as service:
            frozen = await prepare(service, ROUND, SEED)
            await Simulation(service, frozen, 3, SEED, file).run()

    asyncio.run(main())
    assert file.flushes == len(file.getvalue().splitlines()) > 0
