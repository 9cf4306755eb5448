"""Bank -> canonical files: what `load` reads back as the same bank.

Equal banks give equal files: entries in the bank's order, keys in a fixed
order, nothing that is None or a default. One value a line and long text folded,
so that a diff shows what was edited.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import SafeRepresenter
from ruamel.yaml.resolver import BaseResolver

from questions.files import write_all
from questions.model import FORMAT_VERSION, Bank
from questions.yaml_lines import INT

QUESTION_KEYS = (
    "id", "type", "level", "stem", "image", "text", "options", "statements", "left", "right",
    "items", "gaps", "accepted", "key", "tolerance", "unit", "scoring", "weights", "rubric",
    "min_words", "max_words", "shuffle", "points", "facts", "sources", "explanation", "tags",
    "status",
)  # fmt: skip
"""A question's keys as people read it: the question, its answer, its grounds."""

_WIDTH = 90  # ruamel breaks a folded line after it, not before
_LONG = 72
"""Characters from which one-line text is folded; with key and indent it still fits a line."""


def dump_bank(bank: Bank, folder: Path) -> None:
    """Write the bank's files into `folder`, which is made where it doesn't exist.

    Questions are grouped by topic, in the order of the topics. Pictures and other files in the
    folder are left alone.

    Raises
    ------
    ValueError
        When a question's topic isn't one of the bank's.
    OSError
        When a file can't be written; then none has changed.
    """
    texts = dump_files(bank)
    folder.mkdir(parents=True, exist_ok=True)
    write_all({folder / name: text for name, text in texts.items()})


def dump_files(bank: Bank) -> dict[str, str]:
    """Return file name -> text for a bank; see `dump_bank`."""
    topics = [topic.id for topic in bank.topics]
    homeless = sorted({question.topic for question in bank.questions} - set(topics))
    if homeless:
        raise ValueError(f"topics not in the bank: {', '.join(homeless)}")
    head = {"version": FORMAT_VERSION, "id": bank.id, "title": bank.title}
    version = {"version": FORMAT_VERSION}
    files = {
        "bank.yml": _text(head, "topics", bank.topics, between=""),
        "sources.yml": _text(version, "sources", bank.sources),
        "facts.yml": _text(version, "facts", bank.facts),
    }
    for topic in topics:
        own = [question for question in bank.questions if question.topic == topic]
        files[f"{topic}.yml"] = _text(version, "questions", own)
    return files


def entries_text(entries: Sequence[Any], between: str = "\n") -> str:
    """Return topics, sources, facts or questions as items of a list in a bank's file."""
    return between.join(_yaml([entry_data(entry)]) for entry in entries)


def data_text(data: Any) -> str:
    """Return plain data, such as `in_place.as_read` gives, as a bank's file has it."""
    return _yaml(_plain(data))


def _text(head: Mapping[str, Any], key: str, entries: Sequence[Any], between: str = "\n") -> str:
    if not entries:
        return _yaml({**head, key: []})
    return f"{_yaml(head)}{between}{key}:\n{entries_text(entries, between)}"


def entry_data(model: Any) -> dict[str, Any]:
    """Return a source, fact, topic or question as the plain data that its file holds."""
    data = model.model_dump(by_alias=True, exclude_defaults=True)
    if "stem" in data:
        data = {key: data[key] for key in QUESTION_KEYS if key in data}
    return _plain(data)


def _plain(value: Any) -> Any:
    """Turn a model's values into what the files hold: text, whole numbers, true and false."""
    if isinstance(value, Mapping):
        return {
            key: list(item) if key == "accepted" else _plain(item) for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        items = [_plain(item) for item in value]
        return _Line(items) if all(isinstance(item, str) for item in items) else items
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(str(value)) if INT.match(str(value)) else str(value)
    return value


class _Line(list):
    """A list written on one line, such as the ids of facts."""


class _Resolver(BaseResolver):
    """Knows which plain text our reader takes for something else, so that it gets quoted."""

    def __init__(self, version: Any = None, loader: Any = None) -> None:  # noqa: ARG002
        super().__init__(loader)


for _tag, _pattern, _first in (
    ("int", INT, list("-0123456789")),
    ("bool", re.compile("(?:true|false)$"), list("tf")),
    ("null", re.compile("(?:null|~|)$"), ["n", "~", ""]),
):
    _Resolver.add_implicit_resolver_base(f"tag:yaml.org,2002:{_tag}", _pattern, _first)


class _Representer(SafeRepresenter):
    def text(self, value: str) -> ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", value, style=_style(value))

    def line(self, value: list[Any]) -> Any:
        return self.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


_Representer.add_representer(str, _Representer.text)
_Representer.add_representer(_Line, _Representer.line)


def _style(value: str) -> str | None:
    """Return the block style for long or many-lined text that a block can hold as it is."""
    lines = value.split("\n")
    if any(line != line.strip() or not line.isprintable() for line in lines) or not all(
        (lines[0], lines[-1])
    ):
        return None
    if len(lines) > 1:
        return "|"
    return ">" if len(value) > _LONG and "  " not in value else None


def _yaml(data: Any) -> str:
    yaml = YAML(typ="safe", pure=True)
    yaml.Resolver = _Resolver
    yaml.Representer = _Representer
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False
    yaml.allow_unicode = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()
