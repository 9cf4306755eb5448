"""How often something may be tried from one place."""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Callable

from contest.serving.virtual.bucket import Bucket
from contest.settings import ServerSettings

MAX_PLACES = 100_000


class AddressLimits:
    """What one address may take: requests a second, open pages.

    Parameters
    ----------
    limits : ServerSettings
    now : callable
        Gives seconds that never go back.
    """

    def __init__(self, limits: ServerSettings, now: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._now = now
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._sockets: Counter[str] = Counter()

    def may_ask(self, address: str) -> bool:
        """Count a request; False where the address has asked for too much."""
        now = self._now()
        bucket = self._buckets.get(address)
        if bucket is None:
            rate, burst = self._limits.address_rate, self._limits.address_burst
            bucket = self._buckets[address] = Bucket(rate, burst, now)
            if len(self._buckets) > MAX_PLACES:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(address)
        return bucket.take(now)

    def may_connect(self, address: str) -> bool:
        """Return whether the address may open one page more."""
        return self._sockets[address] < self._limits.address_sockets

    def connected(self, address: str) -> None:
        """Count an open page."""
        self._sockets[address] += 1

    def disconnected(self, address: str) -> None:
        """Forget an open page."""
        self._sockets[address] -= 1
        if self._sockets[address] <= 0:
            del self._sockets[address]


class TryLimit:
    """At most `tries` within `window` milliseconds for each place.

    Kept in memory: a restart forgets it, which costs an attacker more time than it gives.
    """

    def __init__(self, tries: int, window: int) -> None:
        self.tries = tries
        self.window = window
        self._tried: OrderedDict[str, list[int]] = OrderedDict()

    def left(self, place: str, now: int) -> int:
        """Return how many tries `place` has left."""
        return self.tries - len(self._recent(place, now))

    def wait(self, place: str, now: int) -> int:
        """Return the milliseconds until `place` may try again; 0 when it may now."""
        recent = self._recent(place, now)
        return 0 if len(recent) < self.tries else recent[0] + self.window - now

    def count(self, place: str, now: int) -> None:
        """Count a failed try."""
        recent = self._recent(place, now)
        recent.append(now)
        self._tried[place] = recent
        self._tried.move_to_end(place)
        while len(self._tried) > MAX_PLACES:
            self._tried.popitem(last=False)

    def _recent(self, place: str, now: int) -> list[int]:
        return [at for at in self._tried.get(place, []) if now - at < self.window]
