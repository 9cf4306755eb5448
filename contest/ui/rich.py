"""The little Markdown that questions may use, told to the page as elements and texts.

No HTML is made anywhere: the page builds the few elements that are named here itself, and
every text goes into it as text. What isn't in the list (links, pictures, HTML, headings …)
stays the signs that it was typed with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

Rich = str | list[Any]
"""A text, or a list of texts and of elements: name first, then what is in it."""

TAGS = frozenset({"strong", "em", "br", "ul", "ol", "li", "p"})
"""All that a text may hold; the page draws no other."""

KEPT = 20_000
"""Texts whose reading is kept; every paper of a round asks with the same."""

_RULES = ("emphasis", "list", "newline", "escape")
_SIGNS = re.compile(r"[*_\\\n]")
_PARSER = MarkdownIt("zero").enable(_RULES)


def rich(text: str, *, blocks: bool = False) -> Rich:
    """Return a text of a bank as the page draws it.

    Parameters
    ----------
    text : str
        Markdown: bold, emphasis, line breaks.
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
            open_[-1].extend([text] if text else [])
    return open_[0]
