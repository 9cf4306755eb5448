"""Facts and sources of a bank that is being edited, as they are now and as they were saved."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from questions.check import check_fact, check_source
from questions.dump import data_text, entry_data
from questions.formats.texts import fold
from questions.in_place import appended
from questions.load import ReadBank
from questions.model import Bank, Fact, Source
from questions.places import Place
from questions.problems import Problem, make
from questions.rewrite import Change, rewritten
from questions.strict import validate
from questions.yaml_lines import YamlFile, parse_yaml

Kind = Literal["fact", "source"]
GROUNDS: tuple[Kind, ...] = ("fact", "source")
_MODELS: dict[Kind, type[Any]] = {"fact": Fact, "source": Source}


@dataclass(eq=False)
class Ground:
    """A fact or a source.

    Attributes
    ----------
    index : int or None
        Its place in its file; None while it isn't saved.
    data : dict
        What a file holds of it, right or not.
    saved : dict or None
        The same as it was saved; None for a new one.
    model : Fact, Source or None
        None where the data aren't one.
    """

    kind: Kind
    index: int | None
    data: dict[str, Any]
    saved: dict[str, Any] | None
    model: Any = None
    problems: list[Problem] = field(default_factory=list)
    removed: bool = False
    line: int = 1

    @property
    def id(self) -> str:
        """Its id, as far as there is one."""
        return str(self.data.get("id", ""))

    @property
    def is_changed(self) -> bool:
        """Whether saving would write something."""
        return self.removed or self.data != self.saved

    @property
    def errors(self) -> list[Problem]:
        """What must be mended before it can be saved."""
        return [problem for problem in self.problems if not problem.advice]

    def diff(self) -> str:
        """Return how it differs from what was saved, as a unified diff of its YAML."""
        before = data_text([self.saved]) if self.saved is not None else ""
        after = "" if self.removed else data_text([self.data])
        lines = difflib.unified_diff(
            before.splitlines(), after.splitlines(), f"{self.kind}s.yml", self.id, lineterm=""
        )
        return "\n".join(lines)


class Grounds:
    """All facts, or all sources, of a bank."""

    def __init__(self, kind: Kind, read: ReadBank, raw: str | None) -> None:
        self.kind = kind
        self.name = f"{kind}s.yml"
        self.key = f"{kind}s"
        self.raw = raw
        self._unread = read.unread
        self.entries = list(self._read(read))

    def _read(self, read: ReadBank) -> Iterator[Ground]:
        file = read.files.get(self.name)
        listed = file.data.get(self.key) if file else None
        places = {
            place.loc[1]: id_ for (kind, id_), place in read.places.items() if kind == self.kind
        }
        models = {one.id: one for one in getattr(read.part, self.key, ())}
        for index, typed in enumerate(listed if isinstance(listed, list) else ()):
            assert file is not None
            model = models.get(places.get(index, ""))
            data = entry_data(model) if model else dict(typed) if isinstance(typed, dict) else {}
            line = file.line((self.key, index))
            found = Ground(self.kind, index, data, dict(data), model, line=line)
            ends = file.line((self.key, index + 1)) if index + 1 < len(listed) else 10**9
            found.problems = [
                one for one in read.problems if one.file == self.name and line <= one.line < ends
            ]
            yield found

    @property
    def changed(self) -> list[Ground]:
        """The entries that saving would write."""
        return [entry for entry in self.entries if entry.is_changed]

    def models(self) -> tuple[Any, ...]:
        """Return those that are right and stay."""
        return tuple(one.model for one in self.entries if one.model and not one.removed)

    def rows(self, words: str = "") -> list[Ground]:
        """Return the entries that hold all these words, whatever their capitals and diacritics."""
        wanted = fold(words).split()
        if not wanted:
            return self.entries
        texts = ((one, fold(data_text([one.data]))) for one in self.entries)
        return [one for one, said in texts if all(word in said for word in wanted)]

    def take(self, entry: Ground, data: Mapping[str, Any]) -> None:
        """Let an entry be what `data` say, right or not."""
        entry.data = dict(data)
        file = YamlFile(self.name, {}, {(): entry.line})
        entry.model, entry.problems = validate(_MODELS[self.kind], file, entry.data)
        if entry.model:
            entry.data = entry_data(entry.model)

    def check(self, entry: Ground, bank: Bank) -> None:
        """Find what is wrong with an entry beside the others of the bank."""
        if entry.model is None or entry.removed:
            return
        place = Place(YamlFile(self.name, {}, {(): entry.line}), ())
        look: Any = check_fact if self.kind == "fact" else check_source
        entry.problems = [*self._twice(entry), *look(bank, entry.model, place, self._unread)]
        entry.problems.sort(key=lambda problem: problem.advice)

    def _twice(self, entry: Ground) -> Iterator[Problem]:
        for other in self.entries:
            if other is not entry and not other.removed and other.id == entry.id:
                first = f"{self.name}:{other.line}"
                yield make(f"{self.kind}.repeated", self.name, entry.line, id=entry.id, first=first)

    def add(self) -> Ground:
        """Add an entry with a free id."""
        taken = {entry.id for entry in self.entries}
        prefix = "dk" if self.kind == "fact" else "nguon"
        id_ = next(
            one for n in range(1, len(taken) + 2) if (one := f"{prefix}-{n:03}") not in taken
        )
        entry = Ground(self.kind, None, {}, None)
        self.entries.append(entry)
        self.take(entry, {"id": id_})
        return entry

    def written(self) -> str:
        """Return the file's text with everything that has changed."""
        assert self.raw is not None
        changes = {
            one.index: Change(one.saved or {}, None if one.removed else one.data)
            for one in self.changed
            if one.index is not None
        }
        text = rewritten(self.raw, self.name, self.key, changes)
        new = [one.model for one in self.entries if one.index is None]
        return appended(text, self.name, self.key, new) if new else text

    def settle(self, raw: str) -> None:
        """Take what was written as what was saved."""
        self.raw = raw
        self.entries = [entry for entry in self.entries if not entry.removed]
        file = parse_yaml(raw.removeprefix("\ufeff"), self.name)[0]
        for index, entry in enumerate(self.entries):
            entry.index, entry.saved = index, dict(entry.data)
            entry.line = file.line((self.key, index)) if file else 1


def citing(bank: Bank, kind: Kind, ids: Sequence[str]) -> set[str]:
    """Return the ids of the questions that rest on facts or sources, through facts too."""
    wanted = set(ids)
    facts = wanted if kind == "fact" else {
        fact.id
        for fact in bank.facts
        if wanted & {cite.source for cite in (fact.cites, *fact.further)}
    }  # fmt: skip
    return {
        one.id
        for one in bank.questions
        if facts & set(one.facts) or (kind == "source" and wanted & set(one.sources))
    }
