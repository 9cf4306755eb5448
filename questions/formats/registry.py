"""Which formats there are, what each can hold, and which one a file is in."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from questions.formats.draft import Reading, problem
from questions.formats.opened import Opened, open_file, text_of
from questions.formats.settle import settle
from questions.formats.xml import parse
from questions.model import Bank
from questions.problems import ProblemsFound

CHOICES = frozenset({"single", "multiple", "true_false"})
TYPED = frozenset({"numeric", "short_text"})
EVERY = CHOICES | TYPED | {"true_false_group", "matching", "ordering", "cloze", "essay"}
_SIMPLE = frozenset({"id", "level", "points", "explanation", "tags"})
_GROUNDS = frozenset({"facts", "sources"})


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes
    ----------
    suffixes : tuple of str
        Ends of file names; the first is that of files written.
    holds : frozenset of str
        Types of questions that it can hold; the others are refused when writing.
    keeps : frozenset of str
        Optional keys of a question that come back when a written file is read: of the question
        (`image`, `shuffle` …), `pinned` and `ids` of its options, `words` (limits of an essay),
        `emphasis` (bold, italic) of its texts. Everything else is lost.
    reader, writer : str
        Modules with `read` and `write`.
    grounds : bool
        Whether the facts and sources themselves go with the questions.
    """

    name: str
    suffixes: tuple[str, ...]
    holds: frozenset[str]
    keeps: frozenset[str]
    reader: str
    writer: str
    grounds: bool = False

    def read(self, opened: Opened) -> Reading:
        """Read a file in this format, not yet settled."""
        return importlib.import_module(f"questions.formats.{self.reader}").read(opened)

    def write(
        self,
        questions: Sequence[Mapping[str, Any]],
        pictures: Mapping[str, bytes],
        bank: Bank | None = None,
    ) -> bytes:
        """Return questions as a file in this format; `bank` is where they stand."""
        module = importlib.import_module(f"questions.formats.{self.writer}")
        if self.grounds and bank is not None:
            return module.write(questions, pictures, bank)
        return module.write(questions, pictures)


FORMATS = {
    one.name: one
    for one in (
        Format("excel", (".xlsx", ".xlsm"), CHOICES | TYPED,
               _SIMPLE | _GROUNDS | {"unit"}, "excel", "excel", grounds=True),
        Format("word", (".docx",), CHOICES,
               frozenset({"level", "points", "explanation", "image"}), "word", "word"),
        Format("gift", (".gift",), CHOICES | TYPED | {"matching"},
               frozenset({"id", "level", "explanation", "tags", "scoring", "weights",
                          "emphasis"}),
               "gift", "gift"),
        Format("aiken", (".aiken",), frozenset({"single", "true_false"}), frozenset(),
               "aiken", "aiken"),
        Format("moodle_xml", (".xml",), EVERY,
               _SIMPLE | {"shuffle", "image", "scoring", "weights", "unit", "emphasis",
                          "words"},
               "moodle_xml", "moodle_write"),
        Format("qti21", (".zip",), EVERY,
               _SIMPLE | {"shuffle", "pinned", "ids", "image", "scoring", "emphasis"},
               "qti21", "qti21_write"),
        Format("qti12", (".xml",), CHOICES | TYPED | {"matching"},
               _SIMPLE | {"shuffle", "pinned", "ids", "scoring", "emphasis"},
               "qti12", "qti12_write"),
        Format("jupyterquiz", (".json",), CHOICES | TYPED,
               _SIMPLE | _GROUNDS | {"shuffle", "pinned", "ids", "scoring", "unit", "emphasis"},
               "jupyterquiz", "jupyterquiz"),
        Format("markdown", (".md",),
               CHOICES | TYPED | {"true_false_group", "matching", "ordering"},
               _SIMPLE | _GROUNDS | {"shuffle", "scoring", "unit", "emphasis"},
               "markdown", "markdown"),
    )
}  # fmt: skip
"""Name -> format, in the order in which they are told to people."""

_ROOTS = {"quiz": "moodle_xml", "questestinterop": "qti12", "assessmentItem": "qti21"}


def read_file(path: Path, name: str | None = None, level: str | None = None) -> Reading:
    """Read questions from a foreign file; nothing is written.

    Parameters
    ----------
    name : str or None
        Name of its format; None to go by the file.
    level : str or None
        Level of questions whose file doesn't say theirs.

    Raises
    ------
    ProblemsFound
        When nothing can be read at all.
    """
    opened = open_file(path)
    return settle(FORMATS[name or format_of(opened)].read(opened), level)


def format_of(opened: Opened) -> str:
    """Return the name of the format that a file is in.

    Raises
    ------
    ProblemsFound
        When it is in none that is known, or can't be told.
    """
    name = opened.name.lower()
    if name.endswith((".doc", ".xls")):
        raise opened.refuse("open.old_office")
    for suffix, found in ((".gift.txt", "gift"), (".aiken.txt", "aiken"), (".gift", "gift"),
                          (".aiken", "aiken"), (".json", "jupyterquiz"), (".md", "markdown"),
                          (".docx", "word"), (".xlsx", "excel"), (".xlsm", "excel")):  # fmt: skip
        if name.endswith(suffix):
            return found
    if name.endswith(".zip"):
        return _packed(opened)
    if name.endswith(".xml"):
        return _rooted(opened)
    if name.endswith(".txt"):
        return _typed(opened)
    raise opened.refuse("open.unknown", suffix=Path(name).suffix or name)


def _packed(opened: Opened) -> str:
    from questions.formats.qti_common import parts

    roots = {part.root.tag for part in parts(opened)}
    return "qti12" if roots == {"questestinterop"} else "qti21"


def _rooted(opened: Opened) -> str:
    root = parse(opened).tag
    if root not in _ROOTS:
        raise opened.refuse("xml.root", found=root, wanted=", ".join(_ROOTS))
    return _ROOTS[root]


def _typed(opened: Opened) -> str:
    text = text_of(opened)
    if any(line.strip().upper().startswith("ANSWER:") for line in text.split("\n")):
        return "aiken"
    if "{" in text and "}" in text:
        return "gift"
    raise opened.refuse("open.unsure")


def plain_data(question: Any) -> dict[str, Any]:
    """Return a question as a bank file holds it, without topic and status."""
    return question.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, exclude={"topic", "status"}
    )


def write_questions(
    name: str,
    questions: Sequence[Any],
    pictures: Mapping[str, bytes],
    file: str,
    bank: Bank | None = None,
) -> bytes:
    """Return questions as a file of a format.

    Parameters
    ----------
    pictures : mapping
        File name -> bytes, of the bank's folder of pictures.
    file : str
        What the file is called, for messages.
    bank : Bank or None
        Where the questions stand: its facts and sources go with them, as far as the format can.

    Raises
    ------
    ProblemsFound
        With every question that the format can't hold.
    """
    format_ = FORMATS[name]
    unfit = [one for one in questions if one.type not in format_.holds]
    if unfit:
        raise ProblemsFound(
            problem("export.type", file, id=one.id, type=one.type, format=name) for one in unfit
        )
    return format_.write([plain_data(one) for one in questions], pictures, bank)
