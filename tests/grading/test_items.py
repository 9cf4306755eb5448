"""How the questions fared."""

from __future__ import annotations

from fractions import Fraction

import pytest
from pandas.testing import assert_frame_equal

from grading import analyse_items, attempt_totals, choose_counted, score_answers
from grading.frames import require
from grading.items import source_text
from grading.result_frames import ITEM_COUNTS
from tests.grading.factories import answers, attempts, bank, choice, grade_all, records, rules, sit

SITTINGS = [
    sit("a", "rrr"),
    sit("b", "rw-", state="expired"),
    sit("c", "r-?"),
    sit("d", "www", excluded=True),
    sit("e", "www", state="unfinished"),
]


def graded(sittings):
    """Return (CHOSEN, SCORES)."""
    scores = score_answers(answers(sittings), bank().question_by_id, 10_000_000)
    return choose_counted(attempt_totals(attempts(sittings), scores), rules().counted), scores


def test_counts_and_facility_by_hand():
    """Only ended attempts that aren't excluded count; what waits is left out of the facility."""
    result = analyse_items(*graded(SITTINGS), bank())
    require(result, ITEM_COUNTS, "items")
    assert records(result, "question_id", "drawn", "answered", "correct", "facility") == [
        ("q1", 3, 3, 3, Fraction(1)),
        ("q2", 3, 2, 1, Fraction(1, 3)),
        ("q3", 3, 2, 1, Fraction(1, 2)),
    ]


def test_a_question_that_only_waits_has_no_facility():
    """Nobody knows yet how hard it is."""
    result = analyse_items(*graded([sit("a", "?")]), bank())
    assert records(result, "drawn", "correct", "facility") == [(1, 0, None)]


def test_groups_are_counted_apart():
    """One row per group and question, sorted by these."""
    given = [sit("a", "rr", group="nhan-dan"), sit("b", "w", group="can-bo")]
    assert records(grade_all(given).items, "group", "question_id", "correct") == [
        ("can-bo", "q1", 0),
        ("nhan-dan", "q1", 1),
        ("nhan-dan", "q2", 1),
    ]


def test_rounds_are_counted_apart():
    """Each round has rows of its own."""
    given = [sit("a", "r"), sit("a", "w", round="ky-2")]
    assert records(grade_all(given).items, "round", "correct") == [("ky-1", 1), ("ky-2", 0)]


def test_a_question_is_described_from_the_bank():
    """Topic, level, type, stem, key with its texts, source and status."""
    result = analyse_items(*graded([sit("a", "r")]), bank())
    columns = ("topic", "level", "type", "stem", "key", "source", "status", "key_text")
    assert records(result, *columns) == [
        (
            "chu-de",
            "recall",
            "single",
            "Nội dung của câu q1?",
            "a",
            "Nghị quyết thử (số 01-NQ/THU)",
            "ok",
            "Phương án a",
        )
    ]


def test_a_key_of_several_options_keeps_their_order():
    """Ids joined by ; and texts by ; and a space, in the order of the file."""
    several = bank(choice("q1", type="multiple", key=["c", "a"]))
    result = analyse_items(*graded([sit("a", "r")]), several)
    assert records(result, "key", "key_text") == [("a;c", "Phương án a; Phương án c")]


def test_a_true_false_key_reads_dung_or_sai():
    """The options that nobody writes have texts too."""
    question = {k: v for k, v in choice("q1").items() if k != "options"}
    statement = bank(question | {"type": "true_false", "key": False})
    result = analyse_items(*graded([sit("a", "r")]), statement)
    assert records(result, "key", "key_text") == [("false", "Sai")]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"sources": ["bao-cao"]}, "Nghị quyết thử (số 01-NQ/THU); Báo cáo thử"),
        ({"sources": ["nghi-quyet"]}, "Nghị quyết thử (số 01-NQ/THU)"),
        ({"facts": [], "sources": ["bao-cao"]}, "Báo cáo thử"),
        ({"facts": []}, None),
    ],
)
def test_sources_are_named_once(more, expected):
    """Those of the facts first, then the question's own; none is null."""
    made = bank(choice("q1", **more))
    assert source_text(made.questions[0], made) == expected


def test_nothing_drawn_makes_an_empty_table():
    """Before the first attempt, or with all of them excluded."""
    for sittings in ([], [sit("a", "r", excluded=True)]):
        result = analyse_items(*graded(sittings), bank())
        require(result, ITEM_COUNTS, "items")
        assert len(result) == 0


def test_a_question_of_another_bank_is_refused():
    """It is named."""
    with pytest.raises(ValueError, match=r"questions \['q1'\] aren't in the bank"):
        analyse_items(*graded([sit("a", "r")]), bank(choice("another")))


def test_analysing_does_not_change_its_input():
    """Attempts and scores are left as they were."""
    chosen, scores = graded(SITTINGS)
    before = chosen.copy(deep=True), scores.copy(deep=True)
    analyse_items(chosen, scores, bank())
    assert_frame_equal(chosen, before[0])
    assert_frame_equal(scores, before[1])
