"""A mock paper as the paper's page sees it: another sitting, and a band that says so."""

from __future__ import annotations

from contest.app import Application
from contest.practice.visitor import MOCK_BAND, Learning
from contest.service import Service
from contest.sitting import Sitting


class MockPaper:
    """The visitor's application, with the mock paper for a sitting."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self.clock = app.clock
        self.carry_code = app.carry_code

    async def service(self) -> Service:
        return await self._app.service()

    async def learning(self) -> Learning | None:
        return await self._app.learning()

    async def sitting(self) -> Sitting | None:
        learning = await self._app.learning()
        return await learning.mock(self.clock.now()) if learning else None

    async def picture_sources(self, sitting: Sitting) -> dict[str, str]:
        learning = await self._app.learning()
        return await learning.picture_sources(sitting, self.clock.now()) if learning else {}

    async def band(self) -> str | None:
        return MOCK_BAND
