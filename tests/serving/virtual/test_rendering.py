"""A page's HTML: made once for each version, where no visitor is, and the same bytes each time."""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config
from voila.app import Voila
from voila.utils import get_page_config

from contest import app
from contest.app import NotSignedIn, bind_visitor, current, only_visitors
from contest.serving.virtual.context import RUNNING
from contest.serving.virtual.manager import VirtualKernelManager
from contest.serving.virtual.rendering import PageCache, Rendered
from tests.serving.virtual.kernels import Someone

TEMPLATE = """{% set kernel_id = kernel_start(nb) %}<html>{{ resources.asked.ask() }}
{% for cell in cell_generator(nb, kernel_id) %}<p>{{ cell.source }}</p>{% endfor %}</html>"""


class Asked:
    """What the template calls as it is rendered."""

    def __init__(self, ask: Callable[[], object]) -> None:
        self.times = 0
        self._ask = ask

    def __deepcopy__(self, _memo: object) -> Asked:
        """Stay the same: settings are copied on their way to the template."""
        return self

    def ask(self) -> object:
        """Count, and say what there is to say."""
        self.times += 1
        return self._ask()


class Pages:
    """A notebook with a template of its own, and the cache of its page."""

    def __init__(self, folder: Path, ask: Callable[[], object]) -> None:
        self.asked = Asked(ask)
        self.cache = PageCache()
        self.made = 0
        cells = [new_markdown_cell("chữ"), new_code_cell("raise SystemExit")]
        notebook = new_notebook(cells=cells)
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        nbformat.write(notebook, folder / "trang.ipynb")
        template = folder / "voila" / "templates" / "mau"
        template.mkdir(parents=True)
        (template / "index.html.j2").write_text(TEMPLATE)
        settings = {"template": "mau", "multi_kernel_manager_class": VirtualKernelManager}
        self._voila = Voila(
            config=Config({"Voila": {"config_file_paths": []}, "VoilaConfiguration": settings}),
            notebook_path=str(folder / "trang.ipynb"),
        )
        self._voila.initialize([])
        self._settings = self._voila.init_settings()
        resources = {"asked": self.asked}
        self._voila.voila_configuration.config.VoilaConfiguration.resources = resources

    def _renderer(self) -> dict[str, Any]:
        self.made += 1
        voila = self._voila
        shared = {"base_url": "/", "voila_configuration": voila.voila_configuration}
        return {
            **shared,
            "request_handler": SimpleNamespace(),
            "page_config": get_page_config(settings=self._settings, log=voila.log, **shared),
            "traitlet_config": voila.config,
            "template_paths": voila.template_paths,
            "config_manager": voila.config_manager,
            "contents_manager": voila.contents_manager,
            "kernel_spec_manager": voila.kernel_spec_manager,
        }

    async def get(self, version: object = 1) -> Rendered:
        """Return the page."""
        return await self.cache.get("trang.ipynb", version, self._renderer)


MakePages = Callable[..., Pages]


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakePages:
    """Return what makes pages, whose template asks something."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    return lambda ask=str: Pages(tmp_path, ask)


def test_a_page_is_rendered_once(pages: MakePages) -> None:
    """Also where many ask at the same time."""

    async def main() -> None:
        made = pages()
        first = await asyncio.gather(*(made.get() for _ in range(20)))
        assert await made.get() is first[0]
        assert len(set(map(id, first))) == 1
        assert made.asked.times == made.made == 1

    asyncio.run(main())


def test_a_new_version_is_rendered_again(pages: MakePages) -> None:
    """And the old one is forgotten."""

    async def main() -> None:
        made = pages()
        old = await made.get("old")
        new = await made.get("new")
        assert made.asked.times == 2
        assert old is not new
        assert await made.get("new") is new
        assert len(made.cache._pages) == 1

    asyncio.run(main())


def test_the_same_page_is_the_same_bytes(pages: MakePages) -> None:
    """Plain and compressed; another page has others."""

    async def main() -> None:
        words = ["a", "a", "b"]
        made = pages(lambda: words.pop(0))
        one, same, other = [await made.get(version) for version in range(3)]
        assert one == same
        assert gzip.decompress(one.gzipped) == one.html
        assert one != other

    asyncio.run(main())


def test_no_cell_is_run_for_a_page(pages: MakePages) -> None:
    """Its text is there, its code is not."""

    async def main() -> None:
        html = (await pages().get()).html.decode()
        assert "chữ" in html
        assert "SystemExit" not in html

    asyncio.run(main())


def test_a_page_is_rendered_where_no_visitor_is(
    pages: MakePages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although it is a visitor's request that has it made; asking who that is fails the page."""
    monkeypatch.setattr(app, "_is_server", threading.Event())
    only_visitors()

    async def main() -> None:
        bind_visitor(SimpleNamespace(name="an"))  # type: ignore[arg-type]
        assert current()
        made = pages(current)
        for _ in range(2):  # nor is the failure kept
            with pytest.raises(NotSignedIn):
                await made.get()
        assert made.asked.times == 2

    asyncio.run(main())


def test_a_page_is_rendered_in_no_kernel(pages: MakePages) -> None:
    """Also when it is a kernel's code that asks for it."""

    async def main() -> None:
        kernel = Someone("an").kernel
        made = pages(lambda: RUNNING.get(None))
        task = asyncio.get_running_loop().create_task(made.get(), context=kernel._context)
        assert b"None" in (await task).html

    asyncio.run(main())
