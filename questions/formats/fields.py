"""Texts and pictures of a foreign question -> its draft, with what is refused or doubtful."""

from __future__ import annotations

import base64
import binascii
import re
import urllib.parse
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from questions.formats.draft import Draft, Notes, Picture
from questions.formats.html import to_markdown
from questions.formats.messages import text as word
from questions.formats.settle import LETTERS
from questions.formats.texts import fold, from_plain, tidy
from questions.markup import ACTIVE, TAG
from questions.messages import text as bank_text
from questions.pictures import PictureRefused, look

Find = Callable[[str], bytes | None]
"""Address of a picture as the file names it -> its bytes, None where there is none."""

MAGIC = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"RIFF": ".webp"}

LEVELS = {
    "recall": "recall", "nhan biet": "recall", "nb": "recall", "biet": "recall",
    "de": "recall", "easy": "recall",
    "understand": "understand", "thong hieu": "understand", "th": "understand",
    "hieu": "understand", "trung binh": "understand", "tb": "understand", "medium": "understand",
    "apply": "apply", "van dung": "apply", "vd": "apply", "kho": "apply", "hard": "apply",
    "van dung cao": "apply", "vdc": "apply",
}  # fmt: skip
"""Words for a level, folded -> the bank's."""


def nowhere(_address: str) -> bytes | None:
    """Find no picture: for formats that hold none."""
    return None


def beside(folder: Path) -> Find:
    """Return a finder of pictures that lie beside a text file, never above its folder."""

    def find(address: str) -> bytes | None:
        path = (folder / urllib.parse.unquote(address)).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            return None
        return path.read_bytes()

    return find


def plain(notes: Notes, draft: Draft, value: str) -> str:
    """Return plain text of a file as Markdown."""
    if ACTIVE.search(value):
        notes.error("draft.active", draft, text=_short(value))
    elif TAG.search(value):
        notes.doubt("draft.tags", draft, text=_short(value))
    return from_plain(value)


def rich(
    notes: Notes, draft: Draft, value: str, find: Find = nowhere, *, stem: bool = False
) -> str:
    """Return HTML of a file as Markdown; the picture of a stem goes to the draft."""
    found = to_markdown(value)
    if found.active:
        notes.error("draft.active", draft, text=_short(value))
    if found.dropped:
        notes.doubt("draft.formatting", draft, tags=", ".join(found.dropped))
    for address, alt in found.pictures:
        if stem:
            attach(notes, draft, address, alt, find)
        else:
            notes.error("draft.picture_elsewhere", draft, file=address)
    return found.text


def attach(notes: Notes, draft: Draft, address: str, alt: str, find: Find) -> None:
    """Give a draft its picture, or say why it can't have it."""
    name = urllib.parse.unquote(address.rpartition("/")[2]) if ":" not in address else address
    if draft.picture is not None:
        notes.error("draft.many_pictures", draft)
        return
    if address.startswith("data:"):
        name, data = "data", _inline(address)
    elif re.match(r"[a-z][a-z0-9+.-]*://|//", address, re.IGNORECASE):
        notes.error("draft.remote_picture", draft, file=address)
        return
    else:
        data = find(address)
    if data is None:
        notes.error("draft.no_picture", draft, file=name[:60])
        return
    suffix = next((kind for magic, kind in MAGIC.items() if data.startswith(magic)), None)
    if suffix is None:
        notes.error("draft.picture_kind", draft, file=name[:60])
        return
    if not alt:
        notes.error("draft.no_alt", draft, file=name[:60])
        return
    stem = re.sub(r"[^A-Za-z0-9._-]", "_", name.rpartition(".")[0] or name).lstrip("._-")
    try:
        look((stem or "anh") + suffix, data)
    except PictureRefused as refused:
        notes.error("draft.picture_refused", draft, why=bank_text(refused.code, **refused.values))
        return
    draft.picture = Picture((stem or "anh") + suffix, data, tidy(alt))


def _inline(address: str) -> bytes | None:
    head, _, body = address.partition(",")
    if not head.endswith(";base64"):
        return None
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return None


def decimal(value: str) -> str | None:
    """Return a number as the bank writes it, None where it is none; `1,5` is 1.5."""
    value = value.strip().replace("\u2212", "-")
    if re.fullmatch(r"[-+]?\d+,\d+", value):
        value = value.replace(",", ".")
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return written(number) if _usual(number) else None


def _usual(number: Decimal) -> bool:
    """Return whether a number is one that a person writes: no infinity, no thousand digits."""
    return number.is_finite() and abs(number.adjusted()) < 30


def written(number: Decimal) -> str:
    """Return a decimal without exponent and trailing zeros."""
    shown = f"{number:f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


def between(notes: Notes, draft: Draft, low: Decimal, high: Decimal) -> None:
    """Set key and tolerance of a number from the ends of what is right."""
    for end in (low, high):
        if not _usual(end):
            notes.error("draft.not_a_number", draft, value=str(end)[:40])
            return
    draft.data["key"] = written((low + high) / 2)
    if high != low:
        draft.data["tolerance"] = written(abs(high - low) / 2)


def number(notes: Notes, draft: Draft, key: str, tolerance: str = "", unit: str = "") -> None:
    """Make a draft a question for a number."""
    draft.data["type"] = "numeric"
    for name, value in (("key", key), ("tolerance", tolerance)):
        found = decimal(value)
        if found is not None:
            draft.data[name] = found
        elif value.strip():
            notes.error("draft.not_a_number", draft, value=value[:40])
    if unit.strip():
        draft.data["unit"] = tidy(unit)


def alternatives(value: str) -> list[str]:
    """Return the accepted answers that a line or cell lists with `|` between them.

    A `|` that belongs to an answer has a backslash before it.
    """
    parts = re.split(r"(?<!\\)\|", value)
    return [tidy(part.replace("\\|", "|")) for part in parts if part.strip()]


def listed(accepted: Iterable[str]) -> str:
    """Return the line or cell that lists accepted answers; `alternatives` reads it."""
    return " | ".join(answer.replace("|", "\\|") for answer in accepted)


def true_false(notes: Notes, draft: Draft, key: str) -> None:
    """Make a draft a statement that is true or false."""
    words = {"dung": True, "true": True, "d": True, "t": True, "sai": False, "false": False,
             "s": False, "f": False}  # fmt: skip
    draft.data["type"] = "true_false"
    if fold(key) in words:
        draft.data["key"] = words[fold(key)]
    elif key.strip():
        notes.error("draft.key_not_option", draft, key=key[:40])


def choose(notes: Notes, draft: Draft, right: list[str], *, many: bool) -> None:
    """Make a draft a choice whose right options were told; one of them unless `many`."""
    draft.data["type"] = "multiple" if many else "single"
    if many and right:
        draft.data["key"] = right
    elif len(right) == 1:
        draft.data["key"] = right[0]
    elif right:
        notes.error("draft.not_one_right", draft, n=len(right))
    else:
        notes.error("draft.no_key", draft)


def level(notes: Notes, draft: Draft, value: str) -> None:
    """Set the level that a word of the file means."""
    if value.strip():
        found = LEVELS.get(fold(value))
        if found:
            draft.data["level"] = found
        else:
            notes.doubt("draft.unknown_level", draft, value=value)


def points(notes: Notes, draft: Draft, value: str) -> None:
    """Set the points of a question."""
    if value.strip():
        number = decimal(value)
        if number is None or Decimal(number) <= 0:
            notes.error("draft.bad_points", draft, value=value)
        else:
            draft.data["points"] = number


def parts(texts: Iterable[str]) -> list[dict[str, Any]]:
    """Return entries with ids a, b, c …"""
    return [{"id": part_id(index), "text": text} for index, text in enumerate(texts)]


def part_id(index: int) -> str:
    """Return the id of the entry at a position: a, b … h, p9, p10 …"""
    return LETTERS[index] if index < len(LETTERS) else f"p{index + 1}"


def matching(draft: Draft, pairs: Iterable[tuple[str, str]]) -> None:
    """Make a draft a matching; a pair without a left side is one more entry on the right."""
    pairs = list(pairs)
    left = parts(from_ for from_, _ in pairs if from_)
    texts = list(dict.fromkeys(to for _, to in pairs))
    right = parts(texts)
    found = [to for from_, to in pairs if from_]
    key = {own["id"]: right[texts.index(to)]["id"] for own, to in zip(left, found, strict=True)}
    draft.data.update(type="matching", left=left, right=right, key=key)


def rubric(notes: Notes, draft: Draft, lines: str) -> None:
    """Set the rubric of an essay from lines such as `Nêu đủ ba ý | 1.5`; others are passed over."""
    found = []
    for line in lines.splitlines():
        body, sign, value = line.rpartition(" | ")
        number = decimal(value) if sign else None
        if number is not None and body.strip():
            found.append((plain(notes, draft, body), number))
    made = parts(body for body, _ in found)
    draft.data["rubric"] = [
        {**own, "points": number} for own, (_, number) in zip(made, found, strict=True)
    ]


def cloze(draft: Draft, text: str, gaps: list[dict[str, Any]], instruction: str) -> None:
    """Make a draft a text with gaps; what stands before the first of them is its stem."""
    blocks = text.split("\n\n")
    first = next((index for index, block in enumerate(blocks) if "{{" in block), len(blocks))
    draft.data.update(
        type="cloze", stem="\n\n".join(blocks[:first]) or instruction,
        text="\n\n".join(blocks[first:]), gaps=gaps,
    )  # fmt: skip


def options_of(question: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the options of a question that is answered by choosing, and the ids of the right."""
    key = question["key"]
    if question["type"] == "true_false":
        options = [
            {"id": "true", "text": word("value.true")},
            {"id": "false", "text": word("value.false")},
        ]
        return options, [str(key).lower()]
    return list(question["options"]), list(key) if question["type"] == "multiple" else [key]


def id_list(value: str) -> list[str]:
    """Return the ids in a cell or line: separated by commas, semicolons or blanks."""
    return [part for part in re.split(r"[\s,;]+", value) if part]


def _short(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= 50 else value[:49] + "…"
