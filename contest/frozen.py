"""A round as it was frozen: what attempts are sat under, whatever the files say later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from contest.directory import Contest
from contest.draw import Item, Paper, Pool, arrange, chosen, seed_of
from contest.pictures import frozen_contents
from contest.rules import Round, Rules
from contest.rules_paper import PaperRules
from contest.rulings.force import NO_HISTORY, History
from contest.store.commands import Action, FreezeRound
from contest.store.protocol import AttemptRecord, FrozenRecord
from contest.units import Units
from questions.canonical import dumps, sha256
from questions.model import Bank

SAME = "same"
"""Stands for the attempt in the seed of papers with the same questions; no id is like it."""

FIRST = "first"
"""The key of the round as it was frozen, among its views."""

SERVER = "server"
"""The actor of what the kit does by itself."""


@dataclass(frozen=True, eq=False)
class FrozenRound:
    """Rules, units and bank of a round, and the secret that papers are drawn with.

    `hashes` holds the content hashes by kind (bank, rules, rules_text, units, secret). `given`
    holds the papers where the secret may not be known: attempt id -> question ids, in no order of
    options.
    """

    round: Round
    rules: Rules
    rules_text: str
    units: Units
    bank: Bank = field(repr=False)
    secret: bytes = field(repr=False)
    hashes: dict[str, str]
    given: Mapping[str, tuple[str, ...]] | None = field(default=None, repr=False)
    history: History = field(default=NO_HISTORY, repr=False)
    _views: dict[Any, FrozenRound] = field(default_factory=dict, repr=False)

    def under(self, history: History) -> FrozenRound:
        """Return the round as it was frozen, with the rulings of `history`."""
        return replace(self.first, history=history, _views={})

    def at(self, now: int) -> FrozenRound:
        """Return the round with the rules and windows that hold at `now` (ms UTC)."""
        version = self.history.version(now)
        return self._view(version.hash if version else self.first.hashes["rules"], now)

    def sat(self, record: AttemptRecord) -> FrozenRound:
        """Return the round with the rules and windows that an attempt was begun under."""
        return self._view(record.opened["rules"], record.started_at)

    def knows(self, record: AttemptRecord) -> bool:
        """Return whether the rules that an attempt was begun under are known here."""
        rules = record.opened["rules"]
        return rules == self.first.hashes["rules"] or rules in self.history.versions

    @property
    def first(self) -> FrozenRound:
        """The round as it was frozen."""
        return self._views.get(FIRST, self)

    def _view(self, rules: str, now: int) -> FrozenRound:
        first = self.first
        version = None if rules == first.hashes["rules"] else self.history.versions[rules]
        found = version.rules.round(first.round.id) if version else first.round
        round_ = self.history.extended(found, now)
        if version is None and round_ is first.round:
            return first
        key = (rules, tuple(round_.spans))
        if key not in self._views:
            self._views.setdefault(FIRST, first)
            changed = {"round": round_, "_views": self._views}
            if version is not None:
                hashes = {"rules": version.hash, "rules_text": version.text_hash}
                changed |= {
                    "rules": version.rules,
                    "rules_text": version.text,
                    "hashes": {**first.hashes, **hashes},
                }
            self._views[key] = replace(first, **changed)
        return self._views[key]

    @cached_property
    def pool(self) -> Pool:
        """The questions that may be drawn."""
        return Pool(self.bank, sample=self.rules.contest.sample)

    @cached_property
    def _drawn(self) -> object:
        return lru_cache(maxsize=4096)(self._draw)

    def _draw(self, attempt_id: str, group: str) -> Paper:
        if self.given is not None:
            return Paper(tuple(map(Item, self._chosen(attempt_id, group))))
        own = seed_of(self.secret, attempt_id)
        return Paper(tuple(arrange(one, own) for one in self._chosen(attempt_id, group)))

    def _chosen(self, attempt_id: str, group: str) -> list[Any]:
        if self.given is not None:
            return [self.bank.question_by_id[id_] for id_ in self.given[attempt_id]]
        rules = self.rules.paper_of(self.round.id, group)
        own = seed_of(self.secret, attempt_id)
        pick = own if rules.draw == "each" else seed_of(self.secret, f"{SAME}/{group}")
        return chosen(self.pool, rules, own, pick)

    def paper(self, attempt_id: str, group: str) -> Paper:
        """Return the paper of an attempt of a group: always the same one."""
        return self._drawn(attempt_id, group)  # type: ignore[operator]

    def paper_of(self, record: AttemptRecord) -> Paper:
        """Return the paper of a stored attempt."""
        return self.sat(record).paper(record.attempt_id, record.opened["group"])

    def questions_of(self, record: AttemptRecord) -> list[Any]:
        """Return the questions of a stored attempt's paper in their order, not how they are shown.

        A third of the work of `paper_of`; grading reads every attempt of a round.
        """
        return self.sat(record)._chosen(record.attempt_id, record.opened["group"])

    def paper_rules(self, record: AttemptRecord) -> PaperRules:
        """Return what the paper of a stored attempt is made of."""
        return self.sat(record).rules.paper_of(self.round.id, record.opened["group"])


def freeze_command(contest: Contest, round_: Round, secret: bytes, at: int) -> FreezeRound:
    """Return the command that freezes a round with the contest's present files.

    Raises
    ------
    ProblemsFound
        Where a picture isn't what it was when the bank was read.
    """
    contents = {
        kind: (sha256(body), body)
        for kind, body in (
            ("bank", dumps(contest.bank.to_data())),
            ("rules", dumps(contest.rules.to_data())),
            ("rules_text", contest.rules_text),
            ("units", dumps(contest.units.to_data())),
        )
    }
    hashes = {kind: digest for kind, (digest, _) in contents.items()}
    return FreezeRound(
        {
            **{digest: (kind, body) for kind, (digest, body) in contents.items()},
            **frozen_contents(contest.bank, contest.pictures),
        },
        Action(at, SERVER, "freeze", round_.id, {**hashes, "secret": secret_hash(secret)}),
    )


def from_record(
    record: FrozenRecord,
    secret: bytes | None,
    given: Mapping[str, tuple[str, ...]] | None = None,
) -> FrozenRound:
    """Return a frozen round from the store's record; without a secret, its papers are `given`.

    Raises
    ------
    ValueError
        Where the secret is not the one whose hash was published, or a content has been changed.
    """
    if secret is not None and record.action.body["secret"] != secret_hash(secret):
        raise ValueError(f"the secret of round {record.round_id} has changed")
    for kind, body in record.contents.items():
        if sha256(body) != record.action.body[kind]:
            raise ValueError(f"the frozen {kind} of round {record.round_id} has changed")
    rules = Rules.model_validate(json.loads(record.contents["rules"]))
    return FrozenRound(
        rules.round(record.round_id),
        rules,
        record.contents["rules_text"],
        Units.from_data(json.loads(record.contents["units"])),
        Bank.from_data(json.loads(record.contents["bank"])),
        secret or b"",
        dict(record.action.body),
        given=given if secret is None else None,
    )


def unfrozen(contest: Contest, round_: Round, secret: bytes) -> FrozenRound:
    """Return a round straight from the files, for previews; nothing is stored."""
    command = freeze_command(contest, round_, secret, 0)
    return FrozenRound(
        round_,
        contest.rules,
        contest.rules_text,
        contest.units,
        contest.bank,
        secret,
        dict(command.action.body),
    )


def secret_hash(secret: bytes) -> str:
    """Return what is published of a round's secret before it is over."""
    return sha256(secret)
