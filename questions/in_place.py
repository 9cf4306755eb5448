"""Changing the files of a bank where they stand: what isn't changed stays as it was typed."""

from __future__ import annotations

import shutil
import tempfile
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from questions.blocks import Blocks, node_end, value_of
from questions.dump import entries_text
from questions.files import write_all
from questions.load import ReadBank, read_bank
from questions.pictures import FOLDER as PICTURES
from questions.problems import ProblemsFound, make
from questions.yaml_lines import parse_yaml


def appended(
    raw: str,
    name: str,
    key: str,
    entries: Sequence[Any],
    between: str = "\n",
    written: str | None = None,
) -> str:
    """Return a file's text with more entries at the end of the list `key`.

    Parameters
    ----------
    raw : str
        The text of the file as it is, a byte order mark included.
    name : str
        The file's name for messages.
    entries : sequence of models
        Sources, facts, questions or topics.
    between : str
        What stands between two entries.
    written : str or None
        The entries as somebody typed them, which must say the same; None: canonical.

    Raises
    ------
    ProblemsFound
        When the list is written in a way that can't be added to.
    """
    old = raw.removeprefix("\ufeff")
    before = parse_yaml(old, name)[0]
    if before is None:
        raise ProblemsFound([make("file.not_added", name, 0)])
    newline = "\r\n" if "\r\n" in old else "\n"
    block = written or entries_text(entries, between)
    if before.data[key]:
        last = Blocks(old, before, key).block(len(before.data[key]) - 1)
        column = last.text.index("-")
        block = textwrap.indent(textwrap.dedent(block), " " * column)
        end = last.start + node_end(last.node(), last.text)
        end = len(old) if old.find("\n", end) < 0 else old.index("\n", end)
        end -= old[end - 1] == "\r"
        head, tail = old[:end] + newline + between.replace("\n", newline), old[end:]
    else:
        node = value_of(YAML(typ="safe", pure=True).compose(old), key)
        assert node is not None
        start, end = node.start_mark.index, node.end_mark.index
        head, tail = old[:start].rstrip() + newline, old[end:]
    new = head + block.rstrip("\n").replace("\n", newline) + tail
    after = parse_yaml(new, name)[0]
    wanted = {**before.data, key: [*before.data[key], *as_read(entries)]}
    if after is None or after.data != wanted:
        raise ProblemsFound([make("file.not_added", name, 0)])
    return raw[: len(raw) - len(old)] + new


def as_read(entries: Sequence[Any]) -> list[Any]:
    """Return entries as the data that a file which holds only them is read as."""
    file = parse_yaml("x:\n" + entries_text(entries), "")[0]
    return file.data["x"] if file else []


def tried(folder: Path, contents: Mapping[Path, str | bytes]) -> ReadBank:
    """Return the bank in `folder` as it would be read if these files stood in it.

    Raises
    ------
    ProblemsFound
        With every error that it would have.
    """
    with tempfile.TemporaryDirectory(prefix="timhieu-") as temporary:
        trial = Path(temporary)
        (trial / PICTURES).mkdir()
        for path in folder.glob("*.y*ml"):
            shutil.copyfile(path, trial / path.name)
        for picture in (folder / PICTURES).glob("*"):
            shutil.copyfile(picture, trial / PICTURES / picture.name)
        write_all({trial / path.relative_to(folder): content for path, content in contents.items()})
        read = read_bank(trial)
    if read.bank is None or read.errors:
        raise ProblemsFound(read.errors)
    return read
