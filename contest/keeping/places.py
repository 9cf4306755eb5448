"""Where, besides the database, a contest's folder and what lies beside it may name people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from contest.closing.confirmed import FOLDER
from contest.directory import ContestDirectory

MANIFEST, PEOPLE = "manifest.json", "ca_nhan.csv"
KEY_FILE = "khoa_cong_khai.txt"
"""What a folder of certificates has."""


def places_with_names(directory: ContestDirectory) -> list[Path]:
    """Return the copies of the database, the results and the certificates that are found.

    Looked for: in the contest's folder, beside it, and where its rounds are closed.
    """
    found = {*directory.database_copies(), *_results(directory), *_certificates(directory)}
    return sorted(found)


def drop_copies(directory: ContestDirectory) -> None:
    """Delete the copies that migrations left beside the database: they hold everybody."""
    for path in directory.database_copies():
        path.unlink(missing_ok=True)


def _results(directory: ContestDirectory) -> Iterator[Path]:
    places = (*_near(directory, MANIFEST), *directory.var.glob(f"{FOLDER}/*/*/{MANIFEST}"))
    return (path.parent for path in places if (path.parent / PEOPLE).is_file())


def _certificates(directory: ContestDirectory) -> Iterator[Path]:
    return (path.parent for path in _near(directory, KEY_FILE))


def _near(directory: ContestDirectory, name: str) -> list[Path]:
    here = directory.path.resolve()
    return [*here.glob(f"*/{name}"), *here.parent.glob(f"*/{name}")]
