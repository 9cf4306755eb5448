"""When contestants act, and how the highest rate is found."""

from __future__ import annotations

import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.bench.crowd import Pace
from contest.bench.line import Failed
from contest.bench.load import Tally, at_once
from contest.bench.rush import FIRST_RATE, TOP_RATE, highest


@given(st.floats(0, 3), st.integers(0, 5))
def test_period_keeps_its_beat_however_long_an_answer_took(late: float, beats: int) -> None:
    """The next is due on the beat; beats that were missed are left out."""
    now = 100.0 + 5 * beats + late
    due = now + Pace(5, 5, period=True).next(random.Random(1), 100.0, now)
    assert due > now
    assert (due - 100) % 5 == pytest.approx(0, abs=1e-6) or (due - 100) % 5 == pytest.approx(5)


@given(st.integers())
def test_thought_begins_with_the_acknowledgement(seed: int) -> None:
    """Between its bounds, whenever the last answer was due."""
    assert 30 <= Pace(30, 90, period=False).next(random.Random(seed), 0.0, 1e6) <= 90


@given(st.floats(FIRST_RATE, TOP_RATE))
def test_highest_rate_is_found_closely_and_never_above(limit: float) -> None:
    """Doubling, then halving."""
    found = highest(lambda rate: rate <= limit)
    assert found <= limit
    assert found >= limit * 0.9 or limit - found < FIRST_RATE


def test_no_rate_is_good() -> None:
    """Then it is nought."""
    assert highest(lambda _rate: False) == 0


def test_no_more_than_so_many_act_at_any_moment() -> None:
    """And what fails is counted, and doesn't stop the others."""
    running = most = 0

    async def work(number: int) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        if number == 3:
            raise Failed("three")

    tally = Tally()
    done = asyncio.run(at_once(range(10), 4, work, tally))
    assert most == 4
    assert sorted(done) == [0, 1, 2, 4, 5, 6, 7, 8, 9]
    assert tally.errors == ["three"]
