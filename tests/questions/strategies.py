"""Hypothesis strategies for banks: any text an author may write, any valid model."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from questions import (
    Bank,
    Citation,
    Cloze,
    Criterion,
    Essay,
    Fact,
    Gap,
    Matching,
    MultipleChoice,
    Numeric,
    Option,
    Ordering,
    Part,
    Question,
    ShortText,
    SingleChoice,
    Source,
    Statement,
    Topic,
    TrueFalse,
    TrueFalseGroup,
)
from questions.folding import fold
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


def _parts(model: type, least: int, most: int, **more: st.SearchStrategy) -> st.SearchStrategy:
    """Entries with an id and a text of their own."""
    return st.lists(
        st.builds(model, id=ids, text=texts, **more),
        min_size=least,
        max_size=most,
        unique_by=(lambda part: part.id, lambda part: " ".join(part.text.casefold().split())),
    )


accepted = st.lists(texts.filter(fold), min_size=1, max_size=3, unique_by=fold)
scorings = st.sampled_from(["all_or_nothing", "each"])


@st.composite
def _single(draw: st.DrawFn, shared: dict[str, Any]) -> SingleChoice:
    found = draw(options())
    key = draw(st.sampled_from([option.id for option in found]))
    return SingleChoice(type="single", options=found, key=key, **shared)


@st.composite
def _multiple(draw: st.DrawFn, shared: dict[str, Any]) -> MultipleChoice:
    found = draw(options())
    ids_ = [option.id for option in found]
    key = draw(st.lists(st.sampled_from(ids_), min_size=1, max_size=len(ids_), unique=True))
    names = ["all_or_nothing", "false2", "false", "true", "all", "none", "moodle"]
    scoring = draw(st.sampled_from(names))
    weights = {}
    if scoring == "moodle" and draw(st.booleans()):
        weights = {id_: -50 for id_ in ids_ if id_ not in key}
        weights |= {id_: round(Decimal(100) / len(key), 5) for id_ in key}
    return MultipleChoice(
        type="multiple", options=found, key=key, scoring=scoring, weights=weights, **shared
    )


@st.composite
def _true_false(draw: st.DrawFn, shared: dict[str, Any]) -> TrueFalse:
    return TrueFalse(type="true_false", key=draw(st.booleans()), **shared)


@st.composite
def _group(draw: st.DrawFn, shared: dict[str, Any]) -> TrueFalseGroup:
    found = draw(_parts(Statement, 2, 4, key=st.booleans()))
    return TrueFalseGroup(
        type="true_false_group", statements=found, scoring=draw(scorings), **shared
    )


@st.composite
def _matching(draw: st.DrawFn, shared: dict[str, Any]) -> Matching:
    left, right = draw(_parts(Part, 2, 4)), draw(_parts(Part, 2, 5))
    key = {part.id: draw(st.sampled_from(right)).id for part in left}
    return Matching(
        type="matching", left=left, right=right, key=key, scoring=draw(scorings), **shared
    )


@st.composite
def _ordering(draw: st.DrawFn, shared: dict[str, Any]) -> Ordering:
    items = draw(_parts(Part, 3, 5))
    key = draw(st.permutations([item.id for item in items]))
    given_ = list(key) == [item.id for item in items]
    shared = {**shared, "shuffle": shared["shuffle"] or given_}
    return Ordering(type="ordering", items=items, key=key, scoring=draw(scorings), **shared)


@st.composite
def _numeric(draw: st.DrawFn, shared: dict[str, Any]) -> Numeric:
    key = draw(decimals)
    tolerance = draw(st.sampled_from([Decimal(0), abs(Decimal(key)) / 2]))
    return Numeric(
        type="numeric",
        key=key,
        tolerance=round(tolerance, 3),
        unit=draw(st.none() | texts),
        **shared,
    )


@st.composite
def _short_text(draw: st.DrawFn, shared: dict[str, Any]) -> ShortText:
    return ShortText(type="short_text", accepted=draw(accepted), **shared)


@st.composite
def _cloze(draw: st.DrawFn, shared: dict[str, Any]) -> Cloze:
    gaps = []
    for id_ in draw(st.lists(ids, min_size=1, max_size=3, unique=True)):
        if draw(st.booleans()):
            gaps.append(Gap(id=id_, accepted=draw(accepted)))
        else:
            found = draw(_parts(Part, 2, 4))
            gaps.append(Gap(id=id_, options=found, key=draw(st.sampled_from(found)).id))
    pieces = [draw(texts.filter(lambda t: "{" not in t and "}" not in t)) for _ in gaps]
    text = "".join(f"{piece}{{{{{gap.id}}}}}" for piece, gap in zip(pieces, gaps, strict=True))
    order = draw(st.permutations(gaps))
    return Cloze(type="cloze", text=text, gaps=order, scoring=draw(scorings), **shared)


@st.composite
def _essay(draw: st.DrawFn, shared: dict[str, Any]) -> Essay:
    points = st.decimals("0.5", 10, places=1)
    rubric = draw(_parts(Criterion, 1, 3, points=points))
    own = sum(criterion.points for criterion in rubric)
    least = draw(st.none() | st.integers(1, 100))
    return Essay(
        type="essay",
        rubric=rubric,
        min_words=least,
        max_words=draw(st.none() | st.integers(100, 500)),
        **{**shared, "points": draw(st.sampled_from([None, own]))},
    )


QUESTIONS = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "true_false_group": _group,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "short_text": _short_text,
    "cloze": _cloze,
    "essay": _essay,
}
"""Type -> strategy for questions of it, given what all types share."""


@st.composite
def questions(
    draw: st.DrawFn,
    topic: str,
    fact_ids: list[str],
    source_ids: list[str],
    types: Sequence[str] = tuple(QUESTIONS),
) -> Question:
    """A question of any of these types on some of the facts, without problems of its own."""
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
    return draw(QUESTIONS[draw(st.sampled_from(list(types)))](shared))


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
    asked: dict[str, Question] = {}
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
