"""A paper's result by topic, for its owner's page.

The figures are figures of the key: whoever asks for them has made sure that the right answers of
this paper may be seen, by the person who asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contest.board.policy import shown_of
from contest.draw import Item
from contest.rounds import Rounds
from contest.rules import Rules
from contest.topics.counts import TopicCount, by_topic
from grading.marks import Mark
from questions.model import Bank

BAR = 118
"""Length of a bar's inside, in units of its picture."""


def topic_rows(bank: Bank, items: Iterable[Item], marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """Return the rows of the table, topics as they come on the paper.

    Parameters
    ----------
    bank : Bank
        Has the topics' titles.
    items, marks : iterable
        The paper's questions and their marks, in its order.
    """
    titles = {topic.id: topic.title for topic in bank.topics}
    marked = ((item.question.topic, one) for item, one in zip(items, marks, strict=True))
    return [_row(titles.get(one.topic, one.topic), one) for one in by_topic(marked)]


def _row(title: str, count: TopicCount) -> dict[str, Any]:
    def length(questions: int) -> float:
        return round(BAR * questions / count.counted, 1) if count.counted else 0

    return {
        "title": title,
        "count": count,
        "right": length(count.right),
        "partial": length(count.partial),
        "bar": BAR,
    }


async def is_predicted(rounds: Rounds, rules: Rules, *, over: bool) -> bool:
    """Return whether right answers are what is being predicted: then their counts wait.

    As on the leaderboard: until this round is closed (`over`), or every round where that is what
    the prediction is about.
    """
    if rules.prediction is None:
        return False
    every = [await rounds.closed(one.id) for one in rules.rounds]
    return shown_of(rules, closed=over, all_closed=all(every)).people == "later"
