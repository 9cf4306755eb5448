"""What the page is told once a question has been answered: the key, why, and where it stands.

Until then nothing of this leaves the server.
"""

from __future__ import annotations

import datetime
from typing import Any

from contest.draw import Item
from contest.practice.scheduler import day_of
from contest.practice.session import Told
from contest.ui.practice.messages import text
from contest.ui.rich import rich
from grading.marks import MICRO, mark
from questions.answers import answer_words, key_words
from questions.model import Bank

Row = dict[str, Any]
WEB = ("https://", "http://")


def told_state(told: Told, now: int) -> dict[str, Any]:
    """Return the page's `told` message, but for its `t`."""
    asked = told.asked
    question, bank = asked.item.question, asked.bank.deck.bank
    status = "open" if told.status == "needs_marker" else told.status
    return {
        "ask": asked.ask,
        "status": status,
        "word": text(f"told.{status}"),
        "rows": rows_of(asked.item, asked.response or {}),
        "why": rich(question.explanation, blocks=True) if question.explanation else None,
        **grounds(bank, question),
        "siblings": told.siblings,
        "hinted": asked.hinted and told.status == "right",
        "comes": None if told.comes_on is None else comes(told.comes_on, now),
    }


def comes(day: datetime.date, now: int) -> str:
    """Return when a fact comes up again, in words."""
    days = (day - day_of(now)).days
    if days <= 0:
        return text("told.again_today")
    if days == 1:
        return text("told.tomorrow")
    return text("told.later", ngay=f"{day.day}/{day.month}/{day.year}")


def grounds(bank: Bank, question: Any) -> dict[str, Any]:
    """Return what a question rests on: its facts' statements, and their sources."""
    facts = [bank.fact_by_id[id_] for id_ in question.facts]
    places = [(fact.cites.source, fact.cites.place) for fact in facts]
    places = places or [(id_, "") for id_ in question.sources]
    return {
        "facts": [fact.statement for fact in facts],
        "sources": [_source(bank, *place) for place in dict.fromkeys(places)],
    }


def _source(bank: Bank, source_id: str, place: str) -> dict[str, Any]:
    source = bank.source_by_id[source_id]
    address = source.address if (source.address or "").startswith(WEB) else None
    return {"text": ", ".join(filter(None, (source.title, place))), "href": address}


def rows_of(item: Item, response: dict[str, Any]) -> list[Row]:
    """Return own answer beside the right one, part by part, each with its sign and its word."""
    return _ROWS[item.question.kind](item, response)


def _row(label: Any, mine: Any, key: Any, *, right: bool) -> Row:
    sign = "empty" if mine in (None, "") else "right" if right else "wrong"
    return {
        "label": label,
        "mine": mine or None,
        "key": key,
        "sign": sign,
        "word": text(f"told.part_{sign}"),
    }


def _choice(item: Item, response: dict[str, Any]) -> list[Row]:
    chosen, right = set(response.get("chosen", ())), item.question.right()
    rows = []
    for option in item.options:
        if option.id not in chosen | right:
            continue
        if option.id not in chosen:
            sign, word = "missed", "told.missed"
        elif option.id in right:
            sign, word = "right", "told.chosen_right"
        else:
            sign, word = "wrong", "told.chosen_wrong"
        label = rich(option.text)
        rows.append({"label": label, "mine": None, "key": None, "sign": sign, "word": text(word)})
    return rows


def _group(item: Item, response: dict[str, Any]) -> list[Row]:
    said = response.get("statements", {})
    words = {True: text("q.true"), False: text("q.false")}
    return [
        _row(
            rich(one.text),
            words.get(said.get(one.id)),
            words[one.key],
            right=said.get(one.id) == one.key,
        )
        for one in item.question.statements
    ]


def _match(item: Item, response: dict[str, Any]) -> list[Row]:
    pairs, key = response.get("pairs", {}), item.question.key
    right = {part.id: part.text for part in item.question.right}
    return [
        _row(
            rich(part.text),
            _rich(right.get(pairs.get(part.id, ""))),
            rich(right[key[part.id]]),
            right=pairs.get(part.id) == key[part.id],
        )
        for part in item.question.left
    ]


def _order(item: Item, response: dict[str, Any]) -> list[Row]:
    made, words = response.get("order", []), {part.id: part.text for part in item.options}
    return [
        _row(
            text("told.place", k=place), _rich(words.get(mine)), rich(words[key]), right=mine == key
        )
        for place, (mine, key) in enumerate(
            zip(
                [*made, *[None] * (len(item.question.key) - len(made))],
                item.question.key,
                strict=True,
            ),
            start=1,
        )
    ]


def _typed(item: Item, response: dict[str, Any]) -> list[Row]:
    typed = response.get("text", "")
    mine = answer_words(item.question, response)[0] if typed else None
    right = mark(item.question, response, MICRO).status == "right"
    return [_row(None, mine, "; ".join(key_words(item.question)), right=right)]


def _cloze(item: Item, response: dict[str, Any]) -> list[Row]:
    filled, rows = response.get("gaps", {}), []
    for place, gap in enumerate(item.question.gaps_in_order(), start=1):
        options = {part.id: part.text for part in gap.options}
        value = filled.get(gap.id)
        mine = options.get(value, value) if value else None
        key = options[gap.key] if gap.options else "; ".join(gap.accepted)
        alone = item.question.model_copy(
            update={"scoring": "all_or_nothing", "gaps": (gap,), "text": f"{{{{{gap.id}}}}}"}
        )
        one = mark(alone, {"gaps": {gap.id: value} if value else {}}, MICRO)
        label = text("told.gap", k=place)
        rows.append(_row(label, mine, key, right=one.status == "right"))
    return rows


def _essay(item: Item, response: dict[str, Any]) -> list[Row]:
    typed = response.get("text", "")
    sign = "open" if typed else "empty"
    rubric = "\n".join(f"• {criterion.text}" for criterion in item.question.rubric)
    word = text("told.rubric") if typed else text("told.part_empty")
    return [{"label": None, "mine": typed or None, "key": rubric, "sign": sign, "word": word}]


def _rich(words: str | None) -> Any:
    return None if words is None else rich(words)


_ROWS = {
    "choice": _choice,
    "group": _group,
    "match": _match,
    "order": _order,
    "number": _typed,
    "text": _typed,
    "cloze": _cloze,
    "essay": _essay,
}
"""Kind of question -> how own and right answer stand beside each other."""
