"""Every finding about a foreign file has its two sentences."""

from __future__ import annotations

import re
import string
from pathlib import Path

import questions.formats
from questions.formats.messages import KINDS, TEXTS
from questions.formats.registry import FORMATS

SOURCES = [
    *Path(questions.formats.__file__).parent.glob("*.py"),
    *(Path(questions.formats.__file__).parents[2] / "contest/commands").glob("bank.py"),
]
FAULTS = ("open", "xml", "json", "draft", "aiken", "gift", "excel", "word", "qti", "into", "export")
NAMES = {"word.question", "word.cau", "word.many", "word.end", "word.keys", "excel.sheet",
         "excel.option"}  # fmt: skip
"""Texts that written files hold."""


def used() -> set[str]:
    """Return every string in the sources that has the form of a key."""
    texts = [path.read_text(encoding="utf-8") for path in SOURCES if path.name != "messages.py"]
    return set(re.findall(r'"([a-z0-9]+\.[a-z0-9_]+)"', "\n".join(texts)))


def faults() -> set[str]:
    """Return the codes of problems and advice."""
    own = {key for key in TEXTS if key.split(".")[0] in FAULTS} - NAMES
    return {key for key in own if not key.endswith(".fix")}


def gaps(key: str) -> set[str]:
    """Return the names of the gaps in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(TEXTS[key]) if name}


def test_every_code_that_is_used_has_its_texts():
    """A missing one would be an exception instead of a message."""
    wanted = {key for key in used() if key.split(".")[0] in FAULTS and not key.endswith(".xml")}
    assert wanted - set(TEXTS) == set()


def test_every_problem_says_how_to_mend_it():
    """In sentences, and with no gap that the fault lacks."""
    for key in faults():
        assert TEXTS[f"{key}.fix"].endswith((".", "…", "..")), key
        # What stands for a whole sentence of another package ends as that does.
        assert TEXTS[key].endswith((".", "…", "{why}")), key
        assert gaps(f"{key}.fix") <= gaps(key), key


def test_no_text_is_left_over():
    """Nothing is worded in vain."""
    assert faults() - used() == set()


def test_every_type_and_every_format_has_its_word():
    """What a written file calls a type reads back as that type."""
    from questions.formats.texts import fold

    held = set().union(*(FORMATS[name].holds for name in ("excel", "markdown")))
    assert {kind: KINDS[fold(TEXTS[f"kind.{kind}"])] for kind in held} == {
        kind: kind for kind in held
    }
