"""`timhieu grade` refuses what can't be a result, and writes nothing then."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from contest.cli import main
from contest.commands.grade import CannotGrade, grade_directory
from contest.commands.simulate import simulate_directory
from tests.factories import ROUND, write_contest


def outside(folder: Path, *, close: bool) -> Path:
    """Return a simulated contest whose true value somebody else publishes."""
    directory = write_contest(folder / "thi", sample=True).path
    rules = directory / "the_le.yml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("true_value: computed", "true_value: outside"), encoding="utf-8")
    simulate_directory(directory, 4, 1, ROUND, close=close)
    return directory


def test_closed_round_without_its_outside_value_is_refused(tmp_path: Path) -> None:
    """By name, with the way out; with the value it is final."""
    directory = outside(tmp_path, close=True)
    with pytest.raises(CannotGrade, match=f"{ROUND}.*true-value"):
        grade_directory(directory, [], tmp_path / "ra")
    assert not (tmp_path / "ra").exists()
    ruled = CliRunner().invoke(
        main,
        ["rule", str(directory), "true-value", "--round", ROUND, "--value", "4", "--reason", "x",
         "--by", "Trưởng ban thử", "--yes"],
    )  # fmt: skip
    assert ruled.exit_code == 0, ruled.output
    assert "chính thức" in grade_directory(directory, [], tmp_path / "ra")


def test_open_round_without_its_outside_value_is_provisional(tmp_path: Path) -> None:
    """It may still come."""
    directory = outside(tmp_path, close=False)
    assert "tạm thời" in grade_directory(directory, [], tmp_path / "ra")
