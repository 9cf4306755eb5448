"""What nbclient needs of a kernel manager and a client, over a kernel that is an object.

Voilà renders a live page by executing the notebook through these, as it does with a
kernel process; the difference is that nothing leaves the process.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from functools import cached_property
from queue import Empty
from typing import TYPE_CHECKING, Any

from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session

from contest.serving.virtual.kernel import KERNEL_INFO, VirtualKernel
from contest.serving.virtual.program import compile_cell
from contest.serving.virtual.wire import Incoming, Outgoing, make_header

if TYPE_CHECKING:
    from contest.serving.virtual.manager import VirtualKernelManager

SETS_KERNEL_ID = "VOILA_KERNEL_ID"
"""Voilà executes a cell that writes this into the environment, which all visitors share."""


class Channel:
    """Messages for a client, in order, and the way back to the kernel."""

    def __init__(self, kernel: VirtualKernel) -> None:
        self._kernel = kernel
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def send(self, message: dict[str, Any]) -> None:
        """Send a message to the kernel, as nbclient does in the place of an output's page."""
        header = message["header"]
        raw = json.dumps(header, default=json_default).encode()
        self._kernel.receive(
            Incoming("shell", header, raw, message["metadata"], message["content"], [])
        )

    def put(self, message: dict[str, Any]) -> None:
        """Add a message."""
        self._messages.put_nowait(message)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message; queue.Empty after `timeout` seconds without one."""
        try:
            return await asyncio.wait_for(self._messages.get(), timeout)
        except TimeoutError:
            raise Empty from None


class VirtualKernelClient:
    """A client of one kernel, for executing cells."""

    allow_stdin = False

    def __init__(self, kernel: VirtualKernel) -> None:
        self._kernel = kernel
        self._session = uuid.uuid4().hex
        self.shell_channel = Channel(kernel)
        self.iopub_channel = Channel(kernel)

    @cached_property
    def session(self) -> Session:
        """Makes messages; asked for only where a cell writes into an output widget."""
        return Session(session=self._session)

    def start_channels(self, **_: Any) -> None:
        """Listen to what the kernel publishes."""
        self._kernel.listeners.append(self._hear)

    def stop_channels(self) -> None:
        """Stop listening."""
        if self._hear in self._kernel.listeners:
            self._kernel.listeners.remove(self._hear)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return at once: an object is ready when it exists."""

    async def is_alive(self) -> bool:
        """Return whether the kernel hasn't been closed."""
        return not self._kernel.closed

    def kernel_info(self, **_: Any) -> str:
        """Ask for the kernel's info; the answer is on the shell channel."""
        header = make_header("kernel_info_request", self._session)
        self._answer(header, "kernel_info_reply", KERNEL_INFO)
        return header["msg_id"]

    def execute(self, code: str, **_: Any) -> str:
        """Run a cell; the reply comes on the shell channel, the outputs on iopub."""
        header = make_header("execute_request", self._session)
        if SETS_KERNEL_ID in code:
            self._answer(header, "execute_reply", _reply(True))
            return header["msg_id"]
        try:
            cell = compile_cell(code)
        except SyntaxError as error:
            cell = compile_cell("raise SyntaxError(_problem)")
            self._kernel.namespace["_problem"] = str(error)
        raw = json.dumps(header).encode()
        task = self._kernel.execute(cell, header, raw)
        task.add_done_callback(
            lambda done: self._answer(
                header, "execute_reply", _reply(not done.cancelled() and done.result())
            )
        )
        return header["msg_id"]

    def _answer(self, request: dict[str, Any], msg_type: str, content: dict[str, Any]) -> None:
        header = make_header(msg_type, self._session)
        raw = json.dumps(request).encode()
        self.shell_channel.put(Outgoing("shell", header, raw, {}, content).as_dict())

    def _hear(self, message: Outgoing) -> None:
        if message.channel == "iopub":
            self.iopub_channel.put(message.as_dict())


def _reply(good: bool) -> dict[str, Any]:
    if good:
        return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
    return {"status": "error", "ename": "incident", "evalue": "", "traceback": []}


class KernelHandle:
    """A kernel as Jupyter's handlers and nbclient know one: a single kernel's manager.

    Attributes
    ----------
    kernel_id : str
    parent : VirtualKernelManager
    kernel : VirtualKernel
    """

    has_kernel = True
    ipykernel = False

    def __init__(self, parent: VirtualKernelManager, kernel: VirtualKernel) -> None:
        self.parent = parent
        self.kernel = kernel
        self.kernel_id = kernel.kernel_id

    def client(self, **_: Any) -> VirtualKernelClient:
        """Return a new client."""
        return VirtualKernelClient(self.kernel)

    async def is_alive(self) -> bool:
        """Return whether the kernel hasn't been closed."""
        return not self.kernel.closed

    async def interrupt_kernel(self) -> None:
        """Do nothing: a handler that doesn't return holds up the process, and is logged."""

    async def shutdown_kernel(self, **_: Any) -> None:
        """Close the kernel."""
        await self.parent.shutdown_kernel(self.kernel_id)

    async def cleanup_resources(self) -> None:
        """Do nothing: there are none."""
