"""Times and durations in Vietnamese words, for the pages."""

from __future__ import annotations

from contest.clock import local
from contest.serving.messages import text


def moment(ms: int, *, seconds: bool = False) -> str:
    """Return `21:00 ngày 22/12/2026`."""
    at = local(ms)
    clock = f"{at.hour}:{at:%M:%S}" if seconds else f"{at.hour}:{at:%M}"
    return text("time.moment", gio=clock, ngay=day(ms))


def day(ms: int) -> str:
    """Return `22/12/2026`."""
    at = local(ms)
    return f"{at.day}/{at.month}/{at.year}"


def duration(ms: int) -> str:
    """Return a length of time in its two largest units: `2 ngày 4 giờ`, `16 phút 8 giây`."""
    seconds = max(0, ms // 1000)
    parts = []
    for name, size in (("days", 86_400), ("hours", 3600), ("minutes", 60), ("seconds", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(text(f"time.{name}", n=count))
        elif parts:
            break
    return " ".join(parts[:2]) or text("time.seconds", n=0)


def clock_left(ms: int) -> str:
    """Return `12:34`."""
    minutes, seconds = divmod(max(0, ms // 1000), 60)
    return f"{minutes}:{seconds:02}"
