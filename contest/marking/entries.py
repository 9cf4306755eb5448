"""What markers type -> marks, with all that is wrong. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from pydantic import TypeAdapter, ValidationError

from contest.marking.marks import Key, most_points
from contest.marking.messages import text
from contest.marking.state import Task
from contest.marking_rules import MICRO
from contest.numbers import shown_number
from questions.strict import Text

LONGEST = 2000
"""Letters of a comment, at most."""

_TEXT: TypeAdapter[str] = TypeAdapter(Text)


@dataclass(frozen=True)
class Typed:
    """A mark as it was typed: criterion id -> points, and the comment."""

    points: Mapping[str, str]
    comment: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was typed at all."""
        return not self.comment.strip() and not any(one.strip() for one in self.points.values())


@dataclass(frozen=True)
class Entry:
    """A mark that may be written down: of which essay, and criterion id -> millionths."""

    key: Key
    points: Mapping[str, int]
    comment: str


@dataclass(frozen=True)
class Read:
    """A typed mark, read: the entry, or None; and what is wrong, criterion id (or "") -> why."""

    entry: Entry | None
    wrong: Mapping[str, str] = field(default_factory=dict)


def read_typed(task: Task, typed: Typed) -> Read:
    """Return a typed mark as an entry, or everything that is wrong with it."""
    wrong: dict[str, str] = {}
    points: dict[str, int] = {}
    step = int(task.rules.step * MICRO)
    most = most_points(task.question)
    for criterion in task.question.rubric:
        given = read_points(typed.points.get(criterion.id, ""))
        limit = most[criterion.id]
        allowed = given is not None and 0 <= given <= limit
        if given is None or not allowed or (given % step and given != limit):
            shown = typed.points.get(criterion.id, "").strip()
            key = "entry.missing" if not shown else "entry.points"
            wrong[criterion.id] = text(
                key,
                criterion=criterion.text,
                typed=shown,
                most=points_text(limit),
                step=shown_number(task.rules.step),
            )
        else:
            points[criterion.id] = given
    comment = typed.comment.strip()
    if not _is_text(comment):
        wrong[""] = text("entry.comment", most=LONGEST)
    if wrong:
        return Read(None, wrong)
    return Read(Entry(task.key, points, _TEXT.validate_python(comment) if comment else ""))


def read_points(typed: str) -> int | None:
    """Return typed points ("1,5" or "1.5") in millionths; None where they aren't any."""
    try:
        value = Decimal(typed.strip().replace(",", ".")) * MICRO
    except InvalidOperation:
        return None
    return int(value) if value.is_finite() and value == value.to_integral_value() else None


def points_text(micro: int) -> str:
    """Return millionths of a point as people read them: `2,5`."""
    return shown_number(Decimal(micro) / MICRO)


def _is_text(comment: str) -> bool:
    if len(comment) > LONGEST:
        return False
    try:
        return not comment or bool(_TEXT.validate_python(comment))
    except ValidationError:
        return False
