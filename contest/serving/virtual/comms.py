"""Comms of one kernel."""

from __future__ import annotations

import weakref
from collections import deque
from typing import TYPE_CHECKING, Any

from comm.base_comm import BaseComm, CommManager

if TYPE_CHECKING:
    from contest.serving.virtual.kernel import VirtualKernel

MAX_OPENED = 100
"""Comms that a page may have opened; with one more the oldest is closed."""


class KernelComm(BaseComm):
    """A comm that is bound to its kernel from the start.

    ipykernel's finds its kernel when it first sends; by then another visitor's
    code may be running.
    """

    def __init__(self, *args: Any, kernel: VirtualKernel, **kwargs: Any) -> None:
        self.kernel = kernel
        super().__init__(*args, **kwargs)

    def publish_msg(
        self,
        msg_type: str,
        data: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
        buffers: list[bytes] | None = None,
        **keys: Any,
    ) -> None:
        """Send a comm message to the pages of this kernel."""
        content = {"data": data or {}, "comm_id": self.comm_id, **keys}
        self.kernel.publish(msg_type, content, metadata or {}, buffers or [])

    def close(
        self,
        data: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
        buffers: list[bytes] | None = None,
        deleting: bool = False,  # noqa: ARG002
    ) -> None:
        """Close the page's side, and leave this kernel's comms.

        The collector may come to it while another visitor's code is running, or nobody's.
        """
        if self._closed:
            return
        self._closed = True
        self.publish_msg("comm_close", data or self._close_data, metadata, buffers)
        if self.kernel.comms.comms.get(self.comm_id) is self:
            del self.kernel.comms.comms[self.comm_id]


class KernelComms(CommManager):
    """The comms and targets of one kernel.

    Opening models from the browser is refused unless the route allows it: a page could
    make widgets of any registered class. What a handler raises is the kernel's to deal with;
    what names no comm is dropped.
    """

    def __init__(self, kernel: VirtualKernel, *, client_models: bool) -> None:
        super().__init__()
        from ipywidgets import Widget

        self._of = weakref.ref(kernel)  # a kernel that is closed goes without the collector
        self._opened: deque[BaseComm] = deque()
        self.targets["jupyter.widget.control"] = Widget.handle_control_comm_opened
        if client_models:
            self.targets["jupyter.widget"] = Widget.handle_comm_opened

    def comm_open(self, _stream: Any, _ident: Any, msg: dict[str, Any]) -> None:  # type: ignore[override]
        """Open what a page asks for; the page is told where that isn't to be had."""
        content = msg["content"]
        id_, target = content.get("comm_id"), content.get("target_name")
        if not isinstance(id_, str) or not isinstance(target, str) or id_ in self.comms:
            return
        kernel = self._of()
        if kernel is None:
            return
        opened = KernelComm(kernel=kernel, comm_id=id_, primary=False, target_name=target)
        if target not in self.targets:
            opened.close()
            return
        self.register_comm(opened)
        self._opened.append(opened)
        if len(self._opened) > MAX_OPENED:
            self._opened.popleft().close()
        try:
            self.targets[target](opened, msg)
        except Exception:
            opened.close()
            raise

    def comm_msg(self, _stream: Any, _ident: Any, msg: dict[str, Any]) -> None:  # type: ignore[override]
        """Hand a message to its comm."""
        found = self._find(msg)
        if found is not None:
            found.handle_msg(msg)

    def comm_close(self, _stream: Any, _ident: Any, msg: dict[str, Any]) -> None:  # type: ignore[override]
        """Take note that a page has closed a comm."""
        found = self._find(msg)
        if found is not None:
            found._closed = True
            del self.comms[found.comm_id]
            found.handle_close(msg)

    def clear(self) -> None:
        """Let go of everything."""
        self.comms.clear()
        self.targets.clear()
        self._opened.clear()

    def _find(self, msg: dict[str, Any]) -> BaseComm | None:
        content = msg["content"]
        id_ = content.get("comm_id")
        if not isinstance(id_, str) or not isinstance(content.get("data"), dict):
            return None
        return self.comms.get(id_)
