"""Rulings as documents list them: what each set, in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from contest.papers import rows
from contest.papers.messages import text
from contest.papers.result import Result
from contest.papers.words import NONE, clean, count, known, moment, points


def ruling_rows(result: Result, naming: rows.Naming) -> list[rows.Row]:
    """Return a row for every ruling that a result rests on, what it set among it."""
    made = []
    for row in result.rulings.itertuples(index=False):
        round_id = rows.value(row.round)
        rules = result.rules.get(round_id) if round_id else None
        made.append(
            {
                "stt": count(int(row.number)),
                "ky": text("row.all")
                if round_id is None
                else clean(rules.round(round_id).title if rules else round_id),
                "loai": known(f"ruling.{row.kind}", row.kind),
                "doi_tuong": NONE if row.subject == round_id else rows.said(row.subject),
                "noi_dung": _ruling_value(row),
                "ly_do": naming.free(clean(row.reason)),
                "van_ban": rows.said(row.document),
                "nguoi": clean(row.actor),
                "thoi_diem": moment(int(row.ruled_at)),
            }
        )
    return made


def _ruling_value(row: Any) -> str:
    found = rows.value(row.value)
    data = json.loads(found) if found else None
    if not isinstance(data, dict):
        return rows.said(found)
    if "ms" in data:
        return text("ruling.ms", phut=count(data["ms"] // 60_000))
    told = _RULING_WORDS.get(row.kind)
    return told(data) if told else NONE


_RULING_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "void": lambda data: text(f"ruling.void.{data['how']}"),
    "accept": lambda data: _answer(data["value"]),
    "unit": lambda data: text("ruling.unit.to", unit=data["unit"]),
    "true_value": lambda data: clean(data["value"]),
    "mark": lambda data: text("ruling.mark.of", cau=data["question"], diem=points(data["micro"])),
    "admit": lambda data: text(
        "ruling.admitted", n=count(data["contestants"]), theo=clean(data["origin"])
    ),
    "undo": lambda data: text("ruling.undone", n=data["ruling"]),
    "undo_live": lambda data: text("ruling.undone", n=data["ruling"]),
}
"""Kind of ruling -> what it set, in words."""


def _answer(value: Any) -> str:
    """Return a further right answer: its text, or the texts of its gaps."""
    shown = value.values() if isinstance(value, dict) else [value]
    return "; ".join(clean(str(one)) for one in shown)
