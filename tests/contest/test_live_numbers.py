"""How many take part so far: as grading will count them."""

from __future__ import annotations

import asyncio
import csv
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from contest.attempt import Draft, Kind
from contest.cli import main
from contest.commands.grade import grade_directory
from contest.directory import ContestDirectory
from contest.frozen import FrozenRound
from contest.live_numbers import HOUR_MS, RoundNumbers, count_round
from contest.rulings.decided import Decided, decide
from contest.rulings.models import read_ruling
from contest.store import Action
from contest.store.commands import Append, RecordAction
from contest.store.protocol import AttemptRecord
from tests.factories import HOUR, MINUTE, OPENS, ROUND, opened, write_contest


def attempt(n: int, contestant: str, unit: str, at: int = OPENS) -> AttemptRecord:
    """Return an attempt as it was opened."""
    return AttemptRecord(f"lt-{n}", ROUND, contestant, n, f"B{n}", at, {"unit_id": unit})


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> FrozenRound:
    """A frozen round with its units."""

    async def main() -> FrozenRound:
        async with opened(write_contest(tmp_path_factory.mktemp("frozen") / "x")) as service:
            found = await service.rounds.frozen(ROUND)
            assert found is not None
            return found

    return asyncio.run(main())


def figures(numbers: RoundNumbers) -> dict[str, tuple[int, int]]:
    """Return unit id -> people, attempts."""
    return {unit.unit_id: (unit.people, unit.attempts) for unit in numbers.units}


def test_units_hold_those_below_them(frozen: FrozenRound) -> None:
    """A person of two attempts is one; what runs isn't counted yet."""
    records = [
        attempt(1, "a", "dv-1"), attempt(2, "a", "dv-1"), attempt(3, "b", "dv-2"),
        attempt(4, "c", "dv-3"), attempt(5, "d", "dv-3"),
    ]  # fmt: skip
    found = count_round(records, ["lt-5", "lt-9"], Decided(), frozen.units)
    assert (found.people, found.attempts, found.running, found.excluded) == (3, 4, 1, 0)
    assert figures(found) == {
        "khoi-a": (2, 3), "dv-1": (1, 2), "dv-2": (1, 1), "khoi-b": (1, 1), "dv-3": (1, 1)
    }  # fmt: skip
    assert found.blocks == {"Khối A": 2, "Khối B": 1}
    shares = {unit.unit_id: unit.share for unit in found.units}
    assert (shares["dv-1"], shares["khoi-a"]) == (Fraction(1, 40), Fraction(2, 100))


def test_hours_without_anybody_are_shown(frozen: FrozenRound) -> None:
    """From the first that has an attempt to the last."""
    records = [attempt(1, "a", "dv-1"), attempt(2, "b", "dv-1", OPENS + 2 * HOUR + MINUTE)]
    found = count_round(records, [], Decided(), frozen.units)
    first = OPENS // HOUR_MS * HOUR_MS
    assert found.by_hour == [(first, 1), (first + HOUR, 0), (first + 2 * HOUR, 1)]


def test_rulings_count(frozen: FrozenRound) -> None:
    """Who is excluded isn't there, and a corrected unit is the one that counts."""
    made = [
        Action(OPENS, "A", "exclude", "lt-1", {"reason": "thử", "round": ROUND}),
        Action(
            OPENS, "A", "unit", "ts-b",
            {"reason": "thử", "round": ROUND, "unit": "dv-3", "was": "dv-1"},
        ),
    ]  # fmt: skip
    decided = decide([read_ruling(n, one) for n, one in enumerate(made, start=1)], ROUND, None)
    records = [attempt(1, "ts-a", "dv-1"), attempt(2, "ts-b", "dv-1")]
    found = count_round(records, [], decided, frozen.units)
    assert (found.people, found.attempts, found.excluded) == (1, 1, 1)
    assert figures(found)["dv-3"] == (1, 1)
    assert figures(found)["dv-1"] == (0, 0)


def test_nothing_yet(frozen: FrozenRound) -> None:
    """Every unit is told all the same."""
    found = count_round([], [], Decided(), frozen.units)
    assert (found.people, found.attempts, found.by_hour) == (0, 0, [])
    assert set(figures(found).values()) == {(0, 0)}


def hold(directory: ContestDirectory) -> None:
    """Let six people sit; every third has an attempt that a ruling excludes."""

    async def main() -> None:
        async with opened(directory) as service:
            rules = service.rounds.known().rules
            for n in range(6):
                given = {"name": f"Thí sinh thử {n}", "phone": f"000{n:07}"}
                registered = await service.register(
                    rules, given, f"dv-{1 + n % 3}", "chung", OPENS
                )  # fmt: skip
                assert registered is not None
                opening = await service.open_attempt(registered.contestant_id, ROUND, OPENS)
                assert opening.attempt_id is not None
                await service.store.write(
                    Append(Draft(opening.attempt_id, Kind.EXPIRE, OPENS + 30 * MINUTE))
                )
                if n % 3 == 0:
                    body = {"reason": "thử", "document": None, "round": ROUND}
                    action = Action(OPENS + HOUR, "A", "exclude", opening.attempt_id, body)
                    await service.store.write(RecordAction(action))

    asyncio.run(main())


def test_command_tells_what_grading_counts(tmp_path: Path) -> None:
    """Unit by unit; and that the numbers are what people are guessing."""
    directory = write_contest(tmp_path / "x")
    with (directory.path / "the_le.yml").open("a", encoding="utf-8") as rules:
        rules.write("documents:\n  targets:\n    people: 10\n")
    hold(directory)
    result = CliRunner().invoke(main, ["numbers", str(directory.path)])
    assert result.exit_code == 0, result.output
    grade_directory(directory.path, [], tmp_path / "ra")
    with (tmp_path / "ra" / "tap_the.csv").open(encoding="utf-8-sig", newline="") as file:
        graded = list(csv.DictReader(file))
    assert [row["people"] for row in graded].count("2") >= 2
    for row in graded:
        wanted = f"{row['unit']}: {row['people']} người, {row['attempts']} lượt"
        assert wanted in result.output
    assert (
        "4 trên chỉ tiêu 10 người, 4 lượt đã xong, 0 lượt đang làm, 2 lượt bị loại" in result.output
    )
    assert "08:00 23/11  6 ████" in result.output
    assert "không đưa các số này ra ngoài" in result.output


def test_command_without_a_round(tmp_path: Path) -> None:
    """Says so."""
    directory = write_contest(tmp_path / "x")
    result = CliRunner().invoke(main, ["numbers", str(directory.path)])
    assert result.exit_code == 1
