"""The file of a backup or a bundle: a ZIP whose manifest names every other file, size and SHA-256.

Reading takes nothing on trust: names that lead out of the folder, files that the manifest doesn't
name or that are larger than it says, and a cut archive are refused before anything is put in
place.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from contest.clock import local
from contest.keeping.messages import text

MANIFEST = "manifest.json"
BACKUP = "timhieu backup"
BUNDLE = "timhieu bundle"
"""What an archive is: with personal data, or without."""

FORMAT = 1
LEVEL = 1
"""Of compression: most of the gain for a fraction of the time."""

_PIECE = 1 << 20
_MANIFEST_SIZE = 16 << 20


class BadArchive(ValueError):
    """The file can't be used as a backup; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself.

    Attributes
    ----------
    contest_id, contest_title : str or None
        None where the contest's rules couldn't be read when it was made.
    made_at : int
        Milliseconds UTC.
    kit : str
        Version of the kit that made it.
    counts : dict
        Rows of the database's tables.
    files : dict
        Name -> (size in bytes, hex SHA-256).
    kind : str
        BACKUP or BUNDLE.
    """

    contest_id: str | None
    contest_title: str | None
    made_at: int
    kit: str
    counts: dict[str, int]
    files: dict[str, tuple[int, str]]
    kind: str = BACKUP

    def to_json(self) -> str:
        """Return it as it stands in the archive."""
        data = {
            "format": FORMAT,
            "kind": self.kind,
            "contest": {"id": self.contest_id, "title": self.contest_title},
            "made_at": local(self.made_at).isoformat(timespec="milliseconds"),
            "kit": self.kit,
            "personal_data": self.kind == BACKUP,
            "counts": self.counts,
            "files": {
                name: {"size": size, "sha256": digest}
                for name, (size, digest) in sorted(self.files.items())
            },
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, raw: bytes, kind: str = BACKUP) -> Manifest:
        """Read it back; BadArchive where it isn't one of that kind (a bundle's: byte for byte)."""
        try:
            data = json.loads(raw)
            if data["kind"] != kind:
                raise ValueError(data["kind"])
            if data["format"] > FORMAT:
                raise BadArchive(text("archive.newer"))
            made = datetime.datetime.fromisoformat(data["made_at"])
            files = {str(n): (int(f["size"]), str(f["sha256"])) for n, f in data["files"].items()}
            counts = {str(name): int(count) for name, count in data["counts"].items()}
            contest = data["contest"]
            made_of = cls(
                contest["id"],
                contest["title"],
                round(made.timestamp() * 1000),
                str(data["kit"]),
                counts,
                files,
                kind,
            )
            if kind == BUNDLE and made_of.to_json().encode() != raw:
                raise ValueError("manifest")
            return made_of
        except BadArchive:
            raise
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BadArchive(text("archive.manifest")) from None


class ArchiveWriter:
    """Adds files to an archive that is being made; `files` grows with them."""

    def __init__(self, file: IO[bytes], made_at: int) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        self._stamp = local(made_at).timetuple()[:6]
        self.files: dict[str, tuple[int, str]] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file under a name with forward slashes."""
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as source, self._open(name) as target:
            while piece := source.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        self.files[name] = (size, digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest and write the list of contents."""
        with self._open(MANIFEST) as target:
            target.write(manifest.to_json().encode())
        self._zip.close()

    def _open(self, name: str) -> IO[bytes]:
        entry = zipfile.ZipInfo(name, self._stamp)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry._compresslevel = LEVEL  # type: ignore[attr-defined]
        entry.external_attr = 0o600 << 16
        return self._zip.open(entry, "w", force_zip64=True)


def unpack(archive: Path, folder: Path, kind: str = BACKUP) -> Manifest:
    """Write an archive's files below the empty `folder`, every one checked against the manifest.

    Raises
    ------
    BadArchive
        Naming the first thing that is wrong.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            names = [entry.filename for entry in opened.infolist()]
            if MANIFEST not in names or opened.getinfo(MANIFEST).file_size > _MANIFEST_SIZE:
                raise BadArchive(text("archive.manifest"))
            manifest = Manifest.from_json(opened.read(MANIFEST), kind)
            _check_names(names, manifest)
            for name, (size, digest) in manifest.files.items():
                with opened.open(name) as source:
                    _write(source, folder / name, size, digest)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise BadArchive(text("archive.cut")) from None
    return manifest


def _check_names(names: list[str], manifest: Manifest) -> None:
    for name in names:
        parts = PurePosixPath(name).parts
        plain = "/".join(parts) == name and ".." not in parts and not name.startswith("/")
        if not plain or any(sign in name for sign in ("\\", ":", "\0")):
            raise BadArchive(text("archive.name", name=name))
    if sorted(names) != sorted({*manifest.files, MANIFEST}):
        raise BadArchive(text("archive.other_files"))


def _write(source: IO[bytes], path: Path, size: int, digest: str) -> None:
    for above in reversed(path.parents):
        if not above.exists():
            above.mkdir(mode=0o700)
    path.touch(mode=0o600, exist_ok=False)
    found, written = hashlib.sha256(), 0
    with path.open("wb") as target:
        while piece := source.read(_PIECE):
            written += len(piece)
            if written > size:
                break
            found.update(piece)
            target.write(piece)
    if written != size or found.hexdigest() != digest:
        raise BadArchive(text("archive.changed", name=path.name))


def is_archive_name(name: Any) -> bool:
    """Return whether a file looks like a backup by its name: it isn't copied into the next one."""
    return str(name).lower().endswith(".zip")
