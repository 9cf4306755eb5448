"""A bank that is being edited: what it holds, what has changed, what is wrong with it, saving.

Nothing is written before `save`, and nothing in part. A question that isn't right yet can be
looked at and mended like any other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from questions.blocks import Blocks, node_end
from questions.check import check_question
from questions.dump import entry_data
from questions.editing.entry import Entry, compared
from questions.editing.grounded import Grounded
from questions.editing.grounds import GROUNDS, Grounds
from questions.files import write_all
from questions.formats.texts import fold
from questions.in_place import appended
from questions.lint import lint_question
from questions.load import ReadBank, WrappedQuestion, read_bank
from questions.model import Bank, Topic
from questions.pictures import FOLDER as PICTURES
from questions.places import Place
from questions.problems import Problem, ProblemsFound, make
from questions.review import set_status
from questions.rewrite import Change, rewritten
from questions.strict import validate
from questions.yaml_lines import YamlFile, parse_yaml


class EditedBank(Grounded):
    """The bank in a folder, open for editing.

    Parameters
    ----------
    folder : Path
        The bank's folder. A bank with errors can be opened; what can't be parsed at all is
        told in `own`.

    Attributes
    ----------
    entries : list of Entry
        All questions, topic by topic in the order of the files; new ones behind.
    facts, sources : Grounds
        What questions rest on, to be changed like them.
    own : list of Problem
        What is wrong or weak with the bank and no single question.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._next = 0
        self.entries: list[Entry] = []
        self.own: list[Problem] = []
        self._words: dict[int, str] = {}
        self._status: dict[int, Literal["draft", "reviewed", "approved"]] = {}
        self._load(read_bank(folder))

    def _load(self, read: ReadBank) -> None:
        self.bank: Bank = read.part or Bank.model_construct()
        self._unread = read.unread
        self._raw = {
            name: (self.folder / name).read_bytes().decode()
            for name in read.files
            if name.removesuffix(".yml") in {topic.id for topic in self.topics}
        }
        self.facts, self.sources = (
            Grounds(kind, read, self._typed(f"{kind}s.yml", read)) for kind in GROUNDS
        )
        by_place = {
            (place.file.name, place.loc[1]): id_
            for (kind, id_), place in read.places.items()
            if kind == "question"
        }
        starts: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
        for topic in self.topics:
            name = f"{topic.id}.yml"
            file = read.files.get(name)
            listed = file.data.get("questions") if file else None
            for index, typed in enumerate(listed if isinstance(listed, list) else ()):
                assert file is not None
                id_ = by_place.get((file.name, index))
                question = self.bank.question_by_id.get(id_) if id_ else None
                entry = self._entry(topic.id, index, typed, question)
                entry.line = file.line(("questions", index))
                starts[file.name].append((entry.line, entry))
        self._tell(read.problems, starts)

    def _typed(self, name: str, read: ReadBank) -> str | None:
        """Return a file as it is, None where it couldn't be read."""
        return (self.folder / name).read_bytes().decode() if name in read.files else None

    def _entry(self, topic: str, index: int | None, typed: Any, question: Any) -> Entry:
        data = entry_data(question) if question else dict(typed) if isinstance(typed, dict) else {}
        saved = None if index is None else dict(data)
        entry = Entry(self._next, topic, index, data, saved, question, was=question)
        self._next += 1
        self.entries.append(entry)
        return entry

    def _tell(
        self, problems: Sequence[Problem], starts: Mapping[str, list[tuple[int, Entry]]]
    ) -> None:
        """Put each problem beside its question."""
        for problem in problems:
            found = starts.get(problem.file, [])
            place = bisect_right(found, problem.line, key=lambda start: start[0]) - 1
            (found[place][1].problems if place >= 0 else self.own).append(problem)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The bank's topics, as far as `bank.yml` could be read."""
        return getattr(self.bank, "topics", ())

    def __getitem__(self, number: int) -> Entry:
        return next(entry for entry in self.entries if entry.number == number)

    # --- looking

    def status(self, entry: Entry) -> Literal["draft", "reviewed", "approved"]:
        """Return the status that holds for the question as it is now: an edit makes a draft."""
        if entry.question is None:
            return "draft"
        if entry.number not in self._status:
            self._status[entry.number] = self.bank.status_of(entry.question)
        return self._status[entry.number]

    def rows(
        self,
        *,
        topic: str | None = None,
        level: str | None = None,
        type_: str | None = None,
        status: str | None = None,
        words: str = "",
        only_problems: bool = False,
        only_changed: bool = False,
    ) -> list[Entry]:
        """Return the entries that fit everything that is asked for.

        Parameters
        ----------
        words : str
            Each of them stands in the question, whatever its capitals and diacritics.
        """
        wanted = fold(words).split()
        return [
            entry
            for entry in self.entries
            if (topic is None or entry.topic == topic)
            and (level is None or entry.data.get("level") == level)
            and (type_ is None or entry.data.get("type") == type_)
            and (not only_problems or entry.errors or entry.advice)
            and (not only_changed or entry.is_changed)
            and (status is None or self.status(entry) == status)
            and (not wanted or all(word in self._text(entry) for word in wanted))
        ]

    def _text(self, entry: Entry) -> str:
        """Return all words of a question, folded; kept until it changes."""
        if entry.number not in self._words:
            self._words[entry.number] = entry.folded()
        return self._words[entry.number]

    @property
    def changed(self) -> list[Entry]:
        """The entries that saving would write."""
        return [entry for entry in self.entries if entry.is_changed]

    # --- changing

    def move(self, entry: Entry, topic: str) -> Entry:
        """Move a question to another topic; return what it is there.

        Its file changes with the next saving. A moved question is a draft, like any edited one.
        """
        if topic == entry.topic:
            return entry
        origin = entry.moved_from
        if origin is not None or entry.index is None:
            self.entries.remove(entry)
            if origin is not None and origin.topic == topic:
                origin.removed = False
                self.change(origin, entry.data)
                return origin
        else:
            origin, entry.removed = entry, True
        moved = self._entry(topic, None, None, None)
        moved.moved_from = origin
        self.change(moved, entry.data)
        return moved

    def change(self, entry: Entry, data: Mapping[str, Any]) -> None:
        """Let a question be what `data` say, right or not; its problems are found at once."""
        entry.data = dict(data)
        self._words.pop(entry.number, None)
        self._status.pop(entry.number, None)
        file = YamlFile(f"{entry.topic}.yml", {}, {(): entry.line})
        wrapped = {"question": {**entry.data, "topic": entry.topic}}
        found, entry.problems = validate(WrappedQuestion, file, wrapped)
        entry.question = found.question if found else None
        if entry.question:
            entry.data = entry_data(entry.question)
            place = Place(file, ())
            entry.problems = [
                *self._twice(entry),
                *check_question(
                    self.bank, entry.question, place, self.folder / PICTURES, self._unread
                ),
                *lint_question(self.bank, entry.question, place),
            ]
        entry.problems = sorted(set(entry.problems), key=lambda problem: problem.advice)

    def _twice(self, entry: Entry) -> Iterator[Problem]:
        for other in self.entries:
            if other is not entry and not other.removed and other.id == entry.id:
                first = f"{other.topic}.yml:{other.line}"
                name = f"{entry.topic}.yml"
                yield make("question.repeated", name, entry.line, id=entry.id, first=first)

    def add(self, topic: str, data: Mapping[str, Any] | None = None) -> Entry:
        """Add a question to a topic, with a free id where `data` have none."""
        entry = self._entry(topic, None, None, None)
        self.change(entry, {"id": self._free_id(topic), **(data or {})})
        return entry

    def _free_id(self, topic: str) -> str:
        taken = {entry.id for entry in self.entries}
        return next(
            id_ for n in range(1, len(taken) + 2) if (id_ := f"{topic}-{n:03}") not in taken
        )

    def remove(self, entry: Entry) -> None:
        """Take a question away with the next saving; a new one at once."""
        entry.removed = True
        if entry.index is None:
            self.entries.remove(entry)

    def undo(self, entry: Entry) -> None:
        """Let a question be as it was saved."""
        entry.removed = False
        if entry.saved is None:
            self.remove(entry)
            if entry.moved_from is not None:
                self.undo(entry.moved_from)
        else:
            self.change(entry, entry.saved)

    # --- keeping

    def save(self) -> list[str]:
        """Write everything that has changed into the bank's files; return their names.

        Raises
        ------
        ProblemsFound
            With everything that must be mended first; then nothing is written.
        OSError
            When a file can't be written; then none has changed.
        """
        changed = self.changed
        staying = [entry for entry in changed if not entry.removed]
        grounds = self.changed_grounds
        for ground in grounds:
            staying += [entry for entry in self.resting_on(ground) if entry not in staying]
        for entry in staying:  # another one may have taken its id, or left it
            self.change(entry, entry.data)
        problems = [problem for entry in staying for problem in entry.errors]
        problems += self._ground_problems(grounds)
        names = {f"{entry.topic}.yml" for entry in changed}
        names |= {f"{ground.kind}s.yml" for ground in grounds}
        problems += [
            make("file.changed", name, 0) for name in sorted(names) if not self._is_ours(name)
        ]
        if problems:
            raise ProblemsFound(problems)
        texts = {name: self._written(name, changed) for name in sorted(names)}
        write_all({self.folder / name: text for name, text in texts.items()})
        for own in (self.facts, self.sources):
            if own.name in texts:
                own.settle(texts.pop(own.name))
        self._raw |= texts
        self._settle(names)
        return sorted(names)

    def _is_ours(self, name: str) -> bool:
        """Return whether a file is still what it was when it was read or written here."""
        grounds = {own.name: own.raw for own in (self.facts, self.sources)}
        raw = grounds.get(name) or self._raw.get(name)
        try:
            return raw is not None and (self.folder / name).read_bytes() == raw.encode()
        except OSError:
            return False

    def _written(self, name: str, changed: Sequence[Entry]) -> str:
        for grounds in (self.facts, self.sources):
            if grounds.name == name:
                return grounds.written()
        own = [entry for entry in changed if f"{entry.topic}.yml" == name]
        changes = {
            entry.index: Change(entry.saved or {}, None if entry.removed else entry.data)
            for entry in own
            if entry.index is not None
        }
        text = rewritten(self._raw[name], name, "questions", changes)
        for entry in own:
            if entry.index is None:
                text = appended(
                    text, name, "questions", [entry.question], written=self._brought(entry)
                )
        return text

    def _brought(self, entry: Entry) -> str | None:
        """Return a moved question as its old file has it, with its comments and its changes."""
        origin = entry.moved_from
        if origin is None or origin.index is None:
            return None
        name = f"{origin.topic}.yml"
        change = Change(origin.saved or {}, entry.data)
        text = rewritten(self._raw[name], name, "questions", {origin.index: change})
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        file = parse_yaml(text, name)[0]
        assert file is not None
        block = Blocks(text, file, "questions").block(origin.index)
        end = block.text.find("\n", node_end(block.node(), block.text))
        return block.text if end < 0 else block.text[: end + 1]

    def _settle(self, names: Collection[str]) -> None:
        """Take what the files hold now as what was saved."""
        self.entries = [entry for entry in self.entries if not entry.removed]
        for entry in self.entries:
            entry.moved_from = None
        for name in names - {self.facts.name, self.sources.name}:
            file = parse_yaml(self._raw[name].removeprefix("\ufeff"), name)[0]
            for index, entry in enumerate(self._of(name)):
                entry.index = index
                entry.line = file.line(("questions", index)) if file else 1
                entry.saved, entry.was = dict(entry.data), entry.question
        questions = tuple(entry.question for entry in self.entries if entry.question)
        self.bank = self.bank.model_copy(update={"questions": questions})

    def _of(self, name: str) -> list[Entry]:
        own = [entry for entry in self.entries if f"{entry.topic}.yml" == name]
        return sorted(own, key=lambda entry: (entry.index is None, entry.index or 0, entry.number))

    def approve(
        self,
        entries: Sequence[Entry],
        status: Literal["reviewed", "approved"],
        by: str,
        on: date,
    ) -> list[str]:
        """Stamp saved questions with a status, by whom and when; return their ids.

        Raises
        ------
        ProblemsFound
            When one of them isn't saved, or the bank can't be approved; nothing is written.
        ValueError
            When `by` is empty.
        """
        unsaved = [entry for entry in entries if entry.is_changed]
        if unsaved:
            raise ProblemsFound(
                make("question.unsaved", f"{one.topic}.yml", one.line, id=one.id) for one in unsaved
            )
        ids = set_status(self.folder, status, by, on, [entry.id for entry in entries])
        for name in {f"{entry.topic}.yml" for entry in entries}:
            self._raw[name] = (self.folder / name).read_bytes().decode()
            file = parse_yaml(self._raw[name].removeprefix("\ufeff"), name)[0]
            for entry in self._of(name):
                if file and entry.id in ids and entry.index is not None:
                    stamp = file.data["questions"][entry.index]["status"]
                    self.change(entry, {**entry.data, "status": stamp})
                    entry.saved, entry.was = dict(entry.data), entry.question
        return ids

    def compare(self) -> None:
        """Find what only comparing questions with each other shows; takes seconds for thousands.

        Does nothing while a question of the bank isn't right.
        """
        self.take_compared(compared(self.bank))

    def take_compared(self, found: Mapping[str, Sequence[Problem]]) -> None:
        """Put advice from `compared` beside its questions."""
        for entry in self.entries:
            known = {(problem.code, problem.message) for problem in entry.problems}
            entry.compared = [
                one for one in found.get(entry.id, ()) if (one.code, one.message) not in known
            ]
