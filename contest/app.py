"""`current()`: the application and the signed-in visitor. The one way a notebook reaches anything.

On the server a context variable names them. On an ordinary ipykernel they
come from the settings: the contestant named by the kernel manager's one-time
token, or, without a token, a preview that never touches the real database.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import json
import logging
import os
import sys
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol

from tornado.web import create_signed_value, decode_signed_value

from contest.clock import Clock, SystemClock, local
from contest.directory import Contest, ContestDirectory
from contest.ids import RandomIds
from contest.messages import text
from contest.rules import Rules, Window
from contest.secret_files import secret
from contest.service import Service
from contest.settings import Settings, read_settings
from contest.sitting import Sitting
from contest.store.protocol import StoreUnavailable, UseToken
from contest.store.sqlite import SqliteStore

TOKEN_NAME = "kernel"
TOKEN_DAYS = 10 / (24 * 60)
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

    async def band(self) -> str | None:
        """Return the key of the text every page bears, such as `band.preview`, or None."""
        ...


_visitor: ContextVar[Application | None] = ContextVar("visitor", default=None)


def current() -> Application:
    """Return the application for the visitor of the running page.

    Raises
    ------
    NotSignedIn
        On the server, outside any visitor's context.
    """
    visitor = _visitor.get()
    if visitor is not None:
        return visitor
    return _from_settings()


@cache
def _from_settings() -> Application:
    # An ordinary kernel is one visitor's process, so this is not shared by anybody.
    settings = read_settings()
    if not settings.token:
        return Preview(settings.contest)
    _log_beside_the_page()
    return Visitor(settings)


def _log_beside_the_page() -> None:
    """Let logs go where the server's go: what a kernel prints would be sent to its page."""
    if logging.root.handlers:
        return
    stream = os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding="utf-8")
    logging.getLogger("Comm").setLevel(logging.ERROR)  # complains at every page that opens
    logging.basicConfig(
        stream=stream,
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )


async def band_of(service: Service, rules: Rules) -> str | None:
    """Return the key of the band that a contest's pages bear, or None for a real one."""
    if await service.is_synthetic():
        return "band.synthetic"
    return "band.sample" if rules.contest.sample else None


class Visitor:
    """A contestant in a kernel process of their own, named by a one-time token."""

    carry_code = False

    def __init__(self, settings: Settings) -> None:
        self.clock: Clock = SystemClock()
        self._settings = settings
        self._started: tuple[Service, str] | None = None
        self._lock = asyncio.Lock()

    async def service(self) -> Service:
        return (await self._start())[0]

    async def sitting(self) -> Sitting | None:
        service, contestant_id = await self._start()
        now = self.clock.now()
        status = await service.status_for(contestant_id, now)
        standing = await service.standing(contestant_id, status.round.id, now)
        if standing.running is None:
            return None
        return await service.sitting(standing.running.attempt_id)

    async def band(self) -> str | None:
        service = await self.service()
        return await band_of(service, service.rounds.known().rules)

    async def _start(self) -> tuple[Service, str]:
        async with self._lock:
            if self._started is None:
                directory = ContestDirectory(self._settings.contest)
                store = await asyncio.to_thread(SqliteStore, directory.database)
                try:
                    service = Service(directory, store)
                    await service.rounds.contest()
                    # Last of all: once it is spent, nothing may fail any more.
                    token = self._settings.token or ""
                    contestant_id = await spend_token(service, token, self.clock.now())
                except BaseException:
                    await store.close()
                    raise
                self._started = (service, contestant_id)
        return self._started


def make_token(directory: ContestDirectory, contestant_id: str) -> str:
    """Return a signed token that lets one kernel act for a contestant, once."""
    value = json.dumps({"contestant": contestant_id, "nonce": RandomIds().take(16).hex()})
    return create_signed_value(_token_secret(directory), TOKEN_NAME, value).decode()


async def spend_token(service: Service, token: str, now: int) -> str:
    """Return the contestant a token names.

    Raises
    ------
    NotSignedIn
        When it is forged, too old, or was spent before.
    """
    value = decode_signed_value(
        _token_secret(service.directory),
        TOKEN_NAME,
        token,
        max_age_days=TOKEN_DAYS,
        clock=lambda: now / 1000,
    )
    if value is None:
        raise NotSignedIn("token")
    named = json.loads(value)
    (outcome,) = await service.store.write(UseToken(named["nonce"], now))
    if outcome.result != "done":
        raise NotSignedIn("token spent")
    return named["contestant"]


def _token_secret(directory: ContestDirectory) -> bytes:
    return secret(directory.secrets, "kernel")


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

    def load(self) -> Contest:
        contest = super().load()
        opens = local(self.now).replace(microsecond=0)
        window = Window(opens=opens, closes=opens + PREVIEW)
        first = contest.rules.rounds[0].model_copy(update={"windows": (window,)})
        attempts = contest.rules.attempts.model_copy(update={"limit": PREVIEW_ATTEMPTS})
        rules = contest.rules.model_copy(update={"rounds": (first,), "attempts": attempts})
        return replace(contest, rules=rules)


class Preview:
    """The organiser's own look at the paper, drawn from the files as they are now."""

    carry_code = True

    def __init__(self, path: Path) -> None:
        self.clock: Clock = SystemClock()
        self._directory = _AlwaysOpen(path, self.clock.now())
        self._started: tuple[Service, str] | None = None
        self._lock = asyncio.Lock()

    async def service(self) -> Service:
        return (await self._start())[0]

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
