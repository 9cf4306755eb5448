"""What every reader of a foreign file gives: drafts, and what is doubtful about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from questions.formats.messages import text
from questions.model import Fact, Source
from questions.problems import Problem


@dataclass(frozen=True)
class Picture:
    """A picture that came with a question: its own name, its bytes, what it shows."""

    name: str
    data: bytes = field(repr=False)
    alt: str = ""


@dataclass
class Draft:
    """One question as far as its file tells it.

    Attributes
    ----------
    number : int
        Row, or number of the question in the file; what problems bear as their line.
    place : str
        The same in words: `hàng 5`, `câu 3`.
    data : dict
        The question as a bank file holds it, without topic and status. What the file doesn't
        say is left out, the key above all: nothing is guessed.
    picture : Picture or None
        The picture to be stored beside it.
    problems : list of Problem
        What must be mended before it can be stored; advice is what a person should look at.
    """

    number: int
    place: str
    data: dict[str, Any] = field(default_factory=dict)
    picture: Picture | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def doubts(self) -> list[Problem]:
        """What a person should look at, although it can be stored."""
        return [problem for problem in self.problems if problem.advice]

    @property
    def errors(self) -> list[Problem]:
        """What must be mended."""
        return [problem for problem in self.problems if not problem.advice]


@dataclass
class Reading:
    """What reading a file gave: drafts in its order, and what is said of the file as a whole.

    `sources`, `facts`: what the file tells of the grounds of its questions.
    """

    file: str
    format: str
    drafts: list[Draft] = field(default_factory=list)
    own: list[Problem] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """Everything found, in the order of the file."""
        found = [problem for draft in self.drafts for problem in draft.problems]
        return sorted({*self.own, *found})

    @property
    def errors(self) -> list[Problem]:
        """What must be mended before anything is stored."""
        return [problem for problem in self.problems if not problem.advice]

    def leave_out(self, numbers: Iterable[int]) -> list[int]:
        """Drop the drafts with these numbers; return the numbers that no draft has."""
        unwanted = set(numbers)
        unknown = unwanted - {draft.number for draft in self.drafts}
        self.drafts = [draft for draft in self.drafts if draft.number not in unwanted]
        return sorted(unknown)


def problem(
    code: str,
    file: str,
    number: int = 0,
    place: str = "",
    /,
    *,
    advice: bool = False,
    **values: Any,
) -> Problem:
    """Build a problem from the texts of this package; `place` stands before its message."""
    message = text(code, **values)
    if place:
        message = f"{place}: {message}"
    return Problem(file, number, code, message, text(f"{code}.fix", **values), advice)


class Notes:
    """Collects drafts and findings while a file is read."""

    def __init__(self, file: str, format_: str) -> None:
        self.reading = Reading(file, format_)
        self._lost: dict[str, list[Draft]] = {}

    def draft(self, number: int, *, row: bool = False, **data: Any) -> Draft:
        """Begin a draft and return it."""
        place = text("place.row" if row else "place.question", n=number)
        made = Draft(number, place, data)
        self.reading.drafts.append(made)
        return made

    def error(self, code: str, draft: Draft | None = None, /, **values: Any) -> None:
        """Note what must be mended, of a draft or of the file."""
        self._note(code, draft, False, values)

    def doubt(self, code: str, draft: Draft | None = None, /, **values: Any) -> None:
        """Note what a person should look at."""
        self._note(code, draft, True, values)

    def lost(self, code: str, draft: Draft) -> None:
        """Note something that the bank doesn't hold; told once, with all its questions."""
        self._lost.setdefault(code, []).append(draft)

    def done(self) -> Reading:
        """Return what was read."""
        for code, drafts in self._lost.items():
            numbers = ", ".join(dict.fromkeys(str(draft.number) for draft in drafts))
            self._note(code, None, True, {"numbers": numbers})
        self._lost.clear()
        return self.reading

    def _note(self, code: str, draft: Draft | None, advice: bool, values: dict[str, Any]) -> None:
        file = self.reading.file
        if draft is None:
            number = values.pop("at", 0)
            self.reading.own.append(problem(code, file, number, advice=advice, **values))
        else:
            made = problem(code, file, draft.number, draft.place, advice=advice, **values)
            draft.problems.append(made)
