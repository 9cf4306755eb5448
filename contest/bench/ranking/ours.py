"""The kit's side: its own ranking functions on the frame's integers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from contest.bench.ranking.data import (
    DECIDED,
    PEOPLE_COLUMNS,
    PEOPLE_KEYS,
    UNIT_COLUMNS,
    UNIT_KEYS,
    Entries,
)
from grading.order import first_rows, id_codes, positions
from grading.ranking import rank_rows, sort_keys
from grading.rules import PeopleRanking
from grading.unit_figures import count_units, fractions, tree_of
from grading.unit_rules import UnitRanking
from grading.units import order_units

Tables = dict[str, pd.DataFrame]

_HIGH = {"score"}
PEOPLE_RULES = PeopleRanking.model_validate(
    {
        "keys": [{"key": k, "order": "high" if k in _HIGH else "low"} for k in PEOPLE_KEYS],
        "ties": "shared",
    }
)
UNIT_RULES = UnitRanking.model_validate(
    {"by": UNIT_KEYS[0], "then": [{"measure": key} for key in UNIT_KEYS[1:]]}
)


def rank(given: Entries) -> Tables:
    """Return people and units, ranked."""
    frame = given.frame
    person = id_codes(frame["person"])
    score = frame["score"].to_numpy()
    duration = frame["duration"].to_numpy()
    best = first_rows(person, -score, duration, frame["attempt"].to_numpy())
    people = _people(frame.iloc[best], given.true_value)
    unit = frame["unit"].to_numpy("int64")
    units = pd.DataFrame(
        {
            "unit_id": np.arange(len(given.headcount)),
            "parent_unit_id": None,
            "block": None,
            "level": 1,
        }
    )
    counted = (unit[best], score[best].astype("int64"))
    figures = count_units(tree_of(units), (unit, person), counted, given.headcount)
    found = order_units(figures, units, UNIT_RULES)
    table = pd.DataFrame(
        {
            "rank": found["rank"].to_numpy("int64", na_value=0),
            "unit": units["unit_id"],
            "people": figures.people,
            "attempts": figures.attempts,
            "share": _floats(figures.people, figures.headcount),
            "mean": _floats(figures.score, figures.scored),
            "decided_by": found["decided_by"],
        },
        columns=list(UNIT_COLUMNS),
    )
    order = positions(table["rank"].to_numpy(), table["unit"].to_numpy())
    return {"people": people, "units": table.iloc[order]}


def _people(best: pd.DataFrame, true_value: int) -> pd.DataFrame:
    error = np.abs(best["prediction"].to_numpy("int64") - true_value)
    figures = {
        "score": best["score"].to_numpy("int64"),
        "duration": best["duration"].to_numpy("int64"),
        "submitted_at": best["submitted"].to_numpy("int64"),
    }

    def errors(*, high: bool) -> np.ndarray:
        return -error if high else error

    keys = sort_keys(figures, errors, PEOPLE_RULES)
    everybody = np.ones(len(best), dtype=bool)
    one_group = np.zeros(len(best), dtype="int64")
    order, place, decided = rank_rows(one_group, everybody, keys, best["person"], PEOPLE_RULES)
    found = best.assign(rank=place, error=error, decided_by=decided)
    return found.iloc[order][list(PEOPLE_COLUMNS)]


def _floats(parts: np.ndarray, wholes: np.ndarray) -> list[float]:
    return [float(one or 0) for one in fractions(parts, wholes)]


def columns(table: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return a table as plain arrays, `decided_by` by its place in DECIDED, -1 for null."""
    codes = {name: code for code, name in enumerate(DECIDED)}
    convert: dict[str, Callable[[pd.Series], np.ndarray]] = {
        "decided_by": lambda one: one.map(codes).fillna(-1).to_numpy("int64"),
        "share": lambda one: one.to_numpy("float64"),
        "mean": lambda one: one.to_numpy("float64"),
    }
    return {
        name: convert.get(name, lambda one: one.to_numpy("int64"))(table[name])
        for name in table.columns
    }
