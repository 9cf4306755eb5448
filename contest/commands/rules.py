"""`timhieu rules text`: the thể lệ as it is published, written from the rules file."""

from __future__ import annotations

from pathlib import Path

from contest.directory import ContestDirectory
from contest.rules_text import articles
from contest.rules_text.write import to_docx, to_markdown


def write_rules_text(directory: Path, folder: Path) -> list[Path]:
    """Write `the_le.docx` and `the_le.md` into `folder` and return their paths.

    Raises
    ------
    ProblemsFound
        Where the contest's files have errors; nothing is written then.
    """
    contest = ContestDirectory(directory).load()
    topics = {topic.id: topic.title for topic in contest.bank.topics}
    found = articles(contest.rules, topics)
    title = contest.rules.contest.title
    folder.mkdir(parents=True, exist_ok=True)
    word, markdown = folder / "the_le.docx", folder / "the_le.md"
    word.write_bytes(to_docx(title, found))
    markdown.write_text(to_markdown(title, found), encoding="utf-8")
    return [word, markdown]
