"""Runs both sides, one after the other, and compares every column of what they made."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from contest.bench.messages import text
from contest.bench.ranking.data import PEOPLE_COLUMNS, UNIT_COLUMNS
from contest.bench.rivals import NotRunning

SIDES = ("timhieu", "duckdb")
COLUMNS = {"people": PEOPLE_COLUMNS, "units": UNIT_COLUMNS}
TIMEOUT_S = 1800


def bench_grading(entries: int) -> dict[str, Any]:
    """Return entries, timhieu_s, duckdb_s, ratio and peak_bytes (of our process).

    Raises
    ------
    NotRunning
        Where a side fails, or the two disagree: then there is nothing to compare.
    """
    with TemporaryDirectory(prefix="timhieu-bench-") as scratch:
        folder = Path(scratch)
        found = {side: _run(side, entries, folder) for side in SIDES}
        different = first_difference(folder)
    if different is not None:
        raise NotRunning(text("grading.differs", place=different))
    ours, theirs = (found[side] for side in SIDES)
    return {
        "entries": entries,
        "timhieu_s": ours["seconds"],
        "duckdb_s": theirs["seconds"],
        "ratio": ours["seconds"] / theirs["seconds"],
        "peak_bytes": ours["peak_bytes"],
    }


def _run(side: str, entries: int, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "contest.bench.ranking.side", side, str(entries), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    if done.returncode:
        raise NotRunning(text("stopped", rival=side, log=done.stderr[-2000:]))
    return json.loads((folder / f"{side}.json").read_text(encoding="utf-8"))


def first_difference(folder: Path) -> str | None:
    """Return table, column and row where the two sides differ first, or None."""
    for table, names in COLUMNS.items():
        for name in names:
            one, other = (np.load(folder / f"{side}-{table}-{name}.npy") for side in SIDES)
            if one.shape != other.shape:
                return f"{table}: {len(one)} / {len(other)}"
            if not np.array_equal(one, other):
                row = int(np.flatnonzero(one != other)[0])
                return f"{table}.{name}, {row}: {one[row]} / {other[row]}"
    return None
