"""Frames: the same as Jupyter Server's own code reads and writes, and nothing else gets through."""

from __future__ import annotations

import datetime
import json
import struct
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import (
    deserialize_binary_message,
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from websocket._abnf import ABNF, frame_buffer

from contest.serving.virtual.wire import (
    MAX_PARTS,
    BadFrame,
    Incoming,
    Outgoing,
    as_frame,
    make_header,
    read_legacy,
    read_v1,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
MAPS = st.dictionaries(TEXT, VALUES, max_size=5)
BUFFERS = st.lists(st.binary(max_size=40), max_size=5)
CHANNELS = st.sampled_from(["shell", "control", "stdin"])
HEADERS = st.builds(
    lambda more, id_, kind: {**more, "msg_id": id_, "msg_type": kind}, MAPS, TEXT, TEXT
)
OUTGOING = st.builds(
    Outgoing,
    st.sampled_from(["shell", "iopub"]),
    st.builds(lambda more: {**more, "msg_id": "1", "msg_type": "x"}, MAPS),
    MAPS.map(lambda parent: json.dumps(parent).encode()),
    MAPS,
    MAPS,
    BUFFERS,
)


def packed(value: Any) -> bytes:
    """Return JSON as Jupyter's session packs it."""
    return json.dumps(value, ensure_ascii=False).encode()


# ---- what we write, Jupyter reads ----


@given(OUTGOING)
def test_jupyter_reads_our_v1_frames(message: Outgoing) -> None:
    """Channel, the four parts, and every buffer."""
    channel, parts = deserialize_msg_from_ws_v1(message.v1())
    assert channel == message.channel
    assert [json.loads(part) for part in parts[:4]] == [
        message.header,
        json.loads(message.parent),
        message.metadata,
        message.content,
    ]
    assert parts[4:] == message.buffers


@given(OUTGOING.filter(lambda message: message.buffers))
def test_jupyter_reads_our_older_binary_frames(message: Outgoing) -> None:
    """The protocol of clients that don't know v1, with buffers."""
    frame = message.legacy()
    assert isinstance(frame, bytes)
    read = deserialize_binary_message(frame)
    assert (read["content"], read["metadata"]) == (message.content, message.metadata)
    assert (read["channel"], read["buffers"]) == (message.channel, message.buffers)


@given(OUTGOING.filter(lambda message: not message.buffers))
def test_without_buffers_the_older_protocol_is_json(message: Outgoing) -> None:
    """As every client reads it."""
    read = json.loads(message.legacy())
    assert (read["header"], read["content"]) == (message.header, message.content)
    assert read["parent_header"] == json.loads(message.parent)
    assert (read["channel"], read["metadata"]) == (message.channel, message.metadata)


# ---- what Jupyter writes, we read ----


@given(CHANNELS, HEADERS, MAPS, MAPS, BUFFERS)
def test_we_read_jupyters_v1_frames(
    channel: str,
    header: dict[str, Any],
    metadata: dict[str, Any],
    content: dict[str, Any],
    buffers: list[bytes],
) -> None:
    """With the header kept as it came, for replies to quote."""
    parts = [packed(header), b"{}", packed(metadata), packed(content), *buffers]
    read = read_v1(serialize_msg_to_ws_v1(parts, channel))
    assert read == Incoming(channel, header, parts[0], metadata, content, buffers)


@given(CHANNELS, HEADERS, MAPS, MAPS)
def test_we_read_the_older_json(
    channel: str, header: dict[str, Any], metadata: dict[str, Any], content: dict[str, Any]
) -> None:
    """As older clients send it."""
    whole = {"header": header, "parent_header": {}, "metadata": metadata, "content": content}
    read = read_legacy(json.dumps({**whole, "channel": channel, "buffers": []}))
    assert (read.channel, read.header, read.metadata) == (channel, header, metadata)
    assert read.content == content
    assert json.loads(read.raw_header) == header


def test_a_reply_quotes_the_header_as_it_came() -> None:
    """Byte for byte: a client finds its own message by it."""
    raw = b'{ "msg_id":"a", "msg_type":"x", "n": 1.50 }'
    read = read_v1(serialize_msg_to_ws_v1([raw, b"{}", b"{}", b"{}"], "shell"))
    reply = Outgoing("shell", make_header("y", "s"), read.raw_header, {}, {})
    assert deserialize_msg_from_ws_v1(reply.v1())[1][1] == raw


# ---- garbage ----

GOOD = {"msg_id": "1", "msg_type": "x"}


def v1(*parts: bytes, channel: str = "shell") -> bytes:
    """Return a frame of these parts."""
    return serialize_msg_to_ws_v1(list(parts), channel)


def attempt(read: Any, frame: Any) -> None:
    """Read a frame: it is a message or a BadFrame, and no other exception."""
    try:
        message = read(frame)
    except BadFrame:
        return
    assert isinstance(message.header["msg_type"], str)
    assert isinstance(message.content, dict)
    json.loads(message.raw_header)


@given(st.binary(max_size=200))
@example(b"")
@example(b"\0" * 8)
@example(b"\xff" * 8)
@example(struct.pack("<Q", 5) + b"\xff" * 40)
@example(struct.pack("<Q", MAX_PARTS + 1) + b"\0" * 1000)
def test_random_bytes_are_no_message(frame: bytes) -> None:
    """BadFrame, and no other exception."""
    attempt(read_v1, frame)


@given(st.integers(0, 12), st.lists(st.integers(0, 300), max_size=12), st.binary(max_size=200))
def test_wild_offsets_are_no_message(count: int, offsets: list[int], rest: bytes) -> None:
    """Decreasing ones, too few, too many, behind the end."""
    attempt(read_v1, struct.pack(f"<{len(offsets) + 1}Q", count, *offsets) + rest)


@given(st.lists(st.binary(max_size=30) | VALUES.map(packed), min_size=4, max_size=6), TEXT)
def test_wild_parts_are_no_message(parts: list[bytes], channel: str) -> None:
    """JSON of any shape, and what isn't JSON."""
    attempt(read_v1, v1(*parts, channel=channel))


@given(st.text(max_size=100) | VALUES.map(json.dumps))
@example('{"header": {}, "content": {}}')
@example("[" * 100_000)
@example('{"header": {"msg_id": "1", "msg_type": "\\ud800"}, "content": {}}')
@example('{"header": {"msg_id": "1", "msg_type": "x"}, "content": {}, "channel": {}}')
@example('{"header": {"msg_id": "1", "msg_type": "x"}, "content": {}, "metadata": null}')
def test_random_text_is_no_message(frame: str) -> None:
    """BadFrame, and no other exception."""
    attempt(read_legacy, frame)


@pytest.mark.parametrize("drop", range(1, 60))
def test_a_frame_that_was_cut_off_is_no_message(drop: int) -> None:
    """Wherever it ends."""
    frame = v1(packed(GOOD), b"{}", b"{}", b"{}")
    with pytest.raises(BadFrame):
        read_v1(frame[:-drop])


@pytest.mark.parametrize(
    "frame",
    [
        v1(packed({"msg_id": "1"}), b"{}", b"{}", b"{}"),
        v1(packed({"msg_type": "x"}), b"{}", b"{}", b"{}"),
        v1(packed({"msg_id": 1, "msg_type": "x"}), b"{}", b"{}", b"{}"),
        v1(packed({"msg_id": "1", "msg_type": ["x"]}), b"{}", b"{}", b"{}"),
        v1(packed(GOOD), b"{}", b"[]", b"{}"),
        v1(packed(GOOD), b"{}", b"{}", b"null"),
        v1(packed(GOOD), b"{}", b"{}", b"{}", channel="iopub"),
        v1(packed(GOOD), b"{}", b"{}", b"{}", channel="Ä"),
        v1(packed(GOOD), b"{}", b"{}"),
        v1(packed(GOOD), b"{}", b"{}", b"[" * 100_000),
        v1(packed(GOOD), b"{}", b"{}", b"{}", *[b""] * MAX_PARTS),
    ],
)
def test_a_frame_of_another_shape_is_no_message(frame: bytes) -> None:
    """A header without its names, parts that are no maps, channels that pages have no say on."""
    with pytest.raises(BadFrame):
        read_v1(frame)


# ---- what a page can be sent ----


@pytest.mark.parametrize("v1_protocol", [True, False])
def test_what_goes_out_is_always_json(v1_protocol: bool) -> None:
    """Lone surrogates, times, bytes and numbers that JSON lacks: a browser reads them all."""
    content = {
        "half": "a\ud800b",
        "when": datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC),
        "bytes": b"abc",
        "nan": [float("nan"), float("inf")],
    }
    message = Outgoing("iopub", make_header("x", "s"), b"{}", {}, content)
    text = (
        deserialize_msg_from_ws_v1(message.v1())[1][3].decode()
        if v1_protocol
        else str(message.legacy())
    )

    def not_json(name: str) -> None:
        raise AssertionError(name)

    read = json.loads(text, parse_constant=not_json)
    read = read if v1_protocol else read["content"]
    assert read["bytes"] == "YWJj"
    assert read["when"].startswith("2026-11-23T00:00:00")


@given(st.binary(max_size=300) | st.integers(120, 70_000).map(bytes) | TEXT)
@example(b"")
@example(bytes(125))
@example(bytes(126))
@example(bytes(65_535))
@example(bytes(65_536))
def test_a_client_reads_our_websocket_frames(payload: bytes | str) -> None:
    """Read with a client library's own code: opcode, length, payload, and nothing left over."""
    stream = BytesIO(as_frame(payload))
    read = frame_buffer(stream.read, skip_utf8_validation=False).recv_frame()
    opcode = ABNF.OPCODE_TEXT if isinstance(payload, str) else ABNF.OPCODE_BINARY
    assert (read.fin, read.opcode, read.mask_value) == (1, opcode, 0)
    assert read.data == (payload.encode() if isinstance(payload, str) else payload)
    assert stream.read() == b""
