"""A receipt as a picture that a phone keeps: 1080 × 1350, black on white, with the QR code."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import segno

from contest.colours import tokens

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1080, 1350
MARGIN = 72
QR = 400
"""Pixels of the QR code's side, at most."""

KEPT = 64
"""Pictures of receipts that were asked for lately."""


@dataclass(frozen=True)
class Drawn:
    """What stands on the picture, from the top; empty: not there."""

    band: str
    contest: str
    round: str
    title: str
    attempt: str
    label: str
    code: str
    url: str
    name: str
    unit: str
    received: str
    prediction: str


@lru_cache(maxsize=KEPT)
def draw(words: Drawn) -> bytes:
    """Return the picture as PNG, in shades of grey; takes a processor for some 30 ms."""
    from PIL import Image, ImageDraw

    colours = tokens("light")
    image = Image.new("L", (WIDTH, HEIGHT), colours["bg"])
    pen = _Pen(ImageDraw.Draw(image), colours)
    pen.bar(words.band)
    pen.line(words.contest, 44, bold=True, most=2)
    pen.line(words.round, 36, "ink-2")
    pen.gap(28)
    pen.line(words.title, 60, bold=True, most=2)
    pen.line(words.attempt, 38)
    pen.gap(24)
    pen.line(words.label, 34, "ink-2")
    pen.line(words.code, 92, bold=True)
    pen.gap(16)
    _put_code(image, words.url, pen)
    pen.gap(24)
    pen.line(words.name, 48, bold=True, most=2)
    pen.line(words.unit, 36, most=2)
    pen.gap(16)
    pen.line(words.received, 36)
    pen.line(words.prediction, 36)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _put_code(image: Any, url: str, pen: _Pen) -> None:
    from PIL import Image

    code = segno.make(url, error="m")
    dots = QR // code.symbol_size(border=2)[0]
    png = io.BytesIO()
    code.save(png, kind="png", scale=dots, border=2)
    picture = Image.open(png).convert("L")
    image.paste(picture, (MARGIN - 2 * dots, pen.y))
    pen.y += picture.height


class _Pen:
    """Writes lines under each other."""

    def __init__(self, canvas: Any, colours: Any) -> None:
        self._canvas = canvas
        self._colours = colours
        self.y = MARGIN

    def bar(self, words: str) -> None:
        """Fill a bar at the top, with words in it."""
        if words:
            self._canvas.rectangle((0, 0, WIDTH, 56), fill=self._colours["info-bg"])
            font = _font(32, bold=True)
            at = ((WIDTH - font.getlength(words)) / 2, 8)
            self._canvas.text(at, words, self._colours["info"], font)
            self.y += 24

    def gap(self, height: int) -> None:
        """Leave room."""
        self.y += height

    def line(
        self, words: str, size: int, colour: str = "ink", *, bold: bool = False, most: int = 1
    ) -> None:
        """Write words in at most `most` lines, smaller where they don't fit, and cut at last."""
        from contest.papers.pages import printable

        words = printable(words)
        lines = [words] if words else []
        for tried in range(size, size // 2, -2):
            font = _font(tried, bold=bold)
            lines = _wrapped(words, font)
            if len(lines) <= most:
                break
        font = _font(tried, bold=bold)
        if len(lines) > most:
            lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), font)]
        for one in lines:
            self._canvas.text((MARGIN, self.y), one, self._colours[colour], font)
            self.y += round(tried * 1.35)


def _wrapped(words: str, font: FreeTypeFont) -> list[str]:
    lines: list[str] = []
    room = WIDTH - 2 * MARGIN
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
            continue
        while font.getlength(word) > room:
            most = next(n for n in range(len(word), 0, -1) if font.getlength(word[:n]) <= room)
            lines.append(word[:most])
            word = word[most:]
        lines.append(word)
    return lines


def _cut(words: str, font: FreeTypeFont) -> str:
    room = WIDTH - 2 * MARGIN
    if font.getlength(words) <= room:
        return words
    while words and font.getlength(f"{words}…") > room:
        words = words[:-1]
    return f"{words.rstrip()}…"


@cache
def _font(size: int, *, bold: bool) -> FreeTypeFont:
    from PIL import ImageFont

    from contest.papers.pages import FONTS

    return ImageFont.truetype(FONTS / f"Tinos-{'Bold' if bold else 'Regular'}.ttf", size)
