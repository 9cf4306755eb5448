"""Rules about the bank as a whole: key positions, levels, what is asked too often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import get_args

from questions.lint.chance import LEVEL, binomial_tail, binomial_two_sided, chi_square
from questions.lint.lexicon import COUNT_ONLY
from questions.lint.messages import advice, text
from questions.lint.view import Group, View, bare
from questions.model import Bank
from questions.problems import Problem
from questions.report.messages import text as name
from questions.types import Level

ENOUGH = 20
"""Fewer questions say nothing about a habit."""
TOPIC_ENOUGH = 8
TAGGED = 0.5
COUNTS_ALLOWED = 0.1
ASKED_ALLOWED = 2


def balance_rules(views: Sequence[View], bank: Bank, file: str) -> Iterator[Problem]:
    """Yield advice about the bank; `file` is what its bank.yml is called in messages."""
    groups = [group for view in views for group in view.groups if group.single]
    yield from _positions(groups, file)
    yield from _longest(groups, file)
    yield from _truths(views, file)
    yield from _levels(views, bank, file)
    yield from _counts(views, file)
    yield from _tags(views)
    yield from _asked_often(views)


def _positions(groups: Sequence[Group], file: str) -> Iterator[Problem]:
    """Test for each number of options whether the key stands everywhere alike."""
    by_size: dict[int, Counter[int]] = defaultdict(Counter)
    for group in groups:
        by_size[len(group.options)][min(group.right)] += 1
    for size, counts in sorted(by_size.items()):
        n = counts.total()
        if n < ENOUGH:
            continue
        position, found = max(counts.items(), key=lambda item: (item[1], -item[0]))
        if n / size >= 5:
            test, p = "word.chi_square", chi_square([counts[i] for i in range(size)])
        else:  # too few for chi-square: the most frequent place, corrected for choosing it
            test, p = "word.binomial", min(1.0, size * binomial_tail(found, n, 1 / size))
        if p < LEVEL:
            yield advice(
                "lint.key_position", file, 0, n=n, options=size, position=position + 1,
                found=found, expected=round(n / size), test=text(test), p=_shown(p),
            )  # fmt: skip


def _longest(groups: Sequence[Group], file: str) -> Iterator[Problem]:
    """Test whether the longest option is the right one more often than by chance."""
    n, found, chance = 0, 0, 0.0
    for group in groups:
        lengths = [len(option.plain) for option in group.options]
        if lengths.count(max(lengths)) > 1:
            continue
        n += 1
        chance += 1 / len(lengths)
        found += lengths.index(max(lengths)) in group.right
    if n < ENOUGH:
        return
    p = binomial_tail(found, n, chance / n)
    if p < LEVEL:
        yield advice(
            "lint.longest_key", file, 0, n=n, found=found, expected=round(chance),
            test=text("word.binomial"), p=_shown(p),
        )  # fmt: skip


def _truths(views: Sequence[View], file: str) -> Iterator[Problem]:
    truths = [truth for view in views for _, truth in view.statements]
    if len(truths) < ENOUGH:
        return
    p = binomial_two_sided(sum(truths), len(truths), 0.5)
    if p < LEVEL:
        yield advice(
            "lint.true_share", file, 0, n=len(truths), found=sum(truths),
            test=text("word.binomial"), p=_shown(p),
        )  # fmt: skip


def _shown(p: float) -> str:
    return "< 0,0001" if p < 0.0001 else f"{p:.4f}".replace(".", ",")


def _levels(views: Sequence[View], bank: Bank, file: str) -> Iterator[Problem]:
    by_topic: dict[str, Counter[str]] = defaultdict(Counter)
    for view in views:
        by_topic[view.question.topic][view.question.level] += 1
    overall = sum(by_topic.values(), Counter())
    if overall.total() >= ENOUGH:
        for level in get_args(Level):
            if not overall[level]:
                yield advice("lint.level_missing", file, 0, level=name(f"level.{level}"))
    for topic in bank.topics:
        levels = by_topic[topic.id]
        if levels.total() >= TOPIC_ENOUGH and len(levels) == 1:
            (level,) = levels
            yield advice(
                "lint.one_level", file, 0, n=levels.total(), topic=topic.id,
                level=name(f"level.{level}"),
            )  # fmt: skip


def _counts(views: Sequence[View], file: str) -> Iterator[Problem]:
    """Tell where too many questions ask for a number of the list only."""
    found = [view.question.id for view in views if COUNT_ONLY.search(view.stem.plain)]
    if len(views) >= ENOUGH and len(found) >= COUNTS_ALLOWED * len(views):
        yield advice(
            "lint.count_only", file, 0, found=len(found), n=len(views),
            share=round(100 * len(found) / len(views)), ids=", ".join(found[:5]),
        )  # fmt: skip


def _tags(views: Sequence[View]) -> Iterator[Problem]:
    """Where most questions have tags, those without are told."""
    tagged = sum(bool(view.question.tags) for view in views)
    if tagged <= TAGGED * len(views):
        return
    for view in views:
        if not view.question.tags:
            share = 100 * tagged // len(views)
            yield view.advice("lint.tags_missing", share=share)


def _asked_often(views: Sequence[View]) -> Iterator[Problem]:
    """Tell values of a fact that more than two questions ask for."""
    asked: dict[tuple[str, str], list[View]] = defaultdict(list)
    for view in views:
        if answer := bare(view.key_text):
            for id_ in view.question.facts:
                asked[id_, answer].append(view)
    for (fact, _), found in asked.items():
        if len(found) > ASKED_ALLOWED:
            ids = ", ".join(view.question.id for view in found)
            yield found[-1].advice("lint.asked_often", n=len(found), fact=fact, ids=ids)
