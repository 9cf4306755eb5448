"""From rows to results: scoring, ranking and item analysis of whole rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from grading.advice import advise
from grading.analysis import analyse
from grading.frames import (
    ADVICE_RESULTS,
    ANSWERS,
    ATTEMPT_RESULTS,
    ATTEMPTS,
    CHOSEN,
    ITEM_RESULTS,
    OPTION_RESULTS,
    PEOPLE,
    PEOPLE_RESULTS,
    TEST_RESULTS,
    UNIT_RESULTS,
    build,
    positions_in,
    require,
    require_unique,
)
from grading.marks import micro
from grading.order import positions, text_codes
from grading.predictions import true_value
from grading.ranking import choose_counted, rank_people
from grading.rules import GradingRules, Quantity
from grading.scoring import attempt_totals, score_answers
from grading.units import rank_units
from questions import Bank


@dataclass(frozen=True)
class RoundInput:
    """What one round was frozen with.

    Attributes
    ----------
    round : str
        Round id, as in ATTEMPTS.
    bank : Bank
        The round's bank.
    units : DataFrame
        UNITS.
    rules : GradingRules
        The round's rules, as far as grading goes.
    """

    round: str
    bank: Bank
    units: pd.DataFrame
    rules: GradingRules


@dataclass(frozen=True)
class Predicted:
    """What was predicted in a round, and its true value (None: nothing to divide by)."""

    quantity: Quantity
    true_value: Decimal | None


@dataclass(frozen=True)
class Results:
    """Everything that follows from the rows of the rounds graded.

    Attributes
    ----------
    people, units, attempts, items, options, tests, advice : DataFrame
        PEOPLE_RESULTS, UNIT_RESULTS, ATTEMPT_RESULTS, ITEM_RESULTS, OPTION_RESULTS, TEST_RESULTS,
        ADVICE_RESULTS.
    predicted : mapping
        Round id -> Predicted, or None where contestants predicted nothing.
    """

    people: pd.DataFrame
    units: pd.DataFrame
    attempts: pd.DataFrame
    items: pd.DataFrame
    options: pd.DataFrame
    tests: pd.DataFrame
    advice: pd.DataFrame
    predicted: Mapping[str, Predicted | None]


def grade(
    attempts: pd.DataFrame,
    answers: pd.DataFrame,
    people: pd.DataFrame,
    rounds: Sequence[RoundInput],
) -> Results:
    """Grade rounds: mark, choose the attempts that count, rank people and units.

    Parameters
    ----------
    attempts, answers, people : DataFrame
        ATTEMPTS, ANSWERS (or TIMED_ANSWERS) and PEOPLE of these rounds.
    rounds : sequence of RoundInput
        Each with its own bank, units and rules; their order changes nothing.

    Returns
    -------
    Results
        The same for the same inputs, whatever the order of their rows.

    Raises
    ------
    ValueError
        For an attempt of another round, an answer of another attempt, a round given twice, or
        anything the single steps refuse.
    """
    require(attempts, ATTEMPTS, "attempts")
    require(answers, ANSWERS, "answers")
    require(people, PEOPLE, "people")
    require_unique(attempts, ["attempt_id"], "attempts")
    by_id = {given.round: given for given in rounds}
    if len(by_id) != len(rounds):
        raise ValueError(f"rounds: one stands twice among {[given.round for given in rounds]}")
    stray = sorted(set(attempts["round"].unique()) - set(by_id))
    if stray:
        raise ValueError(f"attempts: rounds {stray} aren't among those to grade")
    graded = [
        _grade_round(part, papers, people, by_id[round_id])
        for round_id, part, papers in _by_round(attempts, answers, sorted(by_id))
    ]
    return Results(
        _together([one.people for one in graded], PEOPLE_RESULTS),
        _together([one.units for one in graded], UNIT_RESULTS),
        _together([one.attempts for one in graded], ATTEMPT_RESULTS),
        _together([one.items for one in graded], ITEM_RESULTS),
        _together([one.options for one in graded], OPTION_RESULTS),
        _together([one.tests for one in graded], TEST_RESULTS),
        _together([one.advice for one in graded], ADVICE_RESULTS),
        {round_id: value for one in graded for round_id, value in one.predicted.items()},
    )


def _grade_round(
    attempts: pd.DataFrame, answers: pd.DataFrame, people: pd.DataFrame, given: RoundInput
) -> Results:
    rules = given.rules
    scores = score_answers(answers, given.bank.question_by_id, micro(rules.points))
    chosen = choose_counted(attempt_totals(attempts, scores), rules.counted)
    predicted = None
    if rules.prediction is not None:
        quantity = rules.prediction.quantity
        predicted = Predicted(quantity, true_value(quantity, chosen))
    value = predicted.true_value if predicted else None
    found = analyse(chosen, answers, scores, given.bank)
    return Results(
        rank_people(chosen, people, given.units, rules.people, value),
        rank_units(chosen, given.units, rules.units, given.round),
        attempt_results(chosen),
        found.items,
        found.options,
        found.tests,
        advise(chosen, answers, scores, people, given.bank),
        {given.round: predicted},
    )


def attempt_results(chosen: pd.DataFrame) -> pd.DataFrame:
    """Return CHOSEN as ATTEMPT_RESULTS."""
    require(chosen, CHOSEN, "chosen")
    order = positions(
        text_codes(chosen["round"]),
        text_codes(chosen["group"]),
        text_codes(chosen["contestant_id"]),
        chosen["number"].to_numpy(),
    )
    status = np.where(chosen["excluded"], "excluded", chosen["state"].to_numpy(dtype=object))
    return build(chosen.assign(status=status).iloc[order], ATTEMPT_RESULTS, "attempts")


def _by_round(attempts: pd.DataFrame, answers: pd.DataFrame, round_ids: list[str]):
    """Yield (round id, its attempts, its answers); answers carry attempt ids as a category."""
    rows = positions_in(answers["attempt_id"], attempts["attempt_id"])
    if (rows < 0).any():
        lost = answers["attempt_id"].to_numpy()[rows < 0][0]
        raise ValueError(f"answers: attempt {lost} isn't among the attempts")
    ids = pd.Categorical.from_codes(rows, categories=pd.Index(attempts["attempt_id"]))
    answers = answers.assign(attempt_id=ids)
    for round_id in round_ids:
        part = (attempts["round"] == round_id).to_numpy()
        if part.all():
            yield round_id, attempts, answers
        else:
            yield round_id, attempts[part], answers[part[rows]]


def _together(frames: list[pd.DataFrame], contract: Mapping[str, object]) -> pd.DataFrame:
    if not frames:
        return build({column: [] for column in contract}, contract, "results")
    if len(frames) == 1:
        return frames[0]
    return pd.concat(frames, ignore_index=True)
