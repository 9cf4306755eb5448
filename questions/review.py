"""Stamping questions as reviewed or approved, in the files that people edit.

Only the status changes: the rest of a file stays as it was typed, comments, order, quotes and
line breaks included. ruamel.yaml tells where things stand; new text is put exactly there, and
the result must read as the old content plus the new statuses, or nothing is written.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml.nodes import MappingNode

from questions.blocks import Blocks, node_end, value_of
from questions.files import write_all
from questions.load import read_bank
from questions.model import DRAFTED, Bank
from questions.problems import ProblemsFound, make
from questions.types import Status
from questions.yaml_lines import INT, WORDS, parse_yaml

_RANK = {"draft": 0, "reviewed": 1, "approved": 2}
_PLAIN = re.compile(r"[^\W_](?:[\w .()-]*[\w)])?")

_Edit = tuple[int, int, str]
"""(start, end, text to stand there instead)"""


def set_status(
    folder: Path,
    status: Literal["reviewed", "approved"],
    by: str,
    on: datetime.date,
    ids: Collection[str] | None = None,
) -> list[str]:
    """Stamp questions of the bank in `folder` with a status for their content of today.

    Parameters
    ----------
    status : str
        `reviewed` or `approved`.
    by : str
        Who reviewed or approved.
    on : date
        The day of it.
    ids : collection of str, or None
        The questions to stamp, each of them; None for all that don't yet have this status or a
        higher one for their content of today, but for drafts that nobody has accepted.

    Returns
    -------
    list of str
        Ids of the questions whose stamp has changed, in the bank's order.

    Raises
    ------
    ProblemsFound
        When the bank has errors, lacks one of the ids, or one of the questions names nothing it
        rests on; then nothing is written.
    ValueError
        When `status`, `by` or `on` can't stand in a stamp.
    OSError
        When a file can't be written; then none has changed.
    """
    if status not in ("reviewed", "approved"):
        raise ValueError(f"status: {status}")
    read = read_bank(folder)
    if read.bank is None or read.errors:
        raise ProblemsFound(read.errors)
    stamps = _stamps(read.bank, status, by, on, ids)
    grounded = {one.id for one in read.bank.questions if one.is_grounded()}
    groundless = {str(read.places["question", id_]) for id_ in stamps if id_ not in grounded}
    if groundless:  # a draft may lack its facts, nothing that people vouch for
        raise ProblemsFound(
            replace(one, advice=False)
            for one in read.problems
            if one.code in ("question.no_fact", "question.no_ground")
            and f"{one.file}:{one.line}" in groundless
        )
    by_file: dict[str, dict[int, Status]] = {}
    for id_, stamp in stamps.items():
        place = read.places["question", id_]
        by_file.setdefault(place.file.name, {})[place.loc[1]] = stamp
    write_all({folder / name: _rewritten(folder / name, found) for name, found in by_file.items()})
    return list(stamps)


def _stamps(
    bank: Bank, status: str, by: str, on: datetime.date, ids: Collection[str] | None
) -> dict[str, Status]:
    """Return the new status of every question whose stamp changes."""
    unknown = sorted(set(ids or ()) - set(bank.question_by_id))
    if unknown:
        raise ProblemsFound(make("question.unknown", "bank.yml", 0, id=id_) for id_ in unknown)
    found = {}
    for question in bank.questions:
        if ids is None:
            higher = _RANK[bank.status_of(question)] < _RANK[status]
            wanted = higher and DRAFTED not in question.tags
        else:
            wanted = question.id in ids
        stamp = Status(status=status, by=by, on=on, hash=bank.reviewed_hash(question))
        if wanted and stamp != question.status:
            found[question.id] = stamp
    return found


def _rewritten(path: Path, stamps: Mapping[int, Status]) -> str:
    """Return the text of a topic's file with new statuses; keys are positions in the file."""
    raw = path.read_bytes().decode()
    old = raw.removeprefix("\ufeff")
    before = parse_yaml(old, path.name)[0]
    if before is None:
        raise ProblemsFound([make("question.status_not_written", path.name, 0)])
    expected, blocks = before.data, Blocks(old, before, "questions")
    new = old
    for index, stamp in sorted(stamps.items(), reverse=True):
        fields = {key: str(value) for key, value in stamp.model_dump().items()}
        block = blocks.block(index)
        text = block.text
        for start, end, put in sorted(_edits(block.node(), fields, text), reverse=True):
            text = text[:start] + put + text[end:]
        new = new[: block.start] + text + new[block.end :]
        expected["questions"][index]["status"] = fields
    file, problems = parse_yaml(new, path.name)
    if file is None or problems or file.data != expected:
        raise ProblemsFound([make("question.status_not_written", path.name, 0)])
    return raw[: len(raw) - len(old)] + new


def _edits(question: MappingNode, fields: Mapping[str, str], text: str) -> Iterator[_Edit]:
    """Yield what to change in `text` so that the question has a status of these fields."""
    status = value_of(question, "status")
    if status is None:
        yield _addition(question, {"status": fields}, text)
    elif not status.value:
        yield status.start_mark.index, status.end_mark.index, _flow(fields)
    else:
        missing = dict(fields)
        for key, node in status.value:
            value = missing.pop(key.value)
            yield node.start_mark.index, node_end(node, text), _scalar(value)
        if missing:
            yield _addition(status, missing, text)


def _addition(node: MappingNode, data: Mapping[str, Any], text: str) -> _Edit:
    """Return the edit that puts more keys behind the last one of a mapping."""
    end = node_end(node.value[-1][1], text)
    if node.flow_style:
        return end, end, f", {_flow(data)[1:-1]}"
    end = len(text) if text.find("\n", end) < 0 else text.index("\n", end)
    newline = "\n"
    if "\r\n" in text:
        newline, end = "\r\n", end - (text[end - 1] == "\r")
    indent = newline + " " * node.value[0][0].start_mark.column
    lines = []
    for key, value in data.items():
        lines.append(f"{key}:" if isinstance(value, Mapping) else f"{key}: {_scalar(value)}")
        if isinstance(value, Mapping):
            lines += [f"  {below}: {_scalar(text_)}" for below, text_ in value.items()]
    return end, end, "".join(indent + line for line in lines)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(below)}' for key, below in value.items())}}}"
    return _scalar(value)


def _scalar(value: str) -> str:
    if _PLAIN.fullmatch(value) and value not in WORDS and not INT.match(value):
        return value
    return json.dumps(value, ensure_ascii=False)
