"""Who practises, as the pages see it: a learner on the server, or whoever looks at a preview."""

from __future__ import annotations

from dataclasses import dataclass

from contest.clock import Clock
from contest.practice.desk import PracticeDesk
from contest.service import Service
from contest.sitting import Sitting

MOCK_BAND = "band.mock"


@dataclass(frozen=True)
class Learning:
    """A learner at the desk.

    Attributes
    ----------
    previews : bool
        Whether this is an organiser's own look, where a mock paper begins by itself.
    """

    desk: PracticeDesk
    learner_id: str
    previews: bool = False

    async def mock(self, now: int) -> Sitting | None:
        """Return the mock paper that is running."""
        if self.previews:
            await self.desk.open_mock(self.learner_id, now)
        return await self.desk.running_mock(self.learner_id, now)

    async def picture_sources(self, sitting: Sitting, now: int) -> dict[str, str]:
        """Return the pictures of a mock paper themselves, by their hash."""
        return await self.desk.pictures_of(sitting.bank, sitting.paper, now)


class LearnerVisitor:
    """A learner on the server: one object per page. What they sit is a mock paper."""

    carry_code = False

    def __init__(self, service: Service, clock: Clock, desk: PracticeDesk, learner_id: str) -> None:
        self.clock = clock
        self._service = service
        self._learning = Learning(desk, learner_id)

    async def service(self) -> Service:
        return self._service

    async def learning(self) -> Learning:
        return self._learning

    async def sitting(self) -> Sitting | None:
        return await self._learning.mock(self.clock.now())

    async def picture_sources(self, sitting: Sitting) -> dict[str, str]:
        return await self._learning.picture_sources(sitting, self.clock.now())

    async def band(self) -> str | None:
        return MOCK_BAND
