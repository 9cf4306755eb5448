"""Every act of the desk with every role: the room refuses, whatever a page shows or sends."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from contest.closing.steps import STEPS
from contest.commands.organise import Refused
from contest.rulings.case import Given
from contest.rulings.service import KINDS
from contest.ui.desk.room import Room
from contest.ui.desk.ruling_fields import act_of
from contest.ui.desk.session import Forbidden, LoggedOut
from contest.ui.desk.trial import Trial
from tests.contest.role_table import HEADER, ROWS
from tests.contest.ui.desk.conftest import Site
from tests.factories import ROUND

Act = Callable[[Room], Awaitable[Any]]

TABLE = {act: dict(zip(HEADER, cells, strict=True)) for act, *cells in ROWS}


def tried(kind: str) -> Trial:
    """Return a trial as a page might have kept one."""
    given = Given("Người khác", 0, "x")
    return Trial(kind, {}, given, None, None, None)  # type: ignore[arg-type]


ACTS: dict[str, tuple[str, Act]] = {
    "state": ("see_state", lambda room: room.state()),
    "numbers": ("see_state", lambda room: room.numbers(ROUND)),
    "open_round": ("close", lambda room: room.open_round(ROUND)),
    "matters": ("see_results", lambda room: room.matters(ROUND)),
    "look_through": ("see_results", lambda room: room.look_through(ROUND)),
    "claims": ("claims", lambda room: room.claims(every=True)),
    "claim": ("claims", lambda room: room.claim("pa-1")),
    "answer_claim": ("claims", lambda room: room.answer_claim("pa-1", "done", "x")),
    "shut_claim": ("claims", lambda room: room.shut_claim("pa-1")),
    "new_code": ("new_code", lambda room: room.new_code("ts-1")),
    "notices": ("notice", lambda room: room.notices()),
    "post_notice": ("notice", lambda room: room.post_notice("", "info", "", "", "")),
    "withdraw_notice": ("notice", lambda room: room.withdraw_notice(1)),
    "log": ("see_results", lambda room: room.log(0, entries=True)),
    "rulings": ("see_results", lambda room: room.rulings()),
    "closing": ("see_results", lambda room: room.closing(ROUND)),
    "people": ("people", lambda room: room.people()),
    "add_person": ("people", lambda room: room.add_person("", "viewer")),
    "new_password": ("people", lambda room: room.new_password("không có")),
    "remove_person": ("people", lambda room: room.remove_person("không có")),
    "own_password": ("own_password", lambda room: room.own_password()),
    "preview": ("preview", lambda room: room.preview()),
    **{
        f"try_ruling {kind}": (
            {"time": "extra_time", "extend": "extra_time", "mark": "judge", "true_value": "judge"}
            .get(kind, "rule"),
            lambda room, kind=kind: room.try_ruling(kind, "Lý do", None, {}),
        )
        for kind in KINDS
    },
    **{
        f"rule {kind}": (act_of(kind), lambda room, kind=kind: room.rule(tried(kind)))
        for kind in KINDS
    },
    **{
        f"do_step {step.name}": (
            step.act,
            lambda room, name=step.name: room.do_step(ROUND, name, {}),
        )
        for step in STEPS
    },
}  # fmt: skip
"""Act of the room -> the act of the table of roles that it takes, and how it is tried."""


def test_every_act_of_the_room_is_tried_here() -> None:
    """A new one gets its line; none but the page's own refresh goes unasked."""
    asked = {name for name, method in inspect.getmembers(Room) if hasattr(method, "needs")}
    every = {
        name
        for name, method in inspect.getmembers(Room, inspect.iscoroutinefunction)
        if not name.startswith("_")
    }
    assert asked == {name.split()[0] for name in ACTS}
    assert every - asked == {"close", "refresh"}


@pytest.mark.parametrize("role", HEADER)
def test_every_act_with_every_role(site: Site, role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the table of roles has it; what is allowed may still fail for other reasons."""

    async def never(*_: object) -> None:
        raise ZeroDivisionError

    async def work(room: Room) -> None:
        monkeypatch.setattr(room, "_away", never)
        monkeypatch.setattr("contest.commands.closing.do_step_as", lambda *_: None)
        for name, (act, do) in ACTS.items():
            try:
                await do(room)
                refused = False
            except Forbidden:
                refused = True
            except (ZeroDivisionError, Refused):
                refused = False
            assert refused is (TABLE[act][role] != "x"), name

    site.do(role, work)


def test_nothing_is_done_for_nobody(site: Site) -> None:
    """Nor for who has just left."""

    async def work(room: Room) -> None:
        await room.session.log_out()
        for do in (do for _, do in ACTS.values()):
            with pytest.raises(LoggedOut):
                await do(room)

    site.do("head", work)
