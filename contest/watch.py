"""Telling a page that its attempt has changed elsewhere.

Within a process at once, by a signal; across processes by one poll a second
for all attempts that are being watched. `service.watch` is all a page sees.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import logging
from collections import defaultdict
from collections.abc import AsyncIterator

from contest.store.protocol import Store, StoreUnavailable

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
MARGIN_MS = 15_000
"""A row may become visible this long after the time it bears: its writer waits for the lock."""


class Watcher:
    """The attempts that pages of this process look at."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._watched: defaultdict[str, dict[asyncio.Event, object]] = defaultdict(dict)
        self._turns: dict[str, int] = {}
        self._granted: dict[str, int] = {}
        self._since = 0
        self._poll_task: asyncio.Task[None] | None = None

    def signal(self, attempt_id: str, by: object = None) -> None:
        """Wake whoever watches this attempt, but for `by`; costs nothing when nobody does."""
        for event, who in self._watched.get(attempt_id, {}).items():
            if who is None or who is not by:
                event.set()

    def knows(self, attempt_id: str, n: int) -> None:
        """Note that whoever watches has been told of turn `n`: the next poll needn't."""
        if attempt_id in self._watched:
            self._turns[attempt_id] = n

    async def watch(self, attempt_id: str, who: object = None) -> AsyncIterator[None]:
        """Yield once now, and whenever the attempt may have changed, until closed."""
        event = asyncio.Event()
        event.set()
        self._watched[attempt_id][event] = who
        self._start()
        try:
            while True:
                await event.wait()
                event.clear()
                yield
        finally:
            self._watched[attempt_id].pop(event)
            if not self._watched[attempt_id]:
                del self._watched[attempt_id]
                self._turns.pop(attempt_id, None)
                self._granted.pop(attempt_id, None)

    def _start(self) -> None:
        if self._poll_task is None or self._poll_task.done():
            # Not in the context of the visitor who happens to be the first to watch.
            nobody = contextvars.Context()
            loop = asyncio.get_running_loop()
            self._poll_task = loop.create_task(self._poll(), context=nobody)

    async def _poll(self) -> None:
        while self._watched:
            await asyncio.sleep(POLL_SECONDS)
            try:
                await self.poll_once()
            except Exception:  # the pages' only way to hear of other processes must live on
                log.exception("poll failed")

    async def poll_once(self) -> None:
        """Signal the watched attempts that another process has written to, or granted time.

        Only rows that change hands are asked for (a pen, an end), and only the newest: the
        cost is that of what has happened, however many attempts are watched.
        """
        with contextlib.suppress(StoreUnavailable):
            if not self._since:
                self._since = await self._store.last_turn()
            turns = await self._store.turns(self._since - MARGIN_MS)
            granted = await self._store.extra_time()
            for turn in turns:
                self._since = max(self._since, turn.at)
                self._compare(self._turns, turn.attempt_id, turn.n)
            for attempt_id, ms in granted.items():
                self._compare(self._granted, attempt_id, ms)

    def _compare(self, seen: dict[str, int], attempt_id: str, state: int) -> None:
        # The first sight counts as a change: it may have happened before.
        if attempt_id in self._watched and seen.get(attempt_id) != state:
            seen[attempt_id] = state
            self.signal(attempt_id)
