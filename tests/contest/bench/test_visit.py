"""How a visit finds its widget, and what it makes of what it is told."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from contest.bench.contestants import Contestant
from contest.bench.line import Failed
from contest.bench.visit import VIEW, Visit, opened_model, shown_model

STATE = {"state": {"_anywidget_id": "timhieu.paper"}}


def test_model_is_found_where_a_cell_shows_it() -> None:
    """The mime type that every front end draws."""
    assert shown_model({"data": {VIEW: {"model_id": "m1"}, "text/plain": "x"}}) == "m1"


def test_model_is_found_among_all_states() -> None:
    """By the widget's own name, not by its place."""
    states = {"layout": {"state": {}}, "m2": STATE}
    assert shown_model({"data": {"method": "update_states", "states": states}}) == "m2"


def test_model_is_found_where_it_is_opened() -> None:
    """And no other widget's."""
    assert opened_model({"comm_id": "m3", "data": STATE}) == "m3"
    assert opened_model({"comm_id": "m4", "data": {"state": {}}}) is None


@pytest.mark.parametrize("content", [{}, {"data": {}}, {"execution_state": "idle"}])
def test_other_messages_hold_no_model(content: dict[str, Any]) -> None:
    """Most don't."""
    assert shown_model(content) is None
    assert opened_model(content) is None


async def _waiting() -> tuple[Visit, asyncio.Future[float]]:
    visit = Visit(None, "http://127.0.0.1:1/thi", Contestant())  # type: ignore[arg-type]
    visit.pen = 3
    future = asyncio.get_running_loop().create_future()
    visit._pending[1] = future
    return visit, future


def test_acknowledgement_of_what_was_sent_ends_the_wait() -> None:
    """And only that."""

    async def main() -> tuple[bool, int]:
        visit, future = await _waiting()
        visit._told({"t": "ack", "seq": 1, "pen": 3})
        return future.done(), visit.mixed_up

    assert asyncio.run(main()) == (True, 0)


@pytest.mark.parametrize("ack", [{"seq": 2, "pen": 3}, {"seq": 1, "pen": 4}])
def test_acknowledgement_of_something_else_is_mixed_up(ack: dict[str, int]) -> None:
    """A number nobody waits for, or another page's pen."""

    async def main() -> int:
        visit, _ = await _waiting()
        visit._told({"t": "ack", **ack})
        return visit.mixed_up

    assert asyncio.run(main()) == 1


def test_refusal_fails_the_step_that_waits() -> None:
    """With its reason."""

    async def main() -> None:
        visit, future = await _waiting()
        visit._told({"t": "refused", "why": "late"})
        await future

    with pytest.raises(Failed, match="late"):
        asyncio.run(main())
