"""Which rulings hold at a moment, and what they make of rounds: windows, rules, admissions.

Pure. A moment is judged by the rulings that had been made by then: what an attempt was begun
under never changes afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from contest.rules import Round, Rules, Window, from_ms
from contest.rulings.models import Admit, ChangeRules, Extend, Ruling, Undo
from questions.canonical import sha256


def in_force(rulings: Iterable[Ruling], at: int | None = None) -> list[Ruling]:
    """Return the rulings that hold, in order: not taken back, and no undo.

    Parameters
    ----------
    at : int or None
        Only those made by then (ms UTC) are looked at; None: all.
    """
    made = [ruling for ruling in rulings if at is None or ruling.at <= at]
    undone: set[int] = set()
    for ruling in reversed(made):  # an undo may be taken back by a later one only
        if isinstance(ruling.body, Undo) and ruling.number not in undone:
            undone.add(ruling.body.ruling)
    return [
        ruling
        for ruling in made
        if ruling.number not in undone and not isinstance(ruling.body, Undo)
    ]


@dataclass(frozen=True)
class Version:
    """Rules that a ruling brought: content hash, hash of the file, the rules, the file's text."""

    hash: str
    text_hash: str
    rules: Rules = field(repr=False)
    text: str = field(repr=False)


def read_version(body: ChangeRules, raw: str, text: str) -> Version:
    """Return the rules that a ruling names, from their stored contents.

    Raises
    ------
    ValueError
        Where a content isn't there or isn't what its hash says.
    """
    for digest, content in ((body.rules, raw), (body.rules_text, text)):
        if sha256(content) != digest:
            raise ValueError(f"the rules {digest} named by a ruling have changed")
    rules = Rules.model_validate(json.loads(raw))
    return Version(body.rules, body.rules_text, rules, text)


@dataclass(frozen=True)
class History:
    """The rulings that change what may be opened, with the rules they name by content hash."""

    rulings: tuple[Ruling, ...] = ()
    versions: Mapping[str, Version] = field(default_factory=dict)

    def version(self, now: int) -> Version | None:
        """Return the rules in force by a ruling at `now` (ms UTC); None: the contest's first."""
        found = None
        since = 0
        for ruling in in_force(self.rulings, now):
            body = ruling.body
            if isinstance(body, ChangeRules) and since <= body.since <= now:
                found, since = self.versions[body.rules], body.since
        return found

    def extended(self, round_: Round, now: int) -> Round:
        """Return the round with the windows that it has at `now` (ms UTC)."""
        longer: dict[int, int] = {}
        for ruling in in_force(self.rulings, now):
            body = ruling.body
            if isinstance(body, Extend) and ruling.subject == round_.id:
                longer[body.opens] = longer.get(body.opens, 0) + body.ms
        if not longer:  # asked for every answer that arrives
            return round_
        spans = round_.spans
        if not any(opens in longer for opens, _ in spans):
            return round_
        windows = tuple(
            Window(opens=from_ms(opens), closes=from_ms(closes + longer.get(opens, 0)))
            for opens, closes in spans
        )
        return round_.model_copy(update={"windows": windows, "hours": None})

    def admitted(self, round_id: str) -> frozenset[str]:
        """Return the contestants who were admitted to a round."""
        return frozenset(
            contestant_id
            for ruling in in_force(self.rulings)
            if isinstance(ruling.body, Admit) and ruling.subject == round_id
            for contestant_id in ruling.body.contestants
        )

    def last(self) -> int:
        """Return when the last of them was made, milliseconds UTC; 0 where there is none."""
        return max((ruling.at for ruling in self.rulings), default=0)


NO_HISTORY = History()
