"""Rulings about questions, people and marks: what may be ruled, and how it then stands."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from contest.clock import local
from contest.draw import Item
from contest.frozen import FrozenRound
from contest.numbers import read_number, shown_number
from contest.replay import replay
from contest.rulings.case import Case, Proposal, Refused, near
from contest.rulings.decided import unit_now
from contest.rulings.messages import text
from contest.rulings.models import Ruling, Unit
from contest.sitting import prediction_decimals
from contest.store.commands import RecordRuling
from contest.store.protocol import AttemptRecord
from grading.marks import MICRO, full_micro, mark, micro

BY_OPTIONS = ("single", "multiple", "true_false")
READ_BY_PEOPLE = ("essay", "short_text", "cloze", "numeric")
"""Types whose answers a person may mark, whatever the kit says."""

WHOLE = {
    "true_false_group": "statements",
    "matching": "pairs",
    "ordering": "order",
    "cloze": "gaps",
}
"""Types whose further answers are whole responses: type -> the response's key."""


def proposal(case: Case, ruling: Ruling, told: str, *notes: str, **more: Any) -> Proposal:
    """Return the proposal to record a ruling, if no other comes first."""
    command = RecordRuling(ruling.action, len(case.rulings), **more)
    return Proposal(ruling, command, len(case.rulings), told, notes)


async def void(case: Case, question: str, how: str, round_id: str | None = None) -> Proposal:
    """Take a question out: full marks to all who had it (`full`), or not counted (`out`)."""
    frozen = await case.round(round_id)
    case.question(frozen, question)
    id_ = frozen.round.id
    last = case.last("void", question, id_)
    if last is not None:
        same = case.decided(id_).voids[question] == how
        key = "no.void_again" if same else "no.void_first"
        raise Refused(text(key, id=question, round=id_, n=last.number))
    ruling = case.ruling("void", question, id_, how=how)
    return proposal(case, ruling, f"{question} · {id_} · {how}")


async def accept(case: Case, question: str, value: str, round_id: str | None = None) -> Proposal:
    """Accept a further right answer to a question."""
    frozen = await case.round(round_id)
    id_ = frozen.round.id
    found = case.question(frozen, question)
    if last := case.last("void", question, id_):
        raise Refused(text("no.void_first", id=question, round=id_, n=last.number))
    accepted = _accepted(found, value.strip())
    for ruling in case.held:
        about = (ruling.kind, ruling.subject, ruling.body.round)
        if about == ("accept", question, id_) and ruling.body.value == accepted:  # type: ignore[attr-defined]
            raise Refused(text("no.accept_again", id=question, value=value, n=ruling.number))
    return proposal(
        case, case.ruling("accept", question, id_, value=accepted), f"{question} · {id_} · {value}"
    )


def _accepted(question: Any, value: str) -> str | dict[str, Any]:
    """Return a typed answer as it is kept, if a contestant can have given it and it isn't right."""
    if question.type == "essay":
        raise Refused(text("no.accept_essay", id=question.id))
    accepted: str | dict[str, Any] = value
    if question.type in BY_OPTIONS:
        ids = sorted({part.strip() for part in value.split(";") if part.strip()})
        accepted, response = ";".join(ids), {"chosen": ids}
    elif question.type in WHOLE:
        accepted = response = _whole(value)
    else:
        response = {"text": value}
    status = mark(question, response, MICRO).status
    if status == "right":
        raise Refused(text("no.accept_right", id=question.id, value=value))
    near_miss = question.type in ("short_text", "cloze")
    if status == "unanswered" or (status == "needs_marker" and not near_miss):
        raise Refused(
            text(
                "no.accept_cannot", id=question.id, type=question.type, value=value,
                how=_how(question),
            )
        )  # fmt: skip
    return accepted


def _whole(value: str) -> dict[str, Any]:
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _how(question: Any) -> str:
    if question.type in BY_OPTIONS:
        return text("how.options", options=", ".join(one.id for one in question.choices()))
    if question.type in WHOLE:
        return text("how.whole", key=WHOLE[question.type])
    return text(f"how.{question.type}")


async def exclude(
    case: Case,
    attempt: str | None = None,
    contestant: str | None = None,
    round_id: str | None = None,
) -> Proposal:
    """Refuse to recognise an attempt, or a person in one round or the whole contest."""
    subject, where = await _whom(case, attempt, contestant, round_id)
    for at in {where, None}:
        if last := _excluded(case, at, subject):
            raise Refused(text("no.excluded", id=subject, n=last.number))
    return proposal(case, case.ruling("exclude", subject, where), _about(subject, where))


async def restore(
    case: Case,
    attempt: str | None = None,
    contestant: str | None = None,
    round_id: str | None = None,
) -> Proposal:
    """Recognise an attempt or a person again."""
    subject, where = await _whom(case, attempt, contestant, round_id)
    if _excluded(case, where, subject) is None:
        if where is None and any(
            _excluded(case, other, subject) is not None for other in case.begun
        ):
            return proposal(case, case.ruling("restore", subject, None), _about(subject, None))
        if whole := _excluded(case, None, subject):
            raise Refused(text("no.excluded_whole", id=subject, n=whole.number))
        if attempt is not None:
            record = await case.attempt(attempt)
            decided = case.decided(record.round_id)
            if ruling := decided.people.get(record.contestant_id):
                raise Refused(
                    text(
                        "no.excluded_person", id=subject, person=record.contestant_id,
                        n=ruling.number,
                    )
                )  # fmt: skip
        raise Refused(text("no.not_excluded", id=subject))
    return proposal(case, case.ruling("restore", subject, where), _about(subject, where))


async def _whom(
    case: Case, attempt: str | None, contestant: str | None, round_id: str | None
) -> tuple[str, str | None]:
    """Return the id of whom a ruling is about, and the round (None: the whole contest)."""
    if (attempt is None) == (contestant is None):
        raise Refused(text("no.one_subject"))
    if attempt is not None:
        record = await case.attempt(attempt)
        await case.person(record.contestant_id)
        if round_id not in (None, record.round_id):
            raise Refused(
                text(
                    "no.attempt_round", id=record.attempt_id, round=record.round_id, other=round_id
                )
            )
        return record.attempt_id, record.round_id
    person = await case.person(contestant or "")
    where = None if round_id is None else (await case.round(round_id)).round.id
    return person.contestant_id, where


def _excluded(case: Case, where: str | None, subject: str) -> Ruling | None:
    from contest.rulings.decided import exclusions

    return exclusions(case.held).get((where, subject))


def _about(subject: str, where: str | None) -> str:
    return f"{subject} · {where or text('list.everywhere')}"


async def unit(case: Case, contestant: str, unit_id: str, round_id: str | None = None) -> Proposal:
    """Put a person into another unit: in one round, or in all that aren't closed and to come."""
    person = await case.person(contestant)
    now = unit_now(case.rulings, contestant) or person.unit_id
    if round_id is not None:
        frozen = await case.round(round_id)
        _known_unit(frozen.round.id, frozen.units.by_id, unit_id)
        if case.decided(round_id).units.get(contestant) == unit_id:
            raise Refused(text("no.same_unit", id=contestant, unit=unit_id))
        ruling = case.ruling("unit", contestant, frozen.round.id, unit=unit_id, was=now)
        return proposal(case, ruling, f"{contestant} · {unit_id} · {frozen.round.id}")
    await _check_units(case, unit_id)
    if now == unit_id:
        raise Refused(text("no.same_unit", id=contestant, unit=unit_id))
    ruling = case.ruling("unit", contestant, None, unit=unit_id, was=now)
    told = f"{contestant} · {now} → {unit_id}"
    return proposal(case, ruling, told, unit_of=contestant, unit_id=unit_id)


async def _check_units(case: Case, unit_id: str) -> None:
    """Check that every round that isn't closed knows a unit, or the files where none has begun."""
    left = [round_id for round_id in case.begun if round_id not in case.closed]
    for round_id in left:
        _known_unit(round_id, (await case.round(round_id)).units.by_id, unit_id)
    if not left:
        contest = await case.service.rounds.contest()
        _known_unit(contest.rules.rounds[-1].id, contest.units.by_id, unit_id)


def _known_unit(round_id: str, known: Any, unit_id: str) -> None:
    if unit_id not in known:
        raise Refused(text("no.unit", round=round_id, id=unit_id, near=near(unit_id, known)))


def back_to_unit(case: Case, taken_back: Ruling, undo: Ruling) -> dict[str, str]:
    """Return what a command needs where a ruling about a unit is taken back, or holds again."""
    target = taken_back
    by_number = {ruling.number: ruling for ruling in case.rulings}
    while not isinstance(target.body, Unit):
        target = by_number[target.body.ruling]  # type: ignore[attr-defined]
    if target.body.round is not None:
        return {}
    now = unit_now([*case.rulings, undo], target.subject)
    return {"unit_of": target.subject, "unit_id": now or target.body.was}


async def true_value(case: Case, value: str, round_id: str | None = None) -> Proposal:
    """Set what was predicted in a round, where the rules have it come from outside."""
    frozen = await case.round(round_id)
    id_ = frozen.round.id
    closes = frozen.round.closes_at
    rule = frozen.at(closes - 1).rules.prediction
    if rule is None:
        raise Refused(text("no.no_prediction", round=id_))
    if rule.true_value != "outside":
        raise Refused(text("no.computed", round=id_))
    if case.given.at < closes:
        raise Refused(
            text("no.still_predicting", round=id_, closes=f"{local(closes):%H:%M %d/%m/%Y}")
        )
    number = read_number(value, prediction_decimals(rule.quantity))
    if number is None:
        raise Refused(text("no.number", value=value))
    where = None if rule.scope == "contest" else id_
    ruling = case.ruling("true_value", id_, where, value=f"{number:f}")
    return proposal(case, ruling, f"{id_} · {shown_number(number)}")


async def give_mark(case: Case, attempt: str, question: str, points: str) -> Proposal:
    """Write down the points that a person gave for one answer."""
    record = await case.attempt(attempt)
    await case.person(record.contestant_id)
    frozen = (await case.round(record.round_id)).sat(record)
    item = _item(frozen, record, question)
    result = replay(await case.service.store.rows(record.attempt_id))
    if result.state == "running":
        raise Refused(text("no.unfinished", id=record.attempt_id))
    own = micro(frozen.paper_rules(record).points)
    full = full_micro(item.question, own)
    machine = mark(item.question, result.responses.get(question), own)
    if machine.status != "needs_marker" and item.question.type not in READ_BY_PEOPLE:
        raise Refused(text("no.machine_marked", question=question, type=item.question.type))
    given = _points(points)
    if given is None or not 0 <= given <= full:
        most = shown_number(Decimal(full) / MICRO)
        raise Refused(text("no.points", question=question, full=most))
    ruling = case.ruling("mark", record.attempt_id, record.round_id, question=question, micro=given)
    return proposal(case, ruling, f"{record.attempt_id} · {question} · {points}")


def _item(frozen: FrozenRound, record: AttemptRecord, question: str) -> Item:
    items = {item.question.id: item for item in frozen.paper_of(record).items}
    if question not in items:
        raise Refused(
            text(
                "no.not_in_paper", id=record.attempt_id, question=question,
                near=near(question, items),
            )
        )  # fmt: skip
    return items[question]


def _points(typed: str) -> int | None:
    """Return typed points in millionths, or None where they aren't whole ones."""
    try:
        return micro(Decimal(typed.strip().replace(",", ".")))
    except (InvalidOperation, ValueError):
        return None
