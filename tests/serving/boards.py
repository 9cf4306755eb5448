"""The leaderboard's page as soon as it is there."""

from __future__ import annotations

from tests.serving.server import Server, until
from tests.serving.visitor import Answer, Visitor

BOARD = "/bang-xep-hang"

WAIT = 150
"""Seconds for the process to start on a machine that has much else to do."""


def board(server: Server, path: str = BOARD, **headers: str) -> Answer:
    """Return a page as soon as the board is there."""
    visitor = Visitor(server.url)

    def there() -> Answer | None:
        answer = visitor.send("GET", path, headers=headers)
        return None if answer.status == 503 else answer

    found = until(there, WAIT, path)
    assert found is not None
    return found
