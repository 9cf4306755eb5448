"""GIFT as text: comments, escapes, and where a question, its braces and its answers begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NOTE = re.compile(r"\[(id|tag):((?:[^\]\\]|\\.)*)\]")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")

_BRACE = re.compile(r"(?<!\\)(?:\\\\)*([{}])")

_ESCAPABLE = "\\~=#{}:"


@dataclass
class Block:
    """The text of one question as it stands, without comments; `opened`: line of its last `{`."""

    line: int
    text: str
    id: str = ""
    tags: list[str] = field(default_factory=list)
    opened: int = 0


@dataclass
class Answer:
    """One answer: `=` or `~`, its share in percent or None, its text, whether it has feedback."""

    sign: str
    weight: str | None
    text: str
    format: str
    feedback: bool


def blocks(text: str) -> tuple[list[Block], list[str]]:
    """Return the questions of a file, and the categories that it names.

    A blank line ends a question. Inside braces it is passed over where they are closed behind
    it; where another question opens its own first, they were forgotten.
    """
    found: list[Block] = []
    categories: list[str] = []
    current: Block | None = None
    id_, tags, depth = "", [], 0
    lines = text.split("\n")
    closed = _closed(lines)
    for number, line in enumerate(lines, 1):
        shown = line.strip()
        if shown.startswith("//"):
            for name, value in _NOTE.findall(shown):
                id_, tags = (value, tags) if name == "id" else (id_, [*tags, value])
            continue
        if shown.startswith("$CATEGORY:") and not depth:
            categories.append(shown.partition(":")[2].strip())
            continue
        if not shown and not (depth and closed[number]):
            current, depth = None, 0
            continue
        if current is None:
            current = Block(number, "", id_, tags)
            found.append(current)
            id_, tags = "", []
        current.text += line + "\n"
        if not depth and _count(line, "{"):
            current.opened = number
        depth = max(0, depth + _count(line, "{") - _count(line, "}"))
    return found, categories


def _closed(lines: list[str]) -> list[bool]:
    """Return of every place between lines whether the next brace behind it closes."""
    found = [False]
    for line in reversed(lines):
        brace = None if line.strip().startswith("//") else _BRACE.search(line)
        found.append(brace[1] == "}" if brace else found[-1])
    return found[::-1]


def _count(line: str, sign: str) -> int:
    return len(re.findall(r"(?<!\\)(?:\\\\)*" + re.escape(sign), line))


def find(text: str, sign: str, start: int = 0) -> int:
    """Return where an unescaped sign stands, -1 for nowhere."""
    at = start
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(sign, at):
            return at
        else:
            at += 1
    return -1


def unescape(text: str) -> str:
    """Return text with the escapes of GIFT undone; `\\n` is a new line."""

    def plain(match: re.Match[str]) -> str:
        return "\n" if match[1] == "n" else match[1]

    return re.sub(r"\\([\\~=#{}:n])", plain, text)


def escape(text: str) -> str:
    """Return text as it stands in a GIFT file, on one line."""
    for sign in _ESCAPABLE:
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def formatted(text: str, default: str) -> tuple[str, str]:
    """Return text without the format that it may begin with, and the format."""
    match = _FORMAT.match(text)
    return (text[match.end() :], match[1].lower()) if match else (text, default)


def answers(text: str, default: str) -> Iterator[Answer]:
    """Yield the answers between braces; the text before the first sign is none."""
    starts = []
    at = 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] in "=~":
            starts.append(at)
        at += 1
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        body = text[start + 1 : end]
        weight = _WEIGHT.match(body)
        if weight:
            body = body[weight.end() :]
        cut = find(body, "#")
        feedback = cut >= 0 and bool(body[cut + 1 :].strip())
        body, format_ = formatted(body if cut < 0 else body[:cut], default)
        yield Answer(text[start], weight[1] if weight else None, body.strip(), format_, feedback)
