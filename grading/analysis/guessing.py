"""What pure guessing is expected to get, by question type.

Moodle: `get_random_guess_score` of each question type. Types that Moodle doesn't have, and
all-or-nothing marks for several parts, follow the same thought: every part guessed for itself.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial, prod
from typing import Any


def random_guess(question: Any) -> Fraction | None:
    """Return the expected share (0 to 1) of the full mark; None where guessing isn't defined.

    It isn't for several right options: nobody knows how many a guesser would choose.
    """
    return _BY_TYPE[question.type](question)


def _parts(chances: list[Fraction], scoring: str) -> Fraction:
    if scoring == "each":
        return sum(chances, Fraction(0)) / len(chances)
    return prod(chances, start=Fraction(1))


def _ordering(question: Any) -> Fraction:
    count = len(question.key)
    return Fraction(1, count if question.scoring == "each" else factorial(count))


def _cloze(question: Any) -> Fraction:
    chances = [
        Fraction(1, len(gap.options)) if gap.options else Fraction(0) for gap in question.gaps
    ]
    return _parts(chances, question.scoring)


_BY_TYPE: dict[str, Callable[[Any], Fraction | None]] = {
    "single": lambda question: Fraction(1, len(question.choices())),
    "true_false": lambda _question: Fraction(1, 2),
    "multiple": lambda _question: None,
    "true_false_group": lambda question: _parts(
        [Fraction(1, 2)] * len(question.statements), question.scoring
    ),
    "matching": lambda question: _parts(
        [Fraction(1, len(question.right))] * len(question.left), question.scoring
    ),
    "ordering": _ordering,
    "numeric": lambda _question: Fraction(0),
    "short_text": lambda _question: Fraction(0),
    "cloze": _cloze,
    "essay": lambda _question: Fraction(0),
}
"""Question type -> its rule; a type without an entry is an error that its tests find."""
