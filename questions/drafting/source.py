"""A first entry for a document among a bank's sources, from what its head says."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from questions.drafting.finds import finds
from questions.drafting.lexicon import ABOUT, NUMBERED, UNNUMBERED
from questions.drafting.messages import problem, text
from questions.drafting.read import Document
from questions.lint.lexicon import PLAIN_D
from questions.model import DateValue, Source
from questions.problems import ProblemsFound

HEAD = 12
"""Paragraphs among which number, date and title of a document stand."""
LONGEST_ID = 40


def draft_source(document: Document, id_: str | None = None) -> Source:
    """Return a source for a document; a person completes it.

    Raises
    ------
    ProblemsFound
        When `id_` can't be an id.
    """
    if id_ is not None and not re.fullmatch(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?", id_):
        raise ProblemsFound([problem("draft.source_id", document.name, id=id_)])
    head = [paragraph.text for paragraph in document.paragraphs[:HEAD]]
    joined = "\n".join(head)
    number = NUMBERED.search(joined)
    dates = [find.value.value for line in head for find in finds(line) if _is_day(find.value)]
    return Source(
        id=id_ or source_id(document.name),
        title=_title(head) or document.name,
        issuer=text("issuer.unknown"),
        number=re.sub(r"\s", "", number["n"]) if number else None,
        date=dates[0] if dates else None,
        kind="document",
        copy="unofficial",
        status="draft" if UNNUMBERED.search(joined) else "final",
    )


def source_id(name: str) -> str:
    """Return an id made of a file's name."""
    split = unicodedata.normalize("NFD", PurePath(name).stem.casefold().translate(PLAIN_D))
    letters = "".join(sign for sign in split if unicodedata.category(sign) != "Mn")
    plain = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return (plain or "nguon")[:LONGEST_ID].strip("-")


def _is_day(value: object) -> bool:
    return isinstance(value, DateValue) and len(value.value) == 10 and value.to is None


def _title(head: list[str]) -> str | None:
    """Return what the document says it is about, else its first longer line."""
    for line in head:
        if match := ABOUT.match(line):
            return match["title"]
    return next((line for line in head if len(line.split()) >= 8 and not line.endswith(".")), None)
