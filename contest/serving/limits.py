"""How often something may be tried from one place."""

from __future__ import annotations

from collections import OrderedDict

MAX_PLACES = 100_000


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
