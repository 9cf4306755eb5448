"""The receipt as its owner opens it."""

from __future__ import annotations

from tests.serving.sat import Sat
from tests.serving.server import Server
from tests.serving.visitor import Answer, Visitor


def owner(server: Server, sat: Sat) -> Visitor:
    """Return the contestant's own browser."""
    visitor = Visitor(server.url)
    assert visitor.post("/tiep-tuc", ma=sat.code).status == 303
    return visitor


def receipt(visitor: Visitor, sat: Sat) -> Answer:
    """Open the receipt's page."""
    answer = visitor.get(f"/bien-nhan/{sat.receipt}")
    assert answer.status == 200
    return answer
