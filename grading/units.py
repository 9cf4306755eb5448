"""The order of units: each with everything below it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np
import pandas as pd

from grading.frames import CHOSEN, UNITS, build, integers, require, require_unique
from grading.messages import text
from grading.order import exact_codes, places, positions, standing, text_codes
from grading.result_frames import UNIT_RESULTS, WON
from grading.unit_figures import Measure, UnitFigures, unit_figures
from grading.unit_rules import ByInterleaved, ByRankPoints, BySum, UnitRanking


@dataclass(frozen=True)
class _Formula:
    """What units are ranked by.

    Attributes
    ----------
    value : list
        The number they are ranked by; None where it isn't one number.
    key : array of int64
        Smaller first.
    names : list of str
        What decides where the key does, for each unit.
    known : array of bool
        Whether a unit can be ranked by it.
    """

    value: Measure
    key: np.ndarray
    names: list[str]
    known: np.ndarray


def rank_units(
    chosen: pd.DataFrame,
    units: pd.DataFrame,
    ranking: UnitRanking,
    round_id: str,
    won: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Rank the units in one round, or over several, within block and level.

    A unit's figures contain those of all units below it. People belong to the unit of their
    attempt; a person with attempts in several units below the same one is one person there.

    Parameters
    ----------
    chosen : DataFrame
        CHOSEN of the rounds; may be empty.
    units : DataFrame
        UNITS; every one gets a row.
    ranking : UnitRanking
        The measures. Units that can't be ranked stand last, without a rank.
    round_id : str
        Round or board id, written in every row.
    won : DataFrame or None
        WON: the prizes of these rounds' people; None: there are none.

    Returns
    -------
    DataFrame
        UNIT_RESULTS. `flag` says in words what is doubtful about a unit, or why it isn't ranked.

    Raises
    ------
    ValueError
        For an attempt of a unit that isn't listed, a unit listed twice, a parent that isn't
        listed, units that contain each other, or frames that break their contract.
    """
    require(chosen, CHOSEN, "chosen")
    require(units, UNITS, "units")
    if won is not None:
        require(won, WON, "won")
    require_unique(units, ["unit_id"], "units")
    units = units.reset_index(drop=True)
    best = {term.best for term in ranking.terms if term.best is not None}
    figures = unit_figures(chosen, units, won, best)
    found = order_units(figures, units, ranking)
    nothing = pd.array([pd.NA] * len(units), dtype="Int64")
    shown = found.assign(
        people=figures.people,
        attempts=figures.attempts,
        share=pd.Series(_measure(figures, "share"), dtype=object),
        mean_score=pd.Series(_measure(figures, "mean_score"), dtype=object),
        winners=nothing if figures.winners is None else figures.winners,
        points=nothing if figures.points is None else figures.points,
        first_prizes=nothing if figures.first_prizes is None else figures.first_prizes,
        total_score=figures.score,
        prize=None,
        flag=_flags(figures, ranking),
        round=round_id,
    )
    order = positions(
        text_codes(units["block"]),
        found["rank"].isna().to_numpy(),
        integers(found["rank"])[0],
        units["level"].to_numpy("int64"),
        text_codes(units["unit_id"]),
    )
    return build(shown.iloc[order], UNIT_RESULTS, "units")


def order_units(figures: UnitFigures, units: pd.DataFrame, ranking: UnitRanking) -> pd.DataFrame:
    """Return `units`, row for row, with `rank`, `decided_by` and `value`; see `rank_units`."""
    eligible = (figures.people >= ranking.min_people) & (figures.headcount >= ranking.min_headcount)
    pool = _pools(units, ranking)
    then = [exact_codes(figures.measure(term), high=True) for term in ranking.then]
    formula = _formula(figures, ranking, pool, eligible, then)
    found = _ranked(units, ranking, formula, pool, eligible & formula.known, then)
    return found.assign(value=pd.Series(formula.value, dtype=object))


def _measure(figures: UnitFigures, name: str) -> Measure:
    return figures.measure(BySum.model_validate({"terms": [{"measure": name}]}).terms[0])


def _pools(units: pd.DataFrame, ranking: UnitRanking) -> np.ndarray:
    """Return the same number for units that are ranked against each other."""
    level = units["level"].to_numpy("int64")
    if ranking.blocks == "together":
        return level
    return (text_codes(units["block"]) + 1) * (level.max(initial=0) + 1) + level


def _ranked(
    units: pd.DataFrame,
    ranking: UnitRanking,
    formula: _Formula,
    pool: np.ndarray,
    ranked: np.ndarray,
    then: list[np.ndarray],
) -> pd.DataFrame:
    keys = [formula.key, *then]
    order = positions(pool, ~ranked, *keys, text_codes(units["unit_id"]))
    order = order[ranked[order]]
    names = ["by", *(term.measure for term in ranking.then)]
    rank, decided_by = standing(order, pool, keys, names, dense=ranking.ties == "dense")
    by = np.equal(decided_by, "by")
    decided_by[by] = np.array(formula.names, dtype=object)[by]
    return units.assign(rank=rank, decided_by=decided_by)


def _flags(figures: UnitFigures, ranking: UnitRanking) -> list[str | None]:
    reasons = {
        "headcount_missing": figures.headcount == 0,
        "headcount_small": (figures.headcount > 0) & (figures.headcount < figures.people),
        "few_people": figures.people < ranking.min_people,
        "few_heads": (figures.headcount > 0) & (figures.headcount < ranking.min_headcount),
    }
    said = [(text(f"flag.{name}"), which.tolist()) for name, which in reasons.items()]
    return [
        "; ".join(words for words, which in said if which[at]) or None
        for at in range(len(figures.people))
    ]


# --- formulas


def _formula(
    figures: UnitFigures,
    ranking: UnitRanking,
    pool: np.ndarray,
    eligible: np.ndarray,
    then: list[np.ndarray],
) -> _Formula:
    by = ranking.by
    if isinstance(by, ByInterleaved):
        return _interleaved(figures, by, pool, eligible, then)
    if isinstance(by, ByRankPoints):
        value, name = _rank_points(figures, by, pool, eligible), "rank_points"
    else:
        value = _weighted_sum(figures, by)
        name = by.terms[0].measure if len(by.terms) == 1 else "sum"
    known = np.array([one is not None for one in value], dtype=bool)
    return _Formula(value, exact_codes(value, high=True), [name] * len(value), known)


def _weighted_sum(figures: UnitFigures, by: BySum) -> Measure:
    columns = [figures.measure(term) for term in by.terms]
    weights = [Fraction(term.weight) for term in by.terms]
    found: Measure = []
    for row in zip(*columns, strict=True):
        total = Fraction(0)
        for value, weight in zip(row, weights, strict=True):
            if value is None:
                found.append(None)
                break
            total += weight * value
        else:
            found.append(total)
    return found


def _rank_points(
    figures: UnitFigures, by: ByRankPoints, pool: np.ndarray, eligible: np.ndarray
) -> Measure:
    total = [Fraction(0)] * len(pool)
    taking_part = eligible & (figures.people > 0)
    for term in by.lists:
        measure = _signed(figures.measure(term), term.weight)
        key = exact_codes(measure, high=True)
        listed = taking_part & np.array([one is not None for one in measure], dtype=bool)
        order = positions(pool, ~listed, key)
        order = order[listed[order]]
        place, _ = places(pool[order], [key[order]], [term.measure])
        for at, rank in zip(order.tolist(), place.tolist(), strict=True):
            if rank <= by.top:
                total[at] += max(by.first - rank + 1, 0)
    return list(total)


def _signed(measure: Measure, weight: object) -> Measure:
    """Return the measure times its weight: one below 0 turns a list round."""
    factor = Fraction(weight)  # type: ignore[arg-type]
    return [None if one is None else one * factor for one in measure]


def _interleaved(
    figures: UnitFigures,
    by: ByInterleaved,
    pool: np.ndarray,
    eligible: np.ndarray,
    then: list[np.ndarray],
) -> _Formula:
    count = len(pool)
    lists = []
    for term in by.lists:
        measure = _signed(figures.measure(term), term.weight)
        listed = eligible & np.array([one is not None for one in measure], dtype=bool)
        codes = [exact_codes(measure, high=True), *then]
        keys = list(zip(*(one.tolist() for one in codes), strict=True))
        lists.append((term.measure, listed, keys))
    key = np.full(count, count, dtype="int64")
    names = [""] * count
    for number in np.unique(pool).tolist():
        mine = np.flatnonzero(pool == number).tolist()
        for turn, (name, units) in enumerate(_turns(lists, mine)):
            for at in units:
                key[at], names[at] = turn, name
    return _Formula([None] * count, key, names, key < count)


def _turns(
    lists: list[tuple[str, np.ndarray, list[tuple[int, ...]]]], units: list[int]
) -> list[tuple[str, list[int]]]:
    """Return who takes each turn, and by which list: units equal there take it together."""
    queues = []
    for name, listed, keys in lists:
        mine = sorted((keys[at], at) for at in units if listed[at])
        queues.append((name, deque(at for _, at in mine), keys))
    placed: set[int] = set()
    found: list[tuple[str, list[int]]] = []
    while True:
        for _, queue, _ in queues:
            while queue and queue[0] in placed:
                queue.popleft()
        # The first turn and the second are list one's; from then on they alternate.
        name, queue, keys = queues[0 if not found else (len(found) + 1) % 2]
        if not queue:
            name, queue, keys = max(queues, key=lambda one: len(one[1]))
        if not queue:
            return found
        (_, equal) = next(groupby(queue, key=keys.__getitem__))
        taken = [at for at in equal if at not in placed]
        found.append((name, taken))
        placed.update(taken)
