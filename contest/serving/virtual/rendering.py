"""A notebook page's HTML, rendered once: the same for every visitor, without a kernel.

The page is a shell; its kernel is made and its cells are run when its websocket
connects. Rendering happens in a context of its own in which there is no visitor:
whatever asks for one raises.
"""

from __future__ import annotations

import asyncio
import contextvars
import gzip
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from voila.notebook_renderer import NotebookRenderer

log = logging.getLogger(__name__)

GZIP_LEVEL = 9


@dataclass(frozen=True)
class Rendered:
    """A page as it is sent: plain and compressed."""

    html: bytes
    gzipped: bytes


class ShellRenderer(NotebookRenderer):
    """Renders a notebook's page without executing anything."""

    async def _jinja_kernel_start(self, nb: Any, kernel_id: Any, kernel_future: Any) -> str:  # noqa: ARG002
        return ""

    async def _jinja_notebook_execute(self, nb: Any, kernel_id: Any) -> None:
        """Leave the cells without outputs."""

    async def _jinja_cell_generator(self, nb: Any, kernel_id: Any) -> AsyncIterator[Any]:  # noqa: ARG002
        for cell in nb.cells:
            if cell.cell_type != "code":
                yield cell


class PageCache:
    """Rendered pages by notebook; made again when what they are made from has changed."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[object, Rendered]] = {}
        self._lock = asyncio.Lock()

    async def get(
        self, name: str, version: object, renderer: Callable[[], dict[str, Any]]
    ) -> Rendered:
        """Return a page.

        Parameters
        ----------
        name : str
            The notebook's path below the server's root.
        version : object
            Compares unequal when the page must be made again.
        renderer : callable
            Returns what `NotebookRenderer` is made with; called only where the page must be made.
        """
        known = self._pages.get(name)
        if known is not None and known[0] == version:
            return known[1]
        async with self._lock:
            known = self._pages.get(name)
            if known is None or known[0] != version:
                task = asyncio.get_running_loop().create_task(
                    _render(name, renderer()), context=contextvars.Context()
                )
                known = self._pages[name] = (version, await task)
        return known[1]


async def _render(name: str, renderer: dict[str, Any]) -> Rendered:
    shell = ShellRenderer(notebook_path=name, **renderer)
    await shell.initialize()
    html = (await shell.generate_content_str()).encode()
    # mtime 0: the same page gives the same bytes.
    return Rendered(html, gzip.compress(html, GZIP_LEVEL, mtime=0))
