"""What the published rules are made of: articles of paragraphs, lists and tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Items:
    """A list of sentences."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with a caption; cells are texts, and the columns named in `numbers` are numbers."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


Block = str | Items | Table


@dataclass(frozen=True)
class Article:
    """An article: its name and what it says."""

    title: str
    blocks: tuple[Block, ...]
