"""What must fit together in a bank: every problem and every piece of advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from questions.model import LIST_LENGTHS, Bank, Citation, Fact
from questions.places import Place
from questions.problems import Problem, make

Places = Mapping[tuple[str, str], Place]


def check(bank: Bank, places: Places, pictures: Path) -> list[Problem]:
    """Return what is wrong or weak in a bank whose files could all be read.

    Parameters
    ----------
    places : mapping
        (kind, id) -> place; kinds are topic, source, fact, question.
    pictures : Path
        The folder that questions' pictures must lie in.
    """
    return [
        *_sources(bank, places),
        *_facts(bank, places),
        *_questions(bank, places, pictures),
        *_coverage(bank, places),
    ]


def _sources(bank: Bank, places: Places) -> Iterator[Problem]:
    for source in bank.sources:
        place = places["source", source.id]
        if (source.status == "superseded") != (source.superseded_by is not None):
            yield make("superseded.mismatch", place.file.name, place.line("status"), id=source.id)
        if source.superseded_by and source.superseded_by not in bank.source_by_id:
            yield make(
                "source.unknown", place.file.name, place.line("superseded_by"),
                id=source.superseded_by,
            )  # fmt: skip


def _facts(bank: Bank, places: Places) -> Iterator[Problem]:
    for fact in bank.facts:
        place = places["fact", fact.id]
        file = place.file.name
        if (fact.status == "superseded") != (fact.superseded_by is not None):
            yield make("superseded.mismatch", file, place.line("status"), id=fact.id)
        if fact.superseded_by and fact.superseded_by not in bank.fact_by_id:
            yield make("fact.unknown", file, place.line("superseded_by"), id=fact.superseded_by)
        yield from _citations(bank, fact, place)
        if (fact.list is None) != (fact.item is None):
            yield make("fact.list_item", file, place.line("list"), id=fact.id)
        elif fact.list and fact.item and fact.item > LIST_LENGTHS[fact.list]:
            yield make(
                "fact.item_beyond", file, place.line("item"),
                list=fact.list, length=LIST_LENGTHS[fact.list],
            )  # fmt: skip


def _citations(bank: Bank, fact: Fact, place: Place) -> Iterator[Problem]:
    cited: list[tuple[Citation, tuple[str | int, ...]]] = [(fact.cites, ("cites", "source"))]
    cited += [(cite, ("further", i, "source")) for i, cite in enumerate(fact.further)]
    for cite, loc in cited:
        source = bank.source_by_id.get(cite.source)
        if source is None:
            yield make("source.unknown", place.file.name, place.line(*loc), id=cite.source)
        elif source.status == "superseded":
            yield make(
                "fact.source_superseded", place.file.name, place.line(*loc), advice=True,
                id=fact.id, source=source.id,
            )  # fmt: skip
    if fact.status == "confirmed" and not fact.further:
        yield make("fact.confirmed_once", place.file.name, place.line("status"), id=fact.id)


def _questions(bank: Bank, places: Places, pictures: Path) -> Iterator[Problem]:
    for question in bank.questions:
        place = places["question", question.id]
        file = place.file.name
        for code, below, values in question.findings():
            yield make(code, file, place.line(*below), **values)
        if not question.facts:
            yield make("question.no_fact", file, place.line(), id=question.id)
        for index, id_ in enumerate(question.facts):
            fact = bank.fact_by_id.get(id_)
            line = place.line("facts", index)
            if fact is None:
                yield make("fact.unknown", file, line, id=id_)
            elif fact.status == "in_conflict":
                yield make("question.fact_in_conflict", file, line, id=id_)
            elif fact.status == "superseded":
                yield make("question.fact_superseded", file, line, id=id_)
        for index, id_ in enumerate(question.sources):
            if id_ not in bank.source_by_id:
                yield make("source.unknown", file, place.line("sources", index), id=id_)
        if question.image and not (pictures / question.image.file).is_file():
            yield make("question.no_image", file, place.line("image"), file=question.image.file)
        if question.status.status != "draft" and bank.status_of(question) == "draft":
            yield make(
                "question.status_stale", file, place.line("status"), advice=True, id=question.id
            )
        if question.explanation is None:
            yield make(
                "question.no_explanation", file, place.line(), advice=True, id=question.id
            )


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
