"""Messages on the kernel websocket: the v1 protocol's frames, and the older JSON.

A v1 frame is: the number of offsets (8 bytes, little endian), the offsets (8 bytes each:
where each part begins, and the end), the channel's name, then header, parent header,
metadata and content as JSON, then binary buffers. See "Kernel websocket protocols" in
Jupyter Server's documentation.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, count, pairwise
from typing import Any

from jupyter_client.jsonutil import json_clean, json_default
from jupyter_server.services.kernels.connection.base import serialize_binary_message

from contest.clock import stamp

V1 = "v1.kernel.websocket.jupyter.org"
PROTOCOL_VERSION = "5.4"
MAX_PARTS = 64

_TEXT, _BINARY = 0x81, 0x82
"""First byte of a websocket frame: the last of its message, text or binary."""

_OFFSET = struct.Struct("<Q")
_HEADER = (
    '{"msg_id":"%s","username":"%s","session":"%s","date":"%s","msg_type":"%s","version":"%s"}'
)
"""A header of `make_header` as JSON: nothing that it fills in needs escaping."""

_HEADER_KEYS = ("msg_id", "username", "session", "date", "msg_type", "version")

_numbers = count(1)


class BadFrame(ValueError):
    """A frame that isn't a kernel message."""


@dataclass(frozen=True)
class Incoming:
    """A message from a page. `raw_header` is its header as it came, for replies to quote."""

    channel: str
    header: dict[str, Any]
    raw_header: bytes
    metadata: dict[str, Any]
    content: dict[str, Any]
    buffers: list[bytes]

    @property
    def msg_type(self) -> str:
        """The kind of message."""
        return self.header["msg_type"]

    def as_dict(self) -> dict[str, Any]:
        """Return the message as comm handlers expect it."""
        return {
            "header": self.header,
            "parent_header": {},
            "metadata": self.metadata,
            "content": self.content,
            "buffers": self.buffers,
            "msg_id": self.header.get("msg_id"),
            "msg_type": self.msg_type,
        }


@dataclass(frozen=True)
class Outgoing:
    """A message to pages.

    `raw_content` is the content as JSON, where somebody has it already.
    """

    channel: str
    header: dict[str, Any]
    parent: bytes
    metadata: dict[str, Any]
    content: dict[str, Any]
    buffers: Sequence[bytes] = field(default=())
    raw_content: bytes | None = None

    def v1(self) -> bytes:
        """Return the message as a v1 frame."""
        parts = [
            self.channel.encode(),
            _header(self.header),
            self.parent,
            _dumps(self.metadata) if self.metadata else b"{}",
            self.raw_content or _dumps(self.content),
            *self.buffers,
        ]
        ends = accumulate(map(len, parts), initial=8 * (len(parts) + 2))
        return b"".join([_counts(len(parts) + 2).pack(len(parts) + 1, *ends), *parts])

    def legacy(self) -> str | bytes:
        """Return the message as JSON, or as the older binary form where it has buffers."""
        message = {**self._parts(self.content), "channel": self.channel}
        if self.buffers:
            return serialize_binary_message({**message, "buffers": list(self.buffers)})
        return _dumps(message).decode()

    def as_dict(self) -> dict[str, Any]:
        """Return the message as a client gets it: nothing in it is the kernel's own any more."""
        return self._parts(json.loads(_dumps(self.content)))

    def _parts(self, content: dict[str, Any]) -> dict[str, Any]:
        return {
            "header": self.header,
            "parent_header": json.loads(self.parent),
            "metadata": self.metadata,
            "content": content,
            "buffers": list(self.buffers),
            "msg_id": self.header["msg_id"],
            "msg_type": self.header["msg_type"],
        }


def _header(header: dict[str, Any]) -> bytes:
    if tuple(header) == _HEADER_KEYS:
        return (_HEADER % tuple(header.values())).encode()
    return _dumps(header)


@lru_cache
def _counts(number: int) -> struct.Struct:
    return struct.Struct(f"<{number}Q")


def as_frame(payload: bytes | str) -> bytes:
    """Return a whole, unmasked websocket frame, as servers send it (RFC 6455, section 5.2)."""
    data, opcode = (payload.encode(), _TEXT) if isinstance(payload, str) else (payload, _BINARY)
    size = len(data)
    if size < 126:
        head = struct.pack("!BB", opcode, size)
    elif size < 65536:
        head = struct.pack("!BBH", opcode, 126, size)
    else:
        head = struct.pack("!BBQ", opcode, 127, size)
    return head + data


def make_header(msg_type: str, session: str) -> dict[str, Any]:
    """Return the header of a new message."""
    return {
        # Unique within the process, which is all that anybody compares it for.
        "msg_id": f"{session}_{next(_numbers)}",
        "username": "kernel",
        "session": session,
        "date": stamp(),
        "msg_type": msg_type,
        "version": PROTOCOL_VERSION,
    }


def read_v1(frame: bytes) -> Incoming:
    """Read a v1 frame; BadFrame where it isn't one."""
    try:
        (number,) = _OFFSET.unpack_from(frame)
        if not 5 <= number <= MAX_PARTS:
            raise BadFrame("parts")
        offsets = struct.unpack_from(f"<{number}Q", frame, 8)
    except struct.error:
        raise BadFrame("offsets") from None
    if any(a > b for a, b in pairwise(offsets)) or offsets[-1] > len(frame):
        raise BadFrame("offsets")
    parts = [frame[a:b] for a, b in pairwise(offsets)]
    if len(parts) < 5:
        raise BadFrame("parts")
    try:
        channel = parts[0].decode("ascii")
        header, content = json.loads(parts[1]), json.loads(parts[4])
        metadata = {} if parts[3] == b"{}" else json.loads(parts[3])
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadFrame("json") from None
    return _checked(channel, header, parts[1], metadata, content, parts[5:])


def read_legacy(frame: str) -> Incoming:
    """Read a JSON message; BadFrame where it isn't one."""
    try:
        message = json.loads(frame)
        header, content = message["header"], message["content"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadFrame("json") from None
    return _checked(
        message.get("channel", "shell"),
        header,
        _dumps(header),
        message.get("metadata", {}),
        content,
        [],
    )


def _checked(
    channel: Any, header: Any, raw: bytes, metadata: Any, content: Any, buffers: list[bytes]
) -> Incoming:
    maps = all(isinstance(part, dict) for part in (header, metadata, content))
    if not maps or channel not in ("shell", "control", "stdin"):
        raise BadFrame("shape")
    if not isinstance(header.get("msg_type"), str) or not isinstance(header.get("msg_id"), str):
        raise BadFrame("header")
    return Incoming(channel, header, raw, metadata, content, buffers)


_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=json_default
).encode


def _dumps(value: Any) -> bytes:
    """Return JSON that every browser reads; what JSON lacks as Jupyter's own session writes it."""
    try:
        return _encode(value).encode()
    except ValueError:  # not a number, or half a character
        return json.dumps(json_clean(value), default=json_default).encode()
