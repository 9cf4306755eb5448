"""Secrets lie in files beside the database, mode 0600, never inside it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from contest.files import publish

SIZE = 32

CERTIFICATE = "certificate"
"""The secret that certificates are signed with."""


def secret(folder: Path, name: str) -> bytes:
    """Return the secret called `name`, making it the first time.

    Two processes that come first at once get the same one.
    """
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".{name}-{os.getpid()}-{secrets.token_hex(4)}"
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(SIZE) + "\n")
            file.flush()
            os.fsync(file.fileno())
        # On the disk before anything is made with it: it must outlive that.
        publish(draft, path)
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def read_secret(folder: Path, name: str) -> bytes | None:
    """Return the secret called `name`, or None where there is none, or no secret in its file."""
    try:
        return bytes.fromhex((folder / name).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
