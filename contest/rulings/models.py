"""What each kind of ruling holds, and rulings as they are read from the organisers' chain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from contest.store.commands import RULING_KINDS, Action
from questions.strict import Id, Strict

Ms = Annotated[int, Field(strict=True)]
Number = Annotated[int, Field(strict=True, ge=1)]


class Body(Strict):
    """What every ruling holds.

    Attributes
    ----------
    reason : str
        As written by the organisers.
    document : str or None
        Number of the document it rests on.
    round : str or None
        The round it is about; None: the whole contest, or where the subject says it.
    """

    reason: str
    document: str | None = None
    round: Id | None = None


class ExtraTime(Body):
    """`extra_time`: the attempt that is the subject has `ms` milliseconds more."""

    ms: Ms


class Extend(Body):
    """`extend`: the round that is the subject lost `ms` milliseconds.

    Attributes
    ----------
    opens : int
        Opening of the window that closes so much later, ms UTC.
    attempts : tuple of str
        The attempts that were running and have so much more time.
    """

    ms: Ms
    opens: Ms
    attempts: tuple[str, ...] = ()


class Void(Body):
    """`void`: the question that is the subject gives everybody full marks, or isn't counted."""

    how: Literal["full", "out"]


class Accept(Body):
    """`accept`: a further right answer to the question that is the subject.

    Attributes
    ----------
    value : str or dict
        As in `grading.adjusting.Accepted`.
    """

    value: str | dict[str, Any]


class Exclude(Body):
    """`exclude`: the subject, an attempt or a person, isn't recognised."""


class Restore(Body):
    """`restore`: the subject, an attempt or a person, is recognised again."""


class Unit(Body):
    """`unit`: the contestant who is the subject belongs to another unit than registered.

    With a round: in that one. Without: in every round that wasn't closed for good by then, and in
    those to come. `was` is the unit that new attempts were opened for before.
    """

    unit: str
    was: str


class TrueValue(Body):
    """`true_value`: what was predicted in the round that is the subject, as a decimal."""

    value: str


class ChangeRules(Body):
    """`rules`: from `since` (ms UTC) on, the contest has other rules.

    `rules` and `rules_text` are the content hashes of the rules and of their file.
    """

    since: Ms
    rules: str
    rules_text: str


class Marked(Body):
    """`mark`: a person's mark, in millionths, for one answer of the attempt that is the subject."""

    question: str
    micro: Ms


class Admit(Body):
    """`admit`: these contestants may take part in the round that is the subject.

    `origin` says in words where the list comes from.
    """

    contestants: tuple[str, ...]
    origin: str


class Undo(Body):
    """`undo`, `undo_live`: the ruling of this number is taken back."""

    ruling: Number


class UndoTime(Undo):
    """`undo_time`: `ms` milliseconds are taken back from these attempts."""

    ms: Ms
    attempts: tuple[str, ...]


BODIES: dict[str, type[Body]] = {
    "extra_time": ExtraTime,
    "extend": Extend,
    "undo_time": UndoTime,
    "rules": ChangeRules,
    "admit": Admit,
    "undo_live": Undo,
    "void": Void,
    "accept": Accept,
    "exclude": Exclude,
    "restore": Restore,
    "unit": Unit,
    "true_value": TrueValue,
    "mark": Marked,
    "undo": Undo,
}
"""Kind of action -> what its body holds."""


@dataclass(frozen=True)
class Ruling:
    """A ruling of the chain; `number` counts the rulings of the whole contest from 1."""

    number: int
    action: Action
    body: Body

    @property
    def kind(self) -> str:
        """Its kind, a key of `BODIES`."""
        return self.action.kind

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.action.subject

    @property
    def at(self) -> int:
        """When it was made, milliseconds UTC."""
        return self.action.at


def is_undo(ruling: Ruling) -> bool:
    """Return whether it takes another one back."""
    return isinstance(ruling.body, Undo)


def read_ruling(number: int, action: Action) -> Ruling:
    """Return an action as the ruling of this number."""
    return Ruling(number, action, BODIES[action.kind].model_validate(action.body))


def read_rulings(actions: Iterable[Action]) -> list[Ruling]:
    """Return the rulings among all actions of the chain, numbered in its order."""
    found = [action for action in actions if action.kind in RULING_KINDS]
    return [read_ruling(number, action) for number, action in enumerate(found, start=1)]
