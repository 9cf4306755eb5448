"""What goes over the line between browser and server: every body, every frame, both ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Response, WebSocket

LOST = b"not recorded: "
"""What stands for a body that the browser had thrown away already."""


@dataclass
class Wire:
    """Everything that a browser context received and sent, in order.

    `received` holds path and content of every answer, headers and body apart.
    """

    received: list[tuple[str, bytes]] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    frames_in: list[bytes] = field(default_factory=list)
    frames_out: list[bytes] = field(default_factory=list)
    sockets: int = 0
    _responses: list[Response] = field(default_factory=list)

    @classmethod
    def tap(cls, context: BrowserContext) -> Wire:
        """Record a context from now on; call `settle` before reading the bodies."""
        wire = cls()
        context.on("response", lambda response: wire._responses.append(response))
        context.on("page", lambda page: page.on("websocket", lambda one: wire._socket(one)))
        return wire

    def _socket(self, socket: WebSocket) -> None:
        self.sockets += 1
        socket.on("framereceived", lambda payload: self.frames_in.append(_bytes(payload)))
        socket.on("framesent", lambda payload: self.frames_out.append(_bytes(payload)))

    def settle(self) -> None:
        """Fetch the bodies of what has come so far: addresses, headers, contents."""
        responses, self._responses[:] = list(self._responses), []
        for response in responses:
            request = response.request
            path = urlsplit(request.url).path
            head = json.dumps(response.all_headers(), ensure_ascii=False).encode()
            self.received.append((path, head))
            if not 300 <= response.status < 400:
                self.received.append((path, _body(response)))
            self.sent.append(request.url.encode() + b" " + (request.post_data_buffer or b""))

    def told(self, kind: str | None = None) -> list[dict[str, Any]]:
        """Return the widget messages that came, of one kind or all."""
        return [one for one in _custom(self.frames_in) if kind in (None, one.get("t"))]

    def said(self, kind: str | None = None) -> list[dict[str, Any]]:
        """Return the widget messages that the page sent."""
        return [one for one in _custom(self.frames_out) if kind in (None, one.get("t"))]

    def acknowledged(self) -> list[dict[str, Any]]:
        """Return the messages of the page that were acknowledged."""
        acked = {(one["pen"], one["seq"]) for one in self.told("ack")}
        return [one for one in self.said() if (one.get("pen"), one.get("seq")) in acked]

    def all_acknowledged(self) -> bool:
        """Return whether every numbered message has its acknowledgement."""
        acked = {(one["pen"], one["seq"]) for one in self.told("ack")}
        sent = {(one["pen"], one["seq"]) for one in self.said() if "seq" in one}
        return sent <= acked


def _bytes(payload: bytes | str) -> bytes:
    return payload if isinstance(payload, bytes) else payload.encode()


def _body(response: Response) -> bytes:
    try:
        return response.body()
    except Exception as error:  # the page has gone on meanwhile; its next one is recorded
        return LOST + str(error).encode()


def contents(frame: bytes) -> dict[str, Any]:
    """Return the content of a kernel message, in Jupyter's binary or plain JSON protocol."""
    if frame[:1] == b"{":
        return json.loads(frame)["content"]
    count = int.from_bytes(frame[:8], "little")
    offsets = [int.from_bytes(frame[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
    parts = [frame[a:b] for a, b in zip(offsets, [*offsets[1:], len(frame)], strict=False)]
    return json.loads(parts[4])  # channel, header, parent, metadata, content


def _custom(frames: list[bytes]) -> Iterator[dict[str, Any]]:
    for frame in frames:
        data = contents(frame).get("data")
        if isinstance(data, dict) and data.get("method") == "custom":
            yield data["content"]
