"""`timhieu draft`: drafts of facts and questions from a document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from contest.commands.about_bank import bank_folders
from questions.drafting import Drafts, propose, read_document, write_drafts
from questions.drafting.messages import problem, text
from questions.drafting.source import draft_source
from questions.drafting.told import told
from questions.load import load_bank
from questions.model import DRAFTED
from questions.problems import ProblemsFound

NO_TOPIC = "nhap"
"""Stands for the topic of drafts that are only shown."""


def draft_file(
    path: Path, bank: str | None, topic: str | None, source: str | None, seed: int,
    only: Sequence[str],
) -> str:  # fmt: skip
    """Propose drafts from a file; add them to a bank where one is named.

    Parameters
    ----------
    source : str or None
        Id of the bank's source that the file is, or the id that its new source gets.
    only : sequence of str
        Ids of the questions to keep; empty for all.

    Returns
    -------
    str
        What was proposed, or what was written, in Vietnamese.

    Raises
    ------
    ProblemsFound
        When the file can't be read or the drafts can't be added; nothing is written.
    NoBank
        Where there is no such bank.
    """
    document = read_document(path)
    folder = bank_folders(bank)[0] if bank else None
    known = load_bank(folder).source_by_id.get(source or "") if folder else None
    cited = known or draft_source(document, source)
    drafts = propose(document, topic or NO_TOPIC, source=cited, seed=seed)
    if only:
        drafts = _chosen(drafts, only, path.name)
    if folder is None:
        return told(drafts)
    new = write_drafts(folder, drafts)
    skipped = len(drafts.questions) - len(new.questions)
    lines = [text("told.known", n=skipped)] if skipped else []
    counts = {"facts": len(new.facts), "questions": len(new.questions)}
    lines.append(text("told.written", bank=folder, tag=DRAFTED, **counts))
    if new.questions:
        lines.append(text("told.next", tag=DRAFTED))
    return "\n".join(lines)


def _chosen(drafts: Drafts, only: Sequence[str], name: str) -> Drafts:
    known = {question.id for question in drafts.questions}
    if unknown := [id_ for id_ in only if id_ not in known]:
        raise ProblemsFound(problem("draft.unknown", name, 0, id=id_) for id_ in unknown)
    return drafts.only(only)
