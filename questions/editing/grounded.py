"""Changing what questions rest on: facts and sources, and what becomes of the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from questions.editing.entry import Entry
from questions.editing.grounds import Ground, Grounds, citing
from questions.model import Bank
from questions.problems import Problem


class Grounded:
    """The side of an edited bank that facts and sources are on; see `EditedBank`."""

    bank: Bank
    entries: list[Entry]
    facts: Grounds
    sources: Grounds

    def change(self, entry: Entry, data: Mapping[str, Any]) -> None:
        """Let a question be what `data` say."""
        raise NotImplementedError  # pragma: no cover - the whole bank does it

    @property
    def changed_grounds(self) -> list[Ground]:
        """The facts and sources that saving would write."""
        return [*self.facts.changed, *self.sources.changed]

    def resting_on(self, ground: Ground) -> list[Entry]:
        """Return the questions that cite a fact or source, by its old id and its new one."""
        ids = {ground.id, str((ground.saved or {}).get("id", ""))} - {""}
        found = citing(self.bank, ground.kind, sorted(ids))
        key = f"{ground.kind}s"
        return [
            entry
            for entry in self.entries
            if not entry.removed
            and (entry.id in found or ids & {str(id_) for id_ in entry.data.get(key) or ()})
        ]

    def change_ground(self, ground: Ground, data: Mapping[str, Any]) -> list[Entry]:
        """Let a fact or source be what `data` say; return the questions that rest on it.

        They are looked at anew: where a fact has changed, their review holds no longer.
        """
        resting = self.resting_on(ground)
        self._grounds_of(ground).take(ground, data)
        self._reground(ground, resting)
        return self.resting_on(ground)

    def remove_ground(self, ground: Ground) -> list[Entry]:
        """Take a fact or source away with the next saving; return what rested on it."""
        resting = self.resting_on(ground)
        if ground.index is None:
            self._grounds_of(ground).entries.remove(ground)
        ground.removed = True
        self._reground(ground, resting)
        return resting

    def undo_ground(self, ground: Ground) -> None:
        """Let a fact or source be as it was saved; a new one goes."""
        if ground.saved is None:
            self.remove_ground(ground)
            return
        ground.removed = False
        self.change_ground(ground, ground.saved)

    def _grounds_of(self, ground: Ground) -> Grounds:
        return self.facts if ground.kind == "fact" else self.sources

    def _reground(self, ground: Ground, resting: Sequence[Entry]) -> None:
        """Take facts and sources as they are now, and look at what rests on a changed one."""
        update = {"facts": self.facts.models(), "sources": self.sources.models()}
        self.bank = self.bank.model_copy(update=update)
        for grounds in (self.facts, self.sources):
            for one in grounds.entries:
                if one is ground or one.is_changed or self._cites(one, ground):
                    grounds.check(one, self.bank)
        for entry in {id(one): one for one in (*resting, *self.resting_on(ground))}.values():
            self.change(entry, entry.data)

    @staticmethod
    def _cites(one: Ground, ground: Ground) -> bool:
        """Return whether a fact cites a source, or either is superseded by the other."""
        ids = {ground.id, str((ground.saved or {}).get("id", ""))}
        cites = [one.data.get("cites"), *(one.data.get("further") or ())]
        named = {str(cite.get("source")) for cite in cites if isinstance(cite, Mapping)}
        return bool(ids & {*named, str(one.data.get("superseded_by"))})

    def _ground_problems(self, changed: Sequence[Ground]) -> list[Problem]:
        """Return what must be mended of facts and sources, with those that cite them."""
        found = []
        for grounds in (self.facts, self.sources):
            for one in grounds.entries:
                if not one.removed and any(one is own or self._cites(one, own) for own in changed):
                    grounds.check(one, self.bank)
                    found += one.errors
        return found
