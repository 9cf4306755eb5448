"""Numbers as people type and read them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.numbers import readings, shown


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("29", ["29"]),
        (" 007 ", ["7"]),
        ("7,5", ["7.5"]),
        ("7.5", ["7.5"]),
        ("-7,5", ["-7.5"]),
        ("\u22127", ["-7"]),
        ("12.345", ["12345", "12.345"]),
        ("12,345", ["12.345", "12345"]),
        ("12 345", ["12345"]),
        ("12\u00a0345,6", ["12345.6"]),
        ("1.234.567", ["1234567"]),
        ("1,234,567", ["1234567"]),
        ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]),
        ("", []),
        ("-", []),
        ("1.2.3", []),
        ("1..2", []),
        ("12 34", []),
        ("1e3", []),
        ("Infinity", []),
        ("0x1F", []),
        ("½", []),
        ("٢٩", []),
        ("9" * 16, []),
    ],
)
def test_what_typed_numbers_may_mean(typed, expected):
    """The Vietnamese reading first."""
    assert readings(typed) == [Decimal(value) for value in expected]


@pytest.mark.parametrize("typed", ["29 chương", "29chương", "29 CHƯƠNG.", "29 chu\u031bo\u031bng"])
def test_the_unit_may_stand_behind(typed):
    """However it is spelt."""
    assert readings(typed, "chương") == [Decimal(29)]


@pytest.mark.parametrize(("typed", "unit"), [("29 chương", None), ("29 tập", "chương")])
def test_another_unit_is_no_number(typed, unit):
    """Percent are not chapters."""
    assert readings(typed, unit) == []


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_number_shown_reads_as_itself(value):
    """What a page prints may be typed."""
    assert value in readings(shown(value))


def test_numbers_are_shown_as_vietnamese_write_them():
    """Dots between groups, a comma before decimals, no zeros behind."""
    assert [shown(Decimal(n)) for n in ("12345.60", "7", "0.5", "-1000")] == [
        "12.345,6",
        "7",
        "0,5",
        "-1.000",
    ]
