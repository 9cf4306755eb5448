"""Two visitors in one process: nothing of the one reaches the other, for each thing routed.

Every probe is run twice: with everything routed it passes, and with only its own thing left as
it was it fails. So no probe is one that can't fail.
"""

from __future__ import annotations

import asyncio
import contextvars
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from inspect import getattr_static
from typing import Any

import comm
import ipywidgets
import pytest
from IPython import get_ipython
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import clear_output, display
from ipywidgets import IntSlider, Widget
from ipywidgets.widgets import widget as widget_module

from contest import app
from contest.app import NotSignedIn, bind_visitor, current, only_visitors
from contest.serving.virtual.context import OutsideVisitor
from contest.serving.virtual.routing import install, uninstall
from tests.serving.virtual.kernels import Someone

Probe = Callable[[Someone, Someone], Awaitable[None]]

AN, BINH = "nguoi-an-17", "nguoi-binh-29"
MAKE = "import asyncio, ipywidgets\nw = ipywidgets.Text({!r})\nawait asyncio.sleep(0)\nw"


async def both(an: Someone, binh: Someone, source: str) -> None:
    """Run a cell in both kernels at once; `{}` is the visitor's name."""
    await asyncio.gather(an.run(source.format(an.name)), binh.run(source.format(binh.name)))


async def create_comm(an: Someone, binh: Someone) -> None:
    """Each page hears of its own widgets."""
    await both(an, binh, MAKE)
    for one, other in ((an, binh), (binh, an)):
        assert one.name in [
            opened["data"]["state"].get("value") for opened in one.page.of("comm_open")
        ]
        assert other.name.encode() not in one.page.wire


async def get_comm_manager(an: Someone, binh: Someone) -> None:
    """A comm is found among its own kernel's, by the same name in both."""
    make = (
        "from comm import create_comm, get_comm_manager\n"
        "c = create_comm(target_name='t', comm_id='same')\n"
        "c.on_msg(lambda m: heard.append(m['content']['data']))\nheard = []"
    )
    await both(an, binh, make)
    an.tell("comm_msg", {"comm_id": "same", "data": {"of": "an"}})
    assert an.kernel.namespace["heard"] == [{"of": "an"}]
    assert binh.kernel.namespace["heard"] == []
    assert set(an.kernel.comms.comms) == set(binh.kernel.comms.comms) == {"same"}


async def instances(an: Someone, binh: Someone) -> None:
    """The registry of widgets holds the kernel's own; closing all closes no one else's."""
    await both(an, binh, MAKE)
    mine = set(an.kernel.widgets)
    assert mine
    assert mine.isdisjoint(binh.kernel.widgets)
    await binh.run("ipywidgets.Widget.close_all()")
    assert an.kernel.namespace["w"].comm is not None
    assert set(an.kernel.widgets) == mine


async def control_comm(an: Someone, binh: Someone) -> None:
    """Whoever asks for the widgets' states gets their own, also when another has asked later."""
    await both(an, binh, MAKE)
    an.open_control()
    binh.open_control()
    for one, other in ((an, binh), (binh, an), (an, binh)):
        values = {state["state"].get("value") for state in one.states().values()}
        assert one.name in values
        assert other.name not in values
        assert other.name.encode() not in one.page.wire


async def construction_callback(an: Someone, binh: Someone) -> None:
    """A callback for new widgets is told of its own kernel's widgets only."""
    source = (
        "import asyncio, ipywidgets\nseen = []\n"
        "ipywidgets.Widget.on_widget_constructed(lambda w: seen.append(type(w).__name__))\n"
        "await asyncio.sleep(0)\nw = ipywidgets.{}()"
    )
    await asyncio.gather(an.run(source.format("Text")), binh.run(source.format("Checkbox")))
    assert "Text" in an.kernel.namespace["seen"]
    assert "Checkbox" not in an.kernel.namespace["seen"]
    assert "Checkbox" in binh.kernel.namespace["seen"]
    assert "Text" not in binh.kernel.namespace["seen"]


async def shell(an: Someone, binh: Someone) -> None:
    """`get_ipython()` gives each their own shell, with their own namespace."""
    await both(
        an,
        binh,
        "import asyncio\nfrom IPython import get_ipython\nname = {!r}\nawait asyncio.sleep(0)\n"
        "ns = get_ipython().user_ns",
    )
    for one in (an, binh):
        assert one.kernel.namespace.get("ns", {}).get("name") == one.name


async def publishing(an: Someone, binh: Someone) -> None:
    """What is displayed, updated and cleared goes to the visitor's own page."""
    await both(
        an,
        binh,
        "import asyncio\nfrom IPython.display import clear_output, display\n"
        "h = display({{'text/plain': {!r}}}, raw=True, display_id=True)\n"
        "await asyncio.sleep(0)\nh.update({{'text/plain': 'again'}}, raw=True)\nclear_output()",
    )
    for one, other in ((an, binh), (binh, an)):
        kinds = ["display_data", "update_display_data", "clear_output"]
        assert one.page.kinds == kinds
        assert one.page.of("display_data")[0]["data"] == {"text/plain": one.name}
        assert other.name.encode() not in one.page.wire


async def stdout(an: Someone, binh: Someone) -> None:
    """What is printed goes to the visitor's own page."""
    await both(an, binh, "import asyncio\nawait asyncio.sleep(0)\nprint({!r})")
    assert (an.page.printed, binh.page.printed) == (f"{AN}\n", f"{BINH}\n")
    assert {one["name"] for one in an.page.of("stream")} == {"stdout"}


async def stderr(an: Someone, binh: Someone) -> None:
    """So does what is written to standard error."""
    source = "import asyncio, sys\nawait asyncio.sleep(0)\nprint({!r}, file=sys.stderr)"
    await both(an, binh, source)
    assert (an.page.printed, binh.page.printed) == (f"{AN}\n", f"{BINH}\n")
    assert {one["name"] for one in an.page.of("stream")} == {"stderr"}


ROUTED: dict[str, tuple[Probe, list[tuple[Any, str]]]] = {
    "create_comm": (create_comm, [(comm, "create_comm")]),
    "get_comm_manager": (get_comm_manager, [(comm, "get_comm_manager")]),
    "instances": (instances, [(widget_module, "_instances")]),
    "control_comm": (control_comm, [(Widget, "handle_control_comm_opened")]),
    "construction_callback": (
        construction_callback,
        [(Widget, "on_widget_constructed"), (Widget, "_call_widget_constructed")],
    ),
    "shell": (shell, [(InteractiveShell, "instance"), (InteractiveShell, "initialized")]),
    "publishing": (publishing, [(InteractiveShell, "instance"), (InteractiveShell, "initialized")]),
    "stdout": (stdout, [(sys, "stdout")]),
    "stderr": (stderr, [(sys, "stderr")]),
}


@contextmanager
def routing(*left_out: tuple[Any, str]) -> Iterator[None]:
    """Route everything but what is left out."""
    before = [(owner, name, getattr_static(owner, name)) for owner, name in left_out]
    install()
    try:
        for owner, name, value in before:
            setattr(owner, name, value)
        yield
    finally:
        uninstall()


async def probed(probe: Probe) -> None:
    """Run a probe on two visitors; what their kernels hold is closed in the end."""
    an, binh = Someone(AN), Someone(BINH)
    try:
        await probe(an, binh)
    finally:
        for one in (an, binh):
            one.kernel.close()
        Someone.here.clear()


@pytest.mark.parametrize("name", ROUTED)
def test_two_visitors_share_nothing(name: str) -> None:
    """With everything routed."""
    with routing():
        asyncio.run(probed(ROUTED[name][0]))


@pytest.mark.parametrize("name", ROUTED)
def test_without_its_routing_each_probe_fails(name: str) -> None:
    """With everything routed but one thing."""
    probe, left_out = ROUTED[name]
    with routing(*left_out), pytest.raises((AssertionError, IndexError, OutsideVisitor)):
        asyncio.run(probed(probe))
    # What went where it doesn't belong mustn't stay for the tests to come.
    Widget._control_comm = None
    Widget._widget_construction_callback = None
    for widget in list(widget_module._instances.values()):
        widget.close()


def test_everything_that_is_replaced_is_probed() -> None:
    """A routing that is added without a probe fails here."""
    owners = {"comm": comm, "widget": widget_module, "Widget": Widget, "sys": sys}
    owners["InteractiveShell"] = InteractiveShell
    before = {key: dict(vars(owner)) for key, owner in owners.items()}
    with routing():
        replaced = {
            (key, name)
            for key, owner in owners.items()
            for name, value in vars(owner).items()
            if before[key].get(name) is not value
        }
    known = {id(owner): key for key, owner in owners.items()}
    probed = {(known[id(owner)], name) for _, things in ROUTED.values() for owner, name in things}
    assert replaced == probed


def test_uninstall_puts_everything_back() -> None:
    """For tests, and for notebooks on an ordinary kernel in the same process."""
    things = [thing for _, things in ROUTED.values() for thing in things]
    before = [(name in vars(owner), getattr_static(owner, name)) for owner, name in things]
    install()
    install()
    uninstall()
    assert [(name in vars(owner), getattr_static(owner, name)) for owner, name in things] == before


# ---- the application's own context variable ----


class Bound:
    """An application that tells whose it is."""

    def __init__(self, name: str) -> None:
        self.name = name


async def _currents(an: Someone, binh: Someone) -> None:
    for one in (an, binh):
        one.kernel.enter(bind_visitor, Bound(one.name))  # type: ignore[arg-type]
    source = (
        "import asyncio\nfrom contest.app import current\nfirst = current().name\n"
        "await asyncio.sleep(0)\nsecond = current().name\n"
        "third = await asyncio.create_task(asyncio.sleep(0, current().name))"
    )
    await both(an, binh, source)
    for one in (an, binh):
        names = [one.kernel.namespace[name] for name in ("first", "second", "third")]
        assert names == [one.name] * 3


@pytest.mark.usefixtures("routed")
def test_current_is_each_visitors_own() -> None:
    """In cells, after an await, and in tasks."""
    asyncio.run(probed(_currents))


@pytest.mark.usefixtures("routed")
def test_in_one_context_for_both_current_is_mixed_up() -> None:
    """The probe above fails where kernels share a context."""

    async def mixed(an: Someone, binh: Someone) -> None:
        binh.kernel._context = an.kernel._context
        await _currents(an, binh)

    with pytest.raises(AssertionError):
        asyncio.run(probed(mixed))


def test_the_context_of_whoever_makes_a_kernel_stays_outside() -> None:
    """What a request has set is not seen by the cells."""
    secret: contextvars.ContextVar[str] = contextvars.ContextVar("secret", default="nothing")
    secret.set("of the request")
    someone = Someone(AN)
    someone.kernel.namespace["secret"] = secret
    asyncio.run(someone.run("found = secret.get()"))
    assert someone.kernel.namespace["found"] == "nothing"


def test_on_the_server_nobody_is_current_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than opening a preview in nobody's name."""
    monkeypatch.setattr(app, "_is_server", threading.Event())
    only_visitors()
    with pytest.raises(NotSignedIn):
        current()


# ---- outside of any visitor ----

OUTSIDE: dict[str, Callable[[], object]] = {
    "create_comm": lambda: comm.create_comm(target_name="x"),
    "get_comm_manager": lambda: comm.get_comm_manager(),
    "widget": lambda: ipywidgets.Text(),
    "registry, read": lambda: widget_module._instances["x"],
    "registry, written": lambda: widget_module._instances.update(x=None),  # type: ignore[call-overload]
    "registry, deleted": lambda: widget_module._instances.__delitem__("x"),
    "registry, listed": lambda: list(widget_module._instances),
    "registry, counted": lambda: len(widget_module._instances),
    "closing all": lambda: Widget.close_all(),
    "state of all": lambda: Widget.get_manager_state(),
    "construction callback": lambda: Widget.on_widget_constructed(None),
    "shell": lambda: InteractiveShell.instance(),
}


@pytest.mark.usefixtures("routed")
@pytest.mark.parametrize("name", OUTSIDE)
def test_outside_of_any_visitor_it_raises(name: str) -> None:
    """There is nobody to fall back to, also where a kernel lives."""
    someone = Someone(AN)
    with pytest.raises(OutsideVisitor):
        OUTSIDE[name]()
    assert someone.page.messages == []


@pytest.mark.usefixtures("routed")
def test_states_asked_for_outside_reach_nobody() -> None:
    """The control comm is bound while a message is handled, and at no other time."""
    someone = Someone(AN)
    asyncio.run(someone.run("import ipywidgets\nw = ipywidgets.Text('an')"))
    someone.open_control()
    assert someone.states()
    assert Widget._control_comm is None
    sent = len(someone.page.messages)
    with pytest.raises(RuntimeError):
        Widget._handle_control_comm_msg({"content": {"data": {"method": "request_states"}}})
    assert len(someone.page.messages) == sent


def test_outside_printing_goes_where_it_always_went(capsys: pytest.CaptureFixture[str]) -> None:
    """The operator's own output is nobody's page."""
    someone = Someone(AN)
    with routing():
        print("operator")  # noqa: T201
        display("shown")
        clear_output()
        assert get_ipython() is None
    assert "operator\n" in capsys.readouterr().out
    assert someone.page.messages == []


@pytest.mark.usefixtures("routed")
def test_a_thread_that_a_cell_starts_belongs_to_nobody() -> None:
    """Threads don't inherit the visitor, so what they touch raises instead of guessing."""
    source = (
        "import threading\nfrom ipywidgets import IntSlider\ncaught = []\n"
        "def work():\n    try:\n        IntSlider()\n    except Exception as e:\n"
        "        caught.append(type(e).__name__)\n"
        "t = threading.Thread(target=work)\nt.start()\nt.join()"
    )
    someone = Someone(AN)
    asyncio.run(someone.run(source))
    assert someone.kernel.namespace["caught"] == ["OutsideVisitor"]


@pytest.mark.usefixtures("routed")
def test_asyncio_to_thread_keeps_the_visitor() -> None:
    """`asyncio.to_thread` copies the context, so its work is still the visitor's."""
    source = "import asyncio\nfrom ipywidgets import Text\nw = await asyncio.to_thread(Text, 'an')"
    an, binh = Someone(AN), Someone(BINH)
    asyncio.run(an.run(source))
    assert an.kernel.widgets
    assert not binh.kernel.widgets


@pytest.mark.usefixtures("routed")
def test_a_widget_that_is_used_from_elsewhere_talks_to_its_own_pages() -> None:
    """A broadcast that forgets whose widget it is sends to the widget's owner, never to another."""

    async def main() -> None:
        an, binh = Someone(AN), Someone(BINH)
        await both(an, binh, "import ipywidgets\nw = ipywidgets.IntSlider()")
        slider: IntSlider = an.kernel.namespace["w"]
        before = len(binh.page.messages)
        binh.kernel.enter(setattr, slider, "value", 42)
        assert an.page.of("comm_msg")[-1]["data"]["state"] == {"value": 42}
        assert len(binh.page.messages) == before

    asyncio.run(main())
