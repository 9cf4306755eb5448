"""`timhieu rule`, `rulings`, `admit` and `grade --until-ruling`, as organisers type them."""

from __future__ import annotations

import asyncio
import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contest.cli import main
from contest.directory import ContestDirectory
from contest.rulings.service import rulings_of
from tests.contest.rulings.helpers import FIRST, SECOND, THIRD, WHY, files, graded, sat_in
from tests.factories import ROUND, everything, opened

People = list[tuple[str, str]]


@pytest.fixture
def people(directory: ContestDirectory) -> People:
    """Three people who sat a round that is closed."""
    return asyncio.run(sat_in(directory))


def timhieu(*words: object, answer: str = "") -> Result:
    """Run a command."""
    return CliRunner().invoke(main, list(map(str, words)), input=answer)


def count(directory: ContestDirectory) -> int:
    """Return how many rulings there are."""

    async def look() -> int:
        async with opened(directory, at=None) as service:
            assert await service.store.verify_actions() is None
            return len(await rulings_of(service))

    return asyncio.run(look())


def database(directory: ContestDirectory) -> dict[str, bytes]:
    """Return the bytes of the database and what lies beside it, the shared index apart."""
    return {
        path.name: path.read_bytes()
        for path in sorted(directory.var.glob("timhieu.db*"))
        if not path.name.endswith("-shm")
    }


def test_dry_run_writes_nothing(
    directory: ContestDirectory, people: People, tmp_path: Path
) -> None:
    """Who would change is shown, and all of it in a file; the database has the same bytes."""
    rule = ("rule", directory.path, "exclude", "--attempt", people[SECOND][1], *WHY)
    before = database(directory)
    result = timhieu(*rule, "--dry-run", "--diff", tmp_path / "doi.csv")
    assert result.exit_code == 0, result.output
    assert database(directory) == before
    for said in (people[SECOND][0], "hạng", "Chạy thử", "Đổi: 2 người"):
        assert said in result.output
    with (tmp_path / "doi.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert ("hạng", "3", "2") in {(row["mục"], row["trước"], row["sau"]) for row in rows}
    assert (tmp_path / "doi.csv").stat().st_mode & 0o077 == 0


def test_nothing_is_recorded_unless_confirmed(directory: ContestDirectory, people: People) -> None:
    """Anything but yes leaves all as it was."""
    rule = ("rule", directory.path, "exclude", "--attempt", people[FIRST][1], *WHY)
    before = everything(directory)
    assert timhieu(*rule, answer="n\n").exit_code == 1
    assert timhieu(*rule).exit_code == 1
    assert everything(directory) == before
    assert timhieu(*rule, answer="y\n").exit_code == 0
    assert count(directory) == 1


def test_yes_records_at_once_and_the_list_tells_it(
    directory: ContestDirectory, people: People
) -> None:
    """With number, kind, subject, reason, document and person; what is undone is marked."""
    rule = ("rule", directory.path)
    document = ("--document", "12/QĐ-BTC", "--yes")
    assert "chưa có" in timhieu("rulings", directory.path).output.lower()
    timhieu(*rule, "exclude", "--contestant", people[FIRST][0], *WHY, *document)
    result = timhieu(*rule, "undo", "1", *WHY, "--yes")
    assert "số 2" in result.output
    told = timhieu("rulings", directory.path).output
    for said in ("1. ", "2. ", people[FIRST][0], "12/QĐ-BTC", "Ban Tổ chức mẫu", "RÚT LẠI"):
        assert said in told


def test_refused_ruling_exits_with_one(directory: ContestDirectory, people: People) -> None:
    """Nothing written, the nearest match named."""
    wrong = people[FIRST][1][:-1] + "x"
    result = timhieu("rule", directory.path, "exclude", "--attempt", wrong, *WHY, "--yes")
    assert result.exit_code == 1
    assert f"Gần giống: {people[FIRST][1]}" in result.output
    assert count(directory) == 0


@pytest.mark.parametrize(
    "words",
    [
        ("time", "--minutes", "5"),
        ("admit", "--round", ROUND),
        ("rules", "--file", "khong_co.yml", "--from", "2100-01-01 00:00"),
    ],
)
def test_what_is_missing_is_told(
    directory: ContestDirectory, people: People, words: tuple[str, ...]
) -> None:
    """Instead of a traceback."""
    head = ("admit", directory.path) if words[0] == "admit" else ("rule", directory.path, words[0])
    result = timhieu(*head, *words[1:], *WHY, "--yes")
    assert result.exit_code == 1
    assert result.output.strip()
    assert not isinstance(result.exception, ValueError)
    assert people


def test_rules_that_are_wrong_are_told_by_line(
    directory: ContestDirectory, people: People, tmp_path: Path
) -> None:
    """As `check` tells them."""
    path = tmp_path / "moi.yml"
    text = (directory.path / "the_le.yml").read_text("utf-8")
    path.write_text(text.replace("minutes: 20", "minutes: hai"), "utf-8")
    result = timhieu(
        "rule", directory.path, "rules", "--file", path, "--from", "2100-01-01 00:00", *WHY
    )
    assert result.exit_code == 1
    assert "moi.yml:" in result.output
    assert people


def test_until_ruling_beyond_the_last_is_refused(
    directory: ContestDirectory, people: People, tmp_path: Path
) -> None:
    """With how many there are."""
    out = tmp_path / "out"
    result = timhieu("grade", directory.path, "--until-ruling", "3", "--out", out)
    assert (result.exit_code, out.exists()) == (1, False)
    assert "số 3" in result.output
    assert people


def size_of(path: Path) -> int:
    """Return a file's length; 0 where there is none (the program deletes it when it ends well)."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def test_killed_while_ruling_leaves_one_ruling_or_none(
    directory: ContestDirectory, people: People
) -> None:
    """Whole or not at all, whenever it is killed; the chain holds, and it can be ruled again."""
    program = "from contest.cli import main; main()"
    rule = ["rule", directory.path, "unit", "--contestant", people[THIRD][0], "--unit", "dv-2"]
    command = [sys.executable, "-c", program, *map(str, [*rule, *WHY, "--yes"])]
    wal = directory.var / "timhieu.db-wal"
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        while process.poll() is None and size_of(wal) == 0:
            os.sched_yield()
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    ruled = count(directory)
    assert ruled in (0, 1)

    async def unit() -> str:
        async with opened(directory, at=None) as service:
            person = await service.store.contestant(people[THIRD][0])
            assert person is not None
            return person.unit_id

    assert asyncio.run(unit()) == ("dv-2" if ruled else "dv-1")


def test_wrong_question_voided_after_the_close(
    directory: ContestDirectory, people: People, tmp_path: Path
) -> None:
    """A new version of the result; the old one comes out again byte for byte."""
    graded(directory, tmp_path / "lan-1")
    question = "ch-lich_su-0"
    void = ("rule", directory.path, "void", "--question", question, "--out", *WHY, "--yes")
    assert timhieu(*void).exit_code == 0
    second = graded(directory, tmp_path / "lan-2")
    again = ("grade", directory.path, "--until-ruling", "0", "--out", tmp_path / "lan-1b")
    assert timhieu(*again).exit_code == 0
    assert files(tmp_path / "lan-1b") == files(tmp_path / "lan-1")
    # Every paper has this question: five are left, of ten points each.
    assert {(row["questions"], row["max_score"]) for row in second.values()} == {("5", "50")}
    assert second[people[FIRST][0]]["score"] == "50"
