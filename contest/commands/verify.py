"""`timhieu bundle` and `timhieu verify`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from contest.directory import ContestDirectory
from contest.kit import code_hash, code_version
from contest.messages import text as contest_text
from contest.rounds import Rounds
from contest.store.sqlite import SqliteStore
from contest.verify.bundle import Bundled, write_bundle, write_salts
from contest.verify.check import told_code, verify
from contest.verify.messages import text
from questions.canonical import sha256


class CannotBundle(RuntimeError):
    """There is nothing to bundle, or it can't be written there; the message says why."""


def bundle_directory(directory: Path, out: Path, salts: Path | None) -> Iterator[str]:
    """Write a contest's bundle; yield Vietnamese lines that say what was written.

    Raises
    ------
    CannotBundle
        Where there is no round, or a file is there already.
    """
    contest = ContestDirectory(directory)
    if not contest.database.exists():
        raise CannotBundle(contest_text("cli.no_database", directory=directory))
    for path in filter(None, (out, salts)):
        if os.path.lexists(path):
            raise CannotBundle(text("bundle.exists", path=path))
    bundled = asyncio.run(_bundle(contest, out, salts))
    for round_id in bundled.open_rounds:
        yield text("bundle.open", ky=round_id)
    counts, digest = bundled.manifest.counts, sha256(out.read_bytes())
    yield text(
        "bundle.done", path=out, attempts=counts["attempts"], rows=counts["rows"], hash=digest
    )
    if salts is not None:
        yield text("bundle.salts", path=salts)


async def _bundle(contest: ContestDirectory, out: Path, salts: Path | None) -> Bundled:
    store = SqliteStore(contest.database)
    try:
        if not await store.actions("freeze"):
            raise CannotBundle(text("bundle.none", directory=contest.path))
        bundled = await write_bundle(Rounds(contest, store), store, contest.database, out)
        if salts is not None:
            with store.snapshot() as snapshot:
                write_salts(snapshot, salts)
        return bundled
    finally:
        await store.close()


def verify_results(out: Path, bundle: Path, salts: Path | None) -> Iterator[str]:
    """Check a result folder against a bundle; yield Vietnamese lines that say what is equal.

    Raises
    ------
    Differs
        With the first difference.
    """
    with tqdm(unit=contest_text("cli.unit.attempts"), delay=2) as bar:
        found = asyncio.run(verify(out, bundle, salts, bar.update))
    if found.other_code is not None:
        ours = told_code(code_version(), code_hash())
        yield text("verify.code", theirs=found.other_code, ours=ours)
    until, of = found.rulings
    if of > until:
        yield text("verify.rulings", until=until, of=of)
    if found.identities is None:
        yield text("verify.identities.not")
    else:
        yield text("verify.identities", n=found.identities)
    yield text(
        "verify.equal",
        files=found.files,
        people=found.people,
        attempts=found.attempts,
        status=contest_text(f"status.{found.status}"),
    )
