"""The markers' rows -> the marks that a round is graded by. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from contest.frozen import FrozenRound
from contest.marking.marks import BadMark, Key, Mark, by_essay, read_marks, standing
from contest.store.commands import MARK_KIND, RULING_KINDS, Action
from questions import Essay
from questions.canonical import content_hash


@dataclass(frozen=True)
class Cut:
    """Up to where marks are looked at; what is None doesn't limit them.

    Attributes
    ----------
    ruling : int or None
        Only marks that were given before the ruling after this one.
    counts : mapping or None
        Round id -> only so many of its marks, the oldest; none for a round that isn't there.
    """

    ruling: int | None = None
    counts: Mapping[str, int] | None = None

    def marks(self, actions: Iterable[Action]) -> list[Action]:
        """Return the rows of marks before that ruling, given all actions in order."""
        rulings, found = 0, []
        for action in actions:
            rulings += action.kind in RULING_KINDS
            if self.ruling is not None and rulings > self.ruling:
                break
            if action.kind == MARK_KIND:
                found.append(action)
        return found

    def of_round(self, round_id: str, marks: list[Action]) -> list[Action]:
        """Return those of a round's marks that are looked at."""
        return marks if self.counts is None else marks[: self.counts.get(round_id, 0)]


ALL_MARKS = Cut()


@dataclass(frozen=True)
class RoundMarks:
    """What markers decided about a round.

    Attributes
    ----------
    final : mapping
        Essay -> its mark in millionths, of those that are decided.
    count : int
        Rows of marks that this rests on.
    hash : str or None
        Hash over these rows; None without any.
    last_at : int
        When the last was given, milliseconds UTC; 0 without any.
    """

    final: Mapping[Key, int] = field(default_factory=dict)
    count: int = 0
    hash: str | None = None
    last_at: int = 0


def round_marks(
    rows: list[Action], frozen: FrozenRound, is_answered: Callable[[Key], bool]
) -> RoundMarks:
    """Return what a round's marks come to.

    Parameters
    ----------
    rows : list of Action
        The marks of the round, in order.
    frozen : FrozenRound
        With the rules that it is ranked by.
    is_answered : callable
        Whether an attempt has such a question, and an answer to it.

    Raises
    ------
    BadMark
        Naming the attempt, where no marker can have given such marks.
    """
    if not rows:
        return RoundMarks()
    marks = by_essay(read_marks(rows))
    for key in marks:
        if not is_answered(key):
            raise BadMark(key[0])
    data = [[row.at, row.actor, row.subject, row.body] for row in rows]
    last = max(row.at for row in rows)
    return RoundMarks(_decided(marks, frozen), len(rows), content_hash(data), last)


def decided_marks(rows: Iterable[Action], frozen: FrozenRound) -> dict[Key, int]:
    """Return essay -> final mark in millionths, of those that are decided; else as above."""
    return _decided(by_essay(read_marks(rows)), frozen)


def _decided(marks: Mapping[Key, list[Mark]], frozen: FrozenRound) -> dict[Key, int]:
    found = {}
    for key, own in marks.items():
        question = frozen.bank.question_by_id.get(key[1])
        if not isinstance(question, Essay):
            raise BadMark(key[0])
        stands = standing(own, question, frozen.rules.marking, frozen.rules.scoring.rounding)
        if stands.final is not None:
            found[key] = stands.final
    return found
