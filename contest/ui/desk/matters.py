"""What needs somebody's attention in a round: found by plain functions, one list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from contest.claims.messages import PAGE_TEXTS
from contest.clock import local
from contest.closing.folder import NO_DOUBT
from contest.commands.numbers import Live
from contest.rulings.force import in_force
from contest.rulings.models import Ruling, Unit
from contest.store.claims_protocol import Claim
from contest.units import Units

Row = dict[str, Any]


@dataclass(frozen=True)
class Graded:
    """What grading on trial found: rows of people, questions and advice."""

    people: list[Row]
    items: list[Row]
    advice: list[Row]


@dataclass(frozen=True)
class Material:
    """What is looked through.

    Attributes
    ----------
    listed : Units or None
        The list of units as it is written now; None: it can't be read.
    graded : Graded or None
        None: nothing was graded on trial yet.
    claims : sequence of Claim
        What people asked in the whole contest and nobody has answered yet.
    """

    live: Live
    listed: Units | None
    graded: Graded | None
    claims: Sequence[Claim] = ()


@dataclass(frozen=True)
class Matter:
    """Something to look at: the name of its sentence, how many, and the lines behind it.

    The lines hold what people typed: they are escaped where they are shown.
    """

    name: str
    n: int
    lines: tuple[str, ...]


def crowded_units(material: Material) -> Iterator[Matter]:
    """Tell units in which more people take part than there are."""
    units = material.live.numbers.units
    over = [one for one in units if one.headcount is not None and one.people > one.headcount]
    yield _matter("crowded", [f"{one.name}: {one.people} / {one.headcount}" for one in over])


def lost_units(material: Material) -> Iterator[Matter]:
    """Tell units that people take part for and that the list doesn't hold any more."""
    if material.listed is not None:
        used = [one for one in material.live.numbers.units if one.attempts]
        gone = [one for one in used if one.unit_id not in material.listed.by_id]
        yield _matter("lost_units", [f"{one.unit_id}: {one.name}" for one in gone])


def corrected_units(material: Material) -> Iterator[Matter]:
    """Tell people whose unit was corrected."""
    here = material.live.decided.units
    rulings = [
        one
        for one in in_force(material.live.rulings)
        if isinstance(one.body, Unit) and here.get(one.subject) == one.body.unit
    ]
    lines = [
        f"{one.subject}: {one.body.was} → {one.body.unit} ({_why(one)})"  # type: ignore[attr-defined]
        for one in rulings
    ]
    yield _matter("corrected_units", lines)


def removed(material: Material) -> Iterator[Matter]:
    """Tell attempts and people that aren't recognised, and why."""
    decided = material.live.decided
    gone = {**decided.attempts, **decided.people}
    yield _matter("removed", [f"{id_}: {_why(ruling)}" for id_, ruling in gone.items()])


def doubtful_questions(material: Material) -> Iterator[Matter]:
    """Tell questions whose answers speak against their key."""
    if material.graded is not None:
        voids = material.live.decided.voids
        found = [
            f"{one['question_id']}: {one['stem']} · {one['notes']}"
            for one in material.graded.items
            if one["question_id"] not in voids
            and not NO_DOUBT.issuperset(str(one["flags"] or "").split(";"))
        ]
        yield _matter("questions", found)


def waiting_essays(material: Material) -> Iterator[Matter]:
    """Tell people whose result waits for a marker."""
    if material.graded is not None:
        people = [one for one in material.graded.people if one["status"] == "needs_marker"]
        yield _matter("essays", [str(one["attempt_id"]) for one in people])


def advice(material: Material) -> Iterator[Matter]:
    """Tell papers that may be looked at."""
    if material.graded is not None:
        found = [f"{one['attempt_id']}: {one['explanation']}" for one in material.graded.advice]
        yield _matter("advice", found)


def open_claims(material: Material) -> Iterator[Matter]:
    """Tell claims that wait for an answer: what they are about and since when, not their words."""
    lines = [
        f"{one.claim_id}: {PAGE_TEXTS[f'claim.kind.{one.kind}']} · {local(one.at):%d/%m/%Y %H:%M}"
        for one in material.claims
    ]
    yield _matter("claims", lines)


FINDERS: tuple[Callable[[Material], Iterator[Matter]], ...] = (
    open_claims,
    doubtful_questions,
    waiting_essays,
    crowded_units,
    lost_units,
    corrected_units,
    removed,
    advice,
)
"""What is looked for, in the order in which it is shown. One more is one line more."""


def find_matters(material: Material) -> list[Matter]:
    """Return everything that needs attention."""
    return [matter for find in FINDERS for matter in find(material) if matter.n]


def _matter(name: str, lines: list[str]) -> Matter:
    return Matter(name, len(lines), tuple(lines))


def _why(ruling: Ruling) -> str:
    return f"#{ruling.number}: {ruling.body.reason}"
