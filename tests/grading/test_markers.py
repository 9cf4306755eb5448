"""Marks by type and scoring rule, against figures reckoned by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading import Mark, MarkStatus, mark
from questions.answers import right_response
from tests.factories import EVERY_TYPE, typed

TEN = 10_000_000
RIGHT, WRONG = Mark(MarkStatus.RIGHT, TEN, TEN), Mark(MarkStatus.WRONG, 0, TEN)
WAITS = Mark(MarkStatus.NEEDS_MARKER, None, TEN)
UNANSWERED = Mark(MarkStatus.UNANSWERED, 0, TEN)


def some(millionths: int) -> Mark:
    """Return the mark of a partly right response."""
    return Mark(MarkStatus.PARTIAL, millionths, TEN)


def options(count: int) -> list[dict[str, str]]:
    """Return options a, b, c …"""
    return [{"id": letter, "text": f"Số {letter}"} for letter in "abcdefgh"[:count]]


# ---- several options ----

RULES = ("false2", "false", "true", "all", "none")
EXAMS = {
    # (options, right) and chosen -> tenths of the full mark by false2, false, true, all, none
    (5, "ab", "ab"): (1, 1, 1, 1, 1),
    (5, "ab", "a"): ("1/2",) * 5,
    (5, "ab", "ac"): ("1/6", "1/6", 0, 0, "1/2"),
    (5, "ab", "abc"): ("2/3", "2/3", "1/2", 0, 1),
    (5, "ab", "abcde"): (0, 0, 0, 0, 1),
    (5, "ab", "cde"): (0, 0, 0, 0, 0),
    (4, "abc", "abcd"): ("1/2", 0, "2/3", 0, 1),  # one wrong option: false2 halves its cost
    (4, "abc", "ab"): ("2/3",) * 5,
    (4, "abc", "abd"): ("1/6", 0, "1/3", 0, "2/3"),
    (4, "a", "ab"): ("2/3", "2/3", 0, 0, 1),
}
"""Reckoned from the rules of R/exams: each right option 1/ncorrect; each wrong one costs
1/max(nwrong, 2), 1/nwrong, 1/ncorrect, 1 or 0; never below 0."""


@pytest.mark.parametrize(
    ("case", "rule", "expected"),
    [(c, rule, part) for c, row in EXAMS.items() for rule, part in zip(RULES, row, strict=True)],
)
def test_partial_rules_of_r_exams(case, rule, expected):
    """Exact to the millionth, rounded half up once."""
    count, key, chosen = case
    question = typed("multiple", options=options(count), key=list(key), scoring=rule)
    part = Fraction(expected)
    result = mark(question, {"chosen": list(chosen)}, TEN)
    assert result.mark_micro == int(part * TEN + Fraction(1, 2))
    status = {0: MarkStatus.WRONG, 1: MarkStatus.RIGHT}.get(part, MarkStatus.PARTIAL)
    assert result.status is status


@pytest.mark.parametrize("rule", [*RULES, "all_or_nothing", "moodle"])
def test_where_every_option_is_right_nothing_costs(rule):
    """Four of four; half of them is half, except where only the whole counts."""
    question = typed("multiple", options=options(4), key=list("abcd"), scoring=rule)
    assert mark(question, {"chosen": list("abcd")}, TEN) == RIGHT
    half = WRONG if rule == "all_or_nothing" else some(5_000_000)
    assert mark(question, {"chosen": ["a", "c"]}, TEN) == half


@pytest.mark.parametrize(
    ("weights", "chosen", "expected"),
    [
        ({}, "a", some(5_000_000)),
        ({}, "abcd", RIGHT),  # without shares of their own wrong options cost nothing
        ({"a": 50, "b": 50, "c": -50, "d": -50}, "ac", WRONG),
        ({"a": 50, "b": 50, "c": -50, "d": -50}, "abc", some(5_000_000)),
        ({"a": 50, "b": 50, "c": -100, "d": -100}, "abc", WRONG),
        ({"a": 75, "b": 25, "c": -10}, "ac", some(6_500_000)),
        ({"a": 75, "b": 25, "c": -10}, "cd", WRONG),  # never below nothing
    ],
)
def test_moodle_adds_percents_up(weights, chosen, expected):
    """The right options make 100 percent, the others nothing or less."""
    question = typed("multiple", key=["a", "b"], scoring="moodle", weights=weights)
    assert mark(question, {"chosen": list(chosen)}, TEN) == expected


def test_three_thirds_of_moodle_are_full_marks():
    """33.33333 three times is meant as a whole."""
    weights = dict.fromkeys("abc", "33.33333")
    question = typed("multiple", key=list("abc"), scoring="moodle", weights=weights)
    assert mark(question, {"chosen": list("abc")}, TEN) == RIGHT
    assert mark(question, {"chosen": ["a"]}, TEN) == some(3_333_333)


# ---- several parts ----


@pytest.mark.parametrize(
    ("type_", "response", "each", "whole"),
    [
        ("true_false_group", {"a": True, "b": False, "c": True, "d": False}, RIGHT, RIGHT),
        ("true_false_group", {"a": True, "b": False, "c": True}, some(7_500_000), WRONG),
        ("true_false_group", {"a": True, "b": True, "d": True}, some(2_500_000), WRONG),
        ("true_false_group", {"a": False}, WRONG, WRONG),
        ("true_false_group", {}, UNANSWERED, UNANSWERED),
        ("matching", {"a": "a", "b": "b", "c": "c"}, RIGHT, RIGHT),
        ("matching", {"a": "a", "b": "d"}, some(3_333_333), WRONG),
        ("matching", {"a": "b", "b": "a", "c": "c"}, some(3_333_333), WRONG),
        ("matching", {"a": "a", "b": "b"}, some(6_666_667), WRONG),
        ("matching", {}, UNANSWERED, UNANSWERED),
        ("ordering", ["b", "d", "a", "c"], RIGHT, RIGHT),
        ("ordering", ["b", "d", "c", "a"], some(5_000_000), WRONG),
        ("ordering", ["c", "b", "d", "a"], WRONG, WRONG),
        ("ordering", [], UNANSWERED, UNANSWERED),
        ("cloze", {"so": "Một", "chu": "a"}, RIGHT, RIGHT),
        ("cloze", {"so": "1 ", "chu": "b"}, some(5_000_000), WRONG),
        ("cloze", {"chu": "a"}, some(5_000_000), WRONG),
        ("cloze", {"so": "chín"}, WRONG, WRONG),
        ("cloze", {"so": " "}, UNANSWERED, UNANSWERED),
        ("cloze", {"so": "mộtt", "chu": "a"}, WAITS, WAITS),
        ("cloze", {"so": "mộtt", "chu": "b"}, WAITS, WRONG),  # wrong anyway, as a whole
        ("cloze", {"so": "mộtt"}, WAITS, WRONG),
    ],
)
def test_parts_count_each_or_as_a_whole(type_, response, each, whole):
    """A part left out isn't right; a near miss in a gap waits where it can change the marks."""
    name = {"true_false_group": "statements", "matching": "pairs", "ordering": "order"}
    data = {name.get(type_, "gaps"): response}
    assert mark(typed(type_, scoring="each"), data, TEN) == each
    assert mark(typed(type_, scoring="all_or_nothing"), data, TEN) == whole


# ---- typed ----


@pytest.mark.parametrize(
    ("changed", "typed_", "expected"),
    [
        ({}, "29", RIGHT),
        ({}, " 29 chương", RIGHT),
        ({}, "29 CHƯƠNG", RIGHT),
        ({}, "29,0", RIGHT),
        ({}, "+29", RIGHT),
        ({}, "28", WRONG),
        ({}, "", UNANSWERED),
        ({}, "hai chín", WAITS),
        ({"tolerance": "0.5"}, "29,5", RIGHT),
        ({"tolerance": "0.5"}, "29.51", WRONG),
        ({"key": "12345"}, "12.345", RIGHT),
        ({"key": "12345"}, "12 345", RIGHT),
        ({"key": "12345"}, "12,345", WAITS),  # as the English write it
        ({"key": "12.345"}, "12.345", WAITS),  # twelve thousand, as Vietnamese read it
        ({"key": "12.345"}, "12,345", RIGHT),
        ({"key": "-7.5"}, "−7,5", RIGHT),
        ({"key": "1234.5"}, "1.234,5", RIGHT),
        ({"key": "1234.5"}, "1,234.5", RIGHT),
    ],
)
def test_numbers_are_read_as_vietnamese_write_them(changed, typed_, expected):
    """Only a right reading that isn't the usual one waits."""
    assert mark(typed("numeric", **changed), {"text": typed_}, TEN) == expected


@pytest.mark.parametrize(
    ("accepted", "typed_", "expected"),
    [
        ("Hòa Bình", "hoà  bình.", RIGHT),
        ("Hòa Bình", "HÒA BÌNH", RIGHT),
        ("Hòa Bình", "Hoa Binh", WAITS),  # without its marks
        ("Hòa Bình", "Hòa Bìn", WAITS),
        ("Hòa Bình", "tỉnh Hòa Bình", WAITS),  # an accepted answer inside
        ("Hòa Bình", "Lạng Sơn", WRONG),
        ("Hòa Bình", "h", WRONG),
        ("Hòa Bình", "   ", UNANSWERED),
        ("Hòa Bình", "…", WRONG),
        ("Đại hội XIV", "Dai hoi XIV", WAITS),
        ("năm 2030", "năm 2031", WRONG),  # another number is another answer
        ("năm 2030", "nam 2030", WAITS),
        ("5 quan điểm", "05 quan điểm", RIGHT),
        ("05", "5", RIGHT),
        ("1.000", "1000", RIGHT),
        ("1000 đồng", "1.000 đồng", RIGHT),
        ("1000", "1 000", WAITS),  # two numbers, or one
        ("1000", "1,000", WAITS),  # as the English write it
        ("1.000", "1.00", WRONG),
        ("1,5", "15", WRONG),
        ("1,5", "1.5", WAITS),
        ("15/03/2026", "15/3/2026", RIGHT),
        ("15/3/2026", "ngày 15-03-2026", WAITS),  # an accepted answer inside
        ("15/3/2026", "15.03.2026", RIGHT),
        ("15/3/2026", "Ngày 15 tháng 3 năm 2026", RIGHT),
        ("15/3/2026", "3/15/2026", WRONG),
        ("15/3/2026", "15/3/2025", WRONG),
        ("0,5", "5", WRONG),
        ("100", "1", WRONG),
        ("QĐ05", "QĐ5", WAITS),
    ],
)
def test_a_near_miss_waits_and_is_never_accepted(accepted, typed_, expected):
    """What folding makes equal is right; what is only like it goes to a person."""
    question = typed("short_text", accepted=[accepted])
    assert mark(question, {"text": typed_}, TEN) == expected


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 3), st.booleans())
def test_numbers_in_a_text_are_compared_by_value(
    key: int, number: int, zeros: int, dots: bool
) -> None:
    """However they are written, the same one is right and another one isn't."""
    question = typed("short_text", accepted=[f"có {key} người"])
    for value in (key, number):
        written = f"{value:,}".replace(",", ".") if dots else "0" * zeros + str(value)
        result = mark(question, {"text": f"Có {written} người"}, TEN)
        assert (result == RIGHT) == (value == key)


@given(st.dates(), st.dates(), st.sampled_from(["/", "-", "."]))
def test_dates_in_a_text_are_compared_by_value(key: date, other: date, sign: str) -> None:
    """Day before month, with or without zeros in front."""
    question = typed("short_text", accepted=[f"{key.day:02}/{key.month:02}/{key.year:04}"])
    for value in (key, other):
        written = sign.join((str(value.day), str(value.month), f"{value.year:04}"))
        result = mark(question, {"text": written}, TEN)
        assert (result == RIGHT) == (value == key)


@given(st.text(min_size=1, max_size=30))
def test_only_equality_after_folding_is_right(typed_):
    """However like it is."""
    from questions.folding import fold

    question = typed("short_text", accepted=["Hòa Bình"])
    is_right = mark(question, {"text": typed_}, TEN).status is MarkStatus.RIGHT
    assert is_right == (fold(typed_) == fold("Hòa Bình"))


def test_an_essay_waits_for_its_markers():
    """Its full mark is that of the rubric, whatever the contest gives other questions."""
    question = typed("essay", rubric=[{"id": "a", "text": "Ý", "points": "2.5"}])
    result = mark(question, {"text": "Bài viết."}, TEN)
    assert result == Mark(MarkStatus.NEEDS_MARKER, None, 2_500_000)
    assert mark(question, {"text": " \n"}, TEN) == Mark(MarkStatus.UNANSWERED, 0, 2_500_000)


# ---- what can't be read ----

UNREADABLE: list[tuple[str, Any]] = [
    ("true_false_group", {"statements": {"z": True}}),
    ("true_false_group", {"statements": {"a": 1}}),
    ("true_false_group", {"statements": [True]}),
    ("true_false_group", {"chosen": ["a"]}),
    ("matching", {"pairs": {"z": "a"}}),
    ("matching", {"pairs": {"a": "z"}}),
    ("matching", {"pairs": {"a": ["a"]}}),
    ("ordering", {"order": ["a", "b"]}),
    ("ordering", {"order": ["a", "b", "c", "c"]}),
    ("ordering", {"order": [1, 2, 3, 4]}),
    ("ordering", {"order": [["a"], "b", "c", "d"]}),
    ("numeric", {"text": 29}),
    ("numeric", {"text": "29", "unit": "chương"}),
    ("short_text", {"text": None}),
    ("cloze", {"gaps": {"z": "một"}}),
    ("cloze", {"gaps": {"so": 1}}),
    ("cloze", {"gaps": {"chu": "z"}}),
    ("essay", {"text": ["a"]}),
    ("essay", {}),
]


@pytest.mark.parametrize(("type_", "response"), UNREADABLE)
def test_what_no_page_can_have_sent_waits(type_, response):
    """No marks and not wrong either."""
    assert mark(typed(type_), response, TEN) == WAITS


@pytest.mark.parametrize("type_", sorted(set(EVERY_TYPE) - {"essay"}))
@given(full=st.integers(1, 10**9))
def test_the_right_answer_gets_exactly_the_full_marks(type_, full):
    """Whatever they are."""
    question = typed(type_)
    assert mark(question, right_response(question), full) == Mark(MarkStatus.RIGHT, full, full)


@given(
    st.sampled_from(RULES),
    st.sets(st.sampled_from("abcde"), min_size=1, max_size=4),
    st.sets(st.sampled_from("abcde"), min_size=1),
    st.integers(1, 10**7),
)
def test_partial_marks_stay_between_nothing_and_all(rule, key, chosen, full):
    """And the status tells which."""
    question = typed("multiple", options=options(5), key=sorted(key), scoring=rule)
    result = mark(question, {"chosen": sorted(chosen)}, full)
    assert 0 <= result.mark_micro <= full
    assert (result.status is MarkStatus.RIGHT) <= (result.mark_micro == full)
    assert (result.status is MarkStatus.WRONG) == (result.mark_micro == 0)
