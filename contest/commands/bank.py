"""Questions into a bank and out of it, in the formats of other programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from contest.messages import text
from questions import load_bank
from questions.files import write_all
from questions.formats import Draft, Reading, plan_import, read_file, write_questions
from questions.formats.draft import problem
from questions.formats.messages import text as word
from questions.formats.registry import FORMATS
from questions.formats.shown import kind_of, right_of, short
from questions.problems import ProblemsFound

Say = Callable[[str], None]

GROUNDLESS = frozenset(("question.no_fact", "question.no_ground"))
"""What the bank says of a question that can't be approved yet."""


class CannotExport(RuntimeError):
    """Nothing is written; the message says why, in Vietnamese."""


def preview(
    file: Path, name: str | None, level: str | None, leave_out: Sequence[int], say: Say
) -> Reading:
    """Read a file and tell every question and every finding; nothing is written.

    Raises
    ------
    ProblemsFound
        When the file can't be read at all, or a number to be left out isn't in it.
    """
    reading = read_file(file, name, level)
    unknown = reading.leave_out(leave_out)
    if unknown:
        raise ProblemsFound(
            problem("into.unknown_number", reading.file, n=number) for number in unknown
        )
    kinds = Counter(kind_of(draft) for draft in reading.drafts)
    shown = ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()) or word("value.none")
    n = len(reading.drafts)
    say(text("cli.import.read", file=reading.file, format=reading.format, n=n, kinds=shown))
    for draft in reading.drafts:
        _say_draft(draft, say)
    if reading.problems:
        errors = len(reading.errors)
        doubts = len(reading.problems) - errors
        say(text("cli.import.problems", errors=errors, doubts=doubts))
        for found in reading.problems:
            say(str(found))
    return reading


def _say_draft(draft: Draft, say: Say) -> None:
    level = draft.data.get("level")
    kind = kind_of(draft) + (f", {word(f'level.{level}')}" if level else "")
    stem = short(draft.data.get("stem", ""))
    say(text("cli.import.question", place=draft.place, kind=kind, stem=stem))
    right = right_of(draft.data)
    say(text("cli.import.right", right=right) if right else text("cli.import.unread"))


def import_file(reading: Reading, into: Path, topic: str, title: str | None, say: Say) -> str:
    """Write what was read into a topic of a bank, as drafts; all of it or nothing.

    Raises
    ------
    ProblemsFound
        With everything that stands in the way; then nothing is written.
    """
    plan = plan_import(reading, into, topic, title)
    plan.write()
    ids = plan.ids
    found = {"n": len(ids), "folder": into, "topic": topic, "first": ids[0], "last": ids[-1]}
    if plan.advice:
        say(text("cli.import.todo", n=len(plan.advice)))
    grounded = GROUNDLESS.isdisjoint(one.code for one in plan.advice)
    return text("cli.import.grounded" if grounded else "cli.import.done", **found)


def export_bank(bank: Path, name: str, out: Path, topics: Sequence[str], *, skip: bool) -> str:
    """Write questions of a bank to a file that isn't there yet.

    Raises
    ------
    CannotExport
        When the file exists, a topic is unknown or nothing is left to write.
    ProblemsFound
        When the bank has errors, or with every question that the format can't hold.
    """
    loaded = load_bank(bank)
    for topic in topics:
        if topic not in {known.id for known in loaded.topics}:
            raise CannotExport(text("cli.export.no_topic", topic=topic))
    if out.exists():
        raise CannotExport(text("cli.export.exists", out=out))
    questions = [one for one in loaded.questions if not topics or one.topic in topics]
    unfit = [one.id for one in questions if one.type not in FORMATS[name].holds]
    if skip:
        questions = [one for one in questions if one.id not in set(unfit)]
    if not questions:
        raise CannotExport(text("cli.export.none"))
    pictures = {
        one.image.file: (bank / "anh" / one.image.file).read_bytes()
        for one in questions
        if one.image
    }
    write_all({out: write_questions(name, questions, pictures, out.name, loaded)})
    done = text("cli.export.done", n=len(questions), out=out)
    if skip and unfit:
        done += "\n" + text("cli.export.skipped", n=len(unfit), ids=", ".join(unfit))
    return done
