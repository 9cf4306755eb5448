"""Kernels without a server: pages that note what they are sent, messages as pages send them."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, ClassVar

from contest.serving.virtual.connection import VirtualConnection
from contest.serving.virtual.kernel import VirtualKernel
from contest.serving.virtual.manager import VirtualKernelManager
from contest.serving.virtual.program import compile_cell
from contest.serving.virtual.wire import V1, Incoming, Outgoing

SECONDS = 10


class Page:
    """A page's line as its kernel sees it: keeps every message."""

    def __init__(self) -> None:
        self.messages: list[Outgoing] = []

    def send(self, message: Outgoing) -> None:
        """Keep a message."""
        self.messages.append(message)

    def hang_up(self) -> None:
        """Do nothing: the test sees that its kernel is closed."""

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        """Return the contents of messages of these kinds, in order."""
        return [one.content for one in self.messages if one.header["msg_type"] in kinds]

    @property
    def kinds(self) -> list[str]:
        """The kinds of all messages but the status, in order."""
        kinds = (one.header["msg_type"] for one in self.messages)
        return [kind for kind in kinds if kind != "status"]

    @property
    def printed(self) -> str:
        """Everything that was printed."""
        return "".join(one["text"] for one in self.of("stream"))

    @property
    def wire(self) -> bytes:
        """All that went over the line."""
        return b"".join(one.v1() for one in self.messages)


class Someone:
    """A visitor: a kernel, and a page that is connected to it."""

    here: ClassVar[list[VirtualKernel]] = []
    """The kernels of this test, closed after it."""

    def __init__(self, name: str, kernel: VirtualKernel | None = None) -> None:
        self.name = name
        self.kernel = kernel or VirtualKernel(f"kernel-{name}", name)
        self.page = Page()
        self.kernel.connections.append(self.page)
        self.here.append(self.kernel)

    async def run(self, *sources: str) -> Page:
        """Run cells to their end."""
        await asyncio.wait_for(self.kernel.start(map(compile_cell, sources)), SECONDS)
        return self.page

    def tell(self, kind: str, content: dict[str, Any], **keys: Any) -> Incoming:
        """Let the page send a message."""
        message = incoming(kind, content, **keys)
        self.kernel.receive(message)
        return message

    def set(self, model: str, **state: Any) -> Incoming:
        """Let the page change a widget's state."""
        return self.tell("comm_msg", {"comm_id": model, "data": update(state)})

    def states(self, comm: str = "control") -> dict[str, Any]:
        """Let the page ask for all widgets' states, on a control comm that it has opened."""
        self.tell("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
        return self.page.of("comm_msg")[-1]["data"]["states"]

    def open_control(self, comm: str = "control") -> None:
        """Let the page open its control comm."""
        content = {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
        self.tell("comm_open", content, metadata={"version": "1.0.0"})


def update(state: dict[str, Any]) -> dict[str, Any]:
    """Return what a page says when a widget's state has changed."""
    return {"method": "update", "state": state, "buffer_paths": []}


def header(kind: str, session: str = "trang-mau") -> dict[str, Any]:
    """Return a message's header, as JupyterLab's client makes it."""
    return {
        "msg_id": uuid.uuid4().hex,
        "username": "",
        "session": session,
        "date": "2026-11-23T00:00:00.000Z",
        "msg_type": kind,
        "version": "5.2",
    }


def incoming(
    kind: str, content: dict[str, Any] | None = None, *, metadata: dict[str, Any] | None = None
) -> Incoming:
    """Return a message from a page."""
    head = header(kind)
    return Incoming("shell", head, json.dumps(head).encode(), metadata or {}, content or {}, [])


def frame(kind: str, content: dict[str, Any] | None = None) -> str:
    """Return a message from a page as a frame of the plain JSON protocol."""
    parts = {"header": header(kind), "parent_header": {}, "metadata": {}, "content": content or {}}
    return json.dumps({**parts, "channel": "shell", "buffers": []})


ECHO = (
    "from comm import create_comm\nheard = []\n"
    "c = create_comm(target_name='t', comm_id='c')\n"
    "c.on_msg(lambda m: heard.append(m['content']['data']['said']))"
)


def say(someone: Someone, data: Any) -> None:
    """Let the page send data on the comm of `ECHO`."""
    someone.tell("comm_msg", {"comm_id": "c", "data": {"said": data}})


def run(main: Callable[[], Awaitable[None]]) -> None:
    """Run a test's coroutine."""
    asyncio.run(main())  # type: ignore[arg-type]


async def soon(found: Callable[[], Any], what: str = "") -> Any:
    """Return what `found` gives as soon as it is true, letting the loop turn meanwhile."""
    loop = asyncio.get_running_loop()
    end = loop.time() + SECONDS
    while not (value := found()):
        assert loop.time() < end, f"not within {SECONDS} s: {what or found}"
        await turn()
    return value


async def turn(times: int = 1) -> None:
    """Let the loop turn."""
    for _ in range(times):
        await asyncio.sleep(0)


class Stream:
    """The stream under a socket: keeps what was written, or never gets rid of it."""

    def __init__(self) -> None:
        self.written = b""
        self.reads = True
        self.gone = False
        self._write_buffer: bytearray | None = bytearray()

    def write(self, data: bytes) -> asyncio.Future[None]:
        """Take bytes."""
        assert self._write_buffer is not None
        if self.reads:
            self.written += data
        else:
            self._write_buffer += data
        done = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    def closed(self) -> bool:
        """Return whether the line is gone."""
        return self.gone

    def break_off(self) -> None:
        """Lose the line, as Tornado's stream does: there is no buffer any more."""
        self.gone = True
        self._write_buffer = None


class Socket:
    """The websocket's handler, as a connection sees it; what it sends is read as a browser does."""

    def __init__(self, session: str = "trang-mau-1", *, v1: bool = True) -> None:
        self.session_name = session
        self.selected_subprotocol = V1 if v1 else None
        self.stream = Stream()
        self.ws_connection: Any = SimpleNamespace(stream=self.stream)
        self.closed: int | None = None

    def close(self, code: int, reason: str = "") -> None:  # noqa: ARG002
        """Hang up."""
        self.closed = code

    @property
    def frames(self) -> list[bytes]:
        """The payloads that have come, frame by frame."""
        return list(payloads(self.stream.written))

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The kernel's messages that have come."""
        return [sent(payload) for payload in self.frames]

    def printed(self) -> str:
        """Return everything that was printed."""
        return "".join(
            one["content"]["text"] for one in self.messages if one["header"]["msg_type"] == "stream"
        )


def payloads(data: bytes) -> Iterator[bytes]:
    """Yield the payloads of a server's websocket frames (RFC 6455)."""
    while data:
        size, start = data[1] & 0x7F, 2
        if size >= 126:
            wide = 2 if size == 126 else 8
            size, start = int.from_bytes(data[2 : 2 + wide], "big"), 2 + wide
        yield data[start : start + size]
        data = data[start + size :]


def sent(payload: bytes) -> dict[str, Any]:
    """Return a message that a kernel sent."""
    if payload[:1] == b"{":
        return json.loads(payload)
    count = int.from_bytes(payload[:8], "little")
    offsets = [int.from_bytes(payload[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
    parts = [payload[offsets[i] : offsets[i + 1]] for i in range(1, 5)]
    names = ("header", "parent_header", "metadata", "content")
    return dict(zip(names, map(json.loads, parts), strict=True))


@contextmanager
def managed(**limits: Any) -> Iterator[VirtualKernelManager]:
    """Yield a manager, and close all its kernels in the end."""
    manager = VirtualKernelManager(**limits)
    try:
        yield manager
    finally:
        for kernel_id in manager.list_kernel_ids():
            manager.close(kernel_id)


async def connect(
    manager: VirtualKernelManager, kernel: VirtualKernel, socket: Socket | None = None
) -> tuple[VirtualConnection, Socket]:
    """Connect a page."""
    socket = socket or Socket()
    connection = VirtualConnection(manager, kernel, socket)
    await connection.connect()
    return connection, socket
