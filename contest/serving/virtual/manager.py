"""All kernels of a server: started, found, owned, and ended when nobody needs them."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any

from jupyter_server.base.call_context import CallContext
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Float, Integer

from contest.serving.virtual.client import KernelHandle
from contest.serving.virtual.kernel import VirtualKernel
from contest.serving.virtual.routing import install

log = logging.getLogger(__name__)


_NOBODY = contextvars.Context()
"""For timers: asyncio keeps cancelled ones for a while, and with them the request they began in."""


class TooManyKernels(RuntimeError):
    """The cap on live kernels is reached: the visitor has to wait."""


class VirtualKernelManager(AsyncMappingKernelManager):
    """See the module. Everything happens on the server's event loop."""

    max_kernels = Integer(20_000, config=True, help="Live kernels at most; more visitors wait.")
    max_apart = Integer(
        2000, config=True, help="Live kernels that are counted apart, and take nobody's place."
    )
    per_visitor = Integer(
        3, config=True, help="Live kernels of one visitor; with one more the oldest goes."
    )
    connect_seconds = Float(30.0, config=True, help="A kernel nobody connects to goes after this.")
    grace_seconds = Float(
        60.0, config=True, help="A kernel whose page is gone waits this long for it to come back."
    )

    page_rate = Float(40.0, config=True, help="Messages a second that a page may send for long.")
    page_burst = Integer(400, config=True, help="Messages that a page may send at once.")
    max_unread = Integer(
        1_000_000, config=True, help="Bytes that wait for a page that doesn't read them."
    )
    max_missed = Integer(
        200_000, config=True, help="Bytes kept for a page that has lost its connection."
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        install()
        self._handles: dict[str, KernelHandle] = {}
        self._by_owner: dict[str, OrderedDict[str, None]] = {}
        self._apart: set[str] = set()
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        self.started = 0

    # ---- Jupyter's side ----

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        """Start a kernel for the signed-in visitor of the request being handled."""
        handler = CallContext.get(CallContext.JUPYTER_HANDLER)
        handler.xsrf_token  # noqa: B018 - sets the cookie that the page's unload beacon needs
        kernel_id = kwargs.get("kernel_id") or str(uuid.uuid4())
        return self.open(kernel_id, handler.current_user.username).kernel_id

    def get_kernel(self, kernel_id: str) -> KernelHandle:  # type: ignore[override]
        if kernel_id not in self._handles:
            raise HTTPError(404)
        return self._handles[kernel_id]

    def kernel_model(self, kernel_id: str) -> dict[str, Any]:
        kernel = self.get_kernel(kernel_id).kernel
        return {
            "id": kernel_id,
            "name": "python3",
            "last_activity": "",
            "execution_state": "idle",
            "connections": len(kernel.connections),
        }

    async def shutdown_kernel(self, kernel_id: str, *_: Any, **__: Any) -> None:  # type: ignore[override]
        """Close a kernel; from a request, only the owner may."""
        handler = CallContext.get(CallContext.JUPYTER_HANDLER)
        if handler is not None and getattr(handler, "path_args", None) == [kernel_id]:
            user = handler.current_user
            if user is None or user.username != self.owner(kernel_id):
                return
        self.close(kernel_id)

    async def shutdown_all(self, **_: Any) -> None:  # type: ignore[override]
        for kernel_id in list(self._handles):
            self.close(kernel_id)

    def notify_connect(self, kernel_id: str) -> None:
        """A page has connected: the kernel stays."""
        self._stay(kernel_id)

    def notify_disconnect(self, kernel_id: str) -> None:
        """A page has gone: after the last one the kernel waits a little, then goes."""
        handle = self._handles.get(kernel_id)
        if handle is not None and not handle.kernel.connections:
            self._leave_after(kernel_id, self.grace_seconds)

    def list_kernel_ids(self) -> list[str]:
        return list(self._handles)

    def __contains__(self, kernel_id: object) -> bool:
        return kernel_id in self._handles

    def __len__(self) -> int:
        return len(self._handles)

    # ---- our side ----

    def owner(self, kernel_id: str | None) -> str | None:
        """Return whose a kernel is, or None where there is no such kernel."""
        handle = self._handles.get(kernel_id or "")
        return handle.kernel.owner if handle else None

    def kernels(self) -> Iterator[VirtualKernel]:
        """Yield all live kernels."""
        for handle in list(self._handles.values()):
            yield handle.kernel

    def has_room(self, *, apart: bool = False) -> bool:
        """Return whether a visitor without privilege may have a kernel now."""
        if apart:
            return len(self._apart) < self.max_apart
        return len(self._handles) - len(self._apart) < self.max_kernels

    def open(
        self,
        kernel_id: str,
        owner: str,
        *,
        privileged: bool = False,
        apart: bool = False,
        prepare: Callable[[VirtualKernel], None] | None = None,
    ) -> VirtualKernel:
        """Make a kernel.

        Parameters
        ----------
        privileged : bool
            Passes the cap: somebody whose time is running must never wait.
        apart : bool
            Counts apart, under a cap of its own.
        prepare : callable or None
            Gets the kernel before anything can reach it.

        Raises
        ------
        TooManyKernels
            At the cap.
        ValueError
            For an id that is taken: its page would become another's.
        """
        if kernel_id in self._handles:
            raise ValueError(f"kernel {kernel_id} is there already")
        if not privileged and not self.has_room(apart=apart):
            raise TooManyKernels(str(len(self._handles)))
        kernel = VirtualKernel(kernel_id, owner)
        if prepare is not None:
            prepare(kernel)
        while len(self._by_owner.get(owner, ())) >= self.per_visitor:
            self.close(next(iter(self._by_owner[owner])))
        self._handles[kernel_id] = KernelHandle(self, kernel)
        if apart:
            self._apart.add(kernel_id)
        self._by_owner.setdefault(owner, OrderedDict())[kernel_id] = None
        self.started += 1
        self._leave_after(kernel_id, self.connect_seconds)
        return kernel

    def close(self, kernel_id: str) -> None:
        """Close a kernel and forget it; without effect where there is none."""
        handle = self._handles.pop(kernel_id, None)
        self._apart.discard(kernel_id)
        self._stay(kernel_id)
        if handle is None:
            return
        kernel = handle.kernel
        mine = self._by_owner.get(kernel.owner)
        if mine is not None:
            mine.pop(kernel_id, None)
            if not mine:
                del self._by_owner[kernel.owner]
        for connection in list(kernel.connections):
            connection.hang_up()
        kernel.close()

    def _leave_after(self, kernel_id: str, seconds: float) -> None:
        self._stay(kernel_id)
        loop = asyncio.get_running_loop()
        self._leaving[kernel_id] = loop.call_later(seconds, self.close, kernel_id, context=_NOBODY)

    def _stay(self, kernel_id: str) -> None:
        timer = self._leaving.pop(kernel_id, None)
        if timer is not None:
            timer.cancel()
