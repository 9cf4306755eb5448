"""Changing entries of a bank's file key by key: what isn't changed stays as typed, comments too.

A changed value is written as `questions.dump` writes it. Comments among the lines that it takes
the place of stay: behind the new value where they stood behind the old one, else above it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from questions.blocks import Blocks, node_end
from questions.dump import QUESTION_KEYS, data_text
from questions.problems import ProblemsFound
from questions.yaml_lines import parse_yaml

Data = Mapping[str, Any]

_COMMENT = re.compile(r"(?:^|(?<=[\s]))#[^\n]*")
_HEADER = re.compile(r"[|>][-+0-9]*[ ]+(#[^\n]*)")


@dataclass(frozen=True)
class Change:
    """What an entry was in canonical form, and what it is to be; None where it goes."""

    old: Data
    new: Data | None


def rewritten(raw: str, name: str, key: str, changes: Mapping[int, Change]) -> str:
    """Return a file's text with entries of the list `key` changed or taken away.

    Parameters
    ----------
    raw : str
        The text as it is; a byte order mark and line ends stay.
    name : str
        The file's name for messages.
    changes : mapping
        Place in the list -> change.

    Raises
    ------
    ProblemsFound
        When the file isn't written so that an entry can change alone.
    """
    old = raw.removeprefix("\ufeff")
    plain = old.replace("\r\n", "\n")
    before = parse_yaml(plain, name)[0]
    if before is None:
        raise ProblemsFound(parse_yaml(plain, name)[1])
    blocks, new = Blocks(plain, before, key), plain
    kept: list[Any] = []
    for index in range(len(before.data[key]) - 1, -1, -1):
        if index not in changes:
            kept.insert(0, before.data[key][index])
            continue
        change, block = changes[index], blocks.block(index)
        if change.new is None:
            end = _line_end(block.text, node_end(block.node(), block.text))
            put = block.text[end + 1 :]
        else:
            put = changed_entry(block.text, block.node(), change.old, change.new)
            read = parse_yaml(f"x:\n{put}", name)[0]
            kept.insert(0, read.data["x"][0] if read else None)
            if read is None or not _says(read.data["x"][0], change, before.data[key][index]):
                raise blocks.refusal()
        new = new[: block.start] + put + new[block.end :]
    if not kept:
        new = _emptied(new, key)
    after, problems = parse_yaml(new, name)
    if after is None or problems or after.data != {**before.data, key: kept}:
        raise blocks.refusal()
    ends = new.replace("\n", "\r\n") if "\r\n" in old else new
    return raw[: len(raw) - len(old)] + ends


def _says(read: Data, change: Change, typed: Data) -> bool:
    """Return whether an entry says what it shall, and besides only what it said before."""
    assert change.new is not None
    for key in {*read, *change.new, *change.old}:
        same = change.old.get(key) == change.new.get(key)
        wanted = typed.get(key) if same else change.new.get(key)
        if read.get(key) != wanted and read.get(key) != change.new.get(key):
            return False
    return True


def _emptied(text: str, key: str) -> str:
    """Return a file whose list has lost its last entry."""
    return re.sub(rf"^{key}:", f"{key}: []", text, count=1, flags=re.MULTILINE)


def changed_entry(text: str, node: MappingNode, old: Data, new: Data) -> str:
    """Return an entry's text with the keys changed that differ between `old` and `new`.

    Parameters
    ----------
    text : str
        Whole lines, from the one with the entry's dash on; what stands behind it stays.
    node : MappingNode
        The entry, with marks that count from the beginning of `text`.
    """
    prefix = text.index("-") + 1
    end = _line_end(text, node_end(node, text))
    lines, behind = text[:end].rstrip("\n") + "\n", text[end + 1 :]
    if node.flow_style or "\n" in text[prefix : node.value[0][0].start_mark.index]:
        column = prefix - 1
        comments = _comments(lines[prefix:], _spans(node, prefix))
        return _above(comments, column) + _indented(data_text([new]), column) + behind
    column = node.value[0][0].start_mark.column
    bare = " " * prefix + lines[prefix:]
    parts = dict(_parts(bare, node, old, new))
    previous: str | None = None
    for key in _ordered(new):
        if key not in parts:
            added = _indented(data_text({key: new[key]}), column)
            parts = _put_behind(parts, previous, key, added)
        previous = key
    return _with_dash("".join(parts.values()), prefix - 1) + behind


def _parts(text: str, node: MappingNode, old: Data, new: Data) -> Iterator[tuple[str, str]]:
    """Yield each key of a block mapping with its lines and those behind it, changed."""
    starts = [text.rfind("\n", 0, name.start_mark.index) + 1 for name, _ in node.value]
    for place, (name, value) in enumerate(node.value):
        start, key = starts[place], name.value
        following = starts[place + 1] if place + 1 < len(starts) else len(text)
        end = min(_line_end(text, node_end(value, text)) + 1, following)
        head, tail = text[start:end], text[end:following]
        if old.get(key) != new.get(key):
            shift = name.start_mark.column
            if key not in new:
                head = _above(_comments(head, _spans_of(name, value, start)), shift)
            else:
                head = _changed_value(text, start, end, name, value, old.get(key), new[key])
        yield key, head + tail


def _changed_value(
    text: str, start: int, end: int, name: Node, value: Node, old: Any, new: Any
) -> str:
    """Return the lines of a key with its new value."""
    if _is_list_of_entries(value, old, new):
        return _changed_list(text, start, end, value, old, new)
    column = name.start_mark.column
    put = _indented(data_text({name.value: new}), column)
    comments = list(_comments(text[start:end], _spans_of(name, value, start)))
    one_line = put.count("\n") == 1 and text[start:end].count("\n") == 1
    if len(comments) == 1 and one_line:
        return f"{put[:-1]}  {comments[0]}\n"
    return _above(comments, column) + put


def _is_list_of_entries(value: Node, old: Any, new: Any) -> bool:
    """Return whether both are lists of entries with ids, written with lines of their own."""
    if not isinstance(value, SequenceNode) or value.flow_style:
        return False
    if not (isinstance(old, list) and isinstance(new, list) and new):
        return False
    ids = [[one.get("id") for one in some if isinstance(one, dict)] for some in (old, new)]
    whole = len(ids[0]) == len(old) == len(value.value) and len(ids[1]) == len(new)
    return whole and all(None not in some and len(set(some)) == len(some) for some in ids)


def _changed_list(
    text: str, start: int, end: int, value: SequenceNode, old: Sequence[Data], new: Sequence[Data]
) -> str:
    """Return the lines of a list: what stays as typed, in the new order; the rest canonical."""
    starts = [text.rfind("\n", 0, item.start_mark.index) + 1 for item in value.value]
    ends = [*starts[1:], end]
    column = value.start_mark.column
    if any(text[at : at + column].strip() or text[at + column] != "-" for at in starts):
        above = _above(_comments(text[starts[0] : end], _spans(value, starts[0])), column)
        return text[start : starts[0]] + above + _indented(data_text(list(new)), column)
    written = {}
    for item, at, to, before in zip(value.value, starts, ends, old, strict=True):
        written[before["id"]] = (_moved(item, at), text[at:to], before)
    lines = [
        _above(_comments(own, _spans(node, 0)), column)
        for id_, (node, own, _) in written.items()
        if id_ not in {entry["id"] for entry in new}
    ]
    for entry in new:
        if entry["id"] in written:
            node, own, before = written[entry["id"]]
            lines.append(own if before == entry else changed_entry(own, node, before, entry))
        else:
            lines.append(_indented(data_text([entry]), column))
    return text[start : starts[0]] + "".join(lines)


def _moved(node: Node, by: int) -> Any:
    """Return a node whose marks, and those of all below it, count from `by`."""
    parts = [part for part in _below(node)] if not isinstance(node, ScalarNode) else []
    for one in (node, *parts):
        one.start_mark.index -= by
        one.end_mark.index -= by
    return node


def _below(node: Node) -> Iterator[Node]:
    for part in node.value:
        for one in part if isinstance(part, tuple) else (part,):
            yield one
            if not isinstance(one, ScalarNode):
                yield from _below(one)


def _ordered(data: Data) -> list[str]:
    """Return the keys in canonical order."""
    known = {key: place for place, key in enumerate(QUESTION_KEYS)}
    return list(data) if not set(data) <= set(known) else sorted(data, key=known.__getitem__)


def _put_behind(parts: dict[str, str], previous: str | None, key: str, text: str) -> dict[str, str]:
    found = {} if previous is not None else {key: text}
    for name, own in parts.items():
        found[name] = own
        if name == previous:
            found[key] = text
    return found


def _with_dash(text: str, column: int) -> str:
    """Return the lines of a mapping with the dash that makes it an entry of a list."""
    lines = text.splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if line.strip() and line.lstrip()[0] != "#")
    lines[first] = f"{' ' * column}-{lines[first][column + 1 :]}"
    return "".join(lines)


def _indented(text: str, column: int) -> str:
    """Return canonical text moved to a column."""
    return textwrap.indent(textwrap.dedent(text), " " * column)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _above(comments: Iterable[str], column: int) -> str:
    return "".join(f"{' ' * column}{comment}\n" for comment in comments)


def _spans_of(name: Node, value: Node, shift: int) -> list[tuple[int, int]]:
    return [*_spans(name, shift), *_spans(value, shift)]


def _spans(node: Node, shift: int) -> list[tuple[int, int]]:
    """Return where scalars stand in a node, counted from `shift`."""
    scalars = [node] if isinstance(node, ScalarNode) else list(_below(node))
    return [
        (one.start_mark.index - shift, one.end_mark.index - shift)
        for one in scalars
        if isinstance(one, ScalarNode)
    ]


def _comments(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield the comments in a text; what looks like one inside a scalar isn't."""
    bare = text
    for start, end in spans:
        part = bare[start:end]
        header = _HEADER.match(part)
        kept = " " * header.start(1) + header[1] if header else ""
        bare = bare[:start] + kept.ljust(len(part)) + bare[end:]
    for found in _COMMENT.finditer(bare):
        yield found[0].rstrip()
