"""Tables of a result -> the same in words, as people read them in the workbook. Pure.

The CSV files and the database keep ids and codes, since other programs read them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from grading.messages import TEXTS
from grading.tables import GIAI_THUONG, Table

CODED = ("status", "decided_by")
"""Columns whose codes have words in `messages`, as `code.<code>`."""

_JOIN = ";"
_OF_UNITS = ("tap_the", "bang_tap_the")

Tables = list[tuple[Table, pd.DataFrame]]
_Titles = dict[tuple[str, bool, str], str]


def in_words(tables: Tables, groups: Mapping[str, str]) -> Tables:
    """Return the tables with titles of prizes and groups, and words for statuses.

    Where ids and titles stand side by side (`giai_thuong`), the ids of prizes stay.

    Parameters
    ----------
    tables : list of (Table, DataFrame)
        All tables of a result; titles of prizes are those in `giai_thuong`.
    groups : mapping
        Group id -> title; an id without one stays.
    """
    titles = _prize_titles(dict((table.name, frame) for table, frame in tables)[GIAI_THUONG.name])
    return [(table, _worded(table, frame, titles, groups)) for table, frame in tables]


def code_words(code: str) -> str:
    """Return the words of a code; the code where there are none."""
    return TEXTS.get(f"code.{code}", code)


def _worded(
    table: Table, frame: pd.DataFrame, titles: _Titles, groups: Mapping[str, str]
) -> pd.DataFrame:
    found: dict[str, pd.Series] = {}
    for name in table.contract:
        if name in CODED:
            found[name] = _each(frame[name], code_words)
        elif name == "group":
            found[name] = _each(frame[name], lambda group: groups.get(group, group))
        elif name == "prize" and table is not GIAI_THUONG:
            found[name] = _prizes(table, frame, titles)
    return frame.assign(**found)


def _each(series: pd.Series, word: Callable[[str], str]) -> pd.Series:
    return _series(series, [None if pd.isna(one) else word(one) for one in series])


def _prizes(table: Table, frame: pd.DataFrame, titles: _Titles) -> pd.Series:
    ranking = "board" if "board" in table.contract else "round"
    of_unit = table.name in _OF_UNITS
    return _series(
        frame["prize"],
        [
            None
            if pd.isna(cell)
            else ", ".join(titles.get((of, of_unit, one), one) for one in cell.split(_JOIN))
            for of, cell in zip(frame[ranking], frame["prize"], strict=True)
        ],
    )


def _series(like: pd.Series, cells: list[Any]) -> pd.Series:
    return pd.Series(cells, index=like.index, dtype=like.dtype)


def _prize_titles(prizes: pd.DataFrame) -> _Titles:
    """Return (round or board, whether a unit's, prize id) -> title."""
    won = prizes[prizes["prize"].notna()]
    rows = zip(won["ranking"], won["contestant_id"].isna(), won["prize"], won["title"], strict=True)
    return {(ranking, bool(of_unit), prize): title for ranking, of_unit, prize, title in rows}
