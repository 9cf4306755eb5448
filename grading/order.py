"""Exact order: sort codes, shared ranks and the key that decided.

People and units are ranked by the same three steps. Every sort key becomes
whole numbers whose smaller value stands first; only those are compared, so no
rank ever hangs on the rounding of a float.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd

TIE = "tie"
"""What decided between two rows that are equal in every key."""

LOT = "lot"
"""What decided where only the lot separates two rows."""


def text_codes(values: pd.Series) -> np.ndarray:
    """Return int64 codes in the code-point order of the texts; -1 for null, which stands first.

    Whole numbers are their own codes.
    """
    if pd.api.types.is_integer_dtype(values.dtype) and not values.isna().any():
        return values.to_numpy("int64")
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
    first, *rest = _packed(columns)
    order = np.argsort(first, kind="stable")
    if rest:
        # What the first number leaves open is little, as a rule: only that is sorted further.
        ordered = first[order]
        same = np.zeros(len(order) + 1, dtype=bool)
        same[1:-1] = ordered[1:] == ordered[:-1]
        tied = np.flatnonzero(same[1:] | same[:-1])
        rows = order[tied]
        columns_left = [column[rows] for column in reversed(rest)]
        order[tied] = rows[np.lexsort((*columns_left, ordered[tied]))]
    return order


def id_codes(values: pd.Series) -> np.ndarray:
    """Return int64 codes from 0 on, equal for equal ids; numbers may be left out.

    Whole numbers that are small enough are their own codes.
    """
    if pd.api.types.is_integer_dtype(values.dtype) and len(values) and not values.isna().any():
        numbers = values.to_numpy("int64")
        if numbers.min() >= 0 and numbers.max() < 4 * len(numbers):
            return numbers
    return pd.factorize(values)[0].astype("int64")


def first_rows(block: np.ndarray, *columns: np.ndarray) -> np.ndarray:
    """Return the row that stands first in each block, by the columns, the first most important.

    Parameters
    ----------
    block : array of int64
        Codes from 0 on; numbers may be left out.
    columns : arrays of int64
        Smaller first. Of rows equal in all, the one that is given first.

    Returns
    -------
    array of int64
        One row position for each block, in the order of their codes.
    """
    packed = _packed(columns)
    if len(packed) > 1:
        order = positions(block, *columns)
        new = np.ones(len(order), dtype=bool)
        new[1:] = block[order][1:] != block[order][:-1]
        return order[new]
    # One number says it all: no sort is needed to find the smallest of each block.
    key = packed[0]
    least = np.full(int(block.max(initial=-1)) + 1, _MOST)
    np.minimum.at(least, block, key)
    rows = np.flatnonzero(key == least[block])
    first = np.full(len(least), -1)
    first[block[rows[::-1]]] = rows[::-1]
    return first[first >= 0]


def _packed(columns: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Return fewer columns that sort the same: neighbours that fit into 63 bits become one.

    Sorting by one number takes a fraction of the time of sorting by several.
    """
    if not len(columns[0]):
        return list(columns)
    found: list[np.ndarray] = []
    room = 0
    for column in columns:
        values = column.astype("int64")
        least, most = int(values.min()), int(values.max())
        span = most - least + 1
        step = _step(values, least) if 1 < span < _MOST else 1
        if step > 1:
            values = (values - least) // step
            least, span = 0, (most - least) // step + 1
        if span >= _MOST:
            found.append(values)
            room = 0
        elif room >= span:
            found[-1] = found[-1] * span + (values - least)
            room //= span
        else:
            found.append(values - least)
            room = _MOST // span
    return found


def _step(values: np.ndarray, least: int) -> int:
    """Return a number that divides all distances from the least: points and seconds are coarse."""
    step = int(np.gcd.reduce(values[:1000] - least))
    return step if step > 1 and not ((values - least) % step).any() else 1


_MOST = 2**63 - 1


def lot_order(lot: str, ids: Sequence[str]) -> list[int]:
    """Return positions in the order of a lot that anybody can draw again.

    Rows are sorted by SHA-256(lot + "/" + id), as hexadecimal digits.
    """
    drawn = [hashlib.sha256(f"{lot}/{id_}".encode()).hexdigest() for id_ in ids]
    return sorted(range(len(ids)), key=drawn.__getitem__)


def draw_lots(columns: Sequence[np.ndarray], ids: pd.Series, lot: str) -> np.ndarray:
    """Return a last sort key: the order of the lot among rows equal in all columns, else 0."""
    found = np.zeros(len(ids), dtype="int64")
    order = positions(*columns)
    alike = np.ones(max(len(order) - 1, 0), dtype=bool)
    for column in columns:
        alike &= column[order][1:] == column[order][:-1]
    tied = np.zeros(len(order), dtype=bool)
    tied[1:] |= alike
    tied[:-1] |= alike
    rows = order[tied]
    named = ids.to_numpy(dtype=object)[rows]
    found[rows[lot_order(lot, named.tolist())]] = np.arange(len(rows))
    return found


def places(
    block: np.ndarray,
    keys: Sequence[np.ndarray],
    names: Sequence[str],
    *,
    dense: bool = False,
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
    dense : bool
        Whether no rank is skipped behind a shared one.

    Returns
    -------
    rank : array of int64
        1, 2, 2, 4, or, if dense, 1, 2, 2, 3: rows equal in every key share the rank.
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
    if dense:
        step = np.cumsum(new_place)
        rank = step - step[first_in_block] + 1 if count else rows
    else:
        rank = np.maximum.accumulate(np.where(new_place, rows, 0)) - first_in_block + 1
    decided = separates.copy()
    has_below = np.zeros(count, dtype=bool)
    has_below[:-1] = ~new_block[1:]
    heads = np.flatnonzero(new_block & has_below)
    decided[heads] = separates[heads + 1]
    decided_by = np.array([*names, TIE], dtype=object)[decided]
    decided_by[new_block & ~has_below] = None
    return rank, decided_by


def _objects(values: Sequence[object]) -> np.ndarray:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def standing(
    order: np.ndarray,
    group: np.ndarray,
    keys: Sequence[np.ndarray],
    names: Sequence[str],
    *,
    dense: bool,
) -> tuple[pd.arrays.IntegerArray, np.ndarray]:
    """Rank some rows of a table by `places`; the others get no rank.

    Parameters
    ----------
    order : array of int64
        Positions of the rows that are ranked, sorted by group and keys.
    group, keys, names : as in `places`
        Of all rows, in the table's own order.

    Returns
    -------
    rank : Int64 array
        By row of the table; null where it isn't ranked.
    decided_by : array of object
        As in `places`; None where it isn't ranked.
    """
    place, decider = places(group[order], [key[order] for key in keys], names, dense=dense)
    rank = np.zeros(len(group), dtype="int64")
    rank[order] = place
    unranked = np.ones(len(group), dtype=bool)
    unranked[order] = False
    decided_by = np.full(len(group), None, dtype=object)
    decided_by[order] = decider
    return pd.arrays.IntegerArray(rank, unranked), decided_by
