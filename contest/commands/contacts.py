"""`timhieu contacts`: how the winners of a result are reached. The chain tells who asked."""

from __future__ import annotations

import asyncio
import datetime
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import xlsxwriter

from contest.clock import SystemClock
from contest.commands.log_in import log_in_for
from contest.commands.organise import Refused, opened
from contest.documents_rules import Documents
from contest.keeping.messages import text
from contest.organisers import Organiser
from contest.papers.awards import given
from contest.papers.issued import Given
from contest.papers.messages import text as papers_text
from contest.papers.result import BadResult, Result, read_result
from contest.papers.xlsx import fitted
from contest.result_folder import open_folder
from contest.service import Service
from contest.store.commands import Action, RecordAction

KIND = "contacts"
"""Kind of action: somebody took the list of winners; it tells how many, and of which result."""

FIELDS = ("phone", "email", "address")
"""The kinds of registered fields by which people are reached."""

ABOUT = ("round", "award", "name", "unit")
WIDTHS = {"round": 16, "award": 28, "name": 30, "unit": 30, "phone": 16, "email": 30, "address": 40}


@dataclass(frozen=True)
class Winner:
    """An award and its person's fields, as they lie in the store now."""

    award: Given
    fields: dict[str, str]


def write_contacts(
    directory: Path, out: Path, to: Path, name: str, ask_password: Callable[[str], str]
) -> str:
    """Write who won a prize and how they are reached, and say so.

    Parameters
    ----------
    out : Path
        A final result of this contest, as `timhieu grade` wrote it.
    to : Path
        The new workbook; nobody else may read it.
    name : str
        Who asks; the row of the chain bears it.

    Raises
    ------
    Refused
        Where the person may not, the file is there already, the result was changed, is
        provisional or another contest's, or nobody can be reached. Nothing is written.
    """
    if to.suffix != ".xlsx":
        raise Refused(text("contacts.suffix", path=to))
    if os.path.lexists(to):
        raise Refused(text("contacts.exists", path=to))
    by = log_in_for(
        "contacts", directory, name, ask_password, lambda **who: text("contacts.role", **who)
    )
    result, digest = _result(out)
    return asyncio.run(_write(directory, result, digest, to, by))


def _result(out: Path) -> tuple[Result, str]:
    """Return a final result and the hash of its manifest."""
    try:
        result = read_result(out)
    except BadResult as error:
        raise Refused(str(error)) from None
    if not result.final:
        raise Refused(text("contacts.draft"))
    return result, open_folder(out).digest


async def _write(directory: Path, result: Result, digest: str, to: Path, by: Organiser) -> str:
    async with opened(directory) as service:
        winners, erased = await _winners(service, given(result, Documents()), directory)
        if not winners:
            raise Refused(text("contacts.none"))
        asked = [field for field in FIELDS if any(field in one.fields for one in winners)]
        if not asked:
            raise Refused(text("contacts.not_asked"))
        people = len({one.award.contestant_id for one in winners})
        _keep(to, _workbook(result, winners, asked))
        body = {"people": people, "result": digest}
        try:
            await service.store.write(
                RecordAction(Action(SystemClock().now(), by.name, KIND, "", body))
            )
        except BaseException:  # nobody has the list without a row that says so
            to.unlink()
            raise
    lines = [text("contacts.done", n=people, path=to)]
    if erased:
        lines.append(text("contacts.erased", n=erased))
    return "\n".join(lines)


async def _winners(
    service: Service, awards: Sequence[Given], directory: Path
) -> tuple[list[Winner], int]:
    """Return the winners whose data are there, in order, and how many were erased since."""
    found, erased = [], set()
    for award in awards:
        contestant_id = award.contestant_id or ""
        if await service.store.contestant(contestant_id) is None:
            raise Refused(text("contacts.other", id=contestant_id, directory=directory))
        fields = await service.store.person(contestant_id)
        if fields is None:
            erased.add(contestant_id)
        else:
            found.append(Winner(award, fields))
    return found, len(erased)


def _workbook(result: Result, winners: Sequence[Winner], asked: Sequence[str]) -> bytes:
    """Return the list as a workbook; every cell is text."""
    out = BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        moment = datetime.datetime.fromtimestamp(result.as_of // 1000, tz=datetime.UTC)
        book.set_properties({"created": moment.replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        plain = book.add_format({"num_format": "@", "text_wrap": True, "border": 1})
        sheet = book.add_worksheet()
        marks = [one for one in ("rehearsal", "sample", "synthetic") if getattr(result, one)]
        title = [text("contacts.title"), *(papers_text(f"mark.{one}") for one in marks)]
        sheet.write_string(0, 0, " · ".join(title), book.add_format({"bold": True}))
        sheet.write_string(1, 0, text("contacts.keep"))
        for place, name in enumerate((*ABOUT, *asked)):
            sheet.set_column(place, place, WIDTHS[name])
            sheet.write_string(2, place, text(f"contacts.col.{name}"), bold)
        for row, one in enumerate(winners, start=3):
            about = one.award.certificate
            name = one.fields.get("name", about.name)
            cells = [about.round, about.award, name, about.unit]
            cells += [one.fields.get(field, "") for field in asked]
            for place, cell in enumerate(cells):
                sheet.write_string(row, place, fitted(cell), plain)
        sheet.freeze_panes(3, 0)
    return out.getvalue()


def _keep(path: Path, content: bytes) -> None:
    """Write a new file that nobody else may read."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise Refused(text("contacts.exists", path=path)) from None
    except OSError:
        raise Refused(text("contacts.folder", path=path)) from None
    with os.fdopen(handle, "wb") as file:
        file.write(content)
