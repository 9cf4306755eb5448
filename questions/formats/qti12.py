"""QTI 1.2 as learning platforms export it: a declared subset, read."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element

from questions.formats import fields
from questions.formats.draft import Draft, Notes, Reading
from questions.formats.messages import text as word
from questions.formats.opened import Opened
from questions.formats.qti_common import Part, own_id, parts
from questions.formats.texts import to_plain
from questions.formats.weights import set_tags
from questions.formats.xml import all_of, words

ITEM, ENTRY = "q_", "o_"
TAGS = "timhieu_tags"
"""Name of the metadata field that holds level and tags."""

_RANGE = {"vargte": 0, "vargt": 0, "varlte": 1, "varlt": 1}
_HANDS_ON = ("render_hotspot", "render_slider", "response_xy", "response_grp")
_NOT_HELD = ("categorization_question", "file_upload_question", "calculated_question")


def read(opened: Opened) -> Reading:
    """Read the items of a file, or of every file of a package."""
    notes = Notes(opened.name, "qti12")
    for part in parts(opened):
        if part.root.tag != "questestinterop":
            notes.error("qti.version", notes.draft(len(notes.reading.drafts) + 1), wanted="1.2")
            continue
        for item in part.root.iter("item"):
            _Item(notes, notes.draft(len(notes.reading.drafts) + 1), item, part).read()
    return notes.done()


class _Item:
    def __init__(self, notes: Notes, draft: Draft, item: Element, part: Part) -> None:
        self.notes, self.draft, self.item, self.find = notes, draft, item, part.find
        presentation = item.find("presentation")
        self.shown = presentation if presentation is not None else Element("presentation")
        self.meta = {
            words(field.find("fieldlabel")): words(field.find("fieldentry"))
            for field in item.iter("qtimetadatafield")
        }
        self.lids = list(self.shown.iter("response_lid"))
        self.typed = list(all_of(self.shown, "response_str", "response_num"))

    def read(self) -> None:
        """Fill the draft from the item."""
        data = self.draft.data
        if own := own_id(self.item.get("ident", ""), ITEM):
            data["id"] = own
        set_tags(self.draft, self.meta.get(TAGS, "").split())
        points = self.meta.get("points_possible", "")
        if points and fields.decimal(points) != "1":
            fields.points(self.notes, self.draft, points)
        data["stem"] = self.material(self.stem_of(), stem=True)
        self.feedback()
        kind = self.meta.get("question_type", "")
        hands_on = [one.tag for one in all_of(self.shown, *_HANDS_ON)]
        if kind in _NOT_HELD or hands_on or (self.lids and self.typed):
            names = (
                kind if kind in _NOT_HELD else ", ".join(hands_on) or "response_lid, response_str"
            )
            self.notes.error("qti.interaction", self.draft, names=names)
        elif len(self.lids) == 1:
            self.choice(self.lids[0])
        elif self.lids:
            self.several(kind)
        elif len(self.typed) == 1:
            self.text_or_number(kind)
        else:
            names = word("value.none") if not self.typed else "response_str"
            self.notes.error("qti.interaction", self.draft, names=names)

    def stem_of(self) -> Iterator[Element]:
        """Yield the texts before the first response."""
        inside = {
            text for response in [*self.lids, *self.typed] for text in response.iter("mattext")
        }
        return (text for text in self.shown.iter("mattext") if text not in inside)

    def material(self, texts: Iterator[Element], *, stem: bool = False) -> str:
        """Return texts as Markdown."""
        shown = []
        for text in texts:
            value = words(text)
            if text.get("texttype", "text/plain") == "text/html":
                shown.append(fields.rich(self.notes, self.draft, value, self.find, stem=stem))
            else:
                shown.append(fields.plain(self.notes, self.draft, value))
        return "\n\n".join(piece for piece in shown if piece)

    def feedback(self) -> None:
        for found in self.item.iter("itemfeedback"):
            own = self.material(found.iter("mattext"))
            if found.get("ident") == "general_fb" and own:
                self.draft.data["explanation"] = own
            elif own:
                self.notes.lost("draft.feedback", self.draft)

    def labels(self, response: Element) -> tuple[list[dict], dict[str, str]]:
        """Return the entries of a response, and identifiers in the file -> their ids."""
        found = list(response.iter("response_label"))
        given = [label.get("ident", "") for label in found]
        ours = [own_id(one, ENTRY) for one in given]
        made = fields.parts(self.material(label.iter("mattext")) for label in found)
        for entry, own in zip(made, ours, strict=True):
            if None not in ours and own:
                entry["id"] = own
        return made, dict(zip(given, (entry["id"] for entry in made), strict=True))

    def rights(self, response: str) -> list[tuple[str, Decimal]]:
        """Return the values that earn marks for a response, with what they earn."""
        found = []
        for condition in self.item.iter("respcondition"):
            earned = [
                Decimal(fields.decimal(words(one)) or "0")
                for one in condition.findall("setvar")
                if one.get("varname", "SCORE") == "SCORE"
            ]
            if not earned or max(earned) <= 0:
                continue
            denied = {one for no in condition.iter("not") for one in no.iter("varequal")}
            for one in condition.iter("varequal"):
                if one not in denied and one.get("respident") == response:
                    found.append((words(one), max(earned)))
        return found

    def right(self, response: str) -> list[str]:
        """Return the values that earn most for a response; less is told as lost."""
        found = self.rights(response)
        best = max((earned for _, earned in found), default=Decimal(0))
        if any(earned < best for _, earned in found):
            self.notes.lost("draft.partial", self.draft)
        return list(dict.fromkeys(value for value, earned in found if earned == best))

    def choice(self, response: Element) -> None:
        options, ids = self.labels(response)
        self.draft.data["options"] = options
        render = response.find("render_choice")
        if render is not None and render.get("shuffle", "").lower() == "no":
            self.draft.data["shuffle"] = False
        for option, label in zip(options, response.iter("response_label"), strict=True):
            if label.get("rshuffle", "").lower() == "no":
                option["pinned"] = True
        many = response.get("rcardinality", "Single").lower() == "multiple"
        name = response.get("ident", "")
        right = [value for value, _ in self.rights(name)] if many else self.right(name)
        unknown = [value for value in right if value not in ids]
        if unknown:
            self.notes.error("draft.key_not_option", self.draft, key=", ".join(unknown)[:60])
            return
        chosen = list(dict.fromkeys(ids[value] for value in right))
        fields.choose(self.notes, self.draft, chosen, many=many)

    def several(self, kind: str) -> None:
        """Read several lists: columns to be matched, or gaps that the stem names in brackets."""
        if any(one.get("rcardinality", "").lower() == "multiple" for one in self.lids):
            self.notes.error("qti.interaction", self.draft, names="response_lid Multiple")
            return
        names = [words(one.find("material")) for one in self.lids]
        stem = self.draft.data["stem"].replace("\\[", "[").replace("\\]", "]")
        if all(f"[{name}]" in stem for name in names):
            self.gaps(names, stem, typed="blanks" in kind)
            return
        left = fields.parts(self.material(one.findall("material//mattext")) for one in self.lids)
        entries = [self.labels(one) for one in self.lids]
        texts = list(dict.fromkeys(own["text"] for options, _ in entries for own in options))
        right = fields.parts(texts)
        key = {}
        for own, response, (options, ids) in zip(left, self.lids, entries, strict=True):
            values = self.right(response.get("ident", ""))
            shown = {option["id"]: option["text"] for option in options}
            if len(values) == 1 and values[0] in ids:
                key[own["id"]] = right[texts.index(shown[ids[values[0]]])]["id"]
        if len(key) != len(left):
            self.notes.error("qti.match", self.draft)
            return
        self.draft.data.update(type="matching", left=left, right=right, key=key)

    def gaps(self, names: list[str], stem: str, *, typed: bool) -> None:
        gaps = []
        for number, (name, response) in enumerate(zip(names, self.lids, strict=True), 1):
            options, ids = self.labels(response)
            values = self.right(response.get("ident", ""))
            right = [ids[value] for value in values if value in ids]
            gap: dict = {"id": f"g{number}"}
            if typed:
                gap["accepted"] = [to_plain(own["text"]) for own in options if own["id"] in right]
                if len(options) > len(gap["accepted"]):
                    self.notes.doubt("qti.spellings", self.draft, gap=name)
            else:
                gap["options"] = options
                gap.update({"key": right[0]} if len(right) == 1 else {})
            if not right or (not typed and len(right) != 1):
                self.notes.error("draft.not_one_right", self.draft, n=len(right))
            gaps.append(gap)
            stem = stem.replace(f"[{name}]", f"{{{{g{number}}}}}")
        fields.cloze(self.draft, stem, gaps, word("cloze.stem"))

    def text_or_number(self, kind: str) -> None:
        response = self.typed[0]
        name = response.get("ident", "")
        ends: list[list[Decimal]] = [[], []]
        for one in all_of(self.item, *_RANGE):
            number = fields.decimal(words(one))
            if number is not None:
                ends[_RANGE[one.tag]].append(Decimal(number))
        right = self.right(name)
        decimal = any(one.get("fibtype", "").lower() in ("decimal", "integer")
                      for one in response.iter("render_fib"))  # fmt: skip
        if ends[0] and ends[1]:
            self.range(ends, right)
        elif ends[0] or ends[1]:
            self.notes.error("qti.range", self.draft)
        elif decimal or "numerical" in kind or response.tag == "response_num":
            if len(right) > 1:
                self.notes.error("draft.many_numbers", self.draft)
            else:
                fields.number(self.notes, self.draft, right[0] if right else "")
        elif right:
            self.draft.data.update(type="short_text", accepted=right)
        elif "short_answer" in kind:
            self.draft.data["type"] = "short_text"
            self.notes.error("draft.no_key", self.draft)
        else:
            self.draft.data["type"] = "essay"

    def range(self, ends: list[list[Decimal]], right: list[str]) -> None:
        """Read an interval around the right number."""
        self.draft.data["type"] = "numeric"
        if len(ends[0]) > 1 or len(ends[1]) > 1:
            self.notes.error("draft.many_numbers", self.draft)
            return
        if any(one.tag in ("vargt", "varlt") for one in self.item.iter()):
            self.notes.doubt("qti.open_end", self.draft)
        fields.between(self.notes, self.draft, ends[0][0], ends[1][0])
        exact = [fields.decimal(value) for value in right]
        if exact and exact != [self.draft.data["key"]]:
            self.notes.doubt("qti.middle", self.draft, key=self.draft.data["key"], exact=right[0])
