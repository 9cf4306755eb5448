"""What rulings come to in one round: plain data, as grading takes it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from contest.rulings.force import in_force
from contest.rulings.models import (
    Accept,
    Exclude,
    Marked,
    Restore,
    Ruling,
    TrueValue,
    Undo,
    Unit,
    Void,
)

LISTS = ("attempts", "contestants")
"""What a ruling's value is told by its number of, since a cell holds no list of thousands."""

COMMON = ("reason", "document", "round")


@dataclass(frozen=True)
class Decided:
    """What the rulings in force say of one round.

    Attributes
    ----------
    voids : mapping
        Question id -> `full` or `out`.
    accepted : mapping
        Question id -> further right answers, as in `grading.adjusting.Accepted`.
    marks : mapping
        (attempt id, question id) -> millionths.
    true_value : Decimal or None
        Of the prediction; None: not set.
    attempts, people : mapping
        Attempt id, contestant id -> the ruling that excludes it.
    units : mapping
        Contestant id -> the unit they belong to, whatever their attempts say.
    """

    voids: Mapping[str, Literal["full", "out"]] = field(default_factory=dict)
    accepted: Mapping[str, list[str | dict[str, Any]]] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], int] = field(default_factory=dict)
    true_value: Decimal | None = None
    attempts: Mapping[str, Ruling] = field(default_factory=dict)
    people: Mapping[str, Ruling] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    def excluded_by(self, attempt_id: str, contestant_id: str) -> Ruling | None:
        """Return the ruling that an attempt is excluded by, or None."""
        return self.attempts.get(attempt_id) or self.people.get(contestant_id)


def decide(rulings: Iterable[Ruling], round_id: str, closed_at: int | None) -> Decided:
    """Return what rulings say of a round.

    Parameters
    ----------
    closed_at : int or None
        When it was closed for good, milliseconds UTC; None: it isn't.
    """
    voids: dict[str, Literal["full", "out"]] = {}
    accepted: dict[str, list[str | dict[str, Any]]] = {}
    marks: dict[tuple[str, str], int] = {}
    units: dict[str, str] = {}
    true_value = None
    held = in_force(rulings)
    for ruling in held:
        body = ruling.body
        if body.round not in (None, round_id):
            continue
        if isinstance(body, Void):
            voids[ruling.subject] = body.how
        elif isinstance(body, Accept):
            accepted.setdefault(ruling.subject, []).append(body.value)
        elif isinstance(body, Marked):
            marks[ruling.subject, body.question] = body.micro
        elif isinstance(body, TrueValue):
            true_value = Decimal(body.value)
        elif isinstance(body, Unit) and _reaches(ruling, closed_at):
            units[ruling.subject] = body.unit
    gone = exclusions(held)
    here = {subject: ruling for (at, subject), ruling in gone.items() if at in (None, round_id)}
    attempts = {id_: ruling for id_, ruling in here.items() if is_attempt(id_)}
    people = {id_: ruling for id_, ruling in here.items() if not is_attempt(id_)}
    return Decided(voids, accepted, marks, true_value, attempts, people, units)


def exclusions(held: Iterable[Ruling]) -> dict[tuple[str | None, str], Ruling]:
    """Return what is excluded: (round or None for all, attempt or contestant) -> by which ruling.

    `held` are the rulings in force, in order. Who is restored for the whole contest is restored
    everywhere.
    """
    gone: dict[tuple[str | None, str], Ruling] = {}
    for ruling in held:
        key = (ruling.body.round, ruling.subject)
        if isinstance(ruling.body, Exclude):
            gone[key] = ruling
        elif isinstance(ruling.body, Restore):
            for other in [key] if key[0] is not None else list(gone):
                if other[1] == ruling.subject:
                    gone.pop(other, None)
    return gone


def is_attempt(id_: str) -> bool:
    """Return whether an id is an attempt's, and not a contestant's."""
    return id_.startswith("lt-")


def unit_now(rulings: Collection[Ruling], contestant_id: str) -> str | None:
    """Return the unit that a contestant's attempts are opened for by rulings.

    None where no ruling, in force or taken back, was ever about it.
    """

    def own(some: Iterable[Ruling]) -> list[Unit]:
        return [
            ruling.body
            for ruling in some
            if isinstance(ruling.body, Unit)
            and ruling.subject == contestant_id
            and ruling.body.round is None
        ]

    ever, held = own(rulings), own(in_force(rulings))
    if held:
        return held[-1].unit
    return ever[0].was if ever else None


def concerning(
    rulings: Iterable[Ruling], round_id: str, closed_at: int | None, attempt_ids: Collection[str]
) -> list[Ruling]:
    """Return the rulings that a round's result rests on, in order, undone ones and undos too."""
    found: dict[int, Ruling] = {}
    for ruling in rulings:
        body = ruling.body
        if isinstance(body, Undo):
            concerns = body.ruling in found
        elif ruling.kind == "extra_time":
            concerns = ruling.subject in attempt_ids
        elif body.round is not None:
            concerns = body.round == round_id
        elif ruling.kind in ("unit", "rules"):
            concerns = _reaches(ruling, closed_at)
        else:
            concerns = True
        if concerns:
            found[ruling.number] = ruling
    return list(found.values())


def _reaches(ruling: Ruling, closed_at: int | None) -> bool:
    """Return whether a ruling about the whole contest concerns a round closed at that time."""
    return ruling.body.round is not None or closed_at is None or ruling.at < closed_at


def value_of(ruling: Ruling) -> dict[str, Any]:
    """Return what a ruling set, as plain data; long lists by their length."""
    data = {
        key: value
        for key, value in ruling.body.model_dump(mode="json").items()
        if key not in COMMON
    }
    return {key: len(value) if key in LISTS else value for key, value in data.items()}
