"""Drafts -> a topic of a bank: planned and read back as a whole first, then written at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from questions.dump import dump_files
from questions.files import write_all
from questions.formats.draft import Draft, Reading, problem
from questions.formats.settle import STAND_IN
from questions.formats.texts import fold
from questions.in_place import appended, tried
from questions.load import question_from_data, read_bank
from questions.model import Bank, Fact, Source, Topic
from questions.pictures import FOLDER as PICTURES
from questions.problems import Problem, ProblemsFound


@dataclass
class Plan:
    """What an import would write.

    Attributes
    ----------
    contents : dict
        Path -> text or bytes of every file that is made or changed.
    ids : list of str
        Ids of the new questions.
    advice : list of Problem
        What the bank says of them: what is to be done before they can be asked.
    """

    contents: dict[Path, str | bytes]
    ids: list[str]
    advice: list[Problem] = field(default_factory=list)

    def write(self) -> None:
        """Write every file, or none.

        Raises
        ------
        OSError
            When one can't be written; then no file has changed.
        """
        for path in self.contents:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_all(self.contents)


def plan_import(reading: Reading, folder: Path, topic: str, title: str | None = None) -> Plan:
    """Plan how the drafts come into a topic of the bank in `folder`.

    Parameters
    ----------
    topic : str
        Id of the topic.
    title : str or None
        Title of a topic that the bank doesn't have yet; with it, a folder that isn't there
        becomes a new bank.

    Raises
    ------
    ProblemsFound
        With everything that must be mended first, in the file or in the bank.
    """
    problems = [*reading.errors, *_levels(reading)]
    bank, contents = _bank(reading, folder, topic, title, problems)
    if problems:
        raise ProblemsFound(problems)
    taken = set(bank.question_by_id)
    ids = list(_ids(reading, topic, taken, problems))
    if problems:
        raise ProblemsFound(problems)
    entries = []
    for draft, id_ in zip(reading.drafts, ids, strict=True):
        data = {**draft.data, "id": id_, "topic": topic}
        if draft.picture is not None:
            name = f"{id_}{Path(draft.picture.name).suffix}"
            data["image"] = {"file": name, "alt": draft.picture.alt}
            contents[folder / PICTURES / name] = draft.picture.data
        entries.append(question_from_data(data))
    path = folder / f"{topic}.yml"
    planned = contents.get(path)
    raw = planned if isinstance(planned, str) else path.read_bytes().decode()
    contents[path] = appended(raw, path.name, "questions", entries)
    return Plan(contents, ids, _tried(reading.file, folder, contents, ids))


def _levels(reading: Reading) -> Iterator[Problem]:
    for draft in reading.drafts:
        if "level" not in draft.data and not draft.errors:
            yield problem("into.no_level", reading.file, draft.number, draft.place)


def _bank(
    reading: Reading, folder: Path, topic: str, title: str | None, problems: list[Problem]
) -> tuple[Bank, dict[Path, str | bytes]]:
    """Return the bank as it is, or would be when new, and the files that make it so."""
    empty = Bank(id=STAND_IN, title=STAND_IN, topics=(), sources=(), facts=(), questions=())
    if not folder.exists() or not any(folder.iterdir()):
        if title is None:
            problems.append(problem("into.no_bank", reading.file, folder=folder))
            return empty, {}
        name = "_".join(fold(folder.resolve().name).replace("/", " ").split()) or "ngan_hang"
        topics = _topics(reading, topic, title, problems)
        bank = empty.model_copy(
            update={
                "id": name[:64],
                "title": title,
                "topics": topics,
                "sources": tuple(reading.sources),
                "facts": tuple(reading.facts),
            }
        )
        return bank, {folder / file: text for file, text in dump_files(bank).items()}
    read = read_bank(folder)
    if read.bank is None or read.errors:
        problems += read.errors
        return empty, {}
    grounds = _grounds(reading, folder, read.bank, problems)
    if topic in {known.id for known in read.bank.topics}:
        return read.bank, grounds
    if title is None:
        known = ", ".join(one.id for one in read.bank.topics)
        problems.append(problem("into.topic", reading.file, topic=topic, known=known))
        return read.bank, {}
    if not _topics(reading, topic, title, problems):
        return read.bank, {}
    bank_file = folder / "bank.yml"
    added = (Topic(id=topic, title=title),)
    text = appended(bank_file.read_bytes().decode(), bank_file.name, "topics", added, between="")
    new = dump_files(empty.model_copy(update={"topics": added}))[f"{topic}.yml"]
    return read.bank, {**grounds, bank_file: text, folder / f"{topic}.yml": new}


def _grounds(
    reading: Reading, folder: Path, bank: Bank, problems: list[Problem]
) -> dict[Path, str | bytes]:
    """Return the files with the sources and facts that the bank doesn't have yet."""
    contents: dict[Path, str | bytes] = {}
    for key, entries, known in (
        ("sources", reading.sources, bank.source_by_id),
        ("facts", reading.facts, bank.fact_by_id),
    ):
        for entry in entries:
            there = known.get(entry.id)
            if there is not None and _told(there) != _told(entry):
                problems.append(problem("into.ground_differs", reading.file, id=entry.id))
        new = [entry for entry in entries if entry.id not in known]
        if new:
            file = folder / f"{key}.yml"
            contents[file] = appended(file.read_bytes().decode(), file.name, key, new)
    return contents


def _told(entry: Source | Fact) -> tuple[str, ...]:
    """Return what a table tells of a source or a fact, the least of it."""
    return (entry.statement,) if isinstance(entry, Fact) else (entry.title, entry.issuer)


def _topics(reading: Reading, topic: str, title: str, problems: list[Problem]) -> tuple[Topic, ...]:
    try:
        found = (Topic(id=topic, title=title),)
    except ValueError:
        found = ()
    if not found or topic in ("bank", "sources", "facts"):
        problems.append(problem("into.topic_id", reading.file, topic=topic))
        return ()
    return found


def _ids(reading: Reading, topic: str, taken: set[str], problems: list[Problem]) -> Iterator[str]:
    """Yield an id for each draft: its own, or the topic's next number."""
    own = {draft.data["id"] for draft in reading.drafts if "id" in draft.data}
    number = 0
    for draft in reading.drafts:
        id_ = draft.data.get("id")
        if id_ in taken:
            problems.append(_draft_problem("into.id_taken", reading, draft, id=id_))
        while id_ is None or (id_ in taken and "id" not in draft.data):
            number += 1
            made = f"{topic}-{number:03}"
            id_ = made if made not in taken | own else None
        yield id_


def _draft_problem(code: str, reading: Reading, draft: Draft, **values: Any) -> Problem:
    return problem(code, reading.file, draft.number, draft.place, **values)


def _tried(
    file: str, folder: Path, contents: Mapping[Path, str | bytes], ids: list[str]
) -> list[Problem]:
    """Read the bank as it would be; return what it says of the new questions.

    Raises
    ------
    ProblemsFound
        With every error that it would have, or each picture that is there already.
    """
    there = [path.name for path in contents if path.parent.name == PICTURES and path.exists()]
    if there:
        raise ProblemsFound(problem("into.picture_taken", file, picture=name) for name in there)
    read = tried(folder, contents)
    lines = {
        (place.file.name, place.line()): id_
        for (kind, id_), place in read.places.items()
        if kind == "question" and id_ in set(ids)
    }
    return [one for one in read.problems if (one.file, one.line) in lines]
