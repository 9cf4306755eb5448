"""An attempt kept in memory: what a rival that stores nothing is measured with.

It does less than the kit's own `Sitting`, in the rival's favour: no transaction, chain or disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

from contest.attempt import Head, State
from contest.clock import SystemClock
from contest.draw import Paper
from contest.frozen import FrozenRound
from contest.ids import RandomIds, new_id
from contest.replay import Replay
from contest.sitting import Answered

HOUR = 3_600_000


class MemorySitting:
    """An attempt as the paper's widget uses it; answers lie in a dictionary."""

    def __init__(self, frozen: FrozenRound, now: int) -> None:
        self.changed = asyncio.Event()
        self.frozen = frozen
        self.bank = frozen.bank
        self.attempt_id = new_id(RandomIds(), "lt")
        self.deadline = now + HOUR
        self.record = SimpleNamespace(receipt="")
        self._replay = Replay(state=State.RUNNING, started_at=now)
        self._page = ""

    @property
    def paper(self) -> Paper:
        """The paper of the attempt."""
        return self.frozen.paper(self.attempt_id, self.frozen.rules.groups[0].id)

    async def refresh(self) -> None:
        """Do nothing: nobody grants time here."""

    async def expire(self, now: int) -> bool:  # noqa: ARG002
        """Never end by itself."""
        return False

    async def is_running(self, now: int) -> bool:
        """Return whether the attempt takes answers."""
        return self._replay.state is State.RUNNING and now < self.deadline

    async def takes_answers(self, now: int) -> bool:
        """Return whether its time isn't over."""
        return now < self.deadline

    async def head(self) -> Head:
        """Return the attempt's head."""
        return Head(self._replay.state, 1, "", self._replay.pen, self._page)

    async def replay(self) -> Replay:
        """Return what was answered so far."""
        return self._replay

    async def take_pen(self, page: str, at: int) -> int:  # noqa: ARG002
        """Grant the pen; the receipt names the page, so that a bench sees whose it is."""
        self._replay.pen += 1
        self._page = self.record.receipt = page
        return self._replay.pen

    async def answer(
        self, _pen: Any, _sequence: Any, q: int, chosen: list[int], at: int
    ) -> Answered:
        """Keep the options chosen."""
        item = self.paper.item(q)
        self._replay.responses[item.question.id] = item.ids_at(chosen)
        return Answered("saved", at)

    async def submit(self, _pen: Any, _sequence: Any, at: int) -> Answered:
        """End the attempt."""
        self._replay.state = State.SUBMITTED
        self._replay.submitted_at = at
        self.changed.set()
        return Answered("saved", at)


class MemoryApplication:
    """What the paper's widget needs of an application, without a store."""

    carry_code = True

    def __init__(self, frozen: FrozenRound) -> None:
        self.clock = SystemClock()
        self._frozen = frozen
        self._sitting: MemorySitting | None = None

    async def sitting(self) -> MemorySitting:
        """Return the visitor's attempt."""
        if self._sitting is None:
            self._sitting = MemorySitting(self._frozen, self.clock.now())
        return self._sitting

    async def service(self) -> MemoryApplication:
        """Return something that can be watched."""
        return self

    async def watch(self, *_: object) -> AsyncIterator[None]:
        """Yield now, and once more when the paper is handed in."""
        yield None
        await (await self.sitting()).changed.wait()
        yield None

    async def picture_sources(self, _sitting: MemorySitting) -> dict[str, str]:
        """Return none: what is measured is the widget."""
        return {}

    async def band(self) -> str:
        """Return the band of previews."""
        return "band.preview"
