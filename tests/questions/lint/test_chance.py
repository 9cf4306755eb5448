"""The tests of chance, against values from tables and against counting."""

from __future__ import annotations

from itertools import product

import pytest

from questions.lint.chance import (
    binomial_tail,
    binomial_two_sided,
    chi_square,
    chi_square_tail,
)


@pytest.mark.parametrize(
    ("value", "freedom", "tail"),
    [(3.841, 1, 0.05), (6.635, 1, 0.01), (5.991, 2, 0.05), (7.815, 3, 0.05), (11.345, 3, 0.01),
     (14.067, 7, 0.05), (18.475, 7, 0.01), (15.507, 8, 0.05)],
)  # fmt: skip
def test_chi_square_has_the_values_of_the_tables(value: float, freedom: int, tail: float) -> None:
    """The usual critical values."""
    assert chi_square_tail(value, freedom) == pytest.approx(tail, rel=0.002)


def test_even_counts_are_certain_to_be_matched() -> None:
    """Nothing is more even."""
    assert chi_square([7, 7, 7, 7]) == 1


@pytest.mark.parametrize(("n", "found"), [(6, 0), (6, 3), (7, 5), (8, 8)])
def test_binomial_tests_agree_with_counting(n: int, found: int) -> None:
    """All ways to answer n questions with four options, by hand."""
    counts = [sum(one == 0 for one in ways) for ways in product(range(4), repeat=n)]
    share = {k: counts.count(k) / 4**n for k in range(n + 1)}
    assert binomial_tail(found, n, 0.25) == pytest.approx(
        sum(p for k, p in share.items() if k >= found)
    )
    assert binomial_two_sided(found, n, 0.25) == pytest.approx(
        sum(p for p in share.values() if p <= share[found] * (1 + 1e-7))
    )
