"""The tables of a result: file, sheet, key and indexes of each."""

from __future__ import annotations

from dataclasses import dataclass

from grading.frames import (
    ADVICE_RESULTS,
    ATTEMPT_RESULTS,
    ITEM_RESULTS,
    OPTION_RESULTS,
    PEOPLE_RESULTS,
    REMOVED,
    RULINGS,
    TEST_RESULTS,
    UNIT_RESULTS,
    Contract,
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
    """

    name: str
    contract: Contract
    key: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def file(self) -> str:
        """Name of the CSV file."""
        return f"{self.name}.csv"


CA_NHAN = Table(
    "ca_nhan",
    PEOPLE_RESULTS,
    ("round", "contestant_id"),
    (("round", "group", "rank"), ("unit_id",), ("attempt_id",)),
)
TAP_THE = Table("tap_the", UNIT_RESULTS, ("round", "unit_id"), (("round", "block", "rank"),))
LUOT = Table(
    "luot", ATTEMPT_RESULTS, ("attempt_id",), (("round", "contestant_id"), ("unit_id",))
)  # fmt: skip
CAU_HOI = Table("cau_hoi", ITEM_RESULTS, ("round", "group", "question_id"))
PHUONG_AN = Table(
    "phuong_an", OPTION_RESULTS, ("round", "group", "question_id", "option_id")
)  # fmt: skip
DE_THI = Table("de_thi", TEST_RESULTS, ("round", "group"))
CANH_BAO = Table("canh_bao", ADVICE_RESULTS, ("round", "number"), (("attempt_id",),))
RULINGS_TABLE = Table("rulings", RULINGS, ("number",))
REMOVED_TABLE = Table("removed", REMOVED, ("attempt_id",))

TABLES = (
    CA_NHAN,
    TAP_THE,
    LUOT,
    CAU_HOI,
    PHUONG_AN,
    DE_THI,
    CANH_BAO,
    RULINGS_TABLE,
    REMOVED_TABLE,
)
"""Every table, in the order of the workbook's sheets."""
