"""`timhieu lint`, `stats`, `trace`, `draft`: what they print, and with what they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contest.cli import main
from contest.directory import ContestDirectory
from questions.load import BANKS, load_bank


def run(*arguments: object) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def bank(directory: ContestDirectory) -> Path:
    """The bank of a small contest."""
    return directory.path / "ngan_hang"


def test_lint_ends_well_unless_strict(bank: Path) -> None:
    """Advice is advice; who wants to can insist."""
    path = bank / "luat.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("text: Phương án b", "text: Mọi phương án b", 1), encoding="utf-8")
    result = run("lint", bank)
    assert result.exit_code == 0
    assert "luat.yml:" in result.output
    assert "Cách sửa" in result.output
    assert run("lint", bank, "--strict").exit_code == 1


def test_lint_reads_contest_directories_and_kit_banks(directory: ContestDirectory) -> None:
    """The bank is found by the rules."""
    assert run("lint", directory.path).exit_code == 0
    assert run("lint", "kit:dai_hoi_xiv").exit_code == 0
    assert run("lint").exit_code == 0


@pytest.mark.parametrize("command", [("lint",), ("stats",), ("trace", "x", "--bank")])
def test_a_bank_that_is_not_there_is_named(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Exit code 1, no traceback."""
    result = run(*command, tmp_path / "khong")
    assert result.exit_code == 1
    assert "khong" in result.output
    assert "Traceback" not in result.output


def test_errors_of_a_bank_come_before_advice(bank: Path) -> None:
    """A bank that can't be read isn't judged."""
    path = bank / "luat.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: recall", "level: x", 1))
    for command in ("lint", "stats"):
        result = run(command, bank)
        assert result.exit_code == 1
        assert "luat.yml:" in result.output
        assert "lỗi" in result.output


def test_stats_as_json_is_a_contract(bank: Path) -> None:
    """Its keys are read by other programs."""
    figures = json.loads(run("stats", bank, "--json").output)
    assert figures["questions"] == 12
    assert set(figures) == {"questions", "by_type", "by_topic", "by_level", "lists", "untraced"}
    assert figures["untraced"] == 0


def test_stats_without_a_bank_counts_all_of_the_kits() -> None:
    """Also in words."""
    number = sum(len(load_bank(path.parent).questions) for path in BANKS.glob("*/bank.yml"))
    assert json.loads(run("stats", "--json").output)["questions"] == number
    assert f"{number} câu hỏi" in run("stats").output


def test_trace_tells_the_way_to_the_source(bank: Path) -> None:
    """And names near ids where there is none."""
    result = run("trace", "ch-luat-1", "--bank", bank)
    assert result.exit_code == 0
    assert "dk-luat-1" in result.output
    assert "nguon-thu" in result.output
    result = run("trace", "ch-luat-11", "--bank", bank)
    assert result.exit_code == 1
    assert "ch-luat-1" in result.output


def test_trace_looks_through_the_banks_of_the_kit() -> None:
    """A source is told with what rests on it."""
    result = run("trace", "nq14")
    assert result.exit_code == 0
    assert result.output.startswith("Nguồn nq14 (sources.yml:")
    assert "nq14.qd.1" in result.output
    assert "qd-01" in result.output


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A document with one statement."""
    path = tmp_path / "van_ban.txt"
    path.write_text(
        "Mở đầu.\n\nHội nghị mẫu có 398 đại biểu dự ngày 09/01/2023.\n", encoding="utf-8"
    )
    return path


def test_draft_shows_without_writing(letter: Path) -> None:
    """A person looks first."""
    result = run("draft", letter)
    assert result.exit_code == 0
    assert "398" in result.output
    assert "* 09/01/2023" in result.output


def test_draft_writes_into_a_bank_what_is_chosen(letter: Path, bank: Path) -> None:
    """All, or the questions that are named."""
    assert run("draft", letter, "--into", bank).exit_code == 1
    shown = run("draft", letter).output
    id_ = shown.split("Câu ")[1].split(",")[0]
    result = run("draft", letter, "--into", bank, "--topic", "luat", "--only", id_)
    assert result.exit_code == 0, result.output
    questions = load_bank(bank).questions
    assert [one.id for one in questions if "may-soan" in one.tags] == [id_]
    assert run("draft", letter, "--only", "khong-co").exit_code == 1


def test_draft_takes_a_source_of_the_bank(letter: Path, bank: Path) -> None:
    """Or gives the new one a chosen id; a bad id is refused."""
    run("draft", letter, "--into", bank, "--topic", "luat", "--source", "nguon-thu")
    assert [source.id for source in load_bank(bank).sources] == ["nguon-thu"]
    assert run("draft", letter, "--source", "Có dấu").exit_code == 1


def test_draft_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    """With the reason."""
    result = run("draft", tmp_path / "khong.docx")
    assert result.exit_code == 1
    assert "khong.docx: lỗi:" in result.output
