"""A text with gaps to be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from questions.strict import Text
from questions.types.base import Finding, Kind, QuestionBase
from questions.types.parts import Gap, PartScoring, repeated, repeated_answers

_MARK = re.compile(r"\{\{\s*([a-z0-9._-]+)\s*\}\}")


class Cloze(QuestionBase):
    """The stem is the instruction; `text` holds `{{id}}` where a gap is."""

    kind: ClassVar[Kind] = "cloze"
    type: Literal["cloze"]
    text: Text
    gaps: Annotated[tuple[Gap, ...], Field(min_length=1, max_length=12)]
    scoring: PartScoring = "all_or_nothing"

    def pieces(self) -> list[str]:
        """Return the text between the gaps: one piece more than there are gaps in it."""
        return _MARK.split(self.text)[::2]

    def in_text(self) -> list[str]:
        """Return the ids of the gaps as they follow each other in the text."""
        return _MARK.findall(self.text)

    def gaps_in_order(self) -> list[Gap]:
        """Return the gaps as they follow each other in the text."""
        by_id = {gap.id: gap for gap in self.gaps}
        return [by_id[id_] for id_ in self.in_text()]

    def findings(self) -> Iterator[Finding]:
        marks, ids = self.in_text(), [gap.id for gap in self.gaps]
        for id_ in sorted(set(marks) - set(ids)):
            yield "question.gap_unknown", ("text",), {"id": id_}
        for id_ in sorted({id_ for id_ in marks if marks.count(id_) > 1}):
            yield "question.gap_twice", ("text",), {"id": id_}
        if "{{" in _MARK.sub("", self.text) or "}}" in _MARK.sub("", self.text):
            yield "question.gap_broken", ("text",), {}
        for index, gap in enumerate(self.gaps):
            if gap.id in ids[:index]:
                yield "question.part_repeated", ("gaps", index), {"id": gap.id, "name": "gaps"}
            if gap.id not in marks:
                yield "question.gap_not_in_text", ("gaps", index), {"id": gap.id}
            yield from _gap(index, gap)


def _gap(index: int, gap: Gap) -> Iterator[Finding]:
    place = ("gaps", index)
    if bool(gap.accepted) == bool(gap.options) or bool(gap.options) != (gap.key is not None):
        yield "question.gap_kind", place, {"id": gap.id}
        return
    if gap.accepted:
        yield from repeated_answers((*place, "accepted"), gap.accepted)
        return
    if len(gap.options) < 2:
        yield "question.gap_one_option", place, {"id": gap.id}
    for code, below, values in repeated("options", gap.options):
        yield code, (*place, *below), values
    if gap.key not in {option.id for option in gap.options}:
        yield "question.key_unknown", (*place, "key"), {"id": gap.key}
