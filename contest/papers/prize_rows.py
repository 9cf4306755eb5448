"""The prizes of one ranking -> the rows that documents print. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from contest.papers.messages import text
from contest.papers.prizes import JOIN, PrizeList, PrizeWords
from contest.papers.rows import Naming, Row, name_of, said, unit_row, value
from contest.papers.words import (
    NONE,
    clean,
    clock,
    count,
    money,
    of_prizes,
    plain,
    points,
    stamp,
)  # fmt: skip


@dataclass(frozen=True)
class Groups:
    """The groups of a contest: id -> title, in their order; whether they are ranked apart."""

    titles: dict[str, str]
    apart: bool

    def title(self, group: str) -> str:
        """Return a group's title; its id where it has none."""
        return clean(self.titles.get(group, group))

    def heading(self, group: str) -> str:
        """Return what a prize's winners of a group stand under; empty where all stand together."""
        return self.title(group) if self.apart and len(self.titles) > 1 else ""


def winners(people: pd.DataFrame, prizes: PrizeList, naming: Naming, groups: Groups) -> list[Row]:
    """Return the prizes of a round or a board with those who won them, by rank.

    Where groups are ranked apart, winners of a prize stand under their group: their ranks and
    times are compared with nobody else's.
    """
    won = people[people["prize"].notna()]
    order = list(groups.titles)
    by_prize: dict[str, dict[str, list[Any]]] = {}
    for row in won.rename_axis(None).itertuples(index=False):
        for name in row.prize.split(JOIN):
            under = by_prize.setdefault(name, {})
            under.setdefault(row.group if groups.heading(row.group) else "", []).append(row)
    found, number = [], 0
    for name in prizes.in_order(by_prize):
        prize = prizes[name]
        known = sorted(by_prize[name], key=lambda one: order.index(one) if one in order else -1)
        for group in known:
            rows = []
            for row in by_prize[name][group]:
                number += 1
                rows.append(_winner(row, number, prize, naming, groups))
            heading = groups.heading(group)
            found.append({**_prize(prize.title, heading, "nguoi", rows), "nhom": heading})
    return found


def _prize(title: str, group: str, name: str, rows: list[Row]) -> Row:
    title, so = clean(title), of_prizes(len(rows), title)
    key = "word.prize.group" if group else "word.prize.count"
    return {
        "ten": title,
        "so_luong": count(len(rows)),
        "tieu_de": text(key, giai=title, nhom=group, so=so),
        name: rows,
    }


def _winner(row: Any, number: int, prize: PrizeWords, naming: Naming, groups: Groups) -> Row:
    submitted = value(row.submitted_at)
    return {
        "stt": count(number),
        "hang": count(value(row.rank)),
        "ho_ten": name_of(row, naming.winner),
        "ma": row.contestant_id,
        "don_vi": clean(row.unit),
        "cap_tren": said(row.parent_unit),
        "nhom": groups.title(row.group),
        "so_cau_dung": count(value(row.correct)),
        "diem": points(value(row.score)),
        "thoi_gian": clock(value(row.duration_ms)),
        "thoi_diem_nop": NONE if submitted is None else stamp(int(submitted)),
        "du_doan": plain(value(row.prediction)),
        "chenh_lech": plain(value(row.prediction_error)),
        "giai": clean(prize.title),
        "muc_thuong": money(prize.value),
    }


def unit_winners(units: pd.DataFrame, prizes: PrizeList) -> list[Row]:
    """Return the prizes of units with those that won them, by rank; none where there are none."""
    if "prize" not in units.columns:
        return []
    by_prize: dict[str, list[Row]] = {}
    for row in units[units["prize"].notna()].to_dict("records"):
        for name in row["prize"].split(JOIN):
            by_prize.setdefault(name, []).append(row)
    found, number = [], 0
    for name in prizes.in_order(by_prize):
        prize, rows = prizes[name], []
        for row in by_prize[name]:
            number += 1
            rows.append(
                {
                    **unit_row(row, str(number), None),
                    "stt": count(number),
                    "diem_xet": points(value(row["points"])),
                    "giai": clean(prize.title),
                    "muc_thuong": money(prize.value),
                }
            )
        found.append(_prize(prize.title, "", "tap_the", rows))
    return found
