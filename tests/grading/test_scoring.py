"""Many responses -> scores and totals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from grading import Adjustments, attempt_totals, mark, score_answers
from grading.frames import SCORES, TOTALS, require
from grading.marks import rounded
from grading.rules import ScoringRules
from grading.scoring import is_entry
from tests.grading.factories import BEGIN, answers, attempts, bank, records, sit

TEN = 10_000_000
QUESTIONS = bank().question_by_id


def scores_of(sittings):
    """Return SCORES of sittings, 10 points a question."""
    return score_answers(answers(sittings), QUESTIONS, TEN)


def totals_of(*sittings):
    """Return TOTALS of sittings, 10 points a question."""
    return attempt_totals(attempts(sittings), scores_of(sittings))


def test_each_response_is_marked_as_by_hand():
    """The table says for every row what `mark` says for the one response."""
    given = answers([sit("a", "rw-?"), sit("b", "?r")])
    result = score_answers(given, QUESTIONS, TEN)
    require(result, SCORES, "scores")
    expected = []
    for attempt_id, question_id, response in records(
        given, "attempt_id", "question_id", "response"
    ):
        one = mark(QUESTIONS[question_id], response, TEN)
        expected.append((attempt_id, question_id, one.mark_micro, one.max_micro, one.status))
    assert records(result) == expected


def test_scores_keep_the_order_of_the_answers():
    """Row for row like the answers, whatever their order or index."""
    given = answers([sit("a", "rw"), sit("b", "-r")]).iloc[[3, 0, 2, 1]]
    result = score_answers(given, QUESTIONS, TEN)
    assert records(result, "attempt_id", "question_id", "status") == [
        ("ky-1/b/1", "q2", "right"),
        ("ky-1/a/1", "q1", "right"),
        ("ky-1/b/1", "q1", "unanswered"),
        ("ky-1/a/1", "q2", "wrong"),
    ]


def test_what_waits_for_a_marker_is_logged(caplog):
    """One line names the question and how many papers wait, and tells nothing of the response."""
    scores_of([sit("a", "?"), sit("b", "?"), sit("c", "r")])
    assert [record.message for record in caplog.records] == [
        "question q1: the responses of 2 papers wait for a marker"
    ]


def test_a_question_of_another_bank_is_refused():
    """The answers and the frozen bank must belong together."""
    with pytest.raises(ValueError, match=r"questions \['q1', 'q2'\] aren't in the bank"):
        score_answers(answers([sit("a", "rr")]), {}, TEN)


def test_a_question_twice_in_an_attempt_is_refused():
    """A repeated row would count twice."""
    given = answers([sit("a", "rr")])
    with pytest.raises(ValueError, match="attempt ky-1/a/1 has question q2 twice"):
        score_answers(pd.concat([given, given.iloc[[1]]]), QUESTIONS, TEN)


def test_totals_of_an_attempt():
    """Score, maximum, questions right, questions and duration of a submitted attempt."""
    result = totals_of(sit("a", "rrw-", took=90_500))
    require(result, TOTALS, "totals")
    columns = ("score", "max_score", "correct", "questions", "waiting", "duration_ms")
    assert records(result, *columns) == [(20_000_000, 40_000_000, 2, 4, 0, 90_500)]


def test_a_waiting_response_leaves_the_score_open():
    """Nobody knows the score yet; what is right so far is counted."""
    result = totals_of(sit("a", "rr?"))
    assert records(result, "score", "correct", "waiting") == [(None, 2, 1)]


def test_an_unfinished_attempt_has_no_score_yet():
    """Score, questions right and duration are null, not 0."""
    result = totals_of(sit("a", "rr", state="unfinished"))
    assert records(result, "score", "correct", "duration_ms") == [(None, None, None)]


def test_an_expired_attempt_is_scored_like_a_submitted_one():
    """What was saved in time counts."""
    assert records(totals_of(sit("a", "r-", state="expired")), "score") == [(TEN,)]


def test_totals_do_not_lose_millionths():
    """Sums stay whole numbers where floats would round."""
    result = attempt_totals(
        attempts([sit("a", "rr")]), score_answers(answers([sit("a", "rr")]), QUESTIONS, 2**53 + 1)
    )
    assert records(result, "score") == [(2 * (2**53 + 1),)]


def test_entries_have_ended_and_are_not_excluded():
    """An entry (lượt) is a submitted or expired attempt that no ruling has taken out."""
    frame = attempts(
        [
            sit("a", "r"),
            sit("b", "r", state="expired"),
            sit("c", "r", state="unfinished"),
            sit("d", "r", excluded=True),
        ]
    )
    assert is_entry(frame).tolist() == [True, True, False, False]


def break_attempts(column, value):
    """Return attempts of one person, with one value changed in the second."""
    frame = attempts([sit("a", "r"), sit("a", "r", number=2)])
    frame.loc[1, column] = value
    return frame


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("attempt_id", "ky-1/a/1", "more than once"),
        ("number", 1, "more than once"),
        ("state", "running", r"unknown states \['running'\]"),
        ("submitted_at", None, "submitted_at must be null exactly where unfinished"),
        ("submitted_at", BEGIN - 1, "ky-1/a/2 ends before it starts"),
        ("attempt_id", "another", "ky-1/a/2 isn't among the attempts"),
    ],
)
def test_attempts_that_cannot_be_are_refused(column, value, message):
    """Each contradiction is named."""
    scores = scores_of([sit("a", "r"), sit("a", "r", number=2)])
    with pytest.raises(ValueError, match=message):
        attempt_totals(break_attempts(column, value), scores)


def test_an_attempt_without_a_paper_is_refused():
    """An attempt whose answers were lost on the way must not get 0 points."""
    with pytest.raises(ValueError, match="ky-1/b/1 has no paper"):
        attempt_totals(attempts([sit("a", "r"), sit("b", "r")]), scores_of([sit("a", "r")]))


def test_scoring_does_not_change_its_input():
    """Answers are left as they were."""
    given = answers([sit("a", "rw?")])
    before = given.copy(deep=True)
    score_answers(given, QUESTIONS, TEN)
    assert_frame_equal(given, before)


def test_totals_do_not_change_their_input():
    """Attempts and scores are left as they were."""
    sittings = [sit("a", "rw"), sit("b", "r-", state="unfinished")]
    given, scores = attempts(sittings), scores_of(sittings)
    before = given.copy(deep=True), scores.copy(deep=True)
    attempt_totals(given, scores)
    assert_frame_equal(given, before[0])
    assert_frame_equal(scores, before[1])


# --- the rules of a contest


def scored(paper, scoring=None, adjustments=None, took=None, **more):
    """Return (mark, status) of each question of one paper, 10 points a question."""
    given = answers([sit("a", paper, took_each=took)])
    rules_ = ScoringRules.model_validate(scoring or {})
    result = score_answers(given, QUESTIONS, TEN, rules_, adjustments or Adjustments(), **more)
    return records(result, "mark", "status")


def test_a_wrong_answer_may_cost():
    """A quarter of 10 points; what is left empty costs nothing."""
    assert scored("rw-", {"wrong": "-0.25", "floor_question": False}) == [
        (TEN, "right"),
        (-2_500_000, "wrong"),
        (0, "unanswered"),
    ]


@pytest.mark.parametrize(("floor", "expected"), [(True, 0), (False, -2_500_000)])
def test_a_paper_may_have_a_floor(floor, expected):
    """10 - 5 * 2.5 is -2.5, or 0."""
    rules_ = ScoringRules(wrong="-0.25", floor_question=False, floor_paper=floor)
    sittings = [sit("a", "rwwwww")]
    scores = score_answers(answers(sittings), QUESTIONS, TEN, rules_)
    assert records(attempt_totals(attempts(sittings), scores, rules_), "score") == [(expected,)]


@pytest.mark.parametrize(
    ("scheme", "took", "points"),
    [
        ("kahoot", 2000, 967),  # 2 s of 30 s at 1000, as Kahoot's own page has it
        ("kahoot", 499, 1000),
        ("kahoot", 500, 992),  # 991.67
        ("kahoot", 30_000, 500),
        ("kahoot", 99_000, 500),
        ("classquiz", 0, 1000),
        ("classquiz", 2000, 933),  # int(1000 * 28 / 30) = int(933.3)
        ("classquiz", 29_999, 0),
        ("classquiz", 99_000, 0),
    ],
)
def test_points_by_time(scheme, took, points):
    """To whole points, by the rule of each platform."""
    given = answers([sit("a", "rw", took_each=took)])
    rules_ = ScoringRules.model_validate({"time": {"scheme": scheme, "seconds": 30}})
    result = score_answers(given, QUESTIONS, 1000 * 1_000_000, rules_)
    assert records(result, "mark", "status") == [(points * 1_000_000, "right"), (0, "wrong")]


def test_points_by_time_need_the_time(caplog):
    """A right answer whose time isn't known waits, with a line in the log; a wrong one is wrong."""
    found = scored("rw-", {"time": {"scheme": "kahoot", "seconds": 30}})
    assert [status for _, status in found] == ["needs_marker", "wrong", "unanswered"]
    assert "question q1: the responses of 1 papers wait" in caplog.text


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("half_up", [1, 2, 1, -1, -2]), ("half_even", [0, 2, 1, 0, -2]),
     ("down", [0, 1, 0, 0, -1]), ("up", [1, 2, 1, -1, -2])],
)  # fmt: skip
def test_rounding_by_name(rule, expected):
    """1/2, 3/2, 2/3, -1/2, -3/2."""
    halves = [Fraction(1, 2), Fraction(3, 2), Fraction(2, 3), Fraction(-1, 2), Fraction(-3, 2)]
    assert [rounded(value, rule) for value in halves] == expected


@pytest.mark.parametrize(
    ("how", "marks", "totals"),
    [
        ("full", [(TEN, "right"), (TEN, "void_full"), (0, "wrong")], (2 * TEN, 3 * TEN, 2, 3)),
        ("out", [(TEN, "right"), (0, "void_out"), (0, "wrong")], (TEN, 2 * TEN, 1, 2)),
    ],
)
def test_a_voided_question(how, marks, totals):
    """Full marks for all who had it, answered or not; or as if it had never been asked."""
    sittings, adjustments = [sit("a", "r-w")], Adjustments(voids={"q2": how})
    assert scored("r-w", adjustments=adjustments) == marks
    scores = score_answers(answers(sittings), QUESTIONS, TEN, adjustments=adjustments)
    result = attempt_totals(attempts(sittings), scores)
    assert records(result, "score", "max_score", "correct", "questions") == [totals]


def test_a_further_answer_is_right():
    """Option b of q1 as well; the other questions are marked as before."""
    found = scored("ww", adjustments=Adjustments(accepted={"q1": ["b"]}))
    assert [status for _, status in found] == ["right", "wrong"]


def test_an_answer_that_a_question_cannot_have_is_refused():
    """A ruling with a slip of the pen changes nothing silently."""
    with pytest.raises(ValueError, match="question q1 can't have the answer 'z'"):
        scored("w", adjustments=Adjustments(accepted={"q1": ["z"]}))


@pytest.mark.parametrize(
    ("given", "status"), [(TEN, "right"), (4_000_000, "partial"), (0, "wrong")]
)
def test_a_person_decides_what_waited(given, status):
    """The mark given, and no further wait."""
    adjustments = Adjustments(marks={("ky-1/a/1", "q2"): given})
    assert scored("r?", adjustments=adjustments) == [(TEN, "right"), (given, status)]


def test_a_mark_above_the_full_marks_is_refused():
    """11 of 10 points."""
    with pytest.raises(ValueError, match="are the full marks"):
        scored("?", adjustments=Adjustments(marks={("ky-1/a/1", "q1"): TEN + 1}))


def test_groups_may_have_other_points():
    """Row for row: 10 points for one, 5 for the other."""
    given = answers([sit("a", "r"), sit("b", "r")])
    result = score_answers(given, QUESTIONS, np.array([TEN, TEN // 2]))
    assert records(result, "mark", "max_mark") == [(TEN, TEN), (TEN // 2, TEN // 2)]
