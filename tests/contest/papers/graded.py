"""Graded result folders to make documents from, with names that try to do harm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from grading import Extras, Meta, Results, RoundMeta, from_rows, write_results
from grading.result_frames import REMOVED
from tests.grading.factories import BEGIN, Sitting, grade_all, keys, sit, units

DAY = 86_400_000
HOSTILE = (
    "=1+1",
    "+84 912 345 678",
    "@SUM(A1)",
    "-2+3",
    "Nguyễn Thị Ánh Ngọc {{ ten_cuoc_thi }} <b>&",
    "Đặng Quốc Khánh".encode().decode(),
    "A\u0306n Na\u0306m Đa\u0306\u0323ng",  # decomposed letters
    "\u202eשלום Trần",
    "Lê 🎉 Vui",
    "Tên rất dài " * 15,
)
"""Names as people may type them."""

RULES: dict[str, Any] = {
    "version": 2,
    "contest": {
        "id": "thu",
        "title": "Tìm hiểu pháp luật",
        "organiser": "Ban Tổ chức thử",
        "contact": "Tổ Thư ký thử",
    },
    "bank": "ngan_hang",
    "units": "don_vi.csv",
    "registration": {
        "fields": [{"kind": "name"}],
        "key": "none",
        "consent": {"purpose": "thử", "seen_by": "Ban Tổ chức", "delete_on": "2027-06-01"},
    },
    "paper": {"minutes": 20, "points": 10, "blueprint": [{"topic": "chung", "questions": 8}]},
    "attempts": {
        "limit": 2,
        "per": "round",
        "counted": {"keys": keys("score high", "duration low")},
    },
    "prediction": None,
    "reveal": {"right_answers": "after_round"},
    "rounds": [
        {
            "id": "ky-1",
            "title": "Kỳ 1",
            "windows": [{"opens": "2026-11-23 07:00", "closes": "2026-11-30 07:00"}],
        },
        {
            "id": "ky-2",
            "title": "Kỳ 2",
            "windows": [{"opens": "2026-12-01 07:00", "closes": "2026-12-08 07:00"}],
        },
    ],
    "groups": [{"id": "chung", "title": "Mọi thí sinh"}],
    "ranking": {
        "people": {"keys": keys("score high", "duration low"), "ties": "shared"},
        "units": {"by": "share"},
    },
    "prizes": {
        "people": [
            {
                "of": "round",
                "edge": "all",
                "prizes": [
                    {"id": "nhat", "title": "Giải Nhất", "count": 1, "value": 5_000_000},
                    {"id": "nhi", "title": "Giải Nhì", "count": 2, "value": 3_000_000},
                    {"id": "kk", "title": "Giải Khuyến khích", "count": 5, "value": 500_000},
                ],
            }
        ],
        "units": [],
    },
}  # fmt: skip
PRIZES = ("nhat", "nhi", "nhi", "kk", "kk", "kk", "kk", "kk")

TREE = (
    ("khoi-a", None, "Khối A", None),
    ("dv1", "khoi-a", "Khối A", 40),
    ("dv2", "khoi-a", "Khối A", 30),
    ("khoi-b", None, "Khối B", 50),
    ("dv3", "khoi-b", "Khối B", 50),
)


def sittings(people: int = 24, rounds: tuple[str, ...] = ("ky-1", "ky-2")) -> list[Sitting]:
    """Return attempts of many people over days, some twice, some expired, excluded, unfinished."""
    found = []
    for index, round_id in enumerate(rounds):
        for n in range(people):
            right = (n * 7 + index) % 9
            paper = "r" * right + "w" * (8 - right)
            start = index * 8 * DAY + (n % 7) * DAY
            state = "expired" if n % 8 == 3 else "submitted"
            more = {"unit": f"dv{n % 3 + 1}", "round": round_id, "start": start, "state": state}
            guess = 20 + n if n % 5 else None
            found.append(sit(f"ts-{n:03}", paper, guess=guess, took=60_000 + n * 1234, **more))
            if n % 6 == 5:
                again = {**more, "start": start + 3_600_000, "state": "submitted"}
                found.append(sit(f"ts-{n:03}", "r" * 8, number=2, excluded=n % 12 == 5, **again))
        unfinished = sit(
            f"ts-{people:03}", "rrr-----", unit="dv3", round=round_id, state="unfinished",
            start=index * 8 * DAY,
        )  # fmt: skip
        found.append(unfinished)
    return found


def graded(given: list[Sitting] | None = None, *, prizes: bool = True) -> Results:
    """Grade; the first people win prizes, and the first names are hostile."""
    results = grade_all(sittings() if given is None else given, tree=units(*TREE))
    people = results.people
    names = dict(zip(sorted(set(people["contestant_id"])), HOSTILE, strict=False))
    people["name"] = [
        names.get(id_, name)
        for id_, name in zip(people["contestant_id"], people["name"], strict=True)
    ]
    if prizes:
        won = dict(enumerate(PRIZES, start=1))
        people["prize"] = pd.Series(
            [None if pd.isna(rank) else won.get(int(rank)) for rank in people["rank"]], dtype="str"
        )
    return replace(results, people=people)


def removed(results: Results) -> pd.DataFrame:
    """Return REMOVED for the excluded attempts."""
    out = results.attempts[results.attempts["status"] == "excluded"]
    rows = [
        (
            row.round, row.group, row.contestant_id, row.attempt_id, row.number,
            "=HYPERLINK() gọi số 0912345678", None, "Tổ Thư ký", BEGIN + 9 * DAY, n,
        )
        for n, row in enumerate(out.itertuples(index=False), start=1)
    ]  # fmt: skip
    return from_rows(rows, REMOVED, "removed")


def write_graded(
    out: Path,
    results: Results | None = None,
    *,
    final: bool = True,
    sample: bool = False,
    rehearsal: bool = False,
    rules: dict[str, Any] | None = None,
) -> Results:
    """Write a graded result as `timhieu grade` does; return what was graded."""
    results = graded() if results is None else results
    one = RoundMeta(final, "b" * 64, "c" * 64, "d" * 64, "e" * 64, "f" * 64)
    meta = Meta(
        "thu", RULES["contest"]["title"], sample, False, BEGIN + 20 * DAY, "0.1.0", "a" * 64,
        dict.fromkeys(results.predicted, one), rehearsal=rehearsal,
    )  # fmt: skip
    written = yaml.safe_dump(rules or RULES, allow_unicode=True)
    write_results(out, results, Extras(written, removed=removed(results)), meta)
    return results
