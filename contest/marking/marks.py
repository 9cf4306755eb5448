"""The marks of one essay -> where it stands, and the mark that comes of them. Pure.

Marks are rows of the organisers' chain, oldest first. The last of a marker counts. Once two have
marked, neither changes any more; a third comes where the two differ, and that ends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from contest.marking_rules import Marking
from contest.store.commands import MARK_KIND, Action
from grading.marks import rounded
from questions import Essay
from questions.strict import Id, Strict, Text
from questions.types.parts import Criterion

Key = tuple[str, str]
"""Attempt id, question id: one essay."""

Stage = Literal["none", "one", "third", "decided"]
"""Nobody has marked; one has; two have, and a third must; there is a mark."""

PAIR, MOST = 2, 3
"""How many markers an essay has, and how many it can have."""

_Micro = Annotated[int, Field(strict=True, ge=0)]


class BadMark(ValueError):
    """Stored marks that no marker can have given: somebody has changed them."""


class MarkBody(Strict):
    """What a mark's row holds; its actor is the marker, its subject the attempt.

    Attributes
    ----------
    points : dict
        Criterion id -> millionths.
    entered_by : str or None
        Who typed it in, where the marker wrote on a sheet.
    """

    question: Id
    points: dict[Id, _Micro]
    comment: Text | None = None
    entered_by: Text | None = None


@dataclass(frozen=True)
class Mark:
    """A marker's points for an essay, by criterion in millionths."""

    key: Key
    marker: str
    at: int
    points: Mapping[str, int]
    comment: str = ""

    @property
    def total(self) -> int:
        """The sum, in millionths."""
        return sum(self.points.values())


@dataclass(frozen=True)
class Standing:
    """Where an essay stands.

    Attributes
    ----------
    marks : mapping
        Marker -> the mark that counts, in the order of their first ones.
    final : int or None
        Millionths; None: not decided yet.
    """

    stage: Stage = "none"
    marks: Mapping[str, Mark] = field(default_factory=dict)
    final: int | None = None

    def may_mark(self, marker: str) -> bool:
        """Return whether a mark of this marker would count, a first one or another."""
        if self.stage == "none":
            return True
        if self.stage == "third":
            return marker not in self.marks
        return self.stage == "one"


NOT_MARKED = Standing()


def read_mark(action: Action) -> Mark:
    """Return a stored mark; BadMark where the row can't be one."""
    try:
        body = MarkBody.model_validate(action.body)
    except ValidationError:
        raise BadMark(action.subject) from None
    key = (action.subject, body.question)
    return Mark(key, action.actor, action.at, body.points, body.comment or "")


def read_marks(actions: Iterable[Action]) -> list[Mark]:
    """Return the marks among actions, in order."""
    return [read_mark(action) for action in actions if action.kind == MARK_KIND]


def by_essay(marks: Iterable[Mark]) -> dict[Key, list[Mark]]:
    """Return the marks of every essay that has any, in order."""
    found: dict[Key, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.key, []).append(mark)
    return found


def standing(marks: Iterable[Mark], question: Essay, rules: Marking, rounding: str) -> Standing:
    """Return where an essay stands, given its marks in order.

    Parameters
    ----------
    rounding : str
        The rules' `scoring.rounding`: what becomes of a part of a millionth.

    Raises
    ------
    BadMark
        For points that the rubric doesn't give, a mark that was changed once two had marked, or
        more markers than an essay can have.
    """
    counted: dict[str, Mark] = {}
    for mark in marks:
        if not fits(mark.points, question):
            raise BadMark(mark.key[0])
        if len(counted) == MOST or (len(counted) == PAIR and mark.marker in counted):
            raise BadMark(mark.key[0])
        counted[mark.marker] = mark
    if len(counted) < PAIR:
        return Standing("one" if counted else "none", counted)
    totals = [mark.total for mark in counted.values()]
    full = full_points(question)
    final = final_mark(totals, full, rules, rounding)
    return Standing("third" if final is None else "decided", counted, final)


def final_mark(totals: list[int], full: int, rules: Marking, rounding: str) -> int | None:
    """Return the mark that two or three totals make, or None where a third is needed.

    All in millionths. A third total of two that agree changes nothing.
    """
    first, second = totals[:PAIR]
    if not differ(first, second, full, rules):
        return _mean([first, second], rounding)
    if len(totals) == PAIR:
        return None
    if rules.third == "third":
        return totals[PAIR]
    if rules.third == "mean":
        return _mean(totals, rounding)
    low, middle, high = sorted(totals)
    if middle - low == high - middle:
        return middle
    return _mean([low, middle] if middle - low < high - middle else [middle, high], rounding)


def differ(first: int, second: int, full: int, rules: Marking) -> bool:
    """Return whether two totals are too far apart, all in millionths."""
    return abs(first - second) > rules.allowed(full)


def fits(points: Mapping[str, int], question: Essay) -> bool:
    """Return whether points are for exactly the criteria of a rubric, and none gives too many."""
    most = most_points(question)
    return points.keys() == most.keys() and all(
        0 <= value <= most[criterion] for criterion, value in points.items()
    )


def most_points(question: Essay) -> Mapping[str, int]:
    """Return criterion id -> the most it gives, in millionths, in the rubric's order."""
    return _most(question.rubric)


@lru_cache(maxsize=1000)
def _most(rubric: tuple[Criterion, ...]) -> Mapping[str, int]:
    return MappingProxyType({one.id: int(one.points * 1_000_000) for one in rubric})


def full_points(question: Essay) -> int:
    """Return the millionths for a full answer."""
    return sum(most_points(question).values())


def mark_action(
    key: Key, marker: str, at: int, points: Mapping[str, int], comment: str, entered_by: str | None
) -> Action:
    """Return the row of a mark."""
    body: dict[str, Any] = {"question": key[1], "points": dict(points)}
    if comment:
        body["comment"] = comment
    if entered_by is not None:
        body["entered_by"] = entered_by
    return Action(at, marker, MARK_KIND, key[0], body)


def _mean(totals: list[int], rounding: str) -> int:
    return rounded(Fraction(sum(totals), len(totals)), rounding)
