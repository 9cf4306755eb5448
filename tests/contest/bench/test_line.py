"""Whose mark is on a frame."""

from __future__ import annotations

import pytest

from contest.bench.contestants import CANARY
from contest.bench.line import Failed, Line

MINE, OTHER = CANARY + "a" * 26, CANARY + "b" * 26


def line() -> Line:
    """Return my line, not connected."""
    return Line(MINE, lambda _frame: None, lambda: None)


@pytest.mark.parametrize(
    ("frame", "mixed_up"),
    [
        (f'{{"msg_id":"{MINE}-1"}}', 0),
        (f'{{"msg_id":"{OTHER}-1"}}', 1),
        (f'{{"session":"{OTHER}","page":"{MINE}","x":"{OTHER}000007"}}', 2),
        ("{}", 0),
    ],
)
@pytest.mark.parametrize("binary", [True, False])
def test_marks_of_others_are_counted(frame: str, mixed_up: int, binary: bool) -> None:
    """In text and in binary frames alike."""
    mine = line()
    mine.check(frame.encode() if binary else frame)
    assert mine.mixed_up == mixed_up


async def _send() -> None:
    await line().send("comm_msg", {})


def test_nothing_can_be_sent_without_a_connection() -> None:
    """It is a failed step, no crash."""
    import asyncio

    with pytest.raises(Failed):
        asyncio.run(_send())


def test_canaries_differ_and_fit_where_names_are_checked() -> None:
    """Session and page names are letters and digits, 16 to 64 of them."""
    assert MINE != OTHER
    assert MINE.isalnum()
    assert 16 <= len(f"{MINE}000001") <= 64
