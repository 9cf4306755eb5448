"""Organisers at the desk: a head says who they are, and anybody renews their own password."""

from __future__ import annotations

import re
from typing import Any

import pytest

from contest.commands.organise import Refused
from contest.organisers import PEOPLE
from contest.roles import ROLES
from contest.ui.desk.messages import text
from contest.ui.desk.page import DeskPage
from contest.ui.desk.people import OwnPassword, People
from contest.ui.desk.room import Room
from contest.ui.desk.session import LoggedOut
from tests.contest.ui.desk.conftest import PASSWORD, Site, name_of
from tests.contest.ui.desk.helpers import enter, seen, with_page
from tests.contest.ui.pressing import all_widgets, press

NEW = "Trần Thị Mới"
GIVEN = re.compile(r'class="code">([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})<')


def part(page: DeskPage, kind: Any = People) -> Any:
    """Return the part of the page that is tried here."""
    return next(one for one in page.parts if isinstance(one, kind))


async def pressed(page: DeskPage, key: str) -> None:
    """Press a button and wait until what it starts is done."""
    press(page.box, text(key))
    await page.runner.settled()


def told(box: Any) -> list[str]:
    """Return the passwords that a part shows."""
    shown = " ".join(str(getattr(one, "value", "")) for one in all_widgets(box))
    return GIVEN.findall(shown)


async def rows(page: DeskPage) -> list[tuple[str, str, str, str]]:
    """Return who did what to whom, in the chain."""
    found = await page.room._store.actions(PEOPLE)
    return [(one.actor, one.body["what"], one.subject, one.body["role"]) for one in found]


def test_somebody_new_is_added_and_their_password_told_once(site: Site) -> None:
    """It opens the desk; the row has it not."""

    async def work(page: DeskPage) -> None:
        people = part(page)
        await pressed(page, "people.add")
        assert page.line.said == text("people.role.first")
        people.name.value, people.role.value = f"  {NEW} ", "viewer"
        await pressed(page, "people.add")
        (password,) = told(page.box)
        assert (people.name.value, people.role.value) == ("", "")
        assert f">{NEW}<" in people._table.value
        assert await rows(page) == [(name_of("head"), "add", NEW, "viewer")]
        assert password not in str(await page.room._store.actions(PEOPLE)) + page.line.said
        await pressed(page, "people.add")
        assert told(page.box) == []
        await pressed(page, "login.out")
        await enter(page, NEW, password)
        assert NEW in seen(page)

    with_page(site, "head", work)


def test_a_name_that_is_used_is_refused_and_stays_typed(site: Site) -> None:
    """However it is typed."""

    async def work(page: DeskPage) -> None:
        people = part(page)
        people.name.value, people.role.value = name_of("viewer").upper(), "author"
        await pressed(page, "people.add")
        assert "Đã có" in page.line.said
        assert people.name.value == name_of("viewer").upper()
        assert (await rows(page), told(page.box)) == ([], [])

    with_page(site, "head", work)


def test_another_password_needs_a_consent_for_each_person(site: Site) -> None:
    """The old one is no use any more."""
    name = name_of("secretary")

    async def work(page: DeskPage) -> None:
        people = part(page)
        people.choice.value = name
        await pressed(page, "people.password")
        assert page.line.said == text("people.choice.first")
        people.sure.value = True
        people.choice.value = name_of("viewer")
        assert people.sure.value is False
        people.choice.value = name
        people.sure.value = True
        await pressed(page, "people.password")
        (password,) = told(page.box)
        assert await rows(page) == [(name_of("head"), "password", name, "secretary")]
        await pressed(page, "people.password")
        assert await rows(page) == [(name_of("head"), "password", name, "secretary")]
        await pressed(page, "login.out")
        await enter(page, name, PASSWORD)
        assert page.parts == []
        await enter(page, name, password)
        assert page.parts

    with_page(site, "head", work)


def test_who_is_taken_out_is_out_at_once(site: Site) -> None:
    """And isn't offered any more; nobody takes themselves out."""

    async def work(page: DeskPage) -> None:
        people = part(page)
        assert {name for _, name in people.choice.options} == {"", *map(name_of, ROLES)} - {
            name_of("head")
        }
        async with site.room("viewer") as other:
            people.choice.value = name_of("viewer")
            people.sure.value = True
            await pressed(page, "people.remove")
            with pytest.raises(LoggedOut):
                await other.state()
        assert name_of("viewer") not in people._table.value
        assert name_of("viewer") not in [name for _, name in people.choice.options]
        assert await rows(page) == [(name_of("head"), "remove", name_of("viewer"), "viewer")]

    with_page(site, "head", work)


def test_a_head_stays(site: Site) -> None:
    """Else nobody could add anybody here."""

    async def work(room: Room) -> None:
        with pytest.raises(Refused, match="trưởng ban khác"):
            await room.remove_person(name_of("head").upper())
        assert await room._store.actions(PEOPLE) == []

    site.do("head", work)


@pytest.mark.parametrize("role", ROLES)
def test_ones_own_password_is_renewed_and_the_visit_goes_on(site: Site, role: Any) -> None:
    """After a consent, once."""

    async def work(page: DeskPage) -> None:
        own = part(page, OwnPassword)
        await pressed(page, "own.give")
        assert page.line.said == text("own.sure_first")
        own.sure.value = True
        await pressed(page, "own.give")
        (password,) = told(own.box)
        await page.refresh()
        assert page.parts
        assert await rows(page) == [(name_of(role), "password", name_of(role), role)]
        await pressed(page, "login.out")
        await enter(page, name_of(role), password)
        assert page.parts

    with_page(site, role, work)


@pytest.mark.parametrize("role", ["author", "secretary", "viewer", "marker"])
def test_others_do_not_see_who_the_organisers_are(site: Site, role: Any) -> None:
    """Neither the part nor a name."""

    async def work(page: DeskPage) -> None:
        assert not any(isinstance(one, People) for one in page.parts)
        assert name_of("head") not in seen(page)

    with_page(site, role, work)
