"""The server of a rehearsal: the real pages, until a real round is near or its folder is gone."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from contest.serving.application import ContestServer
from contest.settings import ServerSettings, read_server_settings


class RehearsalServer(ContestServer):
    """Serves the directory of a rehearsal; the real contest's backups and figures are left alone.

    Attributes
    ----------
    goes_on : callable
        Now (ms UTC) -> whether the rehearsal may go on; asked every second, may block.
    """

    rehearses: ClassVar[bool] = True
    goes_on: ClassVar[Callable[[int], bool]]

    @classmethod
    def settings(cls) -> ServerSettings:
        return replace(read_server_settings(), backup_folder=None, metrics="")

    async def turn(self) -> None:
        if await asyncio.to_thread(type(self).goes_on, self.shared.clock.now()):
            await super().turn()
        else:
            signal.raise_signal(signal.SIGTERM)
