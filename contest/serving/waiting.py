"""The waiting page: no room now, and a page that comes back by itself, not all at once."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from contest.serving.messages import text

if TYPE_CHECKING:
    from contest.serving.page import PlainErrors

WAIT_SECONDS = (15, 45)
"""Between these, each by itself: those who wait must not all come back in the same second."""


def wait(handler: PlainErrors) -> None:
    """Answer 503 with a page that asks again by itself after a while of its own."""
    seconds = random.randint(*WAIT_SECONDS)
    handler.waiting = True
    handler.set_status(503)
    handler.set_header("Retry-After", str(seconds))
    handler.set_header("Refresh", str(seconds))  # works without script
    handler.message(text("wait.title"), text("wait.body", giay=seconds))
