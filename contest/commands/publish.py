"""`timhieu publish`: a graded result as pages for a portal."""

from __future__ import annotations

from pathlib import Path

from contest.commands.issue import NotConfirmed, confirmed_rounds, note_issue
from contest.directory import ContestDirectory
from contest.portal.figures import CannotPublish, read_result
from contest.portal.messages import text
from contest.portal.write import publish_result
from contest.result_folder import open_folder


def publish_folder(result: Path, target: Path, *, draft: bool, confirmed: bool = False) -> str:
    """Write the pages and say what is on them; CannotPublish where nothing may be.

    Parameters
    ----------
    confirmed : bool
        Whether the head has confirmed the result; every page says so where not.
    """
    found = read_result(result, draft=draft, confirmed=confirmed)
    counts = publish_result(found, target)
    names = text(f"publish.names.{found.publish.names}")
    lines = [text("publish.done", path=target, names=names, **counts)]
    if not confirmed:
        lines.append(text("publish.unconfirmed"))
    return "\n".join(lines)


def publish_confirmed(result: Path, target: Path, directory: Path, by: str) -> str:
    """Write the pages of what the head has confirmed in a contest, and a row that says by whom.

    Raises
    ------
    CannotPublish
        Where nothing may be published, or a round doesn't stand confirmed with these rows.
    """
    found = read_result(result, draft=False, confirmed=True)
    folder = open_folder(result)
    mine, other = ContestDirectory(directory).rules().contest.id, folder.manifest["contest"]["id"]
    if mine != other:
        raise CannotPublish(text("publish.other", found=other, id=mine, path=directory))
    try:
        confirmed_rounds(directory, folder)
    except NotConfirmed as error:
        raise CannotPublish(str(error)) from None
    said = publish_folder(result, target, draft=False, confirmed=True)
    note_issue(directory, "pages", by, folder, sum(len(one.people) for one in found.rounds))
    return said
