"""Exact values -> what files hold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.cells import (
    decimal_text,
    excel_times,
    fraction_text,
    micro_text,
    python_type,
    texts,
    time_text,
    values,
)
from grading.frames import Column
from tests.grading.factories import BEGIN


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (170_000_000, "170"),
        (7_500_000, "7.5"),
        (0, "0"),
        (1, "0.000001"),
        (3_333_333, "3.333333"),
        (100_000_000_000, "100000"),
        (-250_000, "-0.25"),
    ],
)
def test_marks_are_exact_without_trailing_zeros(value, expected):
    """Whole points have no decimal point."""
    assert micro_text(value) == expected


@given(st.integers(-(10**15), 10**15))
def test_marks_can_be_read_back(value):
    """Nothing is lost in printing."""
    assert Decimal(micro_text(value)) * 1_000_000 == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12", "12"),
        ("12.50", "12.5"),
        ("1200", "1200"),
        ("1.2E+3", "1200"),
        ("1E-7", "0.0000001"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0.0", "0"),
        ("123456789012345678901234567890.123", "123456789012345678901234567890.123"),
    ],
)
def test_decimals_are_written_out(value, expected):
    """Never in powers of ten."""
    assert decimal_text(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(1, 3), "0.3333"),
        (Fraction(2, 3), "0.6667"),
        (Fraction(1, 20_000), "0.0001"),  # exactly half of the last place goes up
        (Fraction(3, 20_000), "0.0002"),
        (Fraction(499_999, 10**10), "0.0000"),
        (Fraction(1), "1.0000"),
        (Fraction(99_999_999, 10**8), "1.0000"),
        (Fraction(-1, 20_000), "-0.0001"),
        (Fraction(-1, 10**9), "0.0000"),
    ],
)
def test_fractions_have_four_decimals_rounded_half_up(value, expected):
    """Rounded from the exact fraction."""
    assert fraction_text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (BEGIN, "2026-11-23T07:00:00.000+07:00"),
        (BEGIN + 13_327_123, "2026-11-23T10:42:07.123+07:00"),
        (BEGIN + 17 * 3_600_000, "2026-11-24T00:00:00.000+07:00"),
    ],
)
def test_times_are_vietnamese_with_offset_and_milliseconds(value, expected):
    """Always with three digits behind the seconds."""
    assert time_text(value) == expected


def column(dtype, unit="", null=True):
    """Return a column's description."""
    return Column(dtype, null, "", unit)


@pytest.mark.parametrize(
    ("made", "spec", "as_text", "as_value"),
    [
        (["=1+1", None, "007"], column("string"), ["=1+1", None, "007"], ["=1+1", None, "007"]),
        ([3, None], column("Int64"), ["3", None], [3, None]),
        ([90_500, None], column("Int64", "ms"), ["90500", None], [90_500, None]),
        ([7_500_000, None], column("Int64", "micro"), ["7.5", None], [7.5, None]),
        ([True, False], column("bool"), ["true", "false"], [True, False]),
        ([Decimal("2.50"), None], column("object", "decimal"), ["2.5", None], [2.5, None]),
        ([Fraction(1, 3), None], column("object", "fraction"), ["0.3333", None], [0.3333, None]),
        (
            [BEGIN, None],
            column("Int64", "time"),
            ["2026-11-23T07:00:00.000+07:00", None],
            ["2026-11-23T07:00:00.000+07:00", None],
        ),
    ],
)
def test_columns_keep_nulls_and_types(made, spec, as_text, as_value):
    """Null is None in both forms; values have the type that is announced."""
    series = pd.Series(made, dtype="str" if spec.dtype == "string" else spec.dtype)
    assert texts(series, spec) == as_text
    assert values(series, spec) == as_value
    assert {type(value) for value in as_value if value is not None} == {python_type(spec)}


def test_spreadsheet_times_are_days():
    """23/11/2026 07:00 is 46349 days and 7 hours after 30/12/1899."""
    result = excel_times(pd.Series([BEGIN, None], dtype="Int64"))
    assert result == [pytest.approx(46_349 + 7 / 24, abs=1e-9), None]  # 1e-9 days: 0.1 ms
