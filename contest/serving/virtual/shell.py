"""What `get_ipython()` gives inside a kernel: display and tracebacks; nothing that runs code."""

from __future__ import annotations

import contextvars
import logging
import secrets
import sys
import weakref
from typing import TYPE_CHECKING, Any

from IPython.core.formatters import DisplayFormatter

from contest.serving.virtual.context import OutsideVisitor

if TYPE_CHECKING:
    from contest.serving.virtual.kernel import VirtualKernel

log = logging.getLogger(__name__)

_formatter = DisplayFormatter()
"""Turns objects into pictures and text; it keeps nothing of what it was given."""


class Events:
    """IPython's hooks around execution; here nothing is executed for a page."""

    def trigger(self, *_: Any, **__: Any) -> None:
        """Do nothing."""

    def register(self, *_: Any, **__: Any) -> None:
        """Do nothing."""

    unregister = register


class KernelDisplay:
    """Where display data go: to the pages of one kernel."""

    def __init__(self, kernel: VirtualKernel) -> None:
        self._of = weakref.ref(kernel)  # a kernel that is closed goes without the collector

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        """Send display data."""
        kind = "update_display_data" if update else "display_data"
        content = {"data": data, "metadata": metadata or {}, "transient": transient or {}}
        self._publish(kind, content)

    def clear_output(self, wait: bool = False) -> None:
        """Clear the output being written."""
        self._publish("clear_output", {"wait": wait})

    def _publish(self, kind: str, content: dict[str, Any]) -> None:
        kernel = self._of()
        if kernel is not None:
            kernel.publish(kind, content)


class KernelShell:
    """The shell of one kernel.

    Attributes
    ----------
    kernel : VirtualKernel
    user_ns : dict
        The namespace that cells run in.
    """

    display_formatter = _formatter
    events = Events()

    def __init__(self, kernel: VirtualKernel) -> None:
        self._of = weakref.ref(kernel)
        self.display_pub = KernelDisplay(kernel)

    @property
    def kernel(self) -> VirtualKernel:
        kernel = self._of()
        if kernel is None:
            raise OutsideVisitor("this shell's kernel is gone")
        return kernel

    @property
    def user_ns(self) -> dict[str, Any]:
        return self.kernel.namespace

    def get_parent(self) -> dict[str, Any]:
        """Return the message being answered."""
        return self.kernel.get_parent()

    def set_parent(self, _parent: dict[str, Any]) -> None:
        """Do nothing: the parent is the message that is being handled."""

    def showtraceback(self, exc_tuple: Any = None, *_: Any, **__: Any) -> None:
        """Log an exception in full; the page is only told its number."""
        error = exc_tuple if isinstance(exc_tuple, tuple) else sys.exc_info()
        self.kernel.fail(error)


def incident(kernel_id: str, error: Any) -> str:
    """Log an exception and return the number a visitor is told."""
    number = secrets.token_hex(4)

    def tell() -> None:
        log.error("incident %s in kernel %s", number, kernel_id, exc_info=error)

    # Outside of the visitor's context: standard error is the operator's there.
    contextvars.Context().run(tell)
    return number
