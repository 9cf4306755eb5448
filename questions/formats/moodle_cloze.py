"""Gaps as Moodle writes them inside a text: `{1:SHORTANSWER:=một~=1}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from questions.formats import fields
from questions.formats.draft import Draft, Notes
from questions.formats.texts import from_plain, tidy, to_plain

_GAP = re.compile(r"\\?\{(\d*):([A-Z_]+):((?:\\.|[^}\\])*)\}")
_SHORT = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
_CHOICE = {"MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S",
           "MCS"}  # fmt: skip
_SPECIAL = '\\}#~/"'


def read(notes: Notes, draft: Draft, instruction: str) -> None:
    """Turn the stem of a draft into text with gaps; what stands before them stays the stem."""
    whole = draft.data["stem"]
    gaps: list[dict[str, Any]] = []

    def gap(match: re.Match[str]) -> str:
        # the text is Markdown by now: what a gap holds was escaped with the rest
        made = _gap(notes, draft, f"g{len(gaps) + 1}", match[2], to_plain(match[3]))
        if made is None:
            return match[0]
        gaps.append(made)
        return f"{{{{{made['id']}}}}}"

    fields.cloze(draft, _GAP.sub(gap, whole), gaps, instruction)
    if not gaps and not draft.errors:
        notes.error("draft.no_gaps", draft)


def _gap(notes: Notes, draft: Draft, id_: str, kind: str, body: str) -> dict[str, Any] | None:
    answers = [_answer(part) for part in re.split(r"(?<!\\)~", body) if part.strip()]
    right = [text for share, text in answers if share == 100]
    if any(0 < share < 100 for share, _ in answers):
        notes.lost("draft.partial", draft)
    if kind in _SHORT:
        if not right:
            notes.error("draft.no_key", draft)
        return {"id": id_, "accepted": right}
    if kind in ("NUMERICAL", "NM") and len(right) == 1:
        key, _, tolerance = right[0].partition(":")
        if fields.decimal(tolerance or "0") == "0":
            return {"id": id_, "accepted": [key.strip()]}
    if kind in _CHOICE:
        if len(right) != 1:
            notes.error("draft.not_one_right", draft, n=len(right))
            return {"id": id_, "accepted": right}
        options = fields.parts(from_plain(text) for _, text in answers)
        key = options[[share for share, _ in answers].index(100)]["id"]
        return {"id": id_, "options": options, "key": key}
    notes.error("draft.gap_kind", draft, type=kind)
    return None


def _answer(part: str) -> tuple[int, str]:
    part = re.split(r"(?<!\\)#", part.strip())[0]
    share = 0
    if part.startswith("="):
        share, part = 100, part[1:]
    elif match := re.match(r"%(-?\d+)(?:\.\d+)?%", part):
        share, part = int(match[1]), part[match.end() :]
    return share, tidy(re.sub(r"\\(.)", r"\1", part))


def write(question: Mapping[str, Any]) -> str:
    """Return the text of a cloze with its gaps as Moodle writes them."""
    gaps = {gap["id"]: gap for gap in question["gaps"]}

    def shown(match: re.Match[str]) -> str:
        gap = gaps[match[1]]
        if gap.get("accepted"):
            body = "~".join(f"={_escaped(text)}" for text in gap["accepted"])
            return f"{{1:SHORTANSWER:{body}}}"
        body = "~".join(
            ("=" if option["id"] == gap["key"] else "") + _escaped(to_plain(option["text"]))
            for option in gap["options"]
        )
        return f"{{1:MULTICHOICE:{body}}}"

    return re.sub(r"\{\{\s*([a-z0-9._-]+)\s*\}\}", shown, question["text"])


def _escaped(text: str) -> str:
    for sign in _SPECIAL:
        text = text.replace(sign, f"\\{sign}")
    return text
