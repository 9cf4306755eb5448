"""Which attempt counts, and the order of people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd

from grading.frames import (
    CHOSEN,
    PEOPLE,
    REGISTERED,
    TOTALS,
    UNITS,
    build,
    integers,
    positions_in,
    require,
    require_unique,
)
from grading.order import LOT, draw_lots, first_rows, positions, standing, text_codes
from grading.predictions import all_right, error_codes, prediction_errors
from grading.result_frames import PEOPLE_RESULTS
from grading.rules import Counting, Equal, PeopleRanking
from grading.scoring import ENDED, is_entry

_COLUMN = {
    "score": "score",
    "correct": "correct",
    "duration": "ranked_ms",
    "submitted_at": "submitted_at",
    "number": "number",
}
"""Sort key -> column of TOTALS."""

_FIGURES = {
    "score": "score",
    "correct": "correct",
    "duration": "ranked_ms",
    "submitted_at": "submitted_at",
    "started_at": "started_at",
    "registered_at": "registered_at",
    "attempts": "attempts",
    "maximum_papers": "maximum_papers",
}
"""PersonKey -> column, for those that are whole numbers."""

TIMES = frozenset({"submitted_at", "started_at", "registered_at"})

ErrorCodes = Callable[..., np.ndarray]

_UNKNOWN = np.iinfo("int64").min
"""Sorts before every value."""


def choose_counted(totals: pd.DataFrame, counting: Counting) -> pd.DataFrame:
    """Choose, in each round, the attempt that counts for each person.

    It is chosen among the ended, valid attempts that aren't excluded, by the keys of `counting`;
    of attempts equal in all keys, the one with the smaller number. An attempt with a response
    that waits for a marker stands first wherever its score or its right answers are compared,
    since it may turn out the best: its person then waits as well. Who has no such attempt is shown
    with an invalid one, chosen in the same way, else with an excluded one that had ended, else
    with an unfinished one.

    Parameters
    ----------
    totals : DataFrame
        TOTALS, of any number of rounds under the same rules.
    counting : Counting
        The keys.

    Returns
    -------
    DataFrame
        CHOSEN, row for row like `totals`.
    """
    require(totals, TOTALS, "totals")
    excluded = totals["excluded"].to_numpy(dtype=bool)
    ended = totals["state"].isin(ENDED).to_numpy()
    valid = totals["valid"].to_numpy(dtype=bool)
    standing = np.select(
        [ended & ~excluded & valid, ended & ~excluded, ended, ~excluded], [0, 1, 2, 3], 4
    )
    keys = [_attempt_key(totals, key.key, key.order == "high", ended) for key in counting.keys]
    rounds, _ = pd.factorize(totals["round"])
    persons, _ = pd.factorize(totals["contestant_id"])
    block, _ = pd.factorize(persons.astype("int64") * (rounds.max(initial=0) + 1) + rounds)
    shown = np.zeros(len(totals), dtype=bool)
    shown[first_rows(block, standing, *keys, totals["number"].to_numpy())] = True
    return totals.reset_index(drop=True).assign(shown=shown, counted=shown & (standing == 0))


def rank_people(
    chosen: pd.DataFrame,
    people: pd.DataFrame,
    units: pd.DataFrame,
    ranking: PeopleRanking,
    true_value: Decimal | None,
    *,
    equal: Equal = "same",
    together: bool = False,
) -> pd.DataFrame:
    """Rank the people of one round within their groups.

    Every counted attempt is ranked unless a response waits for a marker. The status of a person
    is `ranked`, `needs_marker` (the counted attempt waits), `invalid` (no ended attempt is a valid
    paper), `excluded` (every ended attempt is excluded) or `unfinished` (none has ended);
    `not_counted` arises on boards alone.

    Parameters
    ----------
    chosen : DataFrame
        CHOSEN of one round; with REGISTERED where people are ranked by it.
    people, units : DataFrame
        PEOPLE and UNITS. A person who isn't in `people` has no name.
    ranking : PeopleRanking
        The keys. Who made no prediction comes after all who did.
    true_value : Decimal or None
        What was predicted; None where nothing was, or where there is no true value.
    equal : str
        Two predictions as far off, one above and one below: `same`, or which comes first.
    together : bool
        Whether all groups are one.

    Returns
    -------
    DataFrame
        PEOPLE_RESULTS.

    Raises
    ------
    ValueError
        For an attempt of a unit that isn't in `units`, or frames that break their contract.
    """
    require(chosen, CHOSEN, "chosen")
    require(people, PEOPLE, "people")
    require(units, UNITS, "units")
    require_unique(people, ["contestant_id"], "people")
    require_unique(units, ["unit_id"], "units")
    shown_rows = np.flatnonzero(chosen["shown"].to_numpy(dtype=bool))
    shown = chosen.iloc[shown_rows].reset_index(drop=True)
    shown = shown.assign(**_over_attempts(chosen, shown_rows), **_registered(shown, ranking))
    ended = shown["state"].isin(ENDED).to_numpy()
    ranked = (shown["counted"] & (shown["waiting"] == 0)).to_numpy(dtype=bool)
    guesses = np.where(ended, _or_none(shown["prediction"]), None)

    def errors(*, high: bool) -> np.ndarray:
        return error_codes(guesses, true_value, high=high, equal=equal)

    _refuse_unknown(shown[ranked], ranking)
    figures = {name: integers(shown[column])[0] for name, column in _FIGURES.items()}
    figures["all_right"] = all_right(shown).astype("int64")
    groups = text_codes(shown["group"])
    order, rank, decided_by = rank_rows(
        np.zeros_like(groups) if together else groups,
        ranked,
        sort_keys(figures, errors, ranking),
        shown["contestant_id"],
        ranking,
    )
    found = shown.assign(
        rank=rank,
        decided_by=decided_by,
        prediction_error=pd.Series(prediction_errors(guesses, true_value), dtype=object),
        prize=None,
        status=_status(shown, ranked),
        name=looked_up(shown["contestant_id"], people["contestant_id"], people["name"]),
        **_unit_names(shown, units),
    )
    return build(found.iloc[order], PEOPLE_RESULTS, "people")


def sort_keys(
    figures: Mapping[str, np.ndarray], errors: ErrorCodes, ranking: PeopleRanking
) -> list[np.ndarray]:
    """Return the sort keys of a ranking as whole numbers, smaller first.

    Parameters
    ----------
    figures : mapping
        PersonKey -> int64 for each person; times and durations in milliseconds.
    errors : function
        Called with `high`, returns the codes of the predictions' errors, which have their
        order already.
    """
    found = []
    for key in ranking.keys:
        if key.key == "prediction_error":
            found.append(errors(high=key.order == "high"))
            continue
        values = figures[key.key]
        if key.key == "duration" and ranking.duration == "s":
            values = values // 1000
        if key.key in TIMES and ranking.submitted_at == "s":
            values = values // 1000
        found.append(-values if key.order == "high" else values)
    return found


def rank_rows(
    group: np.ndarray,
    ranked: np.ndarray,
    keys: Sequence[np.ndarray],
    ids: pd.Series,
    ranking: PeopleRanking,
) -> tuple[np.ndarray, pd.arrays.IntegerArray, np.ndarray]:
    """Rank rows within their groups.

    Parameters
    ----------
    group : array of int64
        Rows of equal numbers are ranked against each other.
    ranked : array of bool
        Whether a row is ranked at all; the others stand behind, by id.
    keys : sequence of arrays of int64
        One for each key of `ranking`, smaller first.
    ids : Series
        Contestant ids.

    Returns
    -------
    order : array of int64
        The rows in their order.
    rank, decided_by : arrays
        Row for row as given; null where not ranked.
    """
    names: list[str] = [key.key for key in ranking.keys]
    keys = [np.where(ranked, key, 0) for key in keys]
    if ranking.lot is not None:
        rows = np.flatnonzero(ranked)
        lots = np.zeros(len(ranked), dtype="int64")
        same = [column[rows] for column in (group, *keys)]
        lots[rows] = draw_lots(same, ids.iloc[rows], ranking.lot)
        keys, names = [*keys, lots], [*names, LOT]
    order = positions(group, ~ranked, *keys, text_codes(ids))
    rank, decided_by = standing(
        order[ranked[order]], group, keys, names, dense=ranking.ties == "dense"
    )
    return order, rank, decided_by


def _refuse_unknown(ranked: pd.DataFrame, ranking: PeopleRanking) -> None:
    for key in ranking.keys:
        column = _FIGURES.get(key.key)
        if column is not None and ranked[column].isna().any():
            raise ValueError(f"chosen: ranked by {key.key}, which isn't known of everybody")


def _over_attempts(chosen: pd.DataFrame, shown_rows: np.ndarray) -> dict[str, np.ndarray]:
    """Return, for each shown row, its person's entries and how many have full marks."""
    persons, found = pd.factorize(chosen["contestant_id"])
    entry = is_entry(chosen).to_numpy()
    score, open_ = integers(chosen["score"])
    whole = chosen["max_score"].to_numpy("int64")
    full = entry & ~open_ & (score >= whole) & (whole > 0)
    return {
        name: np.bincount(persons[which], minlength=len(found))[persons[shown_rows]]
        for name, which in (("attempts", entry), ("maximum_papers", full))
    }


def _registered(shown: pd.DataFrame, ranking: PeopleRanking) -> dict[str, object]:
    """Return the time of the first log-in, null where nobody asks for it and it isn't there."""
    if any(key.key == "registered_at" for key in ranking.keys):
        require(shown, REGISTERED, "chosen")
    if "registered_at" in shown:
        return {}
    return {"registered_at": pd.array([pd.NA] * len(shown), dtype="Int64")}


def _attempt_key(totals: pd.DataFrame, key: str, high: bool, ended: np.ndarray) -> np.ndarray:
    numbers, _ = integers(totals[_COLUMN[key]])
    sorted_by = -numbers if high else numbers.copy()
    # An attempt that isn't over has no values: only its number may choose.
    sorted_by[~ended] = 0
    if key in ("score", "correct"):
        sorted_by[ended & (totals["waiting"] > 0).to_numpy()] = _UNKNOWN
    return sorted_by


def _status(shown: pd.DataFrame, ranked: np.ndarray) -> np.ndarray:
    counted = shown["counted"].to_numpy(dtype=bool)
    entry = is_entry(shown).to_numpy()
    excluded = shown["excluded"].to_numpy(dtype=bool)
    return np.select(
        [ranked, counted, entry, excluded],
        ["ranked", "needs_marker", "invalid", "excluded"],
        "unfinished",
    ).astype(object)


def _unit_names(shown: pd.DataFrame, units: pd.DataFrame) -> dict[str, pd.Series]:
    rows = positions_in(shown["unit_id"], units["unit_id"])
    if (rows < 0).any():
        raise ValueError(f"attempts: unit {shown['unit_id'].to_numpy()[rows < 0][0]} isn't listed")
    above = units["parent_unit_id"].take(rows)
    return {
        "unit": pd.Series(_or_none(units["unit"])[rows], dtype="str"),
        "parent_unit": looked_up(above, units["unit_id"], units["unit"]),
    }


def looked_up(values: pd.Series, ids: pd.Series, texts: pd.Series) -> pd.Series:
    """Return the text that belongs to each id; null where the id isn't known or is null."""
    rows = positions_in(values, ids)
    found = np.append(_or_none(texts), None)
    return pd.Series(found[rows], dtype="str")


def _or_none(values: pd.Series) -> np.ndarray:
    """Return the values as an array of objects with None for every null."""
    found = values.to_numpy(dtype=object, copy=True)
    found[values.isna().to_numpy()] = None
    return found
