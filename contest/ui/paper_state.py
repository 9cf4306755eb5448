"""What the page is told of a paper: positions and texts, never an id and never a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contest.attempt import State
from contest.kinds import kind_of
from contest.pictures import told
from contest.replay import Replay
from contest.sitting import Sitting, prediction_decimals
from contest.ui.messages import text
from contest.ui.rich import rich

RICH = ("options", "statements", "left", "right", "items")
"""Fields of questions whose entries may hold Markdown."""


def paper_state(
    sitting: Sitting, replay: Replay, sources: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return questions, answers and prediction of a paper, as `docs/protocol.md` lays them out.

    Parameters
    ----------
    sources : mapping or None
        Where the page finds pictures, by their hash.
    """
    paper = sitting.paper
    answers, flags = {}, []
    for q, item in enumerate(paper.items, start=1):
        response = replay.responses.get(item.question.id)
        if response:
            answers[str(q)] = kind_of(item).write(item, response)
        if item.question.id in replay.flags:
            flags.append(q)
    rules = sitting.frozen.rules
    return {
        "title": rules.contest.title,
        "round": sitting.frozen.round.title,
        "started": replay.started_at,
        "written": replay.written,
        "questions": [
            question_state(q, item, _image(sitting, item, sources or {}))
            for q, item in enumerate(paper.items, start=1)
        ],
        "answers": answers,
        "flags": flags,
        "prediction": _prediction(sitting, replay.prediction),
    }


def _image(sitting: Sitting, item: Any, sources: Mapping[str, str]) -> dict[str, Any] | None:
    picture = sitting.bank.picture_of(item.question)
    return told(item.question, picture, sources.get(picture.hash)) if picture else None


def question_state(q: int, item: Any, image: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what the page is told of one question; `image` is what `told` returned."""
    question = item.question
    return {
        "q": q,
        "kind": question.kind,
        "stem": rich(question.stem, blocks=True),
        "hint": _hint(question),
        "image": image,
        **_texts(kind_of(item).fields(item)),
    }


def _texts(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a question, its entries as the page draws them."""
    drawn = {name: [rich(one) for one in fields[name]] for name in RICH if name in fields}
    return {**fields, **drawn}


def _hint(question: Any) -> str:
    if question.kind == "choice":
        return text("q.pick_many" if question.many else "q.pick_one")
    if question.kind != "essay":
        return text(f"q.hint.{question.kind}")
    least, most = question.min_words, question.max_words
    if least is None and most is None:
        return text("q.hint.essay")
    which = "both" if least and most else "least" if least else "most"
    return text(f"q.hint.essay.{which}", it_nhat=least, nhieu_nhat=most)


def _prediction(sitting: Sitting, value: str | None) -> dict[str, Any] | None:
    rule = sitting.frozen.rules.prediction
    if rule is None:
        return None
    question, hint = rule.asked(sitting.frozen.round.title)
    return {
        "label": question,
        "hint": hint,
        "unit": text(f"unit.{rule.quantity}"),
        "decimals": prediction_decimals(rule.quantity),
        "value": value,
    }


async def ended_state(sitting: Sitting) -> dict[str, Any]:
    """Return how an attempt ended, and which questions the server holds an answer for."""
    replay = await sitting.replay()
    received, empty = [], []
    for q, item in enumerate(sitting.paper.items, start=1):
        (received if item.question.id in replay.responses else empty).append(q)
    submitted = replay.state is State.SUBMITTED
    return {
        "how": "submit" if submitted else "expire",
        "at": replay.submitted_at if submitted else sitting.deadline,
        "receipt_url": sitting.result_url,
        "received": received,
        "empty": empty,
        "prediction": replay.prediction is not None,
    }
