"""One response -> its marks, exactly, in plain Python.

The contestant's page uses this module too: it imports neither pandas nor
numpy. A question type is one function in `grading.markers`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from grading.adjusting import Accepted, Void, also_right, with_texts
from grading.markers import MARKERS
from grading.markers.base import NOTHING, WAITS, Found, Mark, MarkStatus, Unreadable
from grading.markers.choice import by_scheme
from grading.rules import ScoringRules
from questions import Question

__all__ = [
    "MARKERS",
    "MICRO",
    "Mark",
    "MarkStatus",
    "decided_mark",
    "full_micro",
    "mark",
    "micro",
    "rounded",
    "voided",
]

PLAIN = ScoringRules()
ONE_RIGHT = frozenset({"single", "true_false"})
"""Types with one right option."""

_AT_ONCE_MS = 500
MICRO = 1_000_000
"""Marks are counted in millionths of a point."""

FRACTION_DECIMALS = 4
"""Shares and means are printed with so many."""


def mark(
    question: Question,
    response: str | Mapping[str, Any] | list[Any] | None,
    points_micro: int,
    scoring: ScoringRules = PLAIN,
    *,
    elapsed_ms: int | None = None,
    accepted: Sequence[Accepted] = (),
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
    scoring : ScoringRules
        The contest's; by default those of a contest that says nothing about it.
    elapsed_ms : int or None
        Time that the answer took; None where nobody knows. Only looked at with `scoring.time`.
    accepted : sequence
        Further right answers, by rulings; see `grading.adjusting.Accepted`.

    Returns
    -------
    Mark
        Never full or no marks for something that can't be read: that waits for a marker. So does
        anything worth points by time whose time isn't known.
    """
    full = full_micro(question, points_micro)
    try:
        data = _read(response)
        if data is None:
            return Mark(MarkStatus.UNANSWERED, 0, full)
        found = _found(question, data, scoring, accepted)
    except Unreadable:
        found = WAITS
    if isinstance(found, MarkStatus):
        return Mark(found, None if found is WAITS else 0, full)
    return _worth(question, found, full, scoring, elapsed_ms)


def decided_mark(mark_micro: int, max_micro: int) -> Mark:
    """Return the mark that a person gave, in millionths.

    Raises
    ------
    ValueError
        For more than the full marks, or less than minus those.
    """
    if not -max_micro <= mark_micro <= max_micro:
        raise ValueError(f"a mark of {mark_micro} millionths where {max_micro} are the full marks")
    return Mark(_status(mark_micro, right=mark_micro == max_micro), mark_micro, max_micro)


def voided(how: Void, max_micro: int) -> Mark:
    """Return the mark for a question that a ruling took out, whatever was answered."""
    if how == "full":
        return Mark(MarkStatus.VOID_FULL, max_micro, max_micro)
    return Mark(MarkStatus.VOID_OUT, 0, 0)


def _found(
    question: Question,
    data: Mapping[str, Any],
    scoring: ScoringRules,
    accepted: Sequence[Accepted],
) -> Found:
    marker = MARKERS.get(question.type)
    if marker is None:
        return WAITS
    if scoring.multiple is not None and question.type == "multiple":
        found = by_scheme(question, data, scoring.multiple)
    else:
        found = marker(with_texts(question, accepted), data)
    return Fraction(1) if found is not NOTHING and also_right(question, data, accepted) else found


def _worth(
    question: Question, part: Fraction, full: int, scoring: ScoringRules, elapsed_ms: int | None
) -> Mark:
    if part == 0 and question.type in ONE_RIGHT:
        part = Fraction(scoring.wrong)
    if scoring.floor_question:
        part = max(part, Fraction(0))
    value = part * full
    if scoring.time is not None and part > 0:
        if elapsed_ms is None:
            return Mark(MarkStatus.NEEDS_MARKER, None, full)
        value = _by_time(value, full, scoring, elapsed_ms)
    marked = rounded(value, scoring.rounding)
    return Mark(_status(marked, right=part >= 1), marked, full)


def _by_time(value: Fraction, full: int, scoring: ScoringRules, elapsed_ms: int) -> Fraction:
    assert scoring.time is not None
    limit = scoring.time.seconds * 1000
    taken = Fraction(min(max(elapsed_ms, 0), limit), limit)
    if scoring.time.scheme == "kahoot":
        if elapsed_ms < _AT_ONCE_MS:
            return value
        return Fraction(MICRO * rounded(value * (1 - taken / 2) / MICRO, scoring.rounding))
    return Fraction(MICRO * int(min(value, Fraction(full)) * (1 - taken) / MICRO))


def _status(mark_micro: int, *, right: bool) -> MarkStatus:
    if right:
        return MarkStatus.RIGHT
    return MarkStatus.PARTIAL if mark_micro > 0 else MarkStatus.WRONG


def rounded(value: Fraction, rule: str) -> int:
    """Return the whole number next to a fraction, by a named rule.

    `half_up` rounds halves away from zero, `half_even` to the even neighbour, `down` cuts off
    towards zero, `up` goes away from zero.
    """
    size = abs(value)
    whole = int(size)
    rest = size - whole
    if rule == "up":
        more = rest > 0
    elif rule == "down":
        more = False
    else:
        half = Fraction(1, 2)
        more = rest > half or (rest == half and (rule == "half_up" or whole % 2 == 1))
    return (whole + more) * (-1 if value < 0 else 1)


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
