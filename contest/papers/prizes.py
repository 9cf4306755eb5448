"""The prizes that rules state, as documents need them: titles, order, money. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grading.prize_rules import PeoplePrizes, Prizes, UnitPrizes

JOIN = ";"
"""What stands between the prizes of somebody who won several in one ranking."""


@dataclass(frozen=True)
class PrizeWords:
    """A prize: its title, what it is worth in đồng (None: not stated), its place from the top."""

    title: str
    value: int | None
    place: int


def stated_for(
    stated: Sequence[PeoplePrizes | UnitPrizes], ranking: str, *, of_round: bool
) -> list[PeoplePrizes | UnitPrizes]:
    """Return the prizes of one ranking: a round's (`of_round`) or a board's, by its id."""
    mine = {ranking, "round"} if of_round else {ranking}
    return [one for one in stated if one.of in mine]


@dataclass(frozen=True)
class RankingPrizes:
    """The prizes of one ranking: the same id may be worth something else in another."""

    people: PrizeList
    units: PrizeList

    @classmethod
    def of(cls, stated: Prizes, ranking: str, *, of_round: bool) -> RankingPrizes:
        """Return what the rules state for a round (`of_round`) or a board, by its id."""
        return cls(
            PrizeList(stated_for(stated.people, ranking, of_round=of_round)),
            PrizeList(stated_for(stated.units, ranking, of_round=of_round)),
        )


class PrizeList:
    """Prizes by what a result calls them, id or title; unknown ones stand last, as they are met.

    Parameters
    ----------
    stated : sequence of PeoplePrizes or UnitPrizes
        As the rules have them.
    """

    def __init__(self, stated: Sequence[PeoplePrizes | UnitPrizes]) -> None:
        self._known: dict[str, PrizeWords] = {}
        for ranking in stated:
            for one in ranking.prizes:
                words = PrizeWords(one.title, one.value, len(self._known))
                self._known.setdefault(one.id, words)
                self._known.setdefault(words.title, words)

    def __getitem__(self, name: str) -> PrizeWords:
        """Return a prize's words."""
        return self._known.get(name) or PrizeWords(name, None, len(self._known))

    def titles(self, cell: str | None) -> str | None:
        """Return what stands in a result's column `prize` in words; null stays null."""
        return None if cell is None else ", ".join(self[name].title for name in cell.split(JOIN))

    def in_order(self, found: Iterable[str]) -> list[str]:
        """Return the different names among `found`, highest prize first."""
        different = list(dict.fromkeys(name for one in found for name in one.split(JOIN)))
        return sorted(different, key=lambda name: self[name].place)

    def money(self, found: Iterable[str]) -> int | None:
        """Return what prizes are worth together; None where that of any isn't stated."""
        values = [self[name].value for one in found for name in one.split(JOIN)]
        known = [value for value in values if value is not None]
        return sum(known) if known and len(known) == len(values) else None
