"""Rulings at the desk: tried first, written once, with the name of who decides."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from contest.rulings.case import Refused
from contest.rulings.preview import Preview
from contest.store.commands import RULING_KINDS
from contest.ui.desk import trial as trials
from contest.ui.desk.messages import text
from contest.ui.desk.page import DeskPage
from contest.ui.desk.room import Room
from contest.ui.desk.ruling import Rulings
from contest.ui.desk.trial import Changed
from tests.contest.ui.desk.conftest import Site, name_of
from tests.contest.ui.desk.helpers import seen, with_page
from tests.contest.ui.pressing import press
from tests.factories import ROUND

WHAT = {"question": "ch-lich_su-0", "how": "full", "round_id": ROUND}


def test_a_trial_writes_nothing_and_a_ruling_one_row(site: Site) -> None:
    """With the person who is logged in, whoever tried it."""
    site.begin(3)

    async def work(room: Room) -> None:
        trial = await room.try_ruling("void", "Hai phương án cùng đúng", None, WHAT)
        assert trial.preview is not None
        assert await room._store.count_actions(*RULING_KINDS) == 0
        made = await room.rule(trial)
        (row,) = await room._store.actions(*RULING_KINDS)
        assert (made.number, row.actor, row.subject) == (1, name_of("secretary"), WHAT["question"])
        with pytest.raises(Refused):
            await room.rule(trial)

    site.do("secretary", work)


def test_time_for_all_reaches_who_sits_when_it_is_written(site: Site) -> None:
    """Nothing is graded for it, and whoever began after the trial has it too."""
    site.begin(2, hand_in=False)

    async def work(room: Room) -> None:
        what = {"minutes": "90", "round_id": ROUND}
        trial = await room.try_ruling("extend", "Mất điện", None, what)
        assert trial.preview is None
        await asyncio.to_thread(site.begin_more)
        made = await room.rule(trial)
        assert len(made.body.attempts) == 3  # type: ignore[attr-defined]

    site.do("secretary", work)


def test_what_has_changed_since_the_trial_is_asked_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the rounds are closed; while one is open, papers come in all the time."""
    site.begin(2)

    async def closed(_: object) -> bool:
        return True

    async def work(room: Room) -> None:
        trial = await room.try_ruling("void", "Sai", None, WHAT)
        other = {**WHAT, "question": "ch-luat-0"}
        await room.rule(await room.try_ruling("void", "Sai", None, other))
        monkeypatch.setattr(trials, "_all_closed", closed)
        stale = replace(trial, preview=Preview([], "khác"))
        with pytest.raises(Changed) as found:
            await room.rule(stale)
        await room.rule(found.value.again)
        assert await room._store.count_actions("void") == 2

    site.do("head", work)


def part(page: DeskPage) -> Rulings:
    """Return the page's part with the rulings."""
    (found,) = [one for one in page.parts if isinstance(one, Rulings)]
    return found


def test_the_form_tries_and_writes(site: Site) -> None:
    """The button to write comes with the trial, and goes with every change."""
    site.begin(3)

    async def work(page: DeskPage) -> None:
        form = part(page)
        form.kind.value = "void"
        press(form.box, text("ruling.try"))
        await page.runner.settled()
        assert "“Mã câu hỏi”, “Lý do”" in seen(page)
        form.fields["question"].value = "ch-lich_su-0"
        form.fields["round_id"].value = ROUND
        form.reason.value = "Hai phương án <b>cùng</b> đúng"
        form.apply.click()
        await page.runner.settled()
        assert text("ruling.try_first") in seen(page)
        press(form.box, text("ruling.try"))
        await page.runner.settled()
        assert text("ruling.dry") in seen(page)
        form.fields["how"].value = "out"
        assert form.trial is None
        press(form.box, text("ruling.try"))
        await page.runner.settled()
        form.apply.click()
        form.apply.click()
        await page.runner.settled()
        assert await page.room._store.count_actions("void") == 1
        assert "Hai phương án &lt;b&gt;cùng&lt;/b&gt; đúng" in seen(page)

    with_page(site, "secretary", work)


def test_a_refusal_is_told_in_words(site: Site) -> None:
    """With what is most like what was typed."""
    site.begin(1)

    async def work(page: DeskPage) -> None:
        form = part(page)
        form.kind.value = "void"
        form.fields["question"].value = "ch-lich_su-9"
        form.reason.value = "Sai"
        press(form.box, text("ruling.try"))
        await page.runner.settled()
        assert "không có câu hỏi ch-lich_su-9" in seen(page)

    with_page(site, "secretary", work)


def test_viewers_see_who_may_and_no_form(site: Site) -> None:
    """And a press that a page sends all the same is refused."""
    site.begin(1)

    async def work(page: DeskPage) -> None:
        form = part(page)
        assert "Việc này cần quyền thư ký hoặc trưởng ban." in seen(page)
        assert form._inputs.layout.display == "none"
        form.kind.value = "void"
        form.fields["question"].value = "ch-lich_su-0"
        form.reason.value = "Sai"
        form.try_.click()
        await page.runner.settled()
        assert "cần quyền" in page._said.value
        assert form.trial is None

    with_page(site, "viewer", work)


def test_authors_see_no_result(site: Site) -> None:
    """Neither problems nor rulings nor the closing path."""
    site.begin(1)

    async def work(page: DeskPage) -> None:
        names: list[Any] = [type(one).__name__ for one in page.parts]
        assert names == ["Rounds", "Numbers", "Looking", "OwnPassword"]

    with_page(site, "author", work)
