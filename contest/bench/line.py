"""A page's websocket to its kernel: sends, listens, and looks at every frame for others' marks."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

import aiohttp

from contest.bench.contestants import CANARY
from contest.bench.wire import V1, WIDGETS_VERSION, header, legacy_frame, v1_frame

_BYTES = re.compile(rb"%s[0-9a-f]{26}" % CANARY.encode())
_TEXT = re.compile(rf"{CANARY}[0-9a-f]{{26}}")
MAX_FRAME = 16 * 1024 * 1024


class Failed(RuntimeError):
    """A visit that didn't go as it should; the message names the step."""


class Line:
    """A connected websocket.

    Parameters
    ----------
    canary : str
        The contestant's mark; frames that bear another's are counted in `mixed_up`.
    hear : callable
        Gets every frame.
    lost : callable
        Called once when the server or the network ends the connection.
    """

    def __init__(
        self, canary: str, hear: Callable[[str | bytes], object], lost: Callable[[], object]
    ) -> None:
        self.mixed_up = 0
        self.v1 = False
        self._canary = canary
        self._canary_bytes = canary.encode()
        self._hear = hear
        self._lost = lost
        self._number = 0
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reading: asyncio.Task[None] | None = None

    async def connect(
        self, http: aiohttp.ClientSession, url: str, cookies: str, *, legacy: bool = False
    ) -> None:
        """Connect; Failed where the server refuses."""
        protocols = () if legacy else (V1,)
        try:
            self._socket = await http.ws_connect(
                url,
                headers={"Cookie": cookies},
                protocols=protocols,
                compress=0,  # off in every rival: its context costs memory per connection
                max_msg_size=MAX_FRAME,
                heartbeat=None,
            )
        except aiohttp.ClientError as error:
            raise Failed(f"socket: {error}") from None
        self.v1 = self._socket.protocol == V1
        self._reading = asyncio.create_task(self._read(self._socket))

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            frame = message.data
            self.check(frame)
            self._hear(frame)
        self._lost()

    def check(self, frame: str | bytes) -> None:
        """Count the marks of others in a frame."""
        if isinstance(frame, bytes):
            for found in _BYTES.findall(frame):
                self.mixed_up += found != self._canary_bytes
        else:
            for found in _TEXT.findall(frame):
                self.mixed_up += found != self._canary

    async def send(self, msg_type: str, content: dict[str, Any]) -> None:
        """Send a message on the shell channel; Failed where the connection is gone."""
        if self._socket is None or self._socket.closed:
            raise Failed("socket closed")
        self._number += 1
        head = header(msg_type, self._canary, self._number)
        body = json.dumps(content, separators=(",", ":")).encode()
        metadata = WIDGETS_VERSION if msg_type == "comm_open" else b"{}"
        try:
            if self.v1:
                await self._socket.send_bytes(v1_frame(head, body, metadata))
            else:
                await self._socket.send_str(legacy_frame(head, body, metadata))
        except ConnectionError as error:
            raise Failed(f"socket: {error}") from None

    async def close(self) -> None:
        """Hang up."""
        if self._reading is not None:
            self._reading.cancel()
        if self._socket is not None:
            await self._socket.close()
