"""`make lab`: JupyterLab with the organiser's notebooks on a contest and its results."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from contest.clock import SystemClock
from contest.commands.grade import grade_directory
from contest.commands.sample import ensure_sample, sample_directory
from contest.commands.simulate import simulate_directory
from contest.messages import text
from contest.sample import init_directory
from contest.settings import CHECKOUT, lab_environment

RESULTS = "ket_qua"
TRIAL_CONTESTANTS = 500
TRIAL_SEED = 2026


def open_lab(directory: Path | None, host: str, say: Callable[[str], object]) -> int:
    """Open JupyterLab and wait for it; return its exit code.

    The notebooks get the contest in `directory` (the sample without one) and
    the results in its folder `ket_qua`; where there are none, results of a simulated
    contest under `var/mau_thu`.
    """
    if directory is None:
        directory = sample_directory()
        ensure_sample(directory, SystemClock().now())
    results = directory / RESULTS
    if not (results / "manifest.json").exists():
        results = trial_results(CHECKOUT / "var" / "mau_thu", say)
    command = [
        sys.executable, "-m", "jupyterlab", "--ip", host,
        "--ServerApp.root_dir", os.fspath(CHECKOUT / "notebooks"),
    ]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return subprocess.call(command, env=lab_environment(directory, results))


def trial_results(path: Path, say: Callable[[str], object]) -> Path:
    """Return the results of a simulated contest at `path`, made the first time."""
    results = path / RESULTS
    if not (results / "manifest.json").exists():
        say(text("cli.lab.trial", n=TRIAL_CONTESTANTS, directory=path))
        if not path.exists():
            init_directory(path, SystemClock().now())
        simulate_directory(path, TRIAL_CONTESTANTS, TRIAL_SEED, close=True)
        grade_directory(path, [], results)
    return results
