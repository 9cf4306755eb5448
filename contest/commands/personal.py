"""`timhieu forget`, `purge`, `person`: what people may ask for, and what the law asks for."""

from __future__ import annotations

import os
from pathlib import Path

from contest.clock import SystemClock
from contest.commands.organise import Refused, opened
from contest.ids import is_receipt, normalise
from contest.keeping.messages import text
from contest.keeping.person import as_json, as_page, field_name, person_data
from contest.keeping.personal import Due, due, forget, purge, unclosed
from contest.keeping.places import places_with_names
from contest.messages import text as contest_text
from contest.service import Service
from contest.store.commands import Contestant


async def forget_contestant(directory: Path, contestant_id: str, reason: str, by: str) -> str:
    """Erase one person's data and say what is left elsewhere."""
    async with opened(directory) as service:
        result = await forget(service, contestant_id, reason, by, SystemClock().now())
        elsewhere = places_with_names(service.directory)
    if result.result == "unknown":
        raise Refused(contest_text("cli.no_contestant", id=contestant_id))
    if result.result == "leak":
        raise Refused(text("cli.forget.reason", what=field_name(result.leak or "")))
    lines = [text(f"cli.forget.{result.result}", id=contestant_id)]
    if result.key_kept:
        lines.append(text("cli.forget.key_kept"))
    if not result.clean:
        lines.append(text("cli.forget.busy"))
    return "\n".join([*lines, *_elsewhere(elsewhere)])


def _elsewhere(places: list[Path]) -> list[str]:
    """Return the lines that name where names are left; none where there is no such place."""
    return [text("cli.forget.elsewhere"), *(f"  {path}" for path in places)] if places else []


async def purge_contest(directory: Path, by: str, now_reason: str | None, *, dry_run: bool) -> str:
    """Erase everybody whose day of deletion has come, or everybody at once for a reason."""
    now = SystemClock().now()
    async with opened(directory) as service:
        found = await due(service, now)
        counted = text(
            "cli.purge.count", people=found.kept, due=found.people, days=_days(found)
        )  # fmt: skip
        if dry_run:
            return counted
        consents = found.consents
        if now_reason is not None:
            if open_round := await unclosed(service, now):
                raise Refused(text("cli.purge.open", round=open_round))
            consents = tuple(await service.store.consents())
        elif found.kept and not consents:
            raise Refused(text("cli.purge.early", days=_days(found)))
        people = await purge(service, consents, by, now, now_reason, claims=bool(found.claims))
        places = places_with_names(service.directory)
    done = text("cli.purge.done", people=people) if people or found.claims else None
    return "\n".join([done or text("cli.purge.nothing"), *_elsewhere(places)])


def _days(found: Due) -> str:
    return ", ".join(f"{day.day}/{day.month}/{day.year}" for day in found.days)


async def export_person(
    directory: Path, contestant_id: str | None, receipt: str | None, out: Path
) -> str:
    """Write all that is kept about one person: JSON, and a page beside it."""
    if out.suffix != ".json":
        raise Refused(text("cli.person.suffix", out=out))
    page = out.with_suffix(".html")
    for path in (out, page):
        if os.path.lexists(path):
            raise Refused(text("cli.person.exists", out=path))
    async with opened(directory) as service:
        contestant = await _find(service, contestant_id, receipt)
        data = await person_data(service, contestant, SystemClock().now())
    title = text("person.title", id=contestant.contestant_id)
    _write(out, as_json(data))
    _write(page, as_page(data, title))
    return text("cli.person.done", out=out, page=page)


async def _find(service: Service, contestant_id: str | None, receipt: str | None) -> Contestant:
    if receipt is not None:
        code = normalise(receipt)
        record = await service.store.attempt_by_receipt(code) if is_receipt(code) else None
        if record is None:
            raise Refused(text("cli.person.no_receipt", code=receipt))
        contestant_id = record.contestant_id
    found = await service.store.contestant(contestant_id or "")
    if found is None:
        raise Refused(contest_text("cli.no_contestant", id=contestant_id))
    return found


def _write(path: Path, content: str) -> None:
    """Write a new file that nobody else may read."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
