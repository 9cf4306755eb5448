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

PEOPLE_RESULTS: Contract = {
    "rank": Column("Int64", True, "1 = first in round and group; null: not ranked"),
    "contestant_id": Column("string", False, "pseudonym"),
    "name": Column("string", True, "null once erased"),
    "unit_id": Column("string", False, "of the attempt"),
    "unit": Column("string", False, "its name"),
    "parent_unit": Column("string", True, "name of the unit above; null at level 1"),
    "group": Column("string", False, "of the attempt"),
    "attempt_id": Column("string", False, "the counted attempt, or the one shown instead"),
    "score": Column("Int64", True, "null: not settled", "micro"),
    "max_score": Column("int64", False, "of the paper", "micro"),
    "correct": Column("Int64", True, "questions with full marks; null: unfinished"),
    "questions": Column("int64", False, "of the paper"),
    "duration_ms": Column("Int64", True, "null: unfinished", "ms"),
    "submitted_at": Column("Int64", True, "null: unfinished", "time"),
    "prediction": Column("object", True, "null: none made", "decimal"),
    "prediction_error": Column("object", True, "distance from the true value", "decimal"),
    "prize": Column("string", True, "prize ids, joined by ;; null: none"),
    "decided_by": Column("string", True, "first key that differs from the row above, or tie"),
    "status": Column(
        "string", False, "ranked, not_counted, excluded, unfinished, needs_marker, invalid"
    ),
    "round": Column("string", False, "round id"),
    "started_at": Column("Int64", True, "when the paper was opened; null: not known", "time"),
    "registered_at": Column("Int64", True, "first log-in; null: not handed over", "time"),
    "ranked_ms": Column("Int64", True, "duration as the rules count it; null: unfinished", "ms"),
    "attempts": Column("int64", False, "ended attempts that aren't excluded"),
    "maximum_papers": Column("int64", False, "of those, with full marks"),
}
"""One row per round and person with an attempt, sorted by round, group, rank, contestant_id."""

BOARD_RESULTS: Contract = {
    "board": Column("string", False, "board id"),
    "group": Column("string", False, "of the person's last round"),
    "rank": Column("Int64", True, "1 = first on the board, and in the group where apart"),
    "contestant_id": Column("string", False, "pseudonym"),
    "name": Column("string", True, "null once erased"),
    "unit_id": Column("string", False, "of the person's last round"),
    "unit": Column("string", False, "its name"),
    "parent_unit": Column("string", True, "name of the unit above; null at level 1"),
    "score": Column("int64", False, "sum over the rounds", "micro"),
    "max_score": Column("int64", False, "of the papers", "micro"),
    "correct": Column("Int64", True, "questions with full marks; null: not known"),
    "questions": Column("int64", False, "of the papers"),
    "all_right": Column("int64", False, "rounds with every question right"),
    "ranked_ms": Column("Int64", True, "sum of the durations as the rules count them", "ms"),
    "prediction_error": Column("object", True, "sum; null: one is missing", "decimal"),
    "submitted_at": Column("Int64", True, "the latest; null: one isn't known", "time"),
    "started_at": Column("Int64", True, "the latest; null: one isn't known", "time"),
    "registered_at": Column("Int64", True, "the latest; null: not handed over", "time"),
    "attempts": Column("int64", False, "ended attempts that aren't excluded, in these rounds"),
    "maximum_papers": Column("int64", False, "of those, with full marks"),
    "rounds": Column("int64", False, "rounds in which the person is ranked"),
    "prize": Column("string", True, "prize ids, joined by ;; null: none"),
    "decided_by": Column("string", True, "first key that differs from the row above, or tie"),
    "status": Column("string", False, "ranked, or not_counted: a round is missing"),
}
"""One row per board and person ranked in one of its rounds, sorted by board, group (where ranked
apart), rank, contestant_id."""

WON: Contract = {
    "contestant_id": Column("string", False, "pseudonym"),
    "unit_id": Column("string", False, "of the person"),
    "points": Column("int64", False, "for the unit", "micro"),
    "highest": Column("bool", False, "the highest prize of its ranking"),
}
"""One row per prize that a person won, as units take it."""

PRIZE_RESULTS: Contract = {
    "ranking": Column("string", False, "round or board id"),
    "number": Column("int64", False, "1, 2 … within the ranking, people first"),
    "group": Column("string", True, "of the person; null: a unit"),
    "block": Column("string", True, "of the unit; null: a person, or one block for all"),
    "level": Column("Int64", True, "of the unit; null: a person"),
    "prize": Column("string", True, "prize id; null: passed over"),
    "title": Column("string", True, "of the prize"),
    "contestant_id": Column("string", True, "null: a unit"),
    "unit_id": Column("string", False, "of the person, or the unit"),
    "rank": Column("int64", False, "in the ranking that the prizes went by"),
    "value": Column("Int64", True, "money; null: not stated, or passed over"),
    "points": Column("Int64", True, "for the person's unit; null: a unit, or passed over", "micro"),
    "status": Column("string", False, "won or passed_over"),
    "reason": Column("string", True, "why somebody ahead of a winner has none, in words"),
}
"""One row per prize won, and per person or unit passed over: who would have had a prize by the
rank alone. Sorted by ranking and number."""

UNIT_RESULTS: Contract = {
    "rank": Column("Int64", True, "1 = first in round, block and level; null: not ranked"),
    "block": Column("string", True, "null: one block for all"),
    "unit_id": Column("string", False, "as in UNITS"),
    "unit": Column("string", False, "name"),
    "headcount": Column("Int64", True, "persons; null: not given"),
    "people": Column("int64", False, "persons with an ended attempt that isn't excluded"),
    "attempts": Column("int64", False, "ended attempts that aren't excluded"),
    "share": Column("object", True, "people / headcount; null without headcount", "fraction"),
    "mean_score": Column("object", True, "points, over ranked attempts; null: none", "fraction"),
    "winners": Column("Int64", True, "persons with a prize; null: no prizes"),
    "points": Column("Int64", True, "for prizes; null: no prizes", "micro"),
    "decided_by": Column(
        "string", True, "measure, where it differs from the row above of its level and block; tie"
    ),
    "round": Column("string", False, "round id"),
    "level": Column("int64", False, "1 = top"),
    "parent_unit_id": Column("string", True, "null at level 1"),
    "total_score": Column("int64", False, "sum over ranked attempts", "micro"),
    "first_prizes": Column("Int64", True, "persons with a highest prize; null: no prizes"),
    "value": Column("object", True, "what the rank goes by, where it is one number", "fraction"),
    "prize": Column("string", True, "prize ids, joined by ;; null: none"),
    "flag": Column("string", True, "what is doubtful, or why it isn't ranked, in words"),
}
"""One row per round and unit, sorted by round, block, rank, level, unit_id."""

BOARD_UNIT_RESULTS: Contract = {
    ("board" if name == "round" else name): (
        Column("string", False, "board id") if name == "round" else spec
    )
    for name, spec in UNIT_RESULTS.items()
}
"""The same over the rounds of a board; one row per board and unit."""

ATTEMPT_RESULTS: Contract = {
    "round": Column("string", False, "round id"),
    "group": Column("string", False, "group id"),
    "contestant_id": Column("string", False, "pseudonym"),
    "unit_id": Column("string", False, "as in ATTEMPTS"),
    "attempt_id": Column("string", False, "unique"),
    "number": Column("int64", False, "1, 2 … within round and person"),
    "status": Column("string", False, "submitted, expired, unfinished or excluded"),
    "counted": Column("bool", False, "the person's counted attempt"),
    "score": Column("Int64", True, "null: not settled", "micro"),
    "correct": Column("Int64", True, "questions with full marks; null: unfinished"),
    "started_at": Column("Int64", True, "when the paper was opened; null: not known", "time"),
    "submitted_at": Column(
        "Int64", True, "expired: the deadline; null: unfinished, or not known", "time"
    ),
    "duration_ms": Column("Int64", True, "null: unfinished", "ms"),
    "prediction": Column("object", True, "null: none made", "decimal"),
}
"""One row per attempt, sorted by round, group, contestant_id, number."""

ITEM_COUNTS: Contract = {
    "round": Column("string", False, "round id"),
    "group": Column("string", False, "group id"),
    "question_id": Column("string", False, "a question drawn at least once"),
    "topic": Column("string", False, "topic id"),
    "level": Column("string", False, "recall, understand or apply"),
    "type": Column("string", False, "question type"),
    "stem": Column("string", False, "text of the question"),
    "key": Column("string", False, "right answer as ids or accepted values, joined by ;"),
    "source": Column("string", True, "titles and numbers of its sources; null: none"),
    "drawn": Column("int64", False, "papers of ended attempts that aren't excluded"),
    "answered": Column("int64", False, "of those, with a response"),
    "correct": Column("int64", False, "of those, with full marks"),
    "facility": Column("object", True, "mean mark / full mark; null: none marked", "fraction"),
    "status": Column("string", False, "ok, accepted, void_full or void_out"),
    "key_text": Column("string", False, "right answer in words, joined by ; and a space"),
}
"""One row per round, group and question drawn there, sorted by these."""

ITEM_RESULTS: Contract = {
    **ITEM_COUNTS,
    "fixed": Column("bool", False, "stands in every analysed paper of the group"),
    "exposure": Column("object", False, "drawn / papers of the group", "fraction"),
    "analysed": Column("int64", False, "analysed papers it stands in: the columns behind use them"),
    "analysed_facility": Column("object", True, "facility over these; null: none", "fraction"),
    "sd": Column("float64", True, "deviation of the mark; null: below 2 papers", "points"),
    "effective_weight": Column(
        "float64", True, "share in the variance of scores; null: not fixed, or negcovar", "percent"
    ),
    "intended_weight": Column(
        "float64", True, "full mark / full score; null: full scores differ", "percent"
    ),
    "random_guess": Column("object", True, "expected by guessing; null: not defined", "fraction"),
    "discrimination_index": Column(
        "float64",
        True,
        "correlation with the other marks; null: one of them is constant",
        "percent",
    ),
    "discriminative_efficiency": Column(
        "float64", True, "covariance / largest possible; null as the index", "percent"
    ),
    "kelley_d": Column("float64", True, "facility of the upper 27 % less that of the lower 27 %"),
    "negcovar": Column("bool", False, "mark and score go against each other"),
    "median_ms": Column("Int64", True, "median time spent; null: no times", "ms"),
    "flags": Column("string", True, "codes of what should be looked at, joined by ;"),
    "notes": Column("string", True, "the same in words"),
}
"""ITEM_COUNTS and how well each question tells the strong from the weak."""

OPTION_RESULTS: Contract = {
    "round": Column("string", False, "round id"),
    "group": Column("string", False, "group id"),
    "question_id": Column("string", False, "a question answered by choosing options"),
    "option_id": Column("string", False, "one of its options"),
    "option": Column("string", False, "its text"),
    "key": Column("bool", False, "a right one"),
    "papers": Column("int64", False, "analysed papers with the question"),
    "chosen": Column("int64", False, "of those, with the option chosen"),
    "share": Column("object", True, "chosen / papers; null: no paper", "fraction"),
    "low": Column("int64", False, "chosen in the lower third by score"),
    "middle": Column("int64", False, "chosen in the middle third"),
    "high": Column("int64", False, "chosen in the upper third"),
    "low_share": Column("object", True, "low / papers of the lower third", "fraction"),
    "middle_share": Column("object", True, "middle / papers of the middle third", "fraction"),
    "high_share": Column("object", True, "high / papers of the upper third", "fraction"),
}
"""One row per round, group, question and option, in the order of the bank's options."""

TEST_RESULTS: Contract = {
    "round": Column("string", False, "round id"),
    "group": Column("string", False, "group id"),
    "draw": Column("string", False, "same (one paper for all), drawn, or mixed"),
    "papers": Column("int64", False, "analysed papers"),
    "questions": Column("Int64", True, "of a paper; null: papers differ"),
    "max_score": Column("Int64", True, "of a paper; null: papers differ", "micro"),
    "mean": Column("object", True, "points; null: no paper", "fraction"),
    "median": Column("object", True, "points; null: no paper", "fraction"),
    "sd": Column("float64", True, "null: below 2 papers", "points"),
    "skewness": Column("float64", True, "null: below 3 papers, or all scores equal"),
    "kurtosis": Column("float64", True, "excess; null: below 4 papers, or all scores equal"),
    "cic": Column("float64", True, "coefficient of internal consistency", "percent"),
    "alpha": Column("float64", True, "Cronbach's alpha: cic / 100"),
    "kr20": Column("float64", True, "null: a mark is neither nothing nor full, or marks differ"),
    "error_ratio": Column("float64", True, "null as cic", "percent"),
    "standard_error": Column("float64", True, "null as cic", "points"),
    "expected_mean": Column("float64", True, "of the papers' expected scores", "points"),
    "expected_sd": Column("float64", True, "null: below 2 papers", "points"),
    "expected_min": Column("float64", True, "the hardest paper", "points"),
    "expected_max": Column("float64", True, "the easiest paper", "points"),
    "expected_share": Column(
        "float64",
        True,
        "variance of expected scores / of scores; null: all scores equal",
        "percent",
    ),
    "notes": Column("string", True, "what should be looked at, in words"),
}
"""One row per round and group with an analysed paper, sorted by these."""

ADVICE_RESULTS: Contract = {
    "round": Column("string", False, "round id"),
    "number": Column("int64", False, "1, 2 … within the round"),
    "group": Column("string", False, "group id"),
    "kind": Column("string", False, "too_fast, same_name or alike"),
    "unit_id": Column("string", False, "of the first attempt"),
    "contestant_id": Column("string", False, "pseudonym"),
    "attempt_id": Column("string", False, "the attempt it is about"),
    "other_contestant_id": Column("string", True, "null: it is about one attempt"),
    "other_attempt_id": Column("string", True, "null: it is about one attempt"),
    "value": Column("float64", False, "seconds; persons of that name; equal wrong answers"),
    "expected": Column("float64", False, "what value is compared with"),
    "probability": Column("float64", True, "of such a value by chance; null: not computed"),
    "explanation": Column("string", False, "in words, without names"),
}
"""One row per thing that organisers may want to look at; nothing follows from it by itself."""

RULINGS: Contract = {
    "number": Column("int64", False, "1, 2 … in the order they were made, unique"),
    "round": Column("string", True, "round id; null: the whole contest"),
    "kind": Column("string", False, "what was decided"),
    "subject": Column("string", True, "attempt, person or question it is about"),
    "value": Column("string", True, "canonical JSON of what was set"),
    "reason": Column("string", False, "as written by the organisers"),
    "document": Column("string", True, "number of the document it rests on"),
    "actor": Column("string", False, "who ruled"),
    "ruled_at": Column("int64", False, "when", "time"),
}
"""One row per ruling, sorted by number."""

REMOVED: Contract = {
    "round": Column("string", False, "round id"),
    "group": Column("string", False, "group id"),
    "contestant_id": Column("string", False, "pseudonym"),
    "attempt_id": Column("string", False, "the excluded attempt, unique"),
    "number": Column("int64", False, "1, 2 … within round and person"),
    "reason": Column("string", False, "as written by the organisers"),
    "document": Column("string", True, "number of the document it rests on"),
    "actor": Column("string", False, "who ruled"),
    "ruled_at": Column("int64", False, "when", "time"),
    "ruling": Column("int64", False, "number of the ruling"),
}
"""One row per excluded attempt, sorted by round, group, contestant_id, number."""


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
