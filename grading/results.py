"""From rows to results: scoring, ranking and item analysis of whole rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from grading.advice import advise
from grading.analysis import analyse
from grading.frames import (
    ANSWERS,
    ATTEMPTS,
    CHOSEN,
    PEOPLE,
    SCORED_ATTEMPTS,
    build,
    positions_in,
    require,
    require_unique,
)
from grading.inputs import Predicted, RoundInput
from grading.order import positions, text_codes
from grading.ranked import rank_all
from grading.result_frames import (
    ADVICE_RESULTS,
    ATTEMPT_RESULTS,
    BOARD_RESULTS,
    BOARD_UNIT_RESULTS,
    ITEM_RESULTS,
    OPTION_RESULTS,
    PEOPLE_RESULTS,
    TEST_RESULTS,
    UNIT_RESULTS,
)
from grading.scored import Scored, score_round, scored_elsewhere

__all__ = ["Predicted", "Results", "RoundInput", "attempt_results", "grade", "grade_scores"]


@dataclass(frozen=True)
class Results:
    """Everything that follows from the rows of the rounds graded.

    Attributes
    ----------
    people, units, attempts, items, options, tests, advice : DataFrame
        PEOPLE_RESULTS, UNIT_RESULTS, ATTEMPT_RESULTS, ITEM_RESULTS, OPTION_RESULTS, TEST_RESULTS,
        ADVICE_RESULTS.
    boards, board_units, prizes : DataFrame
        BOARD_RESULTS, BOARD_UNIT_RESULTS, PRIZE_RESULTS.
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
    boards: pd.DataFrame
    board_units: pd.DataFrame
    prizes: pd.DataFrame
    predicted: Mapping[str, Predicted | None]

    @property
    def waiting(self) -> dict[str, int]:
        """Round id -> how many people's results wait for a marker; rounds without any are absent.

        Such a round's result isn't final, and its prizes aren't allotted.
        """
        waiting = self.people["round"][(self.people["status"] == "needs_marker").to_numpy()]
        return {str(id_): int(n) for id_, n in waiting.value_counts(sort=False).items()}


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
    by_id = _rounds(attempts, rounds)
    scored = {
        round_id: score_round(part, papers, by_id[round_id])
        for round_id, part, papers in _by_round(attempts, answers, sorted(by_id))
    }
    return _results(scored, people)


def grade_scores(
    attempts: pd.DataFrame, people: pd.DataFrame, rounds: Sequence[RoundInput]
) -> Results:
    """Grade rounds whose papers were marked elsewhere: as `grade`, without marking.

    Parameters
    ----------
    attempts : DataFrame
        SCORED_ATTEMPTS of these rounds.
    people, rounds
        As in `grade`.

    Returns
    -------
    Results
        Nothing is known of single questions: `items`, `options` and `tests` have no rows.

    Raises
    ------
    ValueError
        As `grade`.
    """
    require(attempts, SCORED_ATTEMPTS, "attempts")
    require(people, PEOPLE, "people")
    by_id = _rounds(attempts, rounds)
    scored = {
        id_: scored_elsewhere(attempts[(attempts["round"] == id_).to_numpy()], by_id[id_])
        for id_ in sorted(by_id)
    }
    return _results(scored, people)


def _rounds(attempts: pd.DataFrame, rounds: Sequence[RoundInput]) -> dict[str, RoundInput]:
    require_unique(attempts, ["attempt_id"], "attempts")
    by_id = {given.round: given for given in rounds}
    if len(by_id) != len(rounds):
        raise ValueError(f"rounds: one stands twice among {[given.round for given in rounds]}")
    stray = sorted(set(attempts["round"].unique()) - set(by_id))
    if stray:
        raise ValueError(f"attempts: rounds {stray} aren't among those to grade")
    return by_id


def _results(scored: Mapping[str, Scored], people: pd.DataFrame) -> Results:
    ranked = rank_all(scored, people)
    return Results(
        people=_together([one for _, one in sorted(ranked.people.items())], PEOPLE_RESULTS),
        units=_together([one for _, one in sorted(ranked.units.items())], UNIT_RESULTS),
        attempts=_together(
            [attempt_results(one.chosen) for one in scored.values()], ATTEMPT_RESULTS
        ),
        **_analysed(scored, people),
        boards=_together(list(ranked.boards.values()), BOARD_RESULTS),
        board_units=_together(list(ranked.board_units.values()), BOARD_UNIT_RESULTS),
        prizes=ranked.prizes,
        predicted=ranked.predicted,
    )


def _analysed(scored: Mapping[str, Scored], people: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Analyse papers as they were answered: a question taken out keeps its figures."""
    found = []
    advice = []
    for one in scored.values():
        bank = one.given.bank
        analysis = analyse(one.as_answered, one.answers, one.marked, bank)
        status = [one.item_status(id_) for id_ in analysis.items["question_id"].tolist()]
        items = analysis.items.assign(status=pd.array(status, dtype="str"))
        found.append((items, analysis.options, analysis.tests))
        advice.append(advise(one.as_answered, one.answers, one.marked, people, bank))
    items, options, tests = zip(*found, strict=True) if found else ((), (), ())
    return {
        "items": _together(list(items), ITEM_RESULTS),
        "options": _together(list(options), OPTION_RESULTS),
        "tests": _together(list(tests), TEST_RESULTS),
        "advice": _together(advice, ADVICE_RESULTS),
    }


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
