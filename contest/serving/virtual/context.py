"""Which visitor's code is running."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contest.serving.virtual.kernel import VirtualKernel

RUNNING: ContextVar[VirtualKernel] = ContextVar("running_kernel")
"""Set in the context of every task of a kernel; never set anywhere else."""


class OutsideVisitor(RuntimeError):
    """Something that belongs to a visitor was touched where no visitor's code is running.

    Falling back to some visitor would mix people up, so there is no fallback.
    """


def running_kernel() -> VirtualKernel:
    """Return the kernel whose code is running.

    Raises
    ------
    OutsideVisitor
        Outside of any kernel.
    """
    try:
        return RUNNING.get()
    except LookupError:
        raise OutsideVisitor("no visitor's code is running here") from None
