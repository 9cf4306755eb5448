"""Who wins what, and why somebody ahead of a winner doesn't.

People who don't meet the conditions are passed over and those behind them move up. A place is
counted among those left; who shares a rank shares its places, and `edge` says what that wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

import numpy as np
import pandas as pd

from grading.frames import build, integers
from grading.marks import micro
from grading.messages import text
from grading.order import lot_order
from grading.prize_rules import PeoplePrizes, Prize, UnitPrizes
from grading.result_frames import PRIZE_RESULTS


@dataclass(frozen=True)
class Standing:
    """A ranking of people that prizes go by.

    Attributes
    ----------
    id : str
        Round or board id.
    rules : PeoplePrizes
        Its prizes.
    people : DataFrame
        Its ranked rows in their order: contestant_id, group, unit_id, rank, score, all_right,
        predicted and exact.
    """

    id: str
    rules: PeoplePrizes
    people: pd.DataFrame

    @classmethod
    def of(cls, id_: str, rules: PeoplePrizes, people: pd.DataFrame) -> Standing:
        """Take the ranked rows of PEOPLE_RESULTS or BOARD_RESULTS."""
        ranked = people[(people["status"] == "ranked").to_numpy()].reset_index(drop=True)
        questions = ranked["questions"].to_numpy("int64")
        error = ranked["prediction_error"]
        predicted = ranked.get("prediction", error)
        return cls(
            id_,
            rules,
            pd.DataFrame(
                {
                    "contestant_id": ranked["contestant_id"],
                    "group": ranked["group"],
                    "unit_id": ranked["unit_id"],
                    "rank": integers(ranked["rank"])[0],
                    "score": integers(ranked["score"])[0],
                    "all_right": (integers(ranked["correct"])[0] == questions) & (questions > 0),
                    "predicted": predicted.notna().to_numpy(),
                    "exact": np.array([one == 0 for one in error.to_numpy(dtype=object)], bool),
                }
            ),
        )


@dataclass(frozen=True)
class _Row:
    """A row of PRIZE_RESULTS in the making; `prize` None: passed over, for `reason`."""

    at: int
    prize: Prize | None
    reason: str | None


@dataclass
class _Pool:
    """Rows of one standing that win prizes against each other, and how many of each there are."""

    standing: Standing
    rows: np.ndarray
    counts: list[int]
    out: dict[str, str] = field(default_factory=dict)

    @property
    def most(self) -> int | None:
        """How many may win at most; None: as many as there are prizes, and who shares the last."""
        share = self.standing.rules.max_share
        return None if share is None else int(Fraction(share) * len(self.rows))


def award_people(standings: Sequence[Standing]) -> pd.DataFrame:
    """Allot the prizes of all rankings of people.

    Parameters
    ----------
    standings : sequence of Standing
        In the order in which they are won: rounds as they follow, boards behind.

    Returns
    -------
    DataFrame
        PRIZE_RESULTS.
    """
    # Who may win nothing there, contestant id -> why; grows with one prize per person.
    out: list[dict[str, str]] = [{} for _ in standings]
    while True:
        found = [list(_award(one, given)) for one, given in zip(standings, out, strict=True)]
        if not _settle(standings, found, out):
            break
    tables = [_people_rows(one, rows) for one, rows in zip(standings, found, strict=True)]
    return together(tables)


def _award(standing: Standing, out: Mapping[str, str]) -> Iterator[_Row]:
    for pool in _pools(standing, out):
        yield from _allot(pool)


def _pools(standing: Standing, out: Mapping[str, str]) -> Iterator[_Pool]:
    rules = standing.rules
    everybody = np.arange(len(standing.people))
    counts = [prize.count for prize in rules.prizes]
    if rules.per == "all":
        yield _Pool(standing, everybody, counts, dict(out))
        return
    groups = standing.people["group"].to_numpy(dtype=object)
    quotas = {quota.group: quota.counts for quota in rules.quotas}
    for group in sorted(set(groups)):
        if rules.per == "quota":
            counts = [quotas.get(group, {}).get(prize.id, 0) for prize in rules.prizes]
        yield _Pool(standing, everybody[groups == group], counts, dict(out))


def _allot(pool: _Pool) -> Iterator[_Row]:
    """Yield the winners of a pool and those passed over, in their order."""
    rules, people = pool.standing.rules, pool.standing.people.iloc[pool.rows]
    total = sum(pool.counts)
    if not total:
        return
    reasons = _conditions(people, rules, pool.out)
    fit = np.flatnonzero(np.equal(reasons, None))
    ends = np.cumsum(pool.counts)
    prizes: dict[int, Prize] = {}
    lost: list[int] = []
    slots = _slots(people.iloc[fit], rules, total, pool.most)
    for at, slot in zip(fit.tolist()[: len(slots)], slots, strict=True):
        if isinstance(slot, int):
            prizes[at] = rules.prizes[int(np.searchsorted(ends, slot))]
        else:
            reasons[at] = slot
            lost.append(at)
    seen = max(max(prizes, default=-1) + 1, min(total, len(people)))
    gave_back = np.flatnonzero(people["contestant_id"].isin(pool.out).to_numpy()).tolist()
    passed = {at for at in range(seen) if reasons[at] is not None} | {*lost, *gave_back}
    for at in sorted(passed | set(prizes)):
        won = prizes.get(at)
        yield _Row(int(pool.rows[at]), won, None if won else reasons[at])


def _slots(
    people: pd.DataFrame, rules: PeoplePrizes, total: int, most: int | None
) -> list[int | str]:
    """Return for the first rows (all fit to win) the place that they win by, from 1, or why not."""
    ranks = people["rank"].to_numpy("int64")
    first = np.searchsorted(ranks, ranks, "left") + 1
    last = np.searchsorted(ranks, ranks, "right")
    reach = int(np.searchsorted(first, total, "right"))
    own = _lots(people["contestant_id"].to_numpy(dtype=object), first, reach, rules)
    found: list[int | str] = []
    for at in range(reach):
        slot = {"all": int(first[at]), "none": int(last[at]), "lot": own[at]}[rules.edge]
        needed = own[at] if rules.edge == "lot" else int(last[at])
        if slot > total:
            found.append(text(f"prize.edge_{rules.edge}"))
        elif most is not None and needed > most:
            found.append(text("prize.max_share"))
        else:
            found.append(slot)
    return found


def _lots(ids: np.ndarray, first: np.ndarray, reach: int, rules: PeoplePrizes) -> list[int]:
    """Return places 1, 2 …; among equals in the order of the lot."""
    found = list(range(1, len(ids) + 1))
    if rules.lot is None:
        return found
    at = 0
    while at < reach:
        end = int(np.searchsorted(first, first[at], "right"))
        for place, member in enumerate(lot_order(rules.lot, ids[at:end].tolist())):
            found[at + member] = at + place + 1
        at = end
    return found


def _conditions(people: pd.DataFrame, rules: PeoplePrizes, out: Mapping[str, str]) -> np.ndarray:
    """Return why each row can't win; None where it can."""
    missing = {
        "all_right": ~people["all_right"].to_numpy(dtype=bool),
        "prediction": ~people["predicted"].to_numpy(dtype=bool),
        "prediction_exact": ~people["exact"].to_numpy(dtype=bool),
    }
    reasons = np.full(len(people), None, dtype=object)
    for name in reversed(rules.requires):
        reasons[missing[name]] = text(f"prize.{name}")
    if rules.min_score is not None:
        short = people["score"].to_numpy("int64") < micro(rules.min_score)
        reasons[short] = text("prize.min_score", score=f"{rules.min_score.normalize():f}")
    if out:
        ids = people["contestant_id"]
        for at in np.flatnonzero(ids.isin(out).to_numpy()).tolist():
            reasons[at] = out[ids.iloc[at]]
    return reasons


# --- one prize per person


def _settle(
    standings: Sequence[Standing], found: Sequence[list[_Row]], out: list[dict[str, str]]
) -> bool:
    """Take from people with several prizes those they don't keep; return whether there were any.

    A ranking with `once: contest` takes part; in one with `ranking` people win whatever else
    they have.
    """
    held: dict[str, list[tuple[int, Prize]]] = {}
    for number, (one, rows) in enumerate(zip(standings, found, strict=True)):
        if one.rules.once != "contest":
            continue
        ids = one.people["contestant_id"]
        for row in rows:
            if row.prize is not None:
                held.setdefault(ids.iloc[row.at], []).append((number, row.prize))
    height = _heights(standings)
    changed = False
    for id_, mine in held.items():
        if len(mine) == 1:
            continue
        changed = True
        kept = _kept(standings, mine, height)
        for number, _ in mine:
            if number != kept[0]:
                words = {"prize": kept[1].title, "ranking": standings[kept[0]].id}
                out[number][id_] = text("prize.once", **words)
    return changed


def _kept(
    standings: Sequence[Standing],
    mine: Sequence[tuple[int, Prize]],
    height: Mapping[tuple[int, str], Any],
) -> tuple[int, Prize]:
    first, last = mine[0], mine[-1]
    if standings[last[0]].rules.keep == "first":
        return first
    return min(mine, key=lambda one: (height[one[0], one[1].id], one[0]))


def _heights(standings: Sequence[Standing]) -> dict[tuple[int, str], Any]:
    """Return how high each prize is, the highest smallest.

    By money where the value of every prize is stated, else by its place in its list.
    """
    every = [
        (number, place, prize)
        for number, one in enumerate(standings)
        for place, prize in enumerate(one.rules.prizes)
    ]
    money = all(prize.value is not None for _, _, prize in every)
    return {
        (number, prize.id): (-(prize.value or 0) if money else 0, place)
        for number, place, prize in every
    }


# --- units


def award_units(
    ranking: str, units: pd.DataFrame, rules: UnitPrizes, blocks: Literal["apart", "together"]
) -> pd.DataFrame:
    """Allot the prizes of one ranking of units, in every block of their level.

    Parameters
    ----------
    ranking : str
        Round or board id.
    units : DataFrame
        UNIT_RESULTS or BOARD_UNIT_RESULTS of it.
    rules : UnitPrizes
        The prizes.
    blocks : str
        As units were ranked; where `together`, the prizes go over all blocks.

    Returns
    -------
    DataFrame
        PRIZE_RESULTS.
    """
    mine = units[(units["level"] == rules.level).to_numpy() & units["rank"].notna().to_numpy()]
    block = mine["block"].astype(object).where(mine["block"].notna(), "")
    rows: list[dict[str, Any]] = []
    for name in [None] if blocks == "together" else sorted(set(block)):
        part = mine if name is None else mine[(block == name).to_numpy()]
        part = part.sort_values(["rank", "unit_id"], kind="stable")
        rows += _of_block(ranking, part, rules)
    return _table(rows)


def _of_block(ranking: str, units: pd.DataFrame, rules: UnitPrizes) -> Iterator[dict[str, Any]]:
    """Yield the rows of units ranked against each other: winners, and who is passed over.

    Units in which nobody took part win nothing; those behind them move up.
    """
    total = sum(prize.count for prize in rules.prizes)
    ends = np.cumsum([prize.count for prize in rules.prizes])
    ranks = integers(units["rank"])[0]
    fit = ranks[integers(units["people"])[0] > 0]
    first = np.searchsorted(ranks, ranks, "left")
    ahead = np.searchsorted(fit, ranks, "left")
    last = np.searchsorted(fit, ranks, "right")
    for at, row in enumerate(units.to_dict("records")):
        if ahead[at] >= total:
            return
        if not row["people"]:
            if first[at] < total or ahead[at] < len(fit):
                yield _unit_row(ranking, row, None, "prize.nobody")
            continue
        slot = int(ahead[at] + 1 if rules.edge == "all" else last[at])
        prize = rules.prizes[int(np.searchsorted(ends, slot))] if slot <= total else None
        yield _unit_row(ranking, row, prize, "prize.edge_none")


def _unit_row(
    ranking: str, row: Mapping[str, Any], prize: Prize | None, why_not: str
) -> dict[str, Any]:
    return {
        "ranking": ranking,
        "block": row["block"],
        "level": row["level"],
        "unit_id": row["unit_id"],
        "rank": int(row["rank"]),
        "status": "passed_over" if prize is None else "won",
        "reason": text(why_not) if prize is None else None,
        **_prize_cells(prize),
        "points": None,
    }


# --- tables


def together(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return PRIZE_RESULTS of several rankings as one table, numbered within each."""
    if not tables:
        return _table([])
    found = pd.concat(tables, ignore_index=True)
    found = found.sort_values("ranking", kind="stable", ignore_index=True)
    return found.assign(number=found.groupby("ranking").cumcount().to_numpy("int64") + 1)


def _people_rows(standing: Standing, rows: Sequence[_Row]) -> pd.DataFrame:
    people = standing.people.iloc[[row.at for row in rows]]
    return _table(
        [
            {
                "ranking": standing.id,
                "group": person["group"],
                "contestant_id": person["contestant_id"],
                "unit_id": person["unit_id"],
                "rank": person["rank"],
                "status": "passed_over" if row.prize is None else "won",
                "reason": row.reason,
                **_prize_cells(row.prize),
            }
            for row, person in zip(rows, people.to_dict("records"), strict=True)
        ]
    )


def _prize_cells(prize: Prize | None) -> dict[str, Any]:
    if prize is None:
        return {}
    return {
        "prize": prize.id,
        "title": prize.title,
        "value": prize.value,
        "points": micro(prize.points),
    }


def _table(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    numbered = [{"number": at, **row} for at, row in enumerate(rows, start=1)]
    columns = {name: [row.get(name) for row in numbered] for name in PRIZE_RESULTS}
    return build(columns, PRIZE_RESULTS, "prizes")
