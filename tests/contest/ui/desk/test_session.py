"""Who sits at the desk: in, out, and asked for anew at every act."""

from __future__ import annotations

import pytest

from contest.organisers import IN, TRY, NotAllowed
from contest.ui.desk.room import Room
from contest.ui.desk.session import IDLE_MS, OUT, Forbidden, LoggedOut
from tests.contest.ui.desk.conftest import PASSWORD, Site, name_of


def test_nobody_does_anything_before_the_log_in(site: Site) -> None:
    """Not even look."""

    async def work(room: Room) -> None:
        with pytest.raises(LoggedOut):
            await room.state()
        with pytest.raises(LoggedOut):
            await room.refresh("ky-1")

    site.do(None, work)


def test_wrong_password_lets_nobody_in_and_puts_out_who_was(site: Site) -> None:
    """The attempt is a row; it takes the place of whoever sat there."""

    async def work(room: Room) -> None:
        with pytest.raises(NotAllowed) as found:
            await room.session.log_in(name_of("head"), "sai-mat-khau-1")
        assert found.value.code == "login_wrong"
        with pytest.raises(LoggedOut):
            await room.state()
        assert [one.kind for one in await room._store.actions(TRY, IN)] == [TRY, IN, TRY]

    site.do("viewer", work)


def test_log_out_leaves_a_row(site: Site) -> None:
    """With name and role; a second one leaves none."""

    async def work(room: Room) -> None:
        await room.session.log_out()
        await room.session.log_out()
        (row,) = await room._store.actions(OUT)
        assert (row.actor, row.body) == (name_of("viewer"), {"role": "viewer"})
        with pytest.raises(LoggedOut):
            await room.state()

    site.do("viewer", work)


def test_who_is_taken_out_is_out_at_once(site: Site) -> None:
    """Whatever their page still shows."""

    async def work(room: Room) -> None:
        site.people.remove(name_of("secretary"))
        with pytest.raises(LoggedOut):
            await room.state()

    site.do("secretary", work)


def test_another_password_ends_what_was_begun_with_the_old_one(site: Site) -> None:
    """The person logs in again."""

    async def work(room: Room) -> None:
        site.people.set_password(name_of("secretary"), "mat-khau-khac-2")
        with pytest.raises(LoggedOut):
            await room.state()

    site.do("secretary", work)


def test_a_changed_role_holds_at_once(site: Site) -> None:
    """As long as the password is the same hash, so by hand in the file."""

    async def work(room: Room) -> None:
        path = site.directory.secrets / "to_chuc.json"
        told = path.read_text(encoding="utf-8")
        path.write_text(told.replace('"role": "secretary"', '"role": "viewer"'), encoding="utf-8")
        with pytest.raises(Forbidden) as found:
            await room.open_round("ky-1")
        assert found.value.roles == ("secretary", "head")

    site.do("secretary", work)


def test_a_file_that_cannot_be_read_lets_nobody_stay(site: Site) -> None:
    """Rather than guess."""

    async def work(room: Room) -> None:
        (site.directory.secrets / "to_chuc.json").write_text("{", encoding="utf-8")
        with pytest.raises(LoggedOut):
            await room.state()

    site.do("head", work)


def test_an_empty_chair_logs_out(site: Site) -> None:
    """Refreshes that the page asks for keep nobody in."""

    async def work(room: Room) -> None:
        site.clock.move_to(site.clock.now() + IDLE_MS)
        await room.refresh("ky-1")
        site.clock.move_to(site.clock.now() + 1)
        with pytest.raises(LoggedOut):
            await room.state()

    site.do("head", work)


def test_whoever_does_something_stays(site: Site) -> None:
    """Each act by hand counts anew."""

    async def work(room: Room) -> None:
        for _ in range(3):
            site.clock.move_to(site.clock.now() + IDLE_MS)
            await room.state()

    site.do("head", work)


def test_too_many_wrong_passwords_close_the_door(site: Site) -> None:
    """Also for the right one, in every window of the desk."""

    async def work(room: Room) -> None:
        for _ in range(5):
            with pytest.raises(NotAllowed):
                await room.session.log_in(name_of("head"), "sai-mat-khau-1")
        async with site.room() as other:
            with pytest.raises(NotAllowed) as found:
                await other.session.log_in(name_of("head"), PASSWORD)
            assert found.value.code == "login_limited"

    site.do(None, work)
