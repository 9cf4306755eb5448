"""The tables that grading takes and gives: every column's name, dtype, unit and null.

Functions check what they take with `require`, never change it, and return
new frames. dtypes are pandas names; `string` columns hold `str` or NA,
`object` columns the type named in the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Column:
    """One column: pandas dtype, whether it may be null, and what it means."""

    dtype: str
    null: bool
    meaning: str


Contract = Mapping[str, Column]

ATTEMPTS: Contract = {
    "round": Column("string", False, "round id"),
    "group": Column("string", False, "group id"),
    "contestant_id": Column("string", False, "pseudonym of the person"),
    "unit_id": Column("string", False, "leaf or parent unit the person belongs to"),
    "attempt_id": Column("string", False, "unique"),
    "number": Column("int64", False, "1, 2 … within round and person"),
    "state": Column("string", False, "submitted, expired or unfinished"),
    "excluded": Column("bool", False, "by a ruling"),
    "started_at": Column("int64", False, "milliseconds UTC"),
    "submitted_at": Column("Int64", True, "milliseconds UTC; expired: the deadline; null: unfinished"),
    "prediction": Column("object", True, "decimal.Decimal or None"),
}
"""One row per attempt, as the contest hands them over."""

ANSWERS: Contract = {
    "attempt_id": Column("string", False, "a row of ATTEMPTS"),
    "position": Column("int64", False, "1-based place of the question in the paper"),
    "question_id": Column("string", False, "a question of the round's bank"),
    "response": Column("string", True, "canonical JSON of the response; null: never answered"),
}
"""One row per attempt and question of its paper."""

PEOPLE: Contract = {
    "contestant_id": Column("string", False, "pseudonym"),
    "name": Column("string", True, "null once erased"),
}
"""One row per person: what the ranking shows beside the pseudonym."""

UNITS: Contract = {
    "unit_id": Column("string", False, "unique"),
    "unit": Column("string", False, "name"),
    "parent_unit_id": Column("string", True, "null at level 1"),
    "block": Column("string", True, "ranked apart from other blocks; null: one block for all"),
    "headcount": Column("Int64", True, "persons; null: not given"),
    "level": Column("int64", False, "1 = top"),
}
"""One row per unit of the contest's tree."""

SCORES: Contract = {
    "attempt_id": Column("string", False, ""),
    "question_id": Column("string", False, ""),
    "mark": Column("Int64", True, "millionths of a point; null: not yet marked"),
    "max_mark": Column("int64", False, "millionths of a point"),
    "status": Column("string", False, "right, partial, wrong, unanswered, needs_marker"),
}
"""One row per row of ANSWERS."""


def require(frame: pd.DataFrame, contract: Contract, name: str) -> None:
    """Check that `frame` has the contract's columns, without nulls where none may be.

    Raises
    ------
    ValueError
        Naming the frame and every column that is missing or has forbidden nulls.
    """
    missing = [column for column in contract if column not in frame.columns]
    if missing:
        raise ValueError(f"{name}: missing columns {missing}")
    nulls = [
        column for column, spec in contract.items() if not spec.null and frame[column].isna().any()
    ]
    if nulls:
        raise ValueError(f"{name}: null values in {nulls}")
