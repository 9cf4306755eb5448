"""What a document is made of, before it is a Word file, a PDF or a workbook.

Texts hold placeholders in double braces, as the Word templates do; paths name what the
context holds (`ky.so_nguoi`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Style = Literal[
    "body", "basis", "authority", "kind", "summary", "section", "subsection", "center", "note",
    "source", "right",
]  # fmt: skip
"""How a paragraph is set; `kind` is the name of the type, `summary` what stands below it."""

Align = Literal["left", "center", "right"]
Foot = Literal["decision", "minutes", "list", "none"]
HeadStyle = Literal["full", "no_number", "no_date"]


@dataclass(frozen=True)
class Para:
    """A paragraph; `lead` is set bold before it."""

    text: str
    style: Style = "body"
    lead: str = ""


@dataclass(frozen=True)
class Col:
    """A column: its heading, what of a row stands in it, its width as a share, its side."""

    heading: str
    name: str
    width: float
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A table over the rows of a list.

    Attributes
    ----------
    rows : str
        Path of the list; where it is empty, `không có` stands instead of the table.
    columns : tuple of Col
    group : str
        Name of the list inside each row that holds the rows below it; empty: none.
    group_title : str
        What of a row stands over the rows below it, across all columns; empty: the row itself,
        bold.
    total : tuple of str
        Texts of the last row, one per column; empty: no such row.
    title : str
        Over the table, and the name of the sheet.
    """

    rows: str
    columns: tuple[Col, ...]
    group: str = ""
    group_title: str = ""
    total: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Picture:
    """A chart, as wide as `width` (mm)."""

    path: str
    width: int = 150


@dataclass(frozen=True)
class Each:
    """Blocks for every item of a list."""

    rows: str
    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class When:
    """Blocks where something is there (a text, a list with rows), and others where it isn't."""

    path: str
    blocks: tuple[Block, ...]
    otherwise: tuple[Block, ...] = ()


Block = Para | Table | Picture | Each | When


@dataclass(frozen=True)
class Annex:
    """A part with pages of its own, cited in the body."""

    number: str
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Paper:
    """One document.

    Attributes
    ----------
    name : str
        Name of its files.
    code : str
        Type in its number: `QĐ`; empty: it has none.
    issued : str
        Which of the contest's documents it is (`decision`, `minutes`, `report`); empty: none.
    kind, summary : str
        The two lines of its title.
    public : bool
        Whether it belongs to the copy for posting.
    """

    name: str
    kind: str
    summary: str
    blocks: tuple[Block, ...]
    code: str = ""
    issued: str = ""
    head: HeadStyle = "no_number"
    foot: Foot = "list"
    citation: str = ""
    annexes: tuple[Annex, ...] = ()
    landscape: bool = False
    public: bool = True
    closing: str = ""


def tables(blocks: Sequence[Block]) -> Iterator[Table]:
    """Yield every table among blocks, however deep."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Each):
            yield from tables(block.blocks)
        elif isinstance(block, When):
            yield from tables((*block.blocks, *block.otherwise))
