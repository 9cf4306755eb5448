"""Aiken: a line for the question, lettered options, `ANSWER: B`. One right option, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from questions.formats import fields
from questions.formats.draft import Draft, Notes, Reading
from questions.formats.opened import Opened, text_of
from questions.formats.settle import LETTERS
from questions.formats.texts import to_plain

_OPTION = re.compile(r"([A-Za-z])\s*[.)]\s*(.*)")
_ANSWER = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)


def read(opened: Opened) -> Reading:
    """Read an Aiken file."""
    return _Reader(opened).read()


class _Reader:
    def __init__(self, opened: Opened) -> None:
        self.lines = text_of(opened).split("\n")
        self.notes = Notes(opened.name, "aiken")
        self.draft: Draft | None = None
        self.stem: list[str] = []
        self.texts: list[tuple[str, str]] = []

    def read(self) -> Reading:
        for number, line in enumerate(self.lines, 1):
            self.line(number, line.strip())
        if self.draft is not None:
            self.notes.error("aiken.no_answer", self.draft)
            self.end()
        return self.notes.done()

    def line(self, number: int, line: str) -> None:
        answer, option = _ANSWER.fullmatch(line), _OPTION.fullmatch(line)
        if not line:
            if self.draft is not None and self.texts:
                self.notes.error("aiken.no_answer", self.draft)
                self.end()
            return
        if self.draft is None:
            self.begin(number)
            if answer or option:
                self.notes.error("aiken.no_question", self.draft)
        if answer:
            self.answer(answer[1].strip())
        elif option:
            self.texts.append((option[1].upper(), option[2]))
        elif self.texts:
            self.notes.error("aiken.stray_line", self.draft, line=line[:50])
        else:
            self.stem.append(line)

    def begin(self, number: int) -> None:
        self.draft = self.notes.draft(len(self.notes.reading.drafts) + 1, type="single")
        self.draft.place += f" ({number})"
        self.stem, self.texts = [], []

    def answer(self, letter: str) -> None:
        draft = self.draft
        assert draft is not None
        letters = [known for known, _ in self.texts]
        if letters != [chr(ord("A") + index) for index in range(len(letters))]:
            self.notes.error("aiken.letters", draft, letters=", ".join(letters))
        elif letter.upper() in letters:
            draft.data["key"] = fields.part_id(letters.index(letter.upper()))
        else:
            self.notes.error("draft.key_not_option", draft, key=letter[:20])
        self.end()

    def end(self) -> None:
        draft, self.draft = self.draft, None
        assert draft is not None
        draft.data["stem"] = fields.plain(self.notes, draft, "\n".join(self.stem))
        texts = [fields.plain(self.notes, draft, text) for _, text in self.texts]
        draft.data["options"] = fields.parts(texts)


def write(questions: Sequence[Mapping[str, Any]], _pictures: Mapping[str, bytes]) -> bytes:
    """Return an Aiken file; a true/false question becomes a choice between the two."""
    return "\n".join(map(_text, questions)).encode()


def _text(question: Mapping[str, Any]) -> str:
    options, right = fields.options_of(question)
    lines = [_line(to_plain(question["stem"]))]
    letters = dict(zip((option["id"] for option in options), LETTERS.upper(), strict=False))
    lines += [f"{letters[one['id']]}) {_line(to_plain(one['text']))}" for one in options]
    lines.append(f"ANSWER: {letters[right[0]]}")
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())
