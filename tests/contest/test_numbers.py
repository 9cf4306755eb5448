"""Numbers as Vietnamese type and read them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.numbers import MAX_DIGITS, read_number, round_half_up, shown_number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0", "0"),
        ("12345", "12345"),
        ("12.345", "12345"),
        ("12 345", "12345"),
        ("1.234.567", "1234567"),
        ("12\u00a0345", "12345"),
        (" 7 ", "7"),
        ("007", "7"),
    ],
)
def test_whole_numbers_are_read(typed: str, expected: str) -> None:
    """With dots or blanks between groups of three, or without."""
    assert read_number(typed, 0) == Decimal(expected)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "abc",
        "12,5",
        "12.34",
        "1.2345",
        "-5",
        "+5",
        "1e3",
        "0x1",
        "2a",
        "9" * 13,
        "∞",
        "½",
        "\uff11",
    ],
)
def test_what_can_not_be_told_is_no_whole_number(typed: str) -> None:
    """A dot before other than three digits may mean anything."""
    assert read_number(typed, 0) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("87,65432", "87.65432"), ("87.6543", "87.6543"), ("5", "5"), ("100", "100"), ("0,1", "0.1")],
)
def test_decimals_are_read_with_comma_or_dot(typed: str, expected: str) -> None:
    """Up to as many as the quantity has."""
    assert read_number(typed, 5) == Decimal(expected)


@pytest.mark.parametrize("typed", ["87,654321", "1.234,5", ",5", "5,", "1234", "NaN", "-1,5"])
def test_what_can_not_be_told_is_no_decimal(typed: str) -> None:
    """Six decimals, groups, signs and half numbers."""
    assert read_number(typed, 5) is None


@given(st.integers(0, 10**MAX_DIGITS - 1))
def test_shown_whole_number_is_read_back(number: int) -> None:
    """Whatever its size."""
    assert read_number(shown_number(number), 0) == number


@given(st.text(max_size=40), st.sampled_from([0, 5]))
def test_any_text_is_read_or_refused(typed: str, decimals: int) -> None:
    """Never an exception, and never anything negative or endless."""
    result = read_number(typed, decimals)
    assert result is None or (result.is_finite() and result >= 0)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("12345"), "12.345"),
        (Decimal("92.50"), "92,5"),
        (Decimal("0"), "0"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("1234567.125"), "1.234.567,125"),
        (Decimal("-3.0"), "-3"),
    ],
)
def test_numbers_are_shown_the_vietnamese_way(value: Decimal, expected: str) -> None:
    """Dots between groups, a comma before decimals, no trailing zeros."""
    assert shown_number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("2.5", "3"), ("3.5", "4"), ("-2.5", "-3"), ("2.49", "2")]
)
def test_halves_go_away_from_zero(value: str, expected: str) -> None:
    """Not to the even neighbour."""
    assert round_half_up(Decimal(value), 0) == Decimal(expected)
