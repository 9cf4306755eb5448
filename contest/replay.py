"""An attempt's rows -> what they add up to. Pure; used by the pages and by grading alike."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from contest.attempt import Kind, Row, State


@dataclass
class Replay:
    """What an attempt's rows say.

    Attributes
    ----------
    opened : dict
        Body of the first row.
    responses : dict
        Question id -> canonical response, such as `{"chosen": [option ids]}`; questions never
        answered or cleared are absent.
    spent : dict
        Question id -> milliseconds: the time from one saved answer (or the start) to the next
        belongs to the question saved at its end; questions never saved are absent.
    elapsed : dict
        Question id -> milliseconds: the last such time of each question in `responses`.
    flags : set of str
        Questions marked for a second look.
    prediction : str or None
        Canonical decimal, or None.
    pen : int
        Newest pen granted.
    written : int
        Newest pen under which anything was stored that counted then; 0: none yet.
    last_at : int
        When the last row was received, milliseconds UTC.
    submitted_at : int or None
        When the submission was received; None unless submitted.
    """

    state: State = State.NEW
    started_at: int = 0
    opened: dict[str, Any] = field(default_factory=dict)
    responses: dict[str, dict[str, Any]] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)
    elapsed: dict[str, int] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    prediction: str | None = None
    pen: int = 0
    written: int = 0
    last_at: int = 0
    submitted_at: int | None = None

    @property
    def predicted(self) -> Decimal | None:
        """The prediction as a number."""
        return None if self.prediction is None else Decimal(self.prediction)


def replay(rows: Iterable[Row]) -> Replay:
    """Return what `rows`, in order, add up to; stale rows count for nothing.

    What a page said later counts, even where it was stored earlier: after a failed commit
    the older message is sent again behind the newer one.
    """
    result = Replay()
    said: dict[tuple[Kind, str], tuple[int, int]] = {}
    saved_at = 0
    for row in rows:
        result.last_at = row.at
        if row.kind is Kind.PEN:
            result.pen = row.pen
        elif row.kind is Kind.OPEN:
            result.state = State.RUNNING
            result.started_at = saved_at = row.at
            result.opened = json.loads(row.body)
        elif row.kind is Kind.SUBMIT:
            result.state = State.SUBMITTED
            result.submitted_at = row.at
        elif row.kind is Kind.EXPIRE:
            result.state = State.EXPIRED
        elif row.pen == result.pen:
            result.written = row.pen
            gone = max(row.at - saved_at, 0)
            question = _apply(result, row, said, gone)
            if row.kind is Kind.RESPONSE:
                result.spent[question] = result.spent.get(question, 0) + gone
                saved_at = row.at
    return result


def _apply(
    result: Replay, row: Row, said: dict[tuple[Kind, str], tuple[int, int]], gone: int
) -> str:
    body = json.loads(row.body)
    question = body.get("question", "")
    order = row.pen, row.sequence or 0
    if said.get((row.kind, question), (0, 0)) > order:
        return question
    said[row.kind, question] = order
    if row.kind is Kind.PREDICTION:
        result.prediction = body["value"]
        return question
    if row.kind is Kind.FLAG:
        (result.flags.add if body["on"] else result.flags.discard)(question)
        return question
    response = {key: value for key, value in body.items() if key != "question"}
    if any(response.values()):
        result.responses[question] = response
        result.elapsed[question] = gone
    else:
        result.responses.pop(question, None)
        result.elapsed.pop(question, None)
    return question
