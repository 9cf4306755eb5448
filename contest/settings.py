"""Settings from the environment: the only module that reads it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
"""The kit runs from its checkout; notebooks and templates lie beside the packages."""

TEMPLATES = CHECKOUT / "voila_templates"
"""The folder that Voilà finds our template in."""

TOKEN_VARIABLE = "TIMHIEU_TOKEN"
CONTEST_VARIABLE = "TIMHIEU_CONTEST"
RESULTS_VARIABLE = "TIMHIEU_RESULTS"


@dataclass(frozen=True)
class Settings:
    """What a kernel process is told.

    Attributes
    ----------
    contest : Path
        The contest directory.
    token : str or None
        The signed one-time token that names the contestant; None in a preview.
    results : Path or None
        A folder that `timhieu grade` wrote, for the organiser's notebook.
    """

    contest: Path
    token: str | None = field(repr=False)
    results: Path | None


def read_settings() -> Settings:
    """Read the environment; the token is removed from it, so that nothing later can read it."""
    results = os.environ.get(RESULTS_VARIABLE)
    return Settings(
        contest=Path(os.environ.get(CONTEST_VARIABLE) or CHECKOUT / "var" / "mau"),
        token=os.environ.pop(TOKEN_VARIABLE, None),
        results=Path(results) if results else None,
    )


def offer_templates() -> None:
    """Let Jupyter's path lookups in this process find our Voilà template."""
    known = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join([str(TEMPLATES), *([known] if known else [])])


_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "VIRTUAL_ENV", "PYTHONWARNINGS")


def kernel_environment(contest: Path, token: str) -> dict[str, str]:
    """Return the environment of a contestant's kernel: the least it needs, and its token."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {
        **passed,
        CONTEST_VARIABLE: str(contest.resolve()),
        TOKEN_VARIABLE: token,
        # A kernel writes no byte code: many start at once.
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def lab_environment(contest: Path, results: Path) -> dict[str, str]:
    """Return the environment of JupyterLab: this one, and what the notebooks shall show."""
    return {
        **os.environ,
        CONTEST_VARIABLE: str(contest.resolve()),
        RESULTS_VARIABLE: str(results.resolve()),
    }
