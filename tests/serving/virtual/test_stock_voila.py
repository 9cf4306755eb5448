"""It is a kernel, not a special case: ipywidgets' core controls under stock Voilà, for two."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from playwright.sync_api import Page, expect

from tests.serving.conftest import NewPhone
from tests.serving.virtual.controls import write_notebook
from tests.serving.virtual.kernels import managed

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the notebook of all controls."""
    return write_notebook(tmp_path_factory.mktemp("notebook") / "cac_nut.ipynb")


# ---- the same outputs as on an ordinary kernel ----


def on_ipykernel(notebook: Path) -> NotebookClient:
    """Execute the notebook on an ordinary kernel, a process of its own."""
    client = NotebookClient(nbformat.read(notebook, 4), kernel_name="python3", timeout=60)
    client.create_kernel_manager().transport = "ipc"
    client.execute()
    return client


def on_virtual_kernel(notebook: Path) -> NotebookClient:
    """Execute the notebook on a kernel that is an object."""

    async def main() -> NotebookClient:
        with managed() as manager:
            manager.open("k", "an")
            client = NotebookClient(nbformat.read(notebook, 4), manager.get_kernel("k"), timeout=60)
            await client.async_execute()
        return client

    return asyncio.run(main())


def outputs(client: NotebookClient) -> list[Any]:
    """Return what each cell shows, with the models' names in place of their ids."""
    names = {id_: state["_model_name"] for id_, state in client.widget_state.items()}
    cells = [
        [
            {key: value for key, value in output.items() if key != "execution_count"}
            for output in cell.get("outputs", [])
        ]
        for cell in client.nb.cells
    ]
    text = json.dumps(cells, ensure_ascii=False, sort_keys=True)
    return json.loads(re.sub(r"[0-9a-f]{32}", lambda id_: names[id_[0]], text))


def states(client: NotebookClient) -> list[str]:
    """Return the state of every widget, in order, with names in place of ids."""
    names = {id_: state["_model_name"] for id_, state in client.widget_state.items()}
    return [
        re.sub(
            r"[0-9a-f]{32}",
            lambda id_: names[id_[0]],
            json.dumps({**state, "msg_id": ""}, ensure_ascii=False, sort_keys=True),
        )
        for state in client.widget_state.values()
    ]


def test_the_notebook_gives_the_same_outputs_on_an_ordinary_kernel(notebook: Path) -> None:
    """Every output of every cell, and the state of every widget."""
    ordinary, virtual = on_ipykernel(notebook), on_virtual_kernel(notebook)
    assert outputs(virtual) == outputs(ordinary)
    assert states(virtual) == states(ordinary)
    shown = json.dumps(outputs(virtual), ensure_ascii=False)
    for word in ("in ra", "ngoài khung", "TabModel", "4|một||False|trái"):
        assert word in shown


# ---- two visitors at once, in a browser ----


@pytest.fixture(scope="module")
def address(notebook: Path) -> Iterator[str]:
    """Serve the notebook with stock Voilà; nothing may go wrong in its log."""
    errors = notebook.with_name("stderr.txt")
    command = [sys.executable, "-m", "tests.serving.virtual.stock_server", str(notebook)]
    with errors.open("wb") as err:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=err)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().decode().strip()
        assert address, errors.read_text()
        yield address
        assert process.poll() is None
    finally:
        process.kill()
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()
    said = errors.read_text()
    assert not re.search("Traceback|incident|Uncaught", said), said


class Reader:
    """One visitor, before the page of all controls."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.crashes: list[str] = []
        page.on("pageerror", lambda error: self.crashes.append(str(error)))
        page.goto(address, wait_until="domcontentloaded")
        self.sees("4|một||False|trái")

    def sees(self, summary: str) -> None:
        """Wait until the summary says this."""
        expect(self.page.locator(".tom-tat")).to_have_text(summary)

    def slide(self, steps: int) -> None:
        """Move the slider by the keyboard."""
        handle = self.page.get_by_role("slider", name="thanh").or_(
            self.page.locator(".widget-slider .noUi-handle")
        )
        handle.first.focus()
        for _ in range(steps):
            self.page.keyboard.press("ArrowRight")

    def write(self, words: str) -> None:
        """Type into the text field."""
        field = self.page.get_by_label("chữ")
        field.fill(words)
        field.press("Enter")


@pytest.mark.browser
def test_two_visitors_use_all_controls_at_once(address: str, phone: NewPhone) -> None:
    """Each changes values; nothing of the one is seen by the other."""
    an = Reader(phone().new_page(), address)
    binh = Reader(phone().new_page(), address)
    an.slide(2)
    binh.slide(4)
    an.write("của An")
    binh.write("của Bình")
    an.page.get_by_label("chọn").select_option("ba")
    binh.page.get_by_label("đánh dấu").check()
    binh.page.get_by_text("phải").click()
    an.sees("6|ba|của An|False|trái")
    binh.sees("8|một|của Bình|True|phải")
    for one, number in ((an, "6"), (binh, "8")):
        expect(one.page.get_by_label("số")).to_have_value(number)
    for one in (an, an, binh):
        one.page.get_by_role("button", name="bấm").click()
    expect(an.page.get_by_text("đã bấm 2 của An")).to_be_visible()
    expect(binh.page.get_by_text("đã bấm 1 của Bình")).to_be_visible()
    assert "Bình" not in an.page.content()
    assert "của An" not in binh.page.content()
    assert an.crashes == binh.crashes == []


@pytest.mark.browser
def test_outputs_and_interact_follow_their_visitor(address: str, phone: NewPhone) -> None:
    """What was printed within the output stays there, and `interact` runs again at a change."""
    an, binh = (Reader(phone().new_page(), address) for _ in range(2))
    for one in (an, binh):
        expect(one.page.get_by_text("trong khung")).to_be_visible()
        expect(one.page.locator(".hien")).to_have_text("hiện")
        expect(one.page.get_by_text("gấp đôi 4")).to_be_visible()
    an.page.locator(".widget-interact .noUi-handle").focus()
    an.page.keyboard.press("ArrowRight")
    expect(an.page.get_by_text("gấp đôi 6")).to_be_visible()
    expect(an.page.get_by_text("gấp đôi 4")).to_be_hidden()
    expect(binh.page.get_by_text("gấp đôi 4")).to_be_visible()
    an.page.get_by_role("tab", name="hai").click()
    expect(an.page.get_by_text("sáng")).to_be_visible()
    assert an.crashes == binh.crashes == []


@pytest.mark.browser
def test_a_reload_is_a_new_kernel(address: str, phone: NewPhone) -> None:
    """As under stock Voilà: with the values of the beginning."""
    an = Reader(phone().new_page(), address)
    an.write("trước")
    an.sees("4|một|trước|False|trái")
    an.page.reload(wait_until="domcontentloaded")
    an.sees("4|một||False|trái")
    an.write("sau")
    an.sees("4|một|sau|False|trái")
