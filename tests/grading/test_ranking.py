"""Which attempt counts, and the order of people: tables to check with a pencil."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from pandas.testing import assert_frame_equal

from grading import attempt_totals, choose_counted, rank_people, score_answers
from grading.frames import CHOSEN, require
from grading.result_frames import PEOPLE_RESULTS
from tests.grading.factories import (
    BEGIN,
    SAMPLE_KEYS,
    answers,
    attempts,
    bank,
    grade_all,
    people,
    records,
    rules,
    sit,
    units,
)


def chosen(sittings, *counted):
    """Return CHOSEN, by the keys of the sample contest unless told otherwise."""
    scores = score_answers(answers(sittings), bank().question_by_id, 10_000_000)
    given = rules(counted=counted) if counted else rules()
    return choose_counted(attempt_totals(attempts(sittings), scores), given.counted)


def shown(sittings, *counted):
    """Return (number, counted) of the attempt that stands for the one person."""
    frame = chosen(sittings, *counted)
    return records(frame[frame["shown"]], "number", "counted")


def ranking(sittings, *keys, **more):
    """Return rank, person and decider of everybody."""
    result = grade_all(sittings, rules(*keys, **more)).people
    return records(result, "rank", "contestant_id", "decided_by")


# --- the attempt that counts


def test_the_best_score_counts():
    """The second attempt is better."""
    given = [sit("a", "rww"), sit("a", "rrw", number=2)]
    assert shown(given) == [(2, True)]


def test_of_equal_scores_the_shorter_counts():
    """The second key decides where the first doesn't."""
    given = [sit("a", "rrw", took=9), sit("a", "wrr", number=2, took=8)]
    assert shown(given) == [(2, True)]


def test_of_attempts_equal_in_all_keys_the_earlier_counts():
    """The smaller number wins a full tie."""
    given = [sit("a", "rrw", number=2), sit("a", "wrr", number=1)]
    assert shown(given) == [(1, True)]


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        (["number low"], 1),
        (["number high"], 3),
        (["correct high", "submitted_at low"], 2),
        (["score low"], 1),
        (["duration high"], 3),
    ],
)
def test_any_declared_key_can_choose(keys, number):
    """First, last, most correct and earliest, worst, slowest."""
    given = [
        sit("a", "rww", number=1, start=5),
        sit("a", "rrw", number=2, start=3),
        sit("a", "rrw", number=3, start=3, took=60_009),
    ]
    assert shown(given, *keys) == [(number, True)]


def test_each_round_chooses_by_itself():
    """An attempt in one round says nothing about another."""
    given = [sit("a", "rrr"), sit("a", "rww", round="ky-2")]
    frame = chosen(given)
    assert records(frame, "round", "counted") == [("ky-1", True), ("ky-2", True)]


def test_an_excluded_attempt_never_counts():
    """The next best counts instead."""
    given = [sit("a", "rrr", excluded=True), sit("a", "rww", number=2)]
    assert shown(given) == [(2, True)]


def test_an_unfinished_attempt_does_not_count_yet():
    """However well it goes."""
    given = [sit("a", "www"), sit("a", "rrr", number=2, state="unfinished")]
    assert shown(given) == [(1, True)]


def test_where_all_are_excluded_the_best_of_them_is_shown():
    """The person keeps a row, without being counted."""
    given = [sit("a", "www", excluded=True), sit("a", "rrr", number=2, excluded=True)]
    assert shown(given) == [(2, False)]


def test_an_attempt_waiting_for_a_marker_may_be_the_best():
    """So it is the one that counts, and its person waits, rather than being ranked too low."""
    given = [sit("a", "rrr"), sit("a", "rr?", number=2)]
    assert shown(given) == [(2, True)]
    assert records(grade_all(given).people, "status", "rank") == [("needs_marker", None)]


def test_a_waiting_response_changes_nothing_where_the_score_does_not_choose():
    """The first attempt counts, whatever the marker will say of the second."""
    given = [sit("a", "rww"), sit("a", "rr?", number=2)]
    assert shown(given, "number low", "score high") == [(1, True)]


# --- the order of people

PENCIL = [
    sit("an", "rrr", guess=8, took=50),
    sit("binh", "rrr", guess=10, took=40),
    sit("chi", "rrr", guess=9, took=30),
    sit("dung", "rrw", guess=9, took=10),
    sit("en", "rrr", took=1),
    sit("giang", "rrr", took=2),
    sit("hoa", "rrw", guess=9, took=10),
    sit("khanh", "rrw", guess=9, took=10, start=1),
    sit("linh", "www", guess=9, took=1),
]
"""Nine people took part, so the true value is 9: an and binh are off by 1, chi by 0."""


def test_the_order_of_the_sample_contest():
    """Score down, distance up, duration up, submission up; then shared."""
    assert ranking(PENCIL) == [
        (1, "chi", "prediction_error"),
        (2, "binh", "prediction_error"),
        (3, "an", "duration"),
        (4, "en", "prediction_error"),
        (5, "giang", "duration"),
        (6, "dung", "score"),
        (6, "hoa", "tie"),
        (8, "khanh", "submitted_at"),
        (9, "linh", "score"),
    ]


@pytest.mark.parametrize(
    ("keys", "order"),
    [
        (["score high", "duration low"], "en giang chi binh an dung hoa khanh linh"),
        (["prediction_error low", "duration low"], "linh dung hoa khanh chi binh an en giang"),
        (["prediction_error high", "duration low"], "binh an linh dung hoa khanh chi en giang"),
        (["submitted_at low"], "en linh giang dung hoa khanh chi binh an"),
        (["correct low", "duration high"], "linh dung hoa khanh an binh chi giang en"),
    ],
)
def test_any_order_of_keys(keys, order):
    """Keys in any sequence and direction; who made no guess is last in either direction."""
    assert [person for _, person, _ in ranking(PENCIL, *keys)] == order.split()


def test_a_predicted_number_is_compared_by_value():
    """9, 9.0 and 9.00 are the same guess."""
    given = [sit(p, "rrr", guess=g) for p, g in [("a", "9"), ("b", "9.0"), ("c", "9.00")]]
    assert ranking(given) == [(1, "a", "tie"), (1, "b", "tie"), (1, "c", "tie")]


def test_a_lone_person_is_first_without_a_decider():
    """There is nobody to be decided against."""
    assert ranking([sit("a", "rrr")]) == [(1, "a", None)]


def test_groups_are_ranked_apart():
    """Every group has its own first rank; groups stand in the order of their ids."""
    given = [sit("a", "rww", group="nhan-dan"), sit("b", "rrr", group="nhan-dan")]
    given += [sit("c", "www", group="can-bo")]
    assert ranking(given, "score high", quantity=None) == [
        (1, "c", None),
        (1, "b", "score"),
        (2, "a", "score"),
    ]


def test_every_status_and_who_is_last():
    """Only counted attempts are ranked; the others stand behind them by id, without a rank."""
    given = [
        sit("a", "rrr", state="unfinished"),
        sit("b", "rrr", excluded=True),
        sit("c", "rr?"),
        sit("d", "www", state="expired"),
        sit("e", "rrr"),
    ]
    result = grade_all(given).people
    assert records(result, "rank", "contestant_id", "status") == [
        (1, "e", "ranked"),
        (2, "d", "ranked"),
        (None, "a", "unfinished"),
        (None, "b", "excluded"),
        (None, "c", "needs_marker"),
    ]


def test_an_unfinished_attempt_that_is_excluded_reads_excluded():
    """The ruling is the stronger statement."""
    given = [sit("a", "rrr", state="unfinished", excluded=True)]
    assert records(grade_all(given).people, "status") == [("excluded",)]


def test_a_row_holds_what_the_attempt_holds():
    """Every column of one person's row, exactly."""
    tree = units(("huyen", None, None, 30), ("xa", "huyen", None, 20))
    given = [sit("a", "rrw", unit="xa", guess="2.5", start=1000, took=90_000)]
    (row,) = grade_all(given, tree=tree).people.to_dict("records")
    assert {key: value for key, value in row.items() if value == value and value is not None} == {
        "rank": 1,
        "contestant_id": "a",
        "name": "Thí sinh thử a",
        "unit_id": "xa",
        "unit": "Đơn vị mẫu xa",
        "parent_unit": "Đơn vị mẫu huyen",
        "group": "chung",
        "attempt_id": "ky-1/a/1",
        "score": 20_000_000,
        "max_score": 30_000_000,
        "correct": 2,
        "questions": 3,
        "duration_ms": 90_000,
        "submitted_at": given[0].end,
        "prediction": Decimal("2.5"),
        "prediction_error": Decimal("1.5"),
        "status": "ranked",
        "round": "ky-1",
        "started_at": BEGIN + 1000,
        "ranked_ms": 90_000,
        "attempts": 1,
        "maximum_papers": 0,
        "registered_at": BEGIN,
    }


def test_an_erased_person_has_no_name_and_keeps_the_rank():
    """Whether the row is gone or the name is null."""
    given = [sit("a", "rrr"), sit("b", "rrw"), sit("c", "www")]
    known = people(given).iloc[1:]
    known.loc[known["contestant_id"] == "c", "name"] = None
    result = rank_people(chosen(given), known, units(), rules("score high").people, None)
    assert records(result, "rank", "name") == [(1, None), (2, "Thí sinh thử b"), (3, None)]


def test_an_unfinished_guess_has_no_distance():
    """It may still change."""
    result = grade_all([sit("a", "r", guess=5, state="unfinished")]).people
    assert records(result, "prediction", "prediction_error") == [(Decimal(5), None)]


def test_without_a_true_value_everybody_is_equal_in_it():
    """A key that can't be computed decides nothing."""
    given = [sit("a", "rrr", guess=5), sit("b", "rrr", guess=1, took=1)]
    result = rank_people(chosen(given), people(given), units(), rules(*SAMPLE_KEYS).people, None)
    assert records(result, "contestant_id", "decided_by") == [("b", "duration"), ("a", "duration")]


def test_nobody_makes_an_empty_table():
    """With all its columns and dtypes."""
    result = grade_all([]).people
    require(result, PEOPLE_RESULTS, "people")
    assert len(result) == 0


def test_an_attempt_of_an_unlisted_unit_is_refused():
    """Every unit comes from the list."""
    with pytest.raises(ValueError, match="unit nowhere isn't listed"):
        grade_all([sit("a", "r", unit="nowhere")])


def test_a_person_named_twice_is_refused():
    """Two names for one pseudonym can't both be shown."""
    given = [sit("a", "r")]
    twice = people(given).iloc[[0, 0]]
    with pytest.raises(ValueError, match="more than once"):
        rank_people(chosen(given), twice, units(), rules().people, None)


def test_choosing_does_not_change_its_input():
    """The totals are left as they were."""
    scores = score_answers(answers(PENCIL), bank().question_by_id, 10_000_000)
    totals = attempt_totals(attempts(PENCIL), scores)
    before = totals.copy(deep=True)
    require(choose_counted(totals, rules().counted), CHOSEN, "chosen")
    assert_frame_equal(totals, before)


def test_ranking_does_not_change_its_input():
    """Attempts, people and units are left as they were."""
    given = [*PENCIL, replace(PENCIL[0], person="z", state="unfinished")]
    frames = chosen(given), people(given), units()
    before = [frame.copy(deep=True) for frame in frames]
    rank_people(*frames, rules().people, Decimal(9))
    for frame, kept in zip(frames, before, strict=True):
        assert_frame_equal(frame, kept)
