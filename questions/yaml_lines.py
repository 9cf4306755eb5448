"""YAML with the line of every key and item, and no surprises.

Only what bank and rules files need: mappings, lists, text, whole numbers,
true/false and null. `no`, `1.50`, `007` and `2026-03-15` stay the text that
was typed; a model that wants a date or a decimal reads it from there. Anchors,
tags, merge keys, a second document and invisible characters are refused.

Where PyYAML has its C parser, that one splits the text into events (twenty
times faster: 5,000 questions in a second); else, and whenever it stumbles,
ruamel.yaml does. What is built from the events doesn't depend on the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML, YAMLError
from ruamel.yaml.error import YAMLStreamError

from questions.canonical import nfc
from questions.problems import Problem, make

try:
    from yaml import CBaseLoader, parse
    from yaml import YAMLError as FastError
except ImportError:  # pragma: no cover - only without libyaml
    CBaseLoader = None

Loc = tuple[str | int, ...]

MAX_DEPTH = 20
"""Nesting allowed in a file; banks and rules need half of it."""

INT = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)
_RISKY = re.compile(
    r"\t|^(?:---|\.\.\.)|(?:^|[-{\[,:])[ ]*\?|[|>][-+0-9]*(?:\s*#|[ ]*\n[ ]*\n)", re.MULTILINE
)
"""Tabs, document marks, `? ` keys, comments or blank lines where a block text begins: there
the parsers differ."""


@dataclass(frozen=True)
class YamlFile:
    """A parsed file.

    Attributes
    ----------
    name : str
        The file's name for messages.
    data : Any
        dict, list, str, int, bool or None.
    lines : dict
        Place (tuple of keys and indexes) -> 1-based line of that key or item.
    """

    name: str
    data: Any
    lines: dict[Loc, int] = field(repr=False)

    def line(self, loc: Sequence[str | int]) -> int:
        """Return the line of `loc`, or of the nearest thing around it that has one.

        Elements that don't exist in the file (such as the name of a union's
        branch in a validation error) are skipped.
        """
        known: Loc = ()
        for part in loc:
            if (*known, part) in self.lines:
                known = (*known, part)
        return self.lines.get(known, 1)


def read_yaml(path: Path, name: str) -> tuple[YamlFile | None, list[Problem]]:
    """Read one YAML file.

    Returns
    -------
    (YamlFile or None, list of Problem)
        None when nothing could be read; problems include every repeated key.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None, [make("file.missing", name, 0)]
    except OSError:
        return None, [make("file.unreadable", name, 0)]
    try:
        return parse_yaml(raw.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, [make("file.not_utf8", name, line)]


def parse_yaml(raw: str, name: str) -> tuple[YamlFile | None, list[Problem]]:
    """Parse YAML text; see `read_yaml`."""
    raw = nfc(raw.replace("\r\n", "\n").replace("\r", "\n"))
    forbidden = [
        make("yaml.control_character", name, number, sign=f"U+{ord(found[0]):04X}")
        for number, line in enumerate(raw.split("\n"), 1)
        if (found := _FORBIDDEN.search(line))
    ]
    if forbidden:
        return None, forbidden
    return _fast(raw, name) or _slow(raw, name)


def _fast(raw: str, name: str) -> tuple[YamlFile | None, list[Problem]] | None:
    """Return the file, or None where the C parser is missing or not to be relied on."""
    if CBaseLoader is None or _RISKY.search(raw):
        return None
    try:
        file, problems = _Builder(parse(raw, Loader=CBaseLoader), name).build()
    except FastError:
        return None
    return None if problems else (file, problems)


def _slow(raw: str, name: str) -> tuple[YamlFile | None, list[Problem]]:
    try:
        return _Builder(YAML(typ="safe", pure=True).parse(raw), name).build()
    except (YAMLError, YAMLStreamError) as error:
        mark = getattr(error, "problem_mark", None)
        return None, [make("yaml.broken", name, mark.line + 1 if mark else 0)]


class _TooDeep(Exception):
    """Raised where a file is nested deeper than `MAX_DEPTH`."""


class _Builder:
    """Builds data and lines from the events of either parser."""

    def __init__(self, events: Iterator[Any], name: str) -> None:
        self.events = events
        self.name = name
        self.problems: list[Problem] = []
        self.lines: dict[Loc, int] = {}

    def build(self) -> tuple[YamlFile | None, list[Problem]]:
        """Return the file, or None where it has no document."""
        event, kind = self.next()
        while kind != "DocumentStartEvent":
            if kind == "StreamEndEvent":
                return None, [make("yaml.empty", self.name, 0)]
            event, kind = self.next()
        event, kind = self.next()
        line = self.lines[()] = event.start_mark.line + 1
        try:
            data = self.node(event, kind, ())
        except _TooDeep:
            return None, [make("yaml.deep", self.name, line, limit=MAX_DEPTH)]
        for event in self.events:
            if type(event).__name__ == "DocumentStartEvent":
                self.problems.append(
                    make("yaml.second_document", self.name, event.start_mark.line + 1)
                )
        return YamlFile(self.name, data, self.lines), self.problems

    def next(self) -> tuple[Any, str]:
        """Return the next event and its kind."""
        event = next(self.events)
        return event, type(event).__name__

    def node(self, event: Any, kind: str, loc: Loc) -> Any:
        """Return the value that begins with `event`, and read it to its end."""
        if event.anchor:
            self.problems.append(make("yaml.anchor", self.name, event.start_mark.line + 1))
        if kind == "AliasEvent":
            return None
        if event.tag:
            self.problems.append(make("yaml.tag", self.name, event.start_mark.line + 1))
        if len(loc) > MAX_DEPTH:
            raise _TooDeep
        if kind == "ScalarEvent":
            return _scalar(event)
        return self.map(loc) if kind == "MappingStartEvent" else self.list(loc)

    def list(self, loc: Loc) -> list[Any]:
        """Return a list whose start has been read."""
        items: list[Any] = []
        event, kind = self.next()
        while kind != "SequenceEndEvent":
            at = (*loc, len(items))
            self.lines[at] = event.start_mark.line + 1
            items.append(self.node(event, kind, at))
            event, kind = self.next()
        return items

    def map(self, loc: Loc) -> dict[str, Any]:
        """Return a mapping whose start has been read."""
        result: dict[str, Any] = {}
        event, kind = self.next()
        while kind != "MappingEndEvent":
            line = event.start_mark.line + 1
            key = event.value if kind == "ScalarEvent" else None
            self.aside(event, kind, loc)
            event, kind = self.next()
            if key is not None and key not in result:
                self.lines[(*loc, key)] = line
                result[key] = self.node(event, kind, (*loc, key))
            else:
                code = "yaml.key" if key is None else "yaml.repeated"
                self.problems.append(make(code, self.name, line, key=key))
                self.aside(event, kind, loc)
            event, kind = self.next()
        return result

    def aside(self, event: Any, kind: str, loc: Loc) -> None:
        """Read over a node that has no place of its own; its problems count."""
        lines, self.lines = self.lines, {}
        self.node(event, kind, loc)
        self.lines = lines


def _scalar(event: Any) -> str | int | bool | None:
    if event.style:  # quoted or block text is text
        return event.value
    if event.value in WORDS:
        return WORDS[event.value]
    return int(event.value) if INT.match(event.value) else event.value
