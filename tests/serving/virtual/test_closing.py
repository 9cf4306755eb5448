"""The end of a kernel: nothing of it stays behind, and nothing of it is said any more."""

from __future__ import annotations

import asyncio
import gc
import weakref
from typing import Any

import ipywidgets
import pytest

from contest.serving.virtual.program import compile_cell
from tests.serving.virtual.kernels import Someone, incoming, run, say, turn

pytestmark = pytest.mark.usefixtures("routed")


EVERYTHING = """
import asyncio, ipywidgets
class Mine: pass
mine = Mine()
out = ipywidgets.Output()
slider = ipywidgets.IntSlider()
slider.observe(lambda change: print(change.new, mine), 'value')
tab = ipywidgets.Tab([slider, ipywidgets.Text(), out])
ipywidgets.jslink((slider, 'value'), (ipywidgets.IntText(), 'value'))
ipywidgets.interact(lambda x: x, x=slider)
with out: print('here')
def cycle(): return cycle, mine
tab
"""


def test_a_closed_kernel_is_let_go() -> None:
    """Kernel, namespace and widgets."""

    async def main() -> list[weakref.ref[Any]]:
        an = Someone("an")
        await an.run(EVERYTHING)
        an.open_control()
        an.states()
        an.set(an.kernel.namespace["slider"].model_id, value=3)
        held = [an.kernel, an.kernel.namespace["mine"], an.page, *an.kernel.widgets.values()]
        an.kernel.close()
        an.here.remove(an.kernel)
        await turn(2)
        return [weakref.ref(one) for one in held]

    refs = asyncio.run(main())
    gc.collect()
    assert len(refs) > 10
    assert [ref() for ref in refs if ref() is not None] == []


def test_a_kernel_that_is_closed_while_its_cell_awaits_is_let_go() -> None:
    """The cell ends; what waited is dropped."""

    async def main() -> tuple[list[str], weakref.ref[Any]]:
        an = Someone("an")
        ended: list[str] = []
        an.kernel.namespace["ended"] = ended
        running = an.kernel.start(
            [
                compile_cell(
                    "import asyncio\ntry:\n    await asyncio.Event().wait()\n"
                    "finally:\n    ended.append('cell')"
                )
            ]
        )
        await turn()
        an.tell("comm_info_request", {})
        say(an, 1)
        an.kernel.close()
        an.kernel.close()
        say(an, 2)
        await asyncio.wait([running])
        assert an.kernel._waiting == type(an.kernel._waiting)()
        an.here.remove(an.kernel)
        return ended, weakref.ref(an.kernel)

    ended, kernel = asyncio.run(main())
    gc.collect()
    assert ended == ["cell"]
    assert kernel() is None


def test_a_live_pages_cell_ends_with_its_kernel() -> None:
    """Whoever waits for its answer is told that it didn't go well."""

    async def main() -> None:
        an = Someone("an")
        asked = incoming("execute_request")
        cell = compile_cell("import asyncio\nawait asyncio.Event().wait()")
        running = an.kernel.execute(cell, asked.header, asked.raw_header)
        await turn()
        an.kernel.close()
        await asyncio.wait([running])
        assert running.cancelled()

    run(main)


def test_a_closed_kernel_says_and_does_nothing() -> None:
    """Whatever still holds one of its widgets."""

    async def main() -> None:
        an = Someone("an")
        await an.run(EVERYTHING)
        words = an.kernel.namespace["tab"].children[1]
        sent = len(an.page.messages)
        an.kernel.close()
        words.value = "x"
        an.kernel.enter(print, "after")
        an.tell("kernel_info_request", {})
        assert len(an.page.messages) == sent

    run(main)


def test_a_widget_that_cannot_be_closed_holds_up_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged; the others are closed."""

    async def main() -> None:
        an = Someone("an")
        await an.run(
            "import ipywidgets\nclass Bad(ipywidgets.Text):\n"
            "    def close(self):\n        if self.comm: self.comm.close(); self.comm = None\n"
            "        raise LookupError\n"
            "    __del__ = lambda self: None\n"
            "bad = Bad()\ngood = ipywidgets.Text()"
        )
        good = an.kernel.namespace["good"]
        an.kernel.close()
        assert good.comm is None
        assert an.kernel.widgets == {}

    run(main)
    assert "didn't close" in caplog.text


def test_opening_and_closing_reaches_a_plateau() -> None:
    """200 visitors one after the other leave no more objects behind than 20."""

    async def cycle() -> None:
        an = Someone("an")
        await an.run(
            "import ipywidgets\nout = ipywidgets.Output()\ntext = ipywidgets.Text()\n"
            "text.observe(lambda change: print(change.new, text), 'value')\nout"
        )
        an.open_control()
        an.states()
        an.set(an.kernel.namespace["text"].model_id, value="x")
        an.kernel.close()
        an.here.clear()

    async def main() -> None:
        counts = []
        for number in range(1, 201):
            await cycle()
            if number in (20, 200):
                gc.collect()
                counts.append(len(gc.get_objects()))
        assert counts[1] - counts[0] < 180, counts  # not one object for each

    run(main)


def test_what_the_collector_finds_belongs_to_its_own_kernel() -> None:
    """A comm that is found while another visitor's code runs leaves that visitor's comms alone."""

    async def main() -> None:
        an, binh = Someone("an"), Someone("binh")
        await an.run("from comm import create_comm\nc = create_comm(target_name='t', comm_id='c')")
        await binh.run(
            "from comm import create_comm\nc = create_comm(target_name='t', comm_id='c')"
        )
        comm = an.kernel.namespace["c"]
        binh.kernel.enter(comm.close)
        assert "c" in binh.kernel.comms.comms
        assert "c" not in an.kernel.comms.comms
        assert an.page.kinds[-1] == "comm_close"
        assert "comm_close" not in binh.page.kinds

    run(main)


def test_two_visitors_use_one_notebook() -> None:
    """Every core control, each with values of their own."""

    async def main() -> None:
        an, binh = Someone("an"), Someone("binh")
        cell = "import ipywidgets\nw = ipywidgets.{}()\nw.observe(lambda c: print(c.new), 'value')"
        for control, (first, second) in {
            "IntSlider": (3, 4),
            "Text": ("mot", "hai"),
            "Checkbox": (True, True),
        }.items():
            for one, value in ((an, first), (binh, second)):
                await one.run(cell.format(control))
                one.set(one.kernel.namespace["w"].model_id, value=value)
                assert one.kernel.namespace["w"].value == value
        assert an.page.printed == "3\nmot\nTrue\n"
        assert binh.page.printed == "4\nhai\nTrue\n"
        assert isinstance(an.kernel.namespace["w"], ipywidgets.Checkbox)

    run(main)
