"""Papers of one blueprint compared: what an average contestant would get on each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np

from grading.analysis.figures import NAN, ItemFigures
from grading.analysis.papers import Papers

_NANO = 1000
"""Parts of a millionth of a point that an expected mark is rounded to: sums stay exact."""


@dataclass(frozen=True)
class Expected:
    """How the papers' expected scores spread; points. Null (NaN) without papers.

    `share` is their variance over the variance of the scores: what part of the differences
    between contestants comes from the draw. With few papers it is too high, since the facility
    of a rarely drawn question is itself uncertain.
    """

    mean: float
    sd: float
    smallest: float
    largest: float
    share: float


def expected_scores(papers: Papers, items: ItemFigures) -> np.ndarray:
    """Return each paper's expected score in billionths of a point: the sum of mean marks."""
    means = [
        (2 * _NANO * sum_ + n) // (2 * n)
        for n, sum_ in zip(items.papers.tolist(), items.mark_sum, strict=True)
    ]
    totals = np.zeros(len(papers.total), dtype="int64")
    np.add.at(totals, papers.paper, np.array(means, dtype="int64")[papers.question])
    return totals


def spread(expected: np.ndarray, variance: Fraction | None) -> Expected:
    """Return how expected scores spread.

    Parameters
    ----------
    expected : array of int64
        Billionths of a point, one for each paper.
    variance : Fraction or None
        Of the scores, points squared.
    """
    count = len(expected)
    if not count:
        return Expected(NAN, NAN, NAN, NAN, NAN)
    unit = 10**6 * _NANO
    values, times = np.unique(expected, return_counts=True)
    low = int(values[0])
    off, times = (values - low).astype(object), times.astype(object)
    sum_, squares = int((times * off).sum()), int((times * off * off).sum())
    between = None
    if count > 1:
        between = Fraction(count * squares - sum_ * sum_, count * (count - 1) * unit**2)
    return Expected(
        float((low + Fraction(sum_, count)) / unit),
        NAN if between is None else sqrt(between),
        low / unit,
        int(values[-1]) / unit,
        float(between / variance) if between is not None and variance else NAN,
    )
