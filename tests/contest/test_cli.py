"""The command line speaks Vietnamese, and ends with 1 where something must be mended."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contest.cli import main
from contest.directory import ContestDirectory
from tests.factories import ROUND, enrol, make_bank, opened, write_contest


def run(*arguments: object) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_init_writes_a_contest_that_check_accepts(tmp_path: Path) -> None:
    """Without a question."""
    assert run("init", tmp_path / "moi").exit_code == 0
    result = run("check", tmp_path / "moi")
    assert result.exit_code == 0, result.output


def test_init_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    """And writes nothing."""
    (tmp_path / "x").write_text("x")
    result = run("init", tmp_path)
    assert result.exit_code == 1
    assert "không trống" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_check_tells_every_error_with_file_and_line(directory: ContestDirectory) -> None:
    """In one list, and ends with 1."""
    for name, old, new in (
        ("the_le.yml", "closes: 2026-11-25", "closes: 2026-11-20"),
        ("don_vi.csv", "dv-2,", "dv-1,"),
        ("ngan_hang/luat.yml", "facts: [dk-luat-1]", "facts: []"),
    ):
        path = directory.path / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    result = run("check", directory.path)
    assert result.exit_code == 1
    lines = [line.split(": lỗi:")[0] for line in result.output.splitlines() if ": lỗi:" in line]
    assert lines == ["don_vi.csv:4", "ngan_hang/luat.yml:26", "the_le.yml:15"]
    assert result.output.rstrip().endswith("Có 3 lỗi phải sửa.")


def test_check_ends_well_where_there_is_only_advice(tmp_path: Path) -> None:
    """The advice is shown."""
    result = run("check", write_contest(tmp_path / "x", key="none").path)
    assert result.exit_code == 0
    assert "lời khuyên" in result.output


@pytest.mark.parametrize("command", ["simulate", "serve", "check"])
def test_files_that_are_wrong_are_listed_and_not_thrown(
    directory: ContestDirectory, command: str
) -> None:
    """No traceback, exit code 1."""
    (directory.path / "don_vi.csv").write_text("hỏng")
    more = ["--contestants", 1, "--seed", 1] if command == "simulate" else []
    more = ["--port", 0] if command == "serve" else more
    result = run(command, directory.path, *more)
    assert result.exit_code == 1
    assert "don_vi.csv:1: lỗi:" in result.output
    assert "Traceback" not in result.output


def test_simulate_refuses_real_data_and_names_the_way_out(directory: ContestDirectory) -> None:
    """The command that makes a fresh directory."""

    async def register() -> None:
        async with opened(directory) as service:
            await enrol(service)

    asyncio.run(register())
    result = run("simulate", directory.path, "--contestants", 3, "--seed", 1)
    assert result.exit_code == 1
    assert "timhieu init" in result.output


def test_simulate_says_what_it_did(directory: ContestDirectory) -> None:
    """And does it again without harm."""
    for _ in range(2):
        result = run("simulate", directory.path, "--contestants", 3, "--seed", 1)
        assert result.exit_code == 0, result.output
        assert "3" in result.output
    assert run("simulate", directory.path, "--contestants", 3, "--seed", 2).exit_code == 1


def test_simulate_tells_of_a_frozen_blueprint_that_can_not_be_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words: such rules could be frozen before check refused them."""
    monkeypatch.setattr("contest.check.check_papers", lambda *_: [])
    contest = write_contest(tmp_path / "x", paper=[("luat", 5)])
    result = run("simulate", contest.path, "--contestants", 1, "--seed", 1)
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (1, True)
    assert "chủ đề luat" in result.output


@pytest.mark.parametrize("round_id", ["ky-9"])
def test_simulate_names_a_round_that_is_not_there(
    directory: ContestDirectory, round_id: str
) -> None:
    """Before anything is made."""
    result = run("simulate", directory.path, "--contestants", 3, "--seed", 1, "--round", round_id)
    assert result.exit_code == 1
    assert round_id in result.output
    assert not directory.database.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("close", "--round", ROUND),
        ("new-code", "--contestant", "ts-1", "--by", "Tổ"),
        ("extra-time", "--attempt", "lt-1", "--minutes", 5, "--reason", "x", "--by", "Tổ"),
    ],
)
def test_organisers_commands_need_a_contest_that_has_begun(
    directory: ContestDirectory, arguments: tuple[object, ...]
) -> None:
    """They say so, and make nothing."""
    command, *options = arguments
    result = run(command, directory.path, *options)
    assert result.exit_code == 1
    assert "cơ sở dữ liệu" in result.output
    assert not directory.var.exists()


def test_approve_makes_questions_drawable(tmp_path: Path) -> None:
    """By whom is kept with the question."""
    directory = write_contest(tmp_path / "x", bank=make_bank(status="reviewed"))
    assert run("check", directory.path).exit_code == 1
    result = run("approve", directory.path / "ngan_hang", "--by", "Người duyệt")
    assert result.exit_code == 0, result.output
    assert run("check", directory.path).exit_code == 0


@pytest.mark.parametrize(
    ("place", "words"), [("khong_co/a.md", "Không có"), ("tep/a.md", "không phải thư mục")]
)
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, place: str, words: str) -> None:
    """In one line, without a traceback."""
    (tmp_path / "tep").write_text("x")
    target = tmp_path / place
    bank = write_contest(tmp_path / "thi").path / "ngan_hang"
    result = run("export", bank, target, "--format", "markdown")
    assert result.exit_code == 1
    assert words in result.output
    assert str(target.parent) in result.output
    assert len(result.output.splitlines()) == 1
