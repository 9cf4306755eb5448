"""The figures of one round -> the rows that documents print. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from contest.documents_rules import Documents
from contest.papers.figures import (
    Branch,
    RoundTables,
    Span,
    by_band,
    by_correct,
    mean_points,
    perfect,
)
from contest.papers.messages import text
from contest.papers.words import (
    NONE,
    Shown,
    clean,
    count,
    day,
    fraction,
    mean,
    moment,
    plain,
    share,
)  # fmt: skip

Row = dict[str, Any]

FEW = 30
"""Papers below which nothing is said of a question."""


@dataclass(frozen=True)
class Naming:
    """How people and free texts are shown: as they are, or masked."""

    winner: Callable[[str], str]
    other: Callable[[str], str]
    free: Callable[[str], str]


def value(cell: Any) -> Any:
    """Return a table's cell with null as None."""
    return None if cell is None or cell is pd.NA or cell != cell else cell


def said(cell: Any) -> str:
    """Return a table's text; `–` for null."""
    found = value(cell)
    return NONE if found is None else clean(str(found))


def name_of(row: Any, show: Callable[[str], str]) -> str:
    """Return a person's name, or the pseudonym where it was erased."""
    found = value(row.name)
    if found is None:
        return text("row.no_name", ma=row.contestant_id)
    return show(clean(found))


def unit_rows(tree: list[Branch]) -> list[Row]:
    """Return the top units, each with all below it."""
    return [
        {
            **unit_row(top.row, top.number, top.mean),
            "cap_duoi": [unit_row(one.row, one.number, one.mean) for one in top.walk()],
        }
        for top in tree
    ]


def unit_row(row: dict[str, Any], number: str, average: Fraction | None) -> Row:
    """Return a unit with its figures; `number` is its place in the list, as `1.2`."""
    headcount = value(row["headcount"])
    return {
        "stt": number,
        "don_vi": clean(row["unit"]),
        "khoi": said(row["block"]),
        "si_so": count(headcount),
        "so_nguoi": count(row["people"]),
        "ty_le": share(int(row["people"]), headcount),
        "so_luot": count(row["attempts"]),
        "diem_tb": mean(average),
        "so_giai": count(value(row["winners"])),
        "hang": count(value(row["rank"])),
    }


def unit_totals(tree: list[Branch]) -> Row:
    """Return the sums over the top units."""
    tops = [top.row for top in tree]
    headcounts = [value(row["headcount"]) for row in tops]
    known = tops and all(one is not None for one in headcounts)
    headcount = sum(map(int, headcounts)) if known else None
    people = sum(int(row["people"]) for row in tops)
    return {
        "tong_si_so": count(headcount),
        "tong_nguoi_don_vi": count(people),
        "tong_ty_le": share(people, headcount),
        "tong_luot_don_vi": count(sum(int(row["attempts"]) for row in tops)),
    }


def leading(tree: list[Branch], shown: int = 3) -> str:
    """Return the units without units below them that have most people, in words."""
    leaves = [one.row for top in tree for one in (top, *top.walk()) if not one.below]
    leaves = [row for row in leaves if row["people"]]
    leaves.sort(key=lambda row: -row["people"])  # stable: in the result's order where equal
    parts = [
        text("report.leading.one", don_vi=clean(row["unit"]), so=count(row["people"]))
        for row in leaves[:shown]
    ]
    return text("report.leading", ten=", ".join(parts)) if parts else text("none")


def day_rows(spans: list[Span]) -> list[Row]:
    """Return the rows of days."""
    return [{**_span(one, n), "ngay": day(one.first)} for n, one in enumerate(spans, start=1)]


def week_text(first: Any, last: Any) -> str:
    """Return `23/11/2026 – 29/11/2026`."""
    return text("word.span", tu=day(first), den=day(last))


def week_rows(spans: list[Span]) -> list[Row]:
    """Return the rows of weeks."""
    return [
        {**_span(one, n), "tuan": week_text(one.first, one.last)}
        for n, one in enumerate(spans, start=1)
    ]


def _span(span: Span, number: int) -> Row:
    return {
        "stt": count(number),
        "so_nguoi": count(span.people),
        "luy_ke_nguoi": count(span.all_people),
        "so_luot": count(span.entries),
        "luy_ke_luot": count(span.all_entries),
    }


def correct_rows(ranked: pd.DataFrame) -> list[Row]:
    """Return how many have how many questions right, most first, with running shares."""
    counts = by_correct(ranked)
    labels = [text("row.correct", n=correct) for correct, _ in counts]
    return _levels(labels, [number for _, number in counts])


def band_rows(ranked: pd.DataFrame) -> list[Row]:
    """Return how many reached which part of the full score."""
    counts = by_band(ranked)
    return _levels([text(f"band.{n}") for n in range(len(counts))], counts) if sum(counts) else []


def _levels(labels: list[str], counts: list[int]) -> list[Row]:
    whole, so_far, rows = sum(counts), 0, []
    for label, number in zip(labels, counts, strict=True):
        so_far += number
        rows.append(
            {
                "muc": label,
                "so_bai": count(number),
                "ty_le": share(number, whole),
                "luy_ke": share(so_far, whole),
            }
        )
    return rows


def group_rows(tables: RoundTables, titles: dict[str, str]) -> list[Row]:
    """Return the groups in the order of the rules, with their figures."""
    entries, ranked, people = tables.entries, tables.ranked, tables.people
    present = dict.fromkeys([*titles, *tables.attempts["group"]])
    whole = entries["contestant_id"].nunique()
    rows = []
    for group in present:
        mine = entries[entries["group"] == group]
        placed = ranked[ranked["group"] == group]
        persons = mine["contestant_id"].nunique()
        rows.append(
            {
                "ten": clean(titles.get(group, group)),
                "so_nguoi": count(persons),
                "ty_le": share(persons, whole),
                "so_luot": count(len(mine)),
                "diem_tb": mean(mean_points(placed["score"])),
                "so_dung_het": count(len(perfect(placed))),
                "so_giai": count(int(people[people["group"] == group]["prize"].notna().sum())),
            }
        )
    return rows


def block_rows(tree: list[Branch]) -> list[Row]:
    """Return the blocks with the sums of their top units."""
    blocks: dict[str | None, list[Branch]] = {}
    for top in tree:
        blocks.setdefault(value(top.row["block"]), []).append(top)
    rows = []
    for block, tops in blocks.items():
        sums = unit_totals(tops)
        won = [value(top.row["winners"]) for top in tops]
        rows.append(
            {
                "ten": text("row.no_block") if block is None else clean(block),
                "si_so": sums["tong_si_so"],
                "so_nguoi": sums["tong_nguoi_don_vi"],
                "ty_le": sums["tong_ty_le"],
                "so_luot": sums["tong_luot_don_vi"],
                "so_giai": count(None if None in won else sum(map(int, won))),
            }
        )
    return rows


def target_rows(tables: RoundTables, people: int, entries: int, documents: Documents) -> list[Row]:
    """Return what was aimed at and what was done."""
    targets, rows = documents.targets, []
    for key, wanted, done in (
        ("people", targets.people, people),
        ("attempts", targets.attempts, entries),
    ):
        if wanted is not None:
            rows.append(_target(text(f"row.target.{key}"), wanted, done))
    units = {row["unit_id"]: row for row in tables.units.to_dict("records")}
    for unit_id, wanted in targets.units.items():
        if unit_id in units:
            label = text("row.target.unit", don_vi=clean(units[unit_id]["unit"]))
            rows.append(_target(label, wanted, int(units[unit_id]["people"])))
    return rows


def _target(label: str, wanted: int, done: int) -> Row:
    return {
        "noi_dung": label,
        "chi_tieu": count(wanted),
        "thuc_hien": count(done),
        "ty_le": share(done, wanted),
    }


def compared_rows(
    now: dict[str, int], earlier: list[tuple[str, dict[str, int | None]]]
) -> list[Row]:
    """Return the figures beside those of earlier rounds or contests, where these are known."""
    rows = []
    for title, before in earlier:
        for key in ("people", "attempts"):
            known = before.get(key)
            if known is None:
                continue
            change = now[key] - known
            label = text("row.compared", noi_dung=text(f"row.target.{key}"), truoc=clean(title))
            sign = "+" if change > 0 else "−" if change < 0 else ""
            rows.append(
                {
                    "noi_dung": label,
                    "truoc": count(known),
                    "nay": count(now[key]),
                    "tang_giam": Shown(f"{sign}{count(abs(change))}", change, "whole"),
                    "ty_le": share(now[key], known),
                }
            )
    return rows


def removed_rows(tables: RoundTables, naming: Naming) -> list[Row]:
    """Return the excluded attempts."""
    people = {row.contestant_id: row for row in tables.people.itertuples(index=False)}
    names = {row["unit_id"]: row["unit"] for row in tables.units.to_dict("records")}
    units = dict(zip(tables.attempts["attempt_id"], tables.attempts["unit_id"], strict=True))
    rows = []
    for number, row in enumerate(tables.removed.itertuples(index=False), start=1):
        person = people.get(row.contestant_id)
        unit = names.get(units.get(row.attempt_id, ""), NONE)
        rows.append(
            {
                "stt": count(number),
                "ho_ten": NONE if person is None else name_of(person, naming.other),
                "ma": row.contestant_id,
                "don_vi": clean(unit),
                "luot": count(row.number),
                "ly_do": naming.free(clean(row.reason)),
                "van_ban": said(row.document),
                "nguoi": clean(row.actor),
                "thoi_diem": moment(int(row.ruled_at)),
            }
        )
    return rows


def key_rows(items: pd.DataFrame) -> list[Row]:
    """Return each question drawn in the round once, with its right answer and sources."""
    rows = []
    once = items.drop_duplicates("question_id")
    for number, row in enumerate(once.itertuples(index=False), start=1):
        rows.append(
            {
                "stt": count(number),
                "ma": row.question_id,
                "cau_hoi": clean(row.stem),
                "dap_an": clean(row.key_text),
                "nguon": said(row.source),
            }
        )
    return rows


def item_rows(items: pd.DataFrame) -> list[Row]:
    """Return each question of each group with how it did."""
    rows = []
    for number, row in enumerate(items.itertuples(index=False), start=1):
        drawn, right = int(row.drawn), int(row.correct)
        facility = value(row.facility)
        rows.append(
            {
                "stt": count(number),
                "ma": row.question_id,
                "cau_hoi": clean(row.stem),
                "so_lan": count(drawn),
                "tra_loi": count(row.answered),
                "dung": count(right),
                "ty_le": share(right, drawn),
                "do_de": fraction(facility),
                "nhan_xet": _remark(drawn, right, facility),
            }
        )
    return rows


def _remark(drawn: int, right: int, facility: Fraction | None) -> str:
    if facility is None:
        return text("remark.unmarked")
    if drawn < FEW:
        return text("remark.few")
    if Fraction(right, drawn) < Fraction(1, 5):
        return text("remark.hard")
    return text("remark.easy") if Fraction(right, drawn) >= Fraction(19, 20) else ""


def percent_value(true_value: str, quantity: str) -> Shown:
    """Return the true value of what was predicted; a percentage with all its decimals."""
    number = Decimal(true_value)
    if quantity != "percent_right":
        return plain(number)
    return Shown(f"{number:f}".replace(".", ",") + "%", number, "number")
