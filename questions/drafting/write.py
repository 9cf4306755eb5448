"""Drafts into a bank's files: at their ends, everything that was there kept as it was typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from questions.drafting.messages import problem
from questions.drafting.propose import Drafts
from questions.files import write_all
from questions.in_place import appended, tried
from questions.load import load_bank
from questions.problems import ProblemsFound


def write_drafts(folder: Path, drafts: Drafts) -> Drafts:
    """Add drafts to the bank in `folder`; return those that it didn't have yet.

    Raises
    ------
    ProblemsFound
        When the bank has errors, lacks the topic, or would have errors afterwards; then nothing
        is written.
    OSError
        When a file can't be written; then none has changed.
    """
    bank = load_bank(folder)
    topics = [topic.id for topic in bank.topics]
    missing = {question.topic for question in drafts.questions} - set(topics)
    if missing:
        raise ProblemsFound(
            problem("draft.no_topic", "bank.yml", 0, topic=topic, topics=", ".join(topics))
            for topic in missing
        )
    new = drafts.without(bank)
    if not new.questions:
        return new
    added: dict[str, tuple[str, list[Any]]] = {
        "sources.yml": ("sources", [new.source]),
        "facts.yml": ("facts", [fact for fact in new.facts if fact.id not in bank.fact_by_id]),
    }
    if new.source.id in bank.source_by_id:
        del added["sources.yml"]
    for question in new.questions:
        added.setdefault(f"{question.topic}.yml", ("questions", []))[1].append(question)
    texts = {
        name: appended((folder / name).read_bytes().decode(), name, key, entries)
        for name, (key, entries) in added.items()
        if entries
    }
    contents = {folder / name: text for name, text in texts.items()}
    tried(folder, contents)
    write_all(contents)
    return new
