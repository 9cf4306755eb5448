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
    VOID_FULL = "void_full"
    VOID_OUT = "void_out"


@dataclass(frozen=True, slots=True)
class Mark:
    """A response's marks, in millionths of a point.

    Attributes
    ----------
    status : MarkStatus
        `needs_marker` where nobody can say yet: the response can't be read or can't have been
        given, it is a near miss, or the type is marked by a person. `void_full` and `void_out`:
        a ruling took the question out, with full marks for all who had it, or as if it had never
        been asked.
    mark_micro : int or None
        None exactly where the status is `needs_marker`.
    max_micro : int
        For a full answer; 0 where it is `void_out`.
    """

    status: MarkStatus
    mark_micro: int | None
    max_micro: int


class Unreadable(ValueError):
    """The response isn't one that the paper's page can have sent."""


Found = Fraction | MarkStatus
"""What a response is worth: a part of the full marks (1: all of them; may be below 0), or the
status `unanswered` or `needs_marker`."""

NOTHING: Found = MarkStatus.UNANSWERED
WAITS: Found = MarkStatus.NEEDS_MARKER


def parts(right: int, count: int, scoring: str) -> Fraction:
    """Return the part for `right` of `count` parts: all or nothing, or each its share."""
    part = Fraction(right, count)
    return part if scoring == "each" else Fraction(int(part))


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
