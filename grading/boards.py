"""Rankings of people over several rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from grading.frames import build, integers, require
from grading.order import exact_codes, text_codes
from grading.predictions import all_right, exact_sum
from grading.ranking import TIMES, rank_rows, sort_keys
from grading.result_frames import BOARD_RESULTS, PEOPLE_RESULTS
from grading.rules import Board

_SUMS = {
    "score": "score",
    "max_score": "max_score",
    "correct": "correct",
    "questions": "questions",
    "duration": "ranked_ms",
    "attempts": "attempts",
    "maximum_papers": "maximum_papers",
}
"""Figure -> column of PEOPLE_RESULTS that it sums up."""


def rank_board(
    rounds: Mapping[str, pd.DataFrame], board: Board, *, together: bool | None = None
) -> pd.DataFrame:
    """Rank the people of several rounds by what they have in all of them.

    Parameters
    ----------
    rounds : mapping
        Round id -> PEOPLE_RESULTS of that round; those of the board that are there are added up.
    board : Board
        Name, unit and group of a person are those of the board's last round that they have.
    together : bool or None
        Whether all groups are one; None: as the board says.

    Returns
    -------
    DataFrame
        BOARD_RESULTS: everybody who is ranked in one of the rounds. The status is `ranked`, or
        `not_counted` where the board asks for every round and one is missing.
    """
    parts = [_ranked(rounds[id_]) for id_ in board.rounds if id_ in rounds]
    if not parts:
        return build({name: [] for name in BOARD_RESULTS}, BOARD_RESULTS, "board")
    rows = pd.concat(parts, ignore_index=True)
    person, ids = pd.factorize(rows["contestant_id"])
    figures = _figures(rows, person, len(ids))
    last = np.zeros(len(ids), dtype="int64")
    np.maximum.at(last, person, np.arange(len(rows)))
    latest = rows.iloc[last].reset_index(drop=True)
    errors = _errors(rows, person, len(ids))
    ranked = np.ones(len(ids), dtype=bool)
    if board.complete:
        ranked = figures["rounds"] == len(board.rounds)
    together = board.groups == "together" if together is None else together
    groups = text_codes(latest["group"])
    keys = sort_keys(figures, lambda *, high: exact_codes(errors, high=high), board.ranking)
    order, rank, decided_by = rank_rows(
        np.zeros_like(groups) if together else groups,
        ranked,
        keys,
        latest["contestant_id"],
        board.ranking,
    )
    found = latest.assign(
        **_shown(figures, rows, person),
        board=board.id,
        rank=rank,
        prediction_error=pd.Series(errors, dtype=object),
        prize=None,
        decided_by=decided_by,
        status=np.where(ranked, "ranked", "not_counted").astype(object),
    )
    return build(found.iloc[order], BOARD_RESULTS, "board")


def _ranked(people: pd.DataFrame) -> pd.DataFrame:
    require(people, PEOPLE_RESULTS, "people")
    return people[(people["status"] == "ranked").to_numpy()]


def _figures(rows: pd.DataFrame, person: np.ndarray, count: int) -> dict[str, np.ndarray]:
    def total(values: np.ndarray) -> np.ndarray:
        found = np.zeros(count, dtype="int64")
        np.add.at(found, person, values)
        return found

    figures = {name: total(integers(rows[column])[0]) for name, column in _SUMS.items()}
    figures["all_right"] = total(all_right(rows).astype("int64"))
    figures["rounds"] = np.bincount(person, minlength=count)
    for name in TIMES:
        figures[name] = np.full(count, np.iinfo("int64").min)
        np.maximum.at(figures[name], person, integers(rows[name])[0])
    return figures


def _errors(rows: pd.DataFrame, person: np.ndarray, count: int) -> list[Decimal | None]:
    """Return the sum of each person's errors; None where one is missing."""
    found: list[list[Decimal] | None] = [[] for _ in range(count)]
    values = rows["prediction_error"].to_numpy(dtype=object)
    missing = rows["prediction_error"].isna().to_numpy()
    for code, value, none in zip(person.tolist(), values, missing.tolist(), strict=True):
        mine = found[code]
        if none:
            found[code] = None
        elif mine is not None:
            mine.append(value)
    return [None if one is None else exact_sum(one) for one in found]


def _shown(
    figures: Mapping[str, np.ndarray], rows: pd.DataFrame, person: np.ndarray
) -> dict[str, Any]:
    shown: dict[str, Any] = {name: values for name, values in figures.items() if name != "duration"}
    shown["ranked_ms"] = figures["duration"]
    for name in ("correct", "ranked_ms", *TIMES):
        unknown = np.zeros(len(figures["rounds"]), dtype=bool)
        unknown[person[rows[name].isna().to_numpy()]] = True
        shown[name] = pd.arrays.IntegerArray(shown[name], unknown)
    return shown


def boards_of(rules_by_round: Mapping[str, Sequence[Board]]) -> list[Board]:
    """Return every board once, by id, as the rules of the last of its rounds have it.

    Parameters
    ----------
    rules_by_round : mapping
        Round id -> the boards in that round's rules, for the rounds that are graded.
    """
    found: dict[str, Board] = {}
    for boards in rules_by_round.values():
        for board in boards:
            for round_id in board.rounds:
                for other in rules_by_round.get(round_id, ()):
                    if other.id == board.id:
                        found[board.id] = other
    return [found[id_] for id_ in sorted(found)]
