"""One visitor's kernel: an object with a namespace, comms, widgets and a display."""

from __future__ import annotations

import asyncio
import contextvars
import json
import logging
import sys
import time
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Protocol, TypeVar

from ipywidgets import Widget

from contest.serving.virtual.comms import KernelComms
from contest.serving.virtual.context import RUNNING
from contest.serving.virtual.program import Cell, Program, run
from contest.serving.virtual.shell import KernelShell, incident
from contest.serving.virtual.wire import Incoming, Outgoing, make_header

log = logging.getLogger(__name__)

T = TypeVar("T")

SLOW_SECONDS = 0.1

MAX_PRINTED = 64 * 1024
"""Characters that wait at most to be sent with what else is printed."""

ERRORS = (Exception, SystemExit, KeyboardInterrupt)
"""What ends a cell or a handler, and nothing else: whoever exits doesn't end the server."""

STATUSES = {
    state: ({"execution_state": state}, json.dumps({"execution_state": state}).encode())
    for state in ("busy", "idle")
}
"""What is said around every message, as content and as JSON."""

KERNEL_INFO = {
    "status": "ok",
    "protocol_version": "5.4",
    "implementation": "timhieu",
    "implementation_version": "1",
    "language_info": {
        "name": "python",
        "version": sys.version.split()[0],
        "mimetype": "text/x-python",
        "file_extension": ".py",
    },
    "banner": "",
    "help_links": [],
}


class Connection(Protocol):
    """A page's websocket, as a kernel sees it."""

    def send(self, message: Outgoing) -> None:
        """Send a message; never blocks and never raises."""
        ...


class VirtualKernel:
    """See the module.

    Messages of one kernel are handled one after the other, in the order they came; kernels
    don't wait for each other. Handlers run in the kernel's own context, and so does every
    task they start.

    Parameters
    ----------
    kernel_id : str
    owner : str
        Whose it is; nobody else may connect.
    client_models : bool
        Whether pages may open widget models of their own.
    """

    def __init__(self, kernel_id: str, owner: str, *, client_models: bool = False) -> None:
        self.kernel_id = kernel_id
        self.owner = owner
        self.namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
        self.widgets: dict[str, Widget] = {}
        self.widget_constructed: Callable[[Widget], None] | None = None
        self.comms = KernelComms(self, client_models=client_models)
        self.shell = KernelShell(self)
        self.closed = False
        self.connections: list[Connection] = []
        self.listeners: list[Callable[[Outgoing], None]] = []
        self.missed: Any = None
        self.on_silence: Callable[[Outgoing], None] | None = None
        self.last_activity = time.monotonic()
        self.executions = 0
        self.program: Program | None = None
        self._stream = "stdout"
        self._printed = ""
        self._parent: dict[str, Any] = {}
        self._raw_parent = b"{}"
        self._waiting: deque[Incoming] = deque()
        self._running: asyncio.Task[Any] | None = None
        self._context = contextvars.Context()
        self._context.run(RUNNING.set, self)

    def enter(self, work: Callable[..., T], *args: Any) -> T:
        """Call something in this kernel's context: what it sets there, this visitor's code sees."""
        return self._context.run(work, *args)

    # ---- messages from pages ----

    def receive(self, message: Incoming) -> None:
        """Handle a message now, or after the cell that is running."""
        self.last_activity = time.monotonic()
        if self.closed:
            return
        if self._running is not None and message.msg_type not in _ALWAYS:
            self._waiting.append(message)
        else:
            self._context.run(self._handle, message)

    def _handle(self, message: Incoming) -> None:
        handler = _HANDLERS.get(message.msg_type)
        if handler is None:
            return
        self.flush()
        before = (self._parent, self._raw_parent) if self._running is not None else None
        self._parent, self._raw_parent = message.as_dict(), message.raw_header
        began = time.monotonic()
        self._status("busy")
        try:
            handler(self, message)
        except ERRORS:
            self.fail(sys.exc_info())
        self._status("idle")
        if before is not None:  # the cell that is running still answers its own message
            self._parent, self._raw_parent = before
        took = time.monotonic() - began
        if took > SLOW_SECONDS:
            log.warning("a %s took %.0f ms and held up everybody", message.msg_type, took * 1000)

    def _comm_open(self, message: Incoming) -> None:
        self.comms.comm_open(None, "", message.as_dict())  # type: ignore[arg-type]

    def _comm_msg(self, message: Incoming) -> None:
        self.comms.comm_msg(None, "", message.as_dict())  # type: ignore[arg-type]

    def _comm_close(self, message: Incoming) -> None:
        self.comms.comm_close(None, "", message.as_dict())  # type: ignore[arg-type]

    def _comm_info(self, message: Incoming) -> None:
        target = message.content.get("target_name")
        comms = {
            id_: {"target_name": comm.target_name}
            for id_, comm in self.comms.comms.items()
            if target in (None, comm.target_name)
        }
        self.reply("comm_info_reply", {"comms": comms, "status": "ok"})

    def _kernel_info(self, _message: Incoming) -> None:
        self.reply("kernel_info_reply", KERNEL_INFO)
        # The first thing a page asks, once it is ready to hear of widgets.
        if self.program is not None:
            program, self.program = self.program, None
            self.start(program)

    # ---- messages to pages ----

    def publish(
        self,
        msg_type: str,
        content: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        buffers: Iterable[bytes] = (),
    ) -> None:
        """Send a message on the iopub channel to every page of this kernel."""
        self._send("iopub", msg_type, content, metadata or {}, buffers)

    def reply(self, msg_type: str, content: dict[str, Any]) -> None:
        """Answer the message being handled."""
        self._send("shell", msg_type, content, {}, ())

    def stream(self, name: str, text: str) -> None:
        """Send what was printed: in one message what is printed in one go."""
        if not text or self.closed:
            return
        if name != self._stream or len(self._printed) > MAX_PRINTED:
            self.flush()
        self._stream = name
        if not self._printed:
            try:
                asyncio.get_running_loop().call_soon(self.flush)
            except RuntimeError:  # a thread that a cell has started with this visitor's context
                self.publish("stream", {"name": name, "text": text})
                return
        self._printed += text

    def flush(self) -> None:
        """Send what was printed and hasn't been sent."""
        printed, self._printed = self._printed, ""
        if printed:
            self.publish("stream", {"name": self._stream, "text": printed})

    def fail(self, error: Any) -> None:
        """Log an exception in full and tell the page its number."""
        number = incident(self.kernel_id, error)
        content = {"ename": "incident", "evalue": number, "traceback": []}
        self.publish("error", content)

    def _send(
        self,
        channel: str,
        msg_type: str,
        content: dict[str, Any],
        metadata: dict[str, Any],
        buffers: Iterable[bytes],
        raw: bytes | None = None,
    ) -> None:
        if self.closed or not (self.connections or self.listeners or self.on_silence):
            return
        if self._printed and msg_type != "stream":
            self.flush()
        message = Outgoing(
            channel,
            make_header(msg_type, self.kernel_id),
            self._raw_parent,
            metadata,
            content,
            [bytes(buffer) for buffer in buffers],
            raw,
        )
        for listener in self.listeners:
            listener(message)
        if not self.connections and self.on_silence is not None:
            self.on_silence(message)
        for connection in list(self.connections):
            connection.send(message)

    def _status(self, state: str) -> None:
        content, raw = STATUSES[state]
        self._send("iopub", "status", content, {}, (), raw)

    def get_parent(self) -> dict[str, Any]:
        """Return the message being handled, or the last one."""
        return self._parent

    # ---- cells ----

    def start(self, cells: Iterable[Cell]) -> asyncio.Task[None]:
        """Run cells one after the other; the first error ends it and the page is told."""
        return self._hold(self._run_cells(cells))

    def _hold(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run cells in this kernel's context; messages wait until they are done."""
        task = asyncio.get_running_loop().create_task(work, context=self._context)
        self._running = task
        task.add_done_callback(self._finished)
        return task

    async def _run_cells(self, cells: Iterable[Cell]) -> None:
        try:
            for cell in cells:
                await self.run_cell(cell)
        except ERRORS:
            self.fail(sys.exc_info())
        finally:
            self.flush()

    async def run_cell(self, cell: Cell) -> None:
        """Run one cell and show the value of its last expression. Raises what the cell raises."""
        self.executions += 1
        if cell.body is not None:
            await run(cell.body, self.namespace)
        if cell.shown is not None:
            value = await run(cell.shown, self.namespace)
            if value is not None:
                data, metadata = self.shell.display_formatter.format(value)
                if data:
                    count = {"execution_count": self.executions}
                    self.publish("execute_result", {"data": data, "metadata": metadata, **count})

    def execute(self, cell: Cell, header: dict[str, Any], raw_header: bytes) -> asyncio.Task[bool]:
        """Run a cell as an answer to an execute request; the task tells whether it went well."""

        async def main() -> bool:
            self.flush()
            self._parent, self._raw_parent = {"header": header}, raw_header
            self._status("busy")
            try:
                await self.run_cell(cell)
            except ERRORS:
                self.fail(sys.exc_info())
                return False
            finally:
                self._status("idle")
            return True

        return self._hold(main())

    def _finished(self, task: asyncio.Task[Any]) -> None:
        if task is self._running:
            self._running = None
        if self.closed:
            self.namespace.clear()
        while self._waiting and self._running is None:
            self._context.run(self._handle, self._waiting.popleft())

    # ---- end ----

    def close(self) -> None:
        """Let go of everything, so that its memory returns without waiting for the collector."""
        if self.closed:
            return
        self.closed = True
        if self._running is not None:
            self._running.cancel()
        else:
            self.namespace.clear()  # a cell that is cut off may need it to clean up
        self._context.run(self._close_widgets)
        self.comms.clear()
        self.widgets.clear()
        self.connections.clear()
        self.listeners.clear()
        self.on_silence = None
        self._waiting.clear()
        self._parent = {}
        self._context = contextvars.Context()  # the old one names this kernel

    def _close_widgets(self) -> None:
        for widget in list(self.widgets.values()):
            try:
                widget.close()
            except Exception:
                log.exception("a widget of kernel %s didn't close", self.kernel_id)


_ALWAYS = frozenset({"kernel_info_request", "comm_info_request"})
"""Answered while a cell is running, too: pages ask them to know that the kernel lives."""

_HANDLERS: dict[str, Callable[[VirtualKernel, Incoming], None]] = {
    "comm_open": VirtualKernel._comm_open,
    "comm_msg": VirtualKernel._comm_msg,
    "comm_close": VirtualKernel._comm_close,
    "comm_info_request": VirtualKernel._comm_info,
    "kernel_info_request": VirtualKernel._kernel_info,
}
"""All that a page may ask. There is no handler for execute requests: pages run no code."""
