"""Tinos cut down to the letters that a run needs: a tenth of the time and of the size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from contest.papers.messages import TEXTS
from contest.papers.pages import FACES, FONTS, MISSING, printable

_ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + MISSING


def cut(
    letters: Iterable[str], folder: Path, faces: Iterable[str] = tuple(FACES)
) -> dict[str, Path]:
    """Write the faces with these letters, small and capital, into `folder`; style -> file."""
    wanted = set(letters)
    wanted |= {sign for one in wanted for sign in one.upper() + one.lower()}
    used = printable("".join(sorted(wanted))) + _ALWAYS
    found = {}
    for face in faces:
        options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
        source = FONTS / f"Tinos-{FACES[face]}.ttf"
        with TTFont(source, lazy=True, recalcTimestamp=False) as font:
            cutter = subset.Subsetter(options)
            cutter.populate(text=used)
            cutter.subset(font)
            found[face] = folder / f"{FACES[face]}.ttf"
            font.save(found[face])
    return found


def letters_of(values: object) -> set[str]:
    """Return every letter of the texts among values, however deep, and of the kit's own."""
    return {letter for one in (*_texts(values), *TEXTS.values()) for letter in one}


def _texts(values: object) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, Mapping):
        for one in values.values():
            yield from _texts(one)
    elif isinstance(values, (list, tuple)):
        for one in values:
            yield from _texts(one)
