"""Two questions that ask the same, or one that tells the other's answer.

Comparing each of 5,000 questions with each other would be 12.5 million comparisons. Instead:

- only questions with the same numbers, ordinals and contrasts can be twins;
- words weigh by how rare they are in the bank (so that what every stem repeats counts little),
  and two questions are alike by the weight of the words they share over that of all their words;
- to reach the threshold two questions must share one of their rarest words, those that come
  first up to the weight that may differ. An index of these finds every candidate, and few others.

One question of each set of twins stays in the index, the first; the others are told against it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from questions.lint.view import View, bare, words_of
from questions.model import Bank, Fact
from questions.problems import Problem

ALIKE = 0.8
"""Share of the weight of all words from which two questions are twins."""

CUE_LETTERS = 6
"""An answer shorter than this turns up in other stems by chance."""


@dataclass(frozen=True)
class _Asked:
    view: View
    words: frozenset[str]
    figures: frozenset[str]


def twin_rules(views: Sequence[View]) -> Iterator[Problem]:
    """Yield pairs of questions that ask nearly the same."""
    asked = [_asked(view) for view in views]
    weight = _weights(asked)
    index: dict[tuple[frozenset[str], str], list[_Asked]] = defaultdict(list)
    for one in asked:
        prefix = _prefix(one.words, weight)
        keys = [(one.figures, word) for word in prefix]
        candidates = {id(other): other for key in keys for other in index[key]}
        best, share = None, ALIKE
        for other in candidates.values():
            alike = _alike(one.words, other.words, weight)
            if alike >= share:
                best, share = other, alike
        if best is None:
            for key in keys:
                index[key].append(one)
            continue
        yield one.view.advice(
            "lint.twin", *one.view.stem.loc, other=best.view.question.id,
            place=best.view.place, share=int(share * 100),
        )  # fmt: skip


def _asked(view: View) -> _Asked:
    """Return what a question asks: its stem, its right answer, what else it shows."""
    shown = [view.stem.plain, view.key_text, *(piece.plain for piece in view.others)]
    shown += [piece.plain for piece, _ in view.statements if piece is not view.stem]
    words = words_of(" ".join(shown))
    return _Asked(view, frozenset(words.words), words.figures)


def _weights(asked: Sequence[_Asked]) -> dict[str, float]:
    count = Counter(word for one in asked for word in one.words)
    return {word: log(1 + len(asked) / n) for word, n in count.items()}


def _prefix(words: frozenset[str], weight: dict[str, float]) -> list[str]:
    """Return the rarest words, of which a twin must have at least one."""
    ordered = sorted(words, key=lambda word: (-weight[word], word))
    spare = (1 - ALIKE) * sum(weight[word] for word in words)
    prefix = []
    for word in ordered:
        prefix.append(word)
        spare -= weight[word]
        if spare < -1e-9:
            break
    return prefix


def _alike(one: frozenset[str], other: frozenset[str], weight: dict[str, float]) -> float:
    common = sum(weight[word] for word in one & other)
    either = sum(weight[word] for word in one | other)
    return common / either if either else 0.0


def cue_rules(views: Sequence[View], bank: Bank) -> Iterator[Problem]:
    """Yield stems that tell the answer of another question on the same fact."""
    by_fact: dict[str, list[View]] = defaultdict(list)
    for view in views:
        for id_ in view.question.facts:
            by_fact[id_].append(view)
    told: set[tuple[str, str]] = set()
    for fact in bank.facts:
        together = by_fact[fact.id]
        stems = [(view, f" {view.stem.bare} ") for view in together]
        for asked in together:
            answer = bare(asked.key_text)
            if len(answer) < CUE_LETTERS or not _is_value(answer, fact):
                continue
            for telling, stem in stems:
                pair = (telling.question.id, answer)
                if telling is asked or pair in told or _false(telling):
                    continue
                if f" {answer} " in stem and f" {answer} " not in f" {asked.stem.bare} ":
                    told.add(pair)
                    yield telling.advice(
                        "lint.cue", *telling.stem.loc, other=asked.question.id,
                        place=asked.place, answer=asked.key_text,
                    )  # fmt: skip


def _is_value(answer: str, fact: Fact) -> bool:
    """Return whether an answer is a figure or a name; the title of a list's item turns up in
    many stems without telling anything."""
    names = [bare(value.value) for value in fact.values if value.type == "name"]
    return answer in names or any(letter.isdigit() for letter in answer)


def _false(view: View) -> bool:
    """Return whether a stem is a statement that isn't true."""
    return any(piece is view.stem and not truth for piece, truth in view.statements)
