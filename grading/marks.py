"""One response -> its marks, exactly, in plain Python.

The contestant's page uses this module too: it imports neither pandas nor
numpy. A question type is one function in `MARKERS`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from questions import Question

MICRO = 1_000_000
"""Marks are counted in millionths of a point."""


class MarkStatus(StrEnum):
    """What became of a response."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    UNANSWERED = "unanswered"
    NEEDS_MARKER = "needs_marker"


@dataclass(frozen=True, slots=True)
class Mark:
    """A response's marks, in millionths of a point.

    Attributes
    ----------
    status : MarkStatus
        `needs_marker` where nobody can say yet: the response can't be read or can't have been
        given, or the type is marked by a person.
    mark_micro : int or None
        None exactly where the status is `needs_marker`.
    max_micro : int
        For a full answer.
    """

    status: MarkStatus
    mark_micro: int | None
    max_micro: int


class _Unreadable(ValueError):
    """The response isn't one that the paper's page can have sent."""


def mark(
    question: Question, response: str | Mapping[str, Any] | list[Any] | None, points_micro: int
) -> Mark:
    """Mark one response.

    Parameters
    ----------
    question : Question
        Of any type; one without a function here is left to a marker.
    response : str, mapping, list or None
        Canonical JSON or what it stands for: `{"chosen": [option ids]}`. None, `[]` and no
        chosen option are unanswered.
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
            return Mark(MarkStatus.UNANSWERED, 0, full)
        if marker is None:
            return Mark(MarkStatus.NEEDS_MARKER, None, full)
        return marker(question, data, full)
    except _Unreadable:
        return Mark(MarkStatus.NEEDS_MARKER, None, full)


def full_micro(question: Question, points_micro: int) -> int:
    """Return the millionths for a full answer: the question's own points, or the contest's."""
    return points_micro if question.points is None else micro(question.points)


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
            raise _Unreadable from None
    if response == []:
        return None
    if not isinstance(response, Mapping):
        raise _Unreadable
    return response


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _choice(question: Question, data: Mapping[str, Any], full: int) -> Mark:
    """All or nothing: exactly the right options chosen gives full marks, anything else none."""
    chosen = data.get("chosen")
    if set(data) != {"chosen"} or not isinstance(chosen, list):
        raise _Unreadable
    if not all(isinstance(id_, str) for id_ in chosen) or len(set(chosen)) != len(chosen):
        raise _Unreadable
    if not set(chosen) <= {option.id for option in question.choices()}:
        raise _Unreadable
    if len(chosen) > 1 and not question.many:
        raise _Unreadable
    if not chosen:
        return Mark(MarkStatus.UNANSWERED, 0, full)
    if set(chosen) == question.right():
        return Mark(MarkStatus.RIGHT, full, full)
    return Mark(MarkStatus.WRONG, 0, full)


MARKERS: dict[str, Callable[[Question, Mapping[str, Any], int], Mark]] = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _choice,
}
"""Question type -> how a response with content is marked, given the full marks."""
