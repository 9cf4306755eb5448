"""What became of the questions of a paper, topic by topic. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from grading.marks import Mark, MarkStatus

Status = MarkStatus


@dataclass(frozen=True)
class TopicCount:
    """How the questions of one topic on a paper came out.

    Attributes
    ----------
    right : int
        With full marks, as in grading: a question voided in favour of all is one of them.
    partial, wrong, unanswered : int
        With a part of the marks, with none, and without an answer.
    waiting : int
        Whose marks nobody can say yet.
    out : int
        Taken out by a ruling: the only ones that don't count.
    """

    topic: str
    right: int = 0
    partial: int = 0
    wrong: int = 0
    unanswered: int = 0
    waiting: int = 0
    out: int = 0

    @property
    def counted(self) -> int:
        """Number of questions that count."""
        return self.right + self.partial + self.wrong + self.unanswered + self.waiting


def by_topic(marked: Iterable[tuple[str, Mark]]) -> tuple[TopicCount, ...]:
    """Count what became of a paper's questions, by topic.

    Parameters
    ----------
    marked : iterable of (str, Mark)
        The topic's id and the mark of every question, in the order of the paper.

    Returns
    -------
    tuple of TopicCount
        In the order in which the topics first come on the paper.
    """
    found: defaultdict[str, Counter[MarkStatus]] = defaultdict(Counter)
    for topic, mark in marked:
        found[topic][mark.status] += 1
    return tuple(_count(topic, statuses) for topic, statuses in found.items())


def _count(topic: str, statuses: Counter[MarkStatus]) -> TopicCount:
    return TopicCount(
        topic,
        right=statuses[Status.RIGHT] + statuses[Status.VOID_FULL],
        partial=statuses[Status.PARTIAL],
        wrong=statuses[Status.WRONG],
        unanswered=statuses[Status.UNANSWERED],
        waiting=statuses[Status.NEEDS_MARKER],
        out=statuses[Status.VOID_OUT],
    )
