"""Questions for a printed paper, as lines of Markdown; one function per question type."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import singledispatch
from string import ascii_lowercase, ascii_uppercase

from questions.answers import key_words
from questions.canonical import sha256
from questions.messages import text
from questions.numbers import shown as number_shown
from questions.pictures import FOLDER
from questions.types import (
    Cloze,
    Essay,
    Matching,
    Numeric,
    Option,
    Ordering,
    Part,
    QuestionBase,
    ShortText,
    TrueFalse,
    TrueFalseGroup,
)
from questions.types.base import OptionQuestion

Shown = Callable[[Sequence[Part | Option]], Sequence[Part | Option]]
"""Puts options, the right column or the items to be ordered into the order of the paper."""

_LISTED, _ESCAPED = re.compile(r"^(\d+)\."), r"\1\."
"""A number at the beginning of a line, which Markdown would take for a list of its own."""

_ALT, _MARKED = re.compile(r"([\[\]\\])"), r"\\\1"
"""What would end the words of a picture in Markdown."""

FIELD = "\\_" * 12
ESSAY_LINES = 12


def printed(
    question: QuestionBase, number: int, *, with_key: bool = False, shown: Shown | None = None
) -> list[str]:
    """Return a question as Markdown lines.

    Parameters
    ----------
    number : int
        Its number on the paper.
    with_key : bool
        Whether the right answer and the explanation follow: the markers' copy.
    shown : callable or None
        The arrangement of this paper. None keeps options in the order of the file; right
        columns and items to be ordered then get an order of their own that doesn't tell
        the answer.
    """
    stem = text("print.stem", n=number, stem=question.stem)
    own = question.own_points()
    if own is not None:
        stem = text("print.stem_points", stem=stem, points=number_shown(own))
    lines = [stem, ""]
    if question.image:
        lines += [f"![{_ALT.sub(_MARKED, question.image.alt)}]({FOLDER}/{question.image.file})", ""]
    arranged = shown or (lambda parts: _own_order(question, parts))
    lines += body(question, arranged)
    if with_key:
        lines += ["", text("print.key")]
        lines += [f"- {_LISTED.sub(_ESCAPED, line)}" for line in key(question, arranged)]
        if question.explanation:
            lines += ["", text("print.explanation", text=question.explanation)]
    return [*lines, ""]


@singledispatch
def body(question: QuestionBase, _shown: Shown) -> list[str]:
    """Return what stands below the stem, without the answer."""
    raise TypeError(question.type)


@singledispatch
def key(question: QuestionBase, _shown: Shown) -> list[str]:
    """Return the right answer as the markers' copy has it, by the letters of this paper."""
    return key_words(question)


@key.register
def _(question: OptionQuestion, shown: Shown) -> list[str]:
    options = zip(ascii_uppercase, shown(question.choices()), strict=False)
    return [f"{letter}. {one.text}" for letter, one in options if one.id in question.right()]


@key.register
def _(question: TrueFalse, _shown: Shown) -> list[str]:
    return key_words(question)


@key.register
def _(question: Matching, shown: Shown) -> list[str]:
    right = {
        part.id: f"{letter}. {part.text}"
        for letter, part in zip(ascii_uppercase, shown(question.right), strict=False)
    }
    return [
        text("print.pair", n=n, left=part.text, right=right[question.key[part.id]])
        for n, part in enumerate(question.left, start=1)
    ]


def _own_order(question: QuestionBase, parts: Sequence[Part | Option]) -> Sequence[Part | Option]:
    if not isinstance(question, (Matching, Ordering)) or not question.shuffle:
        return parts
    found = sorted(parts, key=lambda part: sha256(f"{question.id}/{part.id}"))
    if isinstance(question, Ordering) and tuple(part.id for part in found) == question.key:
        return [*found[1:], found[0]]
    return found


def _lettered(letters: str, parts: Sequence[Part | Option]) -> list[str]:
    return [f"- {letter}. {part.text}" for letter, part in zip(letters, parts, strict=False)]


@body.register
def _(question: OptionQuestion, shown: Shown) -> list[str]:
    hint = [text("print.many"), ""] if question.many else []
    return [*hint, *_lettered(ascii_uppercase, shown(question.choices()))]


@body.register
def _(question: TrueFalse, _shown: Shown) -> list[str]:
    return ["  ".join(f"☐ {option.text}" for option in question.choices())]


@body.register
def _(question: TrueFalseGroup, _shown: Shown) -> list[str]:
    head = ["", text("print.statement"), text("type.true"), text("type.false")]
    rows = [
        [f"{letter})", one.text, "☐", "☐"]
        for letter, one in zip(ascii_lowercase, question.statements, strict=False)
    ]
    return _table([head, *rows])


@body.register
def _(question: Matching, shown: Shown) -> list[str]:
    left = [f"- {n}\\. {part.text}: {FIELD[:8]}" for n, part in enumerate(question.left, start=1)]
    return [text("print.match"), "", *left, "", *_lettered(ascii_uppercase, shown(question.right))]


@body.register
def _(question: Ordering, shown: Shown) -> list[str]:
    return [
        text("print.order"), "", *(f"- {FIELD[:8]} {item.text}" for item in shown(question.items))
    ]  # fmt: skip


@body.register
def _(question: Numeric, _shown: Shown) -> list[str]:
    return [text("print.field", field=FIELD, unit=question.unit or "").rstrip()]


@body.register
def _(_question: ShortText, _shown: Shown) -> list[str]:
    return [text("print.field", field=FIELD, unit="").rstrip()]


@body.register
def _(question: Cloze, shown: Shown) -> list[str]:
    gaps = question.gaps_in_order()
    marks = [f"({n}) {FIELD}" for n in range(1, len(gaps) + 1)]
    lines = ["".join(a + b for a, b in zip(question.pieces(), [*marks, ""], strict=True))]
    for n, gap in enumerate(gaps, start=1):
        if gap.options:
            options = zip(ascii_uppercase, shown(gap.options), strict=False)
            lines += ["", f"({n}) " + "; ".join(f"{letter}. {one.text}" for letter, one in options)]
    return lines


@body.register
def _(question: Essay, _shown: Shown) -> list[str]:
    least, most = question.min_words, question.max_words
    code = {(1, 1): "both", (1, 0): "least", (0, 1): "most", (0, 0): None}[
        bool(least), bool(most)
    ]  # fmt: skip
    lines = [text(f"print.words_{code}", least=least, most=most), ""] if code else []
    return [*lines, *([FIELD * 5, ""] * ESSAY_LINES)]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *others = [
        f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in rows
    ]
    return [head, "|" + "---|" * len(rows[0]), *others]
