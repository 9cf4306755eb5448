"""Boards over several rounds -> the rows that documents print. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from contest.papers import rows
from contest.papers.prizes import JOIN, PrizeList, RankingPrizes
from contest.papers.result import Result
from contest.papers.words import clean, clock, count, listed, plain, points
from contest.rules import Rules
from contest.rules_text.messages import text as rule_text
from grading.rules import Board

SHOWN = 100
"""Ranks of a board's standing that documents show; its winners are shown whatever their rank."""


@dataclass(frozen=True)
class BoardTables:
    """The rows of one board; `people` with the columns that a round's winners have."""

    board: Board
    rules: Rules
    people: pd.DataFrame
    units: pd.DataFrame

    @property
    def both_prizes(self) -> RankingPrizes:
        """The prizes that the rules state for this board."""
        return RankingPrizes.of(self.rules.prizes, self.board.id, of_round=False)

    @property
    def prizes(self) -> PrizeList:
        """Those of people."""
        return self.both_prizes.people

    @property
    def unit_prizes(self) -> PrizeList:
        """Those of units."""
        return self.both_prizes.units


def board_tables(result: Result) -> Iterator[BoardTables]:
    """Yield every board of a result, by its id."""
    for board, rules in result.ranked_boards:
        people = result.boards[result.boards["board"] == board.id]
        people = people.assign(duration_ms=people["ranked_ms"], prediction=None)
        units = result.board_units[result.board_units["board"] == board.id]
        yield BoardTables(board, rules, people, units)


def board_words(tables: BoardTables) -> dict[str, Any]:
    """Return what is said of a board, without its prizes."""
    board = tables.board
    titles = {one.id: clean(one.title) for one in tables.rules.rounds}
    keys = board.ranking.keys
    return {
        "ten": clean(board.title),
        "gom_ky": listed([titles.get(id_, id_) for id_ in board.rounds]),
        "cach_xep_hang": listed([rule_text(f"key.{one.key}.{one.order}") for one in keys]),
        "so_xep_hang": count(int(tables.people["rank"].notna().sum())),
    }


def standing_rows(tables: BoardTables, naming: rows.Naming) -> list[rows.Row]:
    """Return the first of a board, by group where groups are ranked apart, and its winners."""
    ranked = tables.people[tables.people["rank"].notna()]
    shown = ranked[(ranked["rank"] <= SHOWN) | ranked["prize"].notna()]
    prizes = tables.prizes
    groups = {one.id: clean(one.title) for one in tables.rules.groups}
    return [
        {
            "stt": count(number),
            "hang": count(int(row.rank)),
            "ho_ten": rows.name_of(row, naming.winner),
            "ma": row.contestant_id,
            "don_vi": clean(row.unit),
            "cap_tren": rows.said(row.parent_unit),
            "nhom": groups.get(row.group, clean(row.group)),
            "so_ky": count(int(row.rounds)),
            "so_cau_dung": count(rows.value(row.correct)),
            "diem": points(rows.value(row.score)),
            "thoi_gian": clock(rows.value(row.ranked_ms)),
            "chenh_lech": plain(rows.value(row.prediction_error)),
            "giai": _won(rows.value(row.prize), prizes),
        }
        for number, row in enumerate(shown.itertuples(index=False), start=1)
    ]


def _won(prize: str | None, prizes: PrizeList) -> str:
    names = prize.split(JOIN) if prize else []
    return listed([clean(prizes[name].title) for name in names]) if names else ""
