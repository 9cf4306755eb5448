"""What rulings come to in a round."""

from __future__ import annotations

from decimal import Decimal

from contest.rulings.decided import concerning, decide, unit_now, value_of
from tests.contest.rulings.helpers import ruling, undo
from tests.factories import ROUND

OTHER = "ky-2"


def test_questions_marks_and_values_are_collected() -> None:
    """The last word on each holds; what is about another round is not looked at."""
    made = [
        ruling(1, "void", "ch-1", how="full", round=ROUND),
        ruling(2, "void", "ch-1", how="out", round=OTHER),
        ruling(3, "accept", "ch-2", value="b", round=ROUND),
        ruling(4, "accept", "ch-2", value={"text": "x"}, round=ROUND),
        ruling(5, "mark", "lt-1", question="ch-3", micro=5, round=ROUND),
        ruling(6, "mark", "lt-1", question="ch-3", micro=7, round=ROUND),
        ruling(7, "true_value", ROUND, value="12.5", round=ROUND),
    ]
    found = decide(made, ROUND, None)
    assert (found.voids, found.accepted, found.marks, found.true_value) == (
        {"ch-1": "full"},
        {"ch-2": ["b", {"text": "x"}]},
        {("lt-1", "ch-3"): 7},
        Decimal("12.5"),
    )


def test_true_value_of_the_whole_contest_holds_in_every_round() -> None:
    """Where the prediction is about the contest, the ruling names no round."""
    made = [ruling(1, "true_value", ROUND, value="3")]
    assert decide(made, OTHER, None).true_value == 3


def test_person_excluded_everywhere_is_excluded_in_each_round() -> None:
    """And an attempt of theirs by itself is told with its own ruling."""
    made = [
        ruling(1, "exclude", "ts-1"),
        ruling(2, "exclude", "lt-1", round=ROUND),
    ]
    found = decide(made, ROUND, None)
    reasons = [found.excluded_by("lt-1", "ts-1"), found.excluded_by("lt-2", "ts-1")]
    assert [one and one.number for one in reasons] == [2, 1]
    assert decide(made, OTHER, None).excluded_by("lt-9", "ts-1") is not None


def test_restoring_everywhere_takes_back_what_was_about_one_round() -> None:
    """But restoring in one round leaves the others."""
    made = [ruling(1, "exclude", "ts-1", round=ROUND), ruling(2, "exclude", "ts-1", round=OTHER)]
    one = [*made, ruling(3, "restore", "ts-1", round=ROUND)]
    both = [*made, ruling(3, "restore", "ts-1")]
    found = [decide(some, id_, None).people != {} for some in (one, both) for id_ in (ROUND, OTHER)]
    assert found == [False, True, False, False]


def test_unit_without_a_round_leaves_closed_rounds_alone() -> None:
    """What was closed for good before it stays; what closes later follows."""
    made = [ruling(5, "unit", "ts-1", unit="dv-2", was="dv-1")]
    assert decide(made, ROUND, 4).units == {}
    assert decide(made, ROUND, 6).units == {"ts-1": "dv-2"}
    assert decide(made, ROUND, None).units == {"ts-1": "dv-2"}


def test_unit_of_a_round_holds_though_it_is_closed() -> None:
    """An appeal names the round."""
    made = [ruling(5, "unit", "ts-1", unit="dv-2", was="dv-1", round=ROUND)]
    assert decide(made, ROUND, 4).units == {"ts-1": "dv-2"}


def test_unit_for_new_attempts_follows_undos() -> None:
    """Back to the one before, and to the registered one in the end."""
    made = [
        ruling(1, "unit", "ts-1", unit="dv-2", was="dv-1"),
        ruling(2, "unit", "ts-1", unit="dv-3", was="dv-2"),
        undo(3, 2),
        undo(4, 1),
    ]
    assert [unit_now(made[:n], "ts-1") for n in range(5)] == [None, "dv-2", "dv-3", "dv-2", "dv-1"]


def test_what_concerns_a_round() -> None:
    """Its own rulings, those about its attempts, those about all, and their undos."""
    made = [
        ruling(1, "void", "ch-1", how="full", round=ROUND),
        ruling(2, "void", "ch-1", how="full", round=OTHER),
        ruling(3, "extra_time", "lt-1", ms=1),
        ruling(4, "extra_time", "lt-9", ms=1),
        ruling(5, "exclude", "ts-1"),
        undo(6, 2),
        undo(7, 5),
        undo(8, 7),
        ruling(9, "unit", "ts-1", unit="dv-2", was="dv-1"),
    ]
    assert [one.number for one in concerning(made, ROUND, 9, {"lt-1"})] == [1, 3, 5, 7, 8]


def test_long_lists_are_told_by_their_length() -> None:
    """A cell can't hold thousands of ids."""
    one = ruling(1, "extend", ROUND, ms=5, opens=1, attempts=["lt-1", "lt-2"], round=ROUND)
    assert value_of(one) == {"ms": 5, "opens": 1, "attempts": 2}
