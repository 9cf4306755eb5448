"""Ordinary kernels, one process per page, each started for one contestant."""

from __future__ import annotations

import logging
import time
from collections import Counter
from typing import Any

from jupyter_server.base.call_context import CallContext
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Integer

from contest.app import make_token
from contest.settings import kernel_environment

log = logging.getLogger(__name__)

TO_PAGES = frozenset(
    {
        "comm_open",
        "comm_msg",
        "comm_close",
        "comm_info_reply",
        "kernel_info_reply",
        "shutdown_reply",
        "status",
    }
)
"""The kinds of message that a page needs. Sources, printed lines and errors stay here."""

BURST = 400
"""Messages that a page may send at once; a whole paper answered offline is far less."""

PER_SECOND = 40
"""And how fast it may go on for long."""

POLICY_VIOLATION = 1008
UNREADABLE = 1007


class PageLine(ZMQChannelsWebsocketConnection):
    """Between a page's socket and its kernel: passes on what widgets need, at a human pace."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._cut = False
        self._left = float(BURST)
        self._counted_at = time.monotonic()

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        if self._cut:
            return
        if not self._may():
            self._hang_up(POLICY_VIOLATION, "a page sent too many messages")
            return
        try:
            super().handle_incoming_message(incoming_msg)
        except Exception as error:  # whatever a frame holds, it is the sender's mistake
            why = f"a page sent something that isn't a message: {type(error).__name__}"
            self._hang_up(UNREADABLE, why)

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        _, parts = self.session.feed_identities(outgoing_msg)
        if self.session.unpack(parts[1])["msg_type"] in TO_PAGES:
            super().handle_outgoing_message(stream, outgoing_msg)

    def write_stderr(self, error_message: str, parent_header: Any) -> None:  # noqa: ARG002
        """Log what would have told the page how this server is configured."""
        log.warning("%s", error_message)

    def _hang_up(self, code: int, why: str) -> None:
        log.warning("%s", why)
        self._cut = True
        self.websocket_handler.close(code)

    def _may(self) -> bool:
        now = time.monotonic()
        self._left = min(BURST, self._left + (now - self._counted_at) * PER_SECOND)
        self._counted_at = now
        self._left -= 1
        return self._left >= 0


class ContestKernelManager(AsyncMappingKernelManager):
    """Starts kernels that know their contestant, and remembers whose they are."""

    per_visitor = Integer(
        3, config=True, help="Live kernels of one visitor; with one more the oldest goes."
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._owners: dict[str, str] = {}
        self._starting: Counter[str] = Counter()

    def owner(self, kernel_id: str | None) -> str | None:
        """Return the contestant a kernel was started for, or None."""
        return self._owners.get(kernel_id or "")

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        handler = CallContext.get(CallContext.JUPYTER_HANDLER)
        contestant_id = handler.current_user.username
        if self._starting[contestant_id] >= self.per_visitor:
            raise HTTPError(429)
        handler.xsrf_token  # noqa: B018 - sets the cookie that the page's unload beacon needs
        directory = handler.settings["contest_service"].directory
        token = make_token(directory, contestant_id)
        # Not the server's own environment: whatever it holds is nobody's business there.
        kwargs["env"] = kernel_environment(directory.path, token)
        self._starting[contestant_id] += 1
        try:
            await self._make_room(contestant_id)
            kernel_id = await super().start_kernel(**kwargs)
            self._owners[kernel_id] = contestant_id
        finally:
            self._starting[contestant_id] -= 1
            self._starting += Counter()  # forgets who starts nothing
        return kernel_id

    async def shutdown_kernel(self, kernel_id: str, *args: Any, **kwargs: Any) -> None:
        handler = CallContext.get(CallContext.JUPYTER_HANDLER)
        if handler is not None and getattr(handler, "path_args", None) == [kernel_id]:
            # Voilà's beacon has no authoriser: only the owner may end a kernel.
            user = handler.current_user
            if user is None or user.username != self.owner(kernel_id):
                return
        self._owners.pop(kernel_id, None)
        await super().shutdown_kernel(kernel_id, *args, **kwargs)

    async def _make_room(self, contestant_id: str) -> None:
        mine = [id_ for id_, owner in self._owners.items() if owner == contestant_id]
        too_many = len(mine) + self._starting[contestant_id] - self.per_visitor
        for kernel_id in mine[: max(0, too_many)]:
            self._owners.pop(kernel_id)
            if kernel_id in self:
                await super().shutdown_kernel(kernel_id, now=True)
