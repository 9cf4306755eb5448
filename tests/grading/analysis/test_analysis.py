"""Item analysis of whole rounds: which papers, fixed and drawn questions, options, flags."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from grading import attempt_totals, choose_counted, from_rows, score_answers
from grading.analysis import analyse
from grading.analysis.guessing import random_guess
from grading.analysis.options import thirds
from grading.frames import SCORES, TIMED_ANSWERS, require
from grading.result_frames import ITEM_RESULTS, OPTION_RESULTS, TEST_RESULTS
from tests.grading.analysis.published import (
    MOODLE,
    MOODLE_DRAWN,
    MOODLE_NUMERICAL,
    MOODLE_SLOTS,
    MOODLE_WHOLE,
)
from tests.grading.factories import answers, attempts, bank, choice, records, rules, sit


def analysed(sittings, given=None, which="counted"):
    """Analyse sittings of one round."""
    given = given or bank()
    rows = answers(sittings)
    scores = score_answers(rows, given.question_by_id, 10_000_000)
    chosen = choose_counted(attempt_totals(attempts(sittings), scores), rules().counted)
    return analyse(chosen, rows, scores, given, which)


def moodle():
    """Return quiz 00 as frames: its first place draws one of two questions, q1 and q8."""
    rows, marks = [], []
    for number, line in enumerate(MOODLE, start=1):
        for place, mark in enumerate(line, start=1):
            drawn = place == 1 and number not in MOODLE_NUMERICAL
            rows.append((f"ky-1/{number}/1", place, "q8" if drawn else f"q{place}", None))
            marks.append(round(mark * 10**6))
    sittings = [sit(str(number), "r") for number in range(1, 26)]
    found = from_rows([(*row, None) for row in rows], TIMED_ANSWERS, "answers")
    scores = from_rows(
        [
            (row[0], row[2], mark, 10**6, "unanswered" if not mark else "partial")
            for row, mark in zip(rows, marks, strict=True)
        ],
        SCORES,
        "scores",
    )
    chosen = choose_counted(attempt_totals(attempts(sittings), scores), rules().counted)
    return analyse(chosen, found, scores, bank())


def test_quiz_00_of_moodle_through_the_frames():
    """A place with drawn questions beside six fixed ones: Moodle's figures for all of them."""
    result = moodle()
    items = result.items.set_index("question_id")
    for place in range(2, 8):
        row = items.loc[f"q{place}"]
        for name in ("sd", "effective_weight", "discrimination_index", "discriminative_efficiency"):
            assert row[name] == pytest.approx(MOODLE_SLOTS[name][place - 1], rel=1e-5)
        assert float(row["analysed_facility"]) == pytest.approx(MOODLE_SLOTS["facility"][place - 1])
    papers, facility, sd, index, efficiency = MOODLE_DRAWN["numerical"]
    drawn = items.loc["q1"]
    assert (drawn["analysed"], drawn["fixed"]) == (papers, False)
    assert float(drawn["analysed_facility"]) == pytest.approx(facility)
    assert drawn["sd"] == pytest.approx(sd, rel=1e-6)
    assert drawn["discrimination_index"] == pytest.approx(index, rel=1e-5)
    assert drawn["discriminative_efficiency"] == pytest.approx(efficiency, rel=1e-5)
    assert math.isnan(drawn["effective_weight"])
    (test,) = result.tests.to_dict("records")
    for name, expected in MOODLE_WHOLE.items():
        assert float(test[name]) == pytest.approx(expected, rel=1.5e-5)
    assert (test["draw"], test["questions"]) == ("mixed", 7)
    assert math.isnan(test["kr20"])


def test_only_counted_attempts_without_waiting_answers_are_analysed():
    """The better of two attempts; all of them where entries are asked for."""
    sittings = [
        sit("a", "rr"), sit("a", "rw", number=2), sit("b", "ww"), sit("c", "r?"),
        sit("d", "ww", state="unfinished"), sit("e", "ww", excluded=True),
    ]  # fmt: skip
    result = analysed(sittings).items
    assert records(result, "drawn", "analysed", "analysed_facility", "exposure") == [
        (4, 2, Fraction(1, 2), 1), (4, 2, Fraction(1, 2), 1),
    ]  # fmt: skip
    assert records(analysed(sittings, which="entries").items, "analysed") == [(3,), (3,)]


def test_nobody_has_nothing():
    """Three empty tables that keep their columns."""
    result = analysed([])
    require(result.items, ITEM_RESULTS, "items")
    require(result.options, OPTION_RESULTS, "options")
    require(result.tests, TEST_RESULTS, "tests")
    assert len(result.items) == len(result.options) == len(result.tests) == 0


def test_a_wrong_key_is_noticed():
    """Most, and the best, chose b."""
    result = analysed([sit(f"p{n}", "rrrw" if n < 15 else "wwwr") for n in range(25)])
    last = result.items.iloc[3]
    assert last["flags"].split(";")[0] == "distractor_over_key"
    assert last["notes"].startswith("Phương án b được chọn nhiều hơn đáp án a (15 lần so với 10)")
    assert "negative_discrimination" in last["flags"]
    assert last["negcovar"]


def test_an_easy_question_with_unused_options_is_noticed():
    """From 50 papers on."""
    result = analysed([sit(f"p{n}", "rr" if n else "wr") for n in range(60)])
    assert result.items["flags"].tolist() == ["unused_option;too_easy"] * 2
    assert "c, d" in result.items["notes"][0]
    assert "b, c, d" in result.items["notes"][1]


def test_options_are_counted_by_third_of_the_score():
    """Six papers: two in each third."""
    papers = ["www", "www", "rww", "rww", "rrr", "rr-"]
    result = analysed([sit(f"p{n}", paper) for n, paper in enumerate(papers)])
    first = result.options[result.options["question_id"] == "q1"]
    assert records(first, "option_id", "key", "chosen", "low", "middle", "high") == [
        ("a", True, 4, 0, 2, 2), ("b", False, 2, 2, 0, 0),
        ("c", False, 0, 0, 0, 0), ("d", False, 0, 0, 0, 0),
    ]  # fmt: skip
    assert first["share"].tolist()[0] == Fraction(2, 3)
    last = result.options[result.options["question_id"] == "q3"]
    assert last["high_share"].tolist()[:2] == [Fraction(1, 2), 0]


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30))
def test_thirds_follow_scores_and_keep_equals_together(totals):
    """A higher score is never in a lower third."""
    found = thirds(np.array(totals))
    by_score = {}
    for total, third in zip(totals, found.tolist(), strict=True):
        assert by_score.setdefault(total, third) == third
    assert [by_score[total] for total in sorted(by_score)] == sorted(by_score.values())


papers = st.lists(st.text("rrw-", min_size=3, max_size=3), min_size=1, max_size=8)


@given(papers, st.randoms())
def test_the_order_of_rows_changes_nothing(found, random):
    """Shuffled attempts and answers give the very same tables."""
    sittings = [sit(f"p{n}", paper) for n, paper in enumerate(found)]
    shuffled = sittings[:]
    random.shuffle(shuffled)
    one, other = analysed(sittings), analysed(shuffled)
    for name in ("items", "options", "tests"):
        assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)


def test_the_order_of_options_changes_no_figure():
    """Only the order of their rows."""
    sittings = [sit(f"p{n}", paper) for n, paper in enumerate(["rrw", "rww", "www", "rrr"])]
    turned = [choice(f"q{n}", options=list(reversed(choice("x")["options"]))) for n in range(1, 10)]
    one, other = analysed(sittings), analysed(sittings, bank(*turned))
    assert_frame_equal(one.items, other.items)
    key = ["question_id", "option_id"]
    assert_frame_equal(
        one.options.sort_values(key, ignore_index=True),
        other.options.sort_values(key, ignore_index=True),
    )


def test_median_times_are_those_of_answered_questions():
    """The mean of the two middle ones, in whole milliseconds; unknown times count for nothing."""
    sittings = [sit(f"p{n}", "r") for n in range(4)]
    timed = answers(sittings).assign(spent_ms=[1000, None, 5000, 2001])
    timed["spent_ms"] = timed["spent_ms"].astype("Int64")
    scores = score_answers(timed, bank().question_by_id, 10)
    chosen = choose_counted(attempt_totals(attempts(sittings), scores), rules().counted)
    assert analyse(chosen, timed, scores, bank()).items["median_ms"].tolist() == [2001]
    assert analysed(sittings).items["median_ms"].isna().all()


def test_papers_of_different_difficulty_are_compared():
    """Half of the papers drew the easy question, half the hard one."""
    rows, sittings = [], []
    for n in range(40):
        sittings.append(sit(f"p{n}", "r"))
        response = '{"chosen":["a"]}' if n % 2 or n % 8 == 0 else '{"chosen":["b"]}'
        rows.append((f"ky-1/p{n}/1", 1, "q1" if n % 2 else "q2", response, None))
    found = from_rows(rows, TIMED_ANSWERS, "answers")
    scores = score_answers(found, bank().question_by_id, 10_000_000)
    chosen = choose_counted(attempt_totals(attempts(sittings), scores), rules().counted)
    (test,) = analyse(chosen, found, scores, bank()).tests.to_dict("records")
    assert (test["draw"], test["expected_min"], test["expected_max"]) == ("drawn", 2.5, 10.0)
    assert test["expected_mean"] == 6.25
    variance = np.var([10] * 25 + [0] * 15, ddof=1)
    assert test["expected_share"] == pytest.approx(np.var([10, 2.5] * 20, ddof=1) / variance)


def test_every_question_type_has_a_rule_for_guessing():
    """As Moodle: two statements a half each, one of four options a quarter, typed ones nothing."""
    from grading.analysis.guessing import _BY_TYPE
    from grading.markers import MARKERS

    assert set(_BY_TYPE) == set(MARKERS)
    assert random_guess(bank().questions[0]) == Fraction(1, 4)
