"""What people read stands in one place of each package, and in one form."""

from __future__ import annotations

import ast
import re
import unicodedata
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("questions", "grading", "contest")
MESSAGES = (
    "questions", "questions.formats", "questions.lint", "questions.report", "grading", "contest",
    "contest.bench", "contest.claims", "contest.closing", "contest.elsewhere", "contest.keeping",
    "contest.marking", "contest.notices", "contest.portal", "contest.papers", "contest.rulings",
    "contest.serving", "contest.ui", "contest.ui.author", "contest.ui.desk", "contest.ui.marking",
    "contest.ui.practice", "contest.rules_text", "contest.topics", "contest.verify",
)  # fmt: skip
TEMPLATES = ROOT / "voila_templates/voila/templates/contest"
VIETNAMESE = re.compile(r"[À-ỹĐđ]")
SIGNS = {"×", "÷"}
"""In the range of letters, but none."""

MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
BROWSER = sorted(
    path
    for folder in (
        ROOT / "contest/ui/js",
        ROOT / "voila_templates/src",
        TEMPLATES,
        TEMPLATES / "pages",
    )
    for path in folder.iterdir()
    if path.suffix in (".js", ".html", ".j2")
)


def may_speak(path: Path) -> bool:
    """Return whether a module holds what people read, what their files say, or sample data."""
    names = ("lexicon.py", "messages.py", "cli_messages.py", "patterns.py", "simulate.py")
    return path.name in names or path.parent.name == "sample"


def is_vietnamese(value: str) -> bool:
    """Return whether a text has Vietnamese letters."""
    return bool(VIETNAMESE.search("".join(letter for letter in value if letter not in SIGNS)))


def literals(tree: ast.Module) -> list[tuple[int, str]]:
    """Return line and value of every string that is neither a docstring nor a single letter."""
    alone = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(node.value) > 1
        and id(node) not in alone
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_vietnamese_stands_in_messages_only(path: Path) -> None:
    """No sentence for people hides among the code."""
    if may_speak(path):
        return
    found = literals(ast.parse(path.read_text(encoding="utf-8")))
    assert [(line, value) for line, value in found if is_vietnamese(value)] == []


@pytest.mark.parametrize("path", BROWSER, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_and_scripts_hold_no_vietnamese(path: Path) -> None:
    """They ask for texts by their keys."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|/\*.*?\*/|^\s*//.*$", "", text, flags=re.S | re.M)
    assert [line for line in text.splitlines() if is_vietnamese(line)] == []


@pytest.mark.parametrize("package", MESSAGES)
def test_texts_are_composed_unicode(package: str) -> None:
    """NFC, without spaces at their ends, without invisible letters."""
    for key, value in import_module(f"{package}.messages").TEXTS.items():
        assert unicodedata.is_normalized("NFC", value), key
        assert not any(unicodedata.category(letter) in ("Cf", "Cc") for letter in value), key


def keys_used() -> set[str]:
    """Return every string in the server's modules and the pages' templates that may be a key."""
    sources = [*(ROOT / "contest/serving").glob("*.py"), *(TEMPLATES / "pages").glob("*.html")]
    sources += [*TEMPLATES.glob("*.*")]
    texts = [path.read_text(encoding="utf-8") for path in sources if path.stem != "messages"]
    return set(re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)+)["'.]""", "\n".join(texts)))


COMPOSED = (
    "rules.reveal.", "reveal.", "measure.", "key.", "form.", "start.", "time.", "entry.",
    "mock.", "notice.", "used.", "claim.kind.", "claim.status.", "claim.outcome.", "board.tab.",
    "board.chart.about.", "topics.",
)  # fmt: skip
"""Beginnings of keys that are put together from parts."""


def test_every_text_of_the_server_is_used() -> None:
    """Nothing is translated or mended in vain."""
    texts = import_module("contest.serving.messages").TEXTS
    used = keys_used()
    assert [key for key in texts if key not in used and not key.startswith(COMPOSED)] == []
