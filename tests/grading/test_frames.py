"""The checks on what grading takes."""

from __future__ import annotations

import pandas as pd
import pytest

from grading import build, from_rows
from grading.frames import (
    ANSWERS,
    ATTEMPTS,
    PEOPLE,
    UNITS,
    integers,
    positions_in,
    require,
    require_unique,
)
from tests.grading.factories import attempts, records, sit


def test_rows_become_typed_columns():
    """Texts, whole numbers and nulls get the dtypes of the contract."""
    result = from_rows([("a", None), ("b", "Thí sinh thử")], PEOPLE, "people")
    assert list(result.columns) == ["contestant_id", "name"]
    assert [str(dtype) for dtype in result.dtypes] == ["str", "str"]
    assert records(result) == [("a", None), ("b", "Thí sinh thử")]


@pytest.mark.parametrize("contract", [ATTEMPTS, ANSWERS, PEOPLE, UNITS])
def test_no_rows_make_an_empty_table_that_passes_the_check(contract):
    """A contest that nobody has entered yet can be graded."""
    require(from_rows([], contract, "empty"), contract, "empty")


@pytest.mark.parametrize("name", ["=1+1", "007", "NA", "None", "nan", ""])
def test_texts_stay_what_they_are(name):
    """No name is taken for a number, a formula or a missing value."""
    assert records(from_rows([("a", name)], PEOPLE, "people")) == [("a", name)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("number", "1"),
        ("number", 1.0),
        ("number", None),
        ("excluded", 0),
        ("excluded", "false"),
        ("excluded", None),
        ("contestant_id", 7),
        ("round", None),
        ("submitted_at", "2026"),
    ],
)
def test_values_of_another_type_are_refused_by_column(column, value):
    """Nothing is converted silently: the column is named instead."""
    columns = attempts([sit("a", "r")]).to_dict("list") | {column: [value]}
    with pytest.raises(ValueError, match=rf"attempts: .*'{column}'"):
        build(columns, ATTEMPTS, "attempts")


def test_rows_of_another_length_are_refused():
    """A row with a value too many can't shift columns."""
    with pytest.raises(ValueError, match="3 values in a row"):
        from_rows([("a", "b", "c")], PEOPLE, "people")


def test_missing_columns_are_all_named():
    """Every missing column stands in the message."""
    with pytest.raises(ValueError, match=r"people: missing columns \['contestant_id', 'name'\]"):
        require(pd.DataFrame(), PEOPLE, "people")


def test_nulls_are_refused_where_none_may_be():
    """A person without an id can't be ranked."""
    frame = pd.DataFrame({"contestant_id": ["a", None], "name": ["x", None]})
    with pytest.raises(ValueError, match=r"people: null values in \['contestant_id'\]"):
        require(frame, PEOPLE, "people")


@pytest.mark.parametrize("dtype", ["object", "str", "category"])
def test_texts_may_come_as_objects_or_categories(dtype):
    """Millions of repeated ids may be handed over as a category."""
    frame = pd.DataFrame({"contestant_id": ["a", "b"], "name": ["x", None]}).astype(dtype)
    require(frame, PEOPLE, "people")


def test_another_dtype_is_refused():
    """Numbers where texts are expected are named."""
    frame = pd.DataFrame({"contestant_id": [1, 2], "name": ["x", "y"]})
    with pytest.raises(ValueError, match=r"other dtype than expected in \['contestant_id'\]"):
        require(frame, PEOPLE, "people")


def test_repeated_rows_are_named():
    """The first repeated key stands in the message."""
    frame = pd.DataFrame({"contestant_id": ["a", "b", "b"], "name": ["x", "y", "z"]})
    with pytest.raises(ValueError, match=r"\['b'\] stands there more than once"):
        require_unique(frame, ["contestant_id"], "people")


@pytest.mark.parametrize("dtype", ["str", "category"])
def test_positions_are_those_of_the_known_values(dtype):
    """Ids are found whatever their dtype; unknown and null ones are -1."""
    values = pd.Series(["b", "x", None, "a"], dtype=dtype)
    assert positions_in(values, pd.Series(["a", "b"], dtype="str")).tolist() == [1, -1, -1, 0]


def test_positions_of_a_category_without_values():
    """A column of nulls alone has a category without categories."""
    values = pd.Series([None, None], dtype="category")
    assert positions_in(values, pd.Series(["a"], dtype="str")).tolist() == [-1, -1]


def test_integers_keep_every_digit():
    """Whole numbers beyond the reach of floats survive a null beside them."""
    numbers, null = integers(pd.Series([2**53 + 1, None], dtype="Int64"))
    assert numbers.tolist() == [2**53 + 1, 0]
    assert null.tolist() == [False, True]
