"""The papers of one group as arrays of whole numbers, row by row of their answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from grading.analysis.tally import codes_of
from grading.frames import integers, positions_in
from grading.order import text_codes
from grading.scoring import is_entry

Which = Literal["counted", "entries"]
"""The attempts that are analysed: each person's counted one, or every entry (lượt)."""


@dataclass(frozen=True)
class Papers:
    """The analysed papers of one group; rows are answers.

    Attributes
    ----------
    group : str
    ids : list of str
        Questions that stand in an analysed paper, sorted; `question` points into it.
    attempt : array of int64
        Of each paper: its row of CHOSEN.
    total, full_total : array of int64
        Score and full score of each paper, millionths.
    row : array of int64
        Row of the answers frame.
    paper, question, mark, full : array of int64
        Of each row: which paper, which question, its mark and full mark in millionths.
    place : array of int64
        Of each row: the place of its question. A fixed question is a place of its own, wherever
        it was shown; the drawn ones of a paper take the places behind those in their order.
    fixed : array of bool
        By question: whether every paper has it.
    """

    group: str
    ids: list[str]
    attempt: np.ndarray
    total: np.ndarray
    full_total: np.ndarray
    row: np.ndarray
    paper: np.ndarray
    question: np.ndarray
    mark: np.ndarray
    full: np.ndarray
    place: np.ndarray
    fixed: np.ndarray

    @property
    def places(self) -> int | None:
        """Number of places; None where papers have different numbers of questions."""
        sizes = np.bincount(self.paper, minlength=len(self.total))
        return int(sizes[0]) if (sizes == sizes[0]).all() else None


def analysed(chosen: pd.DataFrame, which: Which) -> np.ndarray:
    """Return which attempts are analysed: those meant, as long as their score is settled."""
    meant = chosen["counted"] if which == "counted" else is_entry(chosen)
    return (meant & (chosen["waiting"] == 0)).to_numpy(dtype=bool)


def group_papers(
    chosen: pd.DataFrame, answers: pd.DataFrame, scores: pd.DataFrame, which: Which
) -> Iterator[Papers]:
    """Yield the analysed papers of each group that has any, by group.

    Parameters
    ----------
    chosen, answers, scores : DataFrame
        CHOSEN, ANSWERS and SCORES of one round; scores row for row like answers.
    """
    rows = positions_in(answers["attempt_id"], chosen["attempt_id"])
    groups, wanted = text_codes(chosen["group"]), analysed(chosen, which)
    names = chosen["group"].to_numpy(dtype=object)
    questions = text_codes(answers["question_id"])
    marks, _ = integers(scores["mark"])
    for code in np.unique(groups[wanted]).tolist():
        inside = wanted & (groups == code)
        keep = np.flatnonzero(inside[rows])
        paper = (np.cumsum(inside) - 1)[rows[keep]]
        one = _papers(answers, scores, keep, paper, questions[keep], int(inside.sum()))
        total, _ = integers(chosen["score"])
        yield Papers(
            group=str(names[inside][0]),
            attempt=np.flatnonzero(inside),
            total=total[inside],
            full_total=chosen["max_score"].to_numpy("int64")[inside],
            mark=marks[keep],
            **one,
        )


def _papers(
    answers: pd.DataFrame,
    scores: pd.DataFrame,
    keep: np.ndarray,
    paper: np.ndarray,
    codes: np.ndarray,
    count: int,
) -> dict[str, Any]:
    question, found = codes_of(codes)
    first = np.zeros(len(found), dtype="int64")
    first[question[::-1]] = keep[::-1]
    fixed = np.bincount(question, minlength=len(found)) == count
    position = answers["position"].to_numpy("int64")[keep]
    return {
        "ids": answers["question_id"].to_numpy(dtype=object)[first].tolist(),
        "row": keep,
        "paper": paper,
        "question": question,
        "full": scores["max_mark"].to_numpy("int64")[keep],
        "place": _places(paper, question, position, fixed),
        "fixed": fixed,
    }


def _places(
    paper: np.ndarray, question: np.ndarray, position: np.ndarray, fixed: np.ndarray
) -> np.ndarray:
    own_place = np.cumsum(fixed) - 1
    place = own_place[question] if len(fixed) else question
    drawn = np.flatnonzero(~fixed[question]) if len(fixed) else question
    if not len(drawn):
        return place
    order = drawn[np.lexsort((position[drawn], paper[drawn]))]
    papers = paper[order]
    rows = np.arange(len(order))
    begins = np.r_[True, papers[1:] != papers[:-1]]
    within = rows - np.maximum.accumulate(np.where(begins, rows, 0))
    place = place.copy()
    place[order] = int(fixed.sum()) + within
    return place
