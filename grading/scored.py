"""One round's rows -> marks, totals and the attempts that count."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from grading.frames import ANSWERS, SCORED_ATTEMPTS, SCORES, from_rows, positions_in, require
from grading.inputs import RoundInput
from grading.marks import micro
from grading.ranking import choose_counted
from grading.scoring import (
    ENDED,
    attempt_totals,
    check_attempts,
    durations,
    score_answers,
)


@dataclass(frozen=True)
class Scored:
    """A round after marking.

    Attributes
    ----------
    given : RoundInput
        What it was marked by.
    answers : DataFrame
        ANSWERS.
    chosen : DataFrame
        CHOSEN.
    marked, as_answered : DataFrame
        SCORES and CHOSEN as if no question had been taken out, for the analysis of questions. The
        attempts that count are the same.
    """

    given: RoundInput
    answers: pd.DataFrame
    chosen: pd.DataFrame
    marked: pd.DataFrame
    as_answered: pd.DataFrame

    def without_exclusions(self) -> pd.DataFrame:
        """Return CHOSEN as if no ruling had excluded anything."""
        totals = self.chosen.drop(columns=["shown", "counted"]).assign(excluded=False)
        return choose_counted(totals, self.given.rules.counted)

    def item_status(self, question_id: str) -> str:
        """Return `void_full`, `void_out`, `accepted` (it has further right answers) or `ok`."""
        adjustments = self.given.adjustments
        if question_id in adjustments.voids:
            return f"void_{adjustments.voids[question_id]}"
        return "accepted" if adjustments.accepted.get(question_id) else "ok"


def score_round(attempts: pd.DataFrame, answers: pd.DataFrame, given: RoundInput) -> Scored:
    """Mark one round.

    Parameters
    ----------
    attempts, answers : DataFrame
        ATTEMPTS and ANSWERS of the round.
    given : RoundInput
        Bank, rules and what persons decided.

    Raises
    ------
    ValueError
        For a person's mark of an attempt or question that isn't there, and as the single steps.
    """
    scores, totals = _marked(attempts, answers, given)
    chosen = choose_counted(totals, given.rules.counted)
    marked, as_answered = scores, chosen
    if given.adjustments.voids:
        asked = replace(given, adjustments=replace(given.adjustments, voids={}))
        marked, totals = _marked(attempts, answers, asked)
        as_answered = totals.assign(shown=chosen["shown"], counted=chosen["counted"])
    return Scored(given, answers, chosen, marked, as_answered)


def mark_attempts(attempts: pd.DataFrame, answers: pd.DataFrame, given: RoundInput) -> pd.DataFrame:
    """Return what attempts of one round amount to, whatever others of the round do.

    Parameters
    ----------
    attempts, answers : DataFrame
        ATTEMPTS of the round, any of them, and the ANSWERS of these.
    given : RoundInput
        Bank, rules and what persons decided, of these attempts and of others.

    Returns
    -------
    DataFrame
        TOTALS, row for row like `attempts`.

    Raises
    ------
    ValueError
        As `score_round`.
    """
    there = set(attempts["attempt_id"].tolist())
    decided = given.adjustments
    marks = {key: mark for key, mark in decided.marks.items() if key[0] in there}
    ours = replace(given, adjustments=replace(decided, marks=marks))
    return _marked(attempts, answers, ours)[1]


def from_totals(totals: pd.DataFrame, given: RoundInput) -> Scored:
    """Return a round of marked attempts; of single questions nothing is known.

    Parameters
    ----------
    totals : DataFrame
        TOTALS of all attempts that are to be ranked.
    given : RoundInput
        What they were marked by.
    """
    chosen = choose_counted(totals, given.rules.counted)
    nothing = from_rows([], ANSWERS, "answers"), from_rows([], SCORES, "scores")
    return Scored(given, nothing[0], chosen, nothing[1], chosen)


def _marked(
    attempts: pd.DataFrame, answers: pd.DataFrame, given: RoundInput
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return SCORES and TOTALS."""
    rules = given.rules
    _refuse_stray_marks(answers, given)
    points = _points(attempts, answers, given)
    questions = given.bank.question_by_id
    scores = score_answers(answers, questions, points, rules.scoring, given.adjustments)
    return scores, attempt_totals(attempts, scores, rules.scoring, rules.valid, rules.duration)


def scored_elsewhere(attempts: pd.DataFrame, given: RoundInput) -> Scored:
    """Return a round whose papers were marked elsewhere; of single questions nothing is known.

    Parameters
    ----------
    attempts : DataFrame
        SCORED_ATTEMPTS of the round; all have ended.
    given : RoundInput
        Bank, units and rules.

    Raises
    ------
    ValueError
        For attempts that contradict themselves or haven't ended, or rules that ask how many
        questions were answered.
    """
    require(attempts, SCORED_ATTEMPTS, "attempts")
    check_attempts(attempts)
    if not attempts["state"].isin(ENDED).all():
        raise ValueError("attempts: one with a score hasn't ended")
    if given.rules.valid.all_answered:
        raise ValueError("rules: whether everything was answered isn't known")
    taken, unknown = durations(attempts)
    duration = pd.arrays.IntegerArray(taken, unknown)
    valid = np.ones(len(attempts), dtype=bool)
    if given.rules.valid.prediction:
        valid = attempts["prediction"].notna().to_numpy()
    totals = attempts.reset_index(drop=True).assign(
        waiting=0, duration_ms=duration, ranked_ms=duration, valid=valid
    )
    return from_totals(totals, given)


def _points(attempts: pd.DataFrame, answers: pd.DataFrame, given: RoundInput) -> int | np.ndarray:
    """Return the full marks of a question, row for row where groups differ."""
    rules = given.rules
    usual = micro(rules.points)
    if not rules.group_points:
        return usual
    groups, names = pd.factorize(attempts["group"])
    by_group = [micro(rules.group_points.get(name, rules.points)) for name in names]
    of_attempt = np.array([*by_group, usual], dtype="int64")[groups]
    return of_attempt[positions_in(answers["attempt_id"], attempts["attempt_id"])]


def _refuse_stray_marks(answers: pd.DataFrame, given: RoundInput) -> None:
    decided = given.adjustments.marks
    if not decided:
        return
    attempts = {attempt_id for attempt_id, _ in decided}
    part = answers[answers["attempt_id"].isin(attempts)]
    there = set(zip(part["attempt_id"].tolist(), part["question_id"].tolist(), strict=True))
    stray = sorted(set(decided) - there)
    if stray:
        raise ValueError(f"marks: attempt {stray[0][0]} has no question {stray[0][1]}")
