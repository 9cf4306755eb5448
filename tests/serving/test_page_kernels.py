"""Whose kernel is made for a page, and when none is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tornado.web import HTTPError

from contest.app import current
from contest.clock import ManualClock
from contest.serving.notebooks import Admission, NotebookRoute, PageKernels
from contest.serving.virtual.manager import TooManyKernels, VirtualKernelManager
from contest.serving.virtual.routing import uninstall
from tests.factories import OPENS

ID = "kernel-00000001"


class Door:
    """Who is admitted to the test's page; asked by `PageKernels`."""

    def __init__(self) -> None:
        self.says = Admission()
        self.opened = asyncio.Event()
        self.opened.set()
        self.asked: list[tuple[str, int]] = []

    async def admit(self, _service: Any, visitor: str, now: int) -> Admission:
        """Answer once the door is open."""
        self.asked.append((visitor, now))
        await self.opened.wait()
        return self.says


Work = Callable[[PageKernels, VirtualKernelManager, Door], Awaitable[None]]


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., None]:
    """Return a function that does `work` with a manager of `max_kernels`."""
    notebook = tmp_path / "thu.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]), notebook)

    def start(work: Work, max_kernels: int = 5) -> None:
        async def main() -> None:
            manager = VirtualKernelManager(max_kernels=max_kernels)
            door = Door()
            routes = [
                NotebookRoute("/thu", notebook, door.admit),
                NotebookRoute("/song", notebook.with_stem("song"), door.admit, live=True),
            ]
            service: Any = object()
            try:
                await work(PageKernels(routes, manager, service, ManualClock(OPENS)), manager, door)
            finally:
                await manager.shutdown_all()

        try:
            asyncio.run(main())
        finally:
            uninstall()

    return start


def test_kernel_is_its_visitors_and_knows_them(run: Callable[..., None]) -> None:
    """The door was asked about them, with the server's time."""

    async def work(kernels: PageKernels, manager: VirtualKernelManager, door: Door) -> None:
        await kernels.open("thu", ID, "ts-1")
        assert door.asked == [("ts-1", OPENS)]
        assert manager.owner(ID) == "ts-1"
        kernel = manager.get_kernel(ID).kernel
        assert kernel.enter(current)._contestant_id == "ts-1"

    run(work)


def test_page_that_connects_twice_at_once_has_one_kernel(run: Callable[..., None]) -> None:
    """Both were admitted before either was made; whoever comes second changes nothing of it."""

    async def work(kernels: PageKernels, manager: VirtualKernelManager, door: Door) -> None:
        door.opened.clear()
        visitors = ("ts-1", "ts-1", "ts-2")
        both = [asyncio.create_task(kernels.open("thu", ID, one)) for one in visitors]
        await asyncio.sleep(0)
        door.opened.set()
        await asyncio.gather(*both)
        assert manager.started == 1
        assert manager.owner(ID) == "ts-1"

    run(work)


@pytest.mark.parametrize("name", ["nope", "song", "", "thu.ipynb"])
def test_there_is_none_for_an_unknown_or_a_live_page(run: Callable[..., None], name: str) -> None:
    """A live page brings its kernel along."""

    async def work(kernels: PageKernels, manager: VirtualKernelManager, _: Door) -> None:
        with pytest.raises(HTTPError) as caught:
            await kernels.open(name, ID, "ts-1")
        assert caught.value.status_code == 404
        assert len(manager) == 0

    run(work)


def test_there_is_none_for_a_visitor_who_belongs_elsewhere(run: Callable[..., None]) -> None:
    """However the page came to them."""

    async def work(kernels: PageKernels, manager: VirtualKernelManager, door: Door) -> None:
        door.says = Admission(elsewhere="/")
        with pytest.raises(HTTPError) as caught:
            await kernels.open("thu", ID, "ts-1")
        assert caught.value.status_code == 403
        assert len(manager) == 0

    run(work)


def test_only_the_privileged_pass_the_cap(run: Callable[..., None]) -> None:
    """On both kinds of pages."""

    async def work(kernels: PageKernels, manager: VirtualKernelManager, door: Door) -> None:
        await kernels.open("thu", ID, "ts-1")
        with pytest.raises(TooManyKernels):
            await kernels.open("thu", "kernel-00000002", "ts-2")
        with pytest.raises(TooManyKernels):
            kernels.open_live("kernel-00000003", "ts-3", privileged=False)
        door.says = Admission(privileged=True)
        await kernels.open("thu", "kernel-00000002", "ts-2")
        kernels.open_live("kernel-00000003", "ts-3", privileged=True)
        assert len(manager) == 3

    run(work, max_kernels=1)
