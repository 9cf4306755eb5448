"""The little Markdown that questions may use, told to the page as elements and texts.

The page builds the few elements that are named here itself, and every text goes into it as
text; pages without script get the same elements around escaped texts. What isn't in the
list (links, pictures, other HTML, headings …) stays the signs that it was typed with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from questions.markup import scripts

Rich = str | list[Any]
"""A text, or a list of texts and of elements: name first, then what is in it."""

TAGS = frozenset({"strong", "em", "sup", "sub", "br", "ul", "ol", "li", "p"})
"""All that a text may hold; the page draws no other."""

KEPT = 20_000
"""Texts whose reading is kept; every paper of a round asks with the same."""

_RULES = ("emphasis", "list", "newline", "escape")
_SIGNS = re.compile(r"[*_\\\n]|<su[bp]>", re.IGNORECASE)
_PARSER = MarkdownIt("zero").enable(_RULES).use(scripts)


def rich(text: str, *, blocks: bool = False) -> Rich:
    """Return a text of a bank as the page draws it.

    Parameters
    ----------
    text : str
        Markdown: bold, emphasis, raised and lowered signs, line breaks.
    blocks : bool
        Whether it may also have paragraphs and lists; only where it has several lines.

    Returns
    -------
    str or list
        The text itself where nothing in it is Markdown.
    """
    return _read(text, blocks and "\n" in text) if _SIGNS.search(text) else text


@lru_cache(maxsize=KEPT)
def _read(text: str, blocks: bool) -> Rich:
    tokens = _PARSER.parse(text) if blocks else _PARSER.parseInline(text)
    nodes = _nodes(tokens)
    if len(nodes) == 1 and isinstance(nodes[0], list) and nodes[0][0] == "p":
        nodes = nodes[0][1:]  # one paragraph is no list of blocks
    return "".join(nodes) if all(isinstance(node, str) for node in nodes) else nodes


def _nodes(tokens: Iterable[Token]) -> list[Any]:
    """Return tokens as nested lists."""
    open_: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "inline":
            open_[-1].extend(_nodes(token.children or []))
        elif token.type == "hardbreak":
            open_[-1].append(["br"])
        elif token.nesting == 1 and token.hidden:  # a list's line that needs no paragraph
            open_.append(open_[-1])
        elif token.nesting == 1:
            node = [token.tag]
            open_[-1].append(node)
            open_.append(node)
        elif token.nesting == -1:
            open_.pop()
        else:
            text = " " if token.type == "softbreak" else token.content
            _say(open_[-1], text, first=len(open_) > 1)
    return open_[0]


def _say(nodes: list[Any], text: str, *, first: bool) -> None:
    """Add text to nodes; what stands side by side is one text, but for an element's name."""
    if text and len(nodes) > first and isinstance(nodes[-1], str):
        nodes[-1] += text
    elif text:
        nodes.append(text)


def markup(text: str, *, blocks: bool = False) -> Markup:
    """Return a text of a bank as HTML for pages without script; see `rich`."""
    return _html(rich(text, blocks=blocks))


def heading(text: str) -> tuple[Markup, Markup]:
    """Return what may stand in a heading of a text, and the blocks that follow it."""
    read = rich(text, blocks=True)
    if isinstance(read, str) or not any(_is_block(node) for node in read):
        return _html(read), Markup()
    if read[0][0] == "p":
        return _html(read[0][1:]), _html(read[1:])
    return Markup(), _html(read)


def _is_block(node: Rich) -> bool:
    return isinstance(node, list) and node[0] in ("p", "ul", "ol")


def _html(nodes: Rich) -> Markup:
    """Return texts escaped, and the elements that are in the list."""
    if isinstance(nodes, str):
        return escape(nodes)
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(escape(node))
        elif node[0] == "br":
            parts.append(Markup("<br>"))
        else:
            tag = node[0] if node[0] in TAGS else "span"
            parts.append(Markup("<{0}>{1}</{0}>").format(tag, _html(node[1:])))
    return Markup().join(parts)
