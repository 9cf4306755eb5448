"""A change of rules: a whole new file, in force from a moment; and what no change can touch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from contest.clock import local
from contest.rules import Moment, Rules, to_ms
from contest.rulings.about_results import proposal
from contest.rulings.case import Case, Proposal, Refused
from contest.rulings.force import History, Version
from contest.rulings.messages import text
from contest.rulings.models import Ruling
from questions.canonical import dumps, sha256
from questions.problems import ProblemsFound


async def change(case: Case, file: Path, since: str) -> Proposal:
    """Put other rules in force from a moment on.

    Raises
    ------
    Refused
        Where they change what can't be changed, or come too late.
    ProblemsFound
        Where the file isn't right by itself, or doesn't fit the contest's units and bank.
    """
    moment = _moment(since)
    now = case.given.at
    if moment < now:
        raise Refused(text("no.past", since=_said(moment), now=_said(now)))
    raw = _read(file)
    read = case.service.directory.read(raw, file.name)
    if read.contest is None or read.errors:
        raise ProblemsFound(read.errors)
    rules = read.contest.rules
    old = await _rules_at(case, History(tuple(case.rulings), await _versions(case)), moment)
    if rules.content_hash() == old.content_hash():
        raise Refused(text("no.rules_same", since=_said(moment)))
    refuse_changes(old, rules, moment, await _begun(case))
    contents = {"rules": dumps(rules.to_data()), "rules_text": raw}
    hashes = {kind: sha256(body) for kind, body in contents.items()}
    ruling = case.ruling("rules", rules.contest.id, None, since=moment, **hashes)
    kept = {hashes[kind]: (kind, body) for kind, body in contents.items()}
    note = text("preview.rules", keys=", ".join(_changed(old, rules)))
    told = f"{_said(moment)} · {file.name}"
    found = proposal(case, ruling, told, note, contents=kept)
    version = Version(hashes["rules"], hashes["rules_text"], rules, raw)
    return Proposal(
        found.ruling, found.command, found.seen, told, found.notes, {version.hash: version}
    )


async def check_undo(case: Case, undo: Ruling) -> None:
    """Refuse to take rules back (or let them hold again) where that changes what can't be."""
    now = case.given.at
    versions = await _versions(case)
    before = await _rules_at(case, History(tuple(case.rulings), versions), now)
    after = await _rules_at(case, History((*case.rulings, undo), versions), now)
    if before.content_hash() != after.content_hash():
        refuse_changes(before, after, now, await _begun(case))


async def _begun(case: Case) -> dict[str, Rules]:
    """Return the rules that the rounds which have begun stand under."""
    return {id_: (await case.round(id_)).rules for id_ in case.begun}


async def _versions(case: Case) -> dict[str, Version]:
    await case.service.rounds.refresh_rulings()
    return dict(case.service.rounds.history.versions)


async def _rules_at(case: Case, history: History, moment: int) -> Rules:
    """Return the rules that hold at a moment: by a ruling, else the files'."""
    version = history.version(moment)
    if version is not None:
        return version.rules
    return case.service.rounds.first_rules()


def refuse_changes(old: Rules, new: Rules, since: int, begun: Mapping[str, Rules]) -> None:
    """Refuse rules that change what attempts, people and rounds rest on.

    Parameters
    ----------
    old, new : Rules
        Those that would hold at `since` (ms UTC), and those that are to.
    begun : mapping
        Round id -> rules of the rounds that have begun, whatever the files say by now.

    Raises
    ------
    Refused
        Naming everything that must stay.
    """
    found = [
        text("no.rules_keep", what=text(f"keep.{what}", **values), fix=text(f"fix.{what}"))
        for what, values in [*_kept(old, new), *_kept_rounds(old, new, since, begun)]
    ]
    if found:
        raise Refused("\n".join(found))


def _kept(old: Rules, new: Rules) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what the new rules change although it can't be: key of its text, gaps."""
    if new.contest.id != old.contest.id:
        yield "contest", {"old": old.contest.id}
    if new.bank != old.bank:
        yield "bank", {"old": old.bank}
    if new.units != old.units:
        yield "units", {"old": old.units}
    groups = {group.id for group in new.groups}
    for group in old.groups:
        if group.id not in groups:
            yield "group", {"id": group.id}
    if new.registration.key != old.registration.key:
        yield "key", {"old": old.registration.key}


def _kept_rounds(
    old: Rules, new: Rules, since: int, begun: Mapping[str, Rules]
) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the same of the rounds; those that are over by then don't mind."""
    ids = [round_.id for round_ in new.rounds]
    missing = [r.id for i, r in enumerate(old.rounds) if i >= len(ids) or ids[i] != r.id]
    if missing:
        yield "round", {"id": missing[0]}
        return
    for round_ in old.rounds:
        rules = begun.get(round_.id, old)
        before, after = rules.round(round_.id), new.round(round_.id)
        if before.opens_at < since:
            opened = [opens for opens, _ in before.spans if opens < since]
            if opened != [opens for opens, _ in after.spans if opens < since]:
                yield "opens", {"id": before.id}
            elif before.closes_at > since:
                if after.closes_at < since:
                    yield "closes", {"id": before.id, "since": _said(since)}
                yield from _midway(rules, new, before.id)


def _midway(old: Rules, new: Rules, round_id: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what can't change while a round is under way: its papers must stay comparable."""
    marks = [
        ([rules.paper_of(round_id, group.id).points for group in old.groups], rules.scoring)
        for rules in (old, new)
    ]
    if marks[0] != marks[1]:
        yield "points", {"id": round_id}
    predicted = [
        rules.prediction and (rules.prediction.quantity, rules.prediction.scope)
        for rules in (old, new)
    ]
    if predicted[0] != predicted[1]:
        yield "prediction", {"id": round_id}


def _changed(old: Rules, new: Rules) -> list[str]:
    before, after = old.to_data(), new.to_data()
    return [key for key in after if before.get(key) != after[key]]


def _read(file: Path) -> str:
    from questions.problems import make

    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ProblemsFound([make("file.missing", file.name, 0)]) from None
    except OSError:
        raise ProblemsFound([make("file.unreadable", file.name, 0)]) from None
    except UnicodeDecodeError:
        raise ProblemsFound([make("file.not_utf8", file.name, 0)]) from None


def _moment(typed: str) -> int:
    try:
        return to_ms(TypeAdapter(Moment).validate_python(typed.strip()))
    except ValidationError:
        raise Refused(text("no.moment", value=typed)) from None


def _said(ms: int) -> str:
    return f"{local(ms):%H:%M %d/%m/%Y}"
