"""What a ruling is weighed against: the contest as it stands, and what is known by which name."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from contest.frozen import FrozenRound
from contest.ids import is_receipt, normalise
from contest.rulings.decided import Decided, decide
from contest.rulings.force import Version, in_force
from contest.rulings.messages import text
from contest.rulings.models import BODIES, Ruling, Undo, read_ruling
from contest.service import Service
from contest.store.commands import Action, Command, Contestant
from contest.store.protocol import AttemptRecord
from questions.canonical import nfc
from questions.problems import ProblemsFound
from questions.strict import Text


class Refused(ValueError):
    """The ruling can't be made; the message says why and what can be done, in Vietnamese."""


@dataclass(frozen=True)
class Given:
    """Who rules, when (ms UTC), why, and resting on which document."""

    by: str
    at: int
    reason: str
    document: str | None = None


@dataclass(frozen=True)
class Proposal:
    """A ruling that may be made: as it would stand in the chain, and the command that makes it.

    `seen` is how many rulings there were when it was checked, `told` what it is in a line, `notes`
    what else it would do, `versions` the rules that it brings, by content hash.
    """

    ruling: Ruling
    command: Command
    seen: int
    told: str
    notes: tuple[str, ...] = ()
    versions: dict[str, Version] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A moment of the contest, as somebody is about to rule.

    Attributes
    ----------
    rulings : list of Ruling
        All that were ever made.
    begun : list of str
        Rounds that were frozen, in that order.
    closed : mapping
        Round -> when it was closed for good, ms UTC.
    """

    service: Service
    given: Given
    rulings: list[Ruling]
    begun: list[str]
    closed: dict[str, int]

    @property
    def held(self) -> list[Ruling]:
        """The rulings in force."""
        return in_force(self.rulings)

    def decided(self, round_id: str) -> Decided:
        """Return what was decided about a round so far."""
        return decide(self.rulings, round_id, self.closed.get(round_id))

    def last(self, kind: str, subject: str, round_id: str | None) -> Ruling | None:
        """Return the last ruling in force of a kind about a subject and round."""
        own = [
            ruling
            for ruling in self.held
            if (ruling.kind, ruling.subject, ruling.body.round) == (kind, subject, round_id)
        ]
        return own[-1] if own else None

    async def round(self, round_id: str | None) -> FrozenRound:
        """Return a round that has begun, as it stands now; None: the only one that has."""
        if not self.begun:
            raise Refused(text("no.rounds"))
        if round_id is None:
            if len(self.begun) > 1:
                raise Refused(text("no.which_round", rounds=", ".join(self.begun)))
            round_id = self.begun[0]
        if round_id not in self.begun:
            rounds = ", ".join(self.begun)
            raise Refused(
                text("no.round", id=round_id, near=near(round_id, self.begun), rounds=rounds)
            )
        frozen = await self.service.rounds.frozen(round_id, self.given.at)
        assert frozen is not None
        return frozen

    def question(self, frozen: FrozenRound, question_id: str) -> Any:
        """Return a question of a round's bank."""
        questions = frozen.bank.question_by_id
        if question_id not in questions:
            raise Refused(
                text(
                    "no.question",
                    round=frozen.round.id,
                    id=question_id,
                    near=near(question_id, questions),
                )
            )
        return questions[question_id]

    async def attempt(self, typed: str) -> AttemptRecord:
        """Return an attempt by its id, or by its receipt code."""
        store = self.service.store
        record = await store.attempt(typed)
        code = normalise(typed)
        if record is None and is_receipt(code):
            record = await store.attempt_by_receipt(code)
        if record is None:
            close = near(typed, await store.ids("attempts"))
            raise Refused(text("no.attempt", id=typed, near=close))
        return record

    async def person(self, contestant_id: str) -> Contestant:
        """Return a contestant by id; what is written about them must not tell who they are."""
        store = self.service.store
        found = await store.contestant(contestant_id)
        if found is None:
            close = near(contestant_id, await store.ids("contestants"))
            raise Refused(text("no.person", id=contestant_id, near=close))
        said = nfc(f"{self.given.reason} {self.given.document or ''}").casefold()
        fields = await store.person(contestant_id) or {}
        if any(value and nfc(value).casefold() in said for value in fields.values()):
            raise Refused(text("no.leak", id=contestant_id))
        return found

    def ruling(self, kind: str, subject: str, round_id: str | None, **values: Any) -> Ruling:
        """Return the ruling as it would stand in the chain."""
        given = self.given
        about = {"reason": given.reason, "document": given.document, "round": round_id}
        body = BODIES[kind].model_validate({**about, **values}).model_dump(mode="json")
        kept = {key: value for key, value in body.items() if value is not None}
        action = Action(given.at, given.by, kind, subject, kept)
        return read_ruling(len(self.rulings) + 1, action)


async def open_case(service: Service, given: Given) -> Case:
    """Return the contest as it stands, after checking who rules and why.

    Raises
    ------
    Refused
        Where reason, name or document can't be written down.
    """
    for option, value in (("--reason", given.reason), ("--by", given.by)):
        _check_text(option, value)
    if given.document is not None:
        _check_text("--document", given.document)
    await service.rounds.refresh_rulings()
    with contextlib.suppress(ProblemsFound):  # what has begun stands in the store
        await service.rounds.contest()
    actions = await service.store.actions("freeze", "close")
    rulings = [read_ruling(*one) for one in await service.store.rulings()]
    return Case(
        service,
        given,
        rulings,
        [action.subject for action in actions if action.kind == "freeze"],
        {action.subject: action.at for action in actions if action.kind == "close"},
    )


def undone_by(rulings: Iterable[Ruling]) -> dict[int, int]:
    """Return the rulings that are taken back: number -> number of the undo that does so."""
    undone: dict[int, int] = {}
    for ruling in sorted(rulings, key=lambda one: one.number, reverse=True):
        if isinstance(ruling.body, Undo) and ruling.number not in undone:
            undone.setdefault(ruling.body.ruling, ruling.number)
    return undone


def near(typed: str, known: Iterable[str]) -> str:
    """Return the sentence that names what is most like a text, or nothing."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(typed, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return text("near", near=found[0]) if found else ""


def _check_text(option: str, value: str) -> None:
    try:
        TypeAdapter(Text).validate_python(value.strip())
    except ValidationError:
        raise Refused(text("no.text", option=option)) from None
