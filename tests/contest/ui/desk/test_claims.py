"""Claims at the desk: read and answered by who may, codes replaced; nothing of them is left."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from contest.claims.desk import About, about, send
from contest.commands.organise import Refused
from contest.ids import RandomIds
from contest.ui.desk.claims import Claims
from contest.ui.desk.messages import text
from contest.ui.desk.page import DeskPage
from contest.ui.desk.room import Room
from tests.contest.ui.desk.conftest import NOW, Site, name_of
from tests.contest.ui.desk.helpers import seen, with_page
from tests.contest.ui.pressing import all_widgets, press
from tests.factories import fields, opened

CONTACT = "gọi nhà trưởng thôn"


Ids = dict[str, str]


def ask(site: Site) -> Ids:
    """Let two people sit; one forgot their code, the other's second question is wrong."""

    async def main() -> Ids:
        attempts = await asyncio.to_thread(site.begin, 2)
        async with opened(site.directory, at=None) as service:
            forgot, doubts = [await service.view(id_) for id_ in attempts]
            assert forgot is not None and doubts is not None
            body = {"name": fields(1)["name"], "contact": CONTACT}
            phone = fields(1)["phone"]
            assert await send(service, RandomIds(), "code", body, phone, About(), NOW)
            record = doubts.record
            what = await about(service, record.receipt, "2", record.contestant_id)
            said = {"text": "<b>Đáp án</b>\nkhông đúng"}
            assert await send(service, RandomIds(), "question", said, None, what, NOW + 1)
            code, question = await service.store.claims()
        asked = doubts.frozen.paper_of(record).item(2).question
        return {
            "code": code.claim_id,
            "question": question.claim_id,
            "who": forgot.record.contestant_id,
            "asked": asked.id,
        }

    return asyncio.run(main())


def part(page: DeskPage) -> Claims:
    """Return the part of the page that is tried here."""
    return next(one for one in page.parts if isinstance(one, Claims))


async def choose(page: DeskPage, claim_id: str) -> Claims:
    """Choose a claim."""
    claims = part(page)
    claims.choice.value = claim_id
    await page.runner.settled()
    return claims


async def pressed(page: DeskPage, key: str) -> None:
    """Press a button and wait until what it starts is done."""
    press(page.box, text(key))
    await page.runner.settled()


def test_the_list_names_nobody_and_a_choice_shows_everything(site: Site) -> None:
    """Whom it is about, by the number that was typed, and how to reach them."""
    ids = ask(site)

    async def work(page: DeskPage) -> None:
        assert [id_ for _, id_ in part(page).choice.options] == ["", ids["code"], ids["question"]]
        assert "Thí sinh thử" not in seen(page)
        claims = await choose(page, ids["code"])
        shown = seen(page)
        for word in (fields(1)["name"], CONTACT, f"khớp với thí sinh {ids['who']}"):
            assert word in shown
        assert claims._codes.layout.display is None
        await choose(page, "")
        assert CONTACT not in seen(page)

    with_page(site, "secretary", work)


def test_a_wrong_question_is_named_and_its_text_escaped(site: Site) -> None:
    """With the kind of ruling that would mend it; there is no code to give."""
    ids = ask(site)

    async def work(page: DeskPage) -> None:
        claims = await choose(page, ids["question"])
        shown = seen(page)
        assert "&lt;b&gt;Đáp án&lt;/b&gt;" in shown
        assert f"“hủy câu hỏi” cho câu {ids['asked']}" in shown
        assert claims._codes.layout.display == "none"

    with_page(site, "head", work)


def test_an_answer_is_written_by_who_is_logged_in(site: Site) -> None:
    """The claim leaves the list; it is still there among all of them, and can be closed."""
    ids = ask(site)

    async def work(page: DeskPage) -> None:
        claims = await choose(page, ids["question"])
        await pressed(page, "claims.answer")
        assert page.line.said == text("claims.outcome.first")
        claims.outcome.value = "declined"
        await pressed(page, "claims.answer")
        assert "Lời trả lời trống" in page.line.said
        claims.words.value = "Đáp án đúng, xem điều 4."
        await pressed(page, "claims.answer")
        assert "Đã trả lời phản ánh" in page.line.said
        assert ids["question"] not in [id_ for _, id_ in claims.choice.options]
        kept = await page.room._store.claim(ids["question"])
        assert kept is not None
        assert (kept.status, kept.outcome, kept.answer) == (
            "answered", "declined", "Đáp án đúng, xem điều 4.",
        )  # fmt: skip
        claims.every.value = True
        await page.runner.settled()
        await choose(page, ids["question"])
        assert "Đáp án đúng, xem điều 4." in seen(page)
        await pressed(page, "claims.shut")
        assert "Đã khép phản ánh" in page.line.said
        done = await page.room._store.actions("claim_answer", "claim_close")
        assert [(one.actor, one.subject) for one in done] == [
            (name_of("secretary"), ids["question"])
        ] * 2
        await choose(page, ids["question"])
        assert claims._form.layout.display == "none"

    with_page(site, "secretary", work)


def test_a_new_code_needs_a_check_and_is_given_once(site: Site) -> None:
    """The old one is no use any more; the code is gone with the next choice."""
    ids = ask(site)

    async def work(page: DeskPage) -> None:
        claims = await choose(page, ids["code"])
        await pressed(page, "claims.new_code")
        assert page.line.said == text("claims.sure_first")
        assert await page.room._store.count_actions("new_code") == 0
        claims.sure.value = True
        await pressed(page, "claims.new_code")
        (found,) = re.findall(r'class="code">([0-9A-Z-]+)<', claims._code.value)
        assert await page.room._service.resume(found) == ids["who"]
        await pressed(page, "claims.new_code")
        (action,) = await page.room._store.actions("new_code")
        assert (action.actor, action.subject) == (name_of("head"), ids["who"])
        assert found not in page.line.said
        await choose(page, "")
        assert found not in seen(page)

    with_page(site, "head", work)


def test_what_is_being_typed_outlives_a_refresh(site: Site) -> None:
    """The page refreshes by itself while somebody writes."""
    ids = ask(site)

    async def work(page: DeskPage) -> None:
        claims = await choose(page, ids["code"])
        claims.words.value = "Mời đến"
        page.line._received(page.line, {"t": "tick"}, [])
        await page.runner.settled()
        assert (claims.choice.value, claims.words.value) == (ids["code"], "Mời đến")
        assert CONTACT in seen(page)

    with_page(site, "head", work)


@pytest.mark.parametrize("role", ["viewer", "author", "marker"])
def test_others_see_no_claims(site: Site, role: Any) -> None:
    """Neither the part nor a word of it."""
    ask(site)

    async def work(page: DeskPage) -> None:
        assert not any(isinstance(one, Claims) for one in page.parts)
        assert text("claims.title") not in seen(page)

    with_page(site, role, work)


def test_nothing_of_a_claim_is_left_after_the_log_out(site: Site) -> None:
    """The widgets that showed it are closed."""
    ids = ask(site)

    async def work(page: DeskPage) -> None:
        claims = await choose(page, ids["code"])
        inside = list(all_widgets(claims.box))
        await pressed(page, "login.out")
        assert all(one.comm is None for one in inside)

    with_page(site, "head", work)


def test_a_claim_that_is_gone_is_said(site: Site) -> None:
    """Whoever is forgotten takes their claims along."""

    async def work(room: Room) -> None:
        for do in (
            room.claim("pa-khong-co"),
            room.shut_claim("pa-khong-co"),
            room.answer_claim("pa-khong-co", "done", "x"),
            room.new_code("ts-khong-co"),
        ):
            with pytest.raises(Refused):
                await do

    site.begin(1)
    site.do("secretary", work)
