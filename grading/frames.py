"""The tables that grading takes and gives: every column's name, dtype, unit and null.

Functions check what they take with `require`, never change it, and return
new frames. dtypes: `string` is pandas' text dtype (text objects or a category
of texts are taken as well), `int64` and `bool` have no nulls, `Int64` may,
`float64` holds statistics (never marks; NaN is null), `object` what the unit says.
The order of columns is the order in files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

Unit = Literal["", "micro", "time", "ms", "decimal", "fraction", "percent", "points"]
"""What a number means: a plain count, figure or text; millionths of a point; milliseconds UTC;
milliseconds; an exact `decimal.Decimal`; an exact `fractions.Fraction`; a float from 0 to 100 (or
below, or above); a float in points."""


@dataclass(frozen=True)
class Column:
    """One column: pandas dtype, whether it may be null, what it means, and its unit."""

    dtype: Literal["string", "int64", "Int64", "float64", "bool", "object"]
    null: bool
    meaning: str
    unit: Unit = ""


Contract = Mapping[str, Column]

ATTEMPTS: Contract = {
    "round": Column("string", False, "round id"),
    "group": Column("string", False, "group id"),
    "contestant_id": Column("string", False, "pseudonym of the person"),
    "unit_id": Column("string", False, "leaf or parent unit the person belongs to"),
    "attempt_id": Column("string", False, "unique"),
    "number": Column("int64", False, "1, 2 … within round and person, unique there"),
    "state": Column("string", False, "submitted, expired or unfinished"),
    "excluded": Column("bool", False, "by a ruling"),
    "started_at": Column("Int64", True, "when the paper was opened; null: not known", "time"),
    "submitted_at": Column(
        "Int64", True, "expired: the deadline; null: unfinished, or not known", "time"
    ),
    "prediction": Column("object", True, "null: none made", "decimal"),
}
"""One row per attempt, as the contest hands them over."""

REGISTERED: Contract = {
    "registered_at": Column("int64", False, "the person's first log-in", "time"),
}
"""Further column of ATTEMPTS, where people are ranked by it."""

TIME_GRANTED: Contract = {
    "granted_ms": Column("int64", False, "time granted by rulings; 0: none", "ms"),
    "allowed_ms": Column("int64", False, "time that the rules allow for the paper", "ms"),
}
"""Further columns of ATTEMPTS, where granted time counts in proportion."""

ALL_ATTEMPTS: Contract = {**ATTEMPTS, **REGISTERED, **TIME_GRANTED}
"""ATTEMPTS with all it may have."""

ANSWERS: Contract = {
    "attempt_id": Column("string", False, "a row of ATTEMPTS"),
    "position": Column("int64", False, "1-based place of the question in the paper"),
    "question_id": Column("string", False, "a question of the round's bank"),
    "response": Column("string", True, "canonical JSON of the response; null: never answered"),
}
"""One row per attempt and question of its paper."""

TIMED_ANSWERS: Contract = {
    **ANSWERS,
    "spent_ms": Column("Int64", True, "spent on the question; null: nobody knows", "ms"),
}
"""ANSWERS and, where it is known, how long each question took."""

ALL_ANSWERS: Contract = {
    **TIMED_ANSWERS,
    "elapsed_ms": Column("Int64", True, "taken by the answer that counts; null: none", "ms"),
}
"""TIMED_ANSWERS and what points by time go by: the time from the page's previous answer (or the
opening) to the answer that counts."""

PEOPLE: Contract = {
    "contestant_id": Column("string", False, "pseudonym, unique"),
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

SCORED_ATTEMPTS: Contract = {
    **ATTEMPTS,
    "score": Column("int64", False, "as handed over", "micro"),
    "max_score": Column("int64", False, "of the paper", "micro"),
    "correct": Column("Int64", True, "questions with full marks; null: not known"),
    "questions": Column("int64", False, "questions of the paper; 0: not known"),
}
"""ATTEMPTS that were marked elsewhere; all have ended."""

SCORES: Contract = {
    "attempt_id": Column("string", False, "as in ANSWERS"),
    "question_id": Column("string", False, "as in ANSWERS"),
    "mark": Column("Int64", True, "null: waits for a marker", "micro"),
    "max_mark": Column("int64", False, "for a full answer; 0: void_out", "micro"),
    "status": Column(
        "string",
        False,
        "right, partial, wrong, unanswered, needs_marker, void_full or void_out",
    ),
}
"""One row per row of ANSWERS, in its order."""

TOTALS: Contract = {
    **ATTEMPTS,
    "score": Column("Int64", True, "null: unfinished, or a response waits for a marker", "micro"),
    "max_score": Column("int64", False, "sum over the paper", "micro"),
    "correct": Column(
        "Int64", True, "questions with full marks so far; null: unfinished, or not known"
    ),
    "questions": Column(
        "int64", False, "questions of the paper, those void_out left out; 0: not known"
    ),
    "waiting": Column("int64", False, "responses that wait for a marker"),
    "duration_ms": Column("Int64", True, "submitted_at - started_at; null: one is null", "ms"),
    "ranked_ms": Column("Int64", True, "duration as the rules count it; null: unfinished", "ms"),
    "valid": Column("bool", False, "ended, and what the rules ask of a valid paper"),
}
"""ATTEMPTS and what each attempt amounts to."""

CHOSEN: Contract = {
    **TOTALS,
    "shown": Column("bool", False, "stands for its person in the ranking: one per round"),
    "counted": Column("bool", False, "shown, ended, valid and not excluded"),
}
"""TOTALS and which attempt of each person counts."""


def require(frame: pd.DataFrame, contract: Contract, name: str) -> None:
    """Check that `frame` has the contract's columns, of a fitting dtype, without forbidden nulls.

    Further columns are let be.

    Raises
    ------
    ValueError
        Naming the frame and every column that is missing, of another dtype or has nulls.
    """
    missing = [column for column in contract if column not in frame.columns]
    if missing:
        raise ValueError(f"{name}: missing columns {missing}")
    nulls = [
        column for column, spec in contract.items() if not spec.null and frame[column].isna().any()
    ]
    if nulls:
        raise ValueError(f"{name}: null values in {nulls}")
    other = [column for column, spec in contract.items() if not _fits(frame[column], spec)]
    if other:
        raise ValueError(f"{name}: other dtype than expected in {other}")


def require_unique(frame: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    """Check that no two rows agree in `columns`.

    Raises
    ------
    ValueError
        Naming the frame and the first repeated values.
    """
    repeated = frame.duplicated(list(columns))
    if repeated.any():
        first = frame.loc[repeated, list(columns)].iloc[0].tolist()
        raise ValueError(f"{name}: {list(columns)} {first} stands there more than once")


def from_rows(rows: Iterable[Sequence[Any]], contract: Contract, name: str) -> pd.DataFrame:
    """Build a frame from rows whose values stand in the contract's order; None is null.

    Raises
    ------
    ValueError
        Where a row has another length, or as `build` does.
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(contract)
    if len(columns) != len(contract):
        raise ValueError(f"{name}: {len(columns)} values in a row, not {len(contract)}")
    return build(dict(zip(contract, columns, strict=True)), contract, name)


def build(columns: Mapping[str, Any], contract: Contract, name: str) -> pd.DataFrame:
    """Build a frame with the contract's columns, order and dtypes, checked as by `require`.

    Parameters
    ----------
    columns : mapping
        Column name -> sequence, array or series of equal lengths; None, NaN and NA are null.
        What the contract doesn't have is left out.

    Raises
    ------
    ValueError
        Where values aren't of the column's type (nothing is converted: `"7"` is no number and
        0 no truth value), or are null where none may be.
    """
    made = {column: _series(columns[column], spec) for column, spec in contract.items()}
    wrong = [column for column, series in made.items() if series is None]
    if wrong:
        raise ValueError(f"{name}: null values or other types than expected in {wrong}")
    nulls = [
        column for column, spec in contract.items() if not spec.null and made[column].isna().any()
    ]
    if nulls:
        raise ValueError(f"{name}: null values in {nulls}")
    return pd.DataFrame(made, columns=list(contract))


def positions_in(values: pd.Series, known: pd.Series) -> np.ndarray:
    """Return where each of `values` stands in `known` (unique): int64, -1 where it doesn't."""
    index = pd.Index(known)
    if isinstance(values.dtype, pd.CategoricalDtype):
        # A few categories stand for millions of rows.
        of_category = index.get_indexer(values.cat.categories)
        codes = values.cat.codes.to_numpy()
        if not len(of_category):
            return np.full(len(codes), -1, dtype="int64")
        return np.where(codes < 0, -1, of_category[codes]).astype("int64")
    return index.get_indexer(pd.Index(values)).astype("int64")


def integers(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return an integer column as int64, 0 where it is null, and where it is null."""
    null = values.isna().to_numpy()
    if not null.any():
        return values.to_numpy("int64"), null
    return pd.array(values.array, dtype="Int64").to_numpy("int64", na_value=0), null


def _series(values: Any, spec: Column) -> pd.Series | None:
    """Return the values with the column's dtype; None where they are of another type."""
    if isinstance(values, pd.Series):
        values = values.to_numpy() if isinstance(values.dtype, np.dtype) else values.array
    if isinstance(values, pd.Categorical):
        values = np.asarray(values, dtype=object)
    dtype = "str" if spec.dtype == "string" else spec.dtype
    if spec.dtype != "object":
        found = pd.api.types.infer_dtype(values, skipna=True)
        nothing = found == "empty" or (
            found == "floating" and pd.isna(np.asarray(values, dtype=object)).all()
        )
        if not nothing and found != _KINDS[spec.dtype]:
            return None
        if nothing and len(values):
            if not spec.null:
                return None
            values = [None] * len(values)
    if spec.dtype in ("int64", "bool") and pd.isna(np.asarray(values)).any():
        return None
    return pd.Series(values, dtype=dtype).reset_index(drop=True)


_KINDS = {
    "string": "string",
    "int64": "integer",
    "Int64": "integer",
    "float64": "floating",
    "bool": "boolean",
}
"""dtype of a column -> what pandas calls values that may become it."""


def _fits(series: pd.Series, spec: Column) -> bool:
    dtype = series.dtype
    types = pd.api.types
    if spec.null and series.isna().all():
        return True
    if spec.dtype == "string":
        if isinstance(dtype, pd.CategoricalDtype):
            dtype = series.cat.categories.dtype
            series = series.cat.categories.to_series()
        texts = isinstance(dtype, pd.StringDtype)
        return texts or types.infer_dtype(series, skipna=True) in ("string", "empty")
    if spec.dtype in ("int64", "Int64"):
        return types.is_integer_dtype(dtype)
    if spec.dtype == "float64":
        return types.is_float_dtype(dtype)
    if spec.dtype == "bool":
        return types.is_bool_dtype(dtype)
    return True
