"""The library's own figures, and how an answer is rated."""

from __future__ import annotations

import datetime

import pytest
from fsrs import Card, Rating, Scheduler

from contest.practice.scheduler import (
    SCHEDULER,
    due_of,
    is_slow,
    rating,
    retrievability,
    review,
)

START = round(datetime.datetime(2022, 11, 29, 12, 30, tzinfo=datetime.UTC).timestamp() * 1000)
DAY = 86_400_000

# The two vectors are those of py-fsrs' own tests (test_review_card, test_memo_state).
RATINGS = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3]
INTERVALS = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_intervals_are_those_of_the_library() -> None:
    """Each review on the day it is due."""
    card, at, found = None, START, []
    for rated in RATINGS:
        scheduled = review(card, Rating(rated), at, 1000)
        found.append((scheduled.due - at) // DAY)
        card, at = scheduled.card, scheduled.due
    assert found == INTERVALS


def test_memory_is_that_of_the_library() -> None:
    """Stability and difficulty after reviews on given days."""
    card, at = None, START
    for rated, days in zip([1, 3, 3, 3, 3, 3], [0, 0, 1, 3, 8, 21], strict=True):
        at += days * DAY
        card = review(card, Rating(rated), at, 1000).card
    after = Card.from_json(card)
    assert after.stability == pytest.approx(53.62691, abs=1e-4)
    assert after.difficulty == pytest.approx(6.3574867, abs=1e-4)


@pytest.mark.parametrize(
    ("rated", "stability"), [(1, 0.212), (2, 1.2931), (3, 2.3065), (4, 8.2956)]
)
def test_first_review_gives_the_first_stability(rated: int, stability: float) -> None:
    """As the library's parameters say."""
    after = Card.from_json(review(None, Rating(rated), START, 1000).card)
    assert after.stability == pytest.approx(stability, abs=1e-4)


def test_same_answers_give_the_same_dates() -> None:
    """No fuzz: two learners with the same answers see the same dates."""
    assert not SCHEDULER.enable_fuzzing
    once = review(review(None, Rating.Good, START, 1).card, Rating.Good, START + DAY, 1)
    assert once == review(review(None, Rating.Good, START, 1).card, Rating.Good, START + DAY, 1)


def test_due_is_read_from_the_card() -> None:
    """It is kept nowhere else."""
    scheduled = review(None, Rating.Again, START, 1000)
    assert due_of(scheduled.card) == scheduled.due == START + 60_000


def test_memory_fades() -> None:
    """Nine in ten after as many days as the stability."""
    card = review(None, Rating.Good, START, 1000, Scheduler(learning_steps=())).card
    assert retrievability(card, START) == pytest.approx(1)
    assert retrievability(card, START + 30 * DAY) < 0.9


@pytest.mark.parametrize(
    ("right", "hinted", "slow", "expected"),
    [
        (False, False, False, Rating.Again),
        (False, True, True, Rating.Again),
        (True, True, False, Rating.Hard),
        (True, False, True, Rating.Hard),
        (True, True, True, Rating.Hard),
        (True, False, False, Rating.Good),
    ],
)
def test_answers_are_rated_in_one_place(
    right: bool, hinted: bool, slow: bool, expected: Rating
) -> None:
    """Never Easy: that is nothing an answer tells."""
    assert rating(right=right, hinted=hinted, slow=slow) is expected


def test_slow_goes_by_the_kind_of_question() -> None:
    """An essay is never slow."""
    assert is_slow("choice", 60_001)
    assert not is_slow("cloze", 60_001)
    assert not is_slow("essay", 10**9)
