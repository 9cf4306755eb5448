"""The websocket's handler: who may have which kernel, and making it for a page's first visit."""

from __future__ import annotations

import asyncio
import contextvars
import re
from typing import Any

from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError

from contest.serving.virtual.connection import VirtualConnection
from contest.serving.virtual.manager import TooManyKernels

NAME = re.compile(r"[A-Za-z0-9-]{8,64}")
RETRY_SECONDS = 10


class KernelSocket(KernelWebsocketHandler):
    """Connects a signed-in visitor's page to their kernel.

    `page=<name>` on a page's first connection makes its kernel; what pages there are and who
    may open them is told by `settings["page_kernels"]`.
    """

    session_name = ""
    waiting = False
    connection: Any = None

    async def pre_get(self) -> None:
        """Find or make the kernel; 403 for a stranger, 404 for none of theirs, 503 at the cap."""
        user = self.current_user
        if user is None:
            raise HTTPError(403)
        self.session_name = self.get_query_argument("session_id", "")
        page = self.get_query_argument("page", None)
        manager = self.kernel_manager
        if self.kernel_id not in manager and page is not None:
            await self._make(page, user.username)
        if manager.owner(self.kernel_id) != user.username:
            raise HTTPError(404)
        self.connection = VirtualConnection(
            manager, manager.get_kernel(self.kernel_id).kernel, self
        )

    async def _make(self, page: str, visitor: str) -> None:
        if not NAME.fullmatch(self.kernel_id) or not NAME.fullmatch(self.session_name):
            raise HTTPError(400)
        try:
            await self.settings["page_kernels"].open(page, self.kernel_id, visitor)
        except TooManyKernels:
            self.waiting = True
            raise HTTPError(503) from None

    async def open(self, kernel_id: str) -> None:  # type: ignore[override]
        """Begin; small answers go out at once instead of waiting for the one before to be told."""
        self.set_nodelay(True)
        # The timer of the pings is kept for a while when it is over, and with it its context.
        beginning = super().open(kernel_id)
        await asyncio.get_running_loop().create_task(beginning, context=contextvars.Context())

    def get_websocket_protocol(self) -> Any:
        """Return the protocol, without Tornado's own pings.

        Jupyter's are counted in milliseconds, which Tornado would take for seconds.
        """
        protocol = super().get_websocket_protocol()
        if protocol is not None:
            protocol.params.ping_interval = None
        return protocol

    def write_message(self, message: Any, binary: bool = False) -> None:  # type: ignore[override]
        """Send; where the page has just gone, it asks again when it is back."""
        try:
            sending = super().write_message(message, binary)
        except WebSocketClosedError:
            return
        sending.add_done_callback(lambda sent: sent.cancelled() or sent.exception())

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ARG002
        """Refuse without a page: nobody would see it."""
        if self.waiting:
            self.set_header("Retry-After", str(RETRY_SECONDS))
        self.finish()

    def on_message(self, ws_message: Any) -> None:
        """Hand a frame to the connection; a page that was hung up on is no longer heard."""
        if self.connection is not None:
            self.connection.handle_incoming_message(ws_message)

    def on_close(self) -> None:
        """Leave the kernel."""
        if self.ping_callback is not None:
            self.ping_callback.stop()
            self.ping_callback = None  # it holds this handler, and the collector is slow
        if self.connection is not None:
            self.connection.disconnect()
            self.connection = None
