"""Kernel messages on a websocket as a page sends and reads them, at the least cost to the client.

Two framings: the v1 protocol (binary: number of offsets, offsets, channel, header, parent
header, metadata, content, buffers; all numbers little endian in 8 bytes) and the older JSON
(text, or binary with big endian 4-byte offsets where there are buffers).
"""

from __future__ import annotations

import json
import struct
from typing import Any

V1 = "v1.kernel.websocket.jupyter.org"
WIDGETS_VERSION = b'{"version":"1.0.0"}'
_CONTENT = 4
"""Index of the content among the parts of a v1 frame."""

_DATE = "2026-01-01T00:00:00.000000Z"


def header(msg_type: str, canary: str, number: int) -> bytes:
    """Return the header of message `number` of the contestant with this canary."""
    return (
        f'{{"msg_id":"{canary}-{number}","username":"","session":"{canary}",'
        f'"msg_type":"{msg_type}","version":"5.4","date":"{_DATE}"}}'
    ).encode()


def v1_frame(head: bytes, content: bytes, metadata: bytes = b"{}") -> bytes:
    """Return a message on the shell channel as a v1 frame."""
    parts = (b"shell", head, b"{}", metadata, content)
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return struct.pack(f"<{len(offsets) + 1}Q", len(offsets), *offsets) + b"".join(parts)


def legacy_frame(head: bytes, content: bytes, metadata: bytes = b"{}") -> str:
    """Return a message on the shell channel as JSON."""
    return (
        b'{"channel":"shell","header":%s,"parent_header":{},"metadata":%s,"content":%s,"buffers":[]}'
        % (head, metadata, content)
    ).decode()


def content_of(frame: str | bytes, v1: bool) -> dict[str, Any]:
    """Return the content of a message; the rest of it is not looked at.

    Raises
    ------
    ValueError
        Where the frame isn't a message.
    """
    try:
        if isinstance(frame, str):
            return json.loads(frame)["content"]
        if v1:
            start, end = struct.unpack_from("<2Q", frame, 8 * (1 + _CONTENT))
            return json.loads(frame[start:end])
        (count,) = struct.unpack_from("!I", frame)
        offsets = struct.unpack_from(f"!{count}I", frame, 4)
        end = offsets[1] if count > 1 else len(frame)
        return json.loads(frame[offsets[0] : end])["content"]
    except (struct.error, KeyError, TypeError, IndexError) as error:
        raise ValueError(f"not a kernel message: {error}") from None
