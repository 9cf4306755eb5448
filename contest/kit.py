"""The kit itself: its version, and a hash over its code."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from contest.settings import CHECKOUT
from questions.canonical import content_hash, sha256

PACKAGES = ("questions", "grading", "contest")


def code_version() -> str:
    """Return the version of the kit."""
    return version("timhieu")


def code_hash(root: Path = CHECKOUT) -> str:
    """Return the SHA-256 over the kit's Python files: name and content, by name."""
    files = sorted(path for package in PACKAGES for path in (root / package).rglob("*.py"))
    return content_hash(
        [[path.relative_to(root).as_posix(), sha256(path.read_bytes())] for path in files]
    )
