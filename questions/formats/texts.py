"""Plain text, HTML and the bank's Markdown, from one to another without loss of a letter."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from questions.markup import ACTIVE, TAG, in_signs, scripts

_SPECIAL = re.compile(r"[\\`*_\[\]<>#&~|{}]|^\s*(?:[-+=]|\d+[.)])|^\s{4}|  $", re.MULTILINE)
_ESCAPED = re.compile(r"[\\`*_\[\]<>#~|]|&(?=[#A-Za-z])")
_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)
_BLANKS = re.compile(r"[ \t\u00a0]+")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"breaks": True}).use(scripts)


def tidy(value: str) -> str:
    """Return text in NFC with single spaces, no blanks at the ends of lines, no invisible signs."""
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    value = "".join(
        sign for sign in value.replace("\v", "\n").replace("\f", "\n")
        if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Zl", "Zp", "Co")
    )  # fmt: skip
    lines = [_BLANKS.sub(" ", line).strip() for line in value.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def from_plain(value: str) -> str:
    """Return Markdown that shows exactly this text; most texts stay as they are."""
    value = tidy(value)
    html = ACTIVE.search(value) or TAG.search(value)  # never meant as such: said by the escapes
    if not _SPECIAL.search(value) or (not html and to_plain(value) == value):
        return value
    value = _ESCAPED.sub(r"\\\g<0>", value)
    return _START.sub(_escape_start, value)


def _escape_start(match: re.Match[str]) -> str:
    blanks, sign = match.groups()
    return f"{blanks}{sign}\\" if sign.isdigit() else f"{blanks}\\{sign}"


def escape(value: str) -> str:
    """Return a piece of text with everything escaped that Markdown could take for markup."""
    return _ESCAPED.sub(r"\\\g<0>", value)


def to_plain(value: str) -> str:
    """Return what a reader sees of Markdown, without its bold, italic and links.

    Raised and lowered signs become those of Unicode where it has them: `m²`."""
    lines: list[str] = []
    lists: list[str] = []
    prefix = ""
    for token in _parser().parse(value):
        if token.type in ("paragraph_open", "heading_open") and lines and not lists:
            lines.append("")
        elif token.type == "list_item_open":
            prefix = f"{token.info}{token.markup} "
        elif token.type.endswith("_list_open"):
            if lines and not lists:
                lines.append("")
            lists.append(token.type)
        elif token.type.endswith("_list_close"):
            lists.pop()
        elif token.type == "inline":
            lines.append(prefix + _inline(token.children or []))
            prefix = ""
        elif token.content:
            lines.append(token.content.rstrip("\n"))
    return "\n".join(lines)


def _inline(tokens: list[Token]) -> str:
    shown = {"softbreak": "\n", "hardbreak": "\n"}
    parts: list[str] = []
    opened: list[tuple[str, int]] = []
    for token in tokens:
        if token.tag in ("sup", "sub"):
            if token.nesting == 1:
                opened.append((token.tag, len(parts)))
            else:
                tag, start = opened.pop()
                parts[start:] = [in_signs(tag, "".join(parts[start:]))]
        else:
            parts.append(shown.get(token.type, token.content))
    return "".join(parts)


def to_html(value: str) -> str:
    """Return Markdown as HTML; a single paragraph without its `<p>`."""
    shown = _parser().render(value).strip()
    if shown.startswith("<p>") and shown.count("<p>") == 1 and shown.endswith("</p>"):
        return shown[3:-4]
    return shown


def quoted(value: str) -> str:
    """Return text as HTML shows it literally."""
    return html.escape(value, quote=False)


def fold(value: str) -> str:
    """Return a header or key word without marks, case and signs: `Đáp án A:` -> `dap an a`."""
    plain = unicodedata.normalize("NFD", value.casefold().replace("đ", "d"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9/]+", " ", plain).split())
