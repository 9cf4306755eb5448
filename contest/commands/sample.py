"""The sample contest under `var/mau`, which `make serve` keeps ready."""

from __future__ import annotations

from pathlib import Path

from contest.clock import local
from contest.directory import ContestDirectory
from contest.sample import init_directory
from contest.settings import CHECKOUT
from questions.problems import ProblemsFound


def sample_directory() -> Path:
    """Return where the sample contest lies, whether or not it is there yet."""
    return CHECKOUT / "var" / "mau"


def ensure_sample(path: Path, now: int) -> Path | None:
    """Have a sample contest at `path` that can be tried now.

    An existing one is kept. Where its last round is over, its folder is renamed
    with the closing date and a new one is made.

    Returns
    -------
    Path or None
        The new name of a contest that was put aside.
    """
    if not path.exists():
        init_directory(path, now)
        return None
    try:
        rules = ContestDirectory(path).load().rules
    except ProblemsFound:
        return None  # somebody is editing it: never put aside what can't be read
    closed = max(round_.closes_at for round_ in rules.rounds)
    if now < closed:
        return None
    stamp = f"{local(closed):%Y-%m-%d}"
    aside = path.with_name(f"{path.name}-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}-{stamp}-{number}")
    path.rename(aside)
    init_directory(path, now)
    return aside
