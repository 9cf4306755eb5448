"""From a question to its facts and from there to the sources, told in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import dedent
from typing import Any

from rapidfuzz import fuzz, process

from questions.answers import key_words
from questions.load import ReadBank
from questions.model import Bank, Citation, Fact, Source
from questions.report.messages import text
from questions.report.values import date_text, value_text

NEAR, NEAREST = 60, 5
"""How alike an id must be to be offered instead of an unknown one, and how many are offered."""


class UnknownId(LookupError):
    """No bank has this id; `near` are ids that look like it, the most alike first."""

    def __init__(self, id_: str, near: Sequence[str]) -> None:
        super().__init__(id_)
        self.id = id_
        self.near = list(near)


def trace(reads: Sequence[ReadBank], id_: str) -> str:
    """Tell where a question comes from, what a fact rests on, or what a source supports.

    Raises
    ------
    UnknownId
        When no bank has a question, fact or source of this id.
    """
    for read in reads:
        bank = read.bank
        if bank is None:
            continue
        for kind, known, tell in (
            ("question", bank.question_by_id, _question),
            ("fact", bank.fact_by_id, _fact),
            ("source", bank.source_by_id, _source),
        ):
            if id_ in known:
                place = read.places.get((kind, id_))
                return "\n".join(tell(bank, known[id_], f" ({place})" if place else ""))
    known_ids = [
        entry.id
        for read in reads
        if read.bank
        for entry in (*read.bank.questions, *read.bank.facts, *read.bank.sources)
    ]
    near = process.extract(id_, known_ids, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=NEAR)
    raise UnknownId(id_, [found for found, _, _ in near])


def _question(bank: Bank, question: Any, place: str) -> Iterator[str]:
    yield text("trace.question", id=question.id, place=place)
    topic = next((topic.title for topic in bank.topics if topic.id == question.topic), "")
    yield text("trace.topic", topic=topic, level=text(f"level.{question.level}"))
    yield "  " + question.stem
    for line in key_words(question):
        yield text("trace.answer", answer=line)
    yield text(f"trace.status.{bank.status_of(question)}")
    for id_ in question.facts:
        yield ""
        yield from _fact_lines(bank, bank.fact_by_id[id_])
    for id_ in question.sources:
        yield ""
        yield from _source_lines(bank.source_by_id[id_], None, "trace.source")


def _fact(bank: Bank, fact: Fact, place: str) -> Iterator[str]:
    yield from _fact_lines(bank, fact, place)
    used = [question.id for question in bank.questions if fact.id in question.facts]
    yield ""
    yield text("trace.used", ids=", ".join(used)) if used else text("trace.unused")


def _fact_lines(bank: Bank, fact: Fact, place: str = "") -> Iterator[str]:
    yield text("trace.fact", id=fact.id, place=place)
    yield "  " + fact.statement
    for value in fact.values:
        yield text("trace.value", value=value_text(value))
    if fact.list:
        yield text("trace.item", list=text(f"list.{fact.list}"), item=fact.item)
    yield text(f"trace.fact.{fact.status}")
    if fact.superseded_by:
        yield text("trace.superseded_by", id=fact.superseded_by)
    yield from _source_lines(bank.source_by_id[fact.cites.source], fact.cites, "trace.source")
    for cite in fact.further:
        yield from _source_lines(bank.source_by_id[cite.source], cite, "trace.further")


def _source_lines(source: Source, cite: Citation | None, key: str) -> Iterator[str]:
    yield text(key, id=source.id, place=text("trace.place", place=cite.place) if cite else "")
    named = [source.number, date_text(source.date) if source.date else None, source.issuer]
    yield f"      {source.title}"
    yield f"      {'; '.join(part for part in named if part)}"
    yield text(f"trace.copy.{source.copy_kind}", kind=text(f"trace.kind.{source.kind}"))
    if source.status != "final":
        yield text(f"trace.source.{source.status}", id=source.superseded_by)
    if source.address:
        yield f"      {source.address}"


def _source(bank: Bank, source: Source, place: str) -> Iterator[str]:
    head, *lines = dedent("\n".join(_source_lines(source, None, "trace.source"))).splitlines()
    yield head + place
    yield from lines
    facts = [
        fact.id
        for fact in bank.facts
        if source.id in (fact.cites.source, *(cite.source for cite in fact.further))
    ]
    asked = [
        question.id
        for question in bank.questions
        if source.id in question.sources or set(facts) & set(question.facts)
    ]
    yield ""
    yield text("trace.facts", ids=", ".join(facts)) if facts else text("trace.no_facts")
    yield text("trace.asked", ids=", ".join(asked)) if asked else text("trace.not_asked")
