"""`current()`: the application and the signed-in visitor. The one way a notebook reaches anything.

On the server a context variable names them. On an ordinary ipykernel it is a preview of the
contest that the settings name, which never touches the real database.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import threading
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol

from contest.clock import Clock, SystemClock, local
from contest.directory import Contest, ContestDirectory
from contest.messages import text
from contest.pictures import address, inline, shown_on
from contest.practice.desk import PracticeDesk
from contest.practice.visitor import Learning
from contest.rules import Rules, Window
from contest.service import Service
from contest.settings import read_settings
from contest.sitting import Sitting
from contest.store.protocol import StoreUnavailable
from contest.store.sqlite import SqliteStore

PREVIEW = datetime.timedelta(hours=12)
PREVIEW_ATTEMPTS = 100


class NotSignedIn(RuntimeError):
    """There is no visitor here: nothing may be shown or done in anybody's name."""


class Application(Protocol):
    """What a page may use.

    Attributes
    ----------
    clock : Clock
        Tells when a message was received.
    carry_code : bool
        Whether widgets must bring their browser side along; the public pages have it already.
    """

    clock: Clock
    carry_code: bool

    async def sitting(self) -> Sitting | None:
        """Return the visitor's running attempt, or None where there is none."""
        ...

    async def service(self) -> Service:
        """Return the use cases."""
        ...

    async def picture_sources(self, sitting: Sitting) -> dict[str, str]:
        """Return where the page finds the pictures of a paper, by their hash."""
        ...

    async def band(self) -> str | None:
        """Return the key of the text every page bears, such as `band.preview`, or None."""
        ...

    async def learning(self) -> Learning | None:
        """Return who practises here, or None where the visitor is a contestant."""
        ...


_visitor: ContextVar[Application] = ContextVar("visitor")
_is_server = threading.Event()
"""Set for good once this process serves visitors."""


def only_visitors() -> None:
    """Let `current()` raise from now on wherever no visitor is bound: this process is a server.

    Otherwise something that runs there in nobody's name would open a preview.
    """
    _is_server.set()


def bind_visitor(application: Application) -> None:
    """Make `application` the current one in the running context, and in tasks made from it."""
    _visitor.set(application)


def current() -> Application:
    """Return the application for the visitor of the running page.

    Raises
    ------
    NotSignedIn
        On the server, outside any visitor's context.
    """
    visitor = _visitor.get(None)
    if visitor is not None:
        return visitor
    if _is_server.is_set():
        raise NotSignedIn("no visitor's page is running here")
    return _preview()


@cache
def _preview() -> Application:
    # An ordinary kernel is one visitor's process, so this is not shared by anybody.
    return Preview(read_settings().contest)


async def band_of(service: Service, rules: Rules) -> str | None:
    """Return the key of the band that a contest's pages bear, or None for a real one."""
    if await service.is_rehearsal():
        return "band.rehearsal"
    if await service.is_synthetic():
        return "band.synthetic"
    return "band.sample" if rules.contest.sample else None


class ServerVisitor:
    """A signed-in contestant on the server: one object per page, all over the same service."""

    carry_code = False

    def __init__(self, service: Service, clock: Clock, contestant_id: str) -> None:
        self.clock = clock
        self._service = service
        self._contestant_id = contestant_id

    async def service(self) -> Service:
        return self._service

    async def sitting(self) -> Sitting | None:
        now = self.clock.now()
        status = await self._service.status_for(self._contestant_id, now)
        standing = await self._service.standing(self._contestant_id, status.round.id, now)
        if standing.running is None:
            return None
        return await self._service.sitting(standing.running.attempt_id)

    async def picture_sources(self, sitting: Sitting) -> dict[str, str]:
        shown = shown_on(sitting.bank, sitting.paper.items)
        return {picture.hash: address(picture) for picture in shown}

    async def band(self) -> str | None:
        return await band_of(self._service, self._service.rounds.known().rules)

    async def learning(self) -> None:
        return None


@dataclass(frozen=True)
class _AlwaysOpen(ContestDirectory):
    """A contest's files with the first round open for the next hours, in the preview's database."""

    path: Path
    now: int

    @property
    def database(self) -> Path:
        return self.preview_database

    @property
    def secrets(self) -> Path:
        return self.var / "secrets-xem-thu"

    def load(self, ruled: str | None = None) -> Contest:
        contest = super().load(ruled)
        opens = local(self.now).replace(microsecond=0)
        window = Window(opens=opens, closes=opens + PREVIEW)
        first = contest.rules.rounds[0].model_copy(update={"windows": (window,)})
        attempts = contest.rules.attempts.model_copy(update={"limit": PREVIEW_ATTEMPTS})
        practice = contest.rules.practice.model_copy(
            update={
                "bank": contest.rules.practice.bank or contest.rules.bank,
                "closed_during_rounds": False,
            }
        )
        changed = {"rounds": (first,), "attempts": attempts, "practice": practice}
        return replace(contest, rules=contest.rules.model_copy(update=changed))


class Preview:
    """The organiser's own look at the paper, drawn from the files as they are now."""

    carry_code = True

    def __init__(self, path: Path) -> None:
        self.clock: Clock = SystemClock()
        self._directory = _AlwaysOpen(path, self.clock.now())
        self._started: tuple[Service, str] | None = None
        self._learning: Learning | None = None
        self._lock = asyncio.Lock()

    async def service(self) -> Service:
        return (await self._start())[0]

    async def picture_sources(self, sitting: Sitting) -> dict[str, str]:
        """Return the pictures themselves: an ordinary kernel's page has no server of ours."""
        service, _ = await self._start()
        sources = {}
        for picture in shown_on(sitting.bank, sitting.paper.items):
            data = await service.pictures.data(picture.hash)
            if data is not None:
                sources[picture.hash] = inline(picture, data)
        return sources

    async def band(self) -> str | None:
        return "band.preview"

    async def sitting(self) -> Sitting | None:
        service, contestant_id = await self._start()
        now = self.clock.now()
        round_id = service.rounds.known().rules.rounds[0].id
        opened = await service.open_attempt(contestant_id, round_id, now)
        if opened.attempt_id is None:
            return None
        return await service.sitting(opened.attempt_id)

    async def learning(self) -> Learning:
        service, _ = await self._start()
        if self._learning is None:
            desk = PracticeDesk(service)
            begun = await desk.begin(self.clock.now())
            self._learning = Learning(desk, begun.learner_id, previews=True)
        return self._learning

    async def _start(self) -> tuple[Service, str]:
        async with self._lock:
            if self._started is None:
                store = await asyncio.to_thread(self._fresh_store)
                service = Service(self._directory, store)
                contest = await service.rounds.contest()
                now = self.clock.now()
                await service.rounds.freeze(contest.rules.rounds[0].id, now)
                fields = {"name": text("preview.name"), "phone": "0000000000"}
                unit = contest.units.leaves[0].unit_id
                group = contest.rules.groups[0].id
                registered = await service.register(contest.rules, fields, unit, group, now)
                if registered is None:
                    raise NotSignedIn("preview")
                self._started = (service, registered.contestant_id)
                self._ticking = asyncio.create_task(self._tick(service))
        return self._started

    async def _tick(self, service: Service) -> None:
        """Do what the server does every second: end attempts whose time is over."""
        while True:
            await asyncio.sleep(1)
            with contextlib.suppress(StoreUnavailable):
                await service.rounds.tick(self.clock.now())

    def _fresh_store(self) -> SqliteStore:
        database = self._directory.database
        for leftover in (database, *database.parent.glob(f"{database.name}-*")):
            leftover.unlink(missing_ok=True)
        return SqliteStore(database)
