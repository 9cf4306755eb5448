"""GIFT, Moodle's text format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from questions.formats import fields, gift_text
from questions.formats.draft import Draft, Notes, Reading
from questions.formats.gift_text import Answer, Block, escape, find, unescape
from questions.formats.opened import Opened, text_of
from questions.formats.weights import from_weights, set_tags, shares, tags_of
from questions.markup import ACTIVE, TAG, bare

_TRUE_FALSE = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(#|$)", re.IGNORECASE)
_MEANING = ("%", "[")
"""What an answer begins with that says more of it."""

BLANK = "_____"
"""What stands where the answer of a sentence was."""


def read(opened: Opened) -> Reading:
    """Read a GIFT file."""
    notes = Notes(opened.name, "gift")
    found, categories = gift_text.blocks(text_of(opened))
    if categories:
        notes.doubt("draft.category", names=", ".join(dict.fromkeys(categories))[:80])
    for number, block in enumerate(found, 1):
        _question(notes, number, block)
    return notes.done()


def _question(notes: Notes, number: int, block: Block) -> None:
    text = block.text.strip()
    if text.startswith("::"):
        end = find(text, "::", 2)
        text = text[end + 2 :].strip() if end >= 0 else text
    text, format_ = gift_text.formatted(text, "moodle")
    start = find(text, "{")
    end = find(text, "}", start + 1) if start >= 0 else -1
    if start < 0:
        notes.doubt("gift.description", at=number, line=block.line, text=text[:50])
        return
    draft = notes.draft(number)
    draft.place += f" ({block.line})"
    if fault := _fault(text, start, end):
        draft.data["stem"] = _shown(notes, draft, text[:start], format_)
        notes.error(fault, draft, line=block.opened)
        return
    if block.id:
        draft.data["id"] = unescape(block.id)
    set_tags(draft, [unescape(tag) for tag in block.tags])
    before, inside, after = text[:start].strip(), text[start + 1 : end], text[end + 1 :].strip()
    stem = before if not after else f"{before} {BLANK} {after}".strip()
    draft.data["stem"] = _shown(notes, draft, stem, format_)
    cut = find(inside, "####")
    if cut >= 0:
        general, own = gift_text.formatted(inside[cut + 4 :], format_)
        if general.strip():
            draft.data["explanation"] = _shown(notes, draft, general, own)
        inside = inside[:cut]
    _answers(notes, draft, inside.strip(), format_)


def _fault(text: str, start: int, end: int) -> str | None:
    """Return the code of what is wrong with the braces of a question, the first at `start`."""
    if end < 0 or find(text[:end], "{", start + 1) >= 0:
        return "gift.open"
    return "gift.second" if find(text, "{", end + 1) + find(text, "}", end + 1) > -2 else None


def _shown(notes: Notes, draft: Draft, text: str, format_: str) -> str:
    """Return text of one of Moodle's formats as Markdown."""
    text = unescape(text.replace("\n", " ")).strip()
    if format_ == "markdown":
        if ACTIVE.search(bare(text)):
            notes.error("draft.active", draft, text=text[:50])
        return text
    if format_ == "html" or (format_ == "moodle" and TAG.search(text)):
        return fields.rich(notes, draft, text, stem="stem" not in draft.data)
    return fields.plain(notes, draft, text)


def _answers(notes: Notes, draft: Draft, inside: str, format_: str) -> None:
    """Set the type of a question from what stands between its braces."""
    if not inside:
        draft.data["type"] = "essay"
    elif inside.startswith("#"):
        _numeric(notes, draft, inside[1:].strip())
    elif match := _TRUE_FALSE.match(inside):
        draft.data.update(type="true_false", key=match[1].upper().startswith("T"))
        if inside[match.end() :].strip(" #"):
            notes.lost("draft.feedback", draft)
    else:
        found = list(gift_text.answers(inside, format_))
        if not found:
            notes.error("gift.no_answers", draft)
            return
        if any(answer.feedback for answer in found):
            notes.lost("draft.feedback", draft)
        if all(answer.sign == "=" and find(answer.text, "->") >= 0 for answer in found):
            _matching(notes, draft, found)
        elif all(answer.sign == "=" for answer in found):
            _short_text(notes, draft, found)
        else:
            _choice(notes, draft, found)


def _choice(notes: Notes, draft: Draft, found: list[Answer]) -> None:
    texts = [_shown(notes, draft, answer.text, answer.format) for answer in found]
    draft.data["options"] = fields.parts(texts)
    ids = [option["id"] for option in draft.data["options"]]
    if any(answer.sign == "=" for answer in found):
        right = [id_ for id_, own in zip(ids, found, strict=True) if own.sign == "="]
        if any(own.weight and Decimal(own.weight) != 0 for own in found if own.sign == "~"):
            notes.lost("draft.partial", draft)
        fields.choose(notes, draft, right, many=False)
        return
    weights = {id_: own.weight or "0" for id_, own in zip(ids, found, strict=True)}
    if [weight for weight in weights.values() if Decimal(weight) > 0] == ["100"]:
        right = [id_ for id_, weight in weights.items() if Decimal(weight) > 0]
        fields.choose(notes, draft, right, many=False)
    else:
        from_weights(notes, draft, weights)


def _short_text(notes: Notes, draft: Draft, found: list[Answer]) -> None:
    full = [own for own in found if own.weight is None or Decimal(own.weight) == 100]
    if any(own.weight and 0 < Decimal(own.weight) < 100 for own in found):
        notes.lost("draft.partial", draft)
    draft.data.update(type="short_text", accepted=[unescape(own.text).strip() for own in full])
    if any("*" in text for text in draft.data["accepted"]):
        notes.doubt("draft.wildcard", draft)
    if not full:
        notes.error("draft.no_key", draft)


def _matching(notes: Notes, draft: Draft, found: list[Answer]) -> None:
    pairs = []
    for answer in found:
        at = find(answer.text, "->")
        left = _shown(notes, draft, answer.text[:at], answer.format)
        pairs.append((left, _shown(notes, draft, answer.text[at + 2 :], "plain")))
    fields.matching(draft, pairs)


def _numeric(notes: Notes, draft: Draft, inside: str) -> None:
    draft.data["type"] = "numeric"
    found = list(gift_text.answers(inside if inside.startswith("=") else f"={inside}", "plain"))
    if any(answer.feedback for answer in found):
        notes.lost("draft.feedback", draft)
    right = [own for own in found
             if own.sign == "=" and (own.weight is None or Decimal(own.weight) == 100)]  # fmt: skip
    if any(own.weight and 0 < Decimal(own.weight) < 100 for own in found):
        notes.lost("draft.partial", draft)
    if len(right) != 1:
        notes.error("draft.many_numbers" if right else "draft.no_key", draft)
        return
    value = unescape(right[0].text)
    try:
        if ".." in value:
            low, high = (Decimal(part.strip()) for part in value.split(".."))
        else:
            key, _, tolerance = value.partition(":")
            spread = Decimal(tolerance.strip() or "0")
            low, high = Decimal(key.strip()) - spread, Decimal(key.strip()) + spread
    except (ArithmeticError, ValueError):
        notes.error("draft.not_a_number", draft, value=value[:40])
        return
    fields.between(notes, draft, low, high)


def write(questions: Sequence[Mapping[str, Any]], _pictures: Mapping[str, bytes]) -> bytes:
    """Return a GIFT file; texts are marked as Markdown, which Moodle understands."""
    return "\n".join(map(_text, questions)).encode()


def _text(question: Mapping[str, Any]) -> str:
    notes = " ".join(f"[tag:{escape(tag)}]" for tag in tags_of(question))
    lines = [f"// [id:{escape(question['id'])}] {notes}"]
    lines.append(f"[markdown]{escape(question['stem'])} {{")
    lines += [f"\t{line}" for line in _lines(question)]
    if "explanation" in question:
        lines.append(f"\t####{_answer(question['explanation'])}")
    return "\n".join([*lines, "}", ""])


def _answer(text: str, format_: str = "markdown") -> str:
    """Return an answer's text; one that begins as a share or a format does names its own."""
    return f"[{format_}]{escape(text)}" if text[:1] in _MEANING else escape(text)


def _lines(question: Mapping[str, Any]) -> list[str]:
    kind = question["type"]
    if kind == "single":
        return [
            f"{'=' if option['id'] == question['key'] else '~'}{_answer(option['text'])}"
            for option in question["options"]
        ]
    if kind == "multiple":
        weights = shares(question)
        return [
            f"~%{weights[option['id']]}%{_answer(option['text'])}" for option in question["options"]
        ]
    if kind == "true_false":
        return ["TRUE" if question["key"] else "FALSE"]
    if kind == "short_text":
        return [f"={_answer(text, 'plain')}" for text in question["accepted"]]
    if kind == "numeric":
        tolerance = question.get("tolerance", "0")
        return [f"#{question['key']}" + (f":{tolerance}" if Decimal(tolerance) else "")]
    if kind == "matching":
        right = {part["id"]: escape(part["text"]) for part in question["right"]}
        lines = [
            f"={_answer(part['text'])} -> {right[question['key'][part['id']]]}"
            for part in question["left"]
        ]
        unused = [id_ for id_ in right if id_ not in question["key"].values()]
        return [*lines, *(f"= -> {right[id_]}" for id_ in unused)]
    return []
