"""What a server does beside its contest: scheduled backups, forgetting people on their day, and
wiping a rehearsal before a round opens.

A backup is made and checked by a process of its own, so that nobody's page waits for it. Where
one fails, the log, `/healthz` and `/metrics` say so, and the contest goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import logging
import os
import re
import shutil
import signal
import sys
from pathlib import Path

from contest.clock import Clock, local
from contest.frozen import SERVER
from contest.keeping.personal import due, purge
from contest.keeping.places import places_with_names
from contest.rehearsal.folder import RehearsalFolder
from contest.rehearsal.model import time_left
from contest.rules import ZONE, to_ms
from contest.service import Service
from contest.settings import ServerSettings
from contest.store.protocol import StoreUnavailable

log = logging.getLogger(__name__)

TURN_SECONDS = 30.0
RETRY_MS = 10 * 60_000
"""After a failure the next try comes this soon, or at the usual time where that is sooner."""

_NAME = re.compile(r"timhieu-(\d{8}-\d{6})\.zip")
_STAMP = "%Y%m%d-%H%M%S"
_PROGRAM = "from contest.cli import main; main()"
_NICE = 10


class Chores:
    """The chores of one server.

    Attributes
    ----------
    made, failures : int
        Backups that were made, and that failed, since the server started.
    failed : bool
        Whether the last one failed.
    newest : int or None
        When the newest scheduled backup was made, milliseconds UTC; None: there is none.
    """

    def __init__(self, service: Service, clock: Clock, limits: ServerSettings) -> None:
        self._service = service
        self._clock = clock
        self._folder = limits.backup_folder
        self._every = limits.backup_minutes * 60_000
        self._keep = limits.backup_keep
        self._next: int | None = None
        self.made = self.failures = 0
        self.failed = False
        self.newest: int | None = None

    async def run(self) -> None:
        """Do what is due, again and again, until cancelled."""
        while True:
            try:
                await self.turn()
            except StoreUnavailable as error:
                log.warning("chores: %s", error)
            except Exception:
                log.exception("chores failed")
            await asyncio.sleep(TURN_SECONDS)

    async def turn(self) -> None:
        """Forget whose day has come; make a backup where it is time for one.

        What is left of a rehearsal goes first.
        """
        now = self._clock.now()
        await self._wipe_rehearsal(now)
        forgotten = await self._purge(now)
        if self._folder is None:
            return
        if self._next is None:
            self.newest = await asyncio.to_thread(_newest, self._folder)
            self._next = now if self.newest is None else self.newest + self._every
        if (forgotten or now >= self._next) and await self._back_up(self._folder, now):
            # The older ones hold whoever has just been forgotten.
            await asyncio.to_thread(_prune, self._folder, 1 if forgotten else self._keep)

    async def _wipe_rehearsal(self, now: int) -> None:
        """Nothing of a rehearsal is there any more once a round is open, or about to open."""
        folder = RehearsalFolder(self._service.directory)
        if await asyncio.to_thread(lambda: folder.exists):
            rounds = await self._service.rounds.all(now)
            if time_left(rounds, now) == 0 and await asyncio.to_thread(folder.wipe):
                log.warning("a round is open or about to open: the rehearsal is wiped")

    async def _purge(self, now: int) -> int:
        found = await due(self._service, now)
        if not found.consents and not found.claims:
            return 0
        people = await purge(
            self._service, found.consents, SERVER, now, claims=bool(found.claims)
        )  # fmt: skip
        log.info("the data of %d people are erased: their day has come", people)
        for place in await asyncio.to_thread(places_with_names, self._service.directory):
            log.warning("names are left in %s: delete it, or grade anew", place)
        return people

    async def _back_up(self, folder: Path, now: int) -> bool:
        await asyncio.to_thread(_sweep, folder)
        target = folder / f"timhieu-{local(now):{_STAMP}}.zip"
        said = await _in_another_process(self._service.directory.path, target)
        self.failed = said is not None
        if said is not None:
            self.failures += 1
            self._next = now + min(self._every, RETRY_MS)
            log.error("backup failed: %s", said)
            return False
        self.made += 1
        self.newest = now
        self._next = now + self._every
        return True


async def _in_another_process(directory: Path, target: Path) -> str | None:
    """Run `timhieu backup`; return what it said where it failed, else None."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _PROGRAM, "backup", str(directory), "--to", str(target)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        _, said = await process.communicate()
    except asyncio.CancelledError:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)  # it takes its half-made files away
        raise
    if process.returncode == 0:
        return None
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"exit {process.returncode}"


def _made(folder: Path) -> list[Path]:
    """Return the scheduled backups, the oldest first: nothing else in the folder is touched."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))


def _newest(folder: Path) -> int | None:
    made = _made(folder)
    if not made:
        return None
    day, _, clock = made[-1].stem.removeprefix("timhieu-").partition("-")
    return to_ms(datetime.datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE))


def _prune(folder: Path, keep: int) -> None:
    for path in _made(folder)[:-keep]:
        path.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Take away what a backup left that was killed half-made: it holds everybody's data."""
    for path in folder.glob(".timhieu-*.zip-*"):
        shutil.rmtree(path, ignore_errors=True)
