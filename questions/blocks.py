"""Where the entries of a bank's file stand in its text, so that one can change alone.

The lines that reading gives say where an entry begins; only the text of that entry is then
looked at node by node, which for a file of thousands of questions is what makes saving quick.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from questions.problems import ProblemsFound, make
from questions.yaml_lines import YamlFile

_DASH = re.compile(r"( *)-(?=[ ]+[^ #\n])")


@dataclass(frozen=True)
class Block:
    """The text of one entry, from the beginning of its first line.

    Attributes
    ----------
    start, end : int
        Where it stands in its file; comments and blank lines behind it belong to it.
    """

    text: str
    start: int
    end: int

    def node(self) -> MappingNode:
        """Return the entry as a node whose marks count from the block's beginning."""
        composed: MappingNode = YAML(typ="safe", pure=True).compose(self.text).value[0]
        return composed


class Blocks:
    """The entries of a list in a file.

    Parameters
    ----------
    raw : str
        The file's text, without a byte order mark.
    file : YamlFile
        The same as it was read.
    key : str
        The list's key.
    """

    def __init__(self, raw: str, file: YamlFile, key: str) -> None:
        self.file = file
        self.key = key
        self.lines = raw.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))
        self.raw = raw

    def block(self, index: int) -> Block:
        """Return an entry's text.

        Raises
        ------
        ProblemsFound
            When the list isn't written with each entry on lines of its own.
        """
        number = self.file.lines[self.key, index] - 1
        found = _DASH.match(self.lines[number])
        if not found:
            raise self.refusal()
        column, after = len(found[1]), number + 1
        while after < len(self.lines) and _is_below(self.lines[after], column):
            after += 1
        start, end = self.starts[number], self.starts[after]
        return Block(self.raw[start:end], start, end)

    def refusal(self) -> ProblemsFound:
        """Return the exception that says that the file can't be changed in place."""
        return ProblemsFound([make("file.not_added", self.file.name, 0)])


def _is_below(line: str, column: int) -> bool:
    bare = line.strip()
    return not bare or bare.startswith("#") or len(line) - len(line.lstrip(" ")) > column


def node_end(node: Node, text: str) -> int:
    """Return where the last character of a node's text stands, plus one."""
    if not isinstance(node, ScalarNode) and not node.flow_style:
        last = node.value[-1]
        return node_end(last[1] if isinstance(last, tuple) else last, text)
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def value_of(node: MappingNode, key: str) -> Node | None:
    """Return the value of a mapping's key, None where it hasn't got it."""
    return next((value for name, value in node.value if name.value == key), None)
