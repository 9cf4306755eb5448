"""Problems that a person must mend, and advice that a person may follow.

Every reader in the kit collects problems instead of stopping at the first
one; the command line prints the whole list, each with file and line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from questions.messages import text


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend (or, with `advice`, to look at).

    Parameters
    ----------
    file : str
        Path as the user knows it, relative to what was checked.
    line : int
        1-based line, or row of a table; 0 where the whole file is meant.
    code : str
        Stable name of the kind of problem, for tests and for searching.
    message, fix : str
        Vietnamese: what is wrong, and how to put it right.
    advice : bool
        True when the contest can run without mending it.
    """

    file: str
    line: int
    code: str
    message: str
    fix: str
    advice: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        kind = text("problem.advice" if self.advice else "problem.error")
        return f"{place}: {kind}: {self.message} {text('problem.fix')}: {self.fix}"


class ProblemsFound(ValueError):
    """Raised when files can't be used as they are; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def make(code: str, file: str, line: int, /, *, advice: bool = False, **values: object) -> Problem:
    """Build a problem whose two sentences stand in `messages.py` under `code`.

    The message is the text `code`, the mend the text `code.fix`; `values` fill
    the gaps of both.
    """
    return Problem(file, line, code, text(code, **values), text(f"{code}.fix", **values), advice)
