"""What is process-wide in ipywidgets, comm and IPython, routed to the running kernel.

| kept once per process by               | routed to                              |
|----------------------------------------|----------------------------------------|
| comm.create_comm, get_comm_manager     | the kernel's comms                     |
| ipywidgets.widgets.widget._instances   | the kernel's widgets                   |
| Widget._control_comm (class attribute) | bound for the length of a message      |
| Widget._widget_construction_callback   | the kernel's callback                  |
| InteractiveShell.instance, initialized | the kernel's shell: display, tracebacks |
| sys.stdout, sys.stderr                 | the kernel's streams                   |
| logging.lastResort, warnings           | the process's standard error, always   |

Outside of any kernel they raise `OutsideVisitor`; only standard output goes where it
always went, and `get_ipython()` gives None. `uninstall` undoes everything, for tests.
"""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, TextIO

import comm
import ipywidgets
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets.widgets import widget as widget_module

from contest.serving.virtual.comms import KernelComm
from contest.serving.virtual.context import RUNNING, running_kernel

Widget = ipywidgets.Widget


class RoutedWidgets(MutableMapping[str, Widget]):
    """Model id -> widget, of the running kernel."""

    def __getitem__(self, key: str) -> Widget:
        return running_kernel().widgets[key]

    def __setitem__(self, key: str, value: Widget) -> None:
        running_kernel().widgets[key] = value

    def __delitem__(self, key: str) -> None:
        del running_kernel().widgets[key]

    def __iter__(self) -> Iterator[str]:
        return iter(running_kernel().widgets)

    def __len__(self) -> int:
        return len(running_kernel().widgets)


class RoutedStream:
    """Standard output or error: the running kernel's, else the process's own."""

    def __init__(self, name: str, original: TextIO) -> None:
        self._name = name
        self._original = original

    def write(self, text: str) -> int:
        """Write to the running kernel's page, or to the process's stream."""
        kernel = RUNNING.get(None)
        if kernel is None:
            return self._original.write(text)
        kernel.stream(self._name, text)
        return len(text)

    def flush(self) -> None:
        """Send what was printed so far."""
        kernel = RUNNING.get(None)
        if kernel is None:
            self._original.flush()
        else:
            kernel.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)


class _Routing:
    """Everything that is replaced, with what stood there before."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], None]] = []

    @property
    def installed(self) -> bool:
        return bool(self._undo)

    def replace(self, owner: Any, name: str, value: Any) -> None:
        if name in vars(owner):
            before = vars(owner)[name]
            self._undo.append(lambda: setattr(owner, name, before))
        else:  # inherited: there is nothing to put back
            self._undo.append(lambda: delattr(owner, name))
        setattr(owner, name, value)

    def undo(self) -> None:
        while self._undo:
            self._undo.pop()()


_routing = _Routing()


def install() -> None:
    """Route everything; once per process, and again without effect."""
    if _routing.installed:
        return
    _routing.replace(comm, "create_comm", _create_comm)
    _routing.replace(comm, "get_comm_manager", _get_comm_manager)
    _routing.replace(widget_module, "_instances", RoutedWidgets())
    _route_control_comm()
    _routing.replace(Widget, "on_widget_constructed", staticmethod(_on_widget_constructed))
    _routing.replace(Widget, "_call_widget_constructed", staticmethod(_call_widget_constructed))
    _routing.replace(InteractiveShell, "initialized", classmethod(_has_shell))
    _routing.replace(InteractiveShell, "instance", classmethod(_shell))
    _keep_from_pages(sys.stderr)
    _routing.replace(sys, "stdout", RoutedStream("stdout", sys.stdout))
    _routing.replace(sys, "stderr", RoutedStream("stderr", sys.stderr))


def _keep_from_pages(stderr: TextIO) -> None:
    """Let log lines and warnings go to the process's own standard error, with their paths."""
    last = logging.StreamHandler(stderr)
    last.setLevel(logging.WARNING)
    _routing.replace(logging, "lastResort", last)

    def show(
        message: Any, category: Any, file_: str, line: int, file: Any = None, text: Any = None
    ) -> None:
        (file or stderr).write(warnings.formatwarning(message, category, file_, line, text))

    _routing.replace(warnings, "showwarning", show)


def uninstall() -> None:
    """Put everything back as it was."""
    _routing.undo()


def _create_comm(*args: Any, **kwargs: Any) -> KernelComm:
    return KernelComm(*args, kernel=running_kernel(), **kwargs)


def _get_comm_manager() -> Any:
    return running_kernel().comms


def _has_shell(_cls: type) -> bool:
    # Outside of kernels there simply is no IPython: get_ipython() gives None, as in any script.
    return RUNNING.get(None) is not None


def _shell(_cls: type, *_args: Any, **_kwargs: Any) -> Any:
    return running_kernel().shell


def _on_widget_constructed(callback: Callable[[Widget], None] | None) -> None:
    running_kernel().widget_constructed = callback


def _call_widget_constructed(widget: Widget) -> None:
    callback = running_kernel().widget_constructed
    if callback is not None:
        callback(widget)


def _route_control_comm() -> None:
    """Bind `Widget._control_comm` for the length of each message only.

    ipywidgets keeps the comm of whoever asked last as a class attribute and answers on
    it: with it shared, one visitor's page gets another's whole widget state.
    """
    original = Widget._handle_control_comm_msg.__func__

    def opened(cls: type[Widget], control: KernelComm, msg: dict[str, Any]) -> None:
        version = msg.get("metadata", {}).get("version", "")
        if version.split(".")[0] != widget_module.CONTROL_PROTOCOL_VERSION_MAJOR:
            raise ValueError(f"widget control protocol {version!r}")
        control.on_msg(lambda message: answer(cls, control, message))

    def answer(cls: type[Widget], control: KernelComm, msg: dict[str, Any]) -> None:
        cls._control_comm = control
        try:
            original(cls, msg)
        finally:
            cls._control_comm = None

    _routing.replace(Widget, "handle_control_comm_opened", classmethod(opened))
