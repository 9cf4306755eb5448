"""Plain Markdown: a heading for each question, task lists for options, `Tên: giá trị` lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from questions.formats import fields
from questions.formats.draft import Draft, Notes, Reading
from questions.formats.messages import KINDS, text
from questions.formats.opened import Opened, text_of
from questions.formats.patterns import MARKDOWN_HEADING
from questions.formats.texts import fold, tidy
from questions.markup import ACTIVE, TAG, bare

_OTHER_HEADING = re.compile(r"#{1,6}\s+(.*)")
_TASK = re.compile(r"[-*+]\s+\[([ xX])\]\s+(.*)")
_PAIR = re.compile(r"[-*+]\s+(.*?)\s+(?:=>|→)\s+(.*)")
_ITEM = re.compile(r"\d+[.)]\s+(.*)")
_BULLET = re.compile(r"[-*+]\s+(.*)")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")

NAMES = {
    "ma": "id", "id": "id", "loai": "type", "muc do": "level",
    "dap an": "key", "dap an dung": "key", "sai so": "tolerance",
    "don vi": "unit", "giai thich": "explanation", "diem": "points", "nhan": "tags",
    "du kien": "facts", "nguon": "sources", "cach cham": "scoring", "tron": "shuffle",
}  # fmt: skip
"""Folded name of a line -> the key it fills."""

_FIELD = re.compile(r"([^\W\d_][^:*]{0,20})\s*:\s*(.*)")


def read(opened: Opened) -> Reading:
    """Read the questions of a Markdown file."""
    notes = Notes(opened.name, "markdown")
    block: list[str] = []
    number = 0
    for line in [*text_of(opened).split("\n"), None]:
        heading = MARKDOWN_HEADING.fullmatch(line.strip()) if line is not None else None
        if line is None or heading:
            if number:
                _question(notes, number, block, opened)
            elif tidy("\n".join(block)):
                _before(notes, block)
            block = [heading[2]] if heading else []
            number = int(heading[1]) if heading else number
        elif not (number and _OTHER_HEADING.fullmatch(line.strip())):
            block.append(line)
    return notes.done()


def _before(notes: Notes, block: list[str]) -> None:
    lines = [line for line in block if line.strip() and not _OTHER_HEADING.fullmatch(line.strip())]
    if lines:
        notes.doubt("draft.before", n=len(lines), text=lines[0].strip()[:50])


def _question(notes: Notes, number: int, block: list[str], opened: Opened) -> None:
    draft = notes.draft(number)
    stem: list[str] = []
    marks: list[tuple[bool, str]] = []
    pairs: list[tuple[str, str]] = []
    items: list[str] = []
    given: dict[str, str] = {}
    ordered = any(_names_ordering(line) for line in block)
    last: Callable[[str], None] = stem.append
    for raw in block:
        line = raw.strip()
        named = _FIELD.fullmatch(line)
        name = NAMES.get(fold(named[1])) if named else None
        if name and named:
            given[name] = named[2]
            last = _continue(given, name)
        elif task := _TASK.fullmatch(line):
            marks.append((task[1] != " ", task[2]))
            last = _continue_option(marks)
        elif pair := _PAIR.fullmatch(line):
            pairs.append((pair[1], pair[2]))
        elif ordered and (item := _ITEM.fullmatch(line)):
            items.append(item[1])
        else:
            last(line)
    image = _IMAGE.search("\n".join(stem))
    if image:
        fields.attach(notes, draft, image[2], image[1], fields.beside(opened.folder))
        stem = ["\n".join(stem).replace(image[0], "")]
    draft.data["stem"] = _markdown(notes, draft, "\n".join(stem))
    _common(notes, draft, given)
    _kind(notes, draft, given, marks, pairs, items)


def _names_ordering(line: str) -> bool:
    """Return whether a line says that the question is one of ordering."""
    named = _FIELD.fullmatch(line.strip())
    return bool(named and NAMES.get(fold(named[1])) == "type" and _kind_of(named[2]) == "ordering")


def _kind_of(value: str) -> str | None:
    return KINDS.get(fold(value))


def _continue(given: dict[str, str], name: str) -> Callable[[str], None]:
    def more(line: str) -> None:
        given[name] = f"{given[name]}\n{line}"

    return more


def _continue_option(marks: list[tuple[bool, str]]) -> Callable[[str], None]:
    def more(line: str) -> None:
        marks[-1] = (marks[-1][0], f"{marks[-1][1]}\n{line}")

    return more


def _markdown(notes: Notes, draft: Draft, value: str) -> str:
    """Return Markdown as it is, told where it holds HTML."""
    if ACTIVE.search(bare(value)):
        notes.error("draft.active", draft, text=value.strip()[:50])
    elif TAG.search(bare(value)):
        notes.doubt("draft.tags", draft, text=value.strip()[:50])
    return tidy(value)


def _common(notes: Notes, draft: Draft, given: dict[str, str]) -> None:
    for name in ("id", "scoring"):
        if given.get(name, "").strip():
            draft.data[name] = given[name].strip()
    for name in ("tags", "facts", "sources"):
        if given.get(name, "").strip():
            draft.data[name] = fields.id_list(given[name])
    fields.level(notes, draft, given.get("level", ""))
    fields.points(notes, draft, given.get("points", ""))
    if tidy(given.get("explanation", "")):
        draft.data["explanation"] = _markdown(notes, draft, given["explanation"])
    if fold(given.get("shuffle", "")) in ("khong", "no"):
        draft.data["shuffle"] = False


def _kind(
    notes: Notes,
    draft: Draft,
    given: dict[str, str],
    marks: list[tuple[bool, str]],
    pairs: list[tuple[str, str]],
    items: list[str],
) -> None:
    """Set what the type of question has of its own."""
    kind = KINDS.get(fold(given.get("type", "")))
    if given.get("type", "").strip() and kind is None:
        notes.error("draft.unknown_type", draft, type=given["type"].strip()[:40])
        return
    key = tidy(given.get("key", ""))
    if marks:
        _marked(notes, draft, kind, [(mark, _markdown(notes, draft, own)) for mark, own in marks])
    elif pairs:
        shown = [(_markdown(notes, draft, own), _markdown(notes, draft, to)) for own, to in pairs]
        fields.matching(draft, [("" if own == "…" else own, to) for own, to in shown])
    elif kind == "ordering":
        draft.data["type"] = kind
        draft.data["items"] = fields.parts(_markdown(notes, draft, item) for item in items)
        draft.data["key"] = [item["id"] for item in draft.data["items"]]
    elif kind == "numeric":
        fields.number(notes, draft, key, given.get("tolerance", ""), given.get("unit", ""))
    elif kind == "short_text":
        draft.data.update(type=kind, accepted=fields.alternatives(key))
    elif kind == "true_false" or fold(key) in ("dung", "sai"):
        fields.true_false(notes, draft, key)
    else:
        notes.error("draft.no_type", draft)


def _marked(notes: Notes, draft: Draft, kind: str | None, marks: list[tuple[bool, str]]) -> None:
    if kind == "true_false_group":
        parts = fields.parts(own for _, own in marks)
        statements = [{**part, "key": mark} for part, (mark, _) in zip(parts, marks, strict=True)]
        draft.data.update(type=kind, statements=statements)
        return
    draft.data["options"] = fields.parts(own for _, own in marks)
    ids = [option["id"] for option in draft.data["options"]]
    right = [id_ for id_, (mark, _) in zip(ids, marks, strict=True) if mark]
    fields.choose(notes, draft, right, many=kind == "multiple")


def write(questions: Sequence[Mapping[str, Any]], _pictures: Mapping[str, bytes]) -> bytes:
    """Return Markdown that `read` takes back and that people read with pleasure."""
    blocks = [_block(number, question) for number, question in enumerate(questions, 1)]
    return "\n".join(blocks).encode()


def _block(number: int, question: Mapping[str, Any]) -> str:
    kind = question["type"]
    lines = [f"## {text('word.question', n=number)}", "", question["stem"], ""]
    if image := question.get("image"):
        lines += [f"![{image['alt']}](anh/{image['file']})", ""]
    lines += [*_answers(kind, question), ""]
    fields_ = [("type", text(f"kind.{kind}")), ("id", question["id"])]
    fields_ += [("level", text(f"level.{question['level']}"))]
    if question.get("shuffle") is False:
        fields_.append(("shuffle", text("value.no")))
    for name in ("tolerance", "unit", "scoring", "points"):
        if name in question:
            fields_.append((name, str(question[name])))
    for name in ("tags", "facts", "sources"):
        if question.get(name):
            fields_.append((name, ", ".join(question[name])))
    if "explanation" in question:
        fields_.append(("explanation", question["explanation"]))
    shown = [f"{text(f'field.{name}')}: {value}" for name, value in fields_]
    return "\n".join([*lines, *(f"{line}  " for line in shown[:-1]), shown[-1], ""])


def _answers(kind: str, question: Mapping[str, Any]) -> list[str]:
    def task(mark: bool, own: str) -> str:
        return f"- [{'x' if mark else ' '}] {_flat(own)}"

    if kind in ("single", "multiple"):
        right = question["key"] if kind == "multiple" else [question["key"]]
        return [task(option["id"] in right, option["text"]) for option in question["options"]]
    if kind == "true_false_group":
        return [task(own["key"], own["text"]) for own in question["statements"]]
    if kind == "ordering":
        by_id = {item["id"]: _flat(item["text"]) for item in question["items"]}
        return [f"{number}. {by_id[id_]}" for number, id_ in enumerate(question["key"], 1)]
    if kind == "matching":
        by_id = {part["id"]: _flat(part["text"]) for part in question["right"]}
        unused = [id_ for id_ in by_id if id_ not in question["key"].values()]
        pairs = [
            (_flat(own["text"]), by_id[question["key"][own["id"]]]) for own in question["left"]
        ]
        return [f"- {own} => {to}" for own, to in [*pairs, *(("…", by_id[id_]) for id_ in unused)]]
    if kind == "short_text":
        return [f"{text('field.key')}: {fields.listed(question['accepted'])}"]
    if kind == "true_false":
        return [f"{text('field.key')}: {text('value.true' if question['key'] else 'value.false')}"]
    return [f"{text('field.key')}: {question['key']}"]


def _flat(own: str) -> str:
    return " ".join(own.split())
