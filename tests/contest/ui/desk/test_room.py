"""What may be done at the desk: state and numbers, and who may do what."""

from __future__ import annotations

import asyncio

import pytest

from contest.roles import ROLES, Role, may
from contest.ui.desk.room import OPEN, Room
from contest.ui.desk.session import Forbidden
from questions.problems import ProblemsFound
from tests.contest.ui.desk.conftest import Site, name_of
from tests.factories import MINUTE, OPENS, ROUND


def test_state_and_numbers_follow_the_contest(site: Site) -> None:
    """Open, three handed in, one under way."""
    site.begin(3)

    async def work(room: Room) -> None:
        state = await room.state()
        assert [(view.id, view.phase) for view in state.rounds] == [(ROUND, "open")]
        live = await room.numbers(ROUND)
        assert live is not None
        assert (live.numbers.people, live.numbers.attempts, live.numbers.running) == (3, 3, 0)

    site.do("author", work)


def test_numbers_are_counted_anew_only_where_something_happened(site: Site) -> None:
    """A refresh of a quiet contest costs next to nothing."""
    site.begin(2)

    async def work(room: Room) -> None:
        first = await room.numbers(ROUND)
        assert (await room.refresh(ROUND))[1] is first
        await asyncio.to_thread(site.begin_more)
        second = (await room.refresh(ROUND))[1]
        assert second is not None
        assert second.numbers.running == 1

    site.do("viewer", work)


def test_a_round_that_has_not_begun_has_no_numbers(site: Site) -> None:
    """And is told as waiting for the server."""

    async def work(room: Room) -> None:
        assert await room.numbers(ROUND) is None
        assert (await room.state()).rounds[0].phase == "shut"

    site.do("head", work)


def test_a_round_whose_time_has_come_is_opened_by_hand(site: Site) -> None:
    """With a row that says by whom; again changes nothing."""

    async def work(room: Room) -> None:
        assert await room.open_round(ROUND)
        assert await room.open_round(ROUND)
        (row,) = await room._store.actions(OPEN)
        assert (row.actor, row.subject) == (name_of("secretary"), ROUND)
        assert (await room.state()).rounds[0].phase == "open"

    site.do("secretary", work)


def test_wrong_files_are_told_and_keep_the_round_shut(site: Site) -> None:
    """All problems at once; what was read before stays shown."""

    async def work(room: Room) -> None:
        await room.state()
        (site.directory.path / "don_vi.csv").write_text("unit_id\n", encoding="utf-8")
        state = await room.state()
        assert state.problems
        assert [view.id for view in state.rounds] == [ROUND]
        with pytest.raises(ProblemsFound):
            await room.open_round(ROUND)
        assert not await room._store.actions(OPEN, "freeze")

    site.do("head", work)


def test_before_its_time_nothing_is_opened(site: Site) -> None:
    """The rules say when."""
    rules = site.directory.path / "the_le.yml"
    later = rules.read_text(encoding="utf-8").replace("2026-11-23 08:00:00", "2026-11-24 08:00:00")
    rules.write_text(later, encoding="utf-8")
    assert site.clock.now() == OPENS + 60 * MINUTE
    assert site.do("head", lambda room: room.open_round(ROUND)) is False


@pytest.mark.parametrize("role", ROLES)
def test_opening_takes_the_role(site: Site, role: Role) -> None:
    """Whatever the page shows."""

    async def work(room: Room) -> bool:
        try:
            return await room.open_round(ROUND)
        except Forbidden:
            return False

    assert site.do(role, work) is may(role, "close")
