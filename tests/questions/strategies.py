"""Hypothesis strategies for banks: any text an author may write, any valid model."""

from __future__ import annotations

from hypothesis import strategies as st
from pydantic import ValidationError

from questions import (
    Bank,
    Citation,
    Fact,
    MultipleChoice,
    Option,
    SingleChoice,
    Source,
    Topic,
    TrueFalse,
)
from questions.model import LIST_LENGTHS, DateValue, NameValue, NumberValue, TextValue
from questions.types import Status

_HARD = [
    "no", "yes", "true", "null", "~", "1.50", "007", "12", "-3", "2026-03-15", "0x1F", "1_000",
    "1e3", ": a", "a: b", "a #b", "# a", "- a", "? a", "a:", "'a", '"a"', "a\\b", "{a}", "[a]",
    "a, b", "&a", "*a", "!a", "%a", "@a", "`a", "|", ">", ">-", "...", "---", "=", "<<", "a\n\nb",
    "a\n  b", "a\n b\nc", "a\tb", "a  b", "\u00a0a", "a\u3000b", "đáp án: “a” – b", "😀",
    "x " * 60 + "y", "word" * 40, "# " + "x " * 60 + "y", "a\n" + "b " * 60 + "c", "e\u0301",
    "1" * 30, "a\r\nb", "a\rb",
]  # fmt: skip
"""Texts that YAML writers and readers like to trip over."""


def _is_text(value: str) -> bool:
    try:
        Topic(id="x", title=value)
    except ValidationError:
        return False
    return True


_WORDS = st.sampled_from(
    ["Đại", "hội", "XIV", "của", "Đảng", "2026", "-", "10%", "năm:", "“dân”", "#"]
)

_SIGNS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp"), exclude_characters="\ufffe\uffff"
) | st.sampled_from("\n\t ")

texts = st.one_of(
    st.sampled_from(_HARD),
    st.text(_SIGNS, min_size=1, max_size=40),
    st.lists(_WORDS, min_size=1, max_size=40).map(" ".join),
).filter(_is_text)
"""Any text a model takes, much of it nasty."""

ids = st.from_regex(r"[a-z0-9](?:[a-z0-9._-]{0,8}[a-z0-9])?", fullmatch=True)

partial_dates = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: str(day)[:7]),
    st.dates().map(lambda day: str(day)[:4]),
)

decimals = st.decimals(-(10**9), 10**9, places=3) | st.integers(-(10**6), 10**6)


def _unique(entries: st.SearchStrategy, most: int) -> st.SearchStrategy:
    return st.lists(entries, max_size=most, unique_by=lambda entry: entry.id).map(tuple)


sources = st.builds(
    Source,
    id=ids,
    title=texts,
    issuer=texts,
    number=st.none() | texts,
    date=st.none() | partial_dates,
    address=st.none() | texts,
    kind=st.sampled_from(["document", "report"]),
    copy=st.sampled_from(["official", "unofficial"]),
    status=st.sampled_from(["final", "draft"]),
)

values = st.one_of(
    st.builds(
        NumberValue,
        type=st.just("number"),
        value=decimals,
        to=st.none() | decimals,
        unit=texts,
        bound=st.sampled_from(["exact", "about", "over", "under", "at_least", "at_most"]),
    ),
    st.builds(DateValue, type=st.just("date"), value=partial_dates, to=st.none() | partial_dates),
    st.builds(TextValue, type=st.just("text"), value=texts),
    st.builds(NameValue, type=st.just("name"), value=texts),
)


@st.composite
def facts(draw: st.DrawFn, source_ids: list[str]) -> Fact:
    """A fact that cites some of the sources."""
    cites = st.builds(Citation, source=st.sampled_from(source_ids), place=texts)
    further = draw(st.lists(cites, max_size=2))
    list_ = draw(st.none() | st.sampled_from(sorted(LIST_LENGTHS)))
    return Fact(
        id=draw(ids),
        statement=draw(texts),
        values=draw(st.lists(values, max_size=3)),
        cites=draw(cites),
        further=further,
        list=list_,
        item=draw(st.integers(1, LIST_LENGTHS[list_])) if list_ else None,
        status="confirmed" if further else "one_source",
        valid_from=draw(st.none() | partial_dates),
        note=draw(st.none() | texts),
    )


statuses = st.one_of(
    st.just(Status()),
    st.builds(
        Status,
        status=st.sampled_from(["reviewed", "approved"]),
        by=texts,
        on=st.dates(),
        hash=st.text("0123456789abcdef", min_size=64, max_size=64),
    ),
)


@st.composite
def options(draw: st.DrawFn) -> tuple[Option, ...]:
    """Two to five options that differ in id and in text."""
    found = draw(
        st.lists(
            st.builds(Option, id=ids, text=texts, pinned=st.booleans()),
            min_size=2,
            max_size=5,
            unique_by=(lambda option: option.id, lambda o: " ".join(o.text.casefold().split())),
        )
    )
    return tuple(found)


@st.composite
def questions(
    draw: st.DrawFn, topic: str, fact_ids: list[str], source_ids: list[str]
) -> SingleChoice | MultipleChoice | TrueFalse:
    """A question of any type on some of the facts."""
    shared = {
        "id": draw(ids),
        "stem": draw(texts),
        "facts": draw(st.lists(st.sampled_from(fact_ids), min_size=1, max_size=3)),
        "sources": draw(st.lists(st.sampled_from(source_ids), max_size=2)),
        "topic": topic,
        "level": draw(st.sampled_from(["recall", "understand", "apply"])),
        "tags": draw(st.lists(ids, max_size=3)),
        "points": draw(st.none() | st.decimals("0.000001", 1000, places=6)),
        "explanation": draw(st.none() | texts),
        "shuffle": draw(st.booleans()),
        "status": draw(statuses),
    }
    kind = draw(st.sampled_from([SingleChoice, MultipleChoice, TrueFalse]))
    if kind is TrueFalse:
        return TrueFalse(type="true_false", key=draw(st.booleans()), **shared)
    shared["options"] = draw(options())
    right = [option.id for option in shared["options"]]
    if kind is SingleChoice:
        return SingleChoice(type="single", key=draw(st.sampled_from(right)), **shared)
    key = draw(st.lists(st.sampled_from(right), min_size=1, max_size=len(right) - 1, unique=True))
    return MultipleChoice(type="multiple", key=key, **shared)


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    """A bank without problems, its questions in the order of the topics."""
    topics = draw(
        st.lists(
            st.builds(Topic, id=ids, title=texts), max_size=3, unique_by=lambda topic: topic.id
        ).filter(lambda found: not {"bank", "sources", "facts"} & {topic.id for topic in found})
    )
    found = draw(st.lists(sources, min_size=1, max_size=3, unique_by=lambda entry: entry.id))
    source_ids = [source.id for source in found]
    known = draw(
        st.lists(facts(source_ids), min_size=1, max_size=4, unique_by=lambda entry: entry.id)
    )
    fact_ids = [fact.id for fact in known]
    asked: dict[str, SingleChoice | MultipleChoice | TrueFalse] = {}
    for topic in topics:
        for question in draw(st.lists(questions(topic.id, fact_ids, source_ids), max_size=3)):
            asked.setdefault(question.id, question)
    return Bank(
        id=draw(ids),
        title=draw(texts),
        topics=topics,
        sources=found,
        facts=known,
        questions=tuple(asked.values()),
    )
