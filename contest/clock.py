"""The only place that reads the clock. Everything else is given the time."""

from __future__ import annotations

import datetime
import time
from typing import Protocol

from contest.rules import ZONE


class Clock(Protocol):
    """Something that knows the time, in milliseconds UTC."""

    def now(self) -> int:
        """Return milliseconds since 1970-01-01 UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000


class ManualClock:
    """A clock that stands still until it is moved; for simulations and tests."""

    def __init__(self, now: int) -> None:
        self._now = now

    def now(self) -> int:
        return self._now

    def move_to(self, now: int) -> None:
        """Set the time; a clock never goes backwards (ValueError)."""
        if now < self._now:
            raise ValueError(f"clock would go back by {self._now - now} ms")
        self._now = now


def stamp() -> str:
    """Return the machine's time in UTC as ISO 8601 text, for messages that bear one."""
    return datetime.datetime.now(datetime.UTC).isoformat()


def local(ms: int) -> datetime.datetime:
    """Return the Vietnamese time of `ms` (milliseconds UTC), aware."""
    return datetime.datetime.fromtimestamp(ms / 1000, tz=ZONE)
