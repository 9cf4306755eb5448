"""Telling a page that its attempt has changed elsewhere.

Within a process at once, by a signal; across processes by one poll a second
for all attempts that are being watched. `service.watch` is all a page sees.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator

from contest.attempt import Head
from contest.store.protocol import Store, StoreUnavailable

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0


class Watcher:
    """The attempts that pages of this process look at."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._watched: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._seen: dict[str, tuple[Head, int]] = {}
        self._poll_task: asyncio.Task[None] | None = None

    def signal(self, attempt_id: str) -> None:
        """Wake whoever watches this attempt; costs nothing when nobody does."""
        for event in self._watched.get(attempt_id, ()):
            event.set()

    async def watch(self, attempt_id: str) -> AsyncIterator[None]:
        """Yield once now, and whenever the attempt may have changed, until closed."""
        event = asyncio.Event()
        event.set()
        self._watched[attempt_id].add(event)
        self._start()
        try:
            while True:
                await event.wait()
                event.clear()
                yield
        finally:
            self._watched[attempt_id].discard(event)
            if not self._watched[attempt_id]:
                del self._watched[attempt_id]
                self._seen.pop(attempt_id, None)

    def _start(self) -> None:
        if self._poll_task is None or self._poll_task.done():
            self._poll_task = asyncio.create_task(self._poll())

    async def _poll(self) -> None:
        while self._watched:
            await asyncio.sleep(POLL_SECONDS)
            try:
                await self.poll_once()
            except Exception:  # the pages' only way to hear of other processes must live on
                log.exception("poll failed")

    async def poll_once(self) -> None:
        """Signal the watched attempts that another process has written to, or granted time."""
        with contextlib.suppress(StoreUnavailable):
            heads = await self._store.heads(list(self._watched))
            granted = await self._store.extra_time()
            for attempt_id, head in heads.items():
                state = (head, granted.get(attempt_id, 0))
                # The first sight counts as a change: it may have happened before.
                if attempt_id in self._watched and self._seen.get(attempt_id) != state:
                    self._seen[attempt_id] = state
                    self.signal(attempt_id)
