"""What was decided about rounds, kept for pages: read again only where there are new rulings."""

from __future__ import annotations

from contest.rulings.decided import Decided, decide
from contest.rulings.models import Ruling, read_ruling
from contest.store.commands import RULING_KINDS
from contest.store.protocol import Store


class Decisions:
    """The decisions of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._count = 0
        self._rulings: list[Ruling] = []
        self._decided: dict[str, Decided] = {}

    async def about(self, round_id: str) -> Decided:
        """Return what the rulings say of a round's questions and papers.

        Units are those of a round that isn't closed: whoever needs them grades.
        """
        count = await self._store.count_actions(*RULING_KINDS)
        if count != self._count:
            self._rulings = [read_ruling(*one) for one in await self._store.rulings()]
            self._count = len(self._rulings)
            self._decided = {}
        if round_id not in self._decided:
            self._decided[round_id] = decide(self._rulings, round_id, None)
        return self._decided[round_id]
