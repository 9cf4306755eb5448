"""True values and distances."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from pandas.testing import assert_frame_equal

from grading import attempt_totals, choose_counted, score_answers, true_value
from grading.predictions import percent, prediction_errors
from tests.grading.factories import answers, attempts, bank, rules, sit

SITTINGS = [
    sit("a", "rrr"),
    sit("a", "rw-", number=2),
    sit("b", "rww", state="expired"),
    sit("b", "rrr", number=2, excluded=True),
    sit("c", "rrr", state="unfinished"),
    sit("d", "rrr", excluded=True),
]
"""Entries: a twice, b once. People: a, b. All right: a. Right: 3 + 1 + 1 of 9."""


def chosen(sittings):
    """Return CHOSEN of sittings of one round."""
    scores = score_answers(answers(sittings), bank().question_by_id, 10_000_000)
    return choose_counted(attempt_totals(attempts(sittings), scores), rules().counted)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [("people", "2"), ("entries", "3"), ("perfect_people", "1"), ("percent_right", "55.55556")],
)
def test_true_values_counted_by_hand(quantity, expected):
    """Unfinished and excluded attempts count for nothing; 5 of 9 is 55.55556 percent."""
    assert true_value(quantity, chosen(SITTINGS)) == Decimal(expected)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [("people", 0), ("entries", 0), ("perfect_people", 0), ("percent_right", None)],
)
def test_true_values_of_nobody(quantity, expected):
    """Nobody is 0 people, but no percentage."""
    assert true_value(quantity, chosen([])) == expected


def test_the_counted_attempt_decides_who_has_all_right():
    """A perfect attempt that doesn't count makes no perfect person."""
    frame = chosen([sit("a", "rrr"), sit("a", "rr-", number=2)])
    frame["counted"] = ~frame["counted"]
    assert true_value("perfect_people", frame) == 0


def test_a_response_that_waits_is_asked_and_not_yet_right():
    """Two of three until a marker has said more."""
    frame = chosen([sit("a", "rr?")])
    assert true_value("percent_right", frame) == Decimal("66.66667")
    assert true_value("perfect_people", frame) == 0


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Fraction(1), "100.00000"),
        (Fraction(0), "0.00000"),
        (Fraction(8765432, 10**7), "87.65432"),
        (Fraction(5, 10**8), "0.00001"),  # exactly half of the last place goes up
        (Fraction(15, 10**8), "0.00002"),
        (Fraction(49999, 10**12), "0.00000"),
    ],
)
def test_percent_rounds_half_up_to_five_decimals(part, expected):
    """The printed form has exactly five decimals."""
    assert str(percent(part)) == expected


def test_distances_are_exact_and_the_same_above_and_below():
    """A guess too high and one as far too low are equally good."""
    guesses = [Decimal("87.65"), Decimal("87.67"), None, Decimal("87.66000")]
    result = prediction_errors(guesses, Decimal("87.66"))
    assert result == [Decimal("0.01"), Decimal("0.01"), None, Decimal(0)]


def test_distances_keep_all_digits():
    """A distance of more digits than Python's default keeps them all."""
    far = Decimal("123456789012345678901234567890.5")
    assert str(prediction_errors([far], Decimal(1))[0]) == "123456789012345678901234567889.5"
    assert str(prediction_errors([far.copy_negate()], Decimal(0))[0]) == str(far)


def test_without_a_true_value_there_are_no_distances():
    """Where nothing can be compared, nothing is invented."""
    assert prediction_errors([Decimal(1), None], None) == [None, None]


@pytest.mark.parametrize("guess", [Decimal("Infinity"), Decimal("1E+1000"), 5, 5.0, "5"])
def test_guesses_that_are_no_exact_numbers_are_refused(guess):
    """Floats and monsters can't come into the ranking."""
    with pytest.raises(ValueError, match="prediction"):
        prediction_errors([guess], Decimal(1))


def test_true_value_does_not_change_its_input():
    """The table is left as it was."""
    frame = chosen(SITTINGS)
    before = frame.copy(deep=True)
    true_value("percent_right", frame)
    assert_frame_equal(frame, before)
