"""The same results by another way: plain Python, one person at a time, no table in sight.

Written from the rules, not from the code, and it imports none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.grading.factories import Sitting

Keys = Sequence[tuple[str, str]]
POINTS = 10_000_000


def is_entry(one: Sitting) -> bool:
    """Ended and not excluded."""
    return one.state in ("submitted", "expired") and not one.excluded


def score(one: Sitting) -> int | None:
    """Millionths; None while nobody knows."""
    if one.state == "unfinished" or "?" in one.paper:
        return None
    return POINTS * one.paper.count("r")


def right(one: Sitting) -> int:
    """Questions right so far."""
    return one.paper.count("r")


def took(one: Sitting) -> int | None:
    """Milliseconds from opening to the end."""
    return None if one.state == "unfinished" else one.took


def shown_of(sittings: Sequence[Sitting], keys: Keys) -> Sitting:
    """Return the attempt that stands for one person in one round."""
    for wanted in (
        [one for one in sittings if is_entry(one)],
        [one for one in sittings if one.state != "unfinished"],
        [one for one in sittings if not one.excluded],
        list(sittings),
    ):
        if wanted:
            break

    def order(one: Sitting) -> list[Any]:
        found: list[Any] = []
        for key, direction in keys:
            if one.state == "unfinished":
                found.append(0)  # no values yet: the number decides
                continue
            value = {
                "score": score(one),
                "correct": None if "?" in one.paper else right(one),
                "duration": one.took,
                "submitted_at": one.end,
                "number": one.number,
            }[key]
            if value is None:
                found.append(float("-inf"))  # may turn out the best
            else:
                found.append(-value if direction == "high" else value)
        return [*found, one.number]

    return min(wanted, key=order)


def true_value(quantity: str | None, sittings: Sequence[Sitting], shown: Sequence[Sitting]) -> Any:
    """Return the true value of one round, or None."""
    entries = [one for one in sittings if is_entry(one)]
    if quantity == "people":
        return Decimal(len({one.person for one in entries}))
    if quantity == "entries":
        return Decimal(len(entries))
    if quantity == "perfect_people":
        counted = [one for one in shown if is_entry(one)]
        return Decimal(sum(set(one.paper) == {"r"} for one in counted))
    if quantity == "percent_right":
        asked = sum(len(one.paper) for one in entries)
        if not asked:
            return None
        hundred_thousandths = Fraction(sum(map(right, entries)) * 100 * 100_000, asked)
        return Decimal((2 * hundred_thousandths + 1) // 2) / 100_000
    return None


def rank_people(
    sittings: Sequence[Sitting], counting: Keys, ranking: Keys, quantity: str | None
) -> list[dict[str, Any]]:
    """Return the rows of all people of all rounds, in order."""
    rows = []
    for round_id in sorted({one.round for one in sittings}):
        here = [one for one in sittings if one.round == round_id]
        shown = [
            shown_of([one for one in here if one.person == person], counting)
            for person in sorted({one.person for one in here})
        ]
        value = true_value(quantity, here, shown)
        for group in sorted({one.group for one in shown}):
            mine = [one for one in shown if one.group == group]
            rows += _rank_group(mine, here, ranking, value)
    return rows


def _error(one: Sitting, value: Decimal | None) -> Fraction | None:
    if one.prediction is None or value is None or one.state == "unfinished":
        return None
    return abs(Fraction(one.prediction) - Fraction(value))


def _rank_group(
    shown: Sequence[Sitting], here: Sequence[Sitting], ranking: Keys, value: Decimal | None
) -> list[dict[str, Any]]:
    def entries(one: Sitting) -> list[Sitting]:
        return [other for other in here if other.person == one.person and is_entry(other)]

    def parts(one: Sitting) -> list[Any]:
        found: list[Any] = []
        for key, direction in ranking:
            if key == "prediction_error":
                error = _error(one, value)
                sign = -1 if direction == "high" else 1
                found.append((1, 0) if error is None else (0, sign * error))
                continue
            number = {
                "score": score(one),
                "correct": right(one),
                "duration": one.took,
                "submitted_at": one.end,
                "started_at": one.start,
                "registered_at": one.registered,
                "all_right": int(set(one.paper) == {"r"}),
                "attempts": len(entries(one)),
                "maximum_papers": sum(set(other.paper) == {"r"} for other in entries(one)),
            }[key]
            found.append(-number if direction == "high" else number)
        return found

    ranked = sorted(
        (one for one in shown if is_entry(one) and score(one) is not None),
        key=lambda one: (parts(one), one.person),
    )
    rest = [one for one in shown if one not in ranked]
    rows = []
    for place, one in enumerate(ranked):
        neighbour = ranked[place - 1] if place else (ranked[1] if len(ranked) > 1 else None)
        rank = 1 + sum(parts(other) < parts(one) for other in ranked)
        rows.append(_row(one, value, rank, _decider(one, neighbour, ranking, parts), "ranked"))
    for one in rest:
        status = "needs_marker"
        if one.excluded:
            status = "excluded"
        elif one.state == "unfinished":
            status = "unfinished"
        rows.append(_row(one, value, None, None, status))
    return rows


def _decider(one: Sitting, neighbour: Sitting | None, ranking: Keys, parts: Any) -> str | None:
    if neighbour is None:
        return None
    for (key, _), mine, theirs in zip(ranking, parts(one), parts(neighbour), strict=True):
        if mine != theirs:
            return key
    return "tie"


def _row(
    one: Sitting, value: Decimal | None, rank: int | None, decided_by: str | None, status: str
) -> dict[str, Any]:
    return {
        "rank": rank,
        "contestant_id": one.person,
        "unit_id": one.unit,
        "group": one.group,
        "attempt_id": one.attempt_id,
        "score": score(one),
        "max_score": POINTS * len(one.paper),
        "correct": None if one.state == "unfinished" else right(one),
        "questions": len(one.paper),
        "duration_ms": took(one),
        "submitted_at": one.end,
        "prediction": one.prediction,
        "prediction_error": _error(one, value),
        "decided_by": decided_by,
        "status": status,
        "round": one.round,
    }


def rank_units(
    sittings: Sequence[Sitting], tree: Sequence[Sequence[Any]], counting: Keys, by: str
) -> list[dict[str, Any]]:
    """Return the rows of all units of all rounds, in order; `tree` as in `factories.units`."""
    rows: list[dict[str, Any]] = []
    for round_id in sorted({one.round for one in sittings}):
        here = [one for one in sittings if one.round == round_id]
        found = [_unit(row, tree, here, counting) | {"round": round_id} for row in tree]
        for row in found:
            rivals = [r for r in found if (r["block"], r["level"]) == (row["block"], row["level"])]
            rivals = [r for r in rivals if r[by] is not None]
            row["rank"] = row["decided_by"] = None
            if row[by] is None:
                continue
            row["rank"] = 1 + sum(rival[by] > row[by] for rival in rivals)
            rivals.sort(key=lambda rival: (-rival[by], rival["unit_id"]))
            place = rivals.index(row)
            if len(rivals) > 1:
                neighbour = rivals[place - 1] if place else rivals[1]
                row["decided_by"] = "tie" if neighbour[by] == row[by] else by
        rows += sorted(
            found,
            key=lambda r: (
                r["block"] or "", r["rank"] is None, r["rank"] or 0, r["level"], r["unit_id"],
            ),
        )  # fmt: skip
    return rows


def _unit(
    row: Sequence[Any], tree: Sequence[Sequence[Any]], here: Sequence[Sitting], counting: Keys
) -> dict[str, Any]:
    unit_id, parent, block, headcount = row
    below = {unit_id}
    while True:
        more = {one[0] for one in tree if one[1] in below} - below
        if not more:
            break
        below |= more
    level = 1
    above = parent
    while above is not None:
        level += 1
        above = next(one[1] for one in tree if one[0] == above)
    entries = [one for one in here if is_entry(one) and one.unit in below]
    persons = sorted({one.person for one in here})
    counted = [shown_of([one for one in here if one.person == p], counting) for p in persons]
    scores = [
        score(one)
        for one in counted
        if one.unit in below and is_entry(one) and score(one) is not None
    ]
    everybody = len({one.person for one in entries})
    return {
        "block": block,
        "unit_id": unit_id,
        "headcount": headcount,
        "people": everybody,
        "attempts": len(entries),
        "share": Fraction(everybody, headcount) if headcount else None,
        "mean_score": Fraction(sum(scores), len(scores) * 1_000_000) if scores else None,
        "level": level,
        "parent_unit_id": parent,
    }
