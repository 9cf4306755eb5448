"""Keeps the leaderboard's snapshot: one computation, in another process, however many look.

Nothing is computed while nobody looks.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contest.clock import Clock

log = logging.getLogger(__name__)

EVERY_SECONDS = 4.0
"""How often the rows are looked at; with `MAX_AGE_SECONDS` in a browser's cache a figure is shown
within 10 seconds."""

MAX_AGE_SECONDS = 5

SHARE = 3
"""A computation that took long is followed by a pause of so many times its length."""

LOOKED_SECONDS = 60.0
"""Without a look for so long, nothing is computed any more."""

IDLE_SECONDS = 6 * 3600.0
"""Without a look for so long, the process ends: the next one marks everything from the beginning,
which takes minutes where 75,000 attempts have ended."""

FIRST_SECONDS = 3.0
"""How long a visitor waits for figures that nobody has looked at lately."""

MAX_LINE = 256 * 1024 * 1024
MAX_PAGES = 512
"""How many made pages are kept, and how many addresses that were read."""

LONGEST_QUERY = 1000
"""Characters of an address that is kept; the page's own have fewer."""

_NICE = 10
_PROGRAM = "from contest.board.worker import main; main()"


class WorkerFailed(RuntimeError):
    """The process gave no snapshot; the message says why."""


class Worker:
    """The process, started when it is first needed."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._process: asyncio.subprocess.Process | None = None

    async def ask(self, now: int) -> dict[str, Any] | None:
        """Return a new snapshot; None where nothing has changed since the last one.

        Raises
        ------
        WorkerFailed
            Where there is none; the next try starts anew.
        """
        process = self._process or await self._start()
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps({"now": now}).encode() + b"\n")
            await process.stdin.drain()
            line = await process.stdout.readline()
        except (OSError, ValueError) as error:
            await self.close()
            raise WorkerFailed(str(error)) from error
        if not line:
            await self.close()
            raise WorkerFailed("the process ended")
        told = json.loads(line)
        if "failed" in told:
            raise WorkerFailed(told["failed"])
        return told["snapshot"]

    async def _start(self) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _PROGRAM, str(self._directory)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=MAX_LINE,
        )
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        self._process = process
        return process

    async def close(self) -> None:
        """End the process: at the end of its input it goes by itself, else by force."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@dataclass(frozen=True)
class Made:
    """A page as it is sent, and compressed."""

    etag: str
    html: bytes
    gzip: bytes


class BoardKeeper:
    """The newest snapshot and the pages made of it.

    Parameters
    ----------
    worker : Worker
    clock : Clock
    seconds : callable
        Gives seconds that never go back.

    Attributes
    ----------
    computed, made : int
        Snapshots that were new, and pages that were made, since the server started.
    """

    def __init__(
        self, worker: Worker, clock: Clock, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._worker = worker
        self._clock = clock
        self._seconds = seconds
        self._wanted = asyncio.Event()
        self._ready = asyncio.Condition()
        self._looked = self._checked = float("-inf")
        self._pages: OrderedDict[Hashable, Made] = OrderedDict()
        self._asked: OrderedDict[str, Any] = OrderedDict()
        self.snapshot: dict[str, Any] | None = None
        self.computed = self.made = 0

    async def current(self) -> dict[str, Any] | None:
        """Return the snapshot; None where there is none yet and it takes too long to wait for."""
        self._looked = self._seconds()
        self._wanted.set()
        # Somebody looked lately: then it is as new as it can be.
        if self.snapshot is None or self._checked < self._looked - LOOKED_SECONDS:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._next_check(), FIRST_SECONDS)
        return self.snapshot

    async def _next_check(self) -> None:
        before = self._checked
        async with self._ready:
            await self._ready.wait_for(lambda: self._checked > before)

    async def run(self) -> None:
        """Look at the rows again and again while somebody looks at the board."""
        try:
            while True:
                await self._pause()
                began = self._seconds()
                try:
                    await self.check()
                except WorkerFailed as error:
                    log.warning("leaderboard: %s", error)
                except Exception:
                    log.exception("leaderboard failed")
                await asyncio.sleep(max(EVERY_SECONDS, SHARE * (self._seconds() - began)))
        finally:
            await self._worker.close()

    async def _pause(self) -> None:
        """Wait until somebody looks; after long without, end the process."""
        if self._seconds() - self._looked > LOOKED_SECONDS:
            self._wanted.clear()
            try:
                await asyncio.wait_for(self._wanted.wait(), IDLE_SECONDS - LOOKED_SECONDS)
            except TimeoutError:
                await self._worker.close()
        await self._wanted.wait()

    async def check(self) -> None:
        """Take the worker's snapshot where it is a new one; its pages are made when asked for."""
        found = await self._worker.ask(self._clock.now())
        if found is not None and (
            self.snapshot is None or found["version"] != self.snapshot["version"]
        ):
            self.snapshot = found
            self._pages.clear()
            self._asked.clear()
            self.computed += 1
        self._checked = self._seconds()
        async with self._ready:
            self._ready.notify_all()

    def asked(self, query: str, read: Callable[[], Hashable]) -> Any:
        """Return what an address asks of the present snapshot, read by whoever asks first."""
        return _kept(self._asked, query, read) if len(query) <= LONGEST_QUERY else read()

    def page(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return a page of the present snapshot, made by whoever asks for it first."""
        return _kept(self._pages, key, lambda: self._counted(make))

    def _counted(self, make: Callable[[], Made]) -> Made:
        self.made += 1
        return make()


def _kept(kept: OrderedDict[Any, Any], key: Hashable, make: Callable[[], Any]) -> Any:
    """Return what is kept by this key, made if it isn't there; the oldest of too many goes."""
    found = kept.get(key)
    if found is None:
        found = kept[key] = make()
        if len(kept) > MAX_PAGES:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return found
