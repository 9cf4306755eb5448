"""Rules about options: alike, too long, telling by their form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

from rapidfuzz.distance import Levenshtein

from questions.lint.lexicon import (
    ABSOLUTE,
    ALL_OF_THEM,
    ASKED_BOUND,
    BOUND_BELOW,
    FUNCTION_WORDS,
    NO_ABSOLUTE,
)
from questions.lint.messages import text
from questions.lint.view import Group, Piece, View, words_of
from questions.problems import Problem

LONG_KEY, LONG_OPTION = 1.6, 2.2
"""How many times the mean of the others."""
LONG_BY = 12
"""And by how many characters at least."""
_NUMBER = re.compile(r"[0-9][0-9.,]*")

TYPING_SLIPS = 2
"""Two longer options that differ by no more letters are taken for one."""


def option_rules(view: View) -> Iterator[Problem]:
    """Yield advice about the options of one question."""
    for group in view.groups:
        yield from _alike(view, group)
        yield from _lengths(view, group)
        yield from _absolutes(view, group)
        yield from _all_of_them(view, group)
        if len(group.right) == len(group.options) > 1:
            yield view.advice("lint.key_all", "key")
        if group.single and len(group.options) > 2:
            yield from _odd_start(view, group)
            yield from _odd_form(view, group)
            yield from _echo(view, group)
            yield from _implied(view, group)
            yield from _asked_bound(view, group)
    for piece, truth in view.statements:
        word = None if truth else absolute(piece.plain)
        if word:
            yield view.advice("lint.absolute_statement", *piece.loc, word=word)


def absolute(shown: str) -> str | None:
    """Return the first word that claims too much, or None."""
    for match in ABSOLUTE.finditer(shown):
        if not NO_ABSOLUTE.search(shown[: match.start()]):
            return match[0]
    return None


def _alike(view: View, group: Group) -> Iterator[Problem]:
    for first, second in combinations(group.options, 2):
        one, other = first.words, second.words
        if one.figures != other.figures:
            continue
        a, b = first.bare, second.bare
        slips = TYPING_SLIPS if min(len(a), len(b)) >= 20 else 0
        meant = [w for w in one.words if w not in FUNCTION_WORDS]
        same = len(meant) > 2 and meant == [w for w in other.words if w not in FUNCTION_WORDS]
        if same or Levenshtein.distance(a, b, score_cutoff=slips) <= slips:
            yield view.advice("lint.options_alike", *second.loc, other=first.plain)


def _lengths(view: View, group: Group) -> Iterator[Problem]:
    if len(group.options) < 3:
        return
    lengths = [len(option.plain) for option in group.options]
    for i, option in enumerate(group.options):
        mean = (sum(lengths) - lengths[i]) / (len(lengths) - 1)
        if lengths[i] < mean + LONG_BY:
            continue
        key = group.single and i in group.right
        if lengths[i] > mean * (LONG_KEY if key else LONG_OPTION):
            code = "lint.long_key" if key else "lint.long_option"
            yield view.advice(code, *option.loc, long=lengths[i], mean=round(mean))


def _absolutes(view: View, group: Group) -> Iterator[Problem]:
    if any(absolute(group.options[i].plain) for i in group.right):
        return
    for option in group.wrong:
        if word := absolute(option.plain):
            yield view.advice("lint.absolute", *option.loc, word=word)


def _all_of_them(view: View, group: Group) -> Iterator[Problem]:
    for option in group.options:
        if ALL_OF_THEM.search(option.plain):
            yield view.advice("lint.all_of_them", *option.loc, option=option.plain)


def _odd_start(view: View, group: Group) -> Iterator[Problem]:
    starts = {option.words.words[:1] for option in group.wrong}
    if len(group.wrong) < 2 or len(starts) != 1 or group.key.words.words[:1] in starts:
        return
    (start,) = starts
    if start and not start[0][0].isdigit():
        yield view.advice("lint.odd_start", *group.key.loc, word=group.wrong[0].plain.split()[0])


_FORMS: dict[str, Callable[[str], object]] = {
    "form.figure": re.compile(r"[0-9]").search,
    "form.bracket": re.compile(r"\(").search,
    "form.quote": re.compile(r"[“\"«]").search,
    "form.full_stop": re.compile(r"\.\Z").search,
    "form.capital": lambda shown: shown[:1].isupper(),
    "form.decimals": re.compile(r"[0-9],[0-9]").search,
}


def _odd_form(view: View, group: Group) -> Iterator[Problem]:
    if len(group.wrong) < 3:
        return
    for name, has in _FORMS.items():
        right = bool(has(group.key.plain))
        if all(bool(has(option.plain)) != right for option in group.wrong):
            kind = "word.has" if right else "word.lacks"
            yield view.advice("lint.odd_form", *group.key.loc, has=text(kind), what=text(name))
            return


def _echo(view: View, group: Group) -> Iterator[Problem]:
    asked = pairs(view.stem)
    heard = asked & pairs(group.key)
    if heard and not any(asked & pairs(option) for option in group.wrong):
        first = min(heard, key=lambda pair: view.stem.plain.casefold().find(" ".join(pair)))
        yield view.advice("lint.echo", *group.key.loc, words=" ".join(first))


def pairs(piece: Piece) -> set[tuple[str, str]]:
    """Return the pairs of neighbouring words that have a meaning of their own."""
    words = piece.words.words
    return {
        (a, b)
        for a, b in pairwise(words)
        if not {a, b} & FUNCTION_WORDS and a.isalpha() and b.isalpha()
    }


def _implied(view: View, group: Group) -> Iterator[Problem]:
    key = _bound(group.key.plain)
    for option in group.wrong:
        bound = _bound(option.plain)
        if key and bound and bound[1] == key[1] and bound[0] < key[0]:
            yield view.advice(
                "lint.implied", *option.loc, option=option.plain, key=group.key.plain
            )  # fmt: skip


def _asked_bound(view: View, group: Group) -> Iterator[Problem]:
    """Yield the options that are true as well because the stem asks for a bound only."""
    asked = ASKED_BOUND.search(view.stem.plain)
    key = _first_number(group.key.plain)
    if not asked or not key:
        return
    for option in group.wrong:
        number = _first_number(option.plain)
        if (
            number
            and number[1] == key[1]
            and (number[0] < key[0] if asked["least"] else number[0] > key[0])
        ):
            yield view.advice(
                "lint.asked_bound", *option.loc,
                words=asked[0], option=option.plain, key=group.key.plain,
            )  # fmt: skip


def _first_number(shown: str) -> tuple[float, tuple[str, ...]] | None:
    """Return the first number of a text and the rest of the text; None if it has none."""
    match = _NUMBER.search(shown)
    return match and _measured(shown, match[0])


def _bound(shown: str) -> tuple[float, tuple[str, ...]] | None:
    """Return the number from which a text holds, and the rest of the text; None if it has none."""
    match = BOUND_BELOW.match(shown)
    if not match:
        return None
    return _measured(shown, match["a"] or match["b"])


def _measured(shown: str, number: str) -> tuple[float, tuple[str, ...]] | None:
    """Return a number of a text as a number, and the rest of the text; None where it is none."""
    rest = words_of(shown.replace(number, "", 1)).words
    try:
        return float(number.rstrip(".,").replace(".", "").replace(",", ".")), rest
    except ValueError:
        return None
