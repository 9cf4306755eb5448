"""Documents, certificates and the workbook of a large contest, one process after another."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from contest.bench.messages import text
from contest.bench.rivals import NotRunning

TIMEOUT_S = 3600


def bench_papers(
    entries: int, certificates: int, rows: int, told: Callable[[str], object] = lambda _: None
) -> dict[str, Any]:
    """Measure every step.

    Parameters
    ----------
    entries : int
        Of the round whose documents are made.
    certificates : int
        How many, in one book and as a file each.
    rows : int
        Attempts in the workbook, written by the kit and by openpyxl in the same run.
    told : callable
        Is called with the name of each step when it is done.

    Returns
    -------
    dict
        Step -> size, wall_s, cpu_s, peak_bytes; and `workbook_ratio`, the CPU time of openpyxl
        divided by ours.

    Raises
    ------
    NotRunning
        Where a step fails.
    """
    sizes = {
        "papers": entries,
        "book": certificates,
        "files": certificates,
        "workbook": rows,
        "openpyxl": rows,
    }
    found: dict[str, Any] = {}
    with TemporaryDirectory(prefix="timhieu-bench-") as scratch:
        for step, size in sizes.items():
            found[step] = _run(step, size, Path(scratch))
            told(step)
    found["workbook_ratio"] = found["openpyxl"]["cpu_s"] / found["workbook"]["cpu_s"]
    return found


STEPS = 5
"""How often `told` is called."""


def _run(step: str, size: int, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "contest.bench.papers_step", step, str(size), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    if done.returncode:
        raise NotRunning(text("stopped", rival=step, log=done.stderr[-2000:]))
    return json.loads((folder / f"{step}.json").read_text(encoding="utf-8"))
