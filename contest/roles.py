"""Who may do what: one table of roles and acts. Pure."""

from __future__ import annotations

from typing import Literal

Role = Literal["author", "secretary", "head", "viewer", "marker"]

Act = Literal[
    "see_state",
    "see_results",
    "see_bank",
    "write_bank",
    "preview",
    "notice",
    "new_code",
    "extra_time",
    "claims",
    "close",
    "judge",
    "rule",
    "papers",
    "confirm",
    "publish",
    "people",
    "mark",
    "own_password",
    "contacts",
]

ROLES: tuple[Role, ...] = ("author", "secretary", "head", "viewer", "marker")

_WORK: frozenset[Act] = frozenset(
    (
        "see_state", "see_results", "see_bank", "preview", "notice", "new_code", "extra_time",
        "claims", "close", "judge", "rule", "papers", "publish", "own_password",
        "contacts",
    )
)  # fmt: skip

PERMISSIONS: dict[Role, frozenset[Act]] = {
    "author": frozenset(("see_state", "see_bank", "write_bank", "preview", "own_password")),
    "secretary": _WORK,
    "head": _WORK | {"confirm", "people"},
    "viewer": frozenset(("see_state", "see_results", "own_password")),
    "marker": frozenset(("mark", "own_password")),
}
"""Role -> its acts; what isn't named isn't allowed.

Authors write questions and never see a result; viewers change nothing; whoever confirms a result
writes no questions. Markers mark essays without a name and see nothing else; nobody who may see
names marks. Everybody gives themselves another password.
"""

LOOKING: frozenset[Act] = frozenset(
    ("see_state", "see_results", "see_bank", "preview", "own_password")
)
"""Acts that change nothing of the contest."""


def may(role: Role, act: Act) -> bool:
    """Return whether a role may do something."""
    return act in PERMISSIONS[role]
