"""Rows add up to what the contestant last said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contest.attempt import FROM_A_PAGE, Draft, Head, Kind, Row, State, chain, next_head
from contest.replay import replay
from tests.factories import OPENS

Said = tuple[Kind, int, int, dict[str, Any]]
"""(kind, pen, sequence, body)"""


def answer(sequence: int, *chosen: str, question: str = "q1", pen: int = 1) -> Said:
    """Return a response."""
    return Kind.RESPONSE, pen, sequence, {"question": question, "chosen": list(chosen)}


def pen(n: int) -> Said:
    """Return the grant of pen `n`."""
    return Kind.PEN, n, 0, {"page": f"trang {n}"}


def rows(*said: Said) -> list[Row]:
    """Return an attempt's rows, opened at OPENS, one a second."""
    head, found = Head(), []
    opened: Said = (Kind.OPEN, 0, 0, {"unit_id": "dv-1"})
    for n, (kind, pen_, sequence, body) in enumerate((opened, *said)):
        number = sequence if kind in FROM_A_PAGE else None
        row = chain(head, Draft("lt-1", kind, OPENS + 1000 * n, body, pen_, number))
        head = next_head(head, row)
        found.append(row)
    return found


def test_no_rows_are_a_new_attempt() -> None:
    """Before it is opened."""
    assert replay([]).state is State.NEW


def test_open_row_tells_start_and_content() -> None:
    """What grading and pages need of it."""
    result = replay(rows())
    assert (result.state, result.started_at) == (State.RUNNING, OPENS)
    assert result.opened == {"unit_id": "dv-1"}


def test_last_answer_counts() -> None:
    """A contestant may change their mind."""
    assert replay(rows(pen(1), answer(1, "a"), answer(2, "b"))).responses == {
        "q1": {"chosen": ["b"]}
    }


def test_time_belongs_to_the_question_saved_at_its_end() -> None:
    """One second to the first answer behind the pen, then one each; a second answer adds up."""
    result = replay(rows(pen(1), answer(1, "a"), answer(2, "b", question="q2"), answer(3, "b")))
    assert result.spent == {"q1": 3000, "q2": 1000}


def test_cleared_answer_is_no_answer() -> None:
    """An empty list takes the question out."""
    assert replay(rows(pen(1), answer(1, "a"), answer(2))).responses == {}


def test_older_message_that_was_stored_later_does_not_count() -> None:
    """After a failed commit it is sent again behind the newer one."""
    assert replay(rows(pen(1), answer(2, "b"), answer(1, "a"))).responses == {
        "q1": {"chosen": ["b"]}
    }


def test_older_clearing_that_was_stored_later_does_not_count() -> None:
    """Nor does it take the newer answer away."""
    assert replay(rows(pen(1), answer(2, "b"), answer(1))).responses == {"q1": {"chosen": ["b"]}}


def test_older_message_about_another_question_counts() -> None:
    """Only what is about the same thing is overtaken."""
    result = replay(rows(pen(1), answer(2, "b"), answer(1, "a", question="q2")))
    assert result.responses == {"q1": {"chosen": ["b"]}, "q2": {"chosen": ["a"]}}


def test_new_pen_counts_from_one_again() -> None:
    """Its first message is newer than all of the page before."""
    result = replay(rows(pen(1), answer(9, "a"), pen(2), answer(1, "b", pen=2)))
    assert result.responses == {"q1": {"chosen": ["b"]}}


def test_stale_rows_count_for_nothing() -> None:
    """What comes under pen 1 once pen 2 is granted."""
    result = replay(rows(pen(1), answer(1, "a"), pen(2), answer(2, "b", pen=1)))
    assert (result.responses, result.pen) == ({"q1": {"chosen": ["a"]}}, 2)


def test_written_is_the_newest_pen_that_was_used() -> None:
    """A pen that was granted and never used changes nothing; neither does a stale row."""
    used = (answer(1, "o1", pen=1), pen(2), pen(3))
    assert replay(rows(pen(1))).written == 0
    assert replay(rows(pen(1), *used)).written == 1
    assert replay(rows(pen(1), *used, answer(2, "o2", pen=1))).written == 1
    assert replay(rows(pen(1), *used, answer(1, "o2", pen=3))).written == 3


def test_flags_come_and_go() -> None:
    """By the newest message."""
    on = {"question": "q1", "on": True}
    off = {"question": "q1", "on": False}
    assert replay(rows(pen(1), (Kind.FLAG, 1, 1, on))).flags == {"q1"}
    assert replay(rows(pen(1), (Kind.FLAG, 1, 1, on), (Kind.FLAG, 1, 2, off))).flags == set()


def test_prediction_is_the_newest_and_may_be_cleared() -> None:
    """None after it was cleared."""
    first, cleared = {"value": "12"}, {"value": None}
    one = replay(rows(pen(1), (Kind.PREDICTION, 1, 1, first)))
    none = replay(rows(pen(1), (Kind.PREDICTION, 1, 1, first), (Kind.PREDICTION, 1, 2, cleared)))
    assert (one.prediction, one.predicted) == ("12", Decimal(12))
    assert (none.prediction, none.predicted) == (None, None)


def test_submission_has_its_time() -> None:
    """When it was received."""
    result = replay(rows(pen(1), (Kind.SUBMIT, 1, 1, {})))
    assert (result.state, result.submitted_at) == (State.SUBMITTED, OPENS + 2000)


def test_expired_attempt_has_no_time_of_submission() -> None:
    """Its end is its deadline, which is never stored."""
    result = replay(rows(pen(1), (Kind.EXPIRE, 0, 0, {})))
    assert (result.state, result.submitted_at) == (State.EXPIRED, None)


@given(st.permutations(range(1, 7)))
def test_order_of_storing_makes_no_difference(order: list[int]) -> None:
    """Six messages of one pen about two questions, stored in any order."""
    said = [answer(n, "abc"[n % 3], question=f"q{n % 2}") for n in range(1, 7)]
    expected = replay(rows(pen(1), *said)).responses
    assert replay(rows(pen(1), *(said[n - 1] for n in order))).responses == expected
