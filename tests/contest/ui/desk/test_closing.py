"""The closing path at the desk: each step with its state, its button, its row."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from contest.clock import SystemClock
from contest.closing.steps import KIND, STEPS
from contest.commands.simulate import simulate_directory
from contest.ui.desk.closing import Closing
from contest.ui.desk.messages import text
from contest.ui.desk.page import DeskPage
from tests.contest.ui.desk.conftest import Site, name_of
from tests.contest.ui.desk.helpers import seen, with_page
from tests.contest.ui.pressing import all_widgets
from tests.factories import DAY, HOUR, MINUTE, ROUND, write_contest


@pytest.fixture
def over(tmp_path: Path) -> Iterator[Site]:
    """A contest whose only round has run out a moment ago, by the machine's clock."""
    now = SystemClock().now()
    directory = write_contest(tmp_path / "x", opens=now - 3 * HOUR, closes=now - MINUTE)
    simulate_directory(directory.path, 6, 3)
    site = Site(directory)
    site.clock.move_to(now)
    yield site


def part(page: DeskPage) -> Closing:
    """Return the page's part with the steps."""
    (found,) = [one for one in page.parts if isinstance(one, Closing)]
    return found


def shown_buttons(page: DeskPage) -> list[str]:
    """Return the steps that can be pressed."""
    rows = part(page).rows.items()
    return [name for name, row in rows if not row.button.disabled]


async def press(page: DeskPage, step: str) -> None:
    """Press the button of a step."""
    part(page).rows[step].button.click()
    await page.runner.settled()


def test_steps_are_done_one_by_one(over: Site) -> None:
    """Closing takes the round's name; each leaves a row of who did it."""

    async def work(page: DeskPage) -> None:
        assert shown_buttons(page) == ["freeze"]
        await press(page, "freeze")
        assert "Hãy gõ đúng tên kỳ" in seen(page)
        part(page).typed.value = "kỳ KY-1"
        await press(page, "freeze")
        assert "ĐÃ ĐÓNG" in seen(page)
        assert part(page).typed.value == ""
        assert shown_buttons(page) == ["checks"]  # the first two can't be done again
        await press(page, "checks")
        assert "Xong bước Kiểm tra và lời nhắc." in seen(page)
        await press(page, "rulings")
        assert shown_buttons(page)[-1] == "ranking"
        rows = await page.room._store.actions(KIND)
        found = [(one.actor, one.body["step"]) for one in rows]
        assert found == [(name_of("secretary"), one) for one in ("freeze", "checks", "rulings")]

    with_page(over, "secretary", work)


@pytest.fixture
def outside(tmp_path: Path) -> Site:
    """A contest whose first round is over, the true value of its prediction unknown here."""
    now = SystemClock().now()
    later = ("ky-2", now + DAY, now + 2 * DAY)
    times = {"opens": now - 3 * HOUR, "closes": now - MINUTE, "more_rounds": [later]}
    directory = write_contest(tmp_path / "x", **times)
    rules = directory.path / "the_le.yml"
    told = rules.read_text(encoding="utf-8")
    rules.write_text(told.replace("true_value: computed", "true_value: outside"), "utf-8")
    simulate_directory(directory.path, 4, 3, ROUND, close=True)
    site = Site(directory)
    site.clock.move_to(now)
    return site


def test_what_was_typed_for_a_round_is_not_kept_for_another(outside: Site) -> None:
    """Its true value is never written as another's; a refresh of the same round keeps it."""

    async def work(page: DeskPage) -> None:
        closing = part(page)
        row = closing.rows["true_value"]
        page.choice.value = ROUND
        await page.runner.settled()
        for field in row._fields.values():
            field.value = "100"
        closing.typed.value = ROUND
        await page.refresh()
        assert list(row.answers().values()) == ["100", "100"]
        page.choice.value = "ky-2"
        await page.runner.settled()
        assert closing._round == "ky-2"
        assert list(row.answers().values()) == ["", ""]
        assert closing.typed.value == ""

    with_page(outside, "head", work)


def test_a_true_value_takes_the_name_of_its_round(outside: Site) -> None:
    """It decides who wins; what was typed is gone once it is written."""

    async def work(page: DeskPage) -> None:
        closing = part(page)
        page.choice.value = ROUND
        await page.runner.settled()
        fields = closing.rows["true_value"]._fields.values()
        for field, value in zip(fields, ("5", "Công văn 1"), strict=True):
            field.value = value
        await press(page, "true_value")
        assert "Hãy gõ đúng tên kỳ" in page.line.said
        assert await page.room._store.actions("true_value") == []
        closing.typed.value = ROUND
        await press(page, "true_value")
        (ruled,) = await page.room._store.actions("true_value")
        assert (ruled.actor, ruled.body["round"]) == (name_of("secretary"), ROUND)
        assert list(closing.rows["true_value"].answers().values()) == ["", ""]

    with_page(outside, "secretary", work)


def test_nothing_can_be_pressed_before_anything_is_known(site: Site) -> None:
    """No button stands there whose words aren't whole yet."""

    async def work(page: DeskPage) -> None:
        page._build()
        buttons = [one for one in all_widgets(page.box) if isinstance(one, widgets.Button)]
        shown = [one for one in buttons if one.layout.display != "none"]
        assert shown
        assert [one.description for one in shown if "{" in one.description] == []
        rows = [one.button for one in part(page).rows.values()]
        assert [one for one in rows if one.layout.display != "none"] == []
        assert part(page).typed.layout.display == "none"

    with_page(site, "head", work)


def test_a_step_out_of_turn_is_refused(over: Site) -> None:
    """Though the page sends the press."""

    async def work(page: DeskPage) -> None:
        part(page).press("ranking")
        await page.runner.settled()
        assert "chờ bước" in page._said.value
        assert not await page.room._store.actions(KIND)

    with_page(over, "head", work)


def test_viewers_see_the_steps_and_press_none(over: Site) -> None:
    """Whose turn it is stands in words; a press sent all the same is refused."""

    async def work(page: DeskPage) -> None:
        assert shown_buttons(page) == []
        assert "Bước 1. Đóng kỳ" in seen(page)
        assert "Việc này cần quyền thư ký hoặc trưởng ban." in seen(page)
        part(page).typed.value = "ky-1"
        for step in STEPS:
            await press_anyway(page, step.name)
        assert not await page.room._store.actions(KIND, "close")

    with_page(over, "viewer", work)


async def press_anyway(page: DeskPage, step: str) -> None:
    """Send a press of a button that isn't shown."""
    part(page).press(step)
    await page.runner.settled()
    assert "cần quyền" in page._said.value


def test_what_grading_on_trial_finds_is_listed(over: Site) -> None:
    """Without a file, and only after somebody asked for it."""

    async def work(page: DeskPage) -> None:
        (attention,) = [one for one in page.parts if type(one).__name__ == "Attention"]
        assert text("matters.not_looked") in seen(page)
        attention.look.click()
        await page.runner.settled()
        assert text("matters.looked") in seen(page)
        assert not (over.directory.var / "xet_giai").exists()

    with_page(over, "viewer", work)


def test_the_preview_is_marked_and_apart(over: Site) -> None:
    """The contestants' own widget, over a database of its own."""

    async def work(page: DeskPage) -> None:
        (looking,) = [one for one in page.parts if type(one).__name__ == "Looking"]
        before = await page.room._store.counts()
        looking.open.click()
        await page.runner.settled()
        (paper,) = looking._paper.children
        app: Any = paper._app
        assert await app.band() == "band.preview"
        assert await app.sitting() is not None
        assert await page.room._store.counts() == before
        await asyncio.sleep(0)

    with_page(over, "author", work)
