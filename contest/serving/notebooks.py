"""Which notebooks the server shows, to whom, and how their kernels are made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tornado.web import HTTPError

from contest.app import ServerVisitor, bind_visitor
from contest.clock import Clock
from contest.practice.desk import PracticeDesk
from contest.practice.visitor import LearnerVisitor
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


Admit = Callable[[Any, str, int], Awaitable[Admission]]
"""(service, visitor, now) -> admission; learners' pages get the practice desk for a service."""

Audience = Literal["contestant", "learner"]


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
    audience : str
        Whose page it is; learners' kernels are counted apart from contestants'.
    """

    path: str
    notebook: Path
    admit: Admit
    live: bool = False
    audience: Audience = "contestant"

    @property
    def apart(self) -> bool:
        """Whether its kernels are counted apart."""
        return self.audience == "learner"

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
        desk: PracticeDesk | None = None,
    ) -> None:
        self._routes = {route.name: route for route in routes}
        self._manager = manager
        self._service = service
        self._clock = clock
        self._desk = desk

    def audience(self, name: str) -> Audience | None:
        """Return whose page of this name is; None where there is none."""
        route = self._routes.get(name)
        return route.audience if route else None

    async def admission(self, route: NotebookRoute, visitor: str) -> Admission:
        """Return whether a visitor may have a page now."""
        service = self._desk if route.audience == "learner" else self._service
        return await route.admit(service, visitor, self._clock.now())

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
        if kernel_id in self._manager:
            return  # the same page has connected twice at once
        program = load_program(route.notebook)

        def prepare(kernel: VirtualKernel) -> None:
            self._bind(kernel, visitor, route)
            kernel.program = program

        self._manager.open(
            kernel_id,
            visitor,
            privileged=admission.privileged,
            apart=route.apart,
            prepare=prepare,
        )

    def open_live(self, kernel_id: str, visitor: str, *, privileged: bool) -> None:
        """Make a kernel whose cells run while the page is being sent; TooManyKernels as above."""
        self._manager.open(
            kernel_id,
            visitor,
            privileged=privileged,
            prepare=lambda kernel: self._bind(kernel, visitor),
        )

    def _bind(
        self, kernel: VirtualKernel, visitor: str, route: NotebookRoute | None = None
    ) -> None:
        who: Any = ServerVisitor(self._service, self._clock, visitor)
        if route is not None and route.audience == "learner" and self._desk is not None:
            who = LearnerVisitor(self._service, self._clock, self._desk, visitor)
        kernel.enter(bind_visitor, who)
