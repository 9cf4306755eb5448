"""Which results stand confirmed by who may, and where they lie. Loads no tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from contest.closing.resting import attempt_rounds, count_seen, spans
from contest.closing.steps import CONFIRMS, KIND
from contest.frozen import FrozenRound
from contest.store.commands import Action
from contest.store.protocol import Store

FOLDER = "xet_giai"
RESULT = "ket_qua"


def confirmed_result(
    actions: Sequence[Action],
    round_id: str,
    round_ids: Iterable[str],
    rounds_of: Mapping[str, str],
) -> str | None:
    """Return the result that stands confirmed for a round; None: none does.

    It does until a ruling or a mark that it rests on; whoever is forgotten takes no rank away.

    Parameters
    ----------
    round_ids : iterable of str
        What its ranking rests on, as `contest.closing.resting.spans` tells.
    rounds_of : mapping
        As for `contest.closing.resting.count_seen`.

    Returns
    -------
    str or None
        SHA-256 of the result's manifest.
    """
    rows = (
        one.body
        for one in reversed(actions)
        if (one.kind, one.subject) == (KIND, round_id) and one.body["step"] == "confirm"
    )
    body = next(rows, None)
    if body is None or body.get("role") != CONFIRMS:
        return None
    if body.get("seen") != count_seen(actions, round_ids, rounds_of):
        return None
    return body.get("result")


@dataclass
class Confirmations:
    """The confirmed results of one store, worked out again where there are new actions."""

    store: Store
    _rounds_of: dict[str, str] = field(default_factory=dict)
    _count: int = -1
    _kept: dict[str, str | None] = field(default_factory=dict)

    async def of(self, frozen: FrozenRound) -> str | None:
        """Return the result that stands confirmed for a round; see `confirmed_result`."""
        count = await self.store.count_actions()
        if count != self._count:
            self._count, self._kept = count, {}
        round_id = frozen.round.id
        if round_id not in self._kept:
            actions = await self.store.actions()
            self._rounds_of = await attempt_rounds(self.store, actions, self._rounds_of)
            found = confirmed_result(actions, round_id, spans(frozen, round_id), self._rounds_of)
            if count == self._count:  # nobody else has begun anew meanwhile
                self._kept[round_id] = found
            return found
        return self._kept[round_id]


def result_folder(var: Path, round_id: str) -> Path:
    """Return where the result of a round's closing lies, below the contest's `var`."""
    return var / FOLDER / round_id / RESULT
