"""The figures against Moodle's own, published coefficients, and numpy written another way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.analysis.figures import (
    consistency,
    effective_weights,
    errors,
    item_figures,
    kr20,
    score_figures,
)
from grading.analysis.tally import tally
from tests.grading.analysis.published import (
    KUDER,
    KUDER_20,
    LSAT6,
    LSAT6_ALPHA,
    MOODLE,
    MOODLE_DRAWN,
    MOODLE_NUMERICAL,
    MOODLE_SLOTS,
    MOODLE_VARIANTS,
    MOODLE_WHOLE,
)

LOOSE = {"covariance", "discrimination_index", "discriminative_efficiency", "effective_weight"}
"""What Moodle's test compares to 1e-5; the rest to 1e-6."""


def micro(marks):
    """Return points as millionths."""
    return np.rint(np.asarray(marks, dtype="float64") * 10**6).astype("int64")


def slots(marks):
    """Return (ItemFigures of every slot, ScoreFigures) of a matrix attempts by slots."""
    marks = micro(marks)
    papers, places = marks.shape
    totals = marks.sum(axis=1)
    cells = np.tile(np.arange(places), papers)
    counts = tally(cells, marks.ravel(), np.repeat(totals, places))
    levels = np.unique(totals, return_counts=True)
    return item_figures(counts, np.ones(places, dtype=bool)), score_figures(*levels)


@pytest.mark.parametrize("name", MOODLE_SLOTS)
def test_moodles_slots_within_moodles_tolerance(name):
    """Every figure that Moodle's own test asserts for the slots of quiz 00."""
    items, _ = slots(MOODLE)
    result = {
        "facility": np.array(items.mark_sum) / items.papers / 10**6,
        "effective_weight": effective_weights(items.covariance_total, complete=True),
    }.get(name)
    result = getattr(items, name) if result is None else result
    assert result == pytest.approx(MOODLE_SLOTS[name], rel=1e-5 if name in LOOSE else 1e-6)


@pytest.mark.parametrize("name", MOODLE_DRAWN)
def test_moodles_drawn_question_and_variants(name):
    """A drawn question is set against the whole score, a variant against the other marks."""
    drawn = name == "numerical"
    rows = np.array(MOODLE_NUMERICAL if drawn else MOODLE_VARIANTS[name]) - 1
    marks, totals = micro(MOODLE)[rows, 0 if drawn else 1], micro(MOODLE).sum(axis=1)[rows]
    items = item_figures(tally(np.zeros_like(rows), marks, totals), np.array([not drawn]))
    papers, facility, sd, index, efficiency = MOODLE_DRAWN[name]
    assert items.papers.tolist() == [papers]
    assert items.mark_sum[0] / papers / 10**6 == pytest.approx(facility, rel=1e-6)
    assert items.sd[0] == pytest.approx(sd, rel=1e-6)
    assert items.discrimination_index[0] == pytest.approx(index, rel=1e-5)
    assert items.discriminative_efficiency[0] == pytest.approx(efficiency, rel=1e-5)


def test_moodles_whole_test_within_moodles_tolerance():
    """Every figure that Moodle's own test asserts for quiz 00; the negative CIC isn't clipped."""
    items, score = slots(MOODLE)
    cic = consistency(items, score)
    ratio, error = errors(cic, score.sd)
    result = {
        "median": float(score.median),
        "mean": float(score.mean),
        "sd": score.sd,
        "skewness": score.skewness,
        "kurtosis": score.kurtosis,
        "cic": cic,
        "error_ratio": ratio,
        "standard_error": error,
    }
    assert result == pytest.approx(MOODLE_WHOLE, rel=1.5e-5)


def test_kuder_richardson_20_of_the_printed_table():
    """0.69635; mixing both divisors would give 0.7378."""
    items, score = slots(KUDER)
    assert kr20(items, 10**6, score) == pytest.approx(KUDER_20, abs=1e-12)
    assert consistency(items, score) / 100 == pytest.approx(KUDER_20, abs=1e-12)
    assert float(score.variance) * 9 / 10 == pytest.approx(5.84)


def test_alpha_of_lsat6():
    """0.2950, for 1000 people and 5 items."""
    items, score = slots(LSAT6)
    assert consistency(items, score) / 100 == pytest.approx(LSAT6_ALPHA, abs=1e-9)


matrices = st.integers(2, 5).flatmap(
    lambda places: st.lists(
        st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, -0.5]), min_size=places, max_size=places),
        min_size=4,
        max_size=12,
    )
)


@given(matrices)
def test_items_as_numpy_has_them(rows):
    """Variances, covariances and correlations of numpy, in floats, on a matrix."""
    marks = np.array(rows)
    totals = marks.sum(axis=1)
    items, _ = slots(marks)
    for place, column in enumerate(marks.T):
        others = totals - column
        cov = np.cov(column, others)
        assert items.mark_variance[place] == pytest.approx(cov[0, 0], abs=1e-9)
        assert items.other_variance[place] == pytest.approx(cov[1, 1], abs=1e-9)
        assert items.covariance[place] == pytest.approx(cov[0, 1], abs=1e-9)
        assert items.covariance_total[place] == pytest.approx(
            np.cov(column, totals)[0, 1], abs=1e-9
        )
        best = np.cov(np.sort(column), np.sort(others))[0, 1]
        assert items.covariance_max[place] == pytest.approx(best, abs=1e-9)
        if np.ptp(column) and np.ptp(others):
            expected = 100 * np.corrcoef(column, others)[0, 1]
            assert items.discrimination_index[place] == pytest.approx(expected, abs=1e-6)
            share = 100 * cov[0, 1] / best
            assert items.discriminative_efficiency[place] == pytest.approx(share, abs=1e-6)
        else:
            assert np.isnan(items.discrimination_index[place])
            assert np.isnan(items.discriminative_efficiency[place])


@given(matrices)
def test_scores_as_their_unbiased_estimators_have_them(rows):
    """Skewness and kurtosis by the adjusted Fisher-Pearson formulas, as pandas computes them."""
    import pandas as pd

    totals = pd.Series(np.array(rows).sum(axis=1))
    _, score = slots(rows)
    assert score.sd == pytest.approx(totals.std(), abs=1e-9)
    assert float(score.median) == pytest.approx(totals.median(), abs=1e-9)
    if np.ptp(totals):
        assert score.skewness == pytest.approx(totals.skew(), abs=1e-6)
        assert score.kurtosis == pytest.approx(totals.kurt(), abs=1e-6)
    else:
        assert np.isnan(score.skewness)
        assert np.isnan(score.kurtosis)


@given(matrices, st.randoms())
def test_the_order_of_papers_changes_no_bit(rows, random):
    """Sums are whole numbers: shuffled papers give the very same floats."""
    shuffled = rows[:]
    random.shuffle(shuffled)
    one, other = slots(rows), slots(shuffled)
    for name in vars(one[0]):
        assert np.array_equal(
            np.array(getattr(one[0], name), dtype=float),
            np.array(getattr(other[0], name), dtype=float),
            equal_nan=True,
        )
    assert repr(one[1]) == repr(other[1])


def test_kelleys_d_by_hand():
    """Of 11 papers 3 (27 %) are upper and 3 lower."""
    marks = np.array([[1, 1]] * 3 + [[1, 0]] * 5 + [[0, 0]] * 3)
    items, _ = slots(marks)
    assert items.kelley_d.tolist() == [1.0, 1.0]


def test_kelleys_d_shares_the_room_among_equals():
    """Two papers share the one place left in the upper group: half of each counts."""
    counts = tally(np.zeros(4, "int64"), micro([1, 0, 1, 0]), micro([2, 1, 1, 0]))
    items = item_figures(counts, np.array([True]))
    assert items.kelley_d.tolist() == [1.0]
    counts = tally(np.zeros(4, "int64"), micro([1, 0, 0, 0]), micro([2, 2, 0, 0]))
    assert item_figures(counts, np.array([True])).kelley_d.tolist() == [0.5]


@pytest.mark.parametrize("papers", [0, 1])
def test_too_few_papers_have_no_figures(papers):
    """Nothing divides by zero."""
    _, score = slots(np.ones((papers, 2)))
    assert score.papers == papers
    assert np.isnan(score.sd)
    if papers:
        items, _ = slots(np.ones((papers, 2)))
        assert np.isnan(items.sd).all()
        assert np.isnan(consistency(items, score))


def test_equal_scores_have_no_consistency():
    """Where nobody differs there is nothing to be consistent about."""
    items, score = slots([[1, 0], [0, 1], [1, 0], [0, 1]])
    assert np.isnan(consistency(items, score))
    assert np.isnan(kr20(items, 10**6, score))
    assert np.isnan(score.skewness)


def test_a_negative_covariance_has_no_weight():
    """The others share the 100 %, as in Moodle."""
    result = effective_weights(np.array([4.0, -1.0, 1.0, 0.0]), complete=True)
    assert result.tolist()[0] == pytest.approx(200 / 3)
    assert np.isnan(result[1])
    assert result.tolist()[2:] == pytest.approx([100 / 3, 0])
    assert np.isnan(effective_weights(np.array([1.0]), complete=False)).all()
    assert np.isnan(effective_weights(np.array([0.0]), complete=True)).all()
