"""What the page is told of a paper: positions and texts, never an id and never a key."""

from __future__ import annotations

from typing import Any

from contest.attempt import State
from contest.replay import Replay
from contest.sitting import Sitting, prediction_decimals
from contest.ui.messages import text


def paper_state(sitting: Sitting, replay: Replay) -> dict[str, Any]:
    """Return questions, answers and prediction of a paper, as `docs/protocol.md` lays them out."""
    paper = sitting.paper
    answers, flags = {}, []
    for q, item in enumerate(paper.items, start=1):
        chosen = replay.responses.get(item.question.id)
        if chosen:
            answers[str(q)] = item.positions_of(chosen)
        if item.question.id in replay.flags:
            flags.append(q)
    rules = sitting.frozen.rules
    return {
        "title": rules.contest.title,
        "round": sitting.frozen.round.title,
        "started": replay.started_at,
        "questions": [_question(q, item) for q, item in enumerate(paper.items, start=1)],
        "answers": answers,
        "flags": flags,
        "prediction": _prediction(sitting, replay.prediction),
    }


def _question(q: int, item: Any) -> dict[str, Any]:
    question = item.question
    return {
        "q": q,
        "many": question.many,
        "stem": question.stem,
        "hint": text("q.pick_many" if question.many else "q.pick_one"),
        "image": None,
        "options": [option.text for option in item.options],
    }


def _prediction(sitting: Sitting, value: str | None) -> dict[str, Any] | None:
    rule = sitting.frozen.rules.prediction
    if rule is None:
        return None
    return {
        "label": rule.question,
        "hint": rule.hint,
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
        "receipt_url": f"/bien-nhan/{sitting.record.receipt}",
        "received": received,
        "empty": empty,
        "prediction": replay.prediction is not None,
    }
