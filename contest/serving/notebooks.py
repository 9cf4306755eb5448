"""Which notebooks the server shows, to whom, and how their kernels are made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tornado.web import HTTPError

from contest.app import ServerVisitor, bind_visitor
from contest.clock import Clock
from contest.service import Service
from contest.serving.virtual.kernel import VirtualKernel
from contest.serving.virtual.manager import VirtualKernelManager
from contest.serving.virtual.program import load_program


@dataclass(frozen=True)
class Admission:
    """Whether a visitor may have a notebook's page.

    Attributes
    ----------
    elsewhere : str or None
        Where the visitor belongs instead; None: here.
    privileged : bool
        Passes the cap on kernels: somebody whose time is running never waits.
    """

    elsewhere: str | None = None
    privileged: bool = False


Admit = Callable[[Service, str, int], Awaitable[Admission]]
"""(service, visitor, now) -> admission."""


@dataclass(frozen=True)
class NotebookRoute:
    """An address that a notebook answers.

    Attributes
    ----------
    path : str
        The address.
    notebook : Path
    admit : callable
        Asked when the page is sent, and again when its websocket connects.
    live : bool
        Run the cells before the page is sent, for each visitor, as Voilà does; otherwise the
        page is rendered once for all and the cells run when its websocket connects.
    """

    path: str
    notebook: Path
    admit: Admit
    live: bool = False

    @property
    def name(self) -> str:
        """What the page calls itself when its websocket connects."""
        return self.notebook.stem


class PageKernels:
    """Makes kernels for pages, each bound to the visitor who asks."""

    def __init__(
        self,
        routes: Iterable[NotebookRoute],
        manager: VirtualKernelManager,
        service: Service,
        clock: Clock,
    ) -> None:
        self._routes = {route.name: route for route in routes}
        self._manager = manager
        self._service = service
        self._clock = clock

    async def admission(self, route: NotebookRoute, visitor: str) -> Admission:
        """Return whether a visitor may have a page now."""
        return await route.admit(self._service, visitor, self._clock.now())

    async def open(self, name: str, kernel_id: str, visitor: str) -> None:
        """Make a kernel for a page that has been sent; its cells run once the page listens.

        One that is there already is left as it is, whosever it is.

        Raises
        ------
        HTTPError
            404 for an unknown page, 403 for a visitor whom it isn't for.
        TooManyKernels
            At the cap, for a visitor who doesn't pass it.
        """
        route = self._routes.get(name)
        if route is None or route.live:
            raise HTTPError(404)
        admission = await self.admission(route, visitor)
        if admission.elsewhere is not None:
            raise HTTPError(403)
        if kernel_id in self._manager:  # the same page asked twice at once
            return
        if kernel_id in self._manager:
            return  # the same page has connected twice at once
        program = load_program(route.notebook)

        def prepare(kernel: VirtualKernel) -> None:
            self._bind(kernel, visitor)
            kernel.program = program

        self._manager.open(kernel_id, visitor, privileged=admission.privileged, prepare=prepare)

    def open_live(self, kernel_id: str, visitor: str, *, privileged: bool) -> None:
        """Make a kernel whose cells run while the page is being sent; TooManyKernels as above."""
        self._manager.open(
            kernel_id,
            visitor,
            privileged=privileged,
            prepare=lambda kernel: self._bind(kernel, visitor),
        )

    def _bind(self, kernel: VirtualKernel, visitor: str) -> None:
        kernel.enter(bind_visitor, ServerVisitor(self._service, self._clock, visitor))
