"""JSON of jupyterquiz: choice, several choices, numbers and words; further keys are ours."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from questions.formats import fields
from questions.formats.draft import Draft, Notes, Reading
from questions.formats.opened import Opened, text_of
from questions.markup import ACTIVE, bare

OURS = ("id", "level", "explanation", "tags", "points", "facts", "sources", "shuffle", "scoring",
        "unit")  # fmt: skip
"""Keys that jupyterquiz ignores and the bank needs."""

_KNOWN = {"question", "type", "answers", "answer_cols", "precision", "input_width", *OURS}


def read(opened: Opened) -> Reading:
    """Read a list of questions."""
    try:
        listed = _whole_signs(json.loads(text_of(opened), parse_float=Decimal, parse_int=_whole))
    except json.JSONDecodeError as error:
        raise opened.refuse("json.broken", error.lineno) from None
    except RecursionError:
        raise opened.refuse("xml.deep") from None
    notes = Notes(opened.name, "jupyterquiz")
    if not isinstance(listed, list):
        notes.error("json.no_list")
        return notes.done()
    for number, entry in enumerate(listed, 1):
        draft = notes.draft(number)
        if isinstance(entry, dict) and isinstance(entry.get("question"), str):
            _question(notes, draft, entry)
        else:
            notes.error("json.no_question", draft)
    return notes.done()


def _whole(digits: str) -> int | Decimal:
    """Return a whole number; one of thousands of digits, which `int` refuses, as a decimal."""
    return int(digits) if len(digits) < 100 else Decimal(digits)


def _whole_signs(value: Any) -> Any:
    """Return a value whose texts hold no half of a sign, which JSON allows: U+FFFD instead."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole_signs(one) for one in value]
    if isinstance(value, dict):
        return {_whole_signs(key): _whole_signs(one) for key, one in value.items()}
    return value


def _question(notes: Notes, draft: Draft, entry: dict[str, Any]) -> None:
    _own_keys(notes, draft, entry)
    draft.data["stem"] = _markdown(notes, draft, entry["question"])
    answers = entry.get("answers")
    kind = str(entry.get("type"))
    readers = {
        "multiple_choice": _choice, "many_choice": _choice, "numeric": _numeric, "string": _string,
    }  # fmt: skip
    extra = sorted(set(entry) - _KNOWN)
    if extra:
        notes.doubt("json.extra", draft, keys=", ".join(extra)[:60])
    if kind not in readers:
        notes.error("draft.unknown_type", draft, type=kind[:40])
    elif not isinstance(answers, list) or not all(isinstance(one, dict) for one in answers):
        notes.error("json.no_answers", draft)
    else:
        if any(answer.get("feedback") for answer in answers):
            notes.lost("draft.feedback", draft)
        readers[kind](notes, draft, {**entry, "answers": answers})


def _own_keys(notes: Notes, draft: Draft, entry: dict[str, Any]) -> None:
    """Take over the keys that are ours, as far as they are what they should be."""
    for key in OURS:
        value = entry.get(key)
        if isinstance(value, (Decimal, int)) and not isinstance(value, bool) and key == "points":
            value = str(value)
        listed = isinstance(value, list) and all(isinstance(one, str) for one in value)
        wanted = {"shuffle": isinstance(value, bool), "tags": listed, "facts": listed,
                  "sources": listed}  # fmt: skip
        if wanted.get(key, isinstance(value, str)):
            draft.data[key] = value
        elif value is not None:
            notes.error("json.key", draft, key=key)


def _markdown(notes: Notes, draft: Draft, value: str) -> str:
    """jupyterquiz shows Markdown, as the bank does; only what acts is refused."""
    if ACTIVE.search(bare(value)):
        notes.error("draft.active", draft, text=value[:50])
    if "$" in value:
        notes.doubt("draft.formula", draft)
    return value


def _choice(notes: Notes, draft: Draft, entry: dict[str, Any]) -> None:
    answers = entry["answers"]
    texts = [_markdown(notes, draft, str(answer.get("answer", ""))) for answer in answers]
    draft.data["options"] = fields.parts(texts)
    for option, answer in zip(draft.data["options"], answers, strict=True):
        if isinstance(answer.get("id"), str):
            option["id"] = answer["id"]
        if answer.get("pinned") is True:
            option["pinned"] = True
    if any(type(answer.get("correct")) is not bool for answer in answers):
        notes.error("json.no_correct", draft)
        return
    ids = [option["id"] for option in draft.data["options"]]
    right = [id_ for id_, one in zip(ids, answers, strict=True) if one["correct"]]
    draft.data["type"] = "multiple" if entry["type"] == "many_choice" else "single"
    if entry["type"] == "many_choice":
        draft.data["key"] = right
    elif len(right) == 1:
        draft.data["key"] = right[0]
    else:
        notes.error("draft.not_one_right", draft, n=len(right))


def _numeric(notes: Notes, draft: Draft, entry: dict[str, Any]) -> None:
    draft.data["type"] = "numeric"
    right = [answer for answer in entry["answers"] if answer.get("correct") is True]
    if "precision" in entry:
        notes.doubt("json.precision", draft, n=entry["precision"])
    if len(right) != 1:
        notes.error("draft.many_numbers" if right else "draft.no_key", draft)
        return
    ends = right[0].get("range", [right[0].get("value")] * 2)
    try:
        low, high = (Decimal(str(end)) for end in ends)
    except (ArithmeticError, ValueError, TypeError):
        notes.error("draft.not_a_number", draft, value=str(ends)[:40])
        return
    fields.between(notes, draft, low, high)


def _string(notes: Notes, draft: Draft, entry: dict[str, Any]) -> None:
    right = [answer for answer in entry["answers"] if answer.get("correct") is True]
    draft.data["type"] = "short_text"
    draft.data["accepted"] = [str(answer.get("answer", "")) for answer in right]
    if any(answer.get("fuzzy_threshold") for answer in right):
        notes.doubt("draft.fuzzy", draft)
    if any(answer.get("match_case") for answer in right):
        notes.doubt("draft.case", draft)
    if not right:
        notes.error("draft.no_key", draft)


def write(questions: Sequence[Mapping[str, Any]], _pictures: Mapping[str, bytes]) -> bytes:
    """Return the list; keys that jupyterquiz doesn't know stand beside its own."""
    listed = [_entry(question) for question in questions]
    return (json.dumps(listed, ensure_ascii=False, indent=2) + "\n").encode()


def _entry(question: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {"multiple": "many_choice", "numeric": "numeric", "short_text": "string"}
    kind = question["type"]
    ours = {key: question[key] for key in OURS if key in question}
    entry = {"question": question["stem"], "type": kinds.get(kind, "multiple_choice")}
    return {**entry, "answers": _answers(kind, question), **ours}


def _answers(kind: str, question: Mapping[str, Any]) -> list[dict[str, Any]]:
    if kind == "numeric":
        key, tolerance = Decimal(question["key"]), Decimal(question.get("tolerance", "0"))
        if not tolerance:
            return [{"type": "value", "value": _number(key), "correct": True}]
        ends = [_number(key - tolerance), _number(key + tolerance)]
        return [{"type": "range", "range": ends, "correct": True}]
    if kind == "short_text":
        return [{"answer": text, "correct": True} for text in question["accepted"]]
    options, right = fields.options_of(question)
    return [
        {
            "answer": option["text"], "correct": option["id"] in right, "id": option["id"],
            **({"pinned": True} if option.get("pinned") else {}),
        }
        for option in options
    ]  # fmt: skip


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
