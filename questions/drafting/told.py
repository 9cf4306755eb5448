"""Drafts as lines to read."""

from __future__ import annotations

from collections.abc import Iterator

from questions.drafting.messages import text
from questions.drafting.propose import Drafts
from questions.report.messages import text as name
from questions.types import Cloze, Question, SingleChoice


def told(drafts: Drafts) -> str:
    """Return drafts in words: each fact, where it stands, and the questions on it."""
    if not drafts.questions:
        return text("told.none")
    lines = []
    for fact in drafts.facts:
        lines.append(text("told.fact", id=fact.id, place=fact.cites.place))
        lines.append(text("told.statement", statement=fact.statement))
        for question in drafts.questions:
            if fact.id in question.facts:
                lines += _question(question)
        lines.append("")
    counts = {"facts": len(drafts.facts), "questions": len(drafts.questions)}
    return "\n".join([*lines, text("told.sum", **counts)])


def _question(question: Question) -> Iterator[str]:
    yield text("told.question", id=question.id, type=name(f"type.{question.type}"))
    if isinstance(question, SingleChoice):
        yield text("told.stem", stem=question.stem)
        for option in question.options:
            mark = text("told.right" if option.id == question.key else "told.wrong")
            yield text("told.option", mark=mark, text=option.text)
    elif isinstance(question, Cloze):
        yield text("told.stem", stem=question.text)
        for gap in question.gaps:
            right = [option.text for option in gap.options if option.id == gap.key]
            shown = "; ".join([*right, *gap.accepted])
            yield text("told.gap", id=gap.id, accepted=shown)
