"""Moodle XML: all of the bank's types, read."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from decimal import Decimal
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from questions.formats import fields, moodle_cloze
from questions.formats.draft import Draft, Notes, Reading
from questions.formats.messages import text as word
from questions.formats.opened import Opened
from questions.formats.texts import to_plain
from questions.formats.weights import from_weights, set_tags
from questions.formats.xml import parse, words
from questions.markup import ACTIVE, bare

FILES = "@@PLUGINFILE@@/"
GROUP_TAG = "true_false_group"
"""Tag of a matching that is a group of statements, which Moodle doesn't have."""


def read(opened: Opened) -> Reading:
    """Read a question file of Moodle."""
    root = parse(opened)
    if root.tag != "quiz":
        raise opened.refuse("xml.root", found=root.tag, wanted="quiz")
    notes = Notes(opened.name, "moodle_xml")
    categories = []
    number = 0
    for element in root.iter("question"):
        kind = element.get("type", "")
        if kind == "category":
            categories.append(words(element.find("category/text")))
            continue
        number += 1
        if kind == "description":
            notes.doubt("gift.description", at=number, line=number, text=_stem(element)[:50])
            continue
        _Question(notes, notes.draft(number), element).read(kind)
    if categories:
        notes.doubt("draft.category", names=", ".join(dict.fromkeys(categories))[:80])
    return notes.done()


def _stem(element: Element) -> str:
    return words(element.find("questiontext/text"))


class _Question:
    def __init__(self, notes: Notes, draft: Draft, element: Element) -> None:
        self.notes, self.draft, self.element = notes, draft, element
        self.tags = [words(tag) for tag in element.findall("tags/tag/text")]

    def read(self, kind: str) -> None:
        """Fill the draft from a question of this kind."""
        readers: dict[str, Callable[[], None]] = {
            "multichoice": self.choice, "multichoiceset": self.choice, "truefalse": self.true_false,
            "shortanswer": self.short_text, "numerical": self.numeric, "matching": self.matching,
            "essay": self.essay, "cloze": self.cloze, "ordering": self.ordering,
        }  # fmt: skip
        data = self.draft.data
        if kind not in readers:
            data["stem"] = _stem(self.element)[:200]
            self.notes.error("draft.unknown_type", self.draft, type=kind)
            return
        if idnumber := words(self.element.find("idnumber")):
            data["id"] = idnumber
        set_tags(self.draft, [tag for tag in self.tags if tag != GROUP_TAG])
        if kind != "cloze":
            data["stem"] = self.shown("questiontext", stem=True)
        data["explanation"] = self.shown("generalfeedback")
        grade = words(self.element.find("defaultgrade"))
        if grade and fields.decimal(grade) != "1":
            fields.points(self.notes, self.draft, grade)
        if words(self.element.find("shuffleanswers")).lower() in ("0", "false"):
            data["shuffle"] = False
        if any(words(found) for found in self.element.iter("feedback")):
            self.notes.lost("draft.feedback", self.draft)
        readers[kind]()

    def shown(self, path: str, *, stem: bool = False) -> str:
        """Return the text below an element as Markdown."""
        found = self.element.find(path)
        return "" if found is None else self.of(found, stem=stem)

    def of(self, found: Element, *, stem: bool = False, value: str | None = None) -> str:
        """Return the text of an element, or another value of it, by the format that it names."""
        value = words(found.find("text")) if value is None else value
        format_ = found.get("format", "html")
        if format_ == "markdown":
            if ACTIVE.search(bare(value)):
                self.notes.error("draft.active", self.draft, text=value[:50])
            return value
        if format_ == "plain_text":
            return fields.plain(self.notes, self.draft, value)

        def find(address: str) -> bytes | None:
            return _file(found, unquote(address.removeprefix(FILES)))

        return fields.rich(self.notes, self.draft, value, find, stem=stem)

    def options(self) -> list[str]:
        """Set the options of a choice; return their shares in percent."""
        answers = self.element.findall("answer")
        self.draft.data["options"] = fields.parts(self.of(answer) for answer in answers)
        return [fields.decimal(answer.get("fraction", "0")) or "0" for answer in answers]

    def choice(self) -> None:
        weights = self.options()
        ids = [option["id"] for option in self.draft.data["options"]]
        single = words(self.element.find("single")).lower() in ("1", "true")
        if self.element.get("type") == "multichoiceset":
            right = [id_ for id_, own in zip(ids, weights, strict=True) if Decimal(own) > 0]
            fields.choose(self.notes, self.draft, right, many=True)
        elif single:
            right = [id_ for id_, own in zip(ids, weights, strict=True) if Decimal(own) == 100]
            if any(0 < Decimal(own) < 100 for own in weights):
                self.notes.lost("draft.partial", self.draft)
            fields.choose(self.notes, self.draft, right, many=False)
        else:
            from_weights(self.notes, self.draft, dict(zip(ids, weights, strict=True)))

    def true_false(self) -> None:
        right = [
            words(answer.find("text")).lower()
            for answer in self.element.findall("answer")
            if fields.decimal(answer.get("fraction", "0")) == "100"
        ]
        fields.true_false(self.notes, self.draft, right[0] if len(right) == 1 else "")

    def short_text(self) -> None:
        answers = self.element.findall("answer")
        full = [own for own in answers if fields.decimal(own.get("fraction", "0")) == "100"]
        if any(
            0 < Decimal(fields.decimal(own.get("fraction", "0")) or "0") < 100 for own in answers
        ):
            self.notes.lost("draft.partial", self.draft)
        accepted = [words(own.find("text")) for own in full]
        self.draft.data.update(type="short_text", accepted=accepted)
        if any("*" in text for text in accepted):
            self.notes.doubt("draft.wildcard", self.draft)
        if words(self.element.find("usecase")) == "1":
            self.notes.doubt("draft.case", self.draft)
        if not accepted:
            self.notes.error("draft.no_key", self.draft)

    def numeric(self) -> None:
        self.draft.data["type"] = "numeric"
        answers = self.element.findall("answer")
        full = [own for own in answers if fields.decimal(own.get("fraction", "0")) == "100"]
        if len(full) != 1:
            self.notes.error("draft.many_numbers" if full else "draft.no_key", self.draft)
            return
        units = [words(unit) for unit in self.element.findall("units/unit/unit_name")]
        if len(units) > 1:
            self.notes.doubt("draft.units", self.draft, units=", ".join(units))
        tolerance = words(full[0].find("tolerance"))
        key = words(full[0].find("text"))
        fields.number(self.notes, self.draft, key, tolerance, units[0] if units else "")
        if self.draft.data.get("tolerance") == "0":
            del self.draft.data["tolerance"]

    def matching(self) -> None:
        pairs = []
        for sub in self.element.findall("subquestion"):
            answer = sub.find("answer")
            right = "" if answer is None else self.of_plain(answer)
            pairs.append((self.of(sub), right))
        if GROUP_TAG in self.tags:
            words_ = {word("value.true"): True, word("value.false"): False}
            left = fields.parts(own for own, _ in pairs if own)
            keys = [words_.get(to) for own, to in pairs if own]
            if None in keys:
                self.notes.error("draft.no_key", self.draft)
            statements = [{**own, "key": key} for own, key in zip(left, keys, strict=True)]
            self.draft.data.pop("shuffle", None)
            self.draft.data.update(type="true_false_group", statements=statements)
        else:
            fields.matching(self.draft, pairs)

    def of_plain(self, answer: Element) -> str:
        """Return an answer that Moodle always shows as plain text."""
        return fields.plain(self.notes, self.draft, words(answer.find("text")))

    def ordering(self) -> None:
        answers = self.element.findall("answer")
        places = [Decimal(fields.decimal(own.get("fraction", "0")) or "0") for own in answers]
        if sorted(places) == [Decimal(n) for n in range(1, len(places) + 1)]:
            answers = [own for _, own in sorted(zip(places, answers, strict=True),
                                                key=lambda pair: pair[0])]  # fmt: skip
        items = fields.parts(self.of(answer) for answer in answers)
        key = [item["id"] for item in items]
        self.draft.data.pop("shuffle", None)
        self.draft.data.update(type="ordering", items=items, key=key)

    def essay(self) -> None:
        data = self.draft.data
        data["type"] = "essay"
        for name, key in (("minwordlimit", "min_words"), ("maxwordlimit", "max_words")):
            limit = words(self.element.find(name))
            if limit.isascii() and limit.isdigit() and int(limit):
                data[key] = int(limit)
        data.pop("points", None)  # the rubric's points add up to it
        fields.rubric(self.notes, self.draft, to_plain(self.shown("graderinfo")))

    def cloze(self) -> None:
        found = self.element.find("questiontext")
        if found is None:
            found = Element("questiontext")
        taken = moodle_cloze.take(words(found.find("text")))
        whole = self.of(found, stem=True, value=taken.text)
        bodies = [body for _, body in taken.gaps]
        if found.get("format", "html") == "html":
            bodies = [to_plain(self.of(found, value=body)) for body in bodies]
        moodle_cloze.read(self.notes, self.draft, taken, whole, bodies, word("cloze.stem"))


def _file(element: Element, name: str) -> bytes | None:
    for found in element.findall("file"):
        if found.get("name") == name and found.get("encoding") == "base64":
            try:
                return base64.b64decode("".join((found.text or "").split()), validate=True)
            except (binascii.Error, ValueError):
                return None
    return None
