"""Sort codes, shared ranks and what decided."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.order import exact_codes, places, positions, text_codes


def test_texts_sort_by_code_point_with_nulls_first():
    """The order is the same on every machine, whatever its language."""
    values = pd.Series(["ky-10", None, "ky-2", "Ky-1", "ký-1", "ky-2"], dtype="str")
    assert text_codes(values).tolist() == [1, -1, 2, 0, 3, 2]


def test_categories_sort_by_their_text_too():
    """The order of a category's list doesn't matter."""
    values = pd.Series(pd.Categorical(["b", "a"], categories=["b", "a"]))
    assert text_codes(values).tolist() == [1, 0]


@pytest.mark.parametrize(("high", "expected"), [(True, [1, 1, 3, 0, 2]), (False, [1, 1, 3, 2, 0])])
def test_exact_numbers_sort_by_value_with_nulls_last(high, expected):
    """Equal numbers share a code however they are written; null is last in either order."""
    values = [Decimal("1.0"), Decimal("1.00"), None, Decimal(3), Decimal(-2)]
    assert exact_codes(values, high=high).tolist() == expected


def test_fractions_closer_than_floats_can_tell_stay_apart():
    """1/3 and a number that prints like it are two numbers."""
    third = Fraction(1, 3)
    values = [third, third + Fraction(1, 10**40)]
    assert exact_codes(values, high=True).tolist() == [1, 0]


def test_positions_are_stable():
    """Rows equal in every column keep their order."""
    assert positions(np.array([1, 0, 1, 0]), np.array([2, 2, 2, 2])).tolist() == [1, 3, 0, 2]


PENCIL = [
    # block, score, time, rank, decided by
    (0, 9, 5, 1, "score"),  # first row: what separates it from the row below
    (0, 8, 4, 2, "score"),
    (0, 8, 4, 2, "tie"),
    (0, 8, 6, 4, "time"),  # 1, 2, 2, 4
    (0, 7, 1, 5, "score"),
    (1, 9, 3, 1, "tie"),
    (1, 9, 3, 1, "tie"),
    (2, 1, 1, 1, None),  # alone
    (3, 5, 2, 1, "time"),
    (3, 5, 3, 2, "time"),
]


def test_ranks_and_deciders_of_a_table_on_paper():
    """1224 within each block, and the key that separates neighbours."""
    block, score, time, rank, decided = zip(*PENCIL, strict=True)
    result = places(np.array(block), [-np.array(score), np.array(time)], ["score", "time"])
    assert result[0].tolist() == list(rank)
    assert result[1].tolist() == list(decided)


def test_no_rows_have_no_ranks():
    """An empty table stays empty."""
    rank, decided = places(np.array([], dtype=int), [np.array([], dtype=int)], ["score"])
    assert (rank.tolist(), decided.tolist()) == ([], [])


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2))))
def test_a_rank_is_one_more_than_those_before(rows):
    """The rank counts the rows of the block that are strictly better."""
    rows.sort()
    block, first, second = (
        (np.array(column) for column in zip(*rows, strict=True))
        if rows
        else (np.array([], dtype=int),) * 3
    )
    rank, _ = places(block, [first, second], ["first", "second"])
    expected = [1 + sum(o[0] == row[0] and o < row for o in rows) for row in rows]
    assert rank.tolist() == expected
