"""Servers are started, watched and ended, and nothing of them stays."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest

from contest.bench.rivals import NotRunning, Ours, Rival, Stock
from contest.bench.usage import usage
from tests.serving.server import runs

SERVER = """
import subprocess, sys
from http.server import HTTPServer, SimpleHTTPRequestHandler
subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
HTTPServer(("127.0.0.1", int(sys.argv[1])), SimpleHTTPRequestHandler).serve_forever()
"""


class Small(Rival):
    """A server with a child."""

    name = "small"

    def command(self, port: int) -> Sequence[str]:
        return [sys.executable, "-c", SERVER, str(port)]


class Broken(Rival):
    """A server that ends by itself."""

    name = "broken"

    def command(self, port: int) -> Sequence[str]:
        return [sys.executable, "-c", f"raise SystemExit('no luck on {port}')"]


def test_everything_a_rival_started_is_gone_afterwards(tmp_path: Path) -> None:
    """Children and folder included."""
    with Small(tmp_path, processes=2) as server:
        family = [psutil.Process(pid) for pid in server.pids]
        family += [child for one in list(family) for child in one.children(recursive=True)]
        assert len(server.urls) == len(set(server.urls)) == 2
        assert len(family) == 4
    assert not any(map(runs, (process.pid for process in family)))
    assert not server._folder.exists()


def test_usage_counts_children(tmp_path: Path) -> None:
    """CPU and private memory of the whole tree."""
    with Small(tmp_path) as server:
        used = server.usage()
        alone = psutil.Process(server.pids[0]).memory_full_info().uss
    assert used.processes == 2
    assert used.uss > alone
    assert used.cpu_s > 0


def test_process_that_is_gone_uses_nothing() -> None:
    """It is no error either."""
    assert usage([2**22 + 1]).processes == 0


def test_server_that_ends_by_itself_is_told_with_its_log(tmp_path: Path) -> None:
    """Instead of waiting for it."""
    rival = Broken(tmp_path)
    with pytest.raises(NotRunning, match="no luck on"):
        rival.start()
    assert not rival._folder.exists()


def test_stock_kernels_get_a_contest_directory_each(tmp_path: Path) -> None:
    """Previews share no database; the connection file is handed through."""
    rival = Stock(tmp_path)
    try:
        rival.command(1)
        (spec,) = rival._folder.rglob("kernel.json")
        argv = json.loads(spec.read_text(encoding="utf-8"))["argv"]
    finally:
        rival.stop()
    assert argv[0] == "sh"
    assert "mktemp -d" in argv[2]
    assert argv[3:] == [str(tmp_path.resolve()), "{connection_file}"]


def test_ours_is_not_limited_by_address(tmp_path: Path) -> None:
    """All load comes from one."""
    rival = Ours(tmp_path)
    try:
        assert int(rival.environment()["TIMHIEU_ADDRESS_SOCKETS"]) > 20_000
    finally:
        rival.stop()
