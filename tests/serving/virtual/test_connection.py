"""A page's line: what it missed, and what is done with pages that misbehave."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from contest.serving.virtual.kernel import VirtualKernel
from contest.serving.virtual.manager import VirtualKernelManager
from contest.serving.virtual.program import compile_cell
from tests.serving.virtual.kernels import Socket, connect, frame, managed, turn

Main = Callable[[VirtualKernelManager], Awaitable[None]]
INFO = frame("kernel_info_request")


def run(main: Main, **limits: Any) -> None:
    """Run a test with a manager."""

    async def whole() -> None:
        with managed(**limits) as manager:
            await main(manager)

    asyncio.run(whole())


async def printed(kernel: VirtualKernel, *words: object) -> None:
    """Print in a kernel."""
    for word in words:
        kernel.stream("stdout", f"{word} ")
        await turn(2)


# ---- both protocols ----


@pytest.mark.parametrize("v1", [True, False])
def test_a_page_asks_and_is_answered(v1: bool) -> None:
    """In the protocol that it chose."""

    async def main(manager: VirtualKernelManager) -> None:
        connection, socket = await connect(manager, manager.open("a", "an"), Socket(v1=v1))
        connection.handle_incoming_message(INFO)
        await turn(2)
        kinds = [one["header"]["msg_type"] for one in socket.messages]
        assert kinds == ["status", "kernel_info_reply", "status"]
        for message in socket.messages:
            assert message["parent_header"] == json.loads(INFO)["header"]

    run(main)


# ---- what was missed ----


def test_a_page_that_comes_back_gets_what_it_missed() -> None:
    """In order, once, and before what comes next."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        connection, first = await connect(manager, kernel)
        await printed(kernel, 1)
        connection.disconnect()
        await printed(kernel, 2, 3)
        connection, second = await connect(manager, kernel)
        await printed(kernel, 4)
        assert (first.printed(), second.printed()) == ("1 ", "2 3 4 ")
        connection.disconnect()
        assert (await connect(manager, kernel))[1].printed() == ""

    run(main)


def test_another_session_gets_nothing_of_it() -> None:
    """It asks for the state itself; and nobody gets it later."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        (await connect(manager, kernel, Socket("trang-mot")))[0].disconnect()
        await printed(kernel, 1)
        connection, other = await connect(manager, kernel, Socket("trang-hai"))
        await turn(2)
        connection.disconnect()
        _, first = await connect(manager, kernel, Socket("trang-mot"))
        await turn(2)
        assert other.printed() == first.printed() == ""
        assert not kernel.closed

    run(main)


@pytest.mark.parametrize("size", ["text", "buffers"])
def test_who_missed_too_much_starts_anew(size: str) -> None:
    """The kernel is closed: its page can't be made whole, and says so."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        (await connect(manager, kernel))[0].disconnect()
        if size == "text":
            await printed(kernel, *range(20))
        else:
            kernel.publish("comm_msg", {"comm_id": "c", "data": {}}, {}, [bytes(20_000)])
        assert kernel.missed.take() == []
        _, socket = await connect(manager, kernel)
        assert kernel.closed
        assert socket.closed == 1001

    run(main, max_missed=5_000)


def test_little_is_kept_for_who_stays_away() -> None:
    """However much a kernel says: the limit is one of bytes."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        (await connect(manager, kernel))[0].disconnect()
        await printed(kernel, *range(5))
        assert len(kernel.missed.take()) == 5
        for number in range(100):
            await printed(kernel, number)
            assert sum(len(one.v1()) for one in kernel.missed.take()) <= 5_000

    run(main, max_missed=5_000)


def test_a_page_that_comes_as_its_kernel_goes_is_hung_up_on() -> None:
    """Not left waiting for an answer."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        manager.close("a")
        _, socket = await connect(manager, kernel)
        assert socket.closed == 1001
        assert kernel.connections == []
        assert not manager._leaving

    run(main)


# ---- pages that misbehave ----


def test_a_page_that_sends_too_much_is_hung_up_on(caplog: pytest.LogCaptureFixture) -> None:
    """What it says after that isn't heard; its kernel stays, and it may come again."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        connection, socket = await connect(manager, kernel)
        for _ in range(100):
            connection.handle_incoming_message(INFO)
        await turn(2)
        replies = [m for m in socket.messages if m["header"]["msg_type"] == "kernel_info_reply"]
        assert len(replies) == 10
        assert socket.closed == 1008
        connection.disconnect()
        assert not kernel.closed
        again, socket = await connect(manager, kernel)
        again.handle_incoming_message(INFO)
        await turn(2)
        assert socket.messages

    run(main, page_rate=0.001, page_burst=10)
    assert len(caplog.records) == 1
    assert "too many" in caplog.text


@pytest.mark.parametrize("bad", ["x", "{}", b"", b"\0" * 100, b"\xff" * 100])
@pytest.mark.parametrize("v1", [True, False])
def test_a_frame_that_is_no_message_closes_the_line(bad: str | bytes, v1: bool) -> None:
    """And nothing else."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        connection, socket = await connect(manager, kernel, Socket(v1=v1))
        other, other_socket = await connect(manager, manager.open("b", "binh"))
        connection.handle_incoming_message(bad)
        connection.handle_incoming_message(INFO)
        other.handle_incoming_message(INFO)
        await turn(2)
        assert socket.closed == 1007
        assert socket.messages == []
        assert not kernel.closed
        assert other_socket.closed is None
        assert other_socket.messages

    run(main)


def test_what_is_said_to_a_page_that_was_hung_up_on_is_kept() -> None:
    """From that moment, not from when its line is really gone."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        connection, first = await connect(manager, kernel)
        await printed(kernel, 1)
        connection.handle_incoming_message("x")
        await printed(kernel, 2)
        connection.disconnect()
        await printed(kernel, 3)
        _, second = await connect(manager, kernel)
        await turn(2)
        assert (first.printed(), second.printed()) == ("1 ", "2 3 ")

    run(main)


def test_a_line_that_broke_off_loses_nothing_that_is_said_later() -> None:
    """Although its handler is told later; other pages of the kernel hear it all."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        other, _ = await connect(manager, kernel, Socket("trang-hai"))
        connection, first = await connect(manager, kernel, Socket("trang-mot"))
        other.disconnect()
        await printed(kernel, 1)
        first.stream.break_off()
        await printed(kernel, 2, 3)
        connection.disconnect()
        _, second = await connect(manager, kernel, Socket("trang-mot"))
        await turn(2)
        assert (first.printed(), second.printed()) == ("1 ", "2 3 ")
        assert not kernel.closed

    run(main)


def test_a_line_that_broke_off_hurts_no_other() -> None:
    """Each page of the kernel is sent what is said."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        _, broken = await connect(manager, kernel)
        _, good = await connect(manager, kernel)
        broken.stream.break_off()
        await printed(kernel, 1, 2)
        assert good.printed() == "1 2 "

    run(main)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_page_that_never_reads_is_hung_up_on(at_once: bool) -> None:
    """What waits for it is bounded; as something is lost, coming back means starting anew."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        connection, socket = await connect(manager, kernel)
        socket.stream.reads = False
        for _ in range(200):
            kernel.stream("stdout", "x" * 1_000)
            if not at_once:
                await turn(2)
        await turn(2)
        assert socket.closed == 1013
        assert len(socket.stream._write_buffer) < 60_000
        connection.disconnect()
        assert not kernel.closed
        await connect(manager, kernel)
        assert kernel.closed

    run(main, max_unread=50_000)


def test_one_big_message_goes_through() -> None:
    """The limit is for pages that don't read: a picture is no reason to hang up."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        _, socket = await connect(manager, kernel)
        kernel.publish("display_data", {"data": {"text/plain": "x" * 300_000}, "metadata": {}})
        await turn(2)
        assert socket.closed is None
        assert len(socket.frames[0]) > 300_000

    run(main, max_unread=50_000)


def test_a_page_that_floods_slows_nobody() -> None:
    """Others' messages are answered as fast: what is over the limit costs next to nothing."""

    async def main(manager: VirtualKernelManager) -> None:
        quiet, _ = await connect(manager, manager.open("a", "an"))
        flood, _ = await connect(manager, manager.open("b", "binh"))

        def p95(noise: int) -> float:
            took = []
            for _ in range(100):
                for _ in range(noise):
                    flood.handle_incoming_message(INFO)
                began = time.perf_counter()
                quiet.handle_incoming_message(INFO)
                took.append(time.perf_counter() - began)
            return sorted(took)[95]

        alone, flooded = min(p95(0) for _ in range(3)), min(p95(50) for _ in range(3))
        assert flooded < 2 * alone + 0.001

    run(main, page_burst=700, page_rate=0.001)


def test_a_cell_that_awaits_holds_up_nobody() -> None:
    """One visitor's page waits for its cell; another's is answered."""

    async def main(manager: VirtualKernelManager) -> None:
        busy, other = manager.open("a", "an"), manager.open("b", "binh")
        await connect(manager, busy)
        busy.start([compile_cell("import asyncio\nawait asyncio.Event().wait()")])
        connection, socket = await connect(manager, other)
        connection.handle_incoming_message(INFO)
        await turn(2)
        assert socket.messages

    run(main)
