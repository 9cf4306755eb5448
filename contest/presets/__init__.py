"""Rules of the shapes that real contests have, ready to be changed: one commented file each."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

HERE = Path(__file__).parent
_DAY = re.compile(r"\{\+(\d+)\}")


def preset_names() -> list[str]:
    """Return the names of all presets, in alphabetical order."""
    return sorted(path.stem for path in HERE.glob("*.yml"))


def describe(name: str) -> str:
    """Return what a preset is, in one Vietnamese line: its first comment."""
    return _read(name).splitlines()[0].removeprefix("#").strip()


def preset_text(name: str, first_day: datetime.date) -> str:
    """Return a preset as a rules file whose first round opens on `first_day`.

    Raises
    ------
    KeyError
        For a name that isn't there.
    """

    def day(found: re.Match[str]) -> str:
        return str(first_day + datetime.timedelta(days=int(found[1])))

    return _DAY.sub(day, _read(name))


def _read(name: str) -> str:
    if name not in preset_names():
        raise KeyError(name)
    return (HERE / f"{name}.yml").read_text(encoding="utf-8")
