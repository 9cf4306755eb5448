"""A question that is being edited: as it is now, and as it was saved."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from questions.dump import QUESTION_KEYS, data_text, entries_text
from questions.formats.texts import fold
from questions.lint import lint
from questions.model import Bank
from questions.places import Place
from questions.problems import Problem
from questions.yaml_lines import YamlFile

Data = dict[str, Any]


@dataclass(eq=False)
class Entry:
    """A question of the bank as it is now and as it was saved.

    Attributes
    ----------
    number : int
        What it is called by as long as the bank is open; ids may change.
    index : int or None
        Its place in its topic's file; None while it isn't saved.
    data : dict
        The question as a file holds it, right or not, without its topic.
    saved : dict or None
        The same as it was saved; None for a new one.
    question : Question or None
        The question, None where the data aren't one.
    problems : list of Problem
        What must be mended, then what is to be looked at.
    moved_from : Entry or None
        The entry of another topic that this one takes the place of.
    compared : list of Problem
        Advice that came from comparing it with the other saved questions.
    removed : bool
        Whether it goes with the next saving.
    """

    number: int
    topic: str
    index: int | None
    data: Data
    saved: Data | None
    question: Any = None
    problems: list[Problem] = field(default_factory=list)
    compared: list[Problem] = field(default_factory=list)
    removed: bool = False
    was: Any = None
    moved_from: Entry | None = None
    line: int = 1

    @property
    def id(self) -> str:
        """The question's id, as far as there is one."""
        return str(self.data.get("id", ""))

    @property
    def is_changed(self) -> bool:
        """Whether saving would write something."""
        return self.removed or self.saved is None or self.data != self.saved

    @property
    def errors(self) -> list[Problem]:
        """What must be mended before it can be saved."""
        return [problem for problem in self.problems if not problem.advice]

    @property
    def advice(self) -> list[Problem]:
        """What is to be looked at."""
        return [problem for problem in self.problems if problem.advice] + self.compared

    def folded(self) -> str:
        """Return all words of the question without capitals and diacritics, to search in."""
        return fold(" ".join(_strings(self.data)))

    def diff(self) -> str:
        """Return how it differs from what was saved, as a unified diff of its YAML."""
        before = _shown(self.was, self.saved) if self.saved is not None else ""
        after = "" if self.removed else _shown(self.question, self.data)
        if before == after:
            return ""
        lines = difflib.unified_diff(
            before.splitlines(), after.splitlines(), f"{self.topic}.yml", self.id, lineterm=""
        )
        return "\n".join(lines)


def compared(bank: Bank) -> dict[str, list[Problem]]:
    """Return id -> advice about each question of a bank, as `questions.lint` gives it."""
    places = {
        ("question", question.id): Place(YamlFile(question.id, {}, {(): 0}), ())
        for question in bank.questions
    }
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in lint(bank, places):
        found[problem.file].append(problem)
    return dict(found)


def _shown(question: Any, data: Data | None) -> str:
    if question:
        return entries_text([question])
    known = {key: place for place, key in enumerate(QUESTION_KEYS)}
    ordered = sorted(data or {}, key=lambda key: known.get(key, len(known)))
    return data_text([{key: (data or {})[key] for key in ordered}])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, below in value.items():
            if key not in ("status", "image"):
                yield from _strings(below)
    elif isinstance(value, (list, tuple)):
        for below in value:
            yield from _strings(below)
    elif isinstance(value, str):
        yield value
