"""QTI 2.1: a declared subset of its interactions, read; everything else is refused by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from xml.etree.ElementTree import Element

from questions.formats import fields
from questions.formats.draft import Draft, Notes, Reading
from questions.formats.messages import text as word
from questions.formats.opened import Opened
from questions.formats.qti_common import Part, inner_html, own_id, parts
from questions.formats.texts import fold, to_plain
from questions.formats.weights import set_tags
from questions.formats.xml import words

ITEM, ENTRY = "q_", "o_"
"""What stands before our ids: identifiers must begin with a letter."""

EXPLANATION = "explanation"
_GAPS = ("textEntryInteraction", "inlineChoiceInteraction")
_HERE = "@@here@@"
_FEEDBACK = ("feedbackInline", "feedbackBlock", "rubricBlock")


def read(opened: Opened) -> Reading:
    """Read an item, or every item of a package."""
    notes = Notes(opened.name, "qti21")
    for number, part in enumerate(parts(opened), 1):
        draft = notes.draft(number)
        if part.root.tag == "assessmentItem":
            _Item(notes, draft, part).read()
        else:
            notes.error("qti.version", draft, wanted="2.1")
    return notes.done()


class _Item:
    def __init__(self, notes: Notes, draft: Draft, part: Part) -> None:
        self.notes, self.draft, self.root, self.find = notes, draft, part.root, part.find
        body = self.root.find("itemBody")
        self.body = body if body is not None else Element("itemBody")
        self.declared = {
            found.get("identifier", ""): found for found in self.root.iter("responseDeclaration")
        }

    def read(self) -> None:
        """Fill the draft from the item."""
        found = [one for one in self.body.iter() if one.tag.endswith("Interaction")]
        kinds = list(dict.fromkeys(one.tag for one in found))
        readers: dict[str, Callable[[Element], None]] = {
            "choiceInteraction": self.choice, "textEntryInteraction": self.text_entry,
            "extendedTextInteraction": self.essay, "matchInteraction": self.match,
            "orderInteraction": self.order,
        }  # fmt: skip
        self.common()
        if (
            found
            and all(kind in _GAPS for kind in kinds)
            and (len(found) > 1 or kinds == ["inlineChoiceInteraction"] or self.has_cloze_class())
        ):
            self.cloze(found)
            return
        if len(found) != 1 or kinds[0] not in readers:
            names = ", ".join(kinds) or word("value.none")
            self.notes.error("qti.interaction", self.draft, names=names)
            return
        self.stem(found[0])
        readers[kinds[0]](found[0])

    def has_cloze_class(self) -> bool:
        return any("cloze" in (one.get("class") or "") for one in self.body.iter())

    def common(self) -> None:
        """Read what all items have: id, level, points, explanation."""
        data = self.draft.data
        if own := own_id(self.root.get("identifier", ""), ITEM):
            data["id"] = own
        set_tags(self.draft, (self.root.get("label") or "").split())
        for declared in self.root.iter("outcomeDeclaration"):
            name, most = declared.get("identifier"), declared.get("normalMaximum")
            value = words(declared.find("defaultValue/value"))
            given = most if name == "SCORE" and most else value if name == "MAXSCORE" else ""
            if given and fields.decimal(given) != "1":
                fields.points(self.notes, self.draft, given)
        for shown in self.root.findall("modalFeedback"):
            if shown.get("identifier") == EXPLANATION:
                data["explanation"] = self.html(inner_html(shown))
            else:
                self.notes.lost("draft.feedback", self.draft)
        if any(one.tag in _FEEDBACK[:2] for one in self.body.iter()):
            self.notes.lost("draft.feedback", self.draft)

    def html(self, value: str, *, stem: bool = False) -> str:
        return fields.rich(self.notes, self.draft, value, self.find, stem=stem)

    def stem(self, interaction: Element) -> None:
        prompt = interaction.find("prompt")
        asked = "" if prompt is None else f"<p>{inner_html(prompt)}</p>"
        inline = interaction.tag in _GAPS
        around = inner_html(
            self.body, {interaction: _HERE if inline else asked}, (*_FEEDBACK, "prompt")
        )
        before, _, after = around.partition(_HERE)
        blank = "_____" if re.sub(r"<[^>]*>|\s", "", after) else ""  # at the end it goes without
        self.draft.data["stem"] = self.html(before + blank + after, stem=True)

    def entries(self, elements: list[Element]) -> tuple[list[dict], dict[str, str]]:
        """Return the entries of a list, and their identifiers in the file -> their ids."""
        given = [one.get("identifier", "") for one in elements]
        ours = [own_id(one, ENTRY) for one in given]
        made = fields.parts(self.html(inner_html(one, skip=_FEEDBACK)) for one in elements)
        for entry, own in zip(made, ours, strict=True):
            if None not in ours and own:
                entry["id"] = own
        return made, dict(zip(given, (entry["id"] for entry in made), strict=True))

    def right(self, interaction: Element) -> list[str]:
        """Return the values of the right response; where only a mapping tells, its best ones."""
        declared = self.declared.get(interaction.get("responseIdentifier", ""))
        if declared is None:
            return []
        correct = [words(value) for value in declared.findall("correctResponse/value")]
        mapped = {
            one.get("mapKey", ""): Decimal(fields.decimal(one.get("mappedValue", "")) or "0")
            for one in declared.iter("mapEntry")
        }
        if len({value for value in mapped.values() if value > 0}) > 1:
            self.notes.lost("draft.partial", self.draft)
        best = max(mapped.values(), default=Decimal(0))
        if best > 0 and (not correct or interaction.tag in _GAPS):
            correct += [key for key, value in mapped.items() if value == best]
        return list(dict.fromkeys(correct))

    def choice(self, interaction: Element) -> None:
        elements = interaction.findall("simpleChoice")
        options, ids = self.entries(elements)
        self.draft.data["options"] = options
        shuffled = interaction.get("shuffle", "false") == "true"
        if not shuffled:
            self.draft.data["shuffle"] = False
        for option, element in zip(options, elements, strict=True):
            if element.get("fixed") == "true":
                option["pinned"] = True
        declared = self.declared.get(interaction.get("responseIdentifier", ""))
        many = declared is not None and declared.get("cardinality") == "multiple"
        right = self.right(interaction)
        unknown = [value for value in right if value not in ids]
        if unknown:
            self.notes.error("draft.key_not_option", self.draft, key=", ".join(unknown))
        else:
            fields.choose(self.notes, self.draft, [ids[value] for value in right], many=many)

    def text_entry(self, interaction: Element) -> None:
        declared = self.declared.get(interaction.get("responseIdentifier", ""))
        right = self.right(interaction)
        if declared is not None and declared.get("baseType") in ("float", "integer"):
            if len(right) > 1:
                self.notes.error("draft.many_numbers", self.draft)
                return
            spread = [one.get("tolerance", "") for one in self.root.iter("equal")]
            exact = [one for one in spread if one.strip()]
            tolerance = exact[0].split()[0] if exact else ""
            fields.number(self.notes, self.draft, right[0] if right else "", tolerance)
            return
        self.draft.data.update(type="short_text", accepted=right)
        if not right:
            self.notes.error("draft.no_key", self.draft)

    def essay(self, _interaction: Element) -> None:
        self.draft.data["type"] = "essay"
        shown = [inner_html(block) for block in self.body.iter("rubricBlock")]
        fields.rubric(self.notes, self.draft, to_plain(self.html("".join(shown))))

    def match(self, interaction: Element) -> None:
        sets = interaction.findall("simpleMatchSet")
        if len(sets) != 2:
            self.notes.error("qti.match", self.draft)
            return
        (left, left_ids), (right, right_ids) = (
            self.entries(one.findall("simpleAssociableChoice")) for one in sets
        )
        pairs = [value.split() for value in self.right(interaction)]
        known = [pair for pair in pairs
                 if len(pair) == 2 and pair[0] in left_ids and pair[1] in right_ids]  # fmt: skip
        key = {left_ids[own]: right_ids[to] for own, to in known}
        if len(known) != len(pairs) or len(key) != len(pairs) or len(key) != len(left):
            self.notes.error("qti.match", self.draft)
            return
        if [fold(part["text"]) for part in right] in (["dung", "sai"], ["true", "false"]):
            statements = [{**own, "key": key[own["id"]] == right[0]["id"]} for own in left]
            self.draft.data.update(type="true_false_group", statements=statements)
            return
        if interaction.get("shuffle", "false") != "true":
            self.draft.data["shuffle"] = False
        self.draft.data.update(type="matching", left=left, right=right, key=key)

    def order(self, interaction: Element) -> None:
        items, ids = self.entries(interaction.findall("simpleChoice"))
        key = [ids.get(value, value) for value in self.right(interaction)]
        self.draft.data.update(type="ordering", items=items, key=key)
        if interaction.get("shuffle", "false") != "true" and key != [one["id"] for one in items]:
            self.draft.data["shuffle"] = False

    def cloze(self, found: list[Element]) -> None:
        gaps, replaced = [], {}
        for number, interaction in enumerate(found, 1):
            name = interaction.get("responseIdentifier", "")
            id_ = own_id(name, ENTRY) or f"g{number}"
            right = self.right(interaction)
            if interaction.tag == "inlineChoiceInteraction":
                options, ids = self.entries(interaction.findall("inlineChoice"))
                gap = {"id": id_, "options": options}
                if len(right) == 1 and right[0] in ids:
                    gap["key"] = ids[right[0]]
                else:
                    self.notes.error("draft.not_one_right", self.draft, n=len(right))
            else:
                gap = {"id": id_, "accepted": right}
                if not right:
                    self.notes.error("draft.no_key", self.draft)
            gaps.append(gap)
            replaced[interaction] = f"{{{{{id_}}}}}"
        shown = self.html(inner_html(self.body, replaced, _FEEDBACK), stem=True)
        for gap in gaps:  # an id may hold signs that Markdown escapes
            shown = shown.replace(f"{{{{{gap['id'].replace('_', chr(92) + '_')}}}}}",
                                  f"{{{{{gap['id']}}}}}")  # fmt: skip
        fields.cloze(self.draft, shown, gaps, word("cloze.stem"))
