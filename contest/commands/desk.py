"""`timhieu desk`: a notebook as a page with Voilà's full front end, on this machine only."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from contest.commands.lab import results_of, work_copies
from contest.settings import CHECKOUT, lab_environment

HERE = "127.0.0.1"
"""Stock Voilà asks nobody for a password: it is never opened to a network."""


def open_desk(
    notebook: Path | None, directory: Path | None, port: int, say: Callable[[str], object]
) -> int:
    """Show a notebook and wait until it is stopped; return Voilà's exit code.

    Parameters
    ----------
    notebook : Path or None
        None: the kit's own with the results.
    directory : Path or None
        The contest that it looks at; None: the sample.
    """
    directory, results = results_of(directory, say)
    if notebook is None:
        notebook = work_copies(CHECKOUT / "var" / "so_tay") / "ket_qua.ipynb"
    return subprocess.call(desk_command(notebook, port), env=lab_environment(directory, results))


def desk_command(notebook: Path, port: int) -> list[str]:
    """Return the command that shows a notebook."""
    return [
        sys.executable,
        "-m",
        "voila",
        str(notebook),
        f"--Voila.ip={HERE}",
        f"--port={port}",
        "--strip_sources=True",
    ]
