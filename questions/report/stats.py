"""What a bank consists of, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from questions.model import LIST_LENGTHS, Bank
from questions.report.messages import text
from questions.types import Level


def stats(banks: Iterable[Bank]) -> dict[str, Any]:
    """Count the questions of one or several banks.

    Returns
    -------
    dict
        `questions`; `by_type` (types that occur), `by_topic` (all topics), `by_level` (all three);
        `lists`: list -> item -> questions that cite a fact of that item; `untraced`: questions
        from which no way leads to a source.
    """
    banks = list(banks)
    pairs = [(bank, question) for bank in banks for question in bank.questions]
    topics = Counter({topic.id: 0 for bank in banks for topic in bank.topics})
    topics.update(question.topic for _, question in pairs)
    levels = Counter(dict.fromkeys(get_args(Level), 0))
    levels.update(question.level for _, question in pairs)
    return {
        "questions": len(pairs),
        "by_type": dict(sorted(Counter(question.type for _, question in pairs).items())),
        "by_topic": dict(topics),
        "by_level": dict(levels),
        "lists": _lists(pairs),
        "untraced": sum(not is_traced(bank, question) for bank, question in pairs),
    }


def is_traced(bank: Bank, question: Any) -> bool:
    """Return whether everything a question cites leads to a source, and it cites something."""
    facts = [bank.fact_by_id.get(id_) for id_ in question.facts]
    sources = [*question.sources, *(fact.cites.source for fact in facts if fact)]
    return (
        question.is_grounded()
        and None not in facts
        and all(source in bank.source_by_id for source in sources)
    )


def _lists(pairs: Sequence[tuple[Bank, Any]]) -> dict[str, dict[str, int]]:
    count: Counter[tuple[str, int]] = Counter()
    for bank, question in pairs:
        facts = [fact for id_ in question.facts if (fact := bank.fact_by_id.get(id_))]
        count.update({(fact.list, fact.item) for fact in facts if fact.list and fact.item})
    return {
        name: {str(item): count[name, item] for item in range(1, length + 1)}
        for name, length in LIST_LENGTHS.items()
    }


def distribution(banks: Iterable[Bank]) -> Mapping[tuple[str, str, str], int]:
    """Return how many questions there are for each topic, level and type that occur together."""
    return Counter(
        (question.topic, question.level, question.type)
        for bank in banks
        for question in bank.questions
    )


def key_positions(banks: Iterable[Bank]) -> Mapping[tuple[int, int], int]:
    """Return for single choices: (number of options, 1-based place of the key) -> questions."""
    found: Counter[tuple[int, int]] = Counter()
    for bank in banks:
        for question in bank.questions:
            if question.type == "single":
                ids = [option.id for option in question.options]
                found[len(ids), ids.index(question.key) + 1] += 1
    return found


def told(banks: Sequence[Bank]) -> str:
    """Return the figures of banks as lines to read, with topic × level × type."""
    figures = stats(banks)
    lines = [
        text("stats.questions", n=figures["questions"]),
        text("stats.by_type", cells=_cells(figures["by_type"], "type")),
        text("stats.by_level", cells=_cells(figures["by_level"], "level")),
        text("stats.by_topic"),
    ]
    spread = distribution(banks)
    for topic, n in figures["by_topic"].items():
        lines.append(text("stats.topic", topic=topic, n=n))
        for level in get_args(Level):
            here = (topic, level)
            types = {key[2]: count for key, count in sorted(spread.items()) if key[:2] == here}
            if types:
                shown = _cells(types, "type")
                lines.append(text("stats.cell", level=text(f"level.{level}"), types=shown))
    lines.append(text("stats.by_list"))
    for name, items in figures["lists"].items():
        lines.append(text("stats.list", list=text(f"list.{name}"), cells=_cells(items)))
    lines.append(text("stats.positions"))
    positions = key_positions(banks)
    for size in sorted({size for size, _ in positions}):
        counts = {str(place): positions.get((size, place), 0) for place in range(1, size + 1)}
        lines.append(text("stats.position", options=size, cells=_cells(counts)))
    lines.append(text("stats.untraced", n=figures["untraced"]))
    return "\n".join(lines)


def _cells(counts: Mapping[str, int], names: str = "") -> str:
    shown = {name: text(f"{names}.{name}") if names else f"{name}:" for name in counts}
    return ", ".join(text("stats.pair", name=shown[name], n=n) for name, n in counts.items())
