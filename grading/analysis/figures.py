"""The figures of items and of the whole test, as Moodle computes them, from counts.

Formulas: Moodle, `question/classes/statistics/questions/calculator.php` (items) and
`mod/quiz/report/statistics/classes/calculator.php` (whole test). Every variance and covariance
divides by the number of papers less one. Sums are whole numbers of any length; only the last
step, a root or a quotient, gives a float. NaN is null.

Kelley's D: T. L. Kelley, "The selection of upper and lower groups for the validation of test
items", Journal of Educational Psychology 30 (1939), 17-24. It isn't what Moodle calls the
discrimination index. KR-20: G. F. Kuder and M. W. Richardson, "The theory of the estimation of
test reliability", Psychometrika 2 (1937), 151-160; both variances divide by N there.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np

from grading.analysis.tally import Tally

NAN = float("nan")
UPPER_PERCENT = 27
"""Kelley's upper and lower groups."""

_MICRO = 10**6


@dataclass(frozen=True)
class ItemFigures:
    """The figures of the cells of a tally, one entry for each; points, or percent.

    Attributes
    ----------
    papers : array of int64
        Papers with the item.
    mark_sum, square_sum : list of int
        Sums of marks (millionths) and of their squares.
    sd, mark_variance, other_variance, covariance, covariance_max, covariance_total : array
        In points or points squared; "other" marks are the paper's without the item, or the whole
        paper's for an item drawn at random. Null below two papers.
    discrimination_index : array
        Percent; null where the item's or the other marks don't vary.
    discriminative_efficiency : array
        Percent; null where the largest possible covariance is 0: in the same cases.
    kelley_d : array
        Difference of mean marks (points) of the upper and the lower 27 %.
    """

    papers: np.ndarray
    mark_sum: list[int]
    square_sum: list[int]
    sd: np.ndarray
    mark_variance: np.ndarray
    other_variance: np.ndarray
    covariance: np.ndarray
    covariance_max: np.ndarray
    covariance_total: np.ndarray
    discrimination_index: np.ndarray
    discriminative_efficiency: np.ndarray
    kelley_d: np.ndarray


def item_figures(counts: Tally, apart: np.ndarray) -> ItemFigures:
    """Return the figures of every cell.

    Parameters
    ----------
    counts : Tally
        Cells are questions or places.
    apart : array of bool
        By cell code. True: the other marks are the score less the item's own mark, Moodle's rule
        for a slot; False: the whole score, Moodle's rule for a question drawn at random.
    """
    rows = [_item(counts, part, bool(apart[counts.cell[part.start]])) for part in counts.slices()]
    columns = list(zip(*rows, strict=True)) or [()] * 12
    papers, mark_sum, square_sum, *figures = columns
    return ItemFigures(
        np.array(papers, dtype="int64"),
        list(mark_sum),
        list(square_sum),
        *(np.array(values, dtype="float64") for values in figures),
    )


def _item(counts: Tally, part: slice, apart: bool) -> tuple:
    mark, total, count = counts.mark[part], counts.total[part], counts.count[part]
    other = total - mark if apart else total
    papers = int(count.sum())
    x, t, r, n = (_whole(values) for values in (mark, total, other, count))
    nx = n * x
    sums = [int(sum_) for sum_ in (nx.sum(), (nx * x).sum(), (n * t).sum(), (n * r).sum())]
    sx, sxx, st, sr = sums
    varied = len(np.unique(mark)) > 1 and len(np.unique(other)) > 1
    if papers < 2:
        return papers, sx, sxx, *[NAN] * 9
    square = Fraction(_MICRO**2 * papers * (papers - 1))
    vx = (papers * sxx - sx * sx) / square
    vr = (papers * int((n * r * r).sum()) - sr * sr) / square
    cr = (papers * int((nx * r).sum()) - sx * sr) / square
    ct = (papers * int((nx * t).sum()) - sx * st) / square
    best = (papers * _paired(mark, other, count) - sx * sr) / square
    return (
        papers, sx, sxx, sqrt(vx), float(vx), float(vr), float(cr), float(best), float(ct),
        100 * float(cr) / sqrt(vx * vr) if varied else NAN,
        float(100 * cr / best) if varied else NAN,
        _kelley(mark, total, count, papers),
    )  # fmt: skip


def _whole(values: np.ndarray) -> np.ndarray:
    """Return the values as Python's integers, which never overflow."""
    return values.astype(object)


def _paired(mark: np.ndarray, other: np.ndarray, count: np.ndarray) -> int:
    """Return the sum of products when both are sorted and paired by rank: the largest possible."""
    by_mark, by_other = np.argsort(mark, kind="stable"), np.argsort(other, kind="stable")
    mark_ends, other_ends = np.cumsum(count[by_mark]), np.cumsum(count[by_other])
    ends = np.union1d(mark_ends, other_ends)
    width = np.diff(ends, prepend=0)
    x = mark[by_mark][np.searchsorted(mark_ends, ends)]
    r = other[by_other][np.searchsorted(other_ends, ends)]
    return int((_whole(width) * _whole(x) * _whole(r)).sum())


def _kelley(mark: np.ndarray, total: np.ndarray, count: np.ndarray, papers: int) -> float:
    """Return mean mark (points) of the best 27 % less that of the last 27 %, by score.

    Papers with the score at a group's edge share what room is left in it, so that no order
    among equals is needed.
    """
    size = (UPPER_PERCENT * papers * 2 + 100) // 200  # rounded half up
    if not size:
        return NAN
    levels, code = np.unique(total, return_inverse=True)
    at_level = np.bincount(code, weights=count, minlength=len(levels)).astype("int64")
    marks = np.zeros(len(levels), dtype="int64")
    np.add.at(marks, code, mark * count)
    ends = np.cumsum(at_level)
    low = np.clip(size - (ends - at_level), 0, at_level)
    high = np.clip(size - (papers - ends), 0, at_level)
    difference = sum(
        (Fraction(int(share) * int(sum_), int(n)))
        for share, sum_, n in zip(high - low, marks, at_level, strict=True)
        if share
    )
    return float(Fraction(difference) / (size * _MICRO))


def effective_weights(covariances: np.ndarray, complete: bool) -> np.ndarray:
    """Return each place's effective weight in percent.

    Parameters
    ----------
    covariances : array
        Of each place's marks with the score, own mark included.
    complete : bool
        Whether every paper has every place; else no weight is defined.

    Returns
    -------
    array
        Null where the covariance is negative (Moodle's `negcovar`) or all are 0.
    """
    usable = covariances >= 0
    roots = np.sqrt(np.where(usable, covariances, 0.0))
    whole = roots.sum()
    if not complete or whole == 0:
        return np.full(len(covariances), NAN)
    return np.where(usable, 100 * roots / whole, NAN)


@dataclass(frozen=True)
class ScoreFigures:
    """The figures of a whole test; points, exact where they can be. Null as Moodle has it."""

    papers: int
    mean: Fraction | None
    median: Fraction | None
    variance: Fraction | None
    sd: float
    skewness: float
    kurtosis: float


def score_figures(totals: np.ndarray, counts: np.ndarray) -> ScoreFigures:
    """Return the figures of scores.

    Parameters
    ----------
    totals, counts : array of int64
        Different scores in millionths, ascending, and the number of papers with each.
    """
    papers = int(counts.sum())
    if not papers:
        return ScoreFigures(0, None, None, None, NAN, NAN, NAN)
    sum_ = int((_whole(totals) * _whole(counts)).sum())
    # Deviations from the mean, times the number of papers: whole numbers.
    off = _whole(totals) * papers - sum_
    m2, m3, m4 = (
        Fraction(int((_whole(counts) * off**k).sum()), papers ** (k + 1)) for k in (2, 3, 4)
    )
    ends = np.cumsum(counts)
    middle = totals[np.searchsorted(ends, [(papers - 1) // 2 + 1, papers // 2 + 1])]
    k2 = m2 * papers / (papers - 1) if papers > 1 else None
    skewness = kurtosis = NAN
    if papers > 2 and k2:
        k3 = m3 * papers**2 / ((papers - 1) * (papers - 2))
        skewness = float(k3) / float(k2) ** 1.5
    if papers > 3 and k2:
        below = (papers - 1) * (papers - 2) * (papers - 3)
        k4 = papers**2 * ((papers + 1) * m4 - 3 * (papers - 1) * m2**2) / below
        kurtosis = float(k4 / k2**2)
    return ScoreFigures(
        papers,
        Fraction(sum_, papers * _MICRO),
        Fraction(int(middle[0]) + int(middle[1]), 2 * _MICRO),
        None if k2 is None else k2 / _MICRO**2,
        NAN if k2 is None else sqrt(k2) / _MICRO,
        skewness,
        kurtosis,
    )


def consistency(places: ItemFigures, test: ScoreFigures) -> float:
    """Return the coefficient of internal consistency in percent: 100 times Cronbach's alpha.

    It may be negative. Null below 2 places or 3 papers, or where all scores are equal.

    Parameters
    ----------
    places : ItemFigures
        Of the places of the paper, each with as many papers as the test.
    """
    count = len(places.papers)
    if count < 2 or test.papers < 3 or not test.variance:
        return NAN
    within = sum(_variance(*one) for one in _sums(places))
    return float(100 * Fraction(count, count - 1) * (1 - within / test.variance))


def kr20(places: ItemFigures, full: int | None, test: ScoreFigures) -> float:
    """Return Kuder and Richardson's formula 20; null as `consistency`.

    Parameters
    ----------
    full : int or None
        The full mark in millionths, where every mark is nothing or that; None: no such mark.
    """
    count = len(places.papers)
    if full is None or count < 2 or test.papers < 3 or not test.variance:
        return NAN
    shares = [Fraction(sum_, papers * full) for papers, sum_, _ in _sums(places)]
    spread = test.variance * (test.papers - 1) / test.papers / Fraction(full, _MICRO) ** 2
    within = sum(p * (1 - p) for p in shares)
    return float(Fraction(count, count - 1) * (1 - within / spread))


def errors(cic: float, sd: float) -> tuple[float, float]:
    """Return error ratio (percent) and standard error (points)."""
    ratio = 100 * sqrt(1 - cic / 100) if cic == cic else NAN
    return ratio, ratio / 100 * sd


def _sums(places: ItemFigures) -> list[tuple[int, int, int]]:
    return list(zip(places.papers.tolist(), places.mark_sum, places.square_sum, strict=True))


def _variance(papers: int, sum_: int, squares: int) -> Fraction:
    return Fraction(papers * squares - sum_ * sum_, papers * (papers - 1) * _MICRO**2)
