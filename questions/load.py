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
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from questions.check import Unread, check
from questions.model import FORMAT_VERSION, Bank, Fact, Picture, Source, Topic
from questions.pictures import FOLDER, PictureRefused, look_at
from questions.places import Place
from questions.problems import Problem, ProblemsFound, make
from questions.strict import Id, Strict, Text, validate
from questions.types import Question
from questions.yaml_lines import YamlFile, read_yaml

BANKS = Path(__file__).parent / "banks"

_FILES = ("bank", "sources", "facts")
_ID = TypeAdapter(Id)


class _Header(Strict):
    version: int
    id: Id
    title: Text
    topics: tuple[Topic, ...]


class WrappedQuestion(Strict):
    """Lets `validate` handle the union of question types like any model."""

    question: Question


@dataclass(frozen=True)
class ReadBank:
    """What reading a folder gave: a bank (None if it can't be used) and every finding.

    Attributes
    ----------
    part : Bank or None
        The bank as far as it could be read, for those who mend it.
    files : dict
        Name without the prefix -> each file that could be parsed.
    unread : Unread
        What stands in the files and isn't in `part`.
    """

    bank: Bank | None
    problems: list[Problem]
    places: dict[tuple[str, str], Place]
    part: Bank | None = None
    files: dict[str, YamlFile] = field(default_factory=dict)
    unread: Unread = field(default_factory=Unread)

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
    usable = not reader.problems
    bank = bank.model_copy(update={"pictures": tuple(_pictures(bank, folder / FOLDER))})
    reader.problems += check(bank, reader.places, folder / FOLDER, reader.unread)
    return ReadBank(
        bank if usable else None,
        sorted(set(reader.problems)),
        reader.places,
        bank,
        reader.files,
        reader.unread,
    )


def _pictures(bank: Bank, folder: Path) -> Iterator[Picture]:
    """Yield the pictures that questions show and that can be shown; `check` tells of others."""
    for name in sorted({one.image.file for one in bank.questions if one.image}):
        with suppress(PictureRefused, OSError):
            yield look_at(folder / name)


class _Reader:
    def __init__(self, folder: Path, prefix: str) -> None:
        self.folder = folder
        self.prefix = prefix
        self.problems: list[Problem] = []
        self.places: dict[tuple[str, str], Place] = {}
        self.unread = Unread()
        self.files: dict[str, YamlFile] = {}

    def read(self) -> Bank:
        """Return the bank, or as much of it as could be read when there are problems."""
        header, topics = self._header()
        bank = Bank.model_construct(
            id=header.id if header else "",
            title=header.title if header else "",
            topics=header.topics if header else (),
            sources=tuple(self._entries("sources.yml", "sources", Source)),
            facts=tuple(self._entries("facts.yml", "facts", Fact)),
            questions=tuple(entry for topic in topics for entry in self._questions(topic)),
        )
        if header:
            self._stray_files(topics)
        return bank

    def _file(self, name: str) -> YamlFile | None:
        file, problems = read_yaml(self.folder / name, self.prefix + name)
        self.problems += problems
        if file is None:
            return None
        if not isinstance(file.data, dict):
            self.problems.append(make("yaml.not_map", file.name, 1))
            return None
        version = file.data.get("version")
        if version != FORMAT_VERSION or isinstance(version, bool):
            self.problems.append(
                make(
                    "file.version", file.name, file.line(("version",)),
                    found=version, wanted=FORMAT_VERSION,
                )
            )  # fmt: skip
            return None
        self.files[name] = file
        return file

    def _header(self) -> tuple[_Header | None, list[str]]:
        """Return bank.yml and its topics' ids; those are told even where the rest is wrong."""
        file = self._file("bank.yml")
        if file is None:
            self.unread.kinds.add("topic")
            return None, []
        header, problems = validate(_Header, file, file.data)
        self.problems += problems
        if header is None:
            self.unread.kinds.add("topic")
            listed = file.data.get("topics")
            ids = [_id_of(entry) for entry in listed] if isinstance(listed, list) else []
            return None, [id_ for id_ in dict.fromkeys(ids) if id_ and id_ not in _FILES]
        topics = []
        for index, topic in enumerate(header.topics):
            at = ("topics", index)
            if not self._remember("topic", topic.id, file, at):
                continue
            if topic.id not in _FILES:
                topics.append(topic.id)
                continue
            line = file.line((*at, "id"))
            self.problems.append(make("topic.reserved", file.name, line, id=topic.id))
            self.unread.entries.add(("topic", topic.id))
        return header, topics

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
        kind = key[:-1]
        listed = self._list(name, key)
        if listed is None:
            self.unread.kinds.add(kind)
            return
        file, entries = listed
        for index, data in enumerate(entries):
            entry, problems = validate(model, file, data, (key, index))
            self.problems += problems
            if entry is None:
                self._not_read(kind, data)
            elif self._remember(kind, entry.id, file, (key, index)):
                yield entry

    def _questions(self, topic: str) -> Iterator[Any]:
        listed = self._list(f"{topic}.yml", "questions")
        if listed is None:
            self.unread.kinds.add("question")
            return
        file, entries = listed
        for index, data in enumerate(entries):
            at = ("questions", index)
            if isinstance(data, dict):
                if "topic" in data:
                    line = file.line((*at, "topic"))
                    self.problems.append(make("question.topic_written", file.name, line))
                data = {**data, "topic": topic}
            wrapped, problems = validate(WrappedQuestion, file, {"question": data}, at)
            self.problems += problems
            if wrapped is None:
                self._not_read("question", data)
            elif self._remember("question", wrapped.question.id, file, at):
                yield wrapped.question

    def _remember(self, kind: str, id_: str, file: YamlFile, loc: tuple[str | int, ...]) -> bool:
        """Note where an entry stands; False where its id is another's."""
        place = Place(file, loc)
        known = self.places.setdefault((kind, id_), place)
        if known is not place:
            self.problems.append(
                make(f"{kind}.repeated", file.name, place.line("id"), id=id_, first=str(known))
            )
        return known is place

    def _not_read(self, kind: str, data: Any) -> None:
        id_ = _id_of(data)
        if id_ is None:
            self.unread.kinds.add(kind)
        else:
            self.unread.entries.add((kind, id_))

    def _stray_files(self, topics: list[str]) -> None:
        expected = {f"{name}.yml" for name in (*topics, *_FILES)}
        for path in sorted(self.folder.glob("*.y*ml")):
            if path.name not in expected:
                self.problems.append(make("file.stray", self.prefix + path.name, 0))


def _id_of(data: Any) -> str | None:
    """Return the id of an entry that couldn't be read, if it has a proper one."""
    try:
        return _ID.validate_python(data["id"])
    except (TypeError, LookupError, ValidationError):
        return None


question_from_data = TypeAdapter(Question).validate_python
"""Plain data -> question of its type; raises pydantic's ValidationError."""
