"""A token bucket: how much may be done at once, and how much for long."""

from __future__ import annotations


class Bucket:
    """Tokens: `burst` at once, `rate` a second; times in seconds of any clock."""

    __slots__ = ("_burst", "_rate", "_then", "_tokens")

    def __init__(self, rate: float, burst: int, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = float(burst)
        self._then = now

    def take(self, now: float) -> bool:
        """Take a token; False where there is none."""
        self._tokens = min(self._burst, self._tokens + (now - self._then) * self._rate)
        self._then = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
