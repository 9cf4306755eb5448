"""Which option of a question is the marked one: looked for, listed where in doubt, never guessed.

Offices mark the right option by bold, italic, underline, colour, highlight or a star, on the
letter or on the whole option. A kind of mark counts when it singles out one option in most of
the questions of a file. Words such as `(đúng)`, key lines and key tables count by themselves.
Whatever counts must agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from questions.formats.patterns import MANY, RIGHT_WORDS, STAR
from questions.formats.word_split import Choice, Raw

KINDS = ("bold", "italic", "underline", "colour", "highlight", "star")
PLACES = ("label", "text", "any")
"""Where on an option a mark is: its letter, its text, either."""

MOSTLY = 0.6
"""Share of an option's letters that bear a mark when the option counts as marked."""

Sets = dict[tuple[str, str], frozenset[str]]
"""(kind, place) -> the letters of a question's options that bear it."""


@dataclass
class Verdict:
    """The key of one question, or why it has none.

    Attributes
    ----------
    right : frozenset of str
        Letters of the right options; empty where the file doesn't say or contradicts itself.
    many : bool
        Whether several options may be right.
    error : str or None
        Code of the problem, with `evidence` (text key and letters of each place) for its text.
    doubt : (kind, letters) or None
        Another mark that singles out another option.
    """

    right: frozenset[str] = frozenset()
    many: bool = False
    error: str | None = None
    evidence: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    doubt: tuple[str, frozenset[str]] | None = None


def judge(questions: Sequence[Raw]) -> tuple[tuple[str, str] | None, list[Verdict]]:
    """Return the mark that this file uses (kind, place), None for none, and a verdict each."""
    words = [_take_words(raw) for raw in questions]
    sets = [_sets(raw) for raw in questions]
    asked = [found for raw, found in zip(questions, sets, strict=True) if len(raw.options) > 1]
    common = _common(asked, [raw for raw in questions if len(raw.options) > 1])
    main = common[0] if common else None
    if main and main[0] == "star":
        for raw in questions:
            _drop_stars(raw)
    verdicts = [
        _verdict(raw, found, told, common)
        for raw, found, told in zip(questions, sets, words, strict=True)
    ]
    return main, verdicts


def _take_words(raw: Raw) -> frozenset[str]:
    """Return the letters of the options that say they are right; the words are taken away."""
    found = set()
    for option in raw.options:
        match = RIGHT_WORDS.search(option.text.text)
        if match:
            found.add(option.letter)
            _cut(option, match)
    return frozenset(found)


def _drop_stars(raw: Raw) -> None:
    for option in raw.options:
        if match := STAR.search(option.text.text):
            _cut(option, match)


def _cut(option: Choice, match: re.Match[str]) -> None:
    rest = option.text.part(match.end())
    option.text = option.text.part(0, match.start())
    option.text.text += rest.text
    option.text.marks += rest.marks
    option.text.pictures += rest.pictures


def _sets(raw: Raw) -> Sets:
    colours = Counter(_shades(option, "colour") for option in raw.options)
    usual = max(colours, key=lambda shade: (colours[shade], shade == ""), default="")
    found: Sets = {}
    for kind in KINDS:
        for place in PLACES:
            test = _test(kind, place, usual)
            found[kind, place] = frozenset(option.letter for option in raw.options if test(option))
    return found


def _test(kind: str, place: str, usual: str) -> Callable[[Choice], bool]:
    """Return what tells whether an option bears a mark of this kind at this place."""
    if kind == "star":
        return lambda option: option.starred or bool(STAR.search(option.text.text))

    def line_bears(line: object) -> bool:
        if kind == "colour":
            return _shade(line, "colour") != usual
        if kind == "highlight":
            return _shade(line, "highlight") != ""
        return line.share(kind) >= MOSTLY

    def test(option: Choice) -> bool:
        lines = {"label": [option.label], "text": [option.text]}.get(
            place, [option.label, option.text]
        )
        return any(line_bears(line) for line in lines if any(map(str.isalnum, line.text)))

    return test


def _shades(option: Choice, kind: str) -> str:
    return _shade(option.text, kind)


def _shade(line: object, kind: str) -> str:
    """Return the value of a mark that most of a line has; empty for none."""
    counts = Counter(
        next((mark.partition(":")[2] for mark in marks if mark.startswith(f"{kind}:")), "")
        for sign, marks in zip(line.text, line.marks, strict=True)
        if sign.isalnum()
    )
    return counts.most_common(1)[0][0] if counts else ""


def _common(sets: list[Sets], questions: list[Raw]) -> list[tuple[str, str]]:
    """Return the marks that single out one option in most questions, the most frequent first."""
    counts = Counter(
        mark
        for found, raw in zip(sets, questions, strict=True)
        for mark, letters in found.items()
        if len(letters) == 1 or (1 < len(letters) < len(raw.options) and _is_many(raw))
    )
    usual = [mark for mark, n in counts.items() if n * 2 > len(sets)]
    return sorted(usual, key=lambda mark: (-counts[mark], KINDS.index(mark[0]), mark[1] != "any"))


def _is_many(raw: Raw) -> bool:
    return bool(MANY.search(raw.stem.text)) or any(len(told) > 1 for _, told in raw.told)


def _verdict(
    raw: Raw, found: Sets, words: frozenset[str], common: list[tuple[str, str]]
) -> Verdict:
    evidence = [(place, letters) for place, letters in dict.fromkeys(raw.told) if letters]
    if words:
        evidence.append(("told.words", words))
    main = common[0] if common else None
    if main and found[main]:
        evidence.append((f"mark.{main[0]}", found[main]))
    many = _is_many(raw)
    verdict = Verdict(many=many, evidence=evidence)
    said = {letters for _, letters in evidence}
    if len(said) > 1:
        verdict.error = "word.conflict"
    elif not said:
        verdict.error = "word.no_mark" if common else "word.no_common_mark"
    else:
        right = said.pop()
        known = {option.letter for option in raw.options}
        if not right <= known:
            verdict.error = "word.key_beyond"
        elif len(right) > 1 and not many:
            verdict.error = "word.two_marks"
        elif right == known and len(known) > 1:
            verdict.error = "word.all_marked"
        else:
            verdict.right = right
            verdict.doubt = next(_others(found, right, main), None)
    return verdict


def _others(
    found: Sets, right: frozenset[str], main: tuple[str, str] | None
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield marks that single out an option which isn't the right one."""
    for (kind, place), letters in found.items():
        if place == "any" and len(letters) == 1 and letters != right and (kind, place) != main:
            yield kind, letters
