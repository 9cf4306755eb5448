"""Chains of a whole database, checked as they are read: rows, actions, closing roots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from contest.attempt import Row, verify_chain
from contest.messages import text
from contest.store.commands import Action
from contest.store.snapshot import Snapshot
from questions.canonical import content_hash


class Tampered(ValueError):
    """Stored data don't match their hashes: somebody has changed the database.

    Attributes
    ----------
    place : str
        Which attempt and row, action, round or secret, in Vietnamese.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(place)


def checked_actions(snapshot: Snapshot) -> list[Action]:
    """Return all actions; Tampered where their chain is broken."""
    broken = snapshot.verify_actions()
    if broken is not None:
        raise Tampered(text("tampered.action", n=broken))
    return snapshot.actions()


def checked_rows(stored: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield every attempt's rows, which follow each other; Tampered at a broken chain."""
    for attempt_id, found in groupby(stored, key=lambda row: row.attempt_id):
        rows = list(found)
        broken = verify_chain(rows)
        if broken is not None:
            raise Tampered(text("tampered.row", n=broken, id=attempt_id))
        yield attempt_id, rows


def head_of(attempt_id: str, rows: list[Row]) -> list[Any]:
    """Return what a closing root is made of: an attempt's id, its last row's number and hash."""
    return [attempt_id, rows[-1].n, rows[-1].hash]


def check_root(round_id: str, closing: Action | None, heads: list[list[Any]]) -> None:
    """Check the heads of a round against its closing row, if it has one.

    Raises
    ------
    Tampered
        Where they aren't those that it was closed with.
    """
    if closing is not None and closing.body["root"] != content_hash(heads):
        raise Tampered(text("tampered.round", ky=round_id))
