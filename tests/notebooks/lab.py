"""JupyterLab as `make lab` runs it, over a contest that nobody has entered yet."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pytest

from contest.commands.lab import lab_command, work_copies
from contest.directory import ContestDirectory
from contest.settings import lab_environment
from tests.factories import make_bank, write_contest

PATIENCE = 60_000


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> ContestDirectory:
    """Return a contest that nobody has entered yet; whichever question is drawn, it has radios."""
    return write_contest(tmp_path_factory.mktemp("lab") / "x", bank=make_bank(only="single"))


@pytest.fixture(scope="module")
def address(contest: ContestDirectory) -> Iterator[str]:
    """Run JupyterLab as `make lab` does and return the address it prints."""
    notebooks = work_copies(contest.path / "so_tay")
    process = subprocess.Popen(
        [
            *lab_command("127.0.0.1", notebooks),
            "--no-browser",
            "--ServerApp.port=0",
            f"--LabApp.workspaces_dir={contest.path / 'lab'}",
        ],
        env=lab_environment(contest.path, contest.path / "ket_qua"),
        stderr=subprocess.PIPE,
        text=True,
        cwd=contest.path,
    )
    assert process.stderr is not None
    try:
        for line in process.stderr:
            found = re.search(r"http://127\.0\.0\.1:\d+/lab\?token=\w+", line)
            if found:
                yield found[0]
                break
        else:
            pytest.fail("JupyterLab didn't start")
    finally:
        process.terminate()
        process.communicate(timeout=30)
