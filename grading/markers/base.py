"""What a mark is, and what the functions that give one share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any


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
        given, it is a near miss, or the type is marked by a person.
    mark_micro : int or None
        None exactly where the status is `needs_marker`.
    max_micro : int
        For a full answer.
    """

    status: MarkStatus
    mark_micro: int | None
    max_micro: int


class Unreadable(ValueError):
    """The response isn't one that the paper's page can have sent."""


def unanswered(full: int) -> Mark:
    """Return the mark of a response without content."""
    return Mark(MarkStatus.UNANSWERED, 0, full)


def waiting(full: int) -> Mark:
    """Return the mark of a response that a person must see."""
    return Mark(MarkStatus.NEEDS_MARKER, None, full)


def share(part: Fraction, full: int) -> Mark:
    """Return the mark for a part (0 to 1) of the full marks, rounded half up to a millionth."""
    value = int(part * full + Fraction(1, 2))
    if part >= 1:
        return Mark(MarkStatus.RIGHT, full, full)
    if value <= 0:
        return Mark(MarkStatus.WRONG, 0, full)
    return Mark(MarkStatus.PARTIAL, value, full)


def parts(right: int, count: int, scoring: str, full: int) -> Mark:
    """Return the mark for `right` of `count` parts: all or nothing, or each its share."""
    part = Fraction(right, count)
    return share(part if scoring == "each" else Fraction(int(part)), full)


def only(data: Mapping[str, Any], key: str, kind: type) -> Any:
    """Return the one value of a response.

    Raises
    ------
    Unreadable
        Where the response has other keys, or the value is of another type.
    """
    if set(data) != {key} or not isinstance(data[key], kind):
        raise Unreadable
    return data[key]
