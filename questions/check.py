"""What must fit together in a bank: every problem and every piece of advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from questions.markup import foreign
from questions.model import LIST_LENGTHS, Bank, Citation, Fact, Source
from questions.pictures import PictureRefused, look_at
from questions.places import Place
from questions.problems import Problem, make
from questions.yaml_lines import Loc

Places = Mapping[tuple[str, str], Place]

_SHOWN = {"stem", "text", "explanation", "options", "statements", "left", "right", "items",
          "rubric", "gaps", "image"}  # fmt: skip
"""Keys of a question below which texts stand that people read."""

UNKNOWN = {"source": "source.unknown", "fact": "fact.unknown"}
"""Kind of an entry -> the problem of naming one that isn't there."""


@dataclass
class Unread:
    """What stands in the files but couldn't be read, so that nobody calls it missing.

    Attributes
    ----------
    kinds : set of str
        Kinds (topic, source, fact, question) of which any number may be unread.
    entries : set of (str, str)
        (kind, id) of single entries.
    """

    kinds: set[str] = field(default_factory=set)
    entries: set[tuple[str, str]] = field(default_factory=set)

    def __contains__(self, entry: tuple[str, str]) -> bool:
        return entry[0] in self.kinds or entry in self.entries

    def __bool__(self) -> bool:
        return bool(self.kinds or self.entries)


def check(bank: Bank, places: Places, pictures: Path, unread: Unread) -> list[Problem]:
    """Return what is wrong or weak in a bank, as far as its files could be read.

    Parameters
    ----------
    places : mapping
        (kind, id) -> place; kinds are topic, source, fact, question.
    pictures : Path
        The folder that questions' pictures must lie in.
    unread : Unread
        Not reported as unknown; where there is any, what isn't used isn't reported either.
    """
    found = [
        *_sources(bank, places, unread),
        *_facts(bank, places, unread),
        *_questions(bank, places, pictures, unread),
    ]
    return found if unread else [*found, *_coverage(bank, places)]


def _sources(bank: Bank, places: Places, unread: Unread) -> Iterator[Problem]:
    for source in bank.sources:
        yield from check_source(bank, source, places["source", source.id], unread)


def check_source(bank: Bank, source: Source, place: Place, unread: Unread) -> Iterator[Problem]:
    """Yield what is wrong with one source; see `check`."""
    yield from _succession("source", source, bank.source_by_id, place, unread)


def _facts(bank: Bank, places: Places, unread: Unread) -> Iterator[Problem]:
    for fact in bank.facts:
        yield from check_fact(bank, fact, places["fact", fact.id], unread)


def check_fact(bank: Bank, fact: Fact, place: Place, unread: Unread) -> Iterator[Problem]:
    """Yield what is wrong or weak with one fact; see `check`."""
    file = place.file.name
    yield from _succession("fact", fact, bank.fact_by_id, place, unread)
    yield from _citations(bank, fact, place, unread)
    if (fact.list is None) != (fact.item is None):
        yield make("fact.list_item", file, place.line("list"), id=fact.id)
    elif fact.list and fact.item and fact.item > LIST_LENGTHS[fact.list]:
        yield make(
            "fact.item_beyond", file, place.line("item"),
            list=fact.list, length=LIST_LENGTHS[fact.list],
        )  # fmt: skip


def _succession(
    kind: str, entry: Source | Fact, entries: Mapping[str, Any], place: Place, unread: Unread
) -> Iterator[Problem]:
    """Yield what is wrong with what a source or fact says of its successor."""
    file, later = place.file.name, entry.superseded_by
    if (entry.status == "superseded") != (later is not None):
        yield make("superseded.mismatch", file, place.line("status"), id=entry.id)
    if later and later not in entries and (kind, later) not in unread:
        yield make(UNKNOWN[kind], file, place.line("superseded_by"), id=later)
    if _circle(entries, entry.id):
        yield make("superseded.circle", file, place.line("superseded_by"), id=entry.id)


def _circle(entries: Mapping[str, Any], id_: str) -> bool:
    """Return whether the chain of what supersedes an entry leads back to it."""
    seen, later = {id_}, entries[id_].superseded_by
    while later in entries and later not in seen:
        seen.add(later)
        later = entries[later].superseded_by
    return later == id_


def _citations(bank: Bank, fact: Fact, place: Place, unread: Unread) -> Iterator[Problem]:
    cited: list[tuple[Citation, tuple[str | int, ...]]] = [(fact.cites, ("cites", "source"))]
    cited += [(cite, ("further", i, "source")) for i, cite in enumerate(fact.further)]
    for cite, loc in cited:
        source = bank.source_by_id.get(cite.source)
        if source is None:
            if ("source", cite.source) not in unread:
                yield make("source.unknown", place.file.name, place.line(*loc), id=cite.source)
        elif source.status == "superseded":
            yield make(
                "fact.source_superseded", place.file.name, place.line(*loc), advice=True,
                id=fact.id, source=source.id,
            )  # fmt: skip
    if fact.status == "confirmed" and not fact.further:
        yield make("fact.confirmed_once", place.file.name, place.line("status"), id=fact.id)


def _questions(bank: Bank, places: Places, pictures: Path, unread: Unread) -> Iterator[Problem]:
    for question in bank.questions:
        yield from check_question(bank, question, places["question", question.id], pictures, unread)


def check_question(
    bank: Bank, question: Any, place: Place, pictures: Path, unread: Unread
) -> Iterator[Problem]:
    """Yield what is wrong or weak with one question; see `check`."""
    file, id_ = place.file.name, question.id
    for code, below, values in question.findings():
        yield make(code, file, place.line(*below), **values)
    yield from _html(question, place)
    yield from _grounds(bank, question, place, unread)
    yield from _replaced(bank, question, place)
    if question.image:
        yield from _picture(pictures / question.image.file, file, place.line("image"))
    if question.status.status != "draft" and bank.status_of(question) == "draft":
        yield make("question.status_stale", file, place.line("status"), advice=True, id=id_)
    if question.explanation is None:
        yield make("question.no_explanation", file, place.line(), advice=True, id=id_)


def _html(question: Any, place: Place) -> Iterator[Problem]:
    """Yield each text of a question with HTML in it, which pages show as it was typed."""
    for loc, value in _shown(question.model_dump(include=_SHOWN)):
        if found := foreign(value):
            tag, active = found
            names = [key for key in loc if isinstance(key, str)]
            yield make(
                "question.html_acts" if active else "question.html", place.file.name,
                place.line(*loc), advice=not active, name=names[0], tag=tag[:40],
            )  # fmt: skip


def _shown(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Yield the texts of a question with their places; what is typed in answer isn't shown."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for key, below in value.items():
            if key != "accepted":
                yield from _shown(below, (*loc, key))
    elif isinstance(value, (list, tuple)):
        for index, below in enumerate(value):
            yield from _shown(below, (*loc, index))


def _picture(path: Path, file: str, line: int) -> Iterator[Problem]:
    """Yield why a picture can't be shown."""
    try:
        look_at(path)
    except PictureRefused as refused:
        yield make(refused.code, file, line, **refused.values)
    except OSError:
        yield make("question.no_image", file, line, file=path.name)


def _replaced(bank: Bank, question: Any, place: Place) -> Iterator[Problem]:
    """Yield one piece of advice for each superseded source that a question rests on."""
    for index, id_ in enumerate(question.facts):
        fact = bank.fact_by_id.get(id_)
        if fact is None or fact.status in ("superseded", "in_conflict"):
            continue  # told as an error already
        for cite in (fact.cites, *fact.further):
            source = bank.source_by_id.get(cite.source)
            if source is not None and source.status == "superseded":
                yield make(
                    "question.source_superseded", place.file.name, place.line("facts", index),
                    advice=True, id=question.id, fact=id_, source=source.id,
                    later=source.superseded_by or "?",
                )  # fmt: skip
    for index, id_ in enumerate(question.sources):
        source = bank.source_by_id.get(id_)
        if source is not None and source.status == "superseded":
            yield make(
                "question.own_source_superseded", place.file.name, place.line("sources", index),
                advice=True, id=question.id, source=id_, later=source.superseded_by or "?",
            )  # fmt: skip


def _grounds(bank: Bank, question: Any, place: Place, unread: Unread) -> Iterator[Problem]:
    """Yield what is wrong with the facts and sources that a question names."""
    file = place.file.name
    if not question.is_grounded():
        code = "question.no_ground" if question.type == "essay" else "question.no_fact"
        todo = question.status.status == "draft"  # never drawn: what it lacks is to be done
        yield make(code, file, place.line(), advice=todo, id=question.id)
    for index, id_ in enumerate(question.facts):
        fact = bank.fact_by_id.get(id_)
        line = place.line("facts", index)
        if fact is None:
            if ("fact", id_) not in unread:
                yield make("fact.unknown", file, line, id=id_)
        elif fact.status == "in_conflict":
            yield make("question.fact_in_conflict", file, line, id=id_)
        elif fact.status == "superseded":
            yield make(
                "question.fact_superseded", file, line,
                id=id_, question=question.id, later=fact.superseded_by or "?",
            )  # fmt: skip
    for index, id_ in enumerate(question.sources):
        if id_ not in bank.source_by_id and ("source", id_) not in unread:
            yield make("source.unknown", file, place.line("sources", index), id=id_)


def _coverage(bank: Bank, places: Places) -> Iterator[Problem]:
    used = Counter(id_ for question in bank.questions for id_ in question.facts)
    for fact in bank.facts:
        place = places["fact", fact.id]
        if not used[fact.id] and fact.status not in ("in_conflict", "superseded"):
            yield make("fact.unused", place.file.name, place.line(), advice=True, id=fact.id)
    by_topic = Counter(question.topic for question in bank.questions)
    for topic in bank.topics:
        place = places["topic", topic.id]
        if not by_topic[topic.id]:
            yield make("topic.empty", place.file.name, place.line(), advice=True, id=topic.id)
