"""Notices at the desk: posted, seen and withdrawn by who may, in their name."""

from __future__ import annotations

from typing import Any

import pytest

from contest.store.commands import NOTICE_KINDS
from contest.ui.desk.messages import text
from contest.ui.desk.notices import Notices
from contest.ui.desk.page import DeskPage
from tests.contest.ui.desk.conftest import NOW, Site, name_of
from tests.contest.ui.desk.helpers import seen, with_page
from tests.contest.ui.pressing import press
from tests.factories import HOUR, ROUND

WORDS = "Máy chủ bảo trì từ 22:00, <b>đồng hồ vẫn chạy</b>."


def part(page: DeskPage) -> Notices:
    """Return the part of the page that is tried here."""
    return next(one for one in page.parts if isinstance(one, Notices))


async def pressed(page: DeskPage, key: str) -> None:
    """Press a button and wait until what it starts is done."""
    press(page.box, text(key))
    await page.runner.settled()


async def rows(page: DeskPage) -> list[tuple[str, str, str]]:
    """Return who did what about notices, in the chain."""
    found = await page.room._store.actions(*NOTICE_KINDS)
    return [(one.kind, one.actor, one.subject) for one in found]


async def held(page: DeskPage, *rounds: str, at: int = NOW) -> list[str]:
    """Return what a contestant of these rounds is shown."""
    notices = page.room._service.notices
    await notices.tick(at)
    return [one.text for one in notices.shown(rounds, at)]


def test_a_notice_is_posted_and_withdrawn_by_who_is_logged_in(site: Site) -> None:
    """Contestants see it as it was typed, and no more once it is withdrawn."""

    async def work(page: DeskPage) -> None:
        notices = part(page)
        assert text("notices.none") in notices._table.value
        notices.words.value, notices.kind.value = WORDS, "warning"
        await pressed(page, "notices.post")
        assert "Đã đăng thông báo 1, đang hiện." in page.line.said
        assert (notices.words.value, notices.kind.value) == ("", "info")
        assert "&lt;b&gt;đồng hồ vẫn chạy&lt;/b&gt;" in notices._table.value
        assert await held(page) == [WORDS]
        await pressed(page, "notices.withdraw")
        assert page.line.said == text("notices.pick_first")
        notices.choice.value = "1"
        await pressed(page, "notices.withdraw")
        assert page.line.said == "Đã rút thông báo 1."
        assert await held(page) == []
        assert text("notices.none") in notices._table.value
        who = name_of("secretary")
        assert await rows(page) == [("notice", who, ""), ("notice_withdrawn", who, "1")]

    with_page(site, "secretary", work)


def test_a_notice_may_be_for_one_round_and_for_a_time(site: Site) -> None:
    """One that waits stands in the table; one whose time is over doesn't."""

    async def work(page: DeskPage) -> None:
        notices = part(page)
        notices.words.value, notices.round.value = WORDS, ROUND
        notices.starts.value, notices.ends.value = "2026-12-01 10:00", "2026-12-01 11:00"
        await pressed(page, "notices.post")
        assert "chờ giờ hiện" in page.line.said
        (kept,) = await page.room._service.notices.all()
        assert kept.ends == kept.starts + HOUR
        assert await held(page, ROUND, at=kept.starts) == [WORDS]
        assert await held(page, "ky-2", at=kept.starts) == []
        assert "11:00 01/12/2026" in notices._table.value
        page.room.clock.move_to(kept.ends)  # type: ignore[attr-defined]
        await page.room.session.log_in(name_of("head"), "mat-khau-thu-1")
        await pressed(page, "refresh")
        assert WORDS[:5] not in notices._table.value

    with_page(site, "head", work)


def test_everything_that_is_wrong_is_told_and_stays_typed(site: Site) -> None:
    """By the names that the fields have here; nothing is written."""

    async def work(page: DeskPage) -> None:
        notices = part(page)
        notices.words.value, notices.starts.value = "x" * 301, "mai"
        notices.ends.value = "2020-01-01 00:00"
        await pressed(page, "notices.post")
        for word in ("“mai”", "301 ký tự", "Giờ thôi hiện"):
            assert word in page.line.said
        assert "--" not in page.line.said
        assert notices.words.value == "x" * 301
        assert await rows(page) == []
        notices.words.value = notices.starts.value = notices.ends.value = ""
        await pressed(page, "notices.post")
        assert "chưa có nội dung" in page.line.said

    with_page(site, "head", work)


def test_a_button_pressed_twice_posts_once(site: Site) -> None:
    """The second press comes before the first is done."""

    async def work(page: DeskPage) -> None:
        part(page).words.value = WORDS
        press(page.box, text("notices.post"))
        press(page.box, text("notices.post"))
        await page.runner.settled()
        assert len(await rows(page)) == 1

    with_page(site, "head", work)


def test_what_is_being_typed_outlives_a_refresh(site: Site) -> None:
    """The page refreshes by itself while somebody writes; another's notice is seen."""

    async def work(page: DeskPage) -> None:
        notices = part(page)
        notices.words.value, notices.round.value = WORDS, ROUND
        async with site.room("secretary") as other:
            await other.post_notice("Của người khác", "info", "", "", "")
        page.line._received(page.line, {"t": "tick"}, [])
        await page.runner.settled()
        assert (notices.words.value, notices.round.value) == (WORDS, ROUND)
        assert "Của người khác" in notices._table.value
        notices.choice.value = "1"
        await pressed(page, "refresh")
        assert notices.choice.value == "1"

    with_page(site, "head", work)


@pytest.mark.parametrize("role", ["viewer", "author", "marker"])
def test_others_post_nothing(site: Site, role: Any) -> None:
    """The part isn't there."""

    async def work(page: DeskPage) -> None:
        assert not any(isinstance(one, Notices) for one in page.parts)
        assert text("notices.title") not in seen(page)

    with_page(site, role, work)
