"""The server: Voilà's application with our routes, our cookie and our tick.

Only what a contest needs is routed: no files, no contents, no tree, no login,
no template chosen by the address.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any, ClassVar

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import Application, HTTPError
from traitlets import Instance
from traitlets.config import Config
from voila.app import Voila, _kernel_id_regex
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import TemplateStaticFileHandler

from contest.app import band_of, only_visitors
from contest.clock import Clock, SystemClock
from contest.closing.confirmed import Confirmations
from contest.closing.own import KnownPlaces
from contest.directory import ContestDirectory
from contest.messages import text as contest_text
from contest.papers.issued import KnownIssued
from contest.practice.desk import PracticeDesk
from contest.service import Service
from contest.serving import (
    appearance_file,
    board,
    certificate,
    claims,
    entry,
    picture,
    practice,
    receipt_files,
    register,
    sit,
)
from contest.serving.board_keeper import BoardKeeper, Worker
from contest.serving.chores import Chores
from contest.serving.limits import AddressLimits, TryLimit
from contest.serving.messages import TEXTS
from contest.serving.notebook_page import NotebookPage
from contest.serving.notebooks import NotebookRoute, PageKernels
from contest.serving.operator import Health, Watch, metrics_server
from contest.serving.page import Counted, Missing, PlainErrors, Shared, page_environment
from contest.serving.page_socket import PageSocket
from contest.serving.proxies import ProxiedServer
from contest.serving.virtual.manager import VirtualKernelManager
from contest.serving.virtual.rendering import PageCache
from contest.serving.visitor import CookieIdentity, Cookies, OwnerAuthorizer, cookie_secret
from contest.settings import (
    CHECKOUT,
    ServerSettings,
    offer_templates,
    read_server_settings,
)
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
TEN_MINUTES = 10 * 60_000

PAGES: list[tuple[str, type]] = [
    ("/", entry.Entry),
    ("/the-le", entry.RulesPage),
    ("/nguoi-khac", entry.OtherPerson),
    *register.REGISTER_PAGES,
    ("/bat-dau", sit.Start),
    ("/tiep-tuc", sit.Resume),
    (board.PATH, board.Leaderboard),
    (r"/anh/([0-9a-f]{64})", picture.PicturePage),
    (appearance_file.ADDRESS, appearance_file.AppearanceFile),
    *receipt_files.RECEIPT_PAGES,
    *claims.CLAIM_PAGES,
    *practice.PRACTICE_PAGES,
    (certificate.ADDRESS, certificate.CertificatePage),
]
"""The plain pages."""

NOTEBOOKS = [
    NotebookRoute("/thi", CHECKOUT / "notebooks" / "thi.ipynb", sit.admit),
    NotebookRoute(
        "/luyen-tap", CHECKOUT / "notebooks" / "luyen_tap.ipynb", practice.admit, audience="learner"
    ),
    NotebookRoute(
        "/thi-thu",
        CHECKOUT / "notebooks" / "thi_thu.ipynb",
        practice.admit_mock,
        audience="learner",
    ),
]
"""The pages that notebooks show."""


class SyntheticData(RuntimeError):
    """The database holds synthetic data, and the contest isn't a sample."""


class RehearsedData(RuntimeError):
    """The database is a rehearsal's, and would become part of a real contest."""


class LostSecret(RuntimeError):
    """The secret that recognises people isn't the one the database was begun with."""


class Beacon(Counted, VoilaShutdownKernelHandler):
    """A page that is closing says so; its kernel ends at once."""


class OwnKernel(Counted, KernelHandler):
    """Tells a page whether its kernel lives; nothing can be changed through it."""

    async def get(self, kernel_id: str) -> None:
        """Answer 403 to a stranger, 404 for a kernel that isn't theirs, as for none at all."""
        user = self.current_user
        if user is None:
            raise HTTPError(403)
        if self.kernel_manager.owner(kernel_id) != user.username:
            raise HTTPError(404)
        self.finish(self.kernel_manager.kernel_model(kernel_id))

    def delete(self, **_: Any) -> None:
        raise HTTPError(405)

    post = put = patch = delete


class StaticFiles(PlainErrors, TemplateStaticFileHandler):
    """Our template's static files; versions in their addresses let browsers keep them for good."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002
        versioned = bool(self.get_argument("v", None))
        self.set_header(
            "Cache-Control", "public, max-age=31536000, immutable" if versioned else "no-cache"
        )


SWITCH_SECONDS = 0.0005
"""How long the writer's thread waits at most until the loop lets it go on."""

FULL_COLLECTIONS = 100
"""After so many collections of the middle generation everything is looked through: with hundreds of
papers and onlookers that takes 100 ms, in which nobody's answer is taken. Python's own is 10."""


class ContestServer(Voila):
    """Serves one contest directory."""

    name = "timhieu"
    shared = Instance(Shared)
    limits = Instance(ServerSettings)
    practice = Instance(practice.PracticeShared)
    notebooks = NOTEBOOKS
    rehearses: ClassVar[bool] = False

    @classmethod
    def settings(cls) -> ServerSettings:
        """Return the limits."""
        return read_server_settings()

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
        RehearsedData
            Where it is a rehearsal's directory, and this not its server; or the other way about.
        """
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.set_threshold(*gc.get_threshold()[:2], FULL_COLLECTIONS)
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
            if await service.is_rehearsal() is not cls.rehearses:
                raise RehearsedData(str(directory.path))
            if not await service.check_identity():
                raise LostSecret(str(directory.path))
            await service.rounds.tick(clock.now())
            await service.notices.tick(clock.now())
            band = await band_of(service, rules)
            server = cls._make(service, clock, contest_text(band) if band else None)
            await server.run(sockets)
        finally:
            await store.close()

    @classmethod
    def _make(cls, service: Service, clock: Clock, band: str | None) -> ContestServer:
        offer_templates()
        only_visitors()
        directory = service.directory
        limits = cls.settings()
        first = cls.notebooks[0].notebook
        server = cls(config=_voila_config(limits, first), notebook_path=str(first))
        server.limits = limits
        server.shared = Shared(
            service,
            clock,
            Cookies(directory),
            page_environment(),
            TryLimit(limits.code_tries, TEN_MINUTES),
            TryLimit(limits.address_code_tries, TEN_MINUTES),
            AddressLimits(limits),
            band,
        )
        server.practice = practice.PracticeShared(
            PracticeDesk(service),
            TryLimit(limits.code_tries, TEN_MINUTES),
            TryLimit(limits.address_code_tries, TEN_MINUTES),
            TryLimit(limits.address_learners, TEN_MINUTES),
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
            server = ProxiedServer(
                self.app, trusted=self.limits.trusted_proxies, max_body_size=MAX_BODY
            )
            server.add_sockets(sockets)
            watch = self.app.settings["contest_watch"]
            operators = metrics_server(self.limits.metrics, watch)
            _spare_the_collector()
            keeper = self.app.settings["contest_board"]
            work = (self._tick(), watch.run(), watch.chores.run(), keeper.run())
            tasks = [asyncio.create_task(one) for one in work]
            await _told_to_stop()
            server.stop()
            if operators is not None:
                operators.stop()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.kernel_manager.shutdown_all(now=True)

    def init_settings(self) -> dict[str, Any]:
        service = self.shared.service
        keeper = BoardKeeper(Worker(service.directory.path), self.shared.clock)
        return {
            **super().init_settings(),
            "contest_shared": self.shared,
            "contest_cookies": self.shared.cookies,
            "contest_service": service,
            "contest_board": keeper,
            "contest_places": KnownPlaces(service.directory.var),
            "contest_confirmations": Confirmations(service.store),
            "contest_issued": KnownIssued(service.directory.var),
            "contest_watch": Watch(
                service,
                self.kernel_manager,
                chores=Chores(service, self.shared.clock, self.limits),
                board=keeper,
            ),
            "contest_practice": self.practice,
            "proof_bits": self.limits.proof_bits,
            "page_kernels": PageKernels(
                self.notebooks,
                self.kernel_manager,
                self.shared.service,
                self.shared.clock,
                self.practice.desk,
            ),
            "compress_response": True,
            "xsrf_cookies": True,
            "xsrf_cookie_kwargs": {"samesite": "Lax"},
            "websocket_max_message_size": self.limits.max_frame,
            "log_function": _log_request,
            "default_handler_class": Missing,
        }

    def init_handlers(self) -> list[Any]:
        kernel = rf"/api/kernels/{_kernel_id_regex}"
        cache = PageCache()
        page = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        return [
            *PAGES,
            *(
                (route.path, NotebookPage, {**page, "route": route, "cache": cache})
                for route in self.notebooks
            ),
            (kernel, OwnKernel),
            (rf"{kernel}/channels", PageSocket),
            (r"/voila/api/shutdown/(.*)", Beacon),
            # Plain names only: Voilà stumbles over anything else.
            (r"/voila/templates/(contest/static/[\w-]+(?:\.\w+)+)", StaticFiles),
            ("/healthz", Health),
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

    async def turn(self) -> None:
        """Do what is due every second."""
        now = self.shared.clock.now()
        await self.shared.service.rounds.tick(now)
        await self.shared.service.notices.tick(now)
        self.app.settings["contest_watch"].ticked()

    async def _tick(self) -> None:
        while True:
            try:
                await self.turn()
            except StoreUnavailable as error:
                log.warning("tick: %s", error)
            except Exception:
                log.exception("tick failed")
            await asyncio.sleep(TICK_SECONDS)


def _voila_config(limits: ServerSettings, notebook: Path) -> Config:
    """Return Voilà's settings; its own configuration files are not read.

    All notebooks lie beside the first one.
    """
    return Config(
        {
            "Voila": {
                "config_file_paths": [],
                "identity_provider_class": CookieIdentity,
                "authorizer_class": OwnerAuthorizer,
                "open_browser": False,
                "root_dir": str(notebook.parent),
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
                "multi_kernel_manager_class": VirtualKernelManager,
            },
            "VirtualKernelManager": {
                "max_kernels": limits.max_kernels,
                "max_apart": limits.max_practice,
                "per_visitor": limits.per_visitor,
                "connect_seconds": limits.connect_seconds,
                "grace_seconds": limits.grace_seconds,
                "page_rate": limits.page_rate,
                "page_burst": limits.page_burst,
                "max_unread": limits.max_unread,
                "max_missed": limits.max_missed,
            },
        }
    )


def _spare_the_collector() -> None:
    """Let the garbage collector leave alone what is there for good.

    Otherwise it goes through all libraries again and again while everybody waits.
    """
    gc.collect()
    gc.freeze()


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, stop.set)
    await stop.wait()


def _log_request(handler: Any) -> None:
    """Log what failed on our side, without the address: it may hold a code or a kernel id.

    A visitor who is asked to wait is nothing that failed.
    """
    if handler.get_status() >= 500 and not getattr(handler, "waiting", False):
        log.error("%d %s %s", handler.get_status(), handler.request.method, type(handler).__name__)
