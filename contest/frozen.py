"""A round as it was frozen: what attempts are sat under, whatever the files say later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from contest.directory import Contest
from contest.draw import Item, Paper, Pool, draw, seed_of
from contest.pictures import frozen_contents
from contest.rules import Round, Rules
from contest.rules_paper import PaperRules
from contest.store.protocol import Action, AttemptRecord, FreezeRound, FrozenRecord
from contest.units import Units
from questions.canonical import dumps, sha256
from questions.model import Bank

SAME = "same"
"""Stands for the attempt in the seed of papers with the same questions; no id is like it."""

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

    @cached_property
    def pool(self) -> Pool:
        """The questions that may be drawn."""
        return Pool(self.bank, sample=self.rules.contest.sample)

    @cached_property
    def _drawn(self) -> object:
        return lru_cache(maxsize=4096)(self._draw)

    def _draw(self, attempt_id: str, group: str) -> Paper:
        if self.given is not None:
            questions = [self.bank.question_by_id[id_] for id_ in self.given[attempt_id]]
            return Paper(tuple(map(Item, questions)))
        rules = self.rules.paper_of(self.round.id, group)
        own = seed_of(self.secret, attempt_id)
        pick = own if rules.draw == "each" else seed_of(self.secret, f"{SAME}/{group}")
        return draw(self.pool, rules, own, pick)

    def paper(self, attempt_id: str, group: str) -> Paper:
        """Return the paper of an attempt of a group: always the same one."""
        return self._drawn(attempt_id, group)  # type: ignore[operator]

    def paper_of(self, record: AttemptRecord) -> Paper:
        """Return the paper of a stored attempt."""
        return self.paper(record.attempt_id, record.opened["group"])

    def paper_rules(self, record: AttemptRecord) -> PaperRules:
        """Return what the paper of a stored attempt is made of."""
        return self.rules.paper_of(self.round.id, record.opened["group"])


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
