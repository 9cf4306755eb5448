"""Small contests that can be written in a line and checked with a pencil.

A paper is a text with one letter per question: `r` right, `w` wrong, `-` left
empty, `?` something that can't be read. Questions are q1, q2 …; their right
option is `a`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from grading import Adjustments, GradingRules, Results, RoundInput, from_rows, grade
from grading.frames import ALL_ANSWERS, ALL_ATTEMPTS, PEOPLE, UNITS
from questions import Bank

RESPONSES = {
    "r": '{"chosen":["a"]}',
    "w": '{"chosen":["b"]}',
    "-": None,
    "?": '{"chosen":["nowhere"]}',
}
BEGIN = 1_795_392_000_000
"""23/11/2026 07:00 in Viet Nam, milliseconds UTC."""


@dataclass(frozen=True)
class Sitting:
    """One attempt: who, what paper, and when (milliseconds after `BEGIN`)."""

    person: str
    paper: str
    number: int = 1
    unit: str = "dv1"
    round: str = "ky-1"
    group: str = "chung"
    state: str = "submitted"
    excluded: bool = False
    start: int = 0
    took: int = 60_000
    prediction: Decimal | None = None
    registered: int = 0
    granted: int = 0
    allowed: int = 600_000
    took_each: int | None = None

    @property
    def attempt_id(self) -> str:
        """Unique: round, person and number."""
        return f"{self.round}/{self.person}/{self.number}"

    @property
    def end(self) -> int | None:
        """Milliseconds UTC; None while unfinished."""
        return None if self.state == "unfinished" else BEGIN + self.start + self.took


def sit(person: str, paper: str, *, guess: str | int | None = None, **more: Any) -> Sitting:
    """Return a sitting; `guess` is the prediction as typed."""
    return Sitting(person, paper, prediction=None if guess is None else Decimal(guess), **more)


def attempts(sittings: Iterable[Sitting]) -> pd.DataFrame:
    """Return ATTEMPTS with all further columns."""
    rows = [
        (
            one.round,
            one.group,
            one.person,
            one.unit,
            one.attempt_id,
            one.number,
            one.state,
            one.excluded,
            BEGIN + one.start,
            one.end,
            one.prediction,
            BEGIN + one.registered,
            one.granted,
            one.allowed,
        )
        for one in sittings
    ]
    return from_rows(rows, ALL_ATTEMPTS, "attempts")


def answers(sittings: Iterable[Sitting]) -> pd.DataFrame:
    """Return ANSWERS with all further columns; every answer took `took_each`."""
    rows = [
        (one.attempt_id, position, f"q{position}", RESPONSES[letter], one.took_each, one.took_each)
        for one in sittings
        for position, letter in enumerate(one.paper, start=1)
    ]
    return from_rows(rows, ALL_ANSWERS, "answers")


def people(sittings: Iterable[Sitting]) -> pd.DataFrame:
    """Return PEOPLE: everybody is called `Thí sinh thử` and the id."""
    ids = sorted({one.person for one in sittings})
    return from_rows([(id_, f"Thí sinh thử {id_}") for id_ in ids], PEOPLE, "people")


def units(*rows: Sequence[Any]) -> pd.DataFrame:
    """Return UNITS of (unit_id, parent, block, headcount); a lone unit `dv1` by default."""
    rows = rows or (("dv1", None, None, 10),)
    parents = {row[0]: row[1] for row in rows}

    def level(unit_id: str) -> int:
        parent = parents[unit_id]
        return 1 if parent is None else 1 + level(parent)

    filled = [
        (id_, f"Đơn vị mẫu {id_}", parent, block, headcount, level(id_))
        for id_, parent, block, headcount in rows
    ]
    return from_rows(filled, UNITS, "units")


def choice(id_: str, **more: Any) -> dict[str, Any]:
    """Return a question with options a to d as plain data; `a` is right."""
    letters = "abcd"
    question = {
        "id": id_,
        "type": "single",
        "topic": "chu-de",
        "level": "recall",
        "stem": f"Nội dung của câu {id_}?",
        "facts": ["du-kien"],
        "options": [{"id": letter, "text": f"Phương án {letter}"} for letter in letters],
        "key": "a",
    }
    return question | more


def bank(*questions: dict[str, Any]) -> Bank:
    """Return a bank of the given questions (plain data), or of q1 to q9."""
    return Bank.from_data(
        {
            "id": "ngan-hang",
            "title": "Ngân hàng thử",
            "topics": [{"id": "chu-de", "title": "Chủ đề"}],
            "sources": [
                {
                    "id": "nghi-quyet",
                    "title": "Nghị quyết thử",
                    "issuer": "Cơ quan thử",
                    "number": "01-NQ/THU",
                    "kind": "document",
                    "copy": "official",
                },
                {
                    "id": "bao-cao",
                    "title": "Báo cáo thử",
                    "issuer": "Cơ quan thử",
                    "kind": "report",
                    "copy": "unofficial",
                },
            ],
            "facts": [
                {
                    "id": "du-kien",
                    "statement": "Một dữ kiện thử.",
                    "cites": {"source": "nghi-quyet", "place": "mục I"},
                    "status": "one_source",
                }
            ],
            "questions": list(questions) or [choice(f"q{number}") for number in range(1, 10)],
        }
    )


def keys(*named: str) -> list[dict[str, str]]:
    """Return sort keys from texts such as `score high`."""
    return [dict(zip(("key", "order"), one.split(), strict=True)) for one in named]


def prediction(quantity: str, **changed: object) -> dict[str, object]:
    """Return what a prediction is measured against, as the sample contest says it."""
    stated = {"scope": "round", "equal": "same", "excluded_count": False, "true_value": "computed"}
    return {"quantity": quantity, **stated, **changed}


SAMPLE_KEYS = ("score high", "prediction_error low", "duration low", "submitted_at low")


def rules(
    *people_keys: str,
    counted: Sequence[str] = ("score high", "duration low"),
    by: Any = "people",
    quantity: str | None = "people",
    points: str = "10",
    people: dict[str, Any] | None = None,
    units: dict[str, Any] | None = None,
    predicted: dict[str, Any] | None = None,
    **more: Any,
) -> GradingRules:
    """Return rules; those of the sample contest by default.

    `people`, `units` and `predicted` change single keys of these parts, `more` whole parts.
    """
    ranking = {"keys": keys(*(people_keys or SAMPLE_KEYS)), "ties": "shared", **(people or {})}
    stated = None if quantity is None else prediction(quantity, **(predicted or {}))
    return GradingRules.model_validate(
        {
            "points": Decimal(points),
            "counted": {"keys": keys(*counted)},
            "people": ranking,
            "units": {"by": by, **(units or {})},
            "prediction": stated,
            **more,
        }
    )


def prizes(*counts: tuple[str, int], **more: Any) -> dict[str, Any]:
    """Return prizes of people by (id, count), of every round, equals at the end all winning."""
    listed = [{"id": id_, "title": f"Giải {id_}", "count": count} for id_, count in counts]
    return {"of": "round", "prizes": listed, "edge": "all", **more}


def grade_all(
    sittings: Sequence[Sitting],
    given: GradingRules | None = None,
    tree: pd.DataFrame | None = None,
    adjustments: Adjustments | None = None,
) -> Results:
    """Grade sittings of any rounds, all under the same rules, units and rulings."""
    tree = units() if tree is None else tree
    round_ids = sorted({one.round for one in sittings}) or ["ky-1"]
    return grade(
        attempts(sittings),
        answers(sittings),
        people(sittings),
        [
            RoundInput(id_, bank(), tree, given or rules(), adjustments or Adjustments())
            for id_ in round_ids
        ],
    )


def records(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """Return the rows of some columns as tuples of plain values, None for null."""
    part = frame[list(columns) if columns else list(frame.columns)].astype(object)
    return [
        tuple(None if value is None or value is pd.NA or value != value else value for value in row)
        for row in part.itertuples(index=False, name=None)
    ]
