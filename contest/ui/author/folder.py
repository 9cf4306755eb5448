"""Which bank the notebook opens: the contest's own, or a copy of the one that the kit brings."""

from __future__ import annotations

import shutil
from pathlib import Path

from contest.directory import ContestDirectory
from questions.load import BANKS


def bank_to_edit(contest: Path) -> tuple[Path, bool]:
    """Return the folder of the bank to be edited, and whether it is a copy of a built-in one.

    The copy lies in the contest's `var/ngan_hang`; one that is there is kept as it is.

    Raises
    ------
    ProblemsFound
        When the contest's rules can't be read.
    """
    directory = ContestDirectory(contest)
    folder = directory.own_bank()
    if folder.parent != BANKS:
        return folder, False
    copy = directory.var / "ngan_hang" / folder.name
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(folder, copy)
    return copy, True
