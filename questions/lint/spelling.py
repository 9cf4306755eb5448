"""Spelling that is mixed within a bank: the rarer way is told where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from questions.lint.lexicon import BOTH_D, FALSE_D, OTHER_D, SAME_SOUND, TONE_FIRST, TONE_LAST
from questions.lint.view import Piece, View
from questions.problems import Problem

OFTEN, SELDOM = 5, 1
"""A pair of words written with d this seldom and with đ this often is taken for a slip."""

_WORD = re.compile(r"[^\W\d_]+")
_YEARS = re.compile(r"(?<![\w/])((?:19|20)[0-9]{2})(\s*[-–—]\s*)((?:19|20)[0-9]{2})(?![\w/])")

_Text = tuple[View, Piece]


def spelling_rules(views: Sequence[View]) -> Iterator[Problem]:
    """Yield spellings that differ from the rest of the bank, and letters of other alphabets."""
    texts = [(view, piece) for view in views for piece in view.pieces]
    for text in texts:
        yield from _letters(*text)
    yield from _tones(texts)
    yield from _same_sound(texts)
    yield from _lost_d(texts)
    yield from _years(texts)


def _letters(view: View, piece: Piece) -> Iterator[Problem]:
    for sign in sorted(set(piece.text) & set(FALSE_D)):
        code = f"{ord(sign):04X}"
        yield view.advice("lint.false_d", *piece.loc, sign=sign, code=code, right=FALSE_D[sign])
    if piece.text.isascii():
        return
    for word in _WORD.findall(piece.text):
        foreign = [
            letter
            for letter in word
            if ord(letter) > 0x24F and not unicodedata.name(letter, "").startswith("LATIN")
        ]
        if foreign and len(foreign) < len(word):
            code = f"{ord(foreign[0]):04X}"
            yield view.advice("lint.foreign_letter", *piece.loc, word=word, code=code)


def _tones(texts: Sequence[_Text]) -> Iterator[Problem]:
    """Yield `hoà` in a bank that writes `hòa`, or the other way round."""
    first, last = _with(texts, TONE_FIRST), _with(texts, TONE_LAST)
    rare, usual = (last, first) if len(first) >= len(last) else (first, last)
    if not usual:
        return
    example = Counter(word.casefold() for _, _, word in usual).most_common(1)[0][0]
    for view, piece, word in rare:
        yield view.advice("lint.tone", *piece.loc, word=word, other=example)


def _with(texts: Sequence[_Text], pattern: re.Pattern[str]) -> list[tuple[View, Piece, str]]:
    return [
        (view, piece, word)
        for view, piece in texts
        for word in dict.fromkeys(_WORD.findall(piece.text))
        if pattern.search(word)
    ]


def _same_sound(texts: Sequence[_Text]) -> Iterator[Problem]:
    other_of = {}
    for pair in SAME_SOUND:
        one, other = pair.split()
        other_of |= {one: other, other: one}
    count: Counter[str] = Counter()
    for _, piece in texts:
        count.update(pair for pair in _pairs(piece) if other_of.keys() & set(pair.split()))
    for view, piece in texts:
        for pair in dict.fromkeys(_pairs(piece)):
            if pair not in count:
                continue
            twin = " ".join(other_of.get(word, word) for word in pair.split())
            if (count[twin], twin) > (count[pair], pair) and twin in count:
                yield view.advice("lint.same_sound", *piece.loc, word=pair, other=twin)


def _lost_d(texts: Sequence[_Text]) -> Iterator[Problem]:
    """Yield `dại biểu` where the bank otherwise writes `đại biểu`, and `đân số` likewise."""
    count: Counter[str] = Counter()
    for _, piece in texts:
        count.update(_pairs(piece))
    for view, piece in texts:
        slips = (
            (pair, twin)
            for pair in dict.fromkeys(_pairs(piece))
            if count[pair] <= SELDOM and set(BOTH_D) & {word[0] for word in pair.split()}
            for twin in _swapped(pair)
            if count[twin] >= OFTEN
        )
        if slip := next(slips, None):  # the pairs on both sides of a word tell the same
            words, other = slip
            yield view.advice("lint.lost_d", *piece.loc, words=words, other=other, n=count[other])


def _swapped(pair: str) -> Iterator[str]:
    """Yield a pair of words with d and đ exchanged at the beginning of one of them."""
    one, other = pair.split()
    if one[0] in BOTH_D:
        yield f"{one[0].translate(OTHER_D)}{one[1:]} {other}"
    if other[0] in BOTH_D:
        yield f"{one} {other[0].translate(OTHER_D)}{other[1:]}"


def _pairs(piece: Piece) -> list[str]:
    words = piece.words.words
    return [f"{a} {b}" for a, b in pairwise(words) if a.isalpha() and b.isalpha()]


def _years(texts: Sequence[_Text]) -> Iterator[Problem]:
    """Yield `2021-2025` in a bank that writes `2021 - 2025`, or the other way round."""
    found = [(view, piece, match) for view, piece in texts for match in _YEARS.finditer(piece.text)]
    usual = Counter(match[2] for _, _, match in found).most_common(1)
    for view, piece, match in found:
        if match[2] != usual[0][0]:
            other = f"{match[1]}{usual[0][0]}{match[3]}"
            yield view.advice("lint.years", *piece.loc, years=match[0], other=other)
