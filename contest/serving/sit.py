"""Starting, going on elsewhere, and the paper's own page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.web import authenticated
from voila.notebook_renderer import NotebookRenderer
from voila.tornado.handler import TornadoVoilaHandler
from voila.utils import get_page_config

from contest.ids import shown
from contest.registration import FieldError
from contest.service import Standing
from contest.serving.entry import paper_facts
from contest.serving.messages import text
from contest.serving.page import POLICY, Page, PlainErrors
from contest.serving.words import duration, moment

BROWSER_COOKIE = "th-may"

PAGE_SECONDS = 60
"""A page whose kernel isn't ready after this long is given up, and says so."""


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
        if not standing.left and not refusal:
            refusal = text("start.no_attempts", n=standing.limit)
        left = status.window[1] - self.now
        code = self.shared.cookies.code(self)
        await self.page(
            "start",
            text("start.title"),
            status,
            refusal=refusal,
            facts=paper_facts(status.rules, "start.facts"),
            closes=moment(status.window[1]),
            cut=duration(left) if left < status.rules.paper.minutes * 60_000 else "",
            code=shown(code) if code else "",
        )


class Resume(Page):
    """`/tiep-tuc`: the resume code signs its contestant in on this machine."""

    async def get(self) -> None:
        await self._show("", [])

    async def post(self) -> None:
        typed = self.get_body_argument("ma", "")[:40]
        browser, address = self._places()
        limits = ((self.shared.by_browser, browser), (self.shared.by_address, address))
        wait = max(limit.wait(place, self.now) for limit, place in limits)
        if wait:
            self.set_status(429)
            minutes = -(-wait // 60_000)
            await self._show(typed, [FieldError("ma", text("code.wait", phut=minutes))])
            return
        contestant_id = await self.service.resume(typed)
        if contestant_id is None:
            for limit, place in limits:
                limit.count(place, self.now)
            left = min(limit.left(place, self.now) for limit, place in limits)
            await self._show(typed, [FieldError("ma", text("code.bad", n=left))])
            return
        self.shared.cookies.sign_in(self, contestant_id, None)
        status = await self.service.status_for(contestant_id, self.now)
        standing = await self.service.standing(contestant_id, status.round.id, self.now)
        self.see("/thi" if standing.running else "/")

    def _places(self) -> tuple[str, str]:
        address = self.request.remote_ip or ""
        browser = self.get_signed_cookie(BROWSER_COOKIE)
        if browser is None:
            name = self.xsrf_token.decode()[-16:]
            self.set_signed_cookie(BROWSER_COOKIE, name, httponly=True, samesite="Lax")
            return f"{address}/{name}", address
        return f"{address}/{browser.decode()}", address

    async def _show(self, typed: str, errors: list[FieldError]) -> None:
        status = await self.status()
        await self.page("resume", text("resume.title"), status, typed=typed, errors=errors)


class PaperPage(PlainErrors, TornadoVoilaHandler):
    """`/thi`: the notebook that shows the paper, for a signed-in visitor with a running attempt."""

    _kernel_id: str | None = None

    @property
    def content_security_policy(self) -> str:
        """Voilà sets its own otherwise."""
        return POLICY

    def get_login_url(self) -> str:
        """Return where a visitor goes that isn't signed in."""
        return "/"

    @authenticated
    async def get(self, path: str | None = None) -> None:  # noqa: ARG002
        shared = self.shared
        now = shared.clock.now()
        contestant_id = self.current_user.username
        status = await shared.service.status_for(contestant_id, now)
        standing = await shared.service.standing(contestant_id, status.round.id, now)
        if standing.running is None:
            last: Any = standing.ended[-1] if standing.ended else None
            self.redirect(f"/bien-nhan/{last.receipt}" if last else "/")
            return
        await self._show()

    async def _show(self) -> None:
        """Make the page while its kernel starts, part by part.

        Voilà's own generator runs in a task that nobody waits for: where a kernel dies,
        the page would never end.
        """
        try:
            async with asyncio.timeout(PAGE_SECONDS), aclosing(self._parts()) as parts:
                async for part in parts:
                    self.write(part)
                    await self.flush()
        except Exception as error:
            if self._kernel_id is None:
                raise
            await self._give_up(self._kernel_id, error)

    async def _parts(self) -> AsyncIterator[str]:
        settings = {"base_url": self.base_url, "settings": self.settings, "log": self.log}
        page_config = get_page_config(**settings, voila_configuration=self.voila_configuration)
        renderer = NotebookRenderer(
            request_handler=self,
            voila_configuration=self.voila_configuration,
            traitlet_config=self.traitlet_config,
            notebook_path=self.notebook_path,
            template_paths=self.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config=page_config,
        )
        await renderer.initialize(template=None, theme=None)
        kernel_id = await self.kernel_manager.start_kernel(
            kernel_name=renderer.notebook.metadata.kernelspec.name
        )
        self._kernel_id = kernel_id
        kernel = self.kernel_manager.get_kernel(kernel_id)
        async for part, _ in renderer.generate_content_generator(kernel_id, kernel):
            yield part

    async def _give_up(self, kernel_id: str, error: Exception) -> None:
        """End a page that has begun and can't be finished."""
        if isinstance(error, StreamClosedError):
            body = ""  # the visitor has left
        elif self.kernel_manager.owner(kernel_id) is None:
            body = text("sys.too_fast")  # a newer page of the same visitor has taken its place
        else:
            body = text("sys.error", ma=self.incident(error))
        if kernel_id in self.kernel_manager:
            await self.kernel_manager.shutdown_kernel(kernel_id, now=True)
        if body:
            self.write(self.shared.render("given_up", {}, self.shared.clock.now(), body=body))
