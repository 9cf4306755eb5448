"""Many responses -> scores, and scores -> what each attempt amounts to."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import numpy as np
import pandas as pd

from grading.frames import (
    ANSWERS,
    ATTEMPTS,
    SCORES,
    integers,
    positions_in,
    require,
    require_unique,
)
from grading.marks import Mark, MarkStatus, mark
from questions import Question

ENDED = ("submitted", "expired")
STATES = (*ENDED, "unfinished")
"""What `state` may be in ATTEMPTS."""

_log = logging.getLogger(__name__)
_STATUSES = list(MarkStatus)
_WAITING = _STATUSES.index(MarkStatus.NEEDS_MARKER)


def score_answers(
    answers: pd.DataFrame, questions: Mapping[str, Question], points_micro: int
) -> pd.DataFrame:
    """Mark every response of one round's papers.

    Each different response to a question is marked once, however many gave it.

    Parameters
    ----------
    answers : DataFrame
        ANSWERS.
    questions : mapping
        Question id -> question: the round's bank.
    points_micro : int
        Full marks, in millionths, of questions that name no points of their own.

    Returns
    -------
    DataFrame
        SCORES, row for row like `answers`.

    Raises
    ------
    ValueError
        For a question that the bank doesn't have, or one twice in the same attempt.
    """
    require(answers, ANSWERS, "answers")
    question_codes, ids = pd.factorize(answers["question_id"])
    ids = list(ids)
    unknown = sorted(id_ for id_ in ids if id_ not in questions)
    if unknown:
        raise ValueError(f"answers: questions {unknown} aren't in the bank")
    _refuse_repeated(answers, question_codes, len(ids))
    response_codes, responses = pd.factorize(answers["response"], use_na_sentinel=True)
    width = len(responses) + 1  # response code -1, none given, becomes 0
    pair_of_row, pairs = pd.factorize(question_codes.astype("int64") * width + response_codes + 1)
    given = [None, *responses]
    marks = [
        mark(questions[ids[pair // width]], given[pair % width], points_micro)
        for pair in pairs.tolist()
    ]
    return _scores(answers, marks, pair_of_row, [ids[pair // width] for pair in pairs.tolist()])


def attempt_totals(attempts: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Add up the marks of every attempt.

    Parameters
    ----------
    attempts : DataFrame
        ATTEMPTS.
    scores : DataFrame
        SCORES of all their papers.

    Returns
    -------
    DataFrame
        TOTALS, row for row like `attempts`. The score of an attempt that isn't over, or that
        has a response waiting for a marker, is null: nobody knows it yet.

    Raises
    ------
    ValueError
        For an attempt without a paper, a paper without an attempt, an attempt or a person's
        number given twice, an unknown state, or an end before the start.
    """
    require(attempts, ATTEMPTS, "attempts")
    require(scores, SCORES, "scores")
    _check_attempts(attempts)
    rows = positions_in(scores["attempt_id"], attempts["attempt_id"])
    if (rows < 0).any():
        stray = scores["attempt_id"].to_numpy()[rows < 0][0]
        raise ValueError(f"scores: attempt {stray} isn't among the attempts")
    count = len(attempts)
    questions = np.bincount(rows, minlength=count)
    if (questions == 0).any():
        empty = attempts["attempt_id"].to_numpy()[questions == 0][0]
        raise ValueError(f"attempts: {empty} has no paper")
    status = pd.Categorical(scores["status"], categories=_STATUSES).codes
    waiting = np.bincount(rows[status == _WAITING], minlength=count)
    right = np.bincount(
        rows[status == _STATUSES.index(MarkStatus.RIGHT)], minlength=count
    )  # fmt: skip
    marked, _ = integers(scores["mark"])
    unfinished = ~attempts["state"].isin(ENDED).to_numpy()
    ends, _ = integers(attempts["submitted_at"])
    duration = ends - attempts["started_at"].to_numpy("int64")
    backwards = (duration < 0) & ~unfinished
    if backwards.any():
        late = attempts["attempt_id"].to_numpy()[backwards][0]
        raise ValueError(f"attempts: {late} ends before it starts")
    return attempts.reset_index(drop=True).assign(
        score=_nullable(_sums(rows, marked, count), unfinished | (waiting > 0)),
        max_score=_sums(rows, scores["max_mark"].to_numpy("int64"), count),
        correct=_nullable(right, unfinished),
        questions=questions,
        waiting=waiting,
        duration_ms=_nullable(duration, unfinished),
    )


def is_entry(attempts: pd.DataFrame) -> pd.Series:
    """Return which attempts are entries (lượt): ended, and not excluded."""
    return attempts["state"].isin(ENDED) & ~attempts["excluded"].astype(bool)


def _scores(
    answers: pd.DataFrame, marks: list[Mark], pair_of_row: np.ndarray, ids: list[str]
) -> pd.DataFrame:
    status = np.array([_STATUSES.index(m.status) for m in marks], dtype="int8")
    waiting = status == _WAITING
    papers: dict[str, int] = {}
    for pair, rows in enumerate(np.bincount(pair_of_row, minlength=len(marks)).tolist()):
        if waiting[pair]:
            papers[ids[pair]] = papers.get(ids[pair], 0) + rows
    for id_, count in papers.items():
        _log.warning(
            "question %s: the responses of %d papers wait for a marker", id_, count
        )  # fmt: skip
    values = np.array([m.mark_micro or 0 for m in marks], dtype="int64")
    full = np.array([m.max_micro for m in marks], dtype="int64")
    return pd.DataFrame(
        {
            "attempt_id": answers["attempt_id"].array,
            "question_id": answers["question_id"].array,
            "mark": _nullable(values[pair_of_row], waiting[pair_of_row]),
            "max_mark": full[pair_of_row],
            "status": pd.Categorical.from_codes(status[pair_of_row], categories=_STATUSES),
        }
    )


def _refuse_repeated(answers: pd.DataFrame, question_codes: np.ndarray, width: int) -> None:
    attempt_codes, _ = pd.factorize(answers["attempt_id"])
    pairs = attempt_codes.astype("int64") * width + question_codes
    repeated = pd.Series(pairs).duplicated()
    if repeated.any():
        at = answers.iloc[int(repeated.to_numpy().argmax())]
        raise ValueError(
            f"answers: attempt {at['attempt_id']} has question {at['question_id']} twice"
        )


def _check_attempts(attempts: pd.DataFrame) -> None:
    require_unique(attempts, ["attempt_id"], "attempts")
    require_unique(attempts, ["round", "contestant_id", "number"], "attempts")
    strange = sorted(set(attempts["state"].unique()) - set(STATES))
    if strange:
        raise ValueError(f"attempts: unknown states {strange}")
    ended = attempts["state"].isin(ENDED)
    if (attempts["submitted_at"].isna() == ended).any():
        raise ValueError("attempts: submitted_at must be null exactly where unfinished")


def _sums(rows: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    total = np.zeros(count, dtype="int64")
    np.add.at(total, rows, values)  # bincount would add floats
    return total


def _nullable(values: np.ndarray, null: np.ndarray) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(values.astype("int64"), np.asarray(null, dtype=bool))
