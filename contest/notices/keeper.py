"""The notices of a contest as a process knows them, and how they are written.

What another process has written is seen with the next tick, as are notices whose time begins or
ends; whoever watches is woken then.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection

from contest.notices.model import MOST, BadNotice, Notice, checked, read_notices, shown
from contest.store.commands import NOTICE, NOTICE_KINDS, NOTICE_WITHDRAWN, Action, RecordAction
from contest.store.protocol import Store


class Notices:
    """The notices over one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read = 0
        self._all: list[Notice] = []
        self._held: list[Notice] = []
        self._watching: set[asyncio.Event] = set()

    async def all(self) -> list[Notice]:
        """Return every notice there has been, in order."""
        count = await self._store.count_actions(*NOTICE_KINDS)
        if count != self._read:
            self._all = read_notices(await self._store.actions(*NOTICE_KINDS))
            self._read = count
        return self._all

    async def tick(self, now: int) -> None:
        """Look for what is new, and wake whoever watches where other notices hold at `now`."""
        held = [one for one in await self.all() if one.holds(now)]
        if held != self._held:
            self._held = held
            for event in self._watching:
                event.set()

    def shown(self, rounds: Collection[str], now: int) -> list[Notice]:
        """Return what a page about these rounds shows, as far as the last tick knew."""
        return shown(self._all, rounds, now)

    async def watch(self) -> AsyncIterator[None]:
        """Yield whenever other notices hold than before, until closed."""
        event = asyncio.Event()
        self._watching.add(event)
        try:
            while True:
                await event.wait()
                event.clear()
                yield
        finally:
            self._watching.discard(event)

    async def write(
        self,
        text: str,
        kind: str,
        round_id: str | None,
        starts: int,
        ends: int | None,
        *,
        by: str,
        now: int,
    ) -> Notice:
        """Write a notice; times are ms UTC, `ends` None: until it is withdrawn.

        Raises
        ------
        BadNotice
            With everything that is wrong with it, or where there are too many already.
        """
        body = checked(text, kind, round_id, starts, ends, now)
        if len([one for one in await self.all() if one.stands(now)]) >= MOST:
            raise BadNotice(("too_many", {"most": MOST}))
        await self._store.write(RecordAction(Action(now, by, NOTICE, round_id or "", body)))
        mine = [one for one in await self.all() if (one.text, one.by) == (body["text"], by)]
        return mine[-1]

    async def withdraw(self, number: int, *, by: str, now: int) -> Notice:
        """Take a notice off all pages; BadNotice where there is none, or it is gone already."""
        found = await self.all()
        if not 1 <= number <= len(found):
            raise BadNotice(("unknown", {"n": number}))
        if found[number - 1].withdrawn is not None:
            raise BadNotice(("gone", {"n": number}))
        await self._store.write(RecordAction(Action(now, by, NOTICE_WITHDRAWN, str(number))))
        return (await self.all())[number - 1]
