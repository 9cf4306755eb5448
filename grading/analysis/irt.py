"""Item response theory as an extra: one- and two-parameter logistic models by `girth`.

P(right) = logistic(a (theta - b)), theta normal with mean 0 and deviation 1, by marginal maximum
likelihood. Below some 200 papers the figures say nothing, so none are given. `girth` is an
optional library; it is loaded only here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd

from grading.frames import SCORES, Column, Contract, build, positions_in, require

LEAST_PAPERS = 200
MOST_PAPERS = 1000
"""More papers change the figures little and take long: a sample is drawn then."""

LEAST_SEEN = 50
"""A question in fewer of the papers is left out."""


IRT_RESULTS: Contract = {
    "question_id": Column("string", False, "a question of the bank, unique"),
    "papers": Column("int64", False, "papers of the sample that have it"),
    "right": Column("int64", False, "of those, with full marks"),
    "a_1pl": Column("float64", False, "discrimination common to all, logistic"),
    "b_1pl": Column("float64", False, "difficulty beside it, in deviations of ability"),
    "a_2pl": Column("float64", False, "discrimination of its own, logistic"),
    "b_2pl": Column("float64", False, "difficulty beside it"),
}
"""One row per question that can be estimated, sorted by question."""


class TooFewPapers(ValueError):
    """There are fewer than `LEAST_PAPERS` papers; `papers` says how many."""

    def __init__(self, papers: int) -> None:
        self.papers = papers
        super().__init__(f"{papers} papers")


def item_response(scores: pd.DataFrame, attempt_ids: Sequence[str], seed: str) -> pd.DataFrame:
    """Estimate difficulty and discrimination of the questions of some papers.

    Parameters
    ----------
    scores : DataFrame
        SCORES of one round; full marks count as right, everything else as not.
    attempt_ids : sequence of str
        The papers to go by, one per person.
    seed : str
        What a sample is drawn by where there are more than `MOST_PAPERS`: those with the smallest
        SHA-256 of seed and id.

    Returns
    -------
    DataFrame
        IRT_RESULTS, sorted by question. Questions in fewer than `LEAST_SEEN` papers, or that all or
        none got right, are left out.

    Raises
    ------
    TooFewPapers
        Below `LEAST_PAPERS`.
    ModuleNotFoundError
        Without girth.
    """
    require(scores, SCORES, "scores")
    if len(attempt_ids) < LEAST_PAPERS:
        raise TooFewPapers(len(attempt_ids))
    sample = _sample(attempt_ids, seed)
    papers = positions_in(scores["attempt_id"], pd.Series(sample))
    rows = papers >= 0
    codes, ids = pd.factorize(scores["question_id"].to_numpy(dtype=object)[rows], sort=True)
    right = (scores["status"] == "right").to_numpy(dtype=bool)[rows]
    return _estimated(codes, papers[rows], right, list(ids), len(sample))


def _estimated(
    codes: np.ndarray, papers: np.ndarray, right: np.ndarray, ids: list[str], count: int
) -> pd.DataFrame:
    from girth import INVALID_RESPONSE, onepl_mml, twopl_mml

    seen = np.bincount(codes, minlength=len(ids))
    hits = np.bincount(codes[right], minlength=len(ids))
    kept = np.flatnonzero((seen >= LEAST_SEEN) & (hits > 0) & (hits < seen))
    matrix = np.full((len(ids), count), INVALID_RESPONSE, dtype="int64")
    matrix[codes, papers] = right
    figures = np.zeros((4, len(kept)))
    if len(kept):
        given = matrix[kept]
        one, two = onepl_mml(given), twopl_mml(given)
        figures[0], figures[1] = one["Discrimination"], one["Difficulty"]
        figures[2], figures[3] = two["Discrimination"], two["Difficulty"]
    return build(
        {
            "question_id": [ids[i] for i in kept],
            "papers": seen[kept],
            "right": hits[kept],
            "a_1pl": list(map(float, figures[0])),
            "b_1pl": list(map(float, figures[1])),
            "a_2pl": list(map(float, figures[2])),
            "b_2pl": list(map(float, figures[3])),
        },
        IRT_RESULTS,
        "irt",
    )


def _sample(attempt_ids: Sequence[str], seed: str) -> list[str]:
    def rank(attempt_id: str) -> bytes:
        return hashlib.sha256(f"{seed}/{attempt_id}".encode()).digest()

    return sorted(sorted(attempt_ids, key=rank)[:MOST_PAPERS])
