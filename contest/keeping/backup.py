"""A contest's whole folder -> one checked file, and back. Blocks; may run beside a server.

In it: the database as of one moment, the secrets without which it is of no use, the files of the
contest, and what closing its rounds made: results, documents, pages, the register of certificates.
Frozen bank, rules and units are in the database.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from contest.chains import Tampered
from contest.closing.confirmed import FOLDER as CLOSING
from contest.directory import RULES_FILE, ContestDirectory
from contest.files import publish
from contest.keeping.archive import ArchiveWriter, BadArchive, Manifest, is_archive_name, unpack
from contest.keeping.chains import check_chains
from contest.keeping.messages import text
from contest.papers.issued import FOLDER as ISSUED
from contest.store.copying import copy_database
from contest.store.snapshot import Snapshot
from questions.problems import ProblemsFound

DATABASE = "var/timhieu.db"
SECRETS = "var/secrets"


class CannotKeep(RuntimeError):
    """A backup can't be made or put back there; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Kept:
    """A backup that was made and checked, or put back: its manifest and its size in bytes."""

    manifest: Manifest
    size: int


def back_up(directory: ContestDirectory, target: Path, now: int) -> Kept:
    """Write a backup of a contest to the new file `target`, mode 0600.

    It gets its name once it has been unpacked beside it and every chain in it holds.

    Raises
    ------
    CannotKeep
        Where `target` is there already, there is no database, or the copy doesn't hold.
    """
    if os.path.lexists(target):
        raise CannotKeep(text("backup.exists", path=target))
    if not directory.database.exists():
        raise CannotKeep(text("backup.no_database", directory=directory.path))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
        draft = Path(scratch) / "draft.zip"
        _write(directory, draft, Path(scratch), now)
        restored = Path(scratch) / "restored"
        try:
            manifest = _read(draft, restored)
        except BadArchive as error:
            raise CannotKeep(str(error)) from None
        size = draft.stat().st_size
        publish(draft, target)
    return Kept(manifest, size)


def restore(archive: Path, target: Path) -> Kept:
    """Put a backup back into the new or empty folder `target`.

    Raises
    ------
    CannotKeep
        Where something lies there already, or `archive` isn't a whole and sound backup.
    NewerDatabase
        Where a newer version of the kit made it.
    """
    if not archive.is_file():
        raise CannotKeep(text("restore.no_file", path=archive))
    if os.path.lexists(target) and not (target.is_dir() and not any(target.iterdir())):
        raise CannotKeep(text("restore.not_empty", path=target))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
        made = Path(scratch) / "made"
        try:
            manifest = _read(archive, made)
        except BadArchive as error:
            raise CannotKeep(str(error)) from None
        if target.exists():
            target.rmdir()
        made.rename(target)
    return Kept(manifest, archive.stat().st_size)


def _write(directory: ContestDirectory, draft: Path, scratch: Path, now: int) -> None:
    """Write the archive. The database first: whatever secrets it needs are on the disk by then."""
    copy = scratch / "copy.db"
    copy_database(directory.database, copy)
    with Snapshot(copy) as snapshot:
        counts = snapshot.counts()
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        writer = ArchiveWriter(file, now)
        writer.add(DATABASE, copy)
        copy.unlink()
        for path in sorted(directory.secrets.glob("*")):
            if path.is_file() and not path.name.startswith("."):
                writer.add(f"{SECRETS}/{path.name}", path)
        for path in _files(directory.path):
            writer.add(path.relative_to(directory.path).as_posix(), path)
        for path in _made_by_closing(directory, nobody_left=counts["people"] == 0):
            # Whoever does a step just now may replace a file that was there a moment ago.
            with contextlib.suppress(FileNotFoundError):
                writer.add(path.relative_to(directory.path).as_posix(), path)
        contest_id, title = _about(directory)
        kit = version("timhieu")
        writer.finish(Manifest(contest_id, title, now, kit, counts, writer.files))
        file.flush()
        os.fsync(file.fileno())


def _files(folder: Path) -> Iterator[Path]:
    """Yield the contest's files: no links, nothing hidden, no backups, and `var` is apart."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if parts[0] != "var" and not is_archive_name(path.name) and _is_kept(path, folder):
            yield path


def _made_by_closing(directory: ContestDirectory, *, nobody_left: bool) -> Iterator[Path]:
    """Yield what confirmed results and certificates go by.

    Where everybody's data were erased, results are left out: they would be the last to have names.
    """
    for name in (ISSUED,) if nobody_left else (CLOSING, ISSUED):
        for path in sorted((directory.var / name).rglob("*")):
            if _is_kept(path, directory.var):
                yield path


def _is_kept(path: Path, folder: Path) -> bool:
    """Return whether it is a file of its own, and nothing on the way to it is hidden."""
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.is_file() and not path.is_symlink()


def _about(directory: ContestDirectory) -> tuple[str | None, str | None]:
    """Return the contest's id and title; files that are being edited may be wrong just now."""
    if not (directory.path / RULES_FILE).is_file():
        return None, None
    try:
        about = directory.rules().contest
    except ProblemsFound:
        return None, None
    return about.id, about.title


def _read(archive: Path, folder: Path) -> Manifest:
    """Unpack and check everything below the new `folder`; BadArchive where something is wrong."""
    folder.mkdir(mode=0o700)
    manifest = unpack(archive, folder)
    if DATABASE not in manifest.files:
        raise BadArchive(text("archive.manifest"))
    try:
        counts = check_chains(folder / DATABASE, folder / SECRETS)
    except Tampered as found:
        raise BadArchive(text("archive.broken", place=found.place)) from None
    if counts != manifest.counts:
        raise BadArchive(text("archive.counts"))
    return manifest
