"""The server: Voilà's application with our routes, our cookie and our tick.

Only what a contest needs is routed: no files, no contents, no tree, no login,
no template chosen by the address.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import tempfile
from typing import Any

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError
from tornado.websocket import WebSocketClosedError
from traitlets import Instance
from traitlets.config import Config
from voila.app import Voila, _kernel_id_regex
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from contest.app import band_of
from contest.clock import Clock, SystemClock
from contest.directory import ContestDirectory
from contest.messages import text as contest_text
from contest.service import Service
from contest.serving import entry, receipt, register, sit
from contest.serving.kernels import ContestKernelManager, PageLine
from contest.serving.limits import TryLimit
from contest.serving.messages import TEXTS
from contest.serving.page import Missing, PlainErrors, Shared, page_environment
from contest.serving.visitor import CookieIdentity, Cookies, OwnerAuthorizer, cookie_secret
from contest.settings import CHECKOUT, offer_templates
from contest.store.protocol import StoreUnavailable
from contest.store.sqlite import SqliteStore
from contest.ui.messages import TEXTS as PAPER_TEXTS

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
PING_MS = 20_000
PONG_MS = 45_000
"""A line without an answer for this long is given up; shorter than two pings, and a page that is
well would be cut off at its first one."""

MAX_BODY = 64 * 1024
MAX_FRAME = 256 * 1024
TEN_MINUTES = 10 * 60_000

PAGES: list[tuple[str, type]] = [
    ("/", entry.Entry),
    ("/the-le", entry.RulesPage),
    ("/nguoi-khac", entry.OtherPerson),
    ("/dang-ky", register.Details),
    ("/dang-ky/don-vi", register.ChooseUnit),
    ("/dang-ky/kiem-tra", register.CheckAndConsent),
    ("/bat-dau", sit.Start),
    ("/tiep-tuc", sit.Resume),
    ("/tra-cuu", receipt.Lookup),
    (r"/bien-nhan/([0-9A-Za-z-]{9,16})", receipt.Receipt),
]
"""The plain pages. `/thi` is the notebook, below."""


class SyntheticData(RuntimeError):
    """The database holds synthetic data, and the contest isn't a sample."""


class LostSecret(RuntimeError):
    """The secret that recognises people isn't the one the database was begun with."""


class OwnKernel(KernelHandler):
    """Tells a page whether its kernel lives; nothing can be changed through it."""

    def delete(self, **_: Any) -> None:
        raise HTTPError(405)

    post = put = patch = delete


class PageSocket(VoilaKernelWebsocketHandler):
    """A page's socket. Nobody sees a page when it is refused, so none is made."""

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ARG002
        self.finish()

    def get_websocket_protocol(self) -> Any:
        protocol = super().get_websocket_protocol()
        if protocol is not None:
            # Jupyter's pings are counted in milliseconds; Tornado would take them for seconds.
            protocol.params.ping_interval = None
        return protocol

    def write_message(self, message: Any, binary: bool = False) -> None:
        """Send; where the page has just gone, it will ask again when it is back."""
        with contextlib.suppress(WebSocketClosedError):
            sending = super().write_message(message, binary)
            if sending is not None:
                sending.add_done_callback(lambda sent: sent.cancelled() or sent.exception())


class StaticFiles(PlainErrors, TemplateStaticFileHandler):
    """Our template's static files; versions in their addresses let browsers keep them for good."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002
        versioned = bool(self.get_argument("v", None))
        self.set_header(
            "Cache-Control", "public, max-age=31536000, immutable" if versioned else "no-cache"
        )


class ContestServer(Voila):
    """Serves one contest directory."""

    name = "timhieu"
    shared = Instance(Shared)

    @classmethod
    def serve(
        cls, directory: ContestDirectory, sockets: list[socket.socket], clock: Clock | None = None
    ) -> None:
        """Serve until SIGTERM or SIGINT; the sockets are bound already.

        Raises
        ------
        SyntheticData
            Where synthetic data would become part of a real contest.
        LostSecret
            Where nobody who registered before would be recognised.
        """
        asyncio.run(cls._serve(directory, sockets, clock or SystemClock()))

    @classmethod
    async def _serve(
        cls, directory: ContestDirectory, sockets: list[socket.socket], clock: Clock
    ) -> None:
        store = await asyncio.to_thread(SqliteStore, directory.database)
        service = Service(directory, store)
        try:
            rules = (await service.rounds.contest()).rules
            if await service.is_synthetic() and not rules.contest.sample:
                raise SyntheticData(str(directory.path))
            if not await service.check_identity():
                raise LostSecret(str(directory.path))
            await service.rounds.tick(clock.now())
            band = await band_of(service, rules)
            server = cls._make(service, clock, contest_text(band) if band else None)
            await server.run(sockets)
        finally:
            await store.close()

    @classmethod
    def _make(cls, service: Service, clock: Clock, band: str | None) -> ContestServer:
        offer_templates()
        directory = service.directory
        server = cls(
            config=_voila_config(), notebook_path=str(CHECKOUT / "notebooks" / "thi.ipynb")
        )
        server.shared = Shared(
            service,
            clock,
            Cookies(directory),
            page_environment(),
            TryLimit(5, TEN_MINUTES),
            TryLimit(100, TEN_MINUTES),
            band,
        )
        server.cookie_secret = cookie_secret(directory)
        server.initialize([])
        return server

    async def run(self, sockets: list[socket.socket]) -> None:
        """Answer requests and do what is due every second, until told to stop."""
        with tempfile.TemporaryDirectory(prefix="timhieu-") as folder:
            self.connection_dir = folder
            self._resources()
            self.app = Application(**self.init_settings())
            self.app.settings.update(self.tornado_settings)
            self.app.add_handlers(".*$", self.init_handlers())
            server = HTTPServer(self.app, max_body_size=MAX_BODY, xheaders=False)
            server.add_sockets(sockets)
            ticking = asyncio.create_task(self._tick())
            await _told_to_stop()
            server.stop()
            ticking.cancel()
            await self.kernel_manager.shutdown_all(now=True)

    def init_settings(self) -> dict[str, Any]:
        return {
            **super().init_settings(),
            "contest_shared": self.shared,
            "contest_cookies": self.shared.cookies,
            "contest_service": self.shared.service,
            "compress_response": True,
            "xsrf_cookies": True,
            "xsrf_cookie_kwargs": {"samesite": "Lax"},
            "websocket_max_message_size": MAX_FRAME,
            "log_function": _log_request,
            "default_handler_class": Missing,
        }

    def init_handlers(self) -> list[Any]:
        kernel = rf"/api/kernels/{_kernel_id_regex}"
        paper = {
            "notebook_path": "thi.ipynb",
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        return [
            *PAGES,
            ("/thi", sit.PaperPage, paper),
            (kernel, OwnKernel),
            (rf"{kernel}/channels", PageSocket),
            (r"/voila/api/shutdown/(.*)", VoilaShutdownKernelHandler),
            # Plain names only: Voilà stumbles over anything else.
            (r"/voila/templates/(contest/static/[\w-]+(?:\.\w+)+)", StaticFiles),
        ]

    def _resources(self) -> None:
        """Hand the template its texts and what every page bears."""
        rules = self.shared.service.rounds.known().rules
        page = {
            "title": rules.contest.title,
            "name": rules.contest.title,
            "lang": "vi",
            "band": self.shared.band,
            "links": [],
        }
        texts = {**TEXTS, **PAPER_TEXTS}
        self.voila_configuration.config.VoilaConfiguration.resources = {
            "contest": {"texts": texts, "page": page}
        }

    async def _tick(self) -> None:
        while True:
            try:
                await self.shared.service.rounds.tick(self.shared.clock.now())
            except StoreUnavailable as error:
                log.warning("tick: %s", error)
            except Exception:
                log.exception("tick failed")
            await asyncio.sleep(TICK_SECONDS)


def _voila_config() -> Config:
    """Return Voilà's settings; its own configuration files are not read."""
    return Config(
        {
            "Voila": {
                "config_file_paths": [],
                "identity_provider_class": CookieIdentity,
                "authorizer_class": OwnerAuthorizer,
                "kernel_websocket_connection_class": PageLine,
                "open_browser": False,
                "root_dir": str(CHECKOUT / "notebooks"),
                # Jupyter warns at every page that our own notebook isn't "trusted".
                "log_level": logging.ERROR,
                "tornado_settings": {"ws_ping_interval": PING_MS, "ws_ping_timeout": PONG_MS},
            },
            "VoilaConfiguration": {
                "template": "contest",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "file_allowlist": [],
                "strip_sources": True,
                "show_tracebacks": False,
                "multi_kernel_manager_class": ContestKernelManager,
            },
            "MappingKernelManager": {
                "cull_idle_timeout": 120,
                "cull_interval": 30,
                "buffer_offline_messages": True,
            },
            "KernelManager": {"transport": "ipc"},
        }
    )


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, stop.set)
    await stop.wait()


def _log_request(handler: Any) -> None:
    """Log what failed on our side, without the address: it may hold a code or a kernel id."""
    if handler.get_status() >= 500:
        log.error("%d %s %s", handler.get_status(), handler.request.method, type(handler).__name__)
