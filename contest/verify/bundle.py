"""A contest's rows -> one file from which anybody can compute the results again.

In it, each a member named by the manifest with size and SHA-256: the tables of
`contest.store.bundling` as lines of canonical JSON; the secrets of closed rounds, which say how
papers were drawn; for rounds still open, whose secret nobody may know, the papers themselves.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from contest.files import publish
from contest.frozen import FrozenRound
from contest.keeping.archive import BUNDLE, ArchiveWriter, Manifest, unpack
from contest.rounds import Rounds
from contest.store.bundling import COLUMNS, NotRows, dump_tables, load_tables, read_line
from contest.store.snapshot import Snapshot
from contest.store.sqlite import SqliteStore
from questions.canonical import dumps

SECRETS = "secrets.json"
PAPERS = "papers.jsonl"


@dataclass(frozen=True)
class Bundled:
    """What was written: the manifest, and the rounds that are still open."""

    manifest: Manifest
    open_rounds: list[str]


async def write_bundle(rounds: Rounds, store: SqliteStore, database: Path, target: Path) -> Bundled:
    """Write the bundle of a contest, whose `database` the store is, to the new file `target`.

    The same rows give the same content; its time is that of the last row.
    """
    frozen, closed = await _rounds(rounds, store)
    with store.snapshot() as snapshot:
        return _write(frozen, closed, snapshot, database, target)


def _write(
    frozen: dict[str, FrozenRound],
    closed: set[str],
    snapshot: Snapshot,
    database: Path,
    target: Path,
) -> Bundled:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
        folder = Path(scratch)
        counts = _write_tables(database, folder)
        secrets = {id_: one.secret.hex() for id_, one in frozen.items() if id_ in closed}
        (folder / SECRETS).write_text(dumps(secrets) + "\n", encoding="utf-8")
        still_open = {id_: one for id_, one in frozen.items() if id_ not in closed}
        at = max([snapshot.last_row_at(), *(action.at for action in snapshot.actions())])
        _write_lines(folder / PAPERS, _papers(snapshot, still_open))
        about = next(iter(frozen.values())).rules.contest
        draft = folder / "draft.zip"
        draft.touch(mode=0o600)
        with draft.open("wb") as file:
            writer = ArchiveWriter(file, at)
            for name in (*(f"{table}.jsonl" for table in COLUMNS), SECRETS, PAPERS):
                writer.add(name, folder / name)
            kit = version("timhieu")
            manifest = Manifest(about.id, about.title, at, kit, counts, writer.files, BUNDLE)
            writer.finish(manifest)
        publish(draft, target)
    return Bundled(manifest, sorted(still_open))


async def _rounds(rounds: Rounds, store: SqliteStore) -> tuple[dict[str, FrozenRound], set[str]]:
    frozen = {}
    for action in await store.actions("freeze"):
        one = await rounds.frozen(action.subject)
        assert one is not None
        frozen[action.subject] = one
    return frozen, {action.subject for action in await store.actions("close")}


def _write_tables(database: Path, folder: Path) -> dict[str, int]:
    counts = {}
    for table, rows in dump_tables(database):
        counts[table] = _write_lines(folder / f"{table}.jsonl", rows)
    return counts


def _write_lines(path: Path, rows: Iterable[Any]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(dumps(row) + "\n")
            count += 1
    return count


def _papers(snapshot: Snapshot, still_open: dict[str, FrozenRound]) -> Iterable[list[Any]]:
    for round_id, one in sorted(still_open.items()):
        for record in snapshot.attempts(round_id):
            if one.knows(record):
                paper = one.paper_of(record)
                yield [record.attempt_id, [item.question.id for item in paper.items]]


@dataclass(frozen=True)
class Opened:
    """A bundle that was unpacked into a folder of its own: a database, and what seeds its papers.

    `secrets` holds the closed rounds', `papers` attempt id -> question ids of the open rounds'.
    """

    manifest: Manifest
    database: Path
    secrets: dict[str, bytes]
    papers: dict[str, tuple[str, ...]]


def open_bundle(file: Path, folder: Path) -> Opened:
    """Unpack a bundle into the empty `folder` and make a database of it.

    Raises
    ------
    BadArchive
        Where it isn't a whole and sound bundle.
    NotRows
        Where a member isn't what it should be.
    """
    members = folder / "members"
    manifest = unpack(file, members, BUNDLE)
    database = folder / "var" / "timhieu.db"
    load_tables(database, ((table, _lines(members, table)) for table in COLUMNS))
    return Opened(manifest, database, _secrets(members / SECRETS), _given(members / PAPERS))


def _secrets(file: Path) -> dict[str, bytes]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return {id_: bytes.fromhex(secret) for id_, secret in told.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise NotRows(SECRETS) from None


def _given(file: Path) -> dict[str, tuple[str, ...]]:
    """Return the papers of open rounds."""
    papers: dict[str, tuple[str, ...]] = {}
    try:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                attempt_id, questions = json.loads(line)
                papers[attempt_id] = tuple(questions)
    except (ValueError, TypeError, RecursionError):
        raise NotRows(PAPERS) from None
    return papers


def _lines(members: Path, table: str) -> Iterable[list[Any]]:
    with (members / f"{table}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield read_line(line, table)


def write_salts(snapshot: Snapshot, target: Path) -> int:
    """Write the private file that identities are checked with, mode 0600; return how many."""
    people = {
        id_: {"fields": json.loads(fields), "salt": salt}
        for id_, fields, salt in snapshot.salted_people()
    }
    target.touch(mode=0o600, exist_ok=False)  # before anything is in it
    target.write_text(dumps(people) + "\n", encoding="utf-8")
    return len(people)
