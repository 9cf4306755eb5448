"""The prizes that rules state, as documents need them: titles, order, money. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class PrizeWords:
    """A prize: its title, what it is worth in đồng (None: not stated), its place from the top."""

    title: str
    value: int | None
    place: int


class PrizeList:
    """Prizes by what a result calls them, id or title; unknown ones stand last, as they are met.

    Parameters
    ----------
    rules : dict
        The rules as written.
    whose : str
        `people` or `units`.
    """

    def __init__(self, rules: dict[str, Any], whose: Literal["people", "units"]) -> None:
        self._known: dict[str, PrizeWords] = {}
        section = rules.get("prizes")
        for ranking in (section.get(whose) if isinstance(section, dict) else None) or ():
            for one in ranking.get("prizes") or ():
                words = PrizeWords(str(one["title"]), one.get("value"), len(self._known))
                self._known.setdefault(str(one["id"]), words)
                self._known.setdefault(words.title, words)

    def __getitem__(self, name: str) -> PrizeWords:
        """Return a prize's words."""
        return self._known.get(name) or PrizeWords(name, None, len(self._known))

    def in_order(self, found: Iterable[str]) -> list[str]:
        """Return the different names among `found`, highest prize first."""
        different = list(dict.fromkeys(found))
        return sorted(different, key=lambda name: self[name].place)

    def money(self, found: Iterable[str]) -> int | None:
        """Return what prizes are worth together; None where that of any isn't stated."""
        values = [self[name].value for name in found]
        known = [value for value in values if value is not None]
        return sum(known) if known and len(known) == len(values) else None
