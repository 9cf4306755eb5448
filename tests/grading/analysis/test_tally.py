"""Counting rows."""

from __future__ import annotations

import sys
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grading.analysis.tally import codes_of, merged, tally

module = sys.modules[tally.__module__]

rows = st.lists(st.tuples(st.integers(0, 3), st.integers(-2, 2), st.integers(0, 5)))


def columns(found):
    """Return rows as three arrays."""
    return np.array(found, dtype="int64").reshape(len(found), 3).T


def entries(counts):
    """Return the entries as tuples."""
    names = ("cell", "mark", "total", "count")
    return list(zip(*(getattr(counts, name).tolist() for name in names), strict=True))


@given(rows)
def test_rows_are_counted_in_order(found):
    """As a counter of tuples does, sorted."""
    expected = [(*row, times) for row, times in sorted(Counter(found).items())]
    assert entries(tally(*columns(found))) == expected


@given(rows)
def test_a_table_that_would_be_too_large_is_sorted_instead(found):
    """Both ways of counting agree."""
    expected = entries(tally(*columns(found)))
    dense, module._DENSE = module._DENSE, -1
    try:
        wide = [(cell, mark, total * 10**6) for cell, mark, total in found]
        result = entries(tally(*columns(wide)))
    finally:
        module._DENSE = dense
    assert [(c, m, t // 10**6, n) for c, m, t, n in result] == expected


@given(st.lists(rows, max_size=4))
def test_chunks_add_up(chunks):
    """Counting in parts and counting at once is the same."""
    together = [row for chunk in chunks for row in chunk]
    result = merged([tally(*columns(chunk)) for chunk in chunks])
    assert entries(result) == entries(tally(*columns(together)))


def test_codes_are_places_among_the_different_values():
    """Ascending."""
    codes, found = codes_of(np.array([5, -1, 5, 3]))
    assert codes.tolist() == [2, 0, 2, 1]
    assert found.tolist() == [-1, 3, 5]
