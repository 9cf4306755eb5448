"""Marks for what was typed. Nearly right is never right by itself: a person looks at it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from grading.markers.base import NOTHING, WAITS, Found, Unreadable, only, parts
from questions import Cloze, Essay, Numeric, ShortText
from questions.folding import by_value, fold
from questions.numbers import readings

NEAR = 80
"""Likeness, of 100, from which a person decides."""


def number(question: Numeric, data: Mapping[str, Any]) -> Found:
    """Mark a number: `{"text": as typed}`.

    Where only the less usual reading of the typed signs is right ("1.234" for a bit more than
    one), a person decides.
    """
    typed = only(data, "text", str)
    if not typed.strip():
        return NOTHING
    read = readings(typed, question.unit)
    if not read:
        raise Unreadable
    right = [abs(value - question.key) <= question.tolerance for value in read]
    if any(right) and not right[0]:
        return WAITS
    return Fraction(right[0])


def short_text(question: ShortText, data: Mapping[str, Any]) -> Found:
    """Mark a short text: `{"text": as typed}`."""
    typed = only(data, "text", str)
    if not typed.strip():
        return NOTHING
    found = compare(typed, question.accepted)
    return WAITS if found is None else Fraction(found)


def cloze(question: Cloze, data: Mapping[str, Any]) -> Found:
    """Mark gaps: `{"gaps": {id: typed text or option id}}`; what is left out is wrong."""
    filled = only(data, "gaps", dict)
    gaps = {gap.id: gap for gap in question.gaps}
    if not set(filled) <= set(gaps) or not all(isinstance(text, str) for text in filled.values()):
        raise Unreadable
    found = []
    for id_, text in filled.items():
        if not text.strip():
            continue
        gap = gaps[id_]
        if not gap.options:
            found.append(compare(text, gap.accepted))
        elif text in {option.id for option in gap.options}:
            found.append(text == gap.key)
        else:
            raise Unreadable
    if not found:
        return NOTHING
    result = parts(sum(one is True for one in found), len(gaps), question.scoring)
    undecided = question.scoring == "each" or sum(one is not False for one in found) == len(gaps)
    return WAITS if None in found and undecided else result


def essay(_question: Essay, data: Mapping[str, Any]) -> Found:
    """Leave an essay, `{"text": as typed}`, to its markers."""
    return WAITS if only(data, "text", str).strip() else NOTHING


def compare(typed: str, accepted: Iterable[str]) -> bool | None:
    """Return whether a typed answer is one of the accepted ones; None where a person must say.

    Equal after folding is right, numbers and dates by their value. Like one but for a few letters
    or marks, or with one inside it, is for a person, unless its numbers differ: another number is
    another answer.
    """
    said = by_value(fold(typed))
    known = [by_value(fold(answer)) for answer in accepted]
    if said in known:
        return True
    return None if any(_is_near(said, answer) for answer in known) else False


def _is_near(said: str, answer: str) -> bool:
    # Loaded here: the contestant's page marks nothing that was typed until it is handed in.
    from rapidfuzz import fuzz

    if _loosely(said) == _loosely(answer):
        return True
    if _numbers(said) != _numbers(answer):
        return False
    if f" {answer} " in f" {said} ":
        return True
    return max(fuzz.ratio(said, answer), fuzz.ratio(_bare(said), _bare(answer))) >= NEAR


def _loosely(folded: str) -> str:
    """Return a text whose numbers have no sign between thousands, and a comma before decimals."""
    whole = re.sub(r"(?<=[0-9])[ ,](?=[0-9]{3}(?![0-9]))", "", folded)
    return re.sub(r"(?<=[0-9])\.(?=[0-9])", ",", whole)


def _numbers(folded: str) -> list[str]:
    """Return the numbers of a text without zeros in front."""
    return [number.lstrip("0") for number in re.findall(r"\d+", folded)]


def _bare(folded: str) -> str:
    """Return a folded text without tones and marks; a stroke through d is a mark too."""
    signs = unicodedata.normalize("NFD", folded).replace(chr(0x111), "d")
    return "".join(sign for sign in signs if not unicodedata.combining(sign))
