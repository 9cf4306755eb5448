"""Bank files -> Bank, strictly: all problems at once, nothing read in part.

A bank is a folder:

    bank.yml       version, id, title, topics (id, title)
    sources.yml    version, sources
    facts.yml      version, facts
    <topic>.yml    version, questions; one file per topic
    anh/           the pictures that questions show
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from questions.check import check
from questions.model import FORMAT_VERSION, Bank, Fact, Source, Topic
from questions.places import Place
from questions.problems import Problem, ProblemsFound, make
from questions.strict import Id, Strict, Text, validate
from questions.types import Question
from questions.yaml_lines import YamlFile, read_yaml

BANKS = Path(__file__).parent / "banks"


class _Header(Strict):
    version: int
    id: Id
    title: Text
    topics: tuple[Topic, ...]


class _Question(Strict):
    """Lets `validate` handle the union of question types like any model."""

    question: Question


@dataclass(frozen=True)
class ReadBank:
    """What reading a folder gave: a bank (None if it can't be used) and every finding."""

    bank: Bank | None
    problems: list[Problem]
    places: dict[tuple[str, str], Place]

    @property
    def errors(self) -> list[Problem]:
        """Problems without the advice."""
        return [problem for problem in self.problems if not problem.advice]


def load_bank(folder: Path) -> Bank:
    """Return the bank in `folder`.

    Raises
    ------
    ProblemsFound
        With every problem, if there is one; advice doesn't count.
    """
    read = read_bank(folder)
    if read.bank is None or read.errors:
        raise ProblemsFound(read.errors)
    return read.bank


def read_bank(folder: Path, prefix: str = "") -> ReadBank:
    """Read and check the bank in `folder`; `prefix` stands before file names in messages."""
    reader = _Reader(folder, prefix)
    bank = reader.read()
    if bank is not None:
        reader.problems += check(bank, reader.places, folder / "anh")
    return ReadBank(bank, sorted(set(reader.problems)), reader.places)


class _Reader:
    def __init__(self, folder: Path, prefix: str) -> None:
        self.folder = folder
        self.prefix = prefix
        self.problems: list[Problem] = []
        self.places: dict[tuple[str, str], Place] = {}

    def read(self) -> Bank | None:
        """Return the bank, or None when something in the files is wrong."""
        header = self._header()
        sources = list(self._entries("sources.yml", "sources", Source))
        facts = list(self._entries("facts.yml", "facts", Fact))
        if header is None:
            return None
        found = [
            question
            for topic in header.topics
            for question in self._questions(topic.id)
        ]
        self._stray_files({topic.id for topic in header.topics})
        if self.problems:
            return None
        return Bank(
            id=header.id,
            title=header.title,
            topics=header.topics,
            sources=tuple(sources),
            facts=tuple(facts),
            questions=tuple(found),
        )

    def _file(self, name: str) -> YamlFile | None:
        file, problems = read_yaml(self.folder / name, self.prefix + name)
        self.problems += problems
        if file is None:
            return None
        if not isinstance(file.data, dict):
            self.problems.append(make("yaml.not_map", file.name, 1))
            return None
        version = file.data.get("version")
        if version != FORMAT_VERSION:
            self.problems.append(
                make(
                    "file.version", file.name, file.line(("version",)),
                    found=version, wanted=FORMAT_VERSION,
                )
            )  # fmt: skip
            return None
        return file

    def _header(self) -> _Header | None:
        file = self._file("bank.yml")
        if file is None:
            return None
        header, problems = validate(_Header, file, file.data)
        self.problems += problems
        if header:
            for index, topic in enumerate(header.topics):
                self._remember("topic", topic.id, file, ("topics", index))
        return header

    def _list(self, name: str, key: str) -> tuple[YamlFile, list[Any]] | None:
        file = self._file(name)
        if file is None:
            return None
        for extra in sorted(set(file.data) - {"version", key}):
            self.problems.append(
                make("model.extra_forbidden", file.name, file.line((extra,)), name=extra)
            )
        entries = file.data.get(key)
        if not isinstance(entries, list):
            self.problems.append(make("file.no_list", file.name, file.line((key,)), key=key))
            return None
        return file, entries

    def _entries(self, name: str, key: str, model: type[Any]) -> Iterator[Any]:
        listed = self._list(name, key)
        if listed is None:
            return
        file, entries = listed
        for index, data in enumerate(entries):
            entry, problems = validate(model, file, data, (key, index))
            self.problems += problems
            if entry is not None:
                self._remember(key[:-1], entry.id, file, (key, index))
                yield entry

    def _questions(self, topic: str) -> Iterator[Any]:
        listed = self._list(f"{topic}.yml", "questions")
        if listed is None:
            return
        file, entries = listed
        for index, data in enumerate(entries):
            at = ("questions", index)
            if isinstance(data, dict):
                if "topic" in data:
                    self.problems.append(
                        make("question.topic_written", file.name, file.line((*at, "topic")))
                    )
                    continue
                data = {**data, "topic": topic}
            wrapped, problems = validate(_Question, file, {"question": data}, at)
            self.problems += problems
            if wrapped is not None:
                self._remember("question", wrapped.question.id, file, at)
                yield wrapped.question

    def _remember(self, kind: str, id_: str, file: YamlFile, loc: tuple[str | int, ...]) -> None:
        place = Place(file, loc)
        known = self.places.get((kind, id_))
        if known is not None:
            self.problems.append(
                make(f"{kind}.repeated", file.name, place.line("id"), id=id_, first=str(known))
            )
        else:
            self.places[(kind, id_)] = place

    def _stray_files(self, topics: set[str]) -> None:
        expected = {f"{name}.yml" for name in topics | {"bank", "sources", "facts"}}
        for path in sorted(self.folder.glob("*.y*ml")):
            if path.name not in expected:
                self.problems.append(make("file.stray", self.prefix + path.name, 0))


question_from_data = TypeAdapter(Question).validate_python
"""Plain data -> question of its type; raises pydantic's ValidationError."""
