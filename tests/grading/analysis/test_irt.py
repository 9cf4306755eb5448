"""Item response theory against the published estimates of LSAT6."""

from __future__ import annotations

import pandas as pd
import pytest

from grading.analysis.irt import LEAST_PAPERS, TooFewPapers, item_response
from tests.grading.analysis.published import LSAT6

TWO = {
    "a": [0.8254, 0.7229, 0.8905, 0.6886, 0.6575],
    "b": [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236],
}
"""R's package ltm, two parameters, LSAT6 (Bock and Lieberman 1970)."""

ONE_B = [-3.6153, -1.3224, -0.3176, -1.7301, -2.7802]
"""One parameter: intercepts of R's package mirt (2.73 .999 .24 1.306 2.099) over a = .7551."""


def scores(matrix) -> pd.DataFrame:
    """Return SCORES of papers (rows) on questions q1, q2 … (columns)."""
    rows = [
        (f"p{paper}", f"q{question}", 1 if right else 0, 1, "right" if right else "wrong")
        for paper, answers in enumerate(matrix)
        for question, right in enumerate(answers, start=1)
    ]
    found = pd.DataFrame(rows, columns=["attempt_id", "question_id", "mark", "max_mark", "status"])
    return found.astype({"mark": "Int64", "max_mark": "int64"})


def ids(matrix) -> list[str]:
    """Return the papers' ids."""
    return [f"p{paper}" for paper in range(len(matrix))]


def test_published_estimates_of_lsat6() -> None:
    """Both models, to a hundredth."""
    result = item_response(scores(LSAT6), ids(LSAT6), "x")
    assert result["question_id"].tolist() == ["q1", "q2", "q3", "q4", "q5"]
    assert result["a_2pl"].tolist() == pytest.approx(TWO["a"], abs=0.01)
    assert result["b_2pl"].tolist() == pytest.approx(TWO["b"], abs=0.02)
    assert result["b_1pl"].tolist() == pytest.approx(ONE_B, abs=0.02)
    assert result["a_1pl"].tolist() == pytest.approx([0.7551] * 5, abs=0.01)


def test_too_few_papers_give_no_figures() -> None:
    """They would say nothing."""
    few = LSAT6[: LEAST_PAPERS - 1]
    with pytest.raises(TooFewPapers) as caught:
        item_response(scores(few), ids(few), "x")
    assert caught.value.papers == LEAST_PAPERS - 1


def test_questions_that_tell_nothing_are_left_out() -> None:
    """All right, all wrong, or seen too seldom."""
    some = LSAT6[::4].copy()
    some[:, 0], some[:, 1] = 1, 0
    given = scores(some)
    seldom = (given["question_id"] == "q3") & ~given["attempt_id"].isin(ids(some)[:20])
    result = item_response(given[~seldom].reset_index(drop=True), ids(some), "x")
    assert result["question_id"].tolist() == ["q4", "q5"]


def test_the_sample_goes_by_the_seed_and_not_by_the_order() -> None:
    """The same papers, however they are listed."""
    double = [row for row in LSAT6 for _ in range(2)]
    names = ids(double)
    one = item_response(scores(double), names, "x")
    two = item_response(scores(double), names[::-1], "x")
    pd.testing.assert_frame_equal(one, two)
