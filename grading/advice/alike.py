"""Two papers with the same wrong answers, more than chance explains.

The statistic is error similarity analysis (F. S. Bellezza and S. F. Bellezza, "Detection of
cheating on multiple-choice tests by using error-similarity analysis", Teaching of Psychology 16
(1989), 151-155): of the questions that both have on their papers and both answered wrongly, how
many have the very same wrong answer. Right answers say nothing: who learns well is alike. What
differs from the source: the chance of equal wrong answers is taken question by question from the
group's wrong answers, so the number of equal ones has a Poisson-binomial distribution, whose
tail is computed exactly.

Compared are the counted attempts of different people of one unit: all pairs of up to `BLOCK`
people; in a larger unit the people in the order in which they began, each block with itself and
the next. A pair is reported where its probability times the number of compared pairs is at
most `FAMILY` (Bonferroni): honest papers whose wrong answers are independent give a report in at
most 5 % of rounds and groups. Papers drawn at random share few questions; then little can be
found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from grading.analysis.papers import Papers, group_papers
from grading.frames import integers
from grading.marks import MarkStatus
from grading.messages import text
from grading.order import positions, text_codes

FAMILY = 0.05
BLOCK = 1500
ENOUGH_WRONG = 10
"""Wrong answers that a question needs in the group to be used."""

LEAST_BOTH = 4
"""Questions that both must have wrong: with fewer, a pair isn't compared."""

_SLACK = 10_000
"""How much a quick bound may exceed the limit for the exact tail to be computed."""

_WRONG = (MarkStatus.WRONG, MarkStatus.PARTIAL)


@dataclass(frozen=True)
class _Wrong:
    """The wrong answers of a group: paper, question and answer code of each; chance by question."""

    paper: np.ndarray
    question: np.ndarray
    answer: np.ndarray
    chance: np.ndarray


def alike(chosen: pd.DataFrame, answers: pd.DataFrame, scores: pd.DataFrame) -> list[tuple]:
    """Return rows of ADVICE_RESULTS from `group` on."""
    wrong = np.isin(scores["status"].to_numpy(dtype=object), _WRONG)
    units = text_codes(chosen["unit_id"])
    order = [integers(chosen["started_at"])[0], text_codes(chosen["attempt_id"])]
    found = []
    for papers in group_papers(chosen, answers, scores, "counted"):
        given = _wrong_answers(papers, answers, wrong)
        of_paper = papers.attempt
        blocks = list(_blocks(units[of_paper], *(key[of_paper] for key in order)))
        for first, second, equal, expected, both, chance, pairs in _pairs(given, blocks):
            rows = chosen.iloc[of_paper[[first, second]]].sort_values("attempt_id")
            one, other = rows.to_dict("records")
            explanation = text(
                "advice.alike",
                both=both,
                equal=equal,
                expected=f"{expected:.1f}".replace(".", ","),
                probability=f"{chance:.1e}".replace(".", ","),
                pairs=pairs,
            )
            found.append(
                (
                    one["group"], "alike", one["unit_id"], one["contestant_id"],
                    one["attempt_id"], other["contestant_id"], other["attempt_id"], float(equal),
                    expected, chance, explanation,
                )
            )  # fmt: skip
    return found


def tail(chances: np.ndarray, at_least: int) -> float:
    """Return the probability that at least so many of independent events happen."""
    found = np.zeros(len(chances) + 1)
    found[0] = 1.0
    for number, chance in enumerate(np.sort(chances), start=1):
        found[1 : number + 1] = found[1 : number + 1] * (1 - chance) + found[:number] * chance
        found[0] *= 1 - chance
    return float(found[at_least:].sum())


def _wrong_answers(papers: Papers, answers: pd.DataFrame, wrong: np.ndarray) -> _Wrong:
    keep = wrong[papers.row]
    paper, question = papers.paper[keep], papers.question[keep]
    codes = text_codes(answers["response"].iloc[papers.row[keep]])
    width = int(codes.max(initial=0)) + 1
    answer, pairs = pd.factorize(question * width + codes)
    times = np.bincount(answer, minlength=len(pairs))
    count = np.bincount(question, minlength=len(papers.ids))
    equal = np.zeros(len(papers.ids), dtype="int64")
    np.add.at(equal, pairs // width, times * (times - 1))
    # One equal pair more than was seen: never 0, and never too small.
    chance = np.minimum(1.0, (equal + 2) / np.maximum(count * (count - 1), 1))
    usable = (count >= ENOUGH_WRONG)[question]
    return _Wrong(paper[usable], question[usable], answer[usable], chance)


def _blocks(units: np.ndarray, *order: np.ndarray) -> Iterator[list[np.ndarray]]:
    """Yield, for each unit, its papers in blocks; papers in the order in which they began."""
    papers = positions(units, *order)
    starts = np.flatnonzero(np.r_[True, units[papers][1:] != units[papers][:-1]])
    for one in np.split(papers, starts[1:]):
        if len(one) > 1:
            yield [one[at : at + BLOCK] for at in range(0, len(one), BLOCK)]


def _pairs(given: _Wrong, units: list[list[np.ndarray]]) -> list[tuple]:
    """Return (paper, paper, equal, expected, both, probability, pairs compared)."""
    most = sum(_size(one, other) for blocks in units for one, other in _neighbours(blocks))
    cutoff = min(1.0, _SLACK * FAMILY / max(most, 1))
    by_paper = np.argsort(given.paper, kind="stable")
    ends = np.searchsorted(given.paper[by_paper], np.arange(int(given.paper.max(initial=-1)) + 2))
    rows = _Rows(given, by_paper, ends)
    compared, likely = 0, []
    for blocks in units:
        for one, other in _neighbours(blocks):
            count, found = _compare(rows, one, other, cutoff)
            compared += count
            likely += found
    result = []
    for first, second, equal in likely:
        shared = np.intersect1d(rows.questions(first), rows.questions(second))
        chances = given.chance[shared]
        chance = tail(chances, equal)
        if chance * compared <= FAMILY:
            expected = float(np.sort(chances).sum())
            result.append((first, second, equal, expected, len(shared), chance, compared))
    return result


def _neighbours(blocks: list[np.ndarray]) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
    """Yield each block alone, and with the next."""
    for index, block in enumerate(blocks):
        yield block, None
        if index + 1 < len(blocks):
            yield block, blocks[index + 1]


def _size(one: np.ndarray, other: np.ndarray | None) -> int:
    return len(one) * (len(one) - 1) // 2 if other is None else len(one) * len(other)


@dataclass(frozen=True)
class _Rows:
    """Wrong answers, to be looked up by paper."""

    given: _Wrong
    by_paper: np.ndarray
    ends: np.ndarray

    def of(self, papers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return rows of `given` and, for each, the place of its paper in `papers`."""
        last = len(self.ends) - 2
        parts = [
            self.by_paper[self.ends[paper] : self.ends[paper + 1]] if paper <= last else []
            for paper in papers.tolist()
        ]
        place = np.repeat(np.arange(len(papers)), [len(part) for part in parts])
        rows = np.concatenate(parts).astype("int64") if parts else np.zeros(0, "int64")
        return rows, place

    def questions(self, paper: int) -> np.ndarray:
        """Return the questions that a paper has wrong."""
        return self.given.question[self.of(np.array([paper]))[0]]


def _compare(
    rows: _Rows, one: np.ndarray, other: np.ndarray | None, cutoff: float
) -> tuple[int, list[tuple[int, int, int]]]:
    """Return how many pairs were compared, and (paper, paper, equal) of those to look at closer."""
    left = rows.of(one)
    right = left if other is None else rows.of(other)
    size = len(one), len(one if other is None else other)
    given = rows.given
    questions, answers = given.question, given.answer
    both = _shared(questions, left, right, size, None)
    equal = _shared(answers, left, right, size, None)
    expected = _shared(questions, left, right, size, given.chance)
    compared = both >= LEAST_BOTH
    if other is None:
        compared = np.triu(compared, 1)
    first, second = np.nonzero(compared & (equal > expected) & (equal >= 2))
    k, n = equal[first, second], both[first, second]
    near = _bound(k, n, expected[first, second]) <= cutoff
    papers = one[first[near]], (one if other is None else other)[second[near]]
    found = zip(*(x.tolist() for x in (*papers, k[near].astype("int64"))), strict=True)
    return int(compared.sum()), list(found)


def _shared(
    codes: np.ndarray,
    left: tuple[np.ndarray, np.ndarray],
    right: tuple[np.ndarray, np.ndarray],
    size: tuple[int, int],
    weights: np.ndarray | None,
) -> np.ndarray:
    """Return, for every pair, how many codes both have, or the sum of these codes' weights."""
    found, place = np.unique(np.concatenate([codes[left[0]], codes[right[0]]]), return_inverse=True)
    cut = len(left[0])
    a = np.zeros((size[0], len(found)), dtype="float32")
    b = np.zeros((size[1], len(found)), dtype="float32")
    a[left[1], place[:cut]] = 1 if weights is None else weights[codes[left[0]]]
    b[right[1], place[cut:]] = 1
    return a @ b.T


def _bound(equal: np.ndarray, both: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return Hoeffding's bound of the tail: exp(-n KL(k/n, mean chance))."""
    share = np.clip(equal / both, 0, 1)
    mean = np.clip(expected / both, 1e-9, 1 - 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.where(share > 0, share * np.log(share / mean), 0.0)
        rest = np.where(share < 1, (1 - share) * np.log((1 - share) / (1 - mean)), 0.0)
    return np.exp(-both * (first + rest))
