"""Marks of millions of rows -> how often each (cell, mark, score) stands there.

A cell is a question or a place in the paper. Every figure of the item analysis is computed
from these counts, in whole numbers: it depends neither on the order of rows nor on how
they were split into chunks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

_DENSE = 1 << 22
"""Cells of a table that is counted into directly, whatever the number of rows."""


@dataclass(frozen=True)
class Tally:
    """Counts, sorted by cell, mark and total; no two entries agree in all three.

    Attributes
    ----------
    cell : array of int64
        Code of the question or place.
    mark, total : array of int64
        Millionths of a point: of the response, and of the whole paper.
    count : array of int64
        Rows like this, 1 or more.
    """

    cell: np.ndarray
    mark: np.ndarray
    total: np.ndarray
    count: np.ndarray

    @property
    def starts(self) -> np.ndarray:
        """Where each cell's entries begin."""
        return np.flatnonzero(np.r_[len(self.cell) > 0, self.cell[1:] != self.cell[:-1]])

    @property
    def cells(self) -> np.ndarray:
        """The cells that have entries, ascending."""
        return self.cell[self.starts]

    def slices(self) -> list[slice]:
        """Return the entries of each cell."""
        starts = self.starts.tolist()
        ends = [*starts[1:], len(self.cell)][: len(starts)]
        return [slice(*part) for part in zip(starts, ends, strict=True)]


def tally(cell: np.ndarray, mark: np.ndarray, total: np.ndarray) -> Tally:
    """Count rows.

    Parameters
    ----------
    cell, mark, total : array of int64
        Row by row; cells are 0 or more.
    """
    return _summed(cell, mark, total, None)


def merged(parts: Sequence[Tally]) -> Tally:
    """Add up the counts of chunks: the tally of all their rows together."""
    columns = [
        np.concatenate([getattr(part, name) for part in parts]) if parts else np.zeros(0, "int64")
        for name in ("cell", "mark", "total", "count")
    ]
    return _summed(*columns)


def _summed(
    cell: np.ndarray, mark: np.ndarray, total: np.ndarray, count: np.ndarray | None
) -> Tally:
    mark_codes, marks = codes_of(mark)
    total_codes, totals = codes_of(total)
    width = len(marks) * len(totals)
    key = (cell * len(marks) + mark_codes) * len(totals) + total_codes
    size = (int(cell.max(initial=-1)) + 1) * width
    if size <= max(_DENSE, 2 * len(key)):
        counts = np.bincount(key, minlength=size) if count is None else _added(key, count, size)
        found = np.flatnonzero(counts)
        counts = counts[found]
    elif count is None:
        found, counts = np.unique(key, return_counts=True)
    else:
        found, place = np.unique(key, return_inverse=True)
        counts = _added(place, count, len(found))
    rest = found % max(width, 1)
    return Tally(
        found // max(width, 1),
        marks[rest // max(len(totals), 1)],
        totals[rest % max(len(totals), 1)],
        counts.astype("int64"),
    )


def _added(key: np.ndarray, count: np.ndarray, size: int) -> np.ndarray:
    sums = np.zeros(size, dtype="int64")
    np.add.at(sums, key, count)
    return sums


def codes_of(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each value's place among the different values, and these, ascending."""
    codes, found = pd.factorize(values)
    order = np.argsort(found, kind="stable")
    place = np.empty(len(found), dtype="int64")
    place[order] = np.arange(len(found))
    return place[codes] if len(found) else codes.astype("int64"), found[order]
