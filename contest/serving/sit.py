"""Starting, going on elsewhere, and who is admitted to the paper."""

from __future__ import annotations

from contest.ids import shown
from contest.registration import FieldError
from contest.service import Service, Standing
from contest.serving.entry import paper_facts
from contest.serving.messages import text
from contest.serving.notebooks import Admission
from contest.serving.page import Page
from contest.serving.places import count, minutes_to_wait, places
from contest.serving.waiting import wait
from contest.serving.words import duration, moment


class Start(Page):
    """`/bat-dau`: the resume code, what to know, and the button that starts the clock."""

    async def get(self) -> None:
        await self._show("")

    async def post(self) -> None:
        contestant = await self.contestant()
        status = await self.status()
        if contestant is None:
            self.see("/")
            return
        if not self.has_room():
            self.see("/bat-dau")  # where it is said, and tried again
            return
        opened = await self.service.open_attempt(
            contestant.contestant_id, status.round.id, self.now
        )
        if opened.result == "open":
            self.see("/thi")
        else:
            await self._show(
                text(
                    f"start.{opened.result}",
                    n=status.rules.attempts.limit,
                    lien_he=status.rules.contest.contact,
                )
            )

    def has_room(self) -> bool:
        """Return whether one more paper can be opened; nobody's time begins before it can."""
        return self.settings["kernel_manager"].has_room()

    async def _show(self, refusal: str) -> None:
        contestant = await self.contestant()
        status = await self.status()
        if contestant is None or status.phase != "open" or status.window is None:
            self.see("/")
            return
        standing: Standing = await self.service.standing(
            contestant.contestant_id, status.round.id, self.now
        )
        if standing.running:
            self.see("/thi")
            return
        admitted = self.service.admits(status.round, contestant.contestant_id)
        if admitted and not self.has_room():
            wait(self)
            return
        if not admitted:
            refusal = text("start.not_admitted", lien_he=status.rules.contest.contact)
        elif not standing.left and not refusal:
            refusal = text("start.no_attempts", n=standing.limit)
        left = status.window[1] - self.now
        paper = status.rules.paper_of(status.round.id, contestant.group)
        code = self.shared.cookies.code(self)
        await self.page(
            "start",
            text("start.title"),
            status,
            refusal=refusal,
            facts=paper_facts(status.rules, [paper], "start.facts"),
            closes=moment(status.window[1]),
            lau=duration(paper.duration_ms),
            cut=duration(left) if left < paper.duration_ms else "",
            code=shown(code) if code else "",
        )


class Resume(Page):
    """`/tiep-tuc`: the resume code signs its contestant in on this machine."""

    async def get(self) -> None:
        await self._show("", [])

    async def post(self) -> None:
        typed = self.get_body_argument("ma", "")[:40]
        browser, address = places(self)
        limited = ((self.shared.by_browser, browser), (self.shared.by_address, address))
        if minutes := minutes_to_wait(limited, self.now):
            self.set_status(429)
            await self._show(typed, [FieldError("ma", text("code.wait", phut=minutes))])
            return
        contestant_id = await self.service.resume(typed)
        if contestant_id is None:
            left = count(limited, self.now)
            await self._show(typed, [FieldError("ma", text("code.bad", n=left))])
            return
        self.shared.cookies.sign_in(self, contestant_id, None)
        status = await self.service.status_for(contestant_id, self.now)
        standing = await self.service.standing(contestant_id, status.round.id, self.now)
        self.see("/thi" if standing.running else "/")

    async def _show(self, typed: str, errors: list[FieldError]) -> None:
        status = await self.status()
        await self.page("resume", text("resume.title"), status, typed=typed, errors=errors)


async def admit(service: Service, contestant_id: str, now: int) -> Admission:
    """Admit a contestant with a running attempt to the paper; others belong elsewhere."""
    status = await service.status_for(contestant_id, now)
    standing = await service.standing(contestant_id, status.round.id, now)
    if standing.running is not None:
        return Admission(privileged=True)
    last = standing.ended[-1] if standing.ended else None
    return Admission(elsewhere=f"/bien-nhan/{last.receipt}" if last else "/")
