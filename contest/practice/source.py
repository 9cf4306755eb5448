"""What may be practised now: which bank, what is kept back, and whether practice is closed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from contest.directory import Contest
from contest.practice.deck import Deck, Withheld
from contest.practice_rules import KIT
from contest.rounds import Rounds
from contest.rules import Round, Rules
from questions.canonical import dumps, sha256
from questions.load import read_bank
from questions.model import Bank
from questions.pictures import FOLDER

Why = Literal["open", "off", "round", "empty"]


@dataclass(frozen=True)
class Availability:
    """Whether there is practice at a moment.

    Attributes
    ----------
    why : str
        `open`; `off`: the rules offer none; `round`: closed while a round is open; `empty`: every
        question is kept back.
    round : Round or None
        The round that closes it.
    until : int or None
        When it opens again, ms UTC.
    """

    why: Why
    round: Round | None = None
    until: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything may be practised."""
        return self.why == "open"


@dataclass(frozen=True, eq=False)
class PracticeBank:
    """The practice bank as it is now, with its canonical text for mock papers.

    `pictures` is the folder of its pictures.
    """

    deck: Deck
    digest: str
    text: str
    pictures: Path


class PracticeSource:
    """Finds the practice bank of a contest, and knows when it is to stay shut."""

    def __init__(self, rounds: Rounds) -> None:
        self._rounds = rounds
        self._lock = asyncio.Lock()
        self._read: tuple[Contest, Bank, str, str] | None = None
        self._deck: tuple[object, PracticeBank] | None = None

    async def availability(self, now: int) -> Availability:
        """Return whether there is practice now."""
        rules = self._rounds.known().rules
        if rules.practice.bank_beside(rules.bank) is None:
            return Availability("off")
        if rules.practice.closed_during_rounds:
            for round_ in await self._all_rounds(now):
                window = round_.window_at(now)
                if window is not None:
                    return Availability("round", round_, window[1])
        bank = await self.bank(now)
        return Availability("open" if bank and bank.deck.cards else "empty")

    async def next_closing(self, now: int) -> int | None:
        """Return when practice closes next, ms UTC; None: not that we know of."""
        if not self._rounds.known().rules.practice.closed_during_rounds:
            return None
        openings = [round_.next_opening(now) for round_ in await self._all_rounds(now)]
        return min((at for at in openings if at is not None), default=None)

    async def bank(self, now: int) -> PracticeBank | None:
        """Return the practice bank without what rounds keep back; None where there is none."""
        async with self._lock:
            contest = self._rounds.known()
            name = contest.rules.practice.bank_beside(contest.rules.bank)
            if name is None:
                return None
            if self._read is None or self._read[0] is not contest:
                bank = await self._bank(contest, name)
                text = await asyncio.to_thread(lambda: dumps(bank.to_data()))
                self._read = contest, bank, sha256(text), text
            _, bank, digest, text = self._read
            pending = await self._pending(now)
            mark = contest, tuple(id_ for id_, _, _ in pending)
            if self._deck is None or self._deck[0] != mark:
                deck = Deck(bank, _withheld(name, pending))
                folder = self._rounds.directory.bank_folder(name) / FOLDER
                await asyncio.to_thread(lambda: deck.cards)
                self._deck = mark, PracticeBank(deck, digest, text, folder)
            return self._deck[1]

    async def _bank(self, contest: Contest, name: str) -> Bank:
        if name == contest.rules.bank:
            return contest.bank
        folder = self._rounds.directory.bank_folder(name)
        read = await asyncio.to_thread(read_bank, folder, f"{name}/")
        # Whoever checks the files is told of a wrong bank; here it is one with nothing in it.
        return read.bank or contest.bank.model_copy(update={"questions": (), "topics": ()})

    async def _pending(self, now: int) -> list[tuple[str, Rules, Bank]]:
        """Return (round, rules, bank) for every round that may still draw, or isn't closed."""
        contest = self._rounds.known()
        pending = {}
        for round_ in contest.rules.rounds:
            frozen = await self._rounds.frozen(round_.id)
            if frozen is None and now < round_.closes_at:
                pending[round_.id] = contest.rules, contest.bank
        for status in await self._rounds.unclosed(now):
            frozen = await self._rounds.frozen(status.round.id)
            if frozen is not None:
                pending[status.round.id] = frozen.rules, frozen.bank
        return [(id_, rules, bank) for id_, (rules, bank) in sorted(pending.items())]

    async def _all_rounds(self, now: int) -> list[Round]:
        """Return the rounds as written, or as frozen; and those begun and no longer written."""
        rounds = {round_.id: round_ for round_ in self._rounds.known().rules.rounds}
        for status in await self._rounds.unclosed(now):
            rounds[status.round.id] = status.round
        return list(rounds.values())


def _withheld(name: str, pending: list[tuple[str, Rules, Bank]]) -> Withheld:
    """Return what is kept back: every question of a bank that isn't public and still in use."""
    ids: set[str] = set()
    stems: set[str] = set()
    for _, rules, bank in pending:
        if not rules.bank.startswith(KIT):
            held: Any = Withheld.of(bank.questions, same_bank=rules.bank == name)
            ids |= held.ids
            stems |= held.stems
    return Withheld(frozenset(ids), frozenset(stems))
