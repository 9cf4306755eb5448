"""Whether a whole database is what was written: every chain, every closing row, every secret."""

from __future__ import annotations

from pathlib import Path

from contest.chains import Tampered, check_root, checked_actions, checked_rows, head_of
from contest.frozen import secret_hash
from contest.messages import text
from contest.secret_files import read_secret
from contest.store.copying import Unreadable, check_database
from contest.store.snapshot import Snapshot


def check_chains(database: Path, secrets: Path) -> dict[str, int]:
    """Check a database that nobody writes to, and the secrets that belong to it.

    Returns
    -------
    dict
        How many rows its tables have.

    Raises
    ------
    Tampered
        Naming the first thing that doesn't match.
    NewerDatabase
        Where a newer version of the kit made it.
    """
    try:
        check_database(database)
    except Unreadable as error:
        raise Tampered(str(error)) from None
    with Snapshot(database) as snapshot:
        actions = checked_actions(snapshot)
        closings = {one.subject: one for one in actions if one.kind == "close"}
        for round_id in snapshot.rounds():
            heads = [head_of(*chain) for chain in checked_rows(snapshot.rows(round_id))]
            check_root(round_id, closings.get(round_id), heads)
        hashes = {f"round-{a.subject}": a.body["secret"] for a in actions if a.kind == "freeze"}
        hashes["identity"] = snapshot.meta("identity")  # None before the first server ran
        for name, expected in hashes.items():
            kept = read_secret(secrets, name)
            if kept is None or expected not in (None, secret_hash(kept)):
                raise Tampered(text("tampered.secret", name=name))
        return snapshot.counts()
