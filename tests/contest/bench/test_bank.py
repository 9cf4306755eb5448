"""The measured bank is a real one, and the figures are complete."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from contest.bench.bank import bench_bank, write_large_bank
from contest.cli import main
from contest.directory import ContestDirectory
from questions.load import BANKS, load_bank


def test_the_bank_has_no_errors_and_as_many_questions_as_asked(tmp_path: Path) -> None:
    """Reviewed, spread over the kit's topics, more than the kit has."""
    kit = load_bank(BANKS / "dai_hoi_xiv")
    wanted = len(kit.questions) + 50
    folder = write_large_bank(ContestDirectory(tmp_path / "thi"), wanted)
    bank = load_bank(folder)
    assert len(bank.questions) == wanted
    assert {topic.id for topic in bank.topics} == {one.topic for one in bank.questions}
    assert all(bank.status_of(one) == one.status.status for one in bank.questions)
    assert ContestDirectory(tmp_path / "thi").read().errors == []


def test_a_small_bank_can_be_measured_too() -> None:
    """Topics without questions are empty files."""
    figures = bench_bank(3, best_of=1)
    assert figures["questions"] == 3
    assert all(seconds >= 0 for seconds in figures["seconds"].values())
    assert {"plain_c", "plain_python", "plain_ruamel", "load", "check", "lint"} <= set(
        figures["seconds"]
    )


def test_the_command_prints_json_or_lines() -> None:
    """One run, every figure."""
    result = CliRunner().invoke(main, ["bench", "bank", "--questions", "5", "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["questions"] == 5
    result = CliRunner().invoke(main, ["bench", "bank", "--questions", "5"])
    assert "giây" in result.output
