"""Rules about what is asked: negations, reading length, superlatives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from questions.lint.lexicon import (
    ALWAYS_TURNS,
    ASKING,
    NEGATION,
    NO_NEGATION,
    NO_SUPERLATIVE,
    QUESTION_WORD,
    SUPERLATIVE,
    TOLD_TO,
    TURNS_AT_END,
    WHICH_BEFORE,
)
from questions.lint.view import Piece, View, bare
from questions.model import Bank
from questions.problems import Problem

STEM_WORDS, OPTION_WORDS, QUESTION_WORDS = 60, 35, 160
WORDS_A_MINUTE = 200
"""Syllables that an adult reads with understanding."""

_EMPHASISED = re.compile(r"(?:\*\*|__|\*|_|<(?:b|u|strong|em)>)[^*_<]*\Z")


def stem_rules(view: View) -> Iterator[Problem]:
    """Yield advice about what one question asks, as far as it doesn't need the bank."""
    yield from _negation(view)
    yield from _length(view)
    if view.groups and view.question.type in ("single", "multiple"):
        last = _sentences(view.stem.plain)[-1]
        asked = QUESTION_WORD.search(last) and not TOLD_TO.match(last)
        if asked and not re.search(r"[?:…]\W*\Z|[_.]{3}|…", view.stem.plain):
            yield view.advice("lint.no_question_mark", *view.stem.loc)


def _sentences(shown: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", shown) if part.strip()] or [shown]


def _negation(view: View) -> Iterator[Problem]:
    asks = view.question.type not in ("true_false", "essay")
    if asks and (match := unmarked_negation(view.stem.text, asking=True)):
        yield view.advice("lint.negation", *view.stem.loc, word=match)
    for piece, truth in view.statements:
        if not truth and (match := unmarked_negation(piece.text, asking=False)):
            yield view.advice("lint.negated_statement", *piece.loc, word=match)


def unmarked_negation(shown: str, *, asking: bool) -> str | None:
    """Return the word that turns a text round without being emphasised, or None.

    Parameters
    ----------
    asking : bool
        Look only into sentences that ask, and there only at the part that is asked.
    """
    for sentence in _sentences(shown):
        if asking and not ASKING.search(sentence):
            continue
        for match in NEGATION.finditer(sentence):
            before = sentence[: match.start()]
            if match[0].isupper() or _EMPHASISED.search(before) or NO_NEGATION.search(before):
                continue
            if asking and not _turns(sentence, match):
                continue
            return match[0]
    return None


def _turns(sentence: str, match: re.Match[str]) -> bool:
    """Return whether a negation belongs to the question word: `nào không`, `là sai`."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    if re.match(r"\s*\?", after):
        return match[0].casefold() == TURNS_AT_END
    return bool(WHICH_BEFORE.search(before)) or match[0].casefold() in ALWAYS_TURNS


def _length(view: View) -> Iterator[Problem]:
    stem = len(view.stem.words.words)
    if stem > STEM_WORDS:
        yield view.advice("lint.long_stem", *view.stem.loc, n=stem, limit=STEM_WORDS)
    for group in view.groups:
        for option in group.options:
            n = len(option.words.words)
            if n > OPTION_WORDS:
                yield view.advice("lint.long_text", *option.loc, n=n, limit=OPTION_WORDS)
    read = [piece for piece in view.pieces if piece is not view.explanation]
    total = sum(len(piece.words.words) for piece in read)
    if total > QUESTION_WORDS and view.question.type != "essay":
        seconds = round(total * 60 / WORDS_A_MINUTE)
        yield view.advice(
            "lint.long_question", *view.stem.loc, n=total, seconds=seconds, limit=QUESTION_WORDS
        )


def superlative_rules(view: View, bank: Bank) -> Iterator[Problem]:
    """Yield superlatives that contestants are to take for true and that no fact states."""
    grounds = None
    for piece in _claimed(view):
        for found in superlatives(piece.plain):
            if grounds is None:
                grounds = bare(" ".join(_grounds(view, bank)))
            if bare(found) not in grounds:
                yield view.advice("lint.superlative", *piece.loc, words=found)


def superlatives(shown: str) -> list[str]:
    """Return the claims that something stands above all others."""
    return [
        match[0]
        for match in SUPERLATIVE.finditer(shown)
        if (match["quality"] or "").casefold() not in NO_SUPERLATIVE
    ]


def _claimed(view: View) -> Iterator[Piece]:
    """Yield the texts that are put forward as true; a wrong option may claim what it likes."""
    if not view.statements and not view.stem.plain.rstrip().endswith("?"):
        yield view.stem
    yield from (piece for piece, truth in view.statements if truth)
    for group in view.groups:
        yield from (group.options[i] for i in sorted(group.right))
    if view.explanation:
        yield view.explanation


def _grounds(view: View, bank: Bank) -> Iterator[str]:
    for id_ in view.question.facts:
        fact = bank.fact_by_id[id_]
        yield fact.statement
        yield from (str(value.value) for value in fact.values)
        for cite in (fact.cites, *fact.further):
            yield bank.source_by_id[cite.source].title
