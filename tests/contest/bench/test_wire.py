"""Frames as Jupyter Server writes and reads them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_binary_message,
    serialize_msg_to_ws_v1,
)

from contest.bench.wire import content_of, header, legacy_frame, v1_frame

CONTENTS = st.dictionaries(st.text(max_size=8), st.text(max_size=20) | st.integers(), max_size=5)
HEAD = header("comm_msg", "canary00", 7)


def packed(value: object) -> bytes:
    """Return JSON as a kernel sends it."""
    return json.dumps(value, ensure_ascii=False).encode()


@given(CONTENTS)
def test_the_server_reads_a_v1_frame_as_it_was_meant(content: dict[str, object]) -> None:
    """Channel, header, parent, metadata, content, in this order."""
    channel, parts = deserialize_msg_from_ws_v1(v1_frame(HEAD, packed(content), b'{"a":1}'))
    assert channel == "shell"
    assert parts == [HEAD, b"{}", b'{"a":1}', packed(content)]


@given(CONTENTS, st.lists(st.binary(max_size=9), max_size=3))
def test_content_of_a_v1_frame(content: dict[str, object], buffers: list[bytes]) -> None:
    """Whatever buffers follow it."""
    parts = [HEAD, b"{}", b"{}", packed(content), *buffers]
    assert content_of(serialize_msg_to_ws_v1(parts, "iopub"), True) == content


@given(CONTENTS)
def test_content_of_a_legacy_frame(content: dict[str, object]) -> None:
    """What the client writes it can read."""
    assert content_of(legacy_frame(HEAD, packed(content)), False) == content


@given(CONTENTS, st.lists(st.binary(max_size=9), min_size=1, max_size=3))
def test_content_of_a_legacy_frame_with_buffers(
    content: dict[str, object], buffers: list[bytes]
) -> None:
    """Those are binary: offsets, JSON, buffers."""
    message = {"header": {}, "parent_header": {}, "content": content, "buffers": buffers}
    assert content_of(serialize_binary_message(message), False) == content


def test_content_of_a_legacy_frame_in_binary_without_buffers() -> None:
    """The JSON goes on to the end."""
    message = {"header": {}, "parent_header": {}, "content": {"a": 1}, "buffers": []}
    assert content_of(serialize_binary_message(message), False) == {"a": 1}


def test_header_names_the_contestant_and_the_message() -> None:
    """What answers it quotes both."""
    head = json.loads(HEAD)
    assert (head["session"], head["msg_id"]) == ("canary00", "canary00-7")
    assert head["msg_type"] == "comm_msg"


@pytest.mark.parametrize(
    ("frame", "v1"), [(b"", True), (b"\x00" * 7, False), ("[]", False), ("{}", False), ("x", False)]
)
def test_what_is_no_message_is_a_value_error(frame: str | bytes, v1: bool) -> None:
    """Nothing else is raised, whatever comes."""
    with pytest.raises(ValueError):
        content_of(frame, v1)
