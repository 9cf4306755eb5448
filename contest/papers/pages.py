"""PDF pages in the layout of administrative documents: fonts, marks, page numbers, tables."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import Align

FAMILY = "Tinos"
FONTS = Path(__file__).parent / "fonts"
FACES = {"": "Regular", "B": "Bold", "I": "Italic", "BI": "BoldItalic"}
MISSING = "□"
POINT = 0.352778
"""Millimetres."""

PADDING = 1.0
LEADING = 1.15


@cache
def glyphs() -> frozenset[int]:
    """Return the letters that the font has."""
    with TTFont(FONTS / "Tinos-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


def printable(shown: str) -> str:
    """Return a text in NFC with a box for every letter that the font hasn't."""
    shown = unicodedata.normalize("NFC", str(shown))
    if shown.isascii():
        return shown
    known = glyphs()
    kept = (one for one in shown if unicodedata.category(one) not in ("Cf", "Mn", "Me")
            or ord(one) in known)  # fmt: skip
    return "".join(one if ord(one) in known else MISSING for one in kept)


@dataclass(frozen=True)
class Cell:
    """A cell of a table's row: its text, its side, how many columns it spans."""

    text: str
    align: str = "left"
    span: int = 1


class Pages(FPDF):
    """A PDF whose pages bear the marks, the number and the version that documents need.

    Parameters
    ----------
    margins : (float, float, float, float)
        Top, right, bottom, left, mm.
    size : float
        Of the body, points.
    marks, version : str
        At the top and the foot of every page.
    as_of : int
        The date of the file, milliseconds UTC.
    fonts : mapping or None
        Style -> file of its face, with the letters that are needed; None: the whole faces.
    """

    def __init__(
        self, margins: tuple[float, float, float, float], size: float, marks: str, version: str,
        as_of: int, title: str, fonts: Mapping[str, Path] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(unit="mm", format="A4")
        whole = {style: FONTS / f"Tinos-{name}.ttf" for style, name in FACES.items()}
        for style, path in (fonts or whole).items():
            self.add_font(FAMILY, style, path)
        top, right, bottom, left = margins
        self.set_margins(left, top, right)
        self.set_auto_page_break(True, bottom)
        self.size, self.marks, self.version = size, printable(marks), printable(version)
        self.section = 0
        moment = datetime.datetime.fromtimestamp(as_of // 1000, tz=datetime.UTC)
        self.set_creation_date(moment)
        self.set_title(printable(title))
        self.set_lang("vi-VN")
        self.set_producer("timhieu")
        self._widths: dict[tuple[str, str, float], float] = {}

    def header(self) -> None:
        """Draw the number (from the second page of a part on) and the marks."""
        number = self.page_no() - self.section + 1
        if self.section and number > 1:
            self.face("", 13)
            self.set_xy(0, 8)
            self.cell(self.w, 6, str(number), align="C")
        if self.marks:
            self.face("B", 10)
            self.set_xy(0, 14 if number > 1 else 10)
            self.cell(self.w, 5, self.marks, align="C")
        self.set_xy(self.l_margin, self.t_margin)

    def footer(self) -> None:
        """Draw the result's version."""
        self.face("I", 9)
        self.set_xy(self.l_margin, self.h - 12)
        self.cell(self.w - self.l_margin - self.r_margin, 5, self.version, align="R")

    def part(self, *, landscape: bool) -> None:
        """Begin a part with page numbers of its own."""
        self.section = self.page_no() + 1
        self.add_page(orientation="L" if landscape else "P")

    def face(self, style: str, size: float) -> None:
        """Set the font."""
        self.set_font(FAMILY, style, size)

    @property
    def room(self) -> float:
        """Width between the margins, mm."""
        return self.w - self.l_margin - self.r_margin

    def need(self, height: float) -> None:
        """Begin a new page unless so much (mm) is left of this one."""
        if self.get_y() + height > self.page_break_trigger:
            self.add_page(same=True)

    def width_of(self, shown: str, style: str, size: float) -> float:
        """Return how wide a text is, mm."""
        key = (shown, style, size)
        if key not in self._widths:
            self.face(style, size)
            self._widths[key] = self.get_string_width(shown)
        return self._widths[key]

    def wrapped(self, shown: str, style: str, size: float, width: float) -> list[str]:
        """Return a text in lines no wider than `width`; a word that is too long is broken."""
        shown = printable(shown)
        if self.width_of(shown, style, size) <= width:
            return [shown]
        lines, line = [], ""
        for word in shown.split(" "):
            longer = f"{line} {word}" if line else word
            if self.width_of(longer, style, size) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while self.width_of(line, style, size) > width and len(line) > 1:
                cut = self._cut(line, style, size, width)
                lines.append(line[:cut])
                line = line[cut:]
        return [*lines, line]

    def _cut(self, word: str, style: str, size: float, width: float) -> int:
        used = 0.0
        for place, letter in enumerate(word):
            used += self.width_of(letter, style, size)
            if used > width:
                return max(1, place)
        return len(word)

    def lines(
        self, found: Sequence[str], x: float, width: float, style: str, size: float,
        align: str = "center", leading: float = LEADING,
    ) -> None:  # fmt: skip
        """Draw lines from here down, and go below them."""
        height = size * POINT * leading
        for one in found:
            self._text(one, x, self.get_y(), width, style, size, align)
            self.set_y(self.get_y() + height)

    def block(
        self, shown: str, x: float, width: float, style: str, size: float, align: str = "center"
    ) -> None:
        """Draw a text, broken into lines where it has to be."""
        self.lines(self.wrapped(shown, style, size, width), x, width, style, size, align)

    def _text(
        self, shown: str, x: float, y: float, width: float, style: str, size: float, align: str
    ) -> None:
        if not shown:
            return
        taken = self.width_of(shown, style, size)
        at = {"left": x, "right": x + width - taken}.get(align, x + (width - taken) / 2)
        self.face(style, size)
        if any(unicodedata.bidirectional(one) in ("R", "AL") for one in shown):
            here = self.get_xy() if hasattr(self, "get_xy") else (self.get_x(), self.get_y())
            self.set_xy(at - self.c_margin, y)
            self.cell(taken + 2 * self.c_margin, size * POINT * LEADING, shown, align=Align.L)
            self.set_xy(*here)
            return
        self.text(at, y + size * POINT * 0.92, shown)

    def rule(self, x: float, length: float) -> None:
        """Draw a line here, and go below it."""
        self.set_line_width(0.25)
        y = self.get_y() + 0.8
        self.line(x, y, x + length, y)
        self.set_y(y + 0.8)

    # --- tables

    def table_row(
        self, cells: Sequence[Cell], widths: Sequence[float], style: str, size: float, *,
        draw: bool = True, fill: bool = False,
    ) -> float:  # fmt: skip
        """Draw a row here (on the page it fits on is the caller's matter); return its height."""
        laid, at = [], 0
        for cell in cells:
            width = sum(widths[at : at + cell.span])
            laid.append((self.wrapped(cell.text, style, size, width - 2 * PADDING), width, cell))
            at += cell.span
        line = size * POINT * LEADING
        height = max(len(lines) for lines, _, _ in laid) * line + 2 * PADDING * 0.7
        if draw:
            self._draw_row(laid, height, line, style, size, fill=fill)
        return height

    def _draw_row(
        self, laid: Sequence[Any], height: float, line: float, style: str, size: float, *,
        fill: bool,
    ) -> None:  # fmt: skip
        x, y = self.l_margin, self.get_y()
        self.set_line_width(0.2)
        self.set_fill_color(231, 230, 230)
        for lines, width, cell in laid:
            self.rect(x, y, width, height, style="DF" if fill else "D")
            top = y + (height - len(lines) * line) / 2
            for number, one in enumerate(lines):
                self._text(
                    one, x + PADDING, top + number * line, width - 2 * PADDING, style, size,
                    cell.align,
                )  # fmt: skip
            x += width
        self.set_y(y + height)
