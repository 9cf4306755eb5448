"""`timhieu claims`: what people asked the organisers to look into, and what they were answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from contest.claims import desk
from contest.claims.form import TEXT_LENGTH, key_field, said
from contest.claims.messages import PAGE_TEXTS, text
from contest.clock import SystemClock, local
from contest.commands.log_in import log_in_for
from contest.commands.organise import Refused, opened
from contest.ids import shown
from contest.organisers import Organiser
from contest.registration_fields import field_title
from contest.service import Service
from contest.store.claims_protocol import Claim

Tell = Callable[[str], object]


def allowed(directory: Path, name: str, ask_password: Callable[[str], str]) -> Organiser:
    """Return the organiser who logs in; Refused where their role has nothing to do with claims."""
    return log_in_for(
        "claims", directory, name, ask_password, lambda **who: text("claims.role", **who)
    )


async def list_claims(directory: Path, tell: Tell, *, every: bool) -> None:
    """Tell a line for every claim that waits, or every one; nothing in them is personal."""
    async with opened(directory) as service:
        found = await service.store.claims(*(() if every else ("open",)))
    for claim in found:
        tell(
            text(
                "claims.row",
                id=claim.claim_id,
                gio=_moment(claim.at),
                tinh_trang=text(f"claims.status.{claim.status}"),
                viec=PAGE_TEXTS[f"claim.kind.{claim.kind}"],
            )
        )
    if found:
        tell(text("claims.more", directory=directory))
    else:
        tell(text("claims.none.all" if every else "claims.none"))


@dataclass(frozen=True)
class Told:
    """What an organiser reads about a claim.

    Attributes
    ----------
    lines : list of str
    wanted : str or None
        Who asks for another resume code, as far as that is known.
    question_id : str or None
        The question that it says is wrong.
    """

    claim: Claim
    lines: list[str]
    wanted: str | None
    question_id: str | None


async def told_claim(service: Service, typed: str) -> Told:
    """Return everything about a claim; Refused where there is none of that id or code."""
    claim = await _find(service, typed)
    about, question_id = await _of_attempt(service, claim)
    who, wanted = await _who(service, claim)
    lines = [*_what(claim), *about, *who, *_said(claim, await _key_title(service))]
    if claim.answer is not None:
        outcome = PAGE_TEXTS[f"claim.outcome.{claim.outcome}"]
        lines.append(text("claims.show.answer", outcome=outcome, answer=claim.answer))
    return Told(claim, lines, wanted, question_id)


async def show_claim(directory: Path, typed: str, by: Organiser, tell: Tell) -> None:
    """Tell everything about a claim, and the commands for what can be done."""
    async with opened(directory) as service:
        told = await told_claim(service, typed)
    lines = [*told.lines, *_code_hint(told, directory, by)]
    if told.question_id is not None:
        lines.append(text("claims.show.void", directory=directory, id=told.question_id))
    if told.claim.status != "closed":
        lines.append(text("claims.how", directory=directory, id=told.claim.claim_id))
    for line in lines:
        tell(line)


async def answer_claim(
    directory: Path, typed: str, by: Organiser, outcome: str, words: str, tell: Tell
) -> None:
    """Answer a claim, and tell how a forgotten code is replaced."""
    async with opened(directory) as service:
        claim = await answer_as(service, typed, by, outcome, words, SystemClock().now())
        told = await told_claim(service, claim.claim_id)
    outcome_words = PAGE_TEXTS[f"claim.outcome.{outcome}"]
    tell(text("claims.answered", id=claim.claim_id, outcome=outcome_words))
    for line in _code_hint(told, directory, by):
        tell(line)


async def answer_as(
    service: Service, typed: str, by: Organiser, outcome: str, words: str, at: int
) -> Claim:
    """Answer a claim at `at` (ms UTC) and return it as it was; its sender sees it at its code.

    Raises
    ------
    Refused
        Where the answer is empty or too long, or the claim is closed or not there.
    """
    answer = said(words)
    if not answer:
        raise Refused(text("claims.answer.empty"))
    if len(answer) > TEXT_LENGTH:
        raise Refused(text("claims.answer.long", n=TEXT_LENGTH))
    claim = await _find(service, typed)
    if not await desk.answer(service, claim.claim_id, outcome, answer, by.name, at):
        raise Refused(text("claims.answer.shut", id=claim.claim_id))
    return claim


async def close_claim(directory: Path, typed: str, by: Organiser, tell: Tell) -> None:
    """Close a claim for good."""
    async with opened(directory) as service:
        tell(await close_as(service, typed, by, SystemClock().now()))


async def close_as(service: Service, typed: str, by: Organiser, at: int) -> str:
    """Close a claim for good at `at` (ms UTC) and say so."""
    claim = await _find(service, typed)
    result = await desk.shut(service, claim.claim_id, by.name, at)
    return text("claims.closed.again" if result == "again" else "claims.closed", id=claim.claim_id)


async def _find(service: Service, typed: str) -> Claim:
    found = await service.store.claim(typed.strip()) or await desk.find(service, typed)
    if found is None:
        raise Refused(text("claims.unknown", id=typed))
    return found


def _what(claim: Claim) -> Iterable[str]:
    status = text(f"claims.status.{claim.status}")
    yield text("claims.show.id", id=claim.claim_id, code=shown(claim.code))
    yield text("claims.show.at", gio=_moment(claim.at), tinh_trang=status)
    yield text("claims.show.what", viec=PAGE_TEXTS[f"claim.kind.{claim.kind}"])


async def _of_attempt(service: Service, claim: Claim) -> tuple[list[str], str | None]:
    """Return which attempt a claim is about, in words, and the id of the question."""
    view = await service.view(claim.attempt_id) if claim.attempt_id else None
    if view is None:
        return [], None
    record = view.record
    code = shown(record.receipt)
    lines = [text("claims.show.attempt", id=record.attempt_id, ky=record.round_id, ma=code)]
    if claim.question is None:
        return lines, None
    question = view.frozen.paper_of(record).item(claim.question).question
    told = text("claims.show.question", n=claim.question, id=question.id, noi_dung=question.stem)
    return [*lines, told], question.id


async def _who(service: Service, claim: Claim) -> tuple[list[str], str | None]:
    """Return whom a claim is about, in words, and whose code it asks for."""
    lines = []
    if claim.contestant_id is not None:
        how = "claims.show.own" if claim.own else "claims.show.about"
        name = await _name(service, claim.contestant_id)
        lines.append(text(how, id=claim.contestant_id, ten=name))
    if claim.kind != "code":
        return lines, None
    wanted = claim.contestant_id
    match = await service.store.contestant_by_key(claim.key_hash) if claim.key_hash else None
    if match is not None:
        wanted = match.contestant_id
        name, when = await _name(service, wanted), _moment(match.registered_at)
        lines.append(text("claims.show.match", id=wanted, ten=name, gio=when))
    return (lines, wanted) if wanted else ([*lines, text("claims.show.no_match")], None)


def _code_hint(told: Told, directory: Path, by: Organiser) -> list[str]:
    if told.wanted is None:
        return []
    return [text("claims.show.new_code", directory=directory, id=told.wanted, by=by.name)]


async def _name(service: Service, contestant_id: str) -> str:
    person = await service.store.person(contestant_id)
    return text("claims.show.erased") if person is None else person.get("name", contestant_id)


async def _key_title(service: Service) -> str:
    rules = (await service.rounds.contest()).rules
    field = key_field(rules)
    return field_title(field) if field is not None else ""


def _said(claim: Claim, key: str) -> Iterable[str]:
    for what in ("name", "key", "contact"):
        if value := claim.body.get(what):
            yield text(f"claims.show.{what}", khoa=key, gia_tri=value)
    if words := claim.body.get("text"):
        yield text("claims.show.text")
        yield from (f"  {line}" for line in words.split("\n"))


def _moment(ms: int) -> str:
    return f"{local(ms):%H:%M %d/%m/%Y}"
