"""The order of units: each with everything below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from grading.frames import (
    CHOSEN,
    UNIT_RESULTS,
    UNITS,
    build,
    integers,
    positions_in,
    require,
    require_unique,
)
from grading.marks import MICRO
from grading.order import exact_codes, places, positions, text_codes
from grading.rules import UnitRanking
from grading.scoring import is_entry


@dataclass(frozen=True)
class _Figures:
    """One number per unit, its descendants included; scores in millionths."""

    people: np.ndarray
    attempts: np.ndarray
    score: np.ndarray
    scored: np.ndarray


def rank_units(
    chosen: pd.DataFrame, units: pd.DataFrame, ranking: UnitRanking, round_id: str
) -> pd.DataFrame:
    """Rank the units in one round, within block and level, high first.

    A unit's figures contain those of all units below it. People belong to the unit of their
    attempt; a person with attempts in several units below the same one is one person there.

    Parameters
    ----------
    chosen : DataFrame
        CHOSEN of the round; may be empty.
    units : DataFrame
        UNITS; every one gets a row.
    ranking : UnitRanking
        The measure. Units where it is null stand last, without a rank.
    round_id : str
        Written in every row.

    Returns
    -------
    DataFrame
        UNIT_RESULTS.

    Raises
    ------
    ValueError
        For an attempt of a unit that isn't listed, a unit listed twice, a parent that isn't
        listed, units that contain each other, or frames that break their contract.
    """
    require(chosen, CHOSEN, "chosen")
    require(units, UNITS, "units")
    require_unique(units, ["unit_id"], "units")
    units = units.reset_index(drop=True)
    figures = _figures(chosen, units["unit_id"], _parents(units))
    headcount, _ = integers(units["headcount"])
    measures = {
        "people": _fractions(figures.people, np.ones(len(units), dtype="int64")),
        "share": _fractions(figures.people, headcount),
        "mean_score": _fractions(figures.score, figures.scored * MICRO),
    }
    found = units.assign(
        people=figures.people,
        attempts=figures.attempts,
        share=pd.Series(measures["share"], dtype=object),
        mean_score=pd.Series(measures["mean_score"], dtype=object),
        winners=pd.NA,
        points=pd.NA,
        round=round_id,
    )
    measure = ranking.terms[0].measure
    return _ranked(found, measures[measure], measure)


def _ranked(units: pd.DataFrame, measure: list[Fraction | None], name: str) -> pd.DataFrame:
    key = exact_codes(measure, high=True)
    ranked = np.array([value is not None for value in measure], dtype=bool)
    block, level = text_codes(units["block"]), units["level"].to_numpy("int64")
    ids = text_codes(units["unit_id"])
    compared = positions(block, level, ~ranked, key, ids)
    compared = compared[ranked[compared]]
    # Block and level together as one number, for comparing neighbours.
    together, _ = pd.factorize(block[compared] * (level.max(initial=0) + 1) + level[compared])
    place, decider = places(together, [key[compared]], [name])
    rank = np.full(len(units), 0, dtype="int64")
    rank[compared] = place
    decided_by = np.full(len(units), None, dtype=object)
    decided_by[compared] = decider
    order = positions(block, ~ranked, rank, level, ids)
    found = units.assign(rank=pd.arrays.IntegerArray(rank, ~ranked), decided_by=decided_by)
    return build(found.iloc[order], UNIT_RESULTS, "units")


def _figures(chosen: pd.DataFrame, ids: pd.Series, parents: np.ndarray) -> _Figures:
    unit = positions_in(chosen["unit_id"], ids)
    if (unit < 0).any():
        raise ValueError(f"attempts: unit {chosen['unit_id'].to_numpy()[unit < 0][0]} isn't listed")
    count = len(ids)
    entry = is_entry(chosen).to_numpy()
    scored = (chosen["counted"] & (chosen["waiting"] == 0)).to_numpy(dtype=bool)
    score = np.zeros(count, dtype="int64")
    np.add.at(score, unit[scored], integers(chosen["score"])[0][scored])
    own = [
        np.bincount(unit[entry], minlength=count),
        score,
        np.bincount(unit[scored], minlength=count),
    ]
    persons, known = pd.factorize(chosen["contestant_id"])
    width = len(known) + 1
    pairs = pd.unique(unit[entry] * width + persons[entry])
    totals = [np.zeros(count, dtype="int64") for _ in own]
    reached = []
    for above in _upwards(parents):
        has = above >= 0
        for total, values in zip(totals, own, strict=True):
            np.add.at(total, above[has], values[has])
        to = above[pairs // width]
        reached.append(to[to >= 0] * width + pairs[to >= 0] % width)
    people = np.bincount(
        pd.unique(np.concatenate(reached or [pairs])) // width, minlength=count
    )  # fmt: skip
    return _Figures(people, *totals)


def _parents(units: pd.DataFrame) -> np.ndarray:
    """Return the row of each unit's parent, -1 at the top."""
    rows = positions_in(units["parent_unit_id"], units["unit_id"])
    lost = (rows < 0) & units["parent_unit_id"].notna().to_numpy()
    if lost.any():
        raise ValueError(f"units: parent {units['parent_unit_id'][lost].iloc[0]} isn't listed")
    return rows


def _upwards(parents: np.ndarray) -> Iterator[np.ndarray]:
    """Yield each unit's row, its parent's, its grandparent's … until all are -1."""
    above = np.arange(len(parents))
    for _ in range(len(parents) + 1):
        if (above < 0).all():
            return
        yield above
        above = np.where(above >= 0, parents[above], -1)
    raise ValueError("units: some contain each other")


def _fractions(parts: np.ndarray, wholes: np.ndarray) -> list[Fraction | None]:
    """Return part / whole for each unit; None where the whole is 0 (not given counts as 0)."""
    return [
        Fraction(part, whole) if whole else None
        for part, whole in zip(parts.tolist(), wholes.tolist(), strict=True)
    ]
