"""How many kernels there are, whose they are, and when they go."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_server.base.call_context import CallContext
from tornado.web import HTTPError

from contest.serving.virtual.kernel import VirtualKernel
from contest.serving.virtual.manager import TooManyKernels, VirtualKernelManager
from tests.serving.virtual.kernels import connect, managed, soon, turn

Main = Callable[[VirtualKernelManager], Awaitable[None]]


def run(main: Main, **limits: Any) -> None:
    """Run a test with a manager."""

    async def whole() -> None:
        with managed(**limits) as manager:
            await main(manager)

    asyncio.run(whole())


# ---- how many ----


def test_at_the_cap_there_is_no_room() -> None:
    """Whoever comes then waits, until somebody goes."""

    async def main(manager: VirtualKernelManager) -> None:
        manager.open("a", "an")
        assert manager.has_room()
        manager.open("b", "binh")
        assert not manager.has_room()
        with pytest.raises(TooManyKernels):
            manager.open("c", "chi")
        assert len(manager) == 2
        manager.close("a")
        manager.open("c", "chi")
        assert sorted(manager.list_kernel_ids()) == ["b", "c"]

    run(main, max_kernels=2)


def test_the_privileged_pass_the_cap() -> None:
    """Somebody whose time is running never waits."""

    async def main(manager: VirtualKernelManager) -> None:
        manager.open("a", "an")
        manager.open("b", "binh", privileged=True)
        assert len(manager) == 2

    run(main, max_kernels=1)


def test_with_one_more_the_visitors_oldest_goes() -> None:
    """Nobody else's does."""

    async def main(manager: VirtualKernelManager) -> None:
        manager.open("other", "binh")
        kernels = [manager.open(f"k{number}", "an") for number in range(4)]
        assert [kernel.closed for kernel in kernels] == [True, True, False, False]
        assert sorted(manager.list_kernel_ids()) == ["k2", "k3", "other"]
        manager.close("k2")
        manager.open("k4", "an")
        assert sorted(manager.list_kernel_ids()) == ["k3", "k4", "other"]

    run(main, per_visitor=2)


def test_the_pages_of_a_kernel_that_goes_are_hung_up_on() -> None:
    """They are told, so that they say so and start anew."""

    async def main(manager: VirtualKernelManager) -> None:
        _, socket = await connect(manager, manager.open("a", "an"))
        manager.open("b", "an")
        assert socket.closed == 1001

    run(main, per_visitor=1)


def test_refused_visitors_leave_nothing_behind() -> None:
    """However many are refused."""

    async def main(manager: VirtualKernelManager) -> None:
        manager.open("a", "an")
        for number in range(50):
            with pytest.raises(TooManyKernels):
                manager.open(f"k{number}", f"visitor {number}")
        assert set(manager._by_owner) == {"an"}
        manager.close("a")
        assert not manager._by_owner
        assert not manager._leaving

    run(main, max_kernels=1)


def test_a_kernels_id_is_given_once() -> None:
    """A second kernel never takes the place of one that lives: its page would be another's."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        for owner in ("an", "binh"):
            with pytest.raises(ValueError, match="a"):
                manager.open("a", owner)
        assert manager.get_kernel("a").kernel is kernel
        assert manager.owner("a") == "an"

    run(main)


# ---- whose ----


def test_a_kernel_has_its_owner_to_the_end() -> None:
    """And there is no owner of what isn't."""

    async def main(manager: VirtualKernelManager) -> None:
        manager.open("a", "an")
        assert manager.owner("a") == "an"
        assert "a" in manager
        manager.close("a")
        manager.close("a")
        assert manager.owner("a") is None
        assert manager.owner(None) is None
        assert "a" not in manager
        with pytest.raises(HTTPError) as error:
            manager.get_kernel("a")
        assert error.value.status_code == 404

    run(main)


def test_a_kernel_is_prepared_before_anybody_can_reach_it() -> None:
    """So that no page ever meets one without its visitor."""

    async def main(manager: VirtualKernelManager) -> None:
        seen: list[tuple[VirtualKernel, bool]] = []
        kernel = manager.open("a", "an", prepare=lambda one: seen.append((one, "a" in manager)))
        assert seen == [(kernel, False)]

    run(main)


def test_where_preparing_fails_there_is_no_kernel() -> None:
    """The visitor gets an error, and the place is free."""

    def fail(_kernel: VirtualKernel) -> None:
        raise LookupError

    async def main(manager: VirtualKernelManager) -> None:
        with pytest.raises(LookupError):
            manager.open("a", "an", prepare=fail)
        assert len(manager) == 0
        assert not manager._by_owner

    run(main)


def request(visitor: str | None, kernel_id: str) -> Any:
    """Return a handler of a request of a visitor about a kernel."""
    user = SimpleNamespace(username=visitor) if visitor else None
    return SimpleNamespace(current_user=user, path_args=[kernel_id], xsrf_token=b"")


@pytest.mark.parametrize(("visitor", "ends"), [("an", True), ("binh", False), (None, False)])
def test_only_its_owner_ends_a_kernel(visitor: str | None, ends: bool) -> None:
    """By the beacon that a closing page sends."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        CallContext.set(CallContext.JUPYTER_HANDLER, request(visitor, "a"))
        await manager.shutdown_kernel("a")
        assert kernel.closed is ends

    run(main)


def test_a_beacon_for_no_kernel_is_nothing() -> None:
    """It may come twice, or late."""

    async def main(manager: VirtualKernelManager) -> None:
        manager.open("a", "an")
        CallContext.set(CallContext.JUPYTER_HANDLER, request("an", "b"))
        await manager.shutdown_kernel("b")
        assert len(manager) == 1

    run(main)


def test_a_stock_page_gets_a_kernel_of_its_visitors() -> None:
    """Voilà's own handler asks for one in its request."""

    async def main(manager: VirtualKernelManager) -> None:
        CallContext.set(CallContext.JUPYTER_HANDLER, request("an", ""))
        kernel_id = await manager.start_kernel(kernel_name="python3", env={})
        assert manager.owner(kernel_id) == "an"
        assert manager.kernel_model(kernel_id)["id"] == kernel_id
        assert await manager.get_kernel(kernel_id).is_alive()

    run(main)


# ---- when they go ----


def test_a_kernel_that_nobody_connects_to_goes() -> None:
    """A page that was loaded and left."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        await soon(lambda: kernel.closed)
        assert len(manager) == 0

    run(main, connect_seconds=0.01)


def test_a_connected_kernel_stays() -> None:
    """As long as it takes."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel, other = manager.open("a", "an"), manager.open("b", "binh")
        await connect(manager, kernel)
        await soon(lambda: other.closed)
        await turn(3)
        assert not kernel.closed
        assert not manager._leaving

    run(main, connect_seconds=0.01, grace_seconds=0.01)


def test_a_kernel_whose_page_is_gone_goes_after_the_grace() -> None:
    """Not at once, and not while another of its pages is there."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        first, _ = await connect(manager, kernel)
        second, _ = await connect(manager, kernel)
        first.disconnect()
        assert not manager._leaving
        second.disconnect()
        assert not kernel.closed
        await soon(lambda: kernel.closed)

    run(main, grace_seconds=0.01)


def test_a_page_that_comes_back_in_time_keeps_its_kernel() -> None:
    """The timer is dropped."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel, gone = manager.open("a", "an"), manager.open("b", "binh")
        for one in (kernel, gone):
            (await connect(manager, one))[0].disconnect()
        await connect(manager, kernel)
        await soon(lambda: gone.closed)
        await turn(3)
        assert not kernel.closed

    run(main, grace_seconds=0.01)


def test_a_closed_kernel_is_let_go() -> None:
    """Neither its timers nor its connections keep it."""

    async def main(manager: VirtualKernelManager) -> None:
        kernel = manager.open("a", "an")
        connection, _ = await connect(manager, kernel)
        manager.close("a")
        connection.disconnect()
        gone = weakref.ref(kernel)
        del kernel, connection
        await turn()
        gc.collect()
        assert gone() is None

    run(main)


def test_shutting_down_ends_all() -> None:
    """When the server is told to stop."""

    async def main(manager: VirtualKernelManager) -> None:
        kernels = [manager.open(f"k{number}", "an") for number in range(3)]
        assert list(manager.kernels()) == kernels
        await manager.shutdown_all(now=True)
        assert all(kernel.closed for kernel in kernels)
        assert not manager._leaving
        assert manager.started == 3

    run(main)
