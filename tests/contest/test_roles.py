"""Who may do what: every act with every role."""

from __future__ import annotations

from typing import get_args

import pytest

from contest.roles import LOOKING, PERMISSIONS, ROLES, Act, Role, may

TABLE = """
              author secretary head viewer marker
see_state     x      x         x    x      -
see_results   -      x         x    x      -
see_bank      x      x         x    -      -
write_bank    x      -         -    -      -
preview       x      x         x    -      -
notice        -      x         x    -      -
new_code      -      x         x    -      -
extra_time    -      x         x    -      -
claims        -      x         x    -      -
close         -      x         x    -      -
judge         -      x         x    -      -
rule          -      x         x    -      -
papers        -      x         x    -      -
confirm       -      -         x    -      -
publish       -      x         x    -      -
people        -      -         x    -      -
mark          -      -         -    -      x
"""
"""Written down a second time on purpose: a change must be meant."""

HEADER, *ROWS = (line.split() for line in TABLE.strip().splitlines())
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
    """Markers see nothing but essays."""
    assert PERMISSIONS["marker"] == {"mark"}
    assert [role for role in ROLES if may(role, "mark")] == ["marker"]
