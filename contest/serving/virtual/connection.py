"""A page's websocket to its kernel: framing, limits, and what the page missed."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING, Any

from jupyter_server.services.kernels.connection.abc import KernelWebsocketConnectionABC
from tornado.iostream import StreamClosedError

from contest.serving.virtual.bucket import Bucket
from contest.serving.virtual.wire import (
    V1,
    BadFrame,
    Incoming,
    Outgoing,
    as_frame,
    read_legacy,
    read_v1,
)

if TYPE_CHECKING:
    from contest.serving.virtual.kernel import VirtualKernel
    from contest.serving.virtual.manager import VirtualKernelManager

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.02
POLICY_VIOLATION = 1008
UNREADABLE = 1007
TRY_AGAIN_LATER = 1013
GOING_AWAY = 1001


class Missed:
    """What a kernel published while no page was connected, up to a limit.

    Kept for the page of one session; where the limit was passed it is of no use and
    `overflowed` tells so.
    """

    def __init__(self, session: str, limit: int) -> None:
        self.session = session
        self.limit = limit
        self.overflowed = False
        self._messages: deque[Outgoing] = deque()
        self._size = 0

    def keep(self, message: Outgoing) -> None:
        """Keep a message."""
        if self.overflowed:
            return
        self._size += 500 + len(str(message.content)) + sum(map(len, message.buffers))
        if self._size > self.limit:
            self.overflowed = True
            self._messages.clear()
        else:
            self._messages.append(message)

    def take(self) -> list[Outgoing]:
        """Return what was kept, in order."""
        return list(self._messages)


class VirtualConnection:
    """See the module; one per websocket.

    It does what Jupyter Server asks of a kernel's websocket connection, without being one of
    its configurables: those cost more than everything else a connection does.

    Parameters
    ----------
    manager : VirtualKernelManager
        Holds the limits, and is told when pages come and go.
    kernel : VirtualKernel
    websocket_handler : KernelSocket
    """

    kernel_ws_protocol = None
    """The newest that both sides know."""

    def __init__(
        self, manager: VirtualKernelManager, kernel: VirtualKernel, websocket_handler: Any
    ) -> None:
        self.kernel = kernel
        self.websocket_handler = websocket_handler
        self._manager = manager
        now = asyncio.get_running_loop().time()
        self._bucket = Bucket(manager.page_rate, manager.page_burst, now)
        self._open = False
        self._v1 = False
        self._frames: list[bytes] = []
        self._due: asyncio.Handle | None = None
        self._urgent = False
        self._gathered = 0
        self._lost = False

    async def connect(self) -> None:
        """Join the kernel's connections; a page that was here before gets what it missed."""
        handler = self.websocket_handler
        self._v1 = handler.selected_subprotocol == V1
        kernel = self.kernel
        if kernel.closed:  # it went while the page was connecting
            self.hang_up()
            return
        missed: Missed | None = kernel.missed
        kernel.on_silence = None
        kernel.missed = None
        self._open = True
        kernel.connections.append(self)
        self._manager.notify_connect(self.kernel.kernel_id)
        if missed is not None and missed.session == handler.session_name:
            if missed.overflowed:
                # It can't be made whole; the page starts again from what is stored.
                self._manager.close(self.kernel.kernel_id)
                return
            for message in missed.take():
                self.send(message)

    def disconnect(self) -> None:  # type: ignore[override]
        """Leave the kernel's connections; from now on it keeps what this page misses.

        Without effect where it has left already.
        """
        self._open = False
        kernel = self.kernel
        if self not in kernel.connections:
            return
        kernel.connections.remove(self)
        if not kernel.connections:
            kernel.missed = Missed(self.websocket_handler.session_name, self._manager.max_missed)
            kernel.missed.overflowed = self._lost or self._urgent
            kernel.on_silence = kernel.missed.keep
        self._manager.notify_disconnect(self.kernel.kernel_id)

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Read a frame and hand it to the kernel, within the limits."""
        if not self._open:
            return
        if not self._bucket.take(asyncio.get_running_loop().time()):
            self._refuse(POLICY_VIOLATION, "a page sent too many messages")
            return
        try:
            message = self._read(incoming_msg)
        except BadFrame as error:
            self._refuse(UNREADABLE, f"a page sent something that isn't a message: {error}")
            return
        self.kernel.receive(message)

    def handle_outgoing_message(self, stream: str, outgoing_msg: list[Any]) -> None:
        """Do nothing: this is for kernels in processes of their own."""

    def _read(self, frame: str | bytes) -> Incoming:
        if isinstance(frame, bytes):
            if not self._v1:
                raise BadFrame("binary")
            return read_v1(frame)
        return read_legacy(frame)

    def _refuse(self, code: int, why: str) -> None:
        log.warning("kernel %s: %s", self.kernel.kernel_id, why)
        self._flush()
        self.websocket_handler.close(code)
        self.disconnect()

    def send(self, message: Outgoing) -> None:
        """Send a message; a page that doesn't read is hung up on and may come again."""
        if not self._open:
            return
        handler = self.websocket_handler
        socket = handler.ws_connection
        if socket is None or socket.stream.closed():
            # The line is gone, and its handler isn't told yet.
            self.disconnect()
            if self.kernel.on_silence is not None:
                self.kernel.on_silence(message)
            return
        if _unread(socket) + self._gathered > self._manager.max_unread:
            self._lost = True
            self._frames.clear()
            handler.close(TRY_AGAIN_LATER, "unread messages")
            self.disconnect()
            return
        self._schedule(message.header["msg_type"] == "status")
        frame = as_frame(message.v1() if self._v1 else message.legacy())
        self._frames.append(frame)
        self._gathered += len(frame)

    def _schedule(self, patient: bool) -> None:
        """Send soon; what says only that the kernel is busy or idle waits a little for company."""
        loop = asyncio.get_running_loop()
        if patient and self._due is None:
            self._due = loop.call_later(PATIENCE_SECONDS, self._flush)
        elif not patient and not self._urgent:
            if self._due is not None:
                self._due.cancel()
            self._due = loop.call_soon(self._flush)
            self._urgent = True

    def _flush(self) -> None:
        """Send what has gathered in one go: a status, an answer and a status are one packet."""
        if self._due is not None:
            self._due.cancel()
        self._due, self._urgent = None, False
        frames, self._frames = self._frames, []
        self._gathered = 0
        if not frames:
            return
        socket = self.websocket_handler.ws_connection
        if socket is None or socket.stream.closed():
            self._lost = True
            return
        try:
            sent = socket.stream.write(b"".join(frames))
        except StreamClosedError:
            self._lost = True
            return
        sent.add_done_callback(lambda done: done.cancelled() or done.exception())

    def hang_up(self) -> None:
        """Close the websocket: the kernel is gone."""
        self._flush()
        self._open = False
        self.websocket_handler.close(GOING_AWAY, "kernel closed")


def _unread(socket: Any) -> int:
    """Return how many bytes wait to be sent."""
    return len(socket.stream._write_buffer)


KernelWebsocketConnectionABC.register(VirtualConnection)
