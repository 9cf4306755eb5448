"""Stored rows -> what grading takes: one moment, nothing believed that doesn't match its hash."""

from __future__ import annotations

import asyncio
import csv
import json
import sqlite3
from collections.abc import Callable, Coroutine
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from contest.commands.grade import CannotGrade, grade_directory
from contest.directory import ContestDirectory
from contest.kit import code_hash
from contest.results import gather
from contest.rounds import EXPIRE_SETTLE_MS
from contest.service import Service
from tests.contest.three_people import sit, three_people
from tests.factories import (
    CLOSES,
    HOUR,
    MINUTE,
    OPENS,
    ROUND,
    begin,
    everything,
    opened,
    page,
)

Work = Callable[[Service], Coroutine[Any, Any, None]]


def in_contest(directory: ContestDirectory, work: Work) -> None:
    """Do something with an open contest."""

    async def main() -> None:
        async with opened(directory) as service:
            await work(service)

    asyncio.run(main())


def people(out: Path) -> list[dict[str, str]]:
    """Return ca_nhan.csv."""
    with (out / "ca_nhan.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_submitted_attempts_are_ranked(directory: ContestDirectory, tmp_path: Path) -> None:
    """With the score that the answers give."""
    in_contest(directory, three_people)
    grade_directory(directory.path, [], tmp_path / "out")
    result = [(row["name"], row["correct"], row["status"]) for row in people(tmp_path / "out")]
    assert result[:2] == [
        ("Thí sinh thử 00001", "6", "ranked"),
        ("Thí sinh thử 00002", "4", "ranked"),
    ]


def test_attempt_before_its_deadline_is_unfinished(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """By the time of the last stored row, not by the clock."""
    in_contest(directory, three_people)
    grade_directory(directory.path, [], tmp_path / "out")
    assert people(tmp_path / "out")[2]["status"] == "unfinished"


def test_attempt_past_its_deadline_is_expired_without_an_end_row(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """A later row of somebody else tells that its time is over."""

    async def work(service: Service) -> None:
        await three_people(service)
        late = await begin(service, 4, at=OPENS + HOUR)
        await late.take_pen(page(4), OPENS + HOUR)

    in_contest(directory, work)
    grade_directory(directory.path, [], tmp_path / "out")
    found = {row["name"]: row for row in people(tmp_path / "out")}
    third = found["Thí sinh thử 00003"]
    assert (third["status"], third["correct"], third["duration_ms"]) == (
        "ranked",
        "2",
        str(20 * MINUTE),
    )


def test_grading_changes_nothing(directory: ContestDirectory, tmp_path: Path) -> None:
    """Neither rows nor actions nor anything else in the database."""
    in_contest(directory, three_people)
    before = everything(directory)
    grade_directory(directory.path, [], tmp_path / "out")
    assert everything(directory) == before


def test_same_rows_give_the_same_bytes(directory: ContestDirectory, tmp_path: Path) -> None:
    """Every file, the manifest included."""
    in_contest(directory, three_people)
    outputs = []
    for name in ("mot", "hai"):
        grade_directory(directory.path, [], tmp_path / name)
        files = sorted((tmp_path / name).iterdir())
        outputs.append([(file.name, file.read_bytes()) for file in files])
    assert outputs[0] == outputs[1]


def test_open_round_is_provisional_and_keeps_its_secret(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """Whoever had the secret could draw the papers of those who are still to come."""
    in_contest(directory, three_people)
    grade_directory(directory.path, [], tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "provisional"
    assert "secret" not in manifest["rounds"][ROUND]


def closed(directory: ContestDirectory) -> None:
    """Let three people sit, and the round close."""

    async def work(service: Service) -> None:
        await three_people(service)
        await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS)
        assert await service.rounds.closed(ROUND)

    in_contest(directory, work)


def test_closed_round_is_final_and_tells_its_secret(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """Now anybody may draw the papers again; the secret is the one whose hash was published."""
    closed(directory)
    grade_directory(directory.path, [], tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "final"
    secret = (directory.secrets / f"round-{ROUND}").read_text(encoding="ascii").strip()
    assert manifest["rounds"][ROUND]["secret"] == secret


EDITS = {
    "an answer": "update rows set body = replace(body, '[', '[ ') where kind = 'response'",
    "a time": "update rows set at = at - 1 where kind = 'submit'",
    "a missing row": "delete from rows where n = 3",
    "a hash": "update rows set hash = 'x' where n = 2",
    "the number": "update attempts set number = 2",
    "an action": "update actions set at = at + 1 where kind = 'freeze'",
    "a frozen bank": "update contents set body = replace(body, 'key', 'kex') where kind = 'bank'",
}


@pytest.mark.parametrize("edit", EDITS)
def test_changed_database_is_not_graded(
    directory: ContestDirectory, tmp_path: Path, edit: str
) -> None:
    """Whatever was edited: refused, and nothing written."""
    in_contest(directory, three_people)
    with closing(sqlite3.connect(directory.database)) as db:
        db.execute(EDITS[edit])
        db.commit()
    with pytest.raises((CannotGrade, ValueError)):
        grade_directory(directory.path, [], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_attempt_taken_out_of_a_closed_round_is_found(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """Its own chain is gone with it, but the closing row counted it."""
    closed(directory)
    with closing(sqlite3.connect(directory.database)) as db:
        (victim,) = db.execute("select min(attempt_id) from attempts").fetchone()
        for table in ("rows", "attempts"):
            db.execute(f"delete from {table} where attempt_id = ?", [victim])
        db.commit()
    with pytest.raises(CannotGrade, match=ROUND):
        grade_directory(directory.path, [], tmp_path / "out")


def test_extra_time_is_told_in_the_rulings(directory: ContestDirectory, tmp_path: Path) -> None:
    """Who granted it, why, and how much; the deadline moves by as much."""

    async def work(service: Service) -> None:
        sitting = await begin(service, 1)
        await sitting.take_pen(page(1), OPENS + MINUTE)
        granted = await service.grant_time(
            sitting.attempt_id, 10, "mất điện", "Tổ trưởng", OPENS + 2 * MINUTE
        )
        assert granted
        await begin(service, 2, at=OPENS + 2 * HOUR)

    in_contest(directory, work)
    grade_directory(directory.path, [], tmp_path / "out")
    with (tmp_path / "out" / "rulings.csv").open(encoding="utf-8-sig", newline="") as file:
        (ruling,) = csv.DictReader(file)
    assert (ruling["kind"], ruling["reason"], ruling["actor"], ruling["value"]) == (
        "extra_time",
        "mất điện",
        "Tổ trưởng",
        '{"ms":600000}',
    )
    first = next(row for row in people(tmp_path / "out") if row["name"].endswith("1"))
    assert first["duration_ms"] == str(30 * MINUTE)


def test_round_that_never_opened_is_refused(directory: ContestDirectory, tmp_path: Path) -> None:
    """By name, with nothing written."""
    in_contest(directory, three_people)
    with pytest.raises(CannotGrade, match="ky-9"):
        grade_directory(directory.path, ["ky-9"], tmp_path / "out")


def test_contest_that_never_began_is_refused(directory: ContestDirectory, tmp_path: Path) -> None:
    """There is no database yet, and grading makes none."""
    with pytest.raises(CannotGrade):
        grade_directory(directory.path, [], tmp_path / "out")
    assert not directory.database.exists()


def test_erased_person_is_still_ranked(directory: ContestDirectory, tmp_path: Path) -> None:
    """Without a name; the chain doesn't need it."""
    in_contest(directory, three_people)
    with closing(sqlite3.connect(directory.database)) as db:
        db.execute("delete from people")
        db.commit()
    grade_directory(directory.path, [], tmp_path / "out")
    assert [row["name"] for row in people(tmp_path / "out")] == ["", "", ""]


def test_server_may_write_while_rows_are_gathered(directory: ContestDirectory) -> None:
    """What is written meanwhile belongs to another moment."""

    async def main() -> None:
        async with opened(directory) as service:
            await three_people(service)
            store = service.store
            with store.snapshot() as snapshot:  # type: ignore[attr-defined]
                records = snapshot.attempts(ROUND)
                first = next(records)
                await sit(service, 4, right=1)
                assert len([first, *records]) == 3
            gathered = await gather(service.rounds, store, [ROUND])  # type: ignore[arg-type]
            assert len(gathered.attempts) == 4

    asyncio.run(main())


def test_code_hash_changes_with_the_code(tmp_path: Path) -> None:
    """Any Python file of the packages counts, by name and content."""
    (tmp_path / "grading").mkdir()
    (tmp_path / "grading" / "a.py").write_text("x = 1\n")
    first = code_hash(tmp_path)
    (tmp_path / "grading" / "a.py").write_text("x = 2\n")
    assert code_hash(tmp_path) != first
