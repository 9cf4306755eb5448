"""Habits that hold in the browser's sources: no words of their own, no colours, short modules."""

from __future__ import annotations

import re
import string
import unicodedata
from pathlib import Path

import pytest

from contest.ui.practice.messages import TEXTS as PRACTICE
from tests.frontend.sentences import PAPER, TEXTS

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted(
    [*(ROOT / "contest/ui/js").glob("*.js"), *(ROOT / "voila_templates/src").rglob("*.js")]
)
TEMPLATES = sorted((ROOT / "voila_templates/voila/templates/contest").glob("*.*"))
LOOK = ROOT / "contest/ui/look.css"
BUILT_LOOK = ROOT / "voila_templates/voila/templates/contest/static/look.css"
MOST_LINES = 300

# Keys that are put together from parts, or come from a table.
COMPOSED = {
    *(f"nav.filter.{name}" for name in ("all", "empty", "flagged")),
    *(f"nav.{fact}" for fact in ("answered", "empty", "flagged", "waiting", "refused", "here")),
    *("load.connect", "load.paper", "load.ready", "load.slow"),
}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_hold_no_words_and_no_colours(script: Path) -> None:
    text = script.read_text()
    assert text.isascii()
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?!-)", text)
    assert "innerHTML" not in text
    assert len(text.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_words_no_colours_and_no_inline_script(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)
    assert not set(text) - set(string.printable) - set("·−")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?!-)", text)
    assert "style=" not in text
    assert not re.search(r"<script>|\son\w+=", text)
    assert not re.search(r"https?://", text)


def keys_in(files: list[Path]) -> set[str]:
    """Return the keys that files ask for."""
    texts = "\n".join(file.read_text() for file in files)
    found = set(re.findall(r"""["']([a-z]+(?:\.[a-z_]+)+)["']""", texts)) - FILES
    return {key for key in found if not ADDRESSES.match(key)}


FILES = {"display.js", "look.css", "entry.js", "icon.svg", "base.html"}
ADDRESSES = re.compile(r"timhieu\.|jupyter\.")


def is_practice(file: Path) -> bool:
    """Return whether a script belongs to practice only."""
    return file.parent.name == "js" and file.name.startswith("practice")


def test_every_key_of_the_paper_travels_with_the_paper() -> None:
    scripts = [file for file in SCRIPTS if file.parent.name == "js" and not is_practice(file)]
    assert (keys_in(scripts) | COMPOSED) - PAPER.keys() == set()


def test_every_key_of_practice_travels_with_practice() -> None:
    kinds = [file for file in SCRIPTS if file.name.startswith(("kind", "controls", "image"))]
    scripts = [file for file in SCRIPTS if is_practice(file)]
    assert keys_in([*scripts, *kinds]) - PRACTICE.keys() == set()


def test_every_key_of_the_frame_has_a_sentence() -> None:
    scripts = [file for file in SCRIPTS if file.parent.name != "js"]
    assert keys_in([*scripts, *TEMPLATES]) - TEXTS.keys() == set()


def test_gaps_are_those_that_the_page_fills() -> None:
    scripts = "\n".join(file.read_text() for file in SCRIPTS)
    for key in sorted(keys_in(SCRIPTS) & PAPER.keys()):
        for gap in re.findall(r"\{(\w+)\}", PAPER[key]):
            assert re.search(rf"\b{gap}\b", scripts), (key, gap)


def test_sentences_are_composed_unicode() -> None:
    assert [key for key, text in TEXTS.items() if unicodedata.normalize("NFC", text) != text] == []


PAIRS = [
    (4.5, "ink", ("bg", "surface", "raised", "tint", "ok-bg", "bad-bg", "wait-bg", "info-bg")),
    (4.5, "ink-2", ("bg", "surface", "raised")),
    (3.0, "border", ("bg", "surface", "raised")),
    (3.0, "accent", ("bg", "surface", "tint")),
    (4.5, "on-accent", ("accent", "accent-strong")),
    (4.5, "link", ("bg", "surface", "tint")),
    (4.5, "ok", ("bg", "ok-bg")),
    (4.5, "bad", ("bg", "bad-bg")),
    (4.5, "wait", ("bg", "wait-bg")),
    (4.5, "info", ("bg", "info-bg")),
    (3.0, "focus-line", ("bg",)),
    (3.0, "focus-gap", ("accent",)),
]


def themes(file: Path) -> dict[str, dict[str, str]]:
    """Return the colour tokens of each block that sets them, by its selector and medium."""
    text = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
    text = text.split("@media print")[0]
    found = {}
    for block in re.finditer(r"([^{}]*)\{([^{}]*--bg:[^{}]*)\}", text):
        before = text[: block.start(1)]
        medium = before.rpartition("@media")[2] if before.count("{") > before.count("}") else ""
        colours = re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-fA-F]{3,6})", block[2])
        name = f"{medium.partition('{')[0]}{block[1]}".strip()
        found[re.sub(r"\s", "", name)] = {key: full(colour) for key, colour in colours}
    return found


def full(colour: str) -> str:
    """Return a colour in six capital digits."""
    digits = colour.lstrip("#").upper()
    return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_pair_of_colours_has_its_contrast() -> None:
    found = themes(BUILT_LOOK)
    assert len(found) == 5
    for name, colours in found.items():
        for least, front, backs in PAIRS:
            for back in backs:
                ratio = contrast(colours[front], colours[back])
                assert ratio >= least, (name, front, back, ratio)


def test_the_device_and_the_button_choose_the_same_colours() -> None:
    found = themes(LOOK)
    chosen = {key: value for key, value in found.items() if "prefers" not in key}
    dark, contrast_ = (found[f'[data-theme="{name}"]'] for name in ("dark", "contrast"))
    by_device = [value for key, value in found.items() if "prefers" in key]
    assert len(chosen) == 3
    assert by_device == [dark, contrast_]


def test_colours_stand_among_the_tokens_only() -> None:
    text = re.sub(r"/\*.*?\*/", "", LOOK.read_text(), flags=re.DOTALL)
    for declaration in re.findall(r"[^;{}]*#[0-9a-fA-F]{3,8}\b[^;{}]*", text):
        assert declaration.strip().startswith("--")
    assert not re.search(r"\b(rgb|hsl)a?\(", text)
