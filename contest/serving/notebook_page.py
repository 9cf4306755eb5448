"""The handler of every notebook's page: the cached shell, or a live rendering."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.web import authenticated
from voila.notebook_renderer import NotebookRenderer
from voila.tornado.handler import TornadoVoilaHandler
from voila.utils import get_page_config

from contest.notices.model import Notice
from contest.serving.appearance import worn
from contest.serving.messages import text
from contest.serving.notebooks import NotebookRoute, PageKernels
from contest.serving.page import POLICY, PlainErrors
from contest.serving.practice import BEGIN
from contest.serving.virtual.manager import TooManyKernels
from contest.serving.virtual.rendering import PageCache
from contest.serving.waiting import wait

PAGE_SECONDS = 60
"""A live page that isn't ready after this long is given up, and says so."""


class NotebookPage(PlainErrors, TornadoVoilaHandler):
    """A notebook's page, for a signed-in visitor who is admitted to it."""

    route: NotebookRoute
    cache: PageCache

    def initialize(self, route: NotebookRoute, cache: PageCache, **kwargs: Any) -> None:
        super().initialize(notebook_path=route.notebook.name, **kwargs)
        self.route = route
        self.cache = cache

    @property
    def content_security_policy(self) -> str:
        """Voilà sets its own otherwise."""
        return POLICY

    def get_login_url(self) -> str:
        """Return where a visitor goes that isn't signed in."""
        return BEGIN if self.route.audience == "learner" else "/"

    @property
    def kernels(self) -> PageKernels:
        """Makes the page's kernel."""
        return self.settings["page_kernels"]

    @authenticated
    async def get(self, path: str | None = None) -> None:  # noqa: ARG002
        admission = await self.kernels.admission(self.route, self.current_user.username)
        if admission.elsewhere is not None:
            self.redirect(admission.elsewhere)
            return
        if not admission.privileged and not self.kernel_manager.has_room(apart=self.route.apart):
            wait(self)
            return
        self.xsrf_token  # noqa: B018 - sets the cookie that the page's unload beacon needs
        if self.route.live:
            await self._show_live(privileged=admission.privileged)
        else:
            await self._show_cached()

    async def _show_cached(self) -> None:
        """Send the page that is the same for everybody; its kernel comes with its websocket."""
        page = await self.cache.get(self.notebook_path, self._version(), self._renderer)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.set_header("Vary", "Accept-Encoding")
            self.write(page.gzipped)
        else:
            self.write(page.html)

    def _version(self) -> object:
        """Return what the page is made from: notebook, what every page bears, look, notices."""
        look = worn(self.shared.service)["look"]
        notebook = self.route.notebook.stat().st_mtime_ns
        return notebook, id(self._resources()), look, tuple(self._notices())

    def _notices(self) -> list[Notice]:
        """Return the notices of this moment; the page's template says whether it shows them."""
        return self.shared.notices(self.shared.clock.now())

    def _resources(self) -> dict[str, Any]:
        found: dict[str, Any] = self.voila_configuration.config.VoilaConfiguration.resources
        return found

    def _renderer(self) -> dict[str, Any]:
        page = self._resources()["contest"]["page"]
        page.update(worn(self.shared.service), notices=self._notices())
        settings = {"base_url": self.base_url, "settings": self.settings, "log": self.log}
        page_config = get_page_config(**settings, voila_configuration=self.voila_configuration)
        return {
            "request_handler": self,
            "voila_configuration": self.voila_configuration,
            "traitlet_config": self.traitlet_config,
            "template_paths": self.template_paths,
            "config_manager": self.config_manager,
            "contents_manager": self.contents_manager,
            "base_url": self.base_url,
            "kernel_spec_manager": self.kernel_spec_manager,
            "page_config": page_config,
        }

    async def _show_live(self, *, privileged: bool) -> None:
        """Make the page while its cells run, part by part.

        Voilà's own generator runs in a task that nobody waits for: where a kernel goes,
        the page would never end.
        """
        kernel_id = str(uuid.uuid4())
        try:
            self.kernels.open_live(kernel_id, self.current_user.username, privileged=privileged)
        except TooManyKernels:
            wait(self)
            return
        try:
            async with asyncio.timeout(PAGE_SECONDS), aclosing(self._parts(kernel_id)) as parts:
                async for part in parts:
                    if self.kernel_manager.owner(kernel_id) is None:
                        raise LookupError(kernel_id)
                    self.write(part)
                    await self.flush()
        except Exception as error:
            self._give_up(kernel_id, error)

    async def _parts(self, kernel_id: str) -> AsyncIterator[str]:
        renderer = NotebookRenderer(notebook_path=self.notebook_path, **self._renderer())
        await renderer.initialize(template=None, theme=None)
        handle = self.kernel_manager.get_kernel(kernel_id)
        async for part, _ in renderer.generate_content_generator(kernel_id, handle):
            yield part

    def _give_up(self, kernel_id: str, error: Exception) -> None:
        """End a page that has begun and can't be finished."""
        if isinstance(error, StreamClosedError):
            body = ""  # the visitor has left
        elif self.kernel_manager.owner(kernel_id) is None:
            body = text("sys.too_fast")  # a newer page of the same visitor has taken its place
        else:
            body = text("sys.error", ma=self.incident(error))
        self.kernel_manager.close(kernel_id)
        if body:
            now, path = self.shared.clock.now(), self.route.path
            self.write(self.shared.render("given_up", {}, now, body=body, path=path))
