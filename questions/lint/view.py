"""One way to look at a question of any type: its texts, its options, its statements."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from typing import Any

from questions.lint.lexicon import CONTRASTS, NUMBER_WORDS, PLAIN_D
from questions.lint.messages import advice
from questions.places import Place
from questions.problems import Problem
from questions.types import Cloze
from questions.yaml_lines import Loc

TOKEN = re.compile(r"[0-9]+(?:[.,/][0-9]+)*%?|[^\W\d_]+")
_MARK_OF_LETTER = re.compile(r"[\u0300-\u036f]+")
_ROMAN = re.compile(r"[IVXLC]+\Z")
_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`|</?[a-z]+>")


@dataclass(frozen=True)
class Words:
    """A text as its words.

    Attributes
    ----------
    words : tuple of str
        In lower case, without punctuation.
    figures : frozenset of str
        Numbers, ordinals and contrasts: where two texts differ in one, they say different things.
    """

    words: tuple[str, ...]
    figures: frozenset[str]


def words_of(text: str) -> Words:
    """Split a text into words; numbers and dates stay whole."""
    found = TOKEN.findall(text)
    low = tuple(word.casefold() for word in found)
    figures = frozenset(
        word
        for word, written in zip(low, found, strict=True)
        if written[0].isdigit()
        or _ROMAN.match(written)
        or word in NUMBER_WORDS
        or word in CONTRASTS
    )
    return Words(low, figures)


def plain(text: str) -> str:
    """Return a text without its marks of emphasis."""
    return _MARKS.sub("", text)


def bare(text: str) -> str:
    """Return a text in lower case without punctuation and diacritics, to compare by letters."""
    return stripped(words_of(text).words)


def stripped(words: Iterable[str]) -> str:
    """Join words and take their diacritics away."""
    return _MARK_OF_LETTER.sub("", unicodedata.normalize("NFD", " ".join(words).translate(PLAIN_D)))


@dataclass(frozen=True)
class Piece:
    """A text of a question and where it stands below it."""

    text: str
    loc: Loc

    @cached_property
    def plain(self) -> str:
        """The text without marks of emphasis."""
        return plain(self.text)

    @cached_property
    def words(self) -> Words:
        """The text as its words."""
        return words_of(self.plain)

    @cached_property
    def bare(self) -> str:
        """The text to compare by letters; see `bare`."""
        return stripped(self.words.words)


@dataclass(frozen=True)
class Group:
    """Options of which some are right."""

    options: tuple[Piece, ...]
    right: frozenset[int]
    single: bool

    @property
    def key(self) -> Piece:
        """The right option of a single choice."""
        return self.options[next(iter(self.right))]

    @property
    def wrong(self) -> list[Piece]:
        """The options that are not right."""
        return [option for i, option in enumerate(self.options) if i not in self.right]


@dataclass(frozen=True)
class View:
    """A question of any type as the rules see it.

    Attributes
    ----------
    groups : tuple of Group
        Its options; a cloze has one for each gap that has options.
    statements : tuple of (Piece, bool)
        What is to be called true or false, and whether it is true.
    others : tuple of Piece
        All further texts that a contestant reads.
    answers : tuple of str
        Right answers that are not options: numbers, accepted texts.
    """

    question: Any
    place: Place
    stem: Piece
    groups: tuple[Group, ...] = ()
    statements: tuple[tuple[Piece, bool], ...] = ()
    others: tuple[Piece, ...] = ()
    answers: tuple[str, ...] = ()
    explanation: Piece | None = field(default=None)

    @property
    def pieces(self) -> Iterator[Piece]:
        """Every text, the explanation included."""
        yield self.stem
        for group in self.groups:
            yield from group.options
        yield from (piece for piece, _ in self.statements if piece is not self.stem)
        yield from self.others
        if self.explanation:
            yield self.explanation

    @cached_property
    def key_text(self) -> str:
        """The right answer in words; empty where that makes no sense (essay, true or false)."""
        right = [group.options[i].plain for group in self.groups for i in sorted(group.right)]
        return "; ".join([*right, *self.answers])

    def advice(self, code: str, /, *below: str | int, **values: object) -> Problem:
        """Build a piece of advice about this question."""
        line = self.place.line(*below)
        return advice(code, self.place.file.name, line, id=self.question.id, **values)


def view(question: Any, place: Place) -> View:
    """Look at a question; which fields it has says what there is to see."""
    stem = Piece(question.stem, ("stem",))
    groups = []
    if options := getattr(question, "options", ()):
        right = question.right()
        groups.append(_group(options, right, ("options",), single=question.type == "single"))
    others = [
        Piece(item.text, (name, i, "text"))
        for name in ("left", "right", "items", "rubric")
        for i, item in enumerate(_listed(question, name))
    ]
    answers = list(_listed(question, "accepted"))
    if question.type == "numeric":
        answers.append(f"{question.key} {question.unit or ''}".strip())
    if isinstance(question, Cloze):
        others.append(Piece(_filled(question), ("text",)))
        for i, gap in enumerate(question.gaps):
            if gap.options:
                groups.append(_group(gap.options, {gap.key}, ("gaps", i, "options"), single=True))
            answers += gap.accepted[:1]
    return View(
        question, place, stem, tuple(groups), tuple(_statements(question, stem)), tuple(others),
        tuple(answers),
        Piece(question.explanation, ("explanation",)) if question.explanation else None,
    )  # fmt: skip


def _filled(cloze: Cloze) -> str:
    """Return the text of a cloze with right answers in its gaps."""
    filled = []
    for piece, gap in zip_longest(cloze.pieces(), cloze.gaps_in_order()):
        filled.append(piece)
        if gap:
            right = [option.text for option in gap.options if option.id == gap.key]
            filled.append((*right, *gap.accepted)[0])
    return "".join(filled)


def _listed(question: Any, name: str) -> tuple[Any, ...]:
    value = getattr(question, name, ())
    return value if isinstance(value, tuple) else ()


def _group(options: Any, right: Any, loc: Loc, *, single: bool) -> Group:
    pieces = tuple(Piece(option.text, (*loc, i, "text")) for i, option in enumerate(options))
    places = frozenset(i for i, option in enumerate(options) if option.id in right)
    return Group(pieces, places, single)


def _statements(question: Any, stem: Piece) -> Iterator[tuple[Piece, bool]]:
    if question.type == "true_false":
        yield stem, question.key
    for i, statement in enumerate(_listed(question, "statements")):
        yield Piece(statement.text, ("statements", i, "text")), statement.key
