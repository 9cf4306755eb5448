"""Three people who sit the first round of the small contest."""

from __future__ import annotations

from contest.service import Service
from tests.factories import MINUTE, OPENS, begin, page, right_positions


async def sit(service: Service, number: int, *, right: int, submit: bool = True) -> None:
    """Let a person answer `right` questions rightly, and hand in."""
    at = OPENS + number * MINUTE
    sitting = await begin(service, number, at=at)
    await sitting.take_pen(page(number), at)
    for q in range(1, right + 1):
        await sitting.answer(1, q, q, right_positions(sitting, q), at + q * 1000)
    if submit:
        await sitting.submit(1, 90, at + 5 * MINUTE)


async def three_people(service: Service) -> None:
    """Six right; four right; two right and never handed in."""
    await sit(service, 1, right=6)
    await sit(service, 2, right=4)
    await sit(service, 3, right=2, submit=False)
