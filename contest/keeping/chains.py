"""Whether a whole database is what was written: every chain, every closing row, every secret."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from contest.attempt import verify_chain
from contest.frozen import secret_hash
from contest.messages import text
from contest.secret_files import read_secret
from contest.store.copying import Unreadable, check_database
from contest.store.snapshot import Snapshot
from questions.canonical import content_hash


class Broken(ValueError):
    """Something doesn't match its hash; `place` says what, in Vietnamese."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(place)


def check_chains(database: Path, secrets: Path) -> dict[str, int]:
    """Check a database that nobody writes to, and the secrets that belong to it.

    Returns
    -------
    dict
        How many rows its tables have.

    Raises
    ------
    Broken
        Naming the first thing that doesn't match.
    NewerDatabase
        Where a newer version of the kit made it.
    """
    try:
        check_database(database)
    except Unreadable as error:
        raise Broken(str(error)) from None
    with Snapshot(database) as snapshot:
        broken = snapshot.verify_actions()
        if broken is not None:
            raise Broken(text("tampered.action", n=broken))
        actions = snapshot.actions()
        roots = {one.subject: one.body["root"] for one in actions if one.kind == "close"}
        for round_id in snapshot.rounds():
            root = content_hash(_heads(snapshot, round_id))
            if roots.get(round_id, root) != root:
                raise Broken(text("tampered.round", ky=round_id))
        hashes = {f"round-{a.subject}": a.body["secret"] for a in actions if a.kind == "freeze"}
        hashes["identity"] = snapshot.meta("identity")  # None before the first server ran
        for name, expected in hashes.items():
            kept = read_secret(secrets, name)
            if kept is None or expected not in (None, secret_hash(kept)):
                raise Broken(text("tampered.secret", name=name))
        return snapshot.counts()


def _heads(snapshot: Snapshot, round_id: str) -> list[list[object]]:
    """Return the last row of every attempt of a round; Broken where a chain is."""
    heads = []
    for attempt_id, found in groupby(snapshot.rows(round_id), key=lambda row: row.attempt_id):
        rows = list(found)
        broken = verify_chain(rows)
        if broken is not None:
            raise Broken(text("tampered.row", n=broken, id=attempt_id))
        heads.append([attempt_id, rows[-1].n, rows[-1].hash])
    return heads
