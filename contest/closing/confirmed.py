"""Which results were confirmed by who may, and where they lie. Loads no tables."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from contest.closing.steps import CONFIRMS, KIND
from contest.store.commands import RULING_KINDS, Action

FOLDER = "xet_giai"
RESULT = "ket_qua"

ERASURES = ("forget", "purge")
"""Kinds of actions after which a result must not show a name any more."""

VOIDS = frozenset({*RULING_KINDS, *ERASURES})
"""Actions after which a result has to be confirmed again."""


def confirmations(actions: Iterable[Action]) -> dict[str, str | None]:
    """Return the rounds whose result stands confirmed, with no ruling or erasure since.

    Returns
    -------
    dict
        Round id -> SHA-256 of the result's manifest.
    """
    found: dict[str, str | None] = {}
    for action in actions:
        if action.kind in VOIDS:
            found.clear()
        elif action.kind == KIND and _confirms(action.body):
            found[action.subject] = action.body.get("result")
    return found


def _confirms(body: dict[str, Any]) -> bool:
    return body["step"] == "confirm" and body.get("role") == CONFIRMS


def result_folder(var: Path, round_id: str) -> Path:
    """Return where the result of a round's closing lies, below the contest's `var`."""
    return var / FOLDER / round_id / RESULT
