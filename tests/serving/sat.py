"""Papers that were sat before a test, through the service and beside the running server."""

from __future__ import annotations

from dataclasses import dataclass

from contest.clock import SystemClock
from contest.directory import ContestDirectory
from contest.ids import RandomIds
from tests.factories import MINUTE, fields, opened, page, right_positions
from tests.serving.server import apart


@dataclass(frozen=True)
class Sat:
    """An attempt that was sat before the test: its codes, and what it amounts to."""

    number: int
    code: str
    receipt: str
    attempt_id: str
    handed_in: int  # when `submit` ends it; a paper that ends otherwise isn't handed in then


async def _sit(
    directory: ContestDirectory, number: int, *, right: int, end: str, started: int
) -> Sat:
    handed_in = started + 8 * MINUTE + 8_000
    async with opened(directory, at=started, ids=RandomIds()) as service:
        rules = service.rounds.known().rules
        registered = await service.register(rules, fields(number), "dv-1", "chung", started)
        assert registered is not None
        attempt = await service.open_attempt(registered.contestant_id, "ky-1", started)
        sitting = await service.sitting(attempt.attempt_id or "")
        assert sitting is not None
        pen = await sitting.take_pen(page(number), started)
        for q in range(1, right + 1):
            await sitting.answer(pen, q, q, right_positions(sitting, q), started + q * 1000)
        await sitting.predict(pen, 90, "12.345", started + 90_000)
        if end == "submit":
            await sitting.submit(pen, 91, handed_in)
        elif end == "extra":
            await service.grant_time(
                sitting.attempt_id, 3 * 24 * 60, "máy hỏng", "Thư ký mẫu", started + MINUTE
            )
        code = registered.code
        return Sat(number, code, sitting.record.receipt, sitting.attempt_id, handed_in)


def sit(directory: ContestDirectory, number: int, *, right: int = 4, end: str = "submit") -> Sat:
    """Sit a paper, begun half an hour ago, with the first `right` questions right."""
    started = SystemClock().now() - 30 * MINUTE
    return apart(_sit(directory, number, right=right, end=end, started=started))
