"""Practice's plain pages: beginning, going on elsewhere, the code, erasing, mock papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tornado.web import HTTPError

from contest.attempt import State
from contest.ids import shown
from contest.messages import text as contest_text
from contest.practice.desk import PracticeDesk
from contest.practice.mock import MockView
from contest.practice.visitor import MOCK_BAND
from contest.registration import FieldError
from contest.rules import Group
from contest.rules_paper import PaperRules
from contest.serving.each import Shown, question_rows, score_words
from contest.serving.limits import TryLimit
from contest.serving.messages import text
from contest.serving.notebooks import Admission
from contest.serving.page import Page
from contest.serving.topics import topic_rows
from contest.serving.words import duration, moment
from questions.model import Picture

BEGIN = "/luyen-tap/bat-dau"


@dataclass
class PracticeShared:
    """What practice's handlers use; its limits are its own, so that contestants keep theirs.

    `begun` counts new learners of an address, the others wrong codes.
    """

    desk: PracticeDesk
    by_browser: TryLimit
    by_address: TryLimit
    begun: TryLimit


class PracticePage(Page):
    """A page beside the contest."""

    @property
    def practice(self) -> PracticeShared:
        """What practice's handlers use."""
        return self.settings["contest_practice"]

    @property
    def desk(self) -> PracticeDesk:
        """The use cases of practice."""
        return self.practice.desk

    async def learner(self) -> str | None:
        """Return the learner of this machine, if anything is kept of them (still)."""
        learner_id = self.shared.cookies.learner(self)
        return learner_id if learner_id and await self.desk.knows(learner_id) else None

    async def refused(self) -> bool:
        """Show why there is no practice now; False where there is."""
        found = await self.desk.availability(self.now)
        if found.is_open:
            return False
        words = text("practice.off" if found.why == "off" else "practice.none")
        if found.round is not None and found.until is not None:
            words = text("practice.closed", ky=found.round.title, gio=moment(found.until))
        await self.page("practice_closed", text("practice.title"), await self.status(), words=words)
        return True

    async def show(self, template: str, title: str, **names: Any) -> None:
        """Render a page of practice."""
        await self.page(template, text(title), await self.status(), **names)


class Begin(PracticePage):
    """`/luyen-tap/bat-dau`: what practice is; a button begins, a code goes on."""

    async def get(self) -> None:
        if not await self.refused():
            await self._show("", [])

    async def post(self) -> None:
        if await self.refused():
            return
        if await self.learner() is None:
            address = self.request.remote_ip or ""
            if self.practice.begun.wait(address, self.now):
                raise HTTPError(429)
            self.practice.begun.count(address, self.now)
            begun = await self.desk.begin(self.now)
            self.shared.cookies.begin_practice(self, begun.learner_id, begun.code)
        self.see("/luyen-tap")

    async def _show(self, typed: str, errors: list[FieldError]) -> None:
        known = await self.learner() is not None
        await self.show("practice_begin", "practice.title", known=known, typed=typed, errors=errors)


class GoOn(Begin):
    """`/luyen-tap/tiep-tuc`: a learner's code goes on where another machine has stopped."""

    async def get(self) -> None:
        self.see(BEGIN)

    async def post(self) -> None:
        if await self.refused():
            return
        typed = self.get_body_argument("ma", "")[:40]
        address = self.request.remote_ip or ""
        browser = f"{address}/{self.xsrf_token.decode()[-16:]}"
        limits = ((self.practice.by_browser, browser), (self.practice.by_address, address))
        wait = max(limit.wait(place, self.now) for limit, place in limits)
        if wait:
            self.set_status(429)
            minutes = -(-wait // 60_000)
            await self._show(typed, [FieldError("ma", text("code.wait", phut=minutes))])
            return
        learner_id = await self.desk.resume(typed)
        if learner_id is None:
            for limit, place in limits:
                limit.count(place, self.now)
            left = min(limit.left(place, self.now) for limit, place in limits)
            await self._show(typed, [FieldError("ma", text("code.bad", n=left))])
            return
        self.shared.cookies.begin_practice(self, learner_id, None)
        self.see("/luyen-tap")


class Code(PracticePage):
    """`/luyen-tap/ma`: the learner's code, a new one, and the way to erase everything."""

    async def get(self) -> None:
        if await self.learner() is None:
            self.see(BEGIN)
            return
        code = self.shared.cookies.learner_code(self)
        await self.show("practice_code", "practice.code", code=shown(code) if code else "")

    async def post(self) -> None:
        learner_id = await self.learner()
        code = await self.desk.new_code(learner_id) if learner_id else None
        if learner_id is None or code is None:
            self.see(BEGIN)
            return
        self.shared.cookies.begin_practice(self, learner_id, code)
        self.see("/luyen-tap/ma")


class Erase(PracticePage):
    """`/luyen-tap/xoa`: everything that is kept of a learner goes, once they have said so."""

    async def get(self) -> None:
        if await self.learner() is None:
            self.see(BEGIN)
        else:
            await self.show("practice_erase", "practice.erase")

    async def post(self) -> None:
        learner_id = await self.learner()
        if learner_id is not None:
            await self.desk.erase(learner_id)
        self.shared.cookies.end_practice(self)
        await self.show("practice_erased", "practice.erased")


class MockStart(PracticePage):
    """`/luyen-tap/thi-thu`: what a mock paper is, the button that begins one, and earlier ones."""

    async def get(self) -> None:
        await self._show("")

    async def post(self) -> None:
        learner_id = await self.learner()
        if learner_id is None:
            self.see(BEGIN)
            return
        if not self.settings["kernel_manager"].has_room(apart=True):
            await self._show(text("practice.full"))
            return
        group = self.get_body_argument("group", "")
        opened = await self.desk.open_mock(learner_id, self.now, group)
        if opened.result == "open":
            self.see("/thi-thu")
        elif opened.result == "too_few":
            await self._show(text("mock.too_few", chu_de=opened.topic))
        else:
            self.see(BEGIN)

    async def _show(self, refusal: str) -> None:
        learner_id = await self.learner()
        if learner_id is None:
            self.see(BEGIN)
            return
        if await self.refused():
            return
        running = await self.desk.running_mock(learner_id, self.now)
        earlier = [
            {"href": f"/luyen-tap/thi-thu/{mock.mock_id}", "at": moment(mock.started_at)}
            for mock in reversed(await self.desk.mocks(learner_id))
            if running is None or mock.mock_id != running.attempt_id
        ]
        papers = await self.desk.mock_papers(self.now)
        await self.show(
            "mock_start",
            "mock.title",
            refusal=refusal,
            offered=self.desk.rules.practice.mock,
            running=running is not None,
            choices=[_choice(group, paper, len(papers)) for group, paper in papers],
            earlier=earlier,
            mock_band=contest_text(MOCK_BAND),
        )


class MockResult(PracticePage):
    """`/luyen-tap/thi-thu/<id>`: a mock paper that is over, question by question."""

    async def get(self, mock_id: str) -> None:
        view = await self._view(mock_id)
        if view is None or await self.refused():
            return
        await self._show(view, added=None)

    async def post(self, mock_id: str) -> None:
        """What was wrong comes up in practice today."""
        view = await self._view(mock_id)
        learner_id = await self.learner()
        if view is None or learner_id is None or await self.refused():
            return
        added = await self.desk.learn_from(learner_id, view, self.now)
        await self._show(view, added=added)

    async def _view(self, mock_id: str) -> MockView | None:
        learner_id = await self.learner()
        sitting = await self.desk.mock(learner_id, mock_id) if learner_id else None
        if sitting is None:
            raise HTTPError(404)
        if await sitting.is_running(self.now):
            self.see("/thi-thu")
            return None
        view = await sitting.view()
        if view.replay.state is State.RUNNING:  # over, and about to be ended
            self.see("/luyen-tap/thi-thu")
            return None
        return view

    async def _show(self, view: MockView, added: int | None) -> None:
        marks = view.marks
        pictures = await self.desk.pictures_of(view.bank, view.paper, self.now)

        def source_of(picture: Picture) -> str | None:
            return pictures.get(picture.hash)

        scoring, responses = view.rules.scoring, view.replay.responses
        shown_by = Shown(view.bank, scoring, responses, source_of, waiting="mock.needs_marker")
        await self.show(
            "mock_result",
            "mock.result",
            mock_band=contest_text(MOCK_BAND),
            submitted=view.replay.state is State.SUBMITTED,
            ended=moment(view.ended_at, seconds=True),
            spent=duration(view.ended_at - view.mock.started_at),
            result=score_words(marks, scoring),
            open=sum(one.mark_micro is None for one in marks),
            wrong=len(view.wrong),
            topics=topic_rows(view.bank, view.paper.items, marks),
            each=question_rows(shown_by, view.paper.items, marks),
            added=added,
            here=f"/luyen-tap/thi-thu/{view.mock.mock_id}",
        )


def _choice(group: Group, paper: PaperRules, among: int) -> dict[str, Any]:
    """Return what is said of a mock paper that may be begun; its group where there are several."""
    lau = duration(paper.duration_ms)
    return {
        "group": group.id,
        "title": group.title if among > 1 else None,
        "facts": text("entry.facts", n=paper.length, lau=lau),
        "lau": lau,
    }


async def admit(desk: PracticeDesk, learner_id: str, now: int) -> Admission:
    """Admit a learner to practice while it is open."""
    if await desk.knows(learner_id) and (await desk.availability(now)).is_open:
        return Admission()
    return Admission(elsewhere=BEGIN)


async def admit_mock(desk: PracticeDesk, learner_id: str, now: int) -> Admission:
    """Admit a learner with a running mock paper to it; others to where one begins."""
    admission = await admit(desk, learner_id, now)
    if admission.elsewhere is None and await desk.running_mock(learner_id, now) is None:
        return Admission(elsewhere="/luyen-tap/thi-thu")
    return admission


PRACTICE_PAGES: list[tuple[str, type]] = [
    ("/luyen-tap/bat-dau", Begin),
    ("/luyen-tap/tiep-tuc", GoOn),
    ("/luyen-tap/ma", Code),
    ("/luyen-tap/xoa", Erase),
    ("/luyen-tap/thi-thu", MockStart),
    (r"/luyen-tap/thi-thu/(tt-[0-9a-z]{16})", MockResult),
]
"""The plain pages of practice."""
