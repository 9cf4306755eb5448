"""Colours of the pages: WCAG's contrast, the pairs that must have it, the nearest that has. Pure.

The kit's own colours are read from `contest/ui/look.css`, where alone they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

LOOK = Path(__file__).parent / "ui" / "look.css"

Theme = Literal["light", "dark", "contrast"]
Own = Literal["light", "dark"]
"""The themes that an organiser's colours belong to."""

Worst = tuple[str, float, float]
_BLOCKS: dict[Theme, str] = {
    "light": r":root",
    "dark": r'\[data-theme="dark"\]',
    "contrast": r'\[data-theme="contrast"\]',
}

REPLACED = ("accent", "accent-strong", "tint", "link")
"""The tokens that an organiser's colours replace; in the theme of high contrast, none."""

TEXT, UI = 4.5, 3.0
"""Least contrast of text, and of signs, lines and large text."""

PAIRS: dict[str, tuple[tuple[str, float], ...]] = {
    "accent": (("bg", UI), ("surface", UI), ("on-accent", TEXT), ("focus-gap", UI)),
    "accent-strong": (("on-accent", TEXT),),
    "link": (("bg", TEXT), ("surface", TEXT)),
    "tint": (("ink", TEXT), ("accent", UI), ("link", TEXT)),
}
"""Replaced token -> what it is seen beside, and the least contrast; it rests on those above it."""

STEPS = 256
"""Shades between a colour and black or white that are tried."""

_MIXED = {
    "light": {"accent-strong": ("black", 0.25), "link": ("black", 0.15), "tint": ("bg", 0.92)},
    "dark": {"accent-strong": ("white", 0.35), "link": ("white", 0.2), "tint": ("bg", 0.82)},
}
"""How colours that aren't stated come from the accent: mixed with what, and how much of that."""

Colour = tuple[int, int, int]
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


@dataclass(frozen=True)
class Failing:
    """A colour that can't be told from what stands beside it.

    Attributes
    ----------
    token, colour : str
        Which of the four, and the colour that was stated.
    beside, other : str
        The token it fails against, and that one's colour.
    ratio, least : float
        The contrast they have, and what they need.
    nearest : str
        The nearest shade of the same colour that passes everywhere.
    """

    token: str
    colour: str
    beside: str
    other: str
    ratio: float
    least: float
    nearest: str


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours written `#RRGGBB`: 1 to 21."""
    low, high = sorted((_luminance(_parts(one)), _luminance(_parts(other))))
    return (high + 0.05) / (low + 0.05)


@cache
def tokens(theme: Theme) -> Mapping[str, str]:
    """Return the kit's colours of a theme: token -> `#RRGGBB`."""
    css = re.sub(r"/\*.*?\*/", "", LOOK.read_text(encoding="utf-8"), flags=re.DOTALL)
    block = re.search(rf"^{_BLOCKS[theme]} \{{([^}}]*)\}}", css, re.MULTILINE)
    assert block is not None, theme
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", block[1]))


def completed(theme: Own, stated: Mapping[str, str]) -> dict[str, str]:
    """Return the four colours of a theme; those that aren't stated come from the accent.

    Parameters
    ----------
    stated : mapping
        Token -> `#RRGGBB`, with at least `accent`.
    """
    found = {token: better for token, _, _, better in _walked(theme, stated)}
    return {token: found[token] for token in REPLACED}


def failing(theme: Own, stated: Mapping[str, str]) -> Iterator[Failing]:
    """Yield what is wrong with the colours of a theme, at most one for each colour.

    Each is judged as if those that it rests on were mended.
    """
    known = dict(tokens(theme))
    for token, colour, worst, better in _walked(theme, stated):
        known[token] = better
        if worst is not None and token in stated:
            beside, ratio, least = worst
            yield Failing(token, colour, beside, known[beside], ratio, least, better)


def _walked(theme: Own, stated: Mapping[str, str]) -> Iterator[tuple[str, str, Worst | None, str]]:
    """Yield each token with its colour, what it fails against, and the colour that passes."""
    found: dict[str, str] = {}
    for token in PAIRS:
        colour = stated.get(token) or _from_accent(theme, token, found["accent"])
        better = nearest(theme, token, colour, found)
        yield token, colour, _worst(token, colour, {**tokens(theme), **found}), better
        found[token] = better


def _from_accent(theme: Own, token: str, accent: str) -> str:
    toward, part = _MIXED[theme][token]
    ends = {"black": BLACK, "white": WHITE, "bg": _parts(tokens(theme)["bg"])}
    return _written(_mix(_parts(accent), ends[toward], part))


def nearest(theme: Own, token: str, colour: str, others: Mapping[str, str]) -> str:
    """Return the nearest shade of a colour that passes: itself, or mixed with black or white.

    Parameters
    ----------
    others : mapping
        Other replaced tokens that it may stand beside; the kit's where they aren't in it.
    """
    known = {**tokens(theme), **others}
    start = _parts(colour)
    for step in range(STEPS + 1):
        for end in (BLACK, WHITE):
            tried = _written(_mix(start, end, step / STEPS))
            if _worst(token, tried, known) is None:
                return tried
    raise ValueError(f"no shade of {colour} passes as {token}")


def _worst(token: str, colour: str, known: Mapping[str, str]) -> Worst | None:
    """Return beside what a colour fails most: that token, the ratio, the least; None: it passes."""
    pairs = [(beside, contrast(colour, known[beside]), least) for beside, least in PAIRS[token]]
    bad = [pair for pair in pairs if pair[1] < pair[2]]
    return min(bad, key=lambda pair: pair[1] / pair[2]) if bad else None


def _mix(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (
        round(a + (b - a) * part) for a, b in zip(one, other, strict=True)
    )  # fmt: skip
    return red, green, blue


def _parts(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _written(parts: Colour) -> str:
    return "#" + "".join(f"{part:02X}" for part in parts)


def _luminance(parts: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (one / 255 for one in parts)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
