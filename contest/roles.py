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
]

ROLES: tuple[Role, ...] = ("author", "secretary", "head", "viewer", "marker")

_WORK: frozenset[Act] = frozenset(
    (
        "see_state", "see_results", "see_bank", "preview", "notice", "new_code", "extra_time",
        "claims", "close", "judge", "rule", "papers", "publish",
    )
)  # fmt: skip

PERMISSIONS: dict[Role, frozenset[Act]] = {
    "author": frozenset(("see_state", "see_bank", "write_bank", "preview")),
    "secretary": _WORK,
    "head": _WORK | {"confirm", "people"},
    "viewer": frozenset(("see_state", "see_results")),
    "marker": frozenset(("mark",)),
}
"""Role -> its acts; what isn't named isn't allowed.

Authors write questions and never see a result; viewers change nothing; whoever confirms a result
writes no questions. Markers mark essays without a name and see nothing else; nobody who may see
names marks.
"""

LOOKING: frozenset[Act] = frozenset(("see_state", "see_results", "see_bank", "preview"))
"""Acts that change nothing."""


def may(role: Role, act: Act) -> bool:
    """Return whether a role may do something."""
    return act in PERMISSIONS[role]
