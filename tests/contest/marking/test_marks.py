"""Two marks become one: by hand, and for all marks there are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.marking.marks import (
    BadMark,
    Mark,
    fits,
    full_points,
    mark_action,
    most_points,
    read_mark,
    standing,
)
from contest.marking_rules import Marking
from contest.store.commands import Action
from tests.factories import typed

QUESTION = typed("essay")  # two criteria of 5 points
A, B, C = "Giám khảo A", "Giám khảo B", "Giám khảo C"
KEY = ("lt-1", "ch-essay")

BY_HAND = """
# rule                          first second third   mark   third marker?
default                         8     8      -       8      no
default                         8     7      -       7.5    no
default                         8     6.75   -       -      yes
default                         8     6      7.5     7.75   no
default                         8     6      6.5     6.25   no
default                         8     6      7       7      no
default                         8     6      10      8      no
default                         8     6      0       7      no
default                         8     7      1       7.5    no
allowed_percent=0               8     7.75   -       -      yes
allowed_percent=0               8     8      -       8      no
allowed_percent=100             10    0      -       5      no
allowed_points=2                8     6      -       7      no
allowed_points=2                8     5.75   -       -      yes
allowed_points=0.5              8     7.25   -       -      yes
third=third                     8     6      9.5     9.5    no
third=third                     8     7      9.5     7.5    no
third=mean                      8     6      8       7.333333 no
third=mean                      8     6      8.5     7.5    no
"""
"""What a clerk finds with a pencil; a question of 10 points, of which 10 % may differ."""

ROWS = [line.split() for line in BY_HAND.strip().splitlines() if not line.startswith("#")]


def rules(spec: str) -> Marking:
    """Return the rules that a row of the table names."""
    if spec == "default":
        return Marking()
    key, value = spec.split("=")
    return Marking.model_validate({key: value if key == "third" else Decimal(value)})


def micro(points: str) -> int:
    """Return points in millionths."""
    return int(Decimal(points) * 1_000_000)


def mark(marker: str, total: int, at: int = 0) -> Mark:
    """Return a mark of so many millionths, up to 5 points for the first criterion."""
    first = min(total, 5_000_000)
    return Mark(KEY, marker, at, {"a": first, "b": total - first})


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_by_hand(row: list[str]) -> None:
    """As the table has it."""
    spec, first, second, third, final, wanted = row
    totals = [micro(one) for one in (first, second, third) if one != "-"]
    marks = [mark(name, total) for name, total in zip((A, B, C), totals, strict=False)]
    found = standing(marks, QUESTION, rules(spec), "half_up")
    assert found.final == (None if final == "-" else micro(final))
    assert found.stage == ("third" if wanted == "yes" else "decided")


TOTALS = st.integers(0, 10_000_000)
RULES = st.builds(
    Marking,
    allowed_percent=st.decimals(0, 100, places=2),
    third=st.sampled_from(["closest", "third", "mean"]),
)
ROUNDING = st.sampled_from(["half_up", "half_even", "down", "up"])


@given(TOTALS, TOTALS, TOTALS, RULES, ROUNDING)
def test_final_lies_between_the_marks_given(
    first: int, second: int, third: int, given_rules: Marking, rounding: str
) -> None:
    """Nobody gets more than the mildest or less than the strictest gave."""
    marks = [mark(A, first), mark(B, second)]
    found = standing(marks, QUESTION, given_rules, rounding)
    if found.stage == "third":
        found = standing([*marks, mark(C, third)], QUESTION, given_rules, rounding)
    totals = [one.total for one in found.marks.values()]
    assert found.final is not None
    assert min(totals) <= found.final <= max(totals)


@given(TOTALS, TOTALS, TOTALS, RULES, ROUNDING)
def test_the_order_of_the_two_doesnt_matter(
    first: int, second: int, third: int, given_rules: Marking, rounding: str
) -> None:
    """Neither for what they make, nor for whether a third is needed."""
    for more in ([], [mark(C, third)]):
        one = standing([mark(A, first), mark(B, second), *more], QUESTION, given_rules, rounding)
        other = standing([mark(B, second), mark(A, first), *more], QUESTION, given_rules, rounding)
        assert (one.stage, one.final) == (other.stage, other.final)


@given(st.permutations([mark(A, 0), mark(B, 4_000_000), mark(C, 9_000_000)]))
def test_the_closest_two_are_so_in_any_order(marks: list[Mark]) -> None:
    """Whoever came third."""
    found = standing(marks, QUESTION, Marking(), "half_up")
    assert found.final == 2_000_000


def test_the_last_mark_of_a_marker_counts() -> None:
    """As long as nobody else has marked."""
    marks = [mark(A, 1_000_000), mark(A, 8_000_000), mark(B, 8_000_000)]
    assert standing(marks, QUESTION, Marking(), "half_up").final == 8_000_000


def test_who_may_mark() -> None:
    """One of the pair until it is complete, a third where they differ, then nobody."""
    none = standing([], QUESTION, Marking(), "half_up")
    one = standing([mark(A, 0)], QUESTION, Marking(), "half_up")
    apart = standing([mark(A, 0), mark(B, 9_000_000)], QUESTION, Marking(), "half_up")
    done = standing([mark(A, 0), mark(B, 0)], QUESTION, Marking(), "half_up")
    may = [[found.may_mark(name) for name in (A, B, C)] for found in (none, one, apart, done)]
    assert may == [[True] * 3, [True] * 3, [False, False, True], [False] * 3]


@pytest.mark.parametrize(
    "marks",
    [
        [mark(A, 0), mark(B, 0), mark(A, 1)],
        [mark(A, 0), mark(B, 0), mark(B, 1)],
        [mark(A, 0), mark(B, 9_000_000), mark(C, 0), mark(C, 1)],
        [mark(A, 0), mark(B, 9_000_000), mark(C, 0), mark("Giám khảo D", 1)],
        [Mark(KEY, A, 0, {"a": 5_000_001, "b": 0})],
        [Mark(KEY, A, 0, {"a": 1})],
        [Mark(KEY, A, 0, {"a": 1, "b": 1, "c": 1})],
    ],
)
def test_marks_that_nobody_can_have_given(marks: list[Mark]) -> None:
    """Changed once two had marked, a fourth marker, or points that the rubric doesn't give."""
    with pytest.raises(BadMark, match="lt-1"):
        standing(marks, QUESTION, Marking(), "half_up")


def test_a_mark_is_read_as_it_was_written() -> None:
    """With its comment; the row says who typed it in."""
    action = mark_action(KEY, A, 7, {"a": 1, "b": 2}, "Khá.", "Thư ký mẫu")
    assert read_mark(action) == Mark(KEY, A, 7, {"a": 1, "b": 2}, "Khá.")
    assert action.body["entered_by"] == "Thư ký mẫu"
    with pytest.raises(BadMark):
        read_mark(Action(7, A, "essay_mark", "lt-1", {"question": "ch-essay", "points": {"a": -1}}))


def test_points_of_a_rubric() -> None:
    """Exactly its criteria, each from nothing to all."""
    assert most_points(QUESTION) == {"a": 5_000_000, "b": 5_000_000}
    assert full_points(QUESTION) == 10_000_000
    assert fits({"a": 0, "b": 5_000_000}, QUESTION)
    assert not fits({"a": -1, "b": 0}, QUESTION)
