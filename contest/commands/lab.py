"""`make lab`: JupyterLab with the organiser's notebooks on a contest and its results."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
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


def open_lab(directory: Path | None, host: str, say: Callable[[str], object]) -> None:
    """Open JupyterLab: this process becomes its.

    The notebooks get the contest in `directory` (the sample without one) and
    the results in its folder `ket_qua`; where there are none, results of a simulated
    contest under `var/mau_thu`.
    """
    directory, results = results_of(directory, say)
    notebooks = work_copies(CHECKOUT / "var" / "so_tay")
    become(lab_command(host, notebooks), lab_environment(directory, results))


def become(command: list[str], environment: Mapping[str, str]) -> None:
    """Go on as another program, so that whoever ends this process ends that with its kernels."""
    sys.stdout.flush()
    os.execve(command[0], command, environment)


def results_of(directory: Path | None, say: Callable[[str], object]) -> tuple[Path, Path]:
    """Return the contest directory, and the results to show: its own, else a simulated one's."""
    if directory is None:
        directory = sample_directory()
        ensure_sample(directory, SystemClock().now())
    results = directory / RESULTS
    if not (results / "manifest.json").exists():
        results = trial_results(CHECKOUT / "var" / "mau_thu", say)
    return directory, results


def work_copies(folder: Path) -> Path:
    """Have copies of the kit's notebooks in `folder` to work in, and return it.

    JupyterLab saves outputs, with people's names, into the files it opens: they must not
    land in the checkout. A copy that was changed is kept; where the kit's notebook is newer,
    the old copy stays beside it as `<name>-cu.ipynb`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted((CHECKOUT / "notebooks").glob("*.ipynb")):
        copy = folder / source.name
        if copy.exists() and copy.stat().st_mtime >= source.stat().st_mtime:
            continue
        if copy.exists():
            copy.replace(copy.with_name(f"{copy.stem}-cu.ipynb"))
        shutil.copy(source, copy)
    return folder


def lab_command(host: str, notebooks: Path) -> list[str]:
    """Return the command that opens JupyterLab on a folder of notebooks."""
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.ip={host}",
        f"--ServerApp.root_dir={notebooks}",
        # It would ask a server far away for news.
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return command


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
