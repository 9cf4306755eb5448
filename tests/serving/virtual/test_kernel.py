"""A kernel: its messages in order, each visitor's apart, and what its cells show."""

from __future__ import annotations

import asyncio
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.serving.virtual import kernel as kernel_module
from contest.serving.virtual.kernel import VirtualKernel
from contest.serving.virtual.program import compile_cell
from contest.serving.virtual.routing import install
from tests.serving.virtual.kernels import ECHO, Someone, incoming, run, say, soon, turn

pytestmark = pytest.mark.usefixtures("routed")

# ---- order ----


@settings(max_examples=30)
@given(st.lists(st.booleans(), max_size=30))
def test_each_kernels_messages_are_handled_in_order(of_an: list[bool]) -> None:
    """However the messages of two visitors are mixed."""

    async def main() -> None:
        install()
        an, binh = Someone("an"), Someone("binh")
        await asyncio.gather(an.run(ECHO), binh.run(ECHO))
        for number, his in enumerate(of_an):
            say(an if his else binh, number)
        for one, his in ((an, True), (binh, False)):
            mine = [number for number, of in enumerate(of_an) if of is his]
            assert one.kernel.namespace["heard"] == mine
            one.kernel.close()

    run(main)


def test_messages_wait_while_a_cell_awaits() -> None:
    """They come after it, in order; another visitor's don't wait for it."""

    async def main() -> None:
        an, binh = Someone("an"), Someone("binh")
        for one in (an, binh):
            await one.run(ECHO)
        gate = an.kernel.namespace["gate"] = asyncio.Event()
        running = an.kernel.start([compile_cell("await gate.wait()\nheard.append('cell')")])
        for number in range(5):
            say(an, number)
            say(binh, number)
        await turn(3)
        assert an.kernel.namespace["heard"] == []
        assert binh.kernel.namespace["heard"] == [0, 1, 2, 3, 4]
        gate.set()
        await running
        await turn()
        assert an.kernel.namespace["heard"] == ["cell", 0, 1, 2, 3, 4]

    run(main)


def test_messages_wait_for_the_program_that_a_page_starts() -> None:
    """The first question of a page starts the cells; what it says meanwhile comes after them."""

    async def main() -> None:
        an = Someone("an")
        gate = an.kernel.namespace["gate"] = asyncio.Event()
        an.kernel.program = [compile_cell("await gate.wait()"), compile_cell(ECHO)]  # type: ignore[assignment]
        an.tell("kernel_info_request", {})
        await turn()
        say(an, "early")
        gate.set()
        await soon(lambda: an.kernel.namespace.get("heard"))
        assert an.kernel.namespace["heard"] == ["early"]

    run(main)


def test_messages_wait_while_a_cell_of_a_live_page_awaits() -> None:
    """As on an ordinary kernel, which does one thing at a time."""

    async def main() -> None:
        an = Someone("an")
        await an.run(ECHO)
        gate = an.kernel.namespace["gate"] = asyncio.Event()
        asked = incoming("execute_request")
        cell = compile_cell("await gate.wait()\nheard.append('cell')\nprint('done')")
        running = an.kernel.execute(cell, asked.header, asked.raw_header)
        await turn()
        say(an, "early")
        gate.set()
        assert await running
        await turn(2)
        assert an.kernel.namespace["heard"] == ["cell", "early"]
        printed = [one for one in an.page.messages if one.header["msg_type"] == "stream"]
        assert {json.loads(m.parent)["msg_id"] for m in printed} == {asked.header["msg_id"]}

    run(main)


def test_a_page_is_told_at_once_that_the_kernel_lives() -> None:
    """While a cell awaits, too; and what the cell says later still answers its own request."""

    async def main() -> None:
        an = Someone("an")
        gate = an.kernel.namespace["gate"] = asyncio.Event()
        asked = incoming("execute_request")
        cell = compile_cell("await gate.wait()\nprint('done')")
        running = an.kernel.execute(cell, asked.header, asked.raw_header)
        await turn()
        question = an.tell("kernel_info_request", {})
        (reply,) = [m for m in an.page.messages if m.header["msg_type"] == "kernel_info_reply"]
        assert json.loads(reply.parent) == question.header
        gate.set()
        assert await running
        printed = [m for m in an.page.messages if m.header["msg_type"] == "stream"]
        assert {json.loads(m.parent)["msg_id"] for m in printed} == {asked.header["msg_id"]}

    run(main)


def test_every_answer_lies_between_busy_and_idle() -> None:
    """Clients wait for idle, whatever happened."""

    async def main() -> None:
        an = Someone("an")
        await an.run(ECHO, "def bad(m): 1 / 0\nc.on_msg(bad)")
        an.page.messages.clear()
        for kind in ("kernel_info_request", "comm_info_request", "comm_msg"):
            an.tell(kind, {"comm_id": "c", "data": {}})
        states = [one["execution_state"] for one in an.page.of("status")]
        assert states == ["busy", "idle"] * 3

    run(main)


def test_a_page_may_ask_five_things_and_nothing_else() -> None:
    """Code isn't run, and isn't answered either."""

    async def main() -> None:
        an = Someone("an")
        for kind in ("execute_request", "shutdown_request", "complete_request", "nope"):
            an.tell(kind, {"code": "ran = 1"})
        await turn(3)
        assert an.page.messages == []
        assert "ran" not in an.kernel.namespace

    run(main)


def test_the_open_comms_are_told() -> None:
    """All of them, or those of one target."""

    async def main() -> None:
        an = Someone("an")
        await an.run(ECHO, "d = create_comm(target_name='u', comm_id='d')")
        an.tell("comm_info_request", {})
        an.tell("comm_info_request", {"target_name": "u"})
        everything, some = [one["comms"] for one in an.page.of("comm_info_reply")]
        assert everything == {"c": {"target_name": "t"}, "d": {"target_name": "u"}}
        assert some == {"d": {"target_name": "u"}}

    run(main)


def test_a_page_opens_no_widgets_of_its_own() -> None:
    """Unless the kernel was made for that."""

    async def main() -> None:
        state = {
            "_model_module": "@jupyter-widgets/controls",
            "_model_module_version": "2.0.0",
            "_model_name": "IntSliderModel",
            "_view_module": "@jupyter-widgets/controls",
            "_view_module_version": "2.0.0",
            "_view_name": "IntSliderView",
        }
        content = {"comm_id": "w", "target_name": "jupyter.widget", "data": {"state": state}}
        for allowed in (False, True):
            an = Someone("an", VirtualKernel("k", "an", client_models=allowed))
            an.tell("comm_open", content, metadata={"version": "2.1.0"})
            assert ("w" in an.kernel.widgets) is allowed
            an.kernel.close()

    run(main)


# ---- what cells show ----


def test_the_last_expression_of_a_cell_is_shown() -> None:
    """As in JupyterLab; after a semicolon it isn't."""

    async def main() -> None:
        page = await Someone("an").run("1 + 1", "2 + 2;", "x = 3", "None", "'a'\n'b'")
        shown = [one["data"]["text/plain"] for one in page.of("execute_result")]
        assert shown == ["2", "'b'"]

    run(main)


def test_what_is_printed_in_one_go_is_one_message() -> None:
    """In its place among what is shown, and to the end."""

    async def main() -> None:
        page = await Someone("an").run(
            "import sys\nfrom IPython.display import display\n"
            "print('a', 'b')\nprint('c')\ndisplay(1)\nprint('d')\nprint('e', file=sys.stderr)",
            "import asyncio\nprint('f')\nfor n in 1, 2: await asyncio.sleep(0)\nprint('g')",
        )
        said = [one.get("text", one.get("data")) for one in page.of("stream", "display_data")]
        assert said == ["a b\nc\n", {"text/plain": "1"}, "d\n", "e\n", "f\n", "g\n"]

    run(main)


def test_a_cell_sees_what_earlier_cells_defined() -> None:
    """One namespace, with `await` at the top level."""

    async def main() -> None:
        an = Someone("an")
        await an.run("def f(): return g()", "import asyncio\nawait asyncio.sleep(0)\ng = lambda: 7")
        await an.run("f()")
        assert an.page.of("execute_result")[0]["data"]["text/plain"] == "7"

    run(main)


# ---- time ----


@pytest.mark.parametrize(("limit", "told"), [(-1.0, True), (60.0, False)])
def test_a_slow_handler_is_logged(
    limit: float, told: bool, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what it was and how long it took."""
    monkeypatch.setattr(kernel_module, "SLOW_SECONDS", limit)

    async def main() -> None:
        an = Someone("an")
        await an.run(ECHO)
        say(an, 1)

    run(main)
    assert [re.sub(r"\d+", "N", one.getMessage()) for one in caplog.records] == [
        "a comm_msg took N ms and held up everybody"
    ] * told


def test_a_handlers_tasks_stay_with_their_visitor() -> None:
    """Whatever runs in between."""

    async def main() -> None:
        an, binh = Someone("an"), Someone("binh")
        cell = (
            "import asyncio, ipywidgets\n"
            "async def later(n):\n"
            "    for i in range(3):\n        await asyncio.sleep(0)\n"
            "        print(i)\n    w.value = n\n"
            "w = ipywidgets.IntText()\ntasks = []\n"
            "c = ipywidgets.Button()\n"
            "c.on_click(lambda b: tasks.append(asyncio.create_task(later(5))))"
        )
        for one in (an, binh):
            await one.run(cell)
            one.page.messages.clear()
        click = {"method": "custom", "content": {"event": "click"}}
        model = an.kernel.namespace["c"].model_id
        an.tell("comm_msg", {"comm_id": model, "data": click})
        for _ in range(6):
            binh.set(binh.kernel.namespace["w"].model_id, value=1)
            await turn()
        assert an.page.printed == "0\n1\n2\n"
        assert an.kernel.namespace["w"].value == 5
        assert binh.page.printed == ""
        assert binh.kernel.namespace["w"].value == 1

    run(main)
