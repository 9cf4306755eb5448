"""A hint for a question: a part of the answer, or where to look. Which one goes by the kind."""

from __future__ import annotations

from typing import Any

from contest.draw import Item
from contest.ui.practice.messages import text
from contest.ui.practice.told import grounds
from questions.model import Bank

FEWEST = 3
"""Options from which one may be taken away and something is still to be chosen."""


def hint_of(item: Item, bank: Bank) -> dict[str, Any]:
    """Return `text`, and `remove`: positions of options that are not right."""
    question = item.question
    if question.kind == "choice":
        return _choice(item, bank)
    made = _HINTS.get(question.kind)
    words = made(question) if made else None
    return {"text": words or _place(bank, question), "remove": []}


def _choice(item: Item, bank: Bank) -> dict[str, Any]:
    wrong = [
        place
        for place, option in enumerate(item.options, start=1)
        if option.id not in item.question.right()
    ]
    if len(item.options) < FEWEST or not wrong:
        return {"text": _place(bank, item.question), "remove": []}
    # Options stand in a random order, so the last wrong one is any of them.
    return {"text": text("hint.remove", k=wrong[-1]), "remove": wrong[-1:]}


def _group(question: Any) -> str:
    return text("hint.true", n=sum(one.key for one in question.statements))


def _match(question: Any) -> str:
    first = question.left[0]
    right = {part.id: part.text for part in question.right}
    return text("hint.pair", trai=first.text, phai=right[question.key[first.id]])


def _order(question: Any) -> str:
    words = {part.id: part.text for part in question.items}
    return text("hint.order", muc=words[question.key[0]])


def _number(question: Any) -> str:
    return text("hint.digits", n=sum(sign.isdigit() for sign in f"{question.key.normalize():f}"))


def _text(question: Any) -> str:
    return text("hint.first", chu=question.accepted[0].strip()[0])


def _cloze(question: Any) -> str:
    firsts = []
    for gap in question.gaps_in_order():
        options = {part.id: part.text for part in gap.options}
        firsts.append((options[gap.key] if gap.options else gap.accepted[0]).strip()[0])
    return text("hint.gaps", chu=", ".join(f"“{first}”" for first in firsts))


def _place(bank: Bank, question: Any) -> str:
    sources = grounds(bank, question)["sources"]
    if sources:
        return text("hint.source", nguon="; ".join(source["text"] for source in sources))
    titles = {topic.id: topic.title for topic in bank.topics}
    return text("hint.topic", chu_de=titles.get(question.topic, question.topic))


_HINTS = {
    "group": _group,
    "match": _match,
    "order": _order,
    "number": _number,
    "text": _text,
    "cloze": _cloze,
}
"""Kind -> a part of the answer; kinds left out are told where to look."""
