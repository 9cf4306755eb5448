"""Raised and lowered signs in the bank's Markdown: `m<sup>2</sup>`, `CO<sub>2</sub>`.

These are the only tags that mean anything; all others stay the signs they were typed with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TAG = re.compile(r"<(/?)(sup|sub)>", re.IGNORECASE)
ACTIVE = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|form|svg|style|link|meta)\b"
    r"|<[^<>]*\son[a-z]+\s*=|<[^<>]*javascript:",
    re.IGNORECASE,
)
"""HTML that does something: never taken over, whatever the file."""

TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
"""What looks like an HTML tag in text that is no HTML."""

_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")

_SIGNS = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


def scripts(parser: MarkdownIt) -> None:
    """Let a parser know `<sup>` and `<sub>`, and no other HTML; for `MarkdownIt.use`."""
    parser.options["html"] = True
    parser.enable("html_inline")
    parser.disable("html_block", ignoreInvalid=True)
    parser.core.ruler.push("scripts", _scripts)


def bare(value: str) -> str:
    """Return Markdown without its escaped signs, which are never markup."""
    return _ESCAPED.sub("", value)


def foreign(value: str) -> tuple[str, bool] | None:
    """Return the first HTML of a text that means nothing here, and whether it acts elsewhere."""
    value = bare(value)
    for match in ACTIVE.finditer(value):
        if re.match(r"</?[a-zA-Z]", match[0]):
            return match[0], True
    for match in TAG.finditer(value):
        if not _TAG.fullmatch(match[0]):
            return match[0], False
    return None


def in_signs(tag: str, text: str) -> str:
    """Return raised or lowered text for where there are no tags: in signs of Unicode's own."""
    table = _SIGNS[tag]
    return text.translate(table) if all(ord(sign) in table for sign in text) else text


def _scripts(state: StateCore) -> None:
    for token in state.tokens:
        if token.children:
            _settle(token.children)


def _settle(tokens: Sequence[Token]) -> None:
    """Turn the tags that open and close in one place into elements, all others into text."""
    depth = 0
    opened: list[tuple[int, Token, str]] = []
    for token in tokens:
        if token.type != "html_inline":
            depth += token.nesting
            while opened and opened[-1][0] > depth:
                opened.pop()
            continue
        token.type = "text"
        found = _TAG.fullmatch(token.content)
        if found is None:
            continue
        tag = found[2].lower()
        if not found[1]:
            opened.append((depth, token, tag))
        elif opened and opened[-1][0] == depth and opened[-1][2] == tag:
            _become(opened.pop()[1], tag, 1)
            _become(token, tag, -1)


def _become(token: Token, tag: str, nesting: int) -> None:
    token.type = f"{tag}_open" if nesting == 1 else f"{tag}_close"
    token.tag, token.nesting, token.content = tag, nesting, ""
