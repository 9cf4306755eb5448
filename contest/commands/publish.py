"""`timhieu publish`: a graded result as pages for a portal."""

from __future__ import annotations

from pathlib import Path

from contest.portal.figures import read_result
from contest.portal.messages import text
from contest.portal.write import publish_result


def publish_folder(result: Path, target: Path, *, draft: bool) -> str:
    """Write the pages and say what is on them; CannotPublish where nothing may be."""
    found = read_result(result, draft=draft)
    counts = publish_result(found, target)
    names = text(f"publish.names.{found.publish.names}")
    return text("publish.done", path=target, names=names, **counts)
