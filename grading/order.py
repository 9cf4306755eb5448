"""Exact order: sort codes, shared ranks and the key that decided.

People and units are ranked by the same three steps. Every sort key becomes
whole numbers whose smaller value stands first; only those are compared, so no
rank ever hangs on the rounding of a float.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

TIE = "tie"
"""What decided between two rows that are equal in every key."""


def text_codes(values: pd.Series) -> np.ndarray:
    """Return int64 codes in the code-point order of the texts; -1 for null, which stands first."""
    codes, found = pd.factorize(values, use_na_sentinel=True)
    texts = np.asarray(found, dtype=object).tolist()
    place = np.empty(len(texts) + 1, dtype="int64")
    place[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
    place[-1] = -1  # where the sentinel -1 points to
    return place[codes]


def exact_codes(values: Sequence[object], *, high: bool) -> np.ndarray:
    """Return int64 codes of exact numbers: 0 for the best, equal codes for equal numbers.

    Parameters
    ----------
    values : sequence
        Decimals or Fractions; null (None) comes after all others, whatever the order.
    high : bool
        Whether the higher number is the better one.
    """
    codes, found = pd.factorize(_objects(values), use_na_sentinel=True)
    place = np.empty(len(found) + 1, dtype="int64")
    place[sorted(range(len(found)), key=found.__getitem__, reverse=high)] = np.arange(len(found))
    place[-1] = len(found)
    return place[codes]


def positions(*columns: np.ndarray) -> np.ndarray:
    """Return the row positions in the order of the columns, the first the most important.

    The sort is stable: rows equal in every column keep their order.
    """
    return np.lexsort(tuple(reversed(columns)))


def places(
    block: np.ndarray, keys: Sequence[np.ndarray], names: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Rank sorted rows within their blocks, and say what separated each from its neighbour.

    Parameters
    ----------
    block : array of int64
        Equal numbers stand together: rows ranked against each other.
    keys : sequence of arrays of int64
        The sort keys, most important first; rows are sorted by block, then by these.
    names : sequence of str
        The name of each key.

    Returns
    -------
    rank : array of int64
        1, 2, 2, 4: rows equal in every key share the rank, the ranks behind them are skipped.
    decided_by : array of object
        Name of the first key that differs from the row above (for a block's first row: from
        the row below), `tie` where none does, None for a block of one row.
    """
    count = len(block)
    rows = np.arange(count)
    new_block = np.ones(count, dtype=bool)
    new_block[1:] = block[1:] != block[:-1]
    # Which key separates each row from the one above; len(keys) means none does.
    separates = np.full(count, len(keys), dtype="int64")
    for index in range(len(keys) - 1, -1, -1):
        separates[1:][keys[index][1:] != keys[index][:-1]] = index
    new_place = new_block | (separates < len(keys))
    first_in_block = np.maximum.accumulate(np.where(new_block, rows, 0))
    first_in_place = np.maximum.accumulate(np.where(new_place, rows, 0))
    decided = separates.copy()
    has_below = np.zeros(count, dtype=bool)
    has_below[:-1] = ~new_block[1:]
    heads = np.flatnonzero(new_block & has_below)
    decided[heads] = separates[heads + 1]
    decided_by = np.array([*names, TIE], dtype=object)[decided]
    decided_by[new_block & ~has_below] = None
    return first_in_place - first_in_block + 1, decided_by


def _objects(values: Sequence[object]) -> np.ndarray:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found
