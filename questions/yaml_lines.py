"""YAML with the line of every key and item, and no surprises.

Only what bank and rules files need: mappings, lists, text, whole numbers,
true/false and null. `no`, `1.50`, `007` and `2026-03-15` stay the text that
was typed; a model that wants a date or a decimal reads it from there. Anchors,
tags and merge keys are refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode

from questions.canonical import nfc
from questions.problems import Problem, make

Loc = tuple[str | int, ...]

_INT = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


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
        raw = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None, [make("file.missing", name, 0)]
    except (OSError, UnicodeDecodeError):
        return None, [make("file.unreadable", name, 0)]
    return parse_yaml(raw, name)


def parse_yaml(raw: str, name: str) -> tuple[YamlFile | None, list[Problem]]:
    """Parse YAML text; see `read_yaml`."""
    try:
        # No anchors means no aliases, so a small file can't grow into a large one.
        root = YAML(typ="safe", pure=True).compose(nfc(raw))
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        return None, [make("yaml.broken", name, line)]
    if root is None:
        return None, [make("yaml.empty", name, 0)]
    lines: dict[Loc, int] = {(): root.start_mark.line + 1}
    problems: list[Problem] = []
    seen: set[int] = set()

    def build(node: Any, loc: Loc) -> Any:
        line = node.start_mark.line + 1
        if node.anchor or id(node) in seen:
            problems.append(make("yaml.anchor", name, line))
            return None
        seen.add(id(node))
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if isinstance(node, MappingNode):
            return build_map(node, loc)
        items = []
        for index, item in enumerate(node.value):
            lines[(*loc, index)] = item.start_mark.line + 1
            items.append(build(item, (*loc, index)))
        return items

    def build_map(node: MappingNode, loc: Loc) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                problems.append(make("yaml.key", name, line))
                continue
            key = key_node.value
            if key in result:
                problems.append(make("yaml.repeated", name, line, key=key))
                continue
            lines[(*loc, key)] = line
            result[key] = build(value_node, (*loc, key))
        return result

    data = build(root, ())
    return YamlFile(name, data, lines), problems


def _scalar(node: ScalarNode) -> str | int | bool | None:
    if node.style is not None:  # quoted or block text is text
        return node.value
    if node.value in _WORDS:
        return _WORDS[node.value]
    return int(node.value) if _INT.match(node.value) else node.value
