"""What each unit has, with everything below it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from grading.frames import integers, positions_in
from grading.marks import MICRO
from grading.order import id_codes
from grading.scoring import is_entry
from grading.unit_rules import Term

Measure = list[Fraction | None]
"""One exact number for each unit; None: it has none."""


@dataclass(frozen=True)
class UnitFigures:
    """One number per unit, its descendants included; scores and points in millionths.

    Attributes
    ----------
    people, attempts : array of int64
        Persons with an entry; entries.
    score, scored : array of int64
        Sum and number of the counted attempts whose score is settled.
    headcount : array of int64
        0: not given.
    best : mapping
        k -> sum of the k best of these scores.
    winners, points, first_prizes : array of int64, or None
        Persons with a prize, points of their prizes, persons with a highest prize; None: there are
        no prizes for people.
    """

    people: np.ndarray
    attempts: np.ndarray
    score: np.ndarray
    scored: np.ndarray
    headcount: np.ndarray
    best: dict[int, np.ndarray]
    winners: np.ndarray | None
    points: np.ndarray | None
    first_prizes: np.ndarray | None

    def measure(self, term: Term) -> Measure:
        """Return a measure of every unit, exactly, without its weight."""
        ones = np.ones(len(self.people), dtype="int64")
        if term.measure == "share":
            return fractions(self.people, self.headcount)
        if term.measure == "mean_score":
            return fractions(self.score, self.scored * MICRO)
        if term.measure == "best_mean":
            assert term.best is not None
            best = fractions(self.best[term.best], ones * term.best * MICRO)
            return [
                mean if count else None
                for mean, count in zip(best, self.scored.tolist(), strict=True)
            ]
        parts, unit = {
            "people": (self.people, 1),
            "attempts": (self.attempts, 1),
            "total_score": (self.score, MICRO),
            "winners": (self.winners, 1),
            "prize_points": (self.points, MICRO),
            "first_prizes": (self.first_prizes, 1),
        }[term.measure]
        return [None] * len(self.people) if parts is None else fractions(parts, ones * unit)


def unit_figures(
    chosen: pd.DataFrame,
    units: pd.DataFrame,
    won: pd.DataFrame | None,
    best: Collection[int] = (),
) -> UnitFigures:
    """Add up what each unit and those below it have.

    Parameters
    ----------
    chosen : DataFrame
        CHOSEN; of several rounds, a person counts once.
    units : DataFrame
        UNITS.
    won : DataFrame or None
        WON; None: there are no prizes for people.
    best : collection of int
        For which k the k best scores are needed.
    """
    ids = units["unit_id"]
    tree = tree_of(units)
    unit = _places(chosen["unit_id"], ids)
    entry = is_entry(chosen).to_numpy()
    scored = (chosen["counted"] & (chosen["waiting"] == 0)).to_numpy(dtype=bool)
    scores, _ = integers(chosen["score"])
    persons = id_codes(chosen["contestant_id"])
    prizes: tuple[np.ndarray | None, ...] = (None, None, None)
    if won is not None:
        at, winner = _places(won["unit_id"], ids), pd.factorize(won["contestant_id"])[0]
        highest = won["highest"].to_numpy(dtype=bool)
        prizes = (
            _persons(at, winner, tree),
            _sums(at, won["points"].to_numpy("int64"), tree),
            _persons(at[highest], winner[highest], tree),
        )
    return count_units(
        tree,
        (unit[entry], persons[entry]),
        (unit[scored], scores[scored]),
        integers(units["headcount"])[0],
        best,
        prizes,
    )


def count_units(
    tree: list[np.ndarray],
    entries: tuple[np.ndarray, np.ndarray],
    counted: tuple[np.ndarray, np.ndarray],
    headcount: np.ndarray,
    best: Collection[int] = (),
    prizes: tuple[np.ndarray | None, ...] = (None, None, None),
) -> UnitFigures:
    """Add up entries and counted scores; see `unit_figures`.

    Parameters
    ----------
    tree : list of arrays
        What `tree_of` gives.
    entries : pair of arrays of int64
        Row of the unit, and code of the person from 0 on, of every entry.
    counted : pair of arrays of int64
        Row of the unit, and score in millionths, of every counted attempt whose score is settled.
    headcount : array of int64
        0: not given.
    best : collection of int
        For which k the k best scores are needed.
    prizes : tuple
        `winners`, `points` and `first_prizes` of `UnitFigures`.
    """
    at, scores = counted
    return UnitFigures(
        _persons(*entries, tree),
        _sums(entries[0], None, tree),
        _sums(at, scores, tree),
        _sums(at, None, tree),
        headcount,
        {k: _best(at, scores, tree, k) for k in best},
        *prizes,
    )


def fractions(parts: np.ndarray, wholes: np.ndarray) -> Measure:
    """Return part / whole for each unit; None where the whole is 0 (not given counts as 0)."""
    return [
        Fraction(part, whole) if whole else None
        for part, whole in zip(parts.tolist(), wholes.tolist(), strict=True)
    ]


def _places(values: pd.Series, ids: pd.Series) -> np.ndarray:
    found = positions_in(values, ids)
    if (found < 0).any():
        raise ValueError(f"attempts: unit {values.to_numpy()[found < 0][0]} isn't listed")
    return found


def _sums(unit: np.ndarray, values: np.ndarray | None, tree: list[np.ndarray]) -> np.ndarray:
    """Add up values, or (None) count rows."""
    own = np.zeros(len(tree[0]) if tree else 0, dtype="int64")
    np.add.at(own, unit, 1 if values is None else values)
    total = np.zeros_like(own)
    for above in tree:
        has = above >= 0
        np.add.at(total, above[has], own[has])
    return total


def _persons(unit: np.ndarray, persons: np.ndarray, tree: list[np.ndarray]) -> np.ndarray:
    """Count the different persons of each unit; one of several units below it is one there."""
    count = len(tree[0]) if tree else 0
    width = int(persons.max(initial=0)) + 1
    own = np.full(width, -1)
    own[persons] = unit
    known = np.flatnonzero(own >= 0)
    # Nearly all have one unit: only those of a second one are looked up.
    moved = unit != own[persons]
    second = pd.unique(unit[moved] * width + persons[moved])
    pairs = np.concatenate([own[known] * width + known, second])
    reached = [pairs[:0]]
    for above in tree:
        to = above[pairs // width]
        reached.append(to[to >= 0] * width + pairs[to >= 0] % width)
    return np.bincount(pd.unique(np.concatenate(reached)) // width, minlength=count)


def _best(unit: np.ndarray, scores: np.ndarray, tree: list[np.ndarray], k: int) -> np.ndarray:
    """Add up the k best scores of each unit, or all where there are fewer."""
    total = np.zeros(len(tree[0]) if tree else 0, dtype="int64")
    to = np.concatenate([above[unit] for above in tree] or [unit])
    all_scores = np.tile(scores, len(tree))[to >= 0]
    to = to[to >= 0]
    order = np.lexsort((-all_scores, to))
    to, all_scores = to[order], all_scores[order]
    within = np.arange(len(to)) - np.searchsorted(to, to, "left")
    np.add.at(total, to[within < k], all_scores[within < k])
    return total


def tree_of(units: pd.DataFrame) -> list[np.ndarray]:
    """Return the row of every unit, that of its parent, of the one above … until all are -1.

    Raises
    ------
    ValueError
        For a parent that isn't listed, or units that contain each other.
    """
    return list(_upwards(_parents(units)))


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
