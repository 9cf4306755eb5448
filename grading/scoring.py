"""Many responses -> scores, and scores -> what each attempt amounts to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from grading.adjusting import NO_ADJUSTMENTS, Adjustments, check_accepted
from grading.frames import (
    ANSWERS,
    ATTEMPTS,
    SCORES,
    TIME_GRANTED,
    integers,
    positions_in,
    require,
    require_unique,
)
from grading.marks import PLAIN, Mark, MarkStatus, decided_mark, full_micro, mark, voided
from grading.rules import ScoringRules, Validity
from questions import Question

ENDED = ("submitted", "expired")
STATES = (*ENDED, "unfinished")
"""What `state` may be in ATTEMPTS."""

ANY_PAPER = Validity()

_log = logging.getLogger(__name__)
_STATUSES = list(MarkStatus)
_WAITING = _STATUSES.index(MarkStatus.NEEDS_MARKER)
_VOID = {_STATUSES.index(status) for status in (MarkStatus.VOID_FULL, MarkStatus.VOID_OUT)}


def score_answers(
    answers: pd.DataFrame,
    questions: Mapping[str, Question],
    points_micro: int | np.ndarray,
    scoring: ScoringRules = PLAIN,
    adjustments: Adjustments = NO_ADJUSTMENTS,
) -> pd.DataFrame:
    """Mark every response of one round's papers.

    Each different response to a question is marked once, however many gave it.

    Parameters
    ----------
    answers : DataFrame
        ANSWERS; with `elapsed_ms` (see ALL_ANSWERS) where points fall with time: a right answer
        whose time isn't known waits for a marker.
    questions : mapping
        Question id -> question: the round's bank.
    points_micro : int or array of int64
        Full marks, in millionths, of questions that name no points of their own; row for row like
        `answers` where papers differ.
    scoring : ScoringRules
        How responses become marks.
    adjustments : Adjustments
        What persons decided. A voided question stays void, whatever else is said of it.

    Returns
    -------
    DataFrame
        SCORES, row for row like `answers`.

    Raises
    ------
    ValueError
        For a question that the bank doesn't have, one twice in the same attempt, or a further
        answer or a mark that the question can't have.
    """
    require(answers, ANSWERS, "answers")
    question_codes, ids = pd.factorize(answers["question_id"])
    ids = list(ids)
    unknown = sorted(id_ for id_ in ids if id_ not in questions)
    if unknown:
        raise ValueError(f"answers: questions {unknown} aren't in the bank")
    _refuse_repeated(answers, question_codes, len(ids))
    for id_, accepted in adjustments.accepted.items():
        if id_ in questions:
            check_accepted(questions[id_], accepted)
    case_of_row, cases = _cases(answers, question_codes, points_micro, scoring)
    marks = [
        _mark_case(questions[ids[code]], response, points, elapsed, scoring, adjustments)
        for code, response, points, elapsed in cases
    ]
    return _scores(answers, _Marked.of(marks, case_of_row), question_codes, ids, adjustments.marks)


def attempt_totals(
    attempts: pd.DataFrame,
    scores: pd.DataFrame,
    scoring: ScoringRules = PLAIN,
    valid: Validity = ANY_PAPER,
    duration: Literal["raw", "scaled"] = "raw",
) -> pd.DataFrame:
    """Add up the marks of every attempt.

    Parameters
    ----------
    attempts : DataFrame
        ATTEMPTS; with TIME_GRANTED where the duration is scaled.
    scores : DataFrame
        SCORES of all their papers.
    scoring : ScoringRules
        Whether a paper can fall below 0.
    valid : Validity
        What an ended paper must have. A question that was taken out counts as answered.
    duration : str
        `scaled`: `ranked_ms` is duration * allowed / (allowed + granted) time, cut off to a whole
        millisecond; `raw`: the duration.

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
    check_attempts(attempts)
    rows = positions_in(scores["attempt_id"], attempts["attempt_id"])
    if (rows < 0).any():
        stray = scores["attempt_id"].to_numpy()[rows < 0][0]
        raise ValueError(f"scores: attempt {stray} isn't among the attempts")
    count = len(attempts)
    asked = np.bincount(rows, minlength=count)
    if (asked == 0).any():
        empty = attempts["attempt_id"].to_numpy()[asked == 0][0]
        raise ValueError(f"attempts: {empty} has no paper")
    unfinished = ~attempts["state"].isin(ENDED).to_numpy()
    taken, unknown = durations(attempts)
    by_status = _by_status(scores, rows, count)
    waiting, answered = by_status(MarkStatus.NEEDS_MARKER), asked - by_status(MarkStatus.UNANSWERED)
    score = _sums(rows, integers(scores["mark"])[0], count)
    if scoring.floor_paper:
        score = np.maximum(score, 0)
    fits = ~unfinished
    if valid.all_answered:
        fits &= answered == asked
    if valid.prediction:
        fits &= attempts["prediction"].notna().to_numpy()
    return attempts.reset_index(drop=True).assign(
        score=_nullable(score, unfinished | (waiting > 0)),
        max_score=_sums(rows, scores["max_mark"].to_numpy("int64"), count),
        correct=_nullable(by_status(MarkStatus.RIGHT, MarkStatus.VOID_FULL), unfinished),
        questions=asked - by_status(MarkStatus.VOID_OUT),
        waiting=waiting,
        duration_ms=_nullable(taken, unknown),
        ranked_ms=_nullable(taken if duration == "raw" else _scaled(attempts, taken), unknown),
        valid=fits,
    )


def durations(attempts: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return how long each attempt took, in milliseconds, and where nobody can say.

    Raises
    ------
    ValueError
        For an end before the start.
    """
    (end, no_end), (start, no_start) = map(
        integers, (attempts["submitted_at"], attempts["started_at"])
    )
    taken, unknown = end - start, no_end | no_start
    backwards = (taken < 0) & ~unknown
    if backwards.any():
        late = attempts["attempt_id"].to_numpy()[backwards][0]
        raise ValueError(f"attempts: {late} ends before it starts")
    return taken, unknown


def _scaled(attempts: pd.DataFrame, taken: np.ndarray) -> np.ndarray:
    require(attempts, TIME_GRANTED, "attempts")
    granted = attempts["granted_ms"].to_numpy("int64")
    allowed = attempts["allowed_ms"].to_numpy("int64")
    if ((granted < 0) | (allowed <= 0)).any():
        raise ValueError("attempts: granted_ms must be 0 or more, allowed_ms above 0")
    return taken * allowed // (allowed + granted)


def _by_status(scores: pd.DataFrame, rows: np.ndarray, count: int) -> Callable[..., np.ndarray]:
    codes = pd.Categorical(scores["status"], categories=_STATUSES).codes

    def how_many(*statuses: MarkStatus) -> np.ndarray:
        """Return how many questions of each attempt have one of these statuses."""
        which = np.isin(codes, [_STATUSES.index(status) for status in statuses])
        return np.bincount(rows[which], minlength=count)

    return how_many


def is_entry(attempts: pd.DataFrame) -> pd.Series:
    """Return which attempts are entries (lượt): ended, and not excluded."""
    return attempts["state"].isin(ENDED) & ~attempts["excluded"].astype(bool)


@dataclass(frozen=True)
class _Marked:
    """Mark, full mark and status code of every row."""

    mark: np.ndarray
    full: np.ndarray
    status: np.ndarray

    @classmethod
    def of(cls, marks: list[Mark], case_of_row: np.ndarray) -> _Marked:
        columns = (
            np.array([one.mark_micro or 0 for one in marks], dtype="int64"),
            np.array([one.max_micro for one in marks], dtype="int64"),
            np.array([_STATUSES.index(one.status) for one in marks], dtype="int8"),
        )
        return cls(*(column[case_of_row] for column in columns))

    def decide(self, row: int, mark_micro: int) -> None:
        """Put a person's mark into a row, unless its question is void."""
        if self.status[row] in _VOID:
            return
        one = decided_mark(mark_micro, int(self.full[row]))
        self.mark[row] = mark_micro
        self.status[row] = _STATUSES.index(one.status)


def _cases(
    answers: pd.DataFrame,
    question_codes: np.ndarray,
    points_micro: int | np.ndarray,
    scoring: ScoringRules,
) -> tuple[np.ndarray, list[tuple[int, str | None, int, int | None]]]:
    """Return for each row its case, and the cases: question code, response, points, time."""
    response_codes, responses = pd.factorize(answers["response"], use_na_sentinel=True)
    case = question_codes.astype("int64") * (len(responses) + 1) + response_codes + 1
    points = np.broadcast_to(np.asarray(points_micro, dtype="int64"), len(answers))
    if np.ndim(points_micro):
        case = _refined(case, points)
    elapsed, unknown = np.zeros(len(answers), dtype="int64"), np.ones(len(answers), dtype=bool)
    if scoring.time is not None and "elapsed_ms" in answers:
        elapsed, unknown = integers(answers["elapsed_ms"])
        case = _refined(case, np.where(unknown, -1, elapsed))
    case_of_row, found = pd.factorize(case)
    first = np.zeros(len(found), dtype="int64")
    first[case_of_row[::-1]] = np.arange(len(case_of_row))[::-1]
    given = [*responses, None]  # response code -1: none given
    return case_of_row, [
        (
            int(question_codes[row]),
            given[response_codes[row]],
            int(points[row]),
            None if unknown[row] else int(elapsed[row]),
        )
        for row in first.tolist()
    ]


def _refined(case: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Return codes that tell rows apart which differ in either."""
    one, _ = pd.factorize(case)
    other, found = pd.factorize(by)
    return one.astype("int64") * (len(found) + 1) + other


def _mark_case(
    question: Question,
    response: str | None,
    points: int,
    elapsed_ms: int | None,
    scoring: ScoringRules,
    adjustments: Adjustments,
) -> Mark:
    void = adjustments.voids.get(question.id)
    if void is not None:
        return voided(void, full_micro(question, points))
    accepted = adjustments.accepted.get(question.id, ())
    return mark(question, response, points, scoring, elapsed_ms=elapsed_ms, accepted=accepted)


def _scores(
    answers: pd.DataFrame,
    marked: _Marked,
    question_codes: np.ndarray,
    ids: list[str],
    decided: Mapping[tuple[str, str], int],
) -> pd.DataFrame:
    for row, mark_micro in _decided_rows(answers, decided):
        marked.decide(row, mark_micro)
    waiting = marked.status == _WAITING
    papers = np.bincount(question_codes[waiting], minlength=len(ids))
    for code in np.flatnonzero(papers).tolist():
        _log.warning(
            "question %s: the responses of %d papers wait for a marker", ids[code], papers[code]
        )
    return pd.DataFrame(
        {
            "attempt_id": answers["attempt_id"].array,
            "question_id": answers["question_id"].array,
            "mark": _nullable(marked.mark, waiting),
            "max_mark": marked.full,
            "status": pd.Categorical.from_codes(marked.status, categories=_STATUSES),
        }
    )


def _decided_rows(
    answers: pd.DataFrame, decided: Mapping[tuple[str, str], int]
) -> list[tuple[int, int]]:
    if not decided:
        return []
    attempts, questions = map(set, zip(*decided, strict=True))
    may = answers["attempt_id"].isin(attempts) & answers["question_id"].isin(questions)
    rows = np.flatnonzero(may.to_numpy())
    part = answers.iloc[rows]
    pairs = zip(part["attempt_id"].tolist(), part["question_id"].tolist(), strict=True)
    return [
        (row, decided[pair])
        for row, pair in zip(rows.tolist(), pairs, strict=True)
        if pair in decided
    ]


def _refuse_repeated(answers: pd.DataFrame, question_codes: np.ndarray, width: int) -> None:
    attempt_codes, _ = pd.factorize(answers["attempt_id"])
    pairs = attempt_codes.astype("int64") * width + question_codes
    repeated = pd.Series(pairs).duplicated()
    if repeated.any():
        at = answers.iloc[int(repeated.to_numpy().argmax())]
        raise ValueError(
            f"answers: attempt {at['attempt_id']} has question {at['question_id']} twice"
        )


def check_attempts(attempts: pd.DataFrame) -> None:
    """Check what ATTEMPTS say of themselves.

    Raises
    ------
    ValueError
        For an attempt or a person's number given twice, an unknown state, an end of an unfinished
        attempt, or one with a start and without an end that isn't unfinished.
    """
    require_unique(attempts, ["attempt_id"], "attempts")
    require_unique(attempts, ["round", "contestant_id", "number"], "attempts")
    strange = sorted(set(attempts["state"].unique()) - set(STATES))
    if strange:
        raise ValueError(f"attempts: unknown states {strange}")
    ended = attempts["state"].isin(ENDED)
    no_end = attempts["submitted_at"].isna()
    # Of papers from elsewhere the times may be unknown: then there is no start either.
    if ((~ended & ~no_end) | (ended & no_end & attempts["started_at"].notna())).any():
        raise ValueError("attempts: submitted_at must be null exactly where unfinished")


def _sums(rows: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    total = np.zeros(count, dtype="int64")
    np.add.at(total, rows, values)  # bincount would add floats
    return total


def _nullable(values: np.ndarray, null: np.ndarray) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(values.astype("int64"), np.asarray(null, dtype=bool))
