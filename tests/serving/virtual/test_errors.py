"""What goes wrong in a kernel: its page is told a number, its operator all, others nothing."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from contest.serving.virtual.program import compile_cell
from contest.serving.virtual.routing import install
from tests.serving.virtual.kernels import ECHO, Someone, incoming, run, say

pytestmark = pytest.mark.usefixtures("routed")

NUMBER = re.compile(r"[0-9a-f]{8}")

SECRET = "mat-khau-123"


def check_incident(someone: Someone, caplog: pytest.LogCaptureFixture, name: str) -> None:
    """The page got a number, the operator the whole story under the same number."""
    (error,) = someone.page.of("error")
    assert error["ename"] == "incident"
    assert error["traceback"] == []
    assert NUMBER.fullmatch(error["evalue"])
    for leak in (SECRET, name, "Traceback", "File ", ".py", "site-packages"):
        assert leak.encode() not in someone.page.wire, leak
    (record,) = [one for one in caplog.records if one.levelno >= logging.ERROR]
    told = logging.Formatter().format(record)
    assert error["evalue"] in told
    assert someone.kernel.kernel_id in told
    assert f"{name}: {SECRET}" in told
    assert "Traceback" in told


RAISES = f"def bad(*_, **__):\n    raise LookupError({SECRET!r})\n"


@pytest.mark.parametrize(
    "cells",
    [
        [RAISES, "bad()", "print('not reached')"],
        [RAISES, "import asyncio\nawait asyncio.sleep(0)\nbad()", "print('not reached')"],
        [RAISES, "class C:\n    _repr_html_ = bad\nC()"],
    ],
    ids=["cell", "after an await", "display"],
)
def test_an_error_in_a_cell_is_an_incident(
    cells: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """And the cells after it aren't run."""
    someone = Someone("an")
    run(lambda: someone.run(*cells))  # type: ignore[arg-type, return-value]
    check_incident(someone, caplog, "LookupError")
    assert "not reached" not in someone.page.printed


HANDLERS = {
    "observe": ("w = ipywidgets.IntSlider()\nw.observe(bad, 'value')", {"value": 3}),
    "a wrong value": (
        f"w = ipywidgets.Combobox()\nw.observe(lambda c: bad(), 'value')\n{SECRET!r}\n",
        {"value": "x"},
    ),
    "interact": (
        "w = ipywidgets.IntSlider()\nipywidgets.interact_manual(bad, x=w)\nw.observe(bad, 'value')",
        {"value": 3},
    ),
}


@pytest.mark.parametrize("name", HANDLERS)
def test_an_error_in_a_handler_is_an_incident(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """Of a widget's change."""
    cell, state = HANDLERS[name]

    async def main() -> None:
        await someone.run("import ipywidgets\n" + RAISES + cell)
        someone.page.messages.clear()
        someone.set(someone.kernel.namespace["w"].model_id, **state)

    someone = Someone("an")
    run(main)
    check_incident(someone, caplog, "LookupError")


@pytest.mark.parametrize(
    ("cell", "data"),
    [
        (
            "w = ipywidgets.Button()\nw.on_click(bad)",
            {"method": "custom", "content": {"event": "click"}},
        ),
        ("w = ipywidgets.Text()\nw.on_msg(bad)", {"method": "custom", "content": {}}),
    ],
    ids=["click", "message"],
)
def test_an_error_in_a_custom_message_is_an_incident(
    cell: str, data: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """A click, or whatever else a page says to a widget."""

    async def main() -> None:
        await someone.run("import ipywidgets\n" + RAISES + cell)
        someone.page.messages.clear()
        id_ = someone.kernel.namespace["w"].model_id
        someone.tell("comm_msg", {"comm_id": id_, "data": data})

    someone = Someone("an")
    run(main)
    check_incident(someone, caplog, "LookupError")


def test_an_error_in_a_plain_comm_is_an_incident(caplog: pytest.LogCaptureFixture) -> None:
    """Which ipykernel only logs."""

    async def main() -> None:
        await someone.run(ECHO, RAISES + "c.on_msg(bad)")
        someone.page.messages.clear()
        say(someone, {})

    someone = Someone("an")
    run(main)
    check_incident(someone, caplog, "LookupError")


def test_an_error_within_an_output_is_an_incident(caplog: pytest.LogCaptureFixture) -> None:
    """It ends there, as on an ordinary kernel: the cell goes on."""
    someone = Someone("an")
    cells = ["from ipywidgets import Output\no = Output()\n" + RAISES, "with o: bad()", "print(7)"]
    run(lambda: someone.run(*cells))  # type: ignore[arg-type, return-value]
    check_incident(someone, caplog, "LookupError")
    assert someone.page.printed == "7\n"


@pytest.mark.parametrize("cell", ["import sys\nsys.exit(3)", "raise SystemExit", "exit(3)"])
def test_a_cell_that_exits_ends_nothing_but_itself(cell: str) -> None:
    """The process serves others."""

    async def main() -> None:
        an, binh = Someone("an"), Someone("binh")
        await an.run(cell)
        assert len(an.page.of("error")) == 1
        assert (await binh.run("1 + 1")).kinds == ["execute_result"]
        asked = incoming("execute_request")
        cells = compile_cell("raise SystemExit")
        assert not await an.kernel.execute(cells, asked.header, asked.raw_header)

    run(main)


def test_a_handler_that_exits_ends_nothing_but_itself() -> None:
    """Neither the process, nor its kernel."""

    async def main() -> None:
        an = Someone("an")
        await an.run(ECHO, "def bad(m): raise SystemExit\nc.on_msg(bad)")
        say(an, 1)
        assert len(an.page.of("error")) == 1
        assert an.page.of("status")[-1] == {"execution_state": "idle"}

    run(main)


@pytest.mark.parametrize("kind", ["comm_open", "comm_msg", "comm_close"])
@pytest.mark.parametrize(
    "content",
    [
        {},
        {"comm_id": None},
        {"comm_id": ["x"], "target_name": {}, "data": []},
        {"comm_id": "c"},
        {"comm_id": "unknown", "target_name": "unknown", "data": {}},
        {"comm_id": "w", "data": None},
        {"comm_id": "w", "data": {"method": "update"}},
        {"comm_id": "w", "data": {"method": "update", "state": 3}},
        {"comm_id": "w", "data": {"method": "update", "state": {"value": "x"}}},
        {
            "comm_id": "w",
            "data": {"method": "update", "state": {}, "buffer_paths": [["a", "b"]]},
        },
    ],
)
def test_nonsense_from_a_page_hurts_nobody_else(kind: str, content: dict[str, Any]) -> None:
    """Nothing of it is raised to the server, and the kernel goes on where it still has a widget."""

    async def main() -> None:
        an = Someone("an")
        await an.run("import ipywidgets\nw = ipywidgets.IntSlider(model_id='w')", ECHO)
        an.tell(kind, content)
        an.tell("kernel_info_request", {})
        assert an.page.of("kernel_info_reply")
        assert b"Traceback" not in an.page.wire
        an.kernel.close()

    run(main)


def test_a_pages_control_comms_are_few() -> None:
    """However often a page asks for one, the kernel keeps no more than it needs."""

    async def main() -> None:
        an = Someone("an")
        for number in range(1000):
            an.open_control(f"control-{number}")
        assert len(an.kernel.comms.comms) <= 100
        an.open_control("newest")
        assert an.states("newest") == {}

    run(main)


@pytest.mark.parametrize(
    ("write", "said"),
    [
        ("import logging\nlogging.getLogger('anybody').error('mat-khau-123')", "mat-khau-123"),
        ("import warnings\nwarnings.warn('mat-khau-123', RuntimeWarning)", "mat-khau-123"),
    ],
    ids=["log", "warning"],
)
@pytest.mark.filterwarnings("default")
def test_log_lines_and_warnings_are_the_operators(
    write: str, said: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing else is set up they go to standard error: the process's, not the page's."""
    from contest.serving.virtual.routing import uninstall

    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    uninstall()
    install()
    someone = Someone("an")
    run(lambda: someone.run(write))  # type: ignore[arg-type, return-value]
    assert someone.page.messages == []
    assert said in capfd.readouterr().err
