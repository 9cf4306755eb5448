"""The order of units: tables to check with a pencil."""

from __future__ import annotations

from fractions import Fraction

import pytest
from pandas.testing import assert_frame_equal

from grading import attempt_totals, choose_counted, rank_units, score_answers
from grading.frames import require
from grading.result_frames import UNIT_RESULTS
from tests.grading.factories import answers, attempts, bank, grade_all, records, rules, sit, units

TREE = [
    ("huyen1", None, None, 20),
    ("xa1", "huyen1", None, 5),
    ("thon1", "xa1", None, 3),
    ("xa2", "huyen1", None, 4),
    ("huyen2", None, None, None),
    ("xa3", "huyen2", None, None),
]
SITTINGS = [
    sit("a", "rr", unit="thon1"),
    sit("a", "rw", unit="thon1", number=2),
    sit("b", "rw", unit="xa1"),
    sit("c", "ww", unit="xa2"),
    sit("d", "rr", unit="xa2", excluded=True),
    sit("e", "rr", unit="xa3", state="unfinished"),
]


def result(sittings=SITTINGS, tree=TREE, by="people"):
    """Return the unit table."""
    return grade_all(sittings, rules(by=by), units(*tree)).units


def figures(frame, *columns):
    """Return unit id -> the columns."""
    return {row[0]: row[1:] for row in records(frame, "unit_id", *columns)}


def test_a_unit_contains_what_is_below_it():
    """People and attempts go up the tree, to any depth, each person once."""
    assert figures(result(), "people", "attempts") == {
        "huyen1": (3, 4),
        "xa1": (2, 3),
        "thon1": (1, 2),
        "xa2": (1, 1),
        "huyen2": (0, 0),
        "xa3": (0, 0),
    }


def test_share_is_people_of_headcount():
    """Exactly, and null where no headcount is given."""
    assert figures(result(), "share") == {
        "huyen1": (Fraction(3, 20),),
        "xa1": (Fraction(2, 5),),
        "thon1": (Fraction(1, 3),),
        "xa2": (Fraction(1, 4),),
        "huyen2": (None,),
        "xa3": (None,),
    }


def test_a_headcount_of_zero_has_no_share():
    """Nobody divides by it."""
    frame = result([sit("a", "r", unit="xa")], [("xa", None, None, 0)], by="share")
    assert records(frame, "share", "rank") == [(None, None)]


def test_more_people_than_the_headcount_is_not_hidden():
    """The share may pass 1: the headcount is wrong, and shows it."""
    frame = result([sit("a", "r", unit="xa"), sit("b", "r", unit="xa")], [("xa", None, None, 1)])
    assert records(frame, "share") == [(Fraction(2),)]


def test_mean_score_is_over_ranked_people_in_points():
    """a 20, b 10, c 0: the district has 10; nobody ranked gives null."""
    assert figures(result(), "mean_score") == {
        "huyen1": (Fraction(10),),
        "xa1": (Fraction(15),),
        "thon1": (Fraction(20),),
        "xa2": (Fraction(0),),
        "huyen2": (None,),
        "xa3": (None,),
    }


def test_a_waiting_person_takes_part_but_has_no_score():
    """Counted as a person, left out of the mean."""
    frame = result([sit("a", "r?", unit="xa"), sit("b", "ww", unit="xa")], [("xa", None, None, 9)])
    assert records(frame, "people", "mean_score") == [(2, Fraction(0))]


def test_a_person_of_two_units_is_one_person_above_them():
    """Each unit counts the attempts made for it; the score goes with the counted attempt."""
    given = [sit("a", "rr", unit="xa1"), sit("a", "ww", unit="xa2", number=2)]
    assert figures(result(given), "people", "attempts", "mean_score") == {
        "huyen1": (1, 2, Fraction(20)),
        "xa1": (1, 1, Fraction(20)),
        "thon1": (0, 0, None),
        "xa2": (1, 1, None),
        "huyen2": (0, 0, None),
        "xa3": (0, 0, None),
    }


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (
            "people",
            [
                (1, "huyen1", "people"),
                (1, "xa1", "people"),
                (1, "thon1", None),
                (2, "huyen2", "people"),
                (2, "xa2", "people"),
                (3, "xa3", "people"),
            ],
        ),
        (
            "share",
            [
                (1, "huyen1", None),
                (1, "xa1", "share"),
                (1, "thon1", None),
                (2, "xa2", "share"),
                (None, "huyen2", None),
                (None, "xa3", None),
            ],
        ),
        (
            "mean_score",
            [
                (1, "huyen1", None),
                (1, "xa1", "mean_score"),
                (1, "thon1", None),
                (2, "xa2", "mean_score"),
                (None, "huyen2", None),
                (None, "xa3", None),
            ],
        ),
    ],
)
def test_units_are_ranked_by_measure_within_their_level(by, expected):
    """High first; a unit whose measure is null has no rank and stands last."""
    assert records(result(by=by), "rank", "unit_id", "decided_by") == expected


def test_shares_are_compared_exactly():
    """1/3 and 333333/1000000 print alike and aren't equal; 1/3 and 2/6 are."""
    tree = [("a", None, None, 3), ("b", None, None, 1_000_000), ("c", None, None, 6)]
    given = [sit("p", "r", unit="a"), sit("q", "r", unit="c"), sit("s", "r", unit="c")]
    given += [sit(f"b{n}", "r", unit="b") for n in range(3)]
    frame = result(given, tree, by="share")
    assert records(frame, "rank", "unit_id", "decided_by") == [
        (1, "a", "tie"),
        (1, "c", "tie"),
        (3, "b", "share"),
    ]


def test_blocks_are_ranked_apart():
    """Every block has its own first rank; units without a block are one block and stand first."""
    tree = [
        ("a", None, "B", 9),
        ("b", None, "A", 9),
        ("c", None, "A", 9),
        ("d", None, None, 9),
        ("e", None, None, 9),
    ]
    given = [sit("p", "r", unit="c"), sit("q", "r", unit="e")]
    frame = result(given, tree)
    assert records(frame, "block", "rank", "unit_id", "decided_by") == [
        (None, 1, "e", "people"),
        (None, 2, "d", "people"),
        ("A", 1, "c", "people"),
        ("A", 2, "b", "people"),
        ("B", 1, "a", None),
    ]


def test_every_unit_has_a_row_even_if_nobody_took_part():
    """In every round."""
    frame = result([])
    require(frame, UNIT_RESULTS, "units")
    assert set(frame["unit_id"]) == {row[0] for row in TREE}
    assert set(frame["people"]) == {0}


def test_prizes_are_not_awarded_yet():
    """Winners and points are null, not 0."""
    assert set(records(result(), "winners", "points")) == {(None, None)}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("a", None, None, 1), ("a", None, None, 1)], "more than once"),
        ([("a", None, None, 1), ("b", "a", None, 1)], "parent nowhere isn't listed"),
        ([("a", None, None, 1), ("b", "a", None, 1)], "contain each other"),
    ],
)
def test_broken_trees_are_refused(rows, message):
    """A unit twice, a parent that doesn't exist, units in a circle."""
    tree = units(*rows)
    if "parent" in message:
        tree.loc[1, "parent_unit_id"] = "nowhere"
    if "contain" in message:
        tree.loc[0, "parent_unit_id"] = "b"
    with pytest.raises(ValueError, match=message):
        grade_all([], tree=tree)


def test_ranking_units_does_not_change_its_input():
    """Attempts and units are left as they were."""
    scores = score_answers(answers(SITTINGS), bank().question_by_id, 10_000_000)
    chosen = choose_counted(attempt_totals(attempts(SITTINGS), scores), rules().counted)
    tree = units(*TREE)
    before = chosen.copy(deep=True), tree.copy(deep=True)
    rank_units(chosen, tree, rules().units, "ky-1")
    assert_frame_equal(chosen, before[0])
    assert_frame_equal(tree, before[1])


def test_an_attempt_of_an_unlisted_unit_is_refused():
    """Its person would be missing from every total."""
    scores = score_answers(answers(SITTINGS), bank().question_by_id, 10_000_000)
    chosen = choose_counted(attempt_totals(attempts(SITTINGS), scores), rules().counted)
    with pytest.raises(ValueError, match="unit thon1 isn't listed"):
        rank_units(chosen, units(), rules().units, "ky-1")
