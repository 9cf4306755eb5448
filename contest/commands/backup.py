"""`timhieu backup` and `restore`: one file that holds a contest, and the contest again."""

from __future__ import annotations

from pathlib import Path

from contest.clock import SystemClock, local
from contest.directory import ContestDirectory
from contest.keeping.backup import Kept, back_up, restore
from contest.keeping.messages import text


def backup_directory(directory: Path, target: Path) -> str:
    """Make a backup and say what is in it; CannotKeep where there is none."""
    kept = back_up(ContestDirectory(directory), target, SystemClock().now())
    return "\n".join([text("backup.done", path=target, **_facts(kept)), text("backup.personal")])


def restore_backup(archive: Path, target: Path) -> str:
    """Put a backup back and say what came of it; CannotKeep where nothing did."""
    kept = restore(archive, target)
    return "\n".join([text("restore.done", path=target, **_facts(kept)), text("restore.after")])


def _facts(kept: Kept) -> dict[str, object]:
    counts = kept.manifest.counts
    return {
        "mb": f"{kept.size / 1e6:.1f}".replace(".", ","),
        "people": counts["contestants"],
        "attempts": counts["attempts"],
        "rows": counts["rows"],
        "at": f"{local(kept.manifest.made_at):%H:%M:%S %d/%m/%Y}",
    }
