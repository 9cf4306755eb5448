"""`timhieu desk`: the organisers' desk, or a notebook, as a page on this machine only."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from contest.clock import SystemClock
from contest.commands.lab import RESULTS, become, results_of, work_copies
from contest.commands.sample import ensure_sample, sample_directory
from contest.messages import text
from contest.settings import CHECKOUT, lab_environment, offer_templates

LANGUAGE = "vi"

LEFT_SECONDS = 900
"""A kernel that no page has been connected to for so long ends: closed tabs leave theirs."""

HERE = "127.0.0.1"
"""Stock Voilà asks nobody for a password: it is never opened to a network."""


def open_desk(
    notebook: Path | None,
    directory: Path | None,
    port: int,
    say: Callable[[str], object],
    *,
    results: bool = False,
) -> None:
    """Show a notebook: this process becomes Voilà's.

    Parameters
    ----------
    notebook : Path or None
        None: the organisers' desk, or the notebook with the results.
    directory : Path or None
        The contest that it looks at; None: the sample.
    results : bool
        Show the results; where the contest has none yet, those of a simulated one.
    """
    if notebook is None and not results:
        directory = directory or _sample()
        folder = directory / RESULTS
        notebook = _kits("ban_to_chuc.ipynb")
        say(text("cli.desk.open", directory=directory, address=f"http://{HERE}:{port}/"))
    else:
        directory, folder = results_of(directory, say)
        notebook = notebook or _kits("ket_qua.ipynb")
    offer_templates()
    become(desk_command(notebook, port), lab_environment(directory, folder))


def _sample() -> Path:
    directory = sample_directory()
    ensure_sample(directory, SystemClock().now())
    return directory


def _kits(name: str) -> Path:
    return work_copies(CHECKOUT / "var" / "so_tay") / name


def desk_command(notebook: Path, port: int) -> list[str]:
    """Return the command that shows a notebook."""
    return [
        sys.executable,
        "-m",
        "voila",
        str(notebook),
        f"--Voila.ip={HERE}",
        f"--port={port}",
        f"--MappingKernelManager.cull_idle_timeout={LEFT_SECONDS}",
        f"--MappingKernelManager.cull_interval={LEFT_SECONDS // 10}",
        "--strip_sources=True",
        "--template=desk",
        f"--HTMLExporter.language_code={LANGUAGE}",
    ]
