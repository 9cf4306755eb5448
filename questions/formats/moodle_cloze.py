"""Gaps as Moodle writes them inside a text: `{1:SHORTANSWER:=một~=1}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questions.formats import fields
from questions.formats.draft import Draft, Notes
from questions.formats.texts import from_plain, tidy, to_plain

_GAP = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^}\\])*)\}", re.DOTALL)
_ANSWER = re.compile(r"(?:\\.|[^~\\])+", re.DOTALL)
_FEEDBACK = re.compile(r"(?:\\.|[^#\\])*", re.DOTALL)
_SHARE = re.compile(r"%(-?\d+)(?:\.\d+)?%")
BLANK = "_____"
"""What stands where a gap was that isn't taken over."""

_SHORT = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
_CHOICE = {"MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S",
           "MCS"}  # fmt: skip
_SPECIAL = '\\}#~/"'


@dataclass(frozen=True)
class Taken:
    """A text whose gaps were taken out before anything else was done to it.

    Attributes
    ----------
    text : str
        With a word of letters and digits in place of each gap.
    marks : re.Pattern
        What finds these words; its group is the gap's position.
    gaps : list of (str, str)
        Kind and body of each gap, as the file has them.
    """

    text: str
    marks: re.Pattern[str]
    gaps: list[tuple[str, str]]


def take(value: str) -> Taken:
    """Take the gaps out of a text as it stands in the file: signs in them are Moodle's alone."""
    word = "xgapx"
    while word in value:
        word += "x"
    gaps = [(match[2], match[3]) for match in _GAP.finditer(value)]
    numbers = iter(range(len(gaps)))
    text = _GAP.sub(lambda _: f"{word}{next(numbers)}x", value)
    return Taken(text, re.compile(rf"{word}(\d+)x"), gaps)


def read(
    notes: Notes, draft: Draft, taken: Taken, whole: str, bodies: list[str], instruction: str
) -> None:
    """Make a draft a text with gaps.

    Parameters
    ----------
    whole : str
        The text of `taken` as Markdown.
    bodies : list of str
        The bodies of its gaps as plain text.
    """
    gaps: list[dict[str, Any]] = []

    def gap(match: re.Match[str]) -> str:
        kind, body = taken.gaps[int(match[1])][0], bodies[int(match[1])]
        made = _gap(notes, draft, f"g{len(gaps) + 1}", kind, body)
        if made is None:
            return BLANK
        gaps.append(made)
        return f"{{{{{made['id']}}}}}"

    fields.cloze(draft, taken.marks.sub(gap, whole), gaps, instruction)
    if not gaps and not draft.errors:
        notes.error("draft.no_gaps", draft)


def _gap(notes: Notes, draft: Draft, id_: str, kind: str, body: str) -> dict[str, Any] | None:
    answers = [_answer(part) for part in _ANSWER.findall(body) if part.strip()]
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
    part = _FEEDBACK.match(part.strip())[0]
    share = 0
    if part.startswith("="):
        share, part = 100, part[1:]
    elif match := _SHARE.match(part):
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
            _option(to_plain(option["text"]), option["id"] == gap["key"])
            for option in gap["options"]
        )
        return f"{{1:MULTICHOICE:{body}}}"

    return re.sub(r"\{\{\s*([a-z0-9._-]+)\s*\}\}", shown, question["text"])


def _option(text: str, right: bool) -> str:
    """Return an option; a wrong one that begins as a right one or a share would has its own."""
    sign = "=" if right else "%0%" if text.startswith(("=", "%")) else ""
    return sign + _escaped(text)


def _escaped(text: str) -> str:
    for sign in _SPECIAL:
        text = text.replace(sign, f"\\{sign}")
    return text
