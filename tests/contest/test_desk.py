"""`timhieu desk`: a notebook as a page, on this machine only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from contest.cli import main
from contest.commands import desk
from contest.settings import CONTEST_VARIABLE, RESULTS_VARIABLE, TEMPLATES
from tests.factories import write_contest


def test_it_listens_on_this_machine_only() -> None:
    """Stock Voilà asks nobody for a password."""
    command = desk.desk_command(Path("a.ipynb"), 8867)
    assert "--Voila.ip=127.0.0.1" in command
    assert command[3:4] == ["a.ipynb"]


def test_kernels_of_closed_tabs_end() -> None:
    """Those that a page is connected to don't, however long nothing happens there."""
    command = desk.desk_command(Path("a.ipynb"), 8867)
    assert "--MappingKernelManager.cull_idle_timeout=900" in command
    assert not any("cull_connected" in option for option in command)


def test_the_notebook_is_told_contest_and_results(called: list[Any], tmp_path: Path) -> None:
    """Those of the contest that was named."""
    (tmp_path / "ket_qua").mkdir()
    (tmp_path / "ket_qua" / "manifest.json").write_text("{}")
    desk.open_desk(Path("a.ipynb"), tmp_path, 8867, lambda _: None)
    ((command, env),) = called
    assert "a.ipynb" in command
    assert env[CONTEST_VARIABLE] == str(tmp_path)
    assert env[RESULTS_VARIABLE] == str(tmp_path / "ket_qua")


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Any]:
    """Return what this process would have become: commands with their environments."""
    found: list[Any] = []
    monkeypatch.setattr(desk, "become", lambda *given: found.append(given))
    monkeypatch.setattr(desk, "CHECKOUT", tmp_path / "kit")
    return found


def test_a_contest_is_opened_at_its_desk(called: list[Any], tmp_path: Path) -> None:
    """With the kit's own page, which fetches nothing from elsewhere; nothing is graded."""
    directory = write_contest(tmp_path / "x")
    result = CliRunner().invoke(main, ["desk", str(directory.path)])
    assert result.exit_code == 0
    assert "http://127.0.0.1:8867/" in result.output
    ((command, env),) = called
    assert Path(command[3]).name == "ban_to_chuc.ipynb"
    assert "--template=desk" in command
    assert env[CONTEST_VARIABLE] == str(directory.path)
    assert str(TEMPLATES) in env["JUPYTER_PATH"]
    assert not (directory.path / "ket_qua").exists()


def test_results_are_still_shown(called: list[Any], tmp_path: Path) -> None:
    """In their own notebook."""
    directory = write_contest(tmp_path / "x")
    (directory.path / "ket_qua").mkdir()
    (directory.path / "ket_qua" / "manifest.json").write_text("{}")
    assert CliRunner().invoke(main, ["desk", str(directory.path), "--results"]).exit_code == 0
    ((command, env),) = called
    assert Path(command[3]).name == "ket_qua.ipynb"
    assert env[RESULTS_VARIABLE] == str(directory.path / "ket_qua")


def test_a_folder_that_is_no_contest_is_named(called: list[Any], tmp_path: Path) -> None:
    """Exit 1, and nothing is started."""
    result = CliRunner().invoke(main, ["desk", str(tmp_path)])
    assert (result.exit_code, called) == (1, [])
    assert "the_le.yml" in result.output


def test_a_notebook_that_is_not_there_is_named() -> None:
    """Exit 1, and nothing is started."""
    result = CliRunner().invoke(main, ["desk", "khong-co.ipynb"])
    assert result.exit_code == 1
    assert "khong-co.ipynb" in result.output
