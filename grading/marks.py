"""One response -> its marks, exactly, in plain Python.

The contestant's page uses this module too: it imports neither pandas nor
numpy. A question type is one function in `grading.markers`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from grading.markers import MARKERS
from grading.markers.base import Mark, MarkStatus, Unreadable, unanswered, waiting
from questions import Question

__all__ = ["MARKERS", "MICRO", "Mark", "MarkStatus", "full_micro", "mark", "micro"]

MICRO = 1_000_000
"""Marks are counted in millionths of a point."""


def mark(
    question: Question, response: str | Mapping[str, Any] | list[Any] | None, points_micro: int
) -> Mark:
    """Mark one response.

    Parameters
    ----------
    question : Question
        Of any type; one without a function here is left to a marker.
    response : str, mapping, list or None
        Canonical JSON or what it stands for; its one key goes by the type: `{"chosen": [option
        ids]}`, `{"statements": {id: bool}}`, `{"pairs": {left id: right id}}`, `{"order":
        [ids]}`, `{"gaps": {id: text or option id}}` or `{"text": "…"}`. None, `[]` and what is
        empty inside are unanswered.
    points_micro : int
        Full marks where the question names no points of its own.

    Returns
    -------
    Mark
        Never full or no marks for something that can't be read: that waits for a marker.
    """
    full = full_micro(question, points_micro)
    marker = MARKERS.get(question.type)
    try:
        data = _read(response)
        if data is None:
            return unanswered(full)
        if marker is None:
            return waiting(full)
        return marker(question, data, full)
    except Unreadable:
        return waiting(full)


def full_micro(question: Question, points_micro: int) -> int:
    """Return the millionths for a full answer: the question's own points, or the contest's."""
    own = question.own_points()
    return points_micro if own is None else micro(own)


def micro(points: Decimal) -> int:
    """Return points as millionths.

    Raises
    ------
    ValueError
        Where the points aren't a whole number of millionths.
    """
    scaled = points * MICRO
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise ValueError(f"{points} points aren't whole millionths")
    return int(scaled)


def _read(response: Any) -> Mapping[str, Any] | None:
    """Return the response as data; None where nothing was answered."""
    if response is None:
        return None
    if isinstance(response, str):
        try:
            response = json.loads(response, object_pairs_hook=_once)
        except (ValueError, RecursionError):
            raise Unreadable from None
    if response == []:
        return None
    if not isinstance(response, Mapping):
        raise Unreadable
    return response


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found
