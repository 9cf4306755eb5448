"""The page as somebody uses it: log-in first, parts by role, refreshes; without a browser."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from contest.ui.desk.messages import text
from contest.ui.desk.page import EVERY, DeskPage, desk_page
from contest.ui.desk.session import IDLE_MS
from tests.contest.ui.desk.conftest import PASSWORD, Site, name_of
from tests.contest.ui.desk.helpers import enter, seen, with_page
from tests.contest.ui.pressing import all_widgets, press


def test_nothing_is_shown_before_the_log_in(site: Site) -> None:
    """No title, no round, no number."""
    site.begin(3)

    async def work(page: DeskPage) -> None:
        assert "Kỳ ky-1" not in seen(page)
        assert page.parts == []
        await enter(page, name_of("head"), "sai-mat-khau-1")
        assert "Tên hoặc mật khẩu không đúng." in seen(page)
        assert "Kỳ ky-1" not in seen(page)
        await enter(page, "", "")
        assert text("login.empty") in seen(page)

    with_page(site, None, work)


def test_the_password_is_not_kept(site: Site) -> None:
    """It would lie in the page's state, which notebooks save."""

    async def work(page: DeskPage) -> None:
        states = [one.get_state() for one in (page.form, *all_widgets(page.box))]
        assert PASSWORD not in str(states)

    with_page(site, "head", work)


def test_hostile_messages_to_the_form_do_nothing(site: Site) -> None:
    """Other shapes, and a name without end."""

    async def work(page: DeskPage) -> None:
        for content in (
            None, "login", {}, {"t": "login"}, {"t": "login", "name": 1, "password": "a"},
            {"t": "login", "name": "a" * 201, "password": "a"},
        ):  # fmt: skip
            page.form._received(page.form, content, [])
        await page.runner.settled()
        assert await page.room._store.count_actions("login_try") == 0

    with_page(site, None, work)


def test_log_in_shows_state_and_numbers(site: Site) -> None:
    """And leaves nothing of it after the log-out."""
    site.begin(3)

    async def work(page: DeskPage) -> None:
        shown = seen(page)
        assert "ĐANG MỞ" in shown
        assert "Khối A" in shown
        assert page.line.seconds == EVERY
        press(page.box, text("login.out"))
        await page.runner.settled()
        assert "Khối A" not in seen(page)
        assert page.line.seconds == 0
        assert text("login.bye") in seen(page)

    with_page(site, "viewer", work)


def test_markers_are_shown_where_they_mark(site: Site) -> None:
    """One sentence and their password, nothing of the contest; no refusal, and no tick."""
    site.begin(1)

    async def work(page: DeskPage) -> None:
        where = text("marker", directory=site.directory.path)
        assert where in seen(page)
        assert (page._said.value, page.line.seconds) == ("", 0)
        assert [type(one).__name__ for one in page.parts] == ["OwnPassword"]
        for word in ("ky-1", "Khối A", text("refresh"), text("round")):
            assert word not in seen(page).replace(where, "")
        page.line._received(page.line, {"t": "tick"}, [])
        await page.runner.settled()
        assert "ky-1" not in seen(page).replace(where, "")
        press(page.box, text("login.out"))
        await page.runner.settled()
        assert page.parts == []

    with_page(site, "marker", work)


def test_a_tick_refreshes_what_has_changed(site: Site) -> None:
    """Only where somebody is logged in and wants it."""
    site.begin(2)

    async def work(page: DeskPage) -> None:
        await asyncio.to_thread(site.begin_more)
        page.line._received(page.line, {"t": "tick"}, [])
        await page.runner.settled()
        assert "1 lượt đang làm" in seen(page)
        page.auto.value = False
        assert page.line.seconds == 0
        for message in ({"t": "tick"}, {"t": "x"}, "tick", None):
            page.line._received(page.line, message, [])
        await page.runner.settled()

    with_page(site, "viewer", work)


def test_an_empty_chair_shows_the_form_again(site: Site) -> None:
    """With the next tick or press."""

    async def work(page: DeskPage) -> None:
        site.clock.move_to(site.clock.now() + IDLE_MS + 1)
        page.line._received(page.line, {"t": "tick"}, [])
        await page.runner.settled()
        assert text("login.ended") in seen(page)
        assert page.parts == []

    with_page(site, "head", work)


def test_another_round_is_chosen(site: Site) -> None:
    """And stays chosen when the page is refreshed."""
    rules = site.directory.path / "the_le.yml"
    told = rules.read_text(encoding="utf-8")
    second = (
        '  - id: ky-2\n    title: "Kỳ hai"\n    windows:\n'
        "      - opens: 2026-12-01 08:00:00\n        closes: 2026-12-02 08:00:00\n"
    )
    changed = told.replace("groups:\n", f"{second}groups:\n")
    rules.write_text(changed.replace("delete_on: 2027-02-23", "delete_on: 2027-03-03"))
    site.begin(1)

    async def work(page: DeskPage) -> None:
        assert page.round_id == "ky-1"
        page.choice.value = "ky-2"
        await page.runner.settled()
        assert text("numbers.none") in seen(page)
        press(page.box, text("refresh"))
        await page.runner.settled()
        assert page.round_id == "ky-2"

    with_page(site, "viewer", work)


def test_an_unforeseen_failure_is_one_sentence(site: Site, caplog: Any) -> None:
    """The rest is in the log."""

    async def work(page: DeskPage) -> None:
        async def fails() -> None:
            raise ZeroDivisionError("bí mật")

        page.run(fails())
        await page.runner.settled()
        assert text("failed") in seen(page)
        assert "bí mật" not in seen(page)

    with_page(site, "head", work)
    assert "ZeroDivisionError" in caplog.text


def test_a_folder_without_a_contest_is_named(tmp_path: Path) -> None:
    """And nothing is made there."""
    page = desk_page(tmp_path)
    assert isinstance(page, widgets.HTML)
    assert str(tmp_path) in page.value
    assert not list(tmp_path.iterdir())
