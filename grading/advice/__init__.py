"""Attempts that organisers may want to look at. Advice only: nothing here changes a result.

Three kinds, each with its rule in its module: papers that were too fast (`fast`), one name
several times in a unit (`names`), two papers with the same wrong answers (`alike`). Only what
the frames carry is used: network addresses aren't stored, so nothing is said about them.
"""

from __future__ import annotations

import pandas as pd

from grading.advice.alike import alike
from grading.advice.fast import too_fast
from grading.advice.names import same_name
from grading.frames import ANSWERS, CHOSEN, PEOPLE, SCORES, from_rows, require
from grading.result_frames import ADVICE_RESULTS
from questions import Bank

__all__ = ["advise"]


def advise(
    chosen: pd.DataFrame,
    answers: pd.DataFrame,
    scores: pd.DataFrame,
    people: pd.DataFrame,
    bank: Bank,
) -> pd.DataFrame:
    """Return what may be looked at in one round.

    Parameters
    ----------
    chosen, answers, scores : DataFrame
        CHOSEN, ANSWERS and SCORES of the round; scores row for row like answers.
    people : DataFrame
        PEOPLE.
    bank : Bank
        The round's bank.

    Returns
    -------
    DataFrame
        ADVICE_RESULTS: by kind, then group and contestant. The same whatever the order of rows.
    """
    require(chosen, CHOSEN, "chosen")
    require(answers, ANSWERS, "answers")
    require(scores, SCORES, "scores")
    require(people, PEOPLE, "people")
    found = [
        *sorted(too_fast(chosen, answers, scores, bank), key=_place),
        *sorted(same_name(chosen, people), key=_place),
        *sorted(alike(chosen, answers, scores), key=_place),
    ]
    rounds = chosen["round"].iloc[:1].tolist()
    rows = [(*rounds, number, *one) for number, one in enumerate(found, start=1)]
    return from_rows(rows, ADVICE_RESULTS, "advice")


def _place(row: tuple) -> tuple:
    group, _, _, contestant_id, attempt_id, other, other_attempt = row[:7]
    return group, contestant_id, attempt_id, other or "", other_attempt or ""
