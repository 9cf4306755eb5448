"""Every state and every kind of row; the pen; the chain; the deadline."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.attempt import (
    FROM_A_PAGE,
    TRANSITIONS,
    Draft,
    Head,
    Kind,
    Refusal,
    Row,
    State,
    Verdict,
    chain,
    deadline,
    judge,
    next_head,
    verify_chain,
)
from tests.factories import MINUTE, OPENS

RUNNING = Head(State.RUNNING, n=2, hash="h", pen=2, page="trang")

EXPECTED: dict[State, dict[Kind, State | Refusal]] = {
    State.NEW: {
        Kind.OPEN: State.RUNNING,
        Kind.PEN: Refusal.NOT_OPEN,
        Kind.RESPONSE: Refusal.NOT_OPEN,
        Kind.FLAG: Refusal.NOT_OPEN,
        Kind.PREDICTION: Refusal.NOT_OPEN,
        Kind.SUBMIT: Refusal.NOT_OPEN,
        Kind.EXPIRE: Refusal.NOT_OPEN,
    },
    State.RUNNING: {
        Kind.OPEN: Refusal.OTHER_CONTENT,
        Kind.PEN: State.RUNNING,
        Kind.RESPONSE: State.RUNNING,
        Kind.FLAG: State.RUNNING,
        Kind.PREDICTION: State.RUNNING,
        Kind.SUBMIT: State.SUBMITTED,
        Kind.EXPIRE: State.EXPIRED,
    },
    State.SUBMITTED: dict.fromkeys(Kind, Refusal.ENDED),
    State.EXPIRED: dict.fromkeys(Kind, Refusal.ENDED),
}


def draft(kind: Kind, **changed: object) -> Draft:
    """Return a draft that is right in every way for a head with pen 2."""
    values = {"pen": 2, "sequence": 1} if kind in FROM_A_PAGE else {}
    return Draft("lt-1", kind, OPENS, **{**values, **changed})


def rows(*kinds: Kind) -> list[Row]:
    """Return a chain of rows of these kinds behind an opening and a pen."""
    head, found = Head(), []
    for n, kind in enumerate((Kind.OPEN, Kind.PEN, *kinds)):
        pen = 0 if kind is Kind.OPEN else 1
        sequence = n if kind in FROM_A_PAGE else None
        row = chain(head, Draft("lt-1", kind, OPENS + n, {"n": n}, pen, sequence))
        head = next_head(head, row, "trang" if kind is Kind.PEN else None)
        found.append(row)
    return found


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("state", State)
def test_every_kind_of_row_in_every_state(state: State, kind: Kind) -> None:
    """The one transition table says what may follow, and `judge` obeys it."""
    expected = EXPECTED[state][kind]
    verdict = judge(replace(RUNNING, state=state), draft(kind))
    assert TRANSITIONS[state, kind] == expected
    assert verdict.refusal == (expected if isinstance(expected, Refusal) else None)


@pytest.mark.parametrize(("state", "kind"), sorted(TRANSITIONS))
def test_next_head_goes_where_the_table_says(state: State, kind: Kind) -> None:
    """And where the table refuses, there is no next head."""
    head = replace(RUNNING, state=state)
    expected = EXPECTED[state][kind]
    row = chain(head, draft(kind))
    if isinstance(expected, Refusal):
        with pytest.raises(ValueError, match="in state"):
            next_head(head, row)
    else:
        assert next_head(head, row).state is expected


@pytest.mark.parametrize("kind", sorted(FROM_A_PAGE))
@pytest.mark.parametrize("changed", [{"pen": 0}, {"pen": 3}, {"pen": -1}, {"sequence": None}])
def test_pen_that_was_never_granted_is_refused(kind: Kind, changed: dict[str, object]) -> None:
    """So is a message without a number."""
    assert judge(RUNNING, draft(kind, **changed)) == Verdict(refusal=Refusal.BAD_MESSAGE)


@pytest.mark.parametrize("kind", sorted(FROM_A_PAGE - {Kind.SUBMIT}))
def test_older_pen_is_kept_as_stale(kind: Kind) -> None:
    """What was queued under it is evidence, but never counts."""
    assert judge(RUNNING, draft(kind, pen=1)) == Verdict(stale=True)


def test_older_pen_can_not_submit() -> None:
    """The page that lost the pen must not end the other's attempt."""
    assert judge(RUNNING, draft(Kind.SUBMIT, pen=1)) == Verdict(refusal=Refusal.OLD_PEN)


@pytest.mark.parametrize("kind", [Kind.PEN, Kind.EXPIRE])
def test_server_rows_need_no_pen(kind: Kind) -> None:
    """They come without a page's number."""
    assert judge(RUNNING, draft(kind, pen=0)) == Verdict()


def test_pen_row_changes_pen_and_page() -> None:
    """Nothing else does."""
    granted = next_head(RUNNING, chain(RUNNING, draft(Kind.PEN, pen=3)), "trang khác")
    assert (granted.pen, granted.page) == (3, "trang khác")
    answered = next_head(RUNNING, chain(RUNNING, draft(Kind.RESPONSE, pen=1)), "trang khác")
    assert (answered.pen, answered.page) == (2, "trang")


def test_whole_chain_verifies() -> None:
    """Numbers from 1, each hash over its row and the one before."""
    result = rows(Kind.RESPONSE, Kind.FLAG, Kind.PREDICTION, Kind.SUBMIT)
    assert [row.n for row in result] == [1, 2, 3, 4, 5, 6]
    assert verify_chain(result) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"attempt_id": "lt-2"},
        {"n": 9},
        {"kind": Kind.FLAG},
        {"at": OPENS},
        {"pen": 2},
        {"sequence": 9},
        {"sequence": None},
        {"body": '{"n":3}'},
        {"hash": "0" * 64},
    ],
)
def test_change_of_any_field_breaks_the_chain(changed: dict[str, object]) -> None:
    """The hash covers everything a row says."""
    chained = rows(Kind.RESPONSE, Kind.RESPONSE, Kind.SUBMIT)
    chained[2] = replace(chained[2], **changed)
    assert verify_chain(chained) == 3


@pytest.mark.parametrize("gone", [0, 1, 2, 3])
def test_row_taken_out_of_the_middle_breaks_the_chain(gone: int) -> None:
    """Wherever it stood before the last one."""
    chained = rows(Kind.RESPONSE, Kind.RESPONSE, Kind.SUBMIT)
    del chained[gone]
    assert verify_chain(chained) == gone + 1


def test_rows_that_changed_places_break_the_chain() -> None:
    """Even with their numbers put right."""
    chained = rows(Kind.RESPONSE, Kind.RESPONSE, Kind.SUBMIT)
    chained[2], chained[3] = replace(chained[3], n=3), replace(chained[2], n=4)
    assert verify_chain(chained) == 3


def test_row_moved_from_another_attempt_breaks_the_chain() -> None:
    """Its hash names its attempt."""
    head = next_head(Head(), chain(Head(), Draft("lt-2", Kind.OPEN, OPENS)))
    moved = chain(head, Draft("lt-2", Kind.PEN, OPENS, {}, pen=1))
    own = chain(Head(), Draft("lt-1", Kind.OPEN, OPENS))
    assert verify_chain([own, replace(moved, attempt_id="lt-1")]) == 2


@given(
    st.integers(0, 2 * 60 * MINUTE), st.integers(1, 600), st.integers(0, 3 * 60 * MINUTE),
    st.integers(0, 60 * MINUTE),
)  # fmt: skip
def test_deadline_is_the_earlier_end_and_granted_time(
    started: int, minutes: int, window: int, extra: int
) -> None:
    """Never later than the window plus what was granted, nor than the minutes plus that."""
    closes = started + window
    result = deadline(started, minutes * MINUTE, closes, extra)
    assert result == min(started + minutes * MINUTE + extra, closes + extra)
