"""What a notice is, what may be written, and which ones hold at a moment. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from contest.store.commands import NOTICE, NOTICE_WITHDRAWN, Action

Kind = Literal["info", "warning"]
KINDS: tuple[Kind, ...] = ("info", "warning")

LONGEST = 300
"""Characters of a notice, at most: it is read on a phone, in the middle of a paper."""

MOST = 5
"""Notices that may hold or wait at the same time."""

_ENDS = ("Cc", "Zl", "Zp")
_UNSEEN = ("Cf", "Co", "Cs")
"""Categories of signs that are no text: line ends and controls; marks that can't be seen, such as
those that turn the direction of what follows."""


class BadNotice(ValueError):
    """The notice can't be written or withdrawn. `codes` name the sentences that say why."""

    def __init__(self, *codes: tuple[str, dict[str, object]]) -> None:
        super().__init__(", ".join(code for code, _ in codes))
        self.codes = codes


@dataclass(frozen=True)
class Notice:
    """A notice.

    Attributes
    ----------
    number : int
        From 1, in the order in which they were written.
    text : str
        Plain text, one paragraph.
    kind : str
        `info`, or `warning`.
    round_id : str or None
        The round whose contestants it is for; None: everybody.
    starts, ends : int and (int or None)
        From when until before when it is shown, ms UTC; None: until it is withdrawn.
    by : str
        Who wrote it.
    withdrawn : tuple or None
        (when, by whom).
    """

    number: int
    text: str
    kind: Kind
    round_id: str | None
    starts: int
    ends: int | None
    by: str
    withdrawn: tuple[int, str] | None = None

    def holds(self, now: int) -> bool:
        """Return whether it is shown at `now` (ms UTC)."""
        return self.starts <= now and self.stands(now)

    def stands(self, now: int) -> bool:
        """Return whether it is shown at `now` or later."""
        return self.withdrawn is None and not self.over(now)

    def over(self, now: int) -> bool:
        """Return whether its time is over."""
        return self.ends is not None and self.ends <= now

    def told(self) -> dict[str, Any]:
        """Return what pages are told of it."""
        return {"n": self.number, "kind": self.kind, "text": self.text}


def plain(text: str) -> str:
    """Return a text as it is kept: NFC, one paragraph, without signs that can't be seen."""
    signs = [(sign, unicodedata.category(sign)) for sign in unicodedata.normalize("NFC", text)]
    seen = [" " if kind in _ENDS else sign for sign, kind in signs if kind not in _UNSEEN]
    return " ".join("".join(seen).split())


def checked(
    text: str, kind: str, round_id: str | None, starts: int, ends: int | None, now: int
) -> dict[str, Any]:
    """Return the body of the row that holds a notice; times are ms UTC.

    Raises
    ------
    BadNotice
        With everything that is wrong.
    """
    kept = plain(text)
    wrong: list[tuple[str, dict[str, object]]] = []
    if not kept:
        wrong.append(("empty", {}))
    if len(kept) > LONGEST:
        wrong.append(("too_long", {"most": LONGEST, "n": len(kept)}))
    if kind not in KINDS:
        wrong.append(("kind", {"kind": kind, "known": ", ".join(KINDS)}))
    if ends is not None and ends <= max(starts, now):
        wrong.append(("order" if ends <= starts else "past", {}))
    if wrong:
        raise BadNotice(*wrong)
    return {"text": kept, "kind": kind, "round": round_id, "from": starts, "until": ends}


def read_notices(actions: Iterable[Action]) -> list[Notice]:
    """Return the notices among the actions of the chain, in the order they were written."""
    found: list[Notice] = []
    for action in actions:
        if action.kind == NOTICE:
            body = action.body
            found.append(
                Notice(
                    len(found) + 1,
                    body["text"],
                    body["kind"],
                    body["round"],
                    body["from"],
                    body["until"],
                    action.actor,
                )
            )
        elif action.kind == NOTICE_WITHDRAWN:
            at = int(action.subject) - 1
            if found[at].withdrawn is None:
                found[at] = replace(found[at], withdrawn=(action.at, action.actor))
    return found


def shown(notices: Iterable[Notice], rounds: Collection[str], now: int) -> list[Notice]:
    """Return what pages about these rounds show at `now` (ms UTC): warnings, then newest first."""
    about = [one for one in notices if one.round_id is None or one.round_id in rounds]
    found = [one for one in about if one.holds(now)]
    return sorted(found, key=lambda one: (one.kind != "warning", -one.number))
