"""Who may do what: every act with every role."""

from __future__ import annotations

from typing import get_args

import pytest

from contest.roles import LOOKING, PERMISSIONS, ROLES, Act, Role, may
from tests.contest.role_table import HEADER, ROWS

EVERY = [
    (act, role, cell) for act, *cells in ROWS for role, cell in zip(HEADER, cells, strict=True)
]


@pytest.mark.parametrize(("act", "role", "cell"), EVERY)
def test_every_act_with_every_role(act: Act, role: Role, cell: str) -> None:
    """As the table above has it."""
    assert may(role, act) is (cell == "x")


def test_table_is_complete() -> None:
    """No act or role is forgotten."""
    assert [act for act, *_ in ROWS] == list(get_args(Act))
    assert tuple(HEADER) == ROLES == tuple(PERMISSIONS)


def test_viewers_change_nothing() -> None:
    """Whatever acts there will be."""
    assert PERMISSIONS["viewer"] <= LOOKING


def test_whoever_sees_names_marks_nothing() -> None:
    """Markers see nothing but essays, and renew their password."""
    assert PERMISSIONS["marker"] == {"mark", "own_password"}
    assert [role for role in ROLES if may(role, "mark")] == ["marker"]
