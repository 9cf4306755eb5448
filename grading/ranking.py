"""Which attempt counts, and the order of people."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd

from grading.frames import (
    CHOSEN,
    PEOPLE,
    PEOPLE_RESULTS,
    TOTALS,
    UNITS,
    build,
    integers,
    positions_in,
    require,
    require_unique,
)
from grading.order import exact_codes, places, positions, text_codes
from grading.predictions import prediction_errors
from grading.rules import Counting, PeopleRanking, PersonSortKey
from grading.scoring import ENDED, is_entry

_COLUMN = {
    "score": "score",
    "correct": "correct",
    "duration": "duration_ms",
    "submitted_at": "submitted_at",
    "number": "number",
}
"""Sort key -> column of TOTALS."""

_UNKNOWN = np.iinfo("int64").min
"""Sorts before every value."""


def choose_counted(totals: pd.DataFrame, counting: Counting) -> pd.DataFrame:
    """Choose, in each round, the attempt that counts for each person.

    It is chosen among the ended attempts that aren't excluded, by the keys of `counting`; of
    attempts equal in all keys, the one with the smaller number. An attempt with a response that
    waits for a marker stands first wherever its score or its right answers are compared, since
    it may turn out the best: its person then waits as well. Who has no such attempt is shown
    with an excluded one that had ended, chosen in the same way, else with an unfinished one.

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
    standing = np.select([ended & ~excluded, ended, ~excluded], [0, 1, 2], 3)
    keys = [_attempt_key(totals, key.key, key.order == "high", ended) for key in counting.keys]
    rounds, _ = pd.factorize(totals["round"])
    persons, _ = pd.factorize(totals["contestant_id"])
    order = positions(rounds, persons, standing, *keys, totals["number"].to_numpy())
    first = np.ones(len(order), dtype=bool)
    first[1:] = (rounds[order][1:] != rounds[order][:-1]) | (
        persons[order][1:] != persons[order][:-1]
    )
    shown = np.zeros(len(totals), dtype=bool)
    shown[order[first]] = True
    return totals.reset_index(drop=True).assign(shown=shown, counted=shown & (standing == 0))


def rank_people(
    chosen: pd.DataFrame,
    people: pd.DataFrame,
    units: pd.DataFrame,
    ranking: PeopleRanking,
    true_value: Decimal | None,
) -> pd.DataFrame:
    """Rank the people of one round within their groups.

    Every counted attempt is ranked unless a response waits for a marker. The status of a person
    is `ranked`, `needs_marker` (the counted attempt waits), `excluded` (every ended attempt is
    excluded) or `unfinished` (none has ended); `not_counted` and `invalid` don't arise under the
    present rules.

    Parameters
    ----------
    chosen : DataFrame
        CHOSEN of one round.
    people, units : DataFrame
        PEOPLE and UNITS. A person who isn't in `people` has no name.
    ranking : PeopleRanking
        The keys. Who made no prediction comes after all who did.
    true_value : Decimal or None
        What was predicted; None where nothing was, or where there is no true value.

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
    shown = chosen[chosen["shown"]].reset_index(drop=True)
    ended = shown["state"].isin(ENDED).to_numpy()
    ranked = (shown["counted"] & (shown["waiting"] == 0)).to_numpy(dtype=bool)
    guesses = np.where(ended, _or_none(shown["prediction"]), None)
    errors = prediction_errors(guesses, true_value)
    keys = [np.where(ranked, _person_key(shown, key, errors), 0) for key in ranking.keys]
    groups = text_codes(shown["group"])
    order = positions(groups, ~ranked, *keys, text_codes(shown["contestant_id"]))
    in_rank = order[ranked[order]]
    place, decider = places(
        groups[in_rank], [key[in_rank] for key in keys], [key.key for key in ranking.keys]
    )
    rank = pd.array([pd.NA] * len(shown), dtype="Int64")
    rank[in_rank] = place
    decided_by = np.full(len(shown), None, dtype=object)
    decided_by[in_rank] = decider
    found = shown.assign(
        rank=rank,
        decided_by=decided_by,
        prediction_error=pd.Series(errors, dtype=object),
        prize=None,
        status=_status(shown, ranked),
        name=_looked_up(shown["contestant_id"], people["contestant_id"], people["name"]),
        **_unit_names(shown, units),
    )
    return build(found.iloc[order], PEOPLE_RESULTS, "people")


def _attempt_key(totals: pd.DataFrame, key: str, high: bool, ended: np.ndarray) -> np.ndarray:
    numbers, _ = integers(totals[_COLUMN[key]])
    sorted_by = -numbers if high else numbers.copy()
    # An attempt that isn't over has no values: only its number may choose.
    sorted_by[~ended] = 0
    if key in ("score", "correct"):
        sorted_by[ended & (totals["waiting"] > 0).to_numpy()] = _UNKNOWN
    return sorted_by


def _person_key(
    shown: pd.DataFrame, key: PersonSortKey, errors: list[Decimal | None]
) -> np.ndarray:
    if key.key == "prediction_error":
        return exact_codes(errors, high=key.order == "high")
    numbers, _ = integers(shown[_COLUMN[key.key]])
    return -numbers if key.order == "high" else numbers


def _status(shown: pd.DataFrame, ranked: np.ndarray) -> np.ndarray:
    entry = is_entry(shown).to_numpy()
    excluded = shown["excluded"].to_numpy(dtype=bool)
    return np.select(
        [ranked, entry, excluded], ["ranked", "needs_marker", "excluded"], "unfinished"
    ).astype(object)  # fmt: skip


def _unit_names(shown: pd.DataFrame, units: pd.DataFrame) -> dict[str, pd.Series]:
    rows = positions_in(shown["unit_id"], units["unit_id"])
    if (rows < 0).any():
        raise ValueError(f"attempts: unit {shown['unit_id'].to_numpy()[rows < 0][0]} isn't listed")
    above = units["parent_unit_id"].take(rows)
    return {
        "unit": pd.Series(_or_none(units["unit"])[rows], dtype="str"),
        "parent_unit": _looked_up(above, units["unit_id"], units["unit"]),
    }


def _looked_up(values: pd.Series, ids: pd.Series, texts: pd.Series) -> pd.Series:
    """Return the text that belongs to each id; null where the id isn't known or is null."""
    rows = positions_in(values, ids)
    found = np.append(_or_none(texts), None)
    return pd.Series(found[rows], dtype="str")


def _or_none(values: pd.Series) -> np.ndarray:
    """Return the values as an array of objects with None for every null."""
    found = values.to_numpy(dtype=object, copy=True)
    found[values.isna().to_numpy()] = None
    return found
