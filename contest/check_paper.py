"""Whether every paper that the rules describe can be drawn from the bank, whatever the seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contest.draw import Pool
from contest.messages import problem
from contest.rules import Rules
from contest.rules_paper import Draw, PaperRules
from questions.model import Bank
from questions.problems import Problem
from questions.yaml_lines import Loc, YamlFile


def check_papers(rules: Rules, file: YamlFile, bank: Bank) -> Iterator[Problem]:
    """Return every blueprint line that can't be filled, or can't with every seed."""
    yield from _paper(rules, rules.paper, ("paper",), file, bank)
    for i, paper in enumerate(rules.papers):
        yield from _paper(rules, paper, ("papers", i), file, bank)


def most_taken(lines: Sequence[tuple[int, Sequence[str]]]) -> int:
    """Return how many different questions the lines can take at most, all together.

    A line takes the first of its questions that are left, in an order that nobody knows
    beforehand; there is one in which earlier lines take as many as this of a later line's.

    Parameters
    ----------
    lines : sequence of (int, sequence of str)
        How many questions each line takes, and which it may take.
    """
    holder: dict[str, int] = {}

    def gets_one_more(line: int, asked: set[int]) -> bool:
        """Give a line a question: a free one, or one whose holder can get another for it."""
        free = next((id_ for id_ in lines[line][1] if id_ not in holder), None)
        if free is not None:
            holder[free] = line
            return True
        for id_ in lines[line][1]:
            other = holder[id_]
            if other in asked:
                continue
            asked.add(other)
            if gets_one_more(other, asked):
                holder[id_] = line
                return True
        return False

    for line, (count, ids) in enumerate(lines):
        for _ in range(min(count, len(ids))):
            if not gets_one_more(line, {line}):
                break
    return len(holder)


def _paper(
    rules: Rules, paper: PaperRules, at: Loc, file: YamlFile, bank: Bank
) -> Iterator[Problem]:
    pool = Pool(bank, sample=rules.contest.sample)
    topics = {topic.id for topic in bank.topics}
    before: list[tuple[Draw, list[str]]] = []
    for i, (draw, fitting) in enumerate(zip(paper.blueprint, pool.fitting(paper), strict=True)):
        line = file.line((*at, "blueprint", i))
        if draw.topic not in topics:
            yield problem("rules.topic_unknown", file.name, line, topic=draw.topic)
            continue
        mine = [question.id for question in fitting.questions]
        # Earlier lines that may draw only what this one may need theirs besides.
        wanted = draw.questions + sum(one.questions for one, _ in before if _within(one, draw))
        taken = _taken_of(mine, before)
        if wanted > len(mine):
            written = sum(draw.takes(question) for question in bank.questions)
            yield problem(
                "rules.topic_small" if rules.contest.sample else "rules.topic_small_approved",
                file.name, line, topic=draw.topic, wanted=wanted, there=len(mine), written=written,
            )  # fmt: skip
        elif draw.questions > len(mine) - taken:
            yield problem(
                "rules.lines_overlap", file.name, line, wanted=draw.questions, there=len(mine),
                taken=taken, left=len(mine) - taken,
            )  # fmt: skip
        before.append((draw, mine))


def _taken_of(mine: list[str], before: list[tuple[Draw, list[str]]]) -> int:
    """Return how many of a line's questions the lines before it may have taken."""
    here = set(mine)
    shared = [(one.questions, [id_ for id_ in ids if id_ in here]) for one, ids in before]
    return most_taken([(count, ids) for count, ids in shared if ids])


def _within(one: Draw, other: Draw) -> bool:
    """Return whether every question that `one` may draw, `other` may draw too."""
    return (
        one.topic == other.topic
        and other.level in (None, one.level)
        and other.tag in (None, one.tag)
    )
