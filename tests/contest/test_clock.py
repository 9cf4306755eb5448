"""Time is given; only the system clock reads it."""

from __future__ import annotations

import pytest

from contest.clock import ManualClock, SystemClock, local
from tests.factories import OPENS


def test_manual_clock_stands_still() -> None:
    """Until it is moved."""
    clock = ManualClock(OPENS)
    assert [clock.now(), clock.now()] == [OPENS, OPENS]
    clock.move_to(OPENS + 5)
    assert clock.now() == OPENS + 5


def test_manual_clock_never_goes_back() -> None:
    """A simulation that tries has a fault."""
    with pytest.raises(ValueError, match="go back by 1 ms"):
        ManualClock(OPENS).move_to(OPENS - 1)


def test_system_clock_counts_milliseconds_utc() -> None:
    """Later than this kit was begun, and an integer."""
    result = SystemClock().now()
    assert isinstance(result, int)
    assert result > 1_767_225_600_000  # 1/1/2026


def test_local_is_vietnamese_time() -> None:
    """Seven hours ahead of UTC, and it says so."""
    assert local(OPENS).isoformat() == "2026-11-23T08:00:00+07:00"
