"""What `make lab` prepares before JupyterLab opens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from contest.commands.lab import trial_results, work_copies


def test_notebooks_are_copied_to_work_in(tmp_path: Path) -> None:
    """The checkout's own stay clean."""
    names = {path.name for path in work_copies(tmp_path / "so_tay").iterdir()}
    assert names == {
        "thi.ipynb", "ket_qua.ipynb", "soan_cau_hoi.ipynb", "luyen_tap.ipynb", "thi_thu.ipynb",
        "ban_to_chuc.ipynb", "cham_bai.ipynb",
    }  # fmt: skip


def test_changed_copy_is_kept(tmp_path: Path) -> None:
    """The organiser's work is not overwritten."""
    folder = work_copies(tmp_path / "so_tay")
    (folder / "thi.ipynb").write_text("của tôi", encoding="utf-8")
    work_copies(folder)
    assert (folder / "thi.ipynb").read_text(encoding="utf-8") == "của tôi"


def test_older_copy_makes_room_for_a_newer_notebook(tmp_path: Path) -> None:
    """And stays beside it."""
    folder = work_copies(tmp_path / "so_tay")
    (folder / "thi.ipynb").write_text("của tôi", encoding="utf-8")
    os.utime(folder / "thi.ipynb", (1, 1))
    work_copies(folder)
    assert (folder / "thi-cu.ipynb").read_text(encoding="utf-8") == "của tôi"
    assert json.loads((folder / "thi.ipynb").read_text(encoding="utf-8"))["cells"]


def test_trial_results_are_made_once(tmp_path: Path) -> None:
    """Five hundred synthetic people, closed and graded; the second time nothing is done."""
    said: list[str] = []
    results = trial_results(tmp_path / "mau_thu", said.append)
    manifest = json.loads((results / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["status"], manifest["synthetic"]) == ("final", True)
    assert trial_results(tmp_path / "mau_thu", said.append) == results
    assert len(said) == 1


def test_the_process_becomes_the_other_program() -> None:
    """The same number, so that a signal reaches it, and the environment that was given."""
    shows = "import os; print(os.getpid(), os.environ['CUOC_THI'])"
    program = (
        "import os, sys; from contest.commands.lab import become; print(os.getpid());"
        f"become([sys.executable, '-c', {shows!r}], {{**os.environ, 'CUOC_THI': 'mau'}})"
    )
    command = [sys.executable, "-W", "ignore", "-c", program]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert said[0] == said[1]
    assert said[2] == "mau"
