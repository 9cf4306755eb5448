"""One side in a process of its own: makes the frame, ranks it, keeps the result for comparison."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from contest.bench.ranking.data import made_up


def main(side: str, entries: int, folder: Path) -> None:
    """Rank and write `SIDE.json` and a file for each column."""
    given = made_up(entries)
    if side == "timhieu":
        from contest.bench.ranking.ours import rank

        begun = time.perf_counter()
        tables = rank(given)
        seconds = time.perf_counter() - begun
    else:
        from contest.bench.ranking import duck

        connection = duck.connect(given)
        begun = time.perf_counter()
        duck.run(connection, given.true_value)
        seconds = time.perf_counter() - begun
        tables = duck.tables(connection)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    found = {"seconds": seconds, "peak_bytes": peak}
    (folder / f"{side}.json").write_text(json.dumps(found), encoding="utf-8")
    keep(tables, folder, side)


def keep(tables: dict[str, pd.DataFrame], folder: Path, side: str) -> None:
    """Write every column of both tables as SIDE-TABLE-COLUMN.npy."""
    from contest.bench.ranking.ours import columns

    for table, frame in tables.items():
        for name, values in columns(frame).items():
            np.save(folder / f"{side}-{table}-{name}.npy", values)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
