"""What `timhieu serve` does before it serves."""

from __future__ import annotations

import gc
import socket
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from contest.cli import main
from contest.commands import serve
from contest.commands.serve import CannotServe, serve_directory
from contest.directory import ContestDirectory
from contest.sample import init_directory
from questions.problems import ProblemsFound
from tests.factories import OPENS
from tests.serving.server import TIMHIEU


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


@pytest.fixture(autouse=True)
def _sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "sample_directory", lambda: tmp_path / "mau")


def refusal(directory: Path | None, port: int) -> str:
    """Return why a contest can't be served on this port."""
    with warnings.catch_warnings():
        # Tornado leaves a socket that it couldn't bind to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            serve_directory(directory, "127.0.0.1", port, lambda _: None)
        except CannotServe as error:
            return str(error)
        finally:
            gc.collect()
    raise AssertionError("was served")


def test_busy_port_is_named_with_the_way_out(directory: ContestDirectory, taken: int) -> None:
    """Another port, and how to say it."""
    result = refusal(directory.path, taken)
    assert str(taken) in result
    assert f"PORT={taken + 1}" in result


def test_sample_somebody_is_serving_is_not_put_aside(tmp_path: Path, taken: int) -> None:
    """A second `make serve` finds the port busy before it touches anything."""
    init_directory(tmp_path / "mau", OPENS - 400 * 24 * 60 * 60_000)
    before = sorted(tmp_path.rglob("*"))
    assert str(taken) in refusal(None, taken)
    assert sorted(tmp_path.rglob("*")) == before


def test_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Nothing is made."""
    assert "nowhere" in refusal(tmp_path / "nowhere", 0)
    assert list(tmp_path.iterdir()) == []


def test_contest_with_errors_is_not_served(directory: ContestDirectory) -> None:
    """All of them are told, and the port is free again."""
    (directory.path / "don_vi.csv").write_text("hỏng")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    lines: list[str] = []
    for _ in range(2):
        with pytest.raises(ProblemsFound):
            serve_directory(directory.path, "127.0.0.1", port, lines.append)
    assert lines == []


def test_address_in_the_network_is_printed_with_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the server listens to the network."""
    monkeypatch.setattr(serve, "local_address", lambda: "192.0.2.7")
    lines = serve.addresses(Path("x"), "0.0.0.0", 8866)
    assert any("http://127.0.0.1:8866/" in line for line in lines)
    assert any("http://192.0.2.7:8866/" in line for line in lines)
    assert "█" in lines[-1]


def test_without_a_network_only_this_machine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no code."""
    monkeypatch.setattr(serve, "local_address", lambda: None)
    assert len(serve.addresses(Path("x"), "0.0.0.0", 8866)) == 2
    assert "http://10.0.0.1:80/" in serve.addresses(Path("x"), "10.0.0.1", 80)[-1]


def test_settings_that_can_not_be_read_are_all_named(
    directory: ContestDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to write instead; nothing is begun."""
    monkeypatch.setenv("TIMHIEU_MAX_KERNELS", "nhiều")
    monkeypatch.setenv("TIMHIEU_METRICS", "9100")
    result = refusal(directory.path, 0)
    assert "môi trường: TIMHIEU_MAX_KERNELS=nhiều, TIMHIEU_METRICS=9100. " in result
    assert "127.0.0.1:9100" in result
    assert not directory.var.exists()


def test_bad_setting_ends_the_command_with_a_sentence(
    directory: ContestDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 1, in Vietnamese, without a traceback."""
    monkeypatch.setenv("TIMHIEU_GRACE_SECONDS", "-1")
    result = CliRunner().invoke(main, ["serve", str(directory.path), "--port", "0"])
    assert result.exit_code == 1
    assert "Không đọc được biến môi trường: TIMHIEU_GRACE_SECONDS=-1. " in result.output
    assert "Traceback" not in result.output


def test_operators_address_that_is_taken_is_named(
    directory: ContestDirectory, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the way out."""
    monkeypatch.setenv("TIMHIEU_METRICS", f"127.0.0.1:{taken}")
    command = [TIMHIEU, "serve", directory.path, "--port", "0"]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 1
    assert f"TIMHIEU_METRICS=127.0.0.1:{taken}" in result.stderr
    assert "Traceback" not in result.stderr
