"""One name several times in one unit, under different pseudonyms.

Names are compared after folding: Unicode form, capitals, spaces and the place of the tone make
no difference, a different tone or letter does. Namesakes are common; how often the name occurs in
other units tells how likely they are here.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from grading.frames import positions_in
from grading.messages import text
from questions.folding import fold


def same_name(chosen: pd.DataFrame, people: pd.DataFrame) -> list[tuple]:
    """Return rows of ADVICE_RESULTS from `group` on: each later person beside the first.

    Who has no counted attempt, or whose name was erased, isn't looked at. A person stands where
    their counted attempt is.
    """
    counted = chosen["counted"].to_numpy(dtype=bool)
    place = positions_in(chosen["contestant_id"], people["contestant_id"])
    known = dict(enumerate(people["name"]))
    folded: dict[str, str] = {}
    by_name: dict[tuple[str, str], list[int]] = {}
    units = chosen["unit_id"].tolist()
    for row in np.flatnonzero(counted & (place >= 0)).tolist():
        name = known[int(place[row])]
        if not isinstance(name, str):
            continue
        if name not in folded:
            folded[name] = fold(name)
        if folded[name]:
            by_name.setdefault((units[row], folded[name]), []).append(row)
    everywhere, in_unit = Counter(), Counter()
    for (unit_id, name), rows in by_name.items():
        everywhere[name] += len(rows)
        in_unit[unit_id] += len(rows)
    people_count, found = sum(in_unit.values()), []
    for (unit_id, name), rows in by_name.items():
        if len(rows) > 1:
            outside = people_count - in_unit[unit_id]
            elsewhere = everywhere[name] - len(rows)
            by_chance = in_unit[unit_id] * elsewhere / outside if outside else 0.0
            explanation = text(
                "advice.same_name", here=len(rows), elsewhere=elsewhere, people=outside
            )  # fmt: skip
            found += _rows(chosen.iloc[rows], by_chance, explanation)
    return found


def _rows(same: pd.DataFrame, by_chance: float, explanation: str) -> list[tuple]:
    first, *later = same.sort_values(["started_at", "contestant_id"]).to_dict("records")
    return [
        (
            one["group"], "same_name", one["unit_id"], one["contestant_id"], one["attempt_id"],
            first["contestant_id"], first["attempt_id"], float(len(same)), by_chance, None,
            explanation,
        )
        for one in later
    ]  # fmt: skip
