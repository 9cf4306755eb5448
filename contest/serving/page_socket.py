"""A page's websocket, counted per address."""

from __future__ import annotations

import logging
from typing import Any

from tornado.web import HTTPError

from contest.serving.limits import AddressLimits
from contest.serving.page import Counted
from contest.serving.virtual.socket import KernelSocket

log = logging.getLogger(__name__)


class PageSocket(Counted, KernelSocket):
    """See `KernelSocket`; an address has so many open pages and no more."""

    _connected = False

    @property
    def _addresses(self) -> AddressLimits:
        return self.settings["contest_shared"].addresses

    async def pre_get(self) -> None:
        """Refuse an address that has too much already."""
        address = self.request.remote_ip or ""
        if not self._addresses.may_connect(address):
            raise HTTPError(429)
        await super().pre_get()

    async def open(self, kernel_id: str) -> None:
        """Begin."""
        self._connected = True
        self._addresses.connected(self.request.remote_ip or "")
        await super().open(kernel_id)

    def on_close(self) -> None:
        """Leave."""
        if self._connected:
            self._connected = False
            self._addresses.disconnected(self.request.remote_ip or "")
        super().on_close()

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:  # noqa: ARG002
        """Log what failed on our side, without the address: it holds the kernel's id."""
        if not isinstance(error, HTTPError):
            log.error("a page's websocket failed", exc_info=error)
