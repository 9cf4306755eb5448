"""A page may send anything at any time: what isn't right is refused, and changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contest.attempt import Refusal, State, verify_chain
from contest.directory import ContestDirectory
from contest.rounds import EXPIRE_SETTLE_MS
from contest.service import Service
from contest.sitting import MAX_SEQUENCE, MAX_TYPED, Answered, Sitting
from tests.factories import (
    CLOSES,
    HOUR,
    MINUTE,
    OPENS,
    begin,
    begin_again,
    opened,
    page,
    write_contest,
)

BEGUN = OPENS + MINUTE
NOW = BEGUN + MINUTE
DEADLINE = BEGUN + 20 * MINUTE

Work = Callable[[Service, Sitting], Awaitable[None]]


def sit(directory: ContestDirectory, work: Work) -> None:
    """Open an attempt at BEGUN, give its page pen 1, and do `work`."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service, at=BEGUN)
            assert await sitting.take_pen(page(), BEGUN) == 1
            await work(service, sitting)
            assert verify_chain(await service.store.rows(sitting.attempt_id)) is None

    asyncio.run(main())


async def refused(sitting: Sitting, answered: Awaitable[Answered], why: Refusal) -> None:
    """Check that a message is refused for this reason, and that nothing changes."""
    before = await sitting.head()
    assert await answered == Answered("refused", None, why)
    assert await sitting.head() == before


def place(sitting: Sitting, *, many: bool) -> int:
    """Return the number of a question with one, or with several options to choose."""
    return next(
        q for q, item in enumerate(sitting.paper.items, 1) if item.question.many is many
    )  # fmt: skip


# ---- what is right ----


def test_answer_is_stored_as_ids(directory: ContestDirectory) -> None:
    """The page speaks of places; the row has the question's and the options' ids."""

    async def work(_: Service, sitting: Sitting) -> None:
        item = sitting.paper.item(3)
        result = await sitting.answer(1, 1, 3, [2], NOW)
        assert result == Answered("saved", NOW)
        replay = await sitting.replay()
        assert replay.responses == {item.question.id: {"chosen": [item.options[1].id]}}

    sit(directory, work)


def test_several_options_of_one_question(directory: ContestDirectory) -> None:
    """Whatever their order, one way of writing them."""

    async def work(_: Service, sitting: Sitting) -> None:
        q = place(sitting, many=True)
        assert (await sitting.answer(1, 1, q, [4, 1], NOW)).result == "saved"
        assert (await sitting.answer(1, 1, q, [1, 4], NOW)).result == "saved"
        responses = (await sitting.replay()).responses
        chosen = responses[sitting.paper.item(q).question.id]["chosen"]
        assert chosen == sorted(chosen)
        assert len(chosen) == 2

    sit(directory, work)


def test_cleared_answer(directory: ContestDirectory) -> None:
    """An empty list."""

    async def work(_: Service, sitting: Sitting) -> None:
        await sitting.answer(1, 1, 1, [1], NOW)
        assert (await sitting.answer(1, 2, 1, [], NOW)).result == "saved"
        assert (await sitting.replay()).responses == {}

    sit(directory, work)


def test_flags_are_stored(directory: ContestDirectory) -> None:
    """On and off."""

    async def work(_: Service, sitting: Sitting) -> None:
        await sitting.flag(1, 1, 2, True, NOW)
        await sitting.flag(1, 2, 3, True, NOW)
        await sitting.flag(1, 3, 2, False, NOW)
        assert (await sitting.replay()).flags == {sitting.paper.item(3).question.id}

    sit(directory, work)


@pytest.mark.parametrize(
    ("typed", "expected"), [("12.345", "12345"), (" 7 ", "7"), ("", None), ("  ", None)]
)
def test_prediction_is_stored_as_a_number(
    directory: ContestDirectory, typed: str, expected: str | None
) -> None:
    """Read as people type it; empty takes it back."""

    async def work(_: Service, sitting: Sitting) -> None:
        await sitting.predict(1, 1, "99", NOW)
        assert (await sitting.predict(1, 2, typed, NOW)).result == "saved"
        assert (await sitting.replay()).prediction == expected

    sit(directory, work)


def test_prediction_of_a_percentage_has_decimals(tmp_path: Path) -> None:
    """With a comma, as it is written here."""

    async def work(_: Service, sitting: Sitting) -> None:
        assert (await sitting.predict(1, 1, "87,65432", NOW)).result == "saved"
        assert (await sitting.replay()).prediction == "87.65432"

    sit(write_contest(tmp_path / "x", prediction="percent_right"), work)


def test_message_sent_again_is_acknowledged_again(directory: ContestDirectory) -> None:
    """With the time it was first received, however often."""

    async def work(_: Service, sitting: Sitting) -> None:
        for again in range(3):
            result = await sitting.answer(1, 1, 1, [1], NOW + again)
            assert result == Answered("saved", NOW)
        assert (await sitting.head()).n == 3

    sit(directory, work)


def test_submission_ends_the_attempt(directory: ContestDirectory) -> None:
    """And is acknowledged again when it is sent again."""

    async def work(_: Service, sitting: Sitting) -> None:
        assert await sitting.submit(1, 1, NOW) == Answered("saved", NOW)
        assert (await sitting.head()).state is State.SUBMITTED
        assert await sitting.submit(1, 1, DEADLINE + HOUR) == Answered("saved", NOW)
        assert not await sitting.is_running(NOW)

    sit(directory, work)


# ---- malformed ----

NONSENSE: list[Any] = [None, "1", 1.0, True, [], {}, -1, 0, 7, 10**9, float("nan")]


@pytest.mark.parametrize("q", NONSENSE, ids=repr)
def test_question_that_is_none_of_the_papers(directory: ContestDirectory, q: Any) -> None:
    """Six questions are on it, numbered from 1."""

    async def work(_: Service, sitting: Sitting) -> None:
        await refused(sitting, sitting.answer(1, 1, q, [1], NOW), Refusal.BAD_MESSAGE)
        await refused(sitting, sitting.flag(1, 1, q, True, NOW), Refusal.BAD_MESSAGE)

    sit(directory, work)


@pytest.mark.parametrize("chosen", [None, 1, "1", {"1": 1}, (1,)], ids=repr)
def test_chosen_that_is_no_list(directory: ContestDirectory, chosen: Any) -> None:
    """A choice is always a list of places."""

    async def work(_: Service, sitting: Sitting) -> None:
        await refused(sitting, sitting.answer(1, 1, 1, chosen, NOW), Refusal.BAD_MESSAGE)

    sit(directory, work)


@pytest.mark.parametrize(
    "chosen", [[0], [-1], [5], [None], ["a"], [1.0], [True], [[1]], [10**30]], ids=repr
)
def test_option_that_the_question_does_not_have(
    directory: ContestDirectory, chosen: list[Any]
) -> None:
    """Also nothing that only looks like a place."""

    async def work(_: Service, sitting: Sitting) -> None:
        for many in (True, False):
            q = place(sitting, many=many)
            await refused(sitting, sitting.answer(1, 1, q, chosen, NOW), Refusal.BAD_OPTION)

    sit(directory, work)


def test_several_options_where_one_may_be_chosen(directory: ContestDirectory) -> None:
    """And the same option twice, anywhere."""

    async def work(_: Service, sitting: Sitting) -> None:
        one, several = place(sitting, many=False), place(sitting, many=True)
        await refused(sitting, sitting.answer(1, 1, one, [1, 2], NOW), Refusal.BAD_OPTION)
        await refused(sitting, sitting.answer(1, 1, several, [1, 1], NOW), Refusal.BAD_OPTION)
        huge = [1] * 100_000
        await refused(sitting, sitting.answer(1, 1, several, huge, NOW), Refusal.BAD_OPTION)

    sit(directory, work)


@pytest.mark.parametrize("sequence", [*NONSENSE[:8], MAX_SEQUENCE + 1], ids=repr)
def test_message_without_a_proper_number(directory: ContestDirectory, sequence: Any) -> None:
    """Of any kind."""

    async def work(_: Service, sitting: Sitting) -> None:
        for answered in (
            sitting.answer(1, sequence, 1, [1], NOW),
            sitting.flag(1, sequence, 1, True, NOW),
            sitting.predict(1, sequence, "1", NOW),
            sitting.submit(1, sequence, NOW),
        ):
            await refused(sitting, answered, Refusal.BAD_MESSAGE)

    sit(directory, work)


@pytest.mark.parametrize("pen", [*NONSENSE[:8], 2, 10**30], ids=repr)
def test_pen_that_was_never_granted(directory: ContestDirectory, pen: Any) -> None:
    """Also not the next one."""

    async def work(_: Service, sitting: Sitting) -> None:
        for answered in (
            sitting.answer(pen, 1, 1, [1], NOW),
            sitting.flag(pen, 1, 1, True, NOW),
            sitting.predict(pen, 1, "1", NOW),
            sitting.submit(pen, 1, NOW),
        ):
            await refused(sitting, answered, Refusal.BAD_MESSAGE)

    sit(directory, work)


@pytest.mark.parametrize("on", [None, 1, "true"], ids=repr)
def test_flag_that_is_neither_on_nor_off(directory: ContestDirectory, on: Any) -> None:
    """Only true and false are."""

    async def work(_: Service, sitting: Sitting) -> None:
        await refused(sitting, sitting.flag(1, 1, 1, on, NOW), Refusal.BAD_MESSAGE)

    sit(directory, work)


@pytest.mark.parametrize("typed", [None, 5, ["5"], "5" * (MAX_TYPED + 1)], ids=repr)
def test_prediction_that_is_no_text(directory: ContestDirectory, typed: Any) -> None:
    """Or more of it than anybody types."""

    async def work(_: Service, sitting: Sitting) -> None:
        await refused(sitting, sitting.predict(1, 1, typed, NOW), Refusal.BAD_MESSAGE)

    sit(directory, work)


@pytest.mark.parametrize("typed", ["nhiều", "1,5", "-3", "1e9", "\ud800"], ids=ascii)
def test_prediction_that_is_no_number(directory: ContestDirectory, typed: str) -> None:
    """It can't be told which one is meant."""

    async def work(_: Service, sitting: Sitting) -> None:
        await refused(sitting, sitting.predict(1, 1, typed, NOW), Refusal.BAD_NUMBER)

    sit(directory, work)


def test_prediction_that_nobody_asked_for(tmp_path: Path) -> None:
    """The rules have none."""

    async def work(_: Service, sitting: Sitting) -> None:
        await refused(sitting, sitting.predict(1, 1, "5", NOW), Refusal.BAD_MESSAGE)

    sit(write_contest(tmp_path / "x", prediction=None), work)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(st.tuples(st.integers(0, 3), *[JSON] * 4), min_size=5, max_size=20))
def test_any_message_is_answered(
    tmp_path_factory: pytest.TempPathFactory, messages: list[tuple[Any, ...]]
) -> None:
    """Saved, stale or refused with a reason; never an exception, and the chain stays whole."""

    async def work(_: Service, sitting: Sitting) -> None:
        for kind, pen, sequence, what, value in messages:
            write = [
                lambda: sitting.answer(pen, sequence, what, value, NOW),  # noqa: B023
                lambda: sitting.flag(pen, sequence, what, value, NOW),  # noqa: B023
                lambda: sitting.predict(pen, sequence, value, NOW),  # noqa: B023
                lambda: sitting.submit(pen, sequence, NOW),  # noqa: B023
            ][kind]
            result = await write()
            assert (result.refusal is not None) is (result.result == "refused")

    sit(write_contest(tmp_path_factory.mktemp("any") / "x"), work)


# ---- late ----


@pytest.mark.parametrize(("at", "saved"), [(DEADLINE - 1, True), (DEADLINE, False)])
def test_lateness_is_judged_to_the_millisecond(
    directory: ContestDirectory, at: int, saved: bool
) -> None:
    """By when the message was received."""

    async def work(_: Service, sitting: Sitting) -> None:
        if saved:
            assert (await sitting.answer(1, 1, 1, [1], at)).result == "saved"
        else:
            await refused(sitting, sitting.answer(1, 1, 1, [1], at), Refusal.LATE)
            await refused(sitting, sitting.submit(1, 1, at), Refusal.LATE)

    sit(directory, work)


def test_message_received_in_time_is_never_late(directory: ContestDirectory) -> None:
    """However long it waited to be stored: the clock has moved on meanwhile."""

    async def work(_: Service, sitting: Sitting) -> None:
        assert not await sitting.expire(DEADLINE + EXPIRE_SETTLE_MS - 1)
        assert (await sitting.answer(1, 1, 1, [1], DEADLINE - 1)).result == "saved"

    sit(directory, work)


def test_answer_stored_in_time_is_acknowledged_after_the_end(directory: ContestDirectory) -> None:
    """Only its acknowledgement was lost: the page learns that it counts."""

    async def work(_: Service, sitting: Sitting) -> None:
        await sitting.answer(1, 1, 1, [1], NOW)
        assert await sitting.answer(1, 1, 1, [1], DEADLINE + MINUTE) == Answered("saved", NOW)
        await sitting.expire(DEADLINE + EXPIRE_SETTLE_MS)
        assert await sitting.answer(1, 1, 1, [1], DEADLINE + HOUR) == Answered("saved", NOW)

    sit(directory, work)


def test_late_message_under_a_used_number_is_refused_as_such(directory: ContestDirectory) -> None:
    """Other content under the same number is no repetition."""

    async def work(_: Service, sitting: Sitting) -> None:
        await sitting.answer(1, 1, 1, [1], NOW)
        late = sitting.answer(1, 1, 1, [2], DEADLINE)
        await refused(sitting, late, Refusal.OTHER_CONTENT)

    sit(directory, work)


def test_grace_lets_messages_in_but_moves_no_deadline(tmp_path: Path) -> None:
    """Ten seconds in these rules."""

    async def work(_: Service, sitting: Sitting) -> None:
        assert sitting.deadline == DEADLINE
        assert (await sitting.answer(1, 1, 1, [1], DEADLINE + 9_999)).result == "saved"
        late = sitting.answer(1, 2, 1, [1], DEADLINE + 10_000)
        await refused(sitting, late, Refusal.LATE)

    sit(write_contest(tmp_path / "x", grace=10), work)


def test_end_of_the_window_is_an_end_like_any_other(tmp_path: Path) -> None:
    """The attempt was begun shortly before it."""

    async def work(service: Service, _: Sitting) -> None:
        sitting = await begin(service, 2, at=CLOSES - MINUTE)
        await sitting.take_pen(page(2), CLOSES - MINUTE)
        assert (await sitting.answer(1, 1, 1, [1], CLOSES - 1)).result == "saved"
        await refused(sitting, sitting.answer(1, 2, 1, [1], CLOSES), Refusal.LATE)

    sit(write_contest(tmp_path / "x"), work)


def test_granted_time_counts_at_once(directory: ContestDirectory) -> None:
    """Even where another process granted it and this page has not heard of it."""

    async def work(_: Service, sitting: Sitting) -> None:
        async with opened(directory) as desk:
            assert await desk.grant_time(sitting.attempt_id, 5, "mất điện", "Tổ", NOW)
        result = await sitting.answer(1, 1, 1, [1], DEADLINE + MINUTE)
        assert result == Answered("saved", DEADLINE + MINUTE)
        late = sitting.answer(1, 2, 1, [1], DEADLINE + 5 * MINUTE)
        await refused(sitting, late, Refusal.LATE)

    sit(directory, work)


# ---- after the end ----


@pytest.mark.parametrize("end", ["submit", "expire"])
def test_nothing_is_taken_after_the_end(directory: ContestDirectory, end: str) -> None:
    """Although there would be time left."""

    async def work(_: Service, sitting: Sitting) -> None:
        if end == "submit":
            await sitting.submit(1, 9, NOW)
        else:
            assert await sitting.expire(DEADLINE + EXPIRE_SETTLE_MS)
        for answered in (
            sitting.answer(1, 1, 1, [1], NOW),
            sitting.flag(1, 1, 1, True, NOW),
            sitting.predict(1, 1, "5", NOW),
            sitting.submit(1, 1, NOW),
        ):
            await refused(sitting, answered, Refusal.ENDED)
        assert await sitting.take_pen(page(2), NOW) is None
        assert not await sitting.expire(DEADLINE + HOUR)

    sit(directory, work)


# ---- the pen ----


def test_second_page_takes_the_pen(directory: ContestDirectory) -> None:
    """What the first one still sends is kept, but never counts."""

    async def work(_: Service, sitting: Sitting) -> None:
        await sitting.answer(1, 1, 1, [1], NOW)
        assert await sitting.take_pen(page(2), NOW) == 2
        assert await sitting.answer(1, 2, 1, [2], NOW) == Answered("stale", NOW)
        assert await sitting.answer(1, 2, 1, [2], NOW + 5) == Answered("stale", NOW)
        assert (await sitting.answer(1, 1, 1, [1], NOW)).result == "saved"
        first = sitting.paper.item(1)
        assert (await sitting.replay()).responses == {
            first.question.id: {"chosen": [first.options[0].id]}
        }

    sit(directory, work)


def test_page_without_the_pen_can_not_submit(directory: ContestDirectory) -> None:
    """The other page is still at it."""

    async def work(_: Service, sitting: Sitting) -> None:
        await sitting.take_pen(page(2), NOW)
        await refused(sitting, sitting.submit(1, 1, NOW), Refusal.OLD_PEN)
        assert (await sitting.submit(2, 1, NOW)).result == "saved"

    sit(directory, work)


def test_page_that_has_the_pen_gets_no_new_one(directory: ContestDirectory) -> None:
    """After a lost connection it goes on where it was."""

    async def work(_: Service, sitting: Sitting) -> None:
        assert await sitting.take_pen(page(), NOW) == 1
        assert (await sitting.head()).n == 2

    sit(directory, work)


def test_pen_comes_back_as_a_new_one(directory: ContestDirectory) -> None:
    """What was under way under the old one stays stale."""

    async def work(_: Service, sitting: Sitting) -> None:
        await sitting.take_pen(page(2), NOW)
        assert await sitting.take_pen(page(1), NOW) == 3
        assert (await sitting.answer(1, 5, 1, [1], NOW)).result == "stale"
        assert (await sitting.answer(3, 1, 1, [1], NOW)).result == "saved"

    sit(directory, work)


# ---- other attempts ----


def test_attempts_of_two_people_have_nothing_in_common(directory: ContestDirectory) -> None:
    """Pen, numbers and end of one mean nothing to the other."""

    async def work(service: Service, sitting: Sitting) -> None:
        other = await begin(service, 2)
        await refused(other, other.answer(1, 1, 1, [1], NOW), Refusal.BAD_MESSAGE)
        await other.take_pen(page(2), NOW)
        await other.submit(1, 1, NOW)
        assert (await sitting.answer(1, 1, 1, [1], NOW)).result == "saved"
        assert (await other.replay()).responses == {}

    sit(directory, work)


def test_earlier_attempt_of_the_same_person_is_over(directory: ContestDirectory) -> None:
    """Its page can't write into the new one, nor into the old one."""

    async def work(service: Service, sitting: Sitting) -> None:
        await sitting.submit(1, 1, NOW)
        second = await begin_again(service, sitting.record.contestant_id, NOW)
        await refused(sitting, sitting.answer(1, 2, 1, [1], NOW), Refusal.ENDED)
        await refused(second, second.answer(1, 2, 1, [1], NOW), Refusal.BAD_MESSAGE)

    sit(directory, work)


def test_many_messages_at_once_are_all_stored(directory: ContestDirectory) -> None:
    """Each once, in one chain."""

    async def work(_: Service, sitting: Sitting) -> None:
        messages = [
            sitting.answer(1, sequence, 1 + sequence % 6, [1], NOW)
            for sequence in [*range(1, 61), *range(1, 61)]
        ]
        results = await asyncio.gather(*messages)
        assert {result.result for result in results} == {"saved"}
        assert (await sitting.head()).n == 62

    sit(directory, work)
