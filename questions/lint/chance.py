"""How likely a count is by chance: exact binomial and chi-square tests, in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, exp, gamma, lgamma, log, sqrt

LEVEL = 0.01
"""Below this probability a count isn't put down to chance."""


def binomial_tail(found: int, n: int, p: float) -> float:
    """Return the probability of `found` or more successes in `n` draws."""
    return min(1.0, sum(_mass(k, n, p) for k in range(found, n + 1)))


def binomial_two_sided(found: int, n: int, p: float) -> float:
    """Return the probability of counts that are as unlikely as `found`, on either side."""
    limit = _mass(found, n, p) * (1 + 1e-7)
    return min(1.0, sum(mass for k in range(n + 1) if (mass := _mass(k, n, p)) <= limit))


def chi_square(counts: Sequence[int]) -> float:
    """Return the probability of counts as uneven as these where each place is equally likely."""
    expected = sum(counts) / len(counts)
    value = sum((count - expected) ** 2 / expected for count in counts)
    return chi_square_tail(value, len(counts) - 1)


def chi_square_tail(value: float, freedom: int) -> float:
    """Return the probability of a chi-square of `value` or more."""
    half = value / 2
    if half <= 0:
        return 1.0
    order = 0.5 if freedom % 2 else 1.0
    tail = erfc(sqrt(half)) if freedom % 2 else exp(-half)
    while order < freedom / 2:
        tail += exp(order * log(half) - half) / gamma(order + 1)
        order += 1
    return min(1.0, tail)


def _mass(k: int, n: int, p: float) -> float:
    ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(ways + k * log(p) + (n - k) * log(1 - p))
