"""The tables of a result: file, sheet, key and indexes of each."""

from __future__ import annotations

from dataclasses import dataclass

from grading.frames import Contract
from grading.result_frames import (
    ADVICE_RESULTS,
    ATTEMPT_RESULTS,
    BOARD_RESULTS,
    BOARD_UNIT_RESULTS,
    ITEM_RESULTS,
    OPTION_RESULTS,
    PEOPLE_RESULTS,
    PRIZE_RESULTS,
    REMOVED,
    RULINGS,
    TEST_RESULTS,
    UNIT_RESULTS,
)


@dataclass(frozen=True)
class Table:
    """A table as files hold it.

    Attributes
    ----------
    name : str
        Stem of its CSV file and its name in the database; headings and the sheet's name stand in
        `messages` under it.
    contract : Contract
        Its columns, in order.
    key : tuple of str
        Columns that no two rows agree in.
    indexes : tuple of tuples of str
        What people look up and sort by.
    search : tuple of str
        Columns with full-text search.
    foreign : tuple of (columns, table, columns)
        Columns here that name a row of another table.
    """

    name: str
    contract: Contract
    key: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...] = ()
    search: tuple[str, ...] = ()
    foreign: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()

    @property
    def file(self) -> str:
        """Name of the CSV file."""
        return f"{self.name}.csv"


_UNIT = (("round", "unit_id"), "tap_the", ("round", "unit_id"))

CA_NHAN = Table(
    "ca_nhan",
    PEOPLE_RESULTS,
    ("round", "contestant_id"),
    (("round", "group", "rank"), ("unit_id",), ("attempt_id",)),
    search=("name", "unit", "parent_unit"),
    foreign=((("attempt_id",), "luot", ("attempt_id",)), _UNIT),
)
TAP_THE = Table(
    "tap_the",
    UNIT_RESULTS,
    ("round", "unit_id"),
    (("round", "block", "rank"),),
    search=("unit",),
    foreign=((("round", "parent_unit_id"), "tap_the", ("round", "unit_id")),),
)
BANG = Table(
    "bang",
    BOARD_RESULTS,
    ("board", "contestant_id"),
    (("board", "group", "rank"), ("unit_id",)),
    search=("name", "unit", "parent_unit"),
)
BANG_TAP_THE = Table(
    "bang_tap_the",
    BOARD_UNIT_RESULTS,
    ("board", "unit_id"),
    (("board", "block", "rank"),),
    search=("unit",),
    foreign=((("board", "parent_unit_id"), "bang_tap_the", ("board", "unit_id")),),
)
GIAI_THUONG = Table("giai_thuong", PRIZE_RESULTS, ("ranking", "number"), (("contestant_id",),))
LUOT = Table(
    "luot",
    ATTEMPT_RESULTS,
    ("attempt_id",),
    (("round", "contestant_id"), ("unit_id",)),
    foreign=(_UNIT,),
)
CAU_HOI = Table(
    "cau_hoi",
    ITEM_RESULTS,
    ("round", "group", "question_id"),
    search=("stem", "key_text", "source"),
)
PHUONG_AN = Table(
    "phuong_an", OPTION_RESULTS, ("round", "group", "question_id", "option_id")
)  # fmt: skip
DE_THI = Table("de_thi", TEST_RESULTS, ("round", "group"))
CANH_BAO = Table("canh_bao", ADVICE_RESULTS, ("round", "number"), (("attempt_id",),))
RULINGS_TABLE = Table("rulings", RULINGS, ("number",))
REMOVED_TABLE = Table(
    "removed",
    REMOVED,
    ("attempt_id",),
    foreign=((("attempt_id",), "luot", ("attempt_id",)), (("ruling",), "rulings", ("number",))),
)

TABLES = (
    CA_NHAN,
    TAP_THE,
    BANG,
    BANG_TAP_THE,
    GIAI_THUONG,
    LUOT,
    CAU_HOI,
    PHUONG_AN,
    DE_THI,
    CANH_BAO,
    RULINGS_TABLE,
    REMOVED_TABLE,
)
"""Every table, in the order of the workbook's sheets."""
