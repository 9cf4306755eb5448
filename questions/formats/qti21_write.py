"""QTI 2.1: a package of items with its manifest, written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from questions.formats.fields import options_of
from questions.formats.messages import text as word
from questions.formats.qti21 import ENTRY, EXPLANATION, ITEM
from questions.formats.qti_common import package_of
from questions.formats.texts import quoted, to_html, to_plain
from questions.formats.weights import tags_of

_SPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_MANIFEST = "http://www.imsglobal.org/xsd/imscp_v1p1"
_TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"


def write(questions: Sequence[Mapping[str, Any]], pictures: Mapping[str, bytes]) -> bytes:
    """Return a zip package: one item a question, pictures, manifest."""
    files: dict[str, bytes] = {}
    manifest = Element("manifest", xmlns=_MANIFEST, identifier="timhieu")
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    for question in questions:
        name = f"items/{question['id']}.xml"
        resource = SubElement(
            resources, "resource", identifier=f"r_{question['id']}", type="imsqti_item_xmlv2p1",
            href=name,
        )  # fmt: skip
        SubElement(resource, "file", href=name)
        image = question.get("image")
        if image and image["file"] in pictures:
            files[f"items/{image['file']}"] = pictures[image["file"]]
            SubElement(resource, "file", href=f"items/{image['file']}")
        files[name] = _bytes(_item(question, bool(image and image["file"] in pictures)))
    return package_of({"imsmanifest.xml": _bytes(manifest), **files})


def _bytes(element: Element) -> bytes:
    return tostring(element, encoding="utf-8", xml_declaration=True)


def _item(question: Mapping[str, Any], pictured: bool) -> Element:
    tags = " ".join(tags_of(question))
    item = Element(
        "assessmentItem", xmlns=_SPACE, identifier=ITEM + question["id"], label=tags,
        title=to_plain(question["stem"]).replace("\n", " ")[:80],
        adaptive="false", timeDependent="false",
    )  # fmt: skip
    body = Element("itemBody")
    _html(body, "div", to_html(question["stem"]))
    if pictured:
        image = question["image"]
        SubElement(SubElement(body, "p"), "img", src=image["file"], alt=image["alt"])
    tolerance = _own(item, body, question)
    score = SubElement(
        item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float"
    )
    if "points" in question and question["type"] != "essay":
        score.set("normalMaximum", question["points"])
    item.append(body)
    _processing(item, question, tolerance)
    if "explanation" in question:
        shown = _html(item, "modalFeedback", to_html(question["explanation"]))
        shown.attrib.update(outcomeIdentifier="FEEDBACK", identifier=EXPLANATION, showHide="show")
    return item


def _html(parent: Element, name: str, shown: str) -> Element:
    """Append an element that holds a piece of our own HTML."""
    found = fromstring(f"<{name}>{shown.replace('&quot;', '&#34;')}</{name}>")
    parent.append(found)
    return found


def _declare(
    item: Element, values: Sequence[str], *, name: str = "RESPONSE", base: str = "identifier",
    cardinality: str = "single",
) -> Element:  # fmt: skip
    declared = SubElement(
        item, "responseDeclaration", identifier=name, cardinality=cardinality, baseType=base
    )
    correct = SubElement(declared, "correctResponse")
    for value in values:
        SubElement(correct, "value").text = value
    return declared


def _entry(parent: Element, name: str, entry: Mapping[str, Any], **attributes: str) -> None:
    found = _html(parent, name, to_html(entry["text"]))
    found.attrib.update(identifier=ENTRY + entry["id"], **attributes)


def _own(item: Element, body: Element, question: Mapping[str, Any]) -> str | None:
    """Write declarations and interaction of a type; return the tolerance of a number."""
    kind = question["type"]
    if kind in ("single", "multiple", "true_false"):
        _choice(item, body, question)
    elif kind == "numeric":
        _declare(item, [question["key"]], base="float")
        SubElement(SubElement(body, "p"), "textEntryInteraction", responseIdentifier="RESPONSE")
        return question.get("tolerance", "0")
    elif kind == "short_text":
        _typed(_declare(item, question["accepted"][:1], base="string"), question["accepted"])
        SubElement(SubElement(body, "p"), "textEntryInteraction", responseIdentifier="RESPONSE")
    elif kind in ("matching", "true_false_group"):
        _match(item, body, question)
    elif kind == "ordering":
        key = [ENTRY + id_ for id_ in question["key"]]
        _declare(item, key, cardinality="ordered")
        shuffled = "false" if question.get("shuffle") is False else "true"
        interaction = SubElement(
            body, "orderInteraction", responseIdentifier="RESPONSE", shuffle=shuffled
        )
        for entry in question["items"]:
            _entry(interaction, "simpleChoice", entry)
    elif kind == "cloze":
        _cloze(item, body, question)
    else:
        _essay(item, body, question)
    return None


def _typed(declared: Element, accepted: Sequence[str]) -> None:
    mapping = SubElement(declared, "mapping", defaultValue="0")
    for text in accepted:
        SubElement(mapping, "mapEntry", mapKey=text, mappedValue="1", caseSensitive="false")


def _choice(item: Element, body: Element, question: Mapping[str, Any]) -> None:
    kind = question["type"]
    many = kind == "multiple"
    options, right = options_of(question)
    cardinality = "multiple" if many else "single"
    _declare(item, [ENTRY + id_ for id_ in right], cardinality=cardinality)
    fixed = kind == "true_false" or question.get("shuffle") is False
    interaction = SubElement(
        body, "choiceInteraction", responseIdentifier="RESPONSE",
        shuffle="false" if fixed else "true", maxChoices="0" if many else "1",
    )  # fmt: skip
    for option in options:
        pinned = {"fixed": "true"} if option.get("pinned") else {}
        _entry(interaction, "simpleChoice", option, **pinned)


def _match(item: Element, body: Element, question: Mapping[str, Any]) -> None:
    if question["type"] == "true_false_group":
        left, key = question["statements"], {}
        right = [{"id": "true", "text": word("value.true")},
                 {"id": "false", "text": word("value.false")}]  # fmt: skip
        key = {own["id"]: str(own["key"]).lower() for own in left}
    else:
        left, right, key = question["left"], question["right"], question["key"]
    pairs = [f"{ENTRY}{own['id']} {ENTRY}{key[own['id']]}" for own in left]
    _declare(item, pairs, base="directedPair", cardinality="multiple")
    shuffled = "false" if question.get("shuffle") is False else "true"
    interaction = SubElement(
        body, "matchInteraction", responseIdentifier="RESPONSE", shuffle=shuffled,
        maxAssociations=str(len(left)),
    )  # fmt: skip
    for side, most in ((left, 1), (right, len(left))):
        found = SubElement(interaction, "simpleMatchSet")
        for entry in side:
            _entry(found, "simpleAssociableChoice", entry, matchMax=str(most))


def _cloze(item: Element, body: Element, question: Mapping[str, Any]) -> None:
    gaps = {gap["id"]: gap for gap in question["gaps"]}

    def shown(match: re.Match[str]) -> str:
        gap = gaps[match[1]]
        name = ENTRY + gap["id"]
        if gap.get("accepted"):
            _typed(_declare(item, gap["accepted"][:1], name=name, base="string"), gap["accepted"])
            return f'<textEntryInteraction responseIdentifier="{name}"/>'
        _declare(item, [ENTRY + gap["key"]], name=name)
        inside = "".join(
            f'<inlineChoice identifier="{ENTRY}{option["id"]}">'
            f"{quoted(to_plain(option['text']))}</inlineChoice>"
            for option in gap["options"]
        )
        return (
            f'<inlineChoiceInteraction responseIdentifier="{name}" shuffle="false">'
            f"{inside}</inlineChoiceInteraction>"
        )

    blocks = quoted(to_plain(question["text"])).replace("\\", "").split("\n\n")
    filled = (re.sub(r"\{\{\s*([a-z0-9._-]+)\s*\}\}", shown, block) for block in blocks)
    paragraphs = "".join(f"<p>{block}</p>".replace("\n", "<br/>") for block in filled)
    _html(body, "div", paragraphs).set("class", "cloze")


def _essay(item: Element, body: Element, question: Mapping[str, Any]) -> None:
    SubElement(item, "responseDeclaration", identifier="RESPONSE", cardinality="single",
               baseType="string")  # fmt: skip
    block = SubElement(body, "rubricBlock", view="scorer")
    for own in question["rubric"]:
        line = f"{' '.join(to_plain(own['text']).split())} | {own['points']}"
        SubElement(block, "p").text = line
    SubElement(body, "extendedTextInteraction", responseIdentifier="RESPONSE")


def _processing(item: Element, question: Mapping[str, Any], tolerance: str | None) -> None:
    kind = question["type"]
    if kind == "essay":
        return
    if tolerance is None:
        name = "map_response" if kind in ("short_text", "cloze") else "match_correct"
        SubElement(item, "responseProcessing", template=_TEMPLATES + name)
        return
    processing = SubElement(item, "responseProcessing")
    found = SubElement(SubElement(processing, "responseCondition"), "responseIf")
    spread = {"toleranceMode": "exact"}
    if Decimal(tolerance):
        spread = {"toleranceMode": "absolute", "tolerance": f"{tolerance} {tolerance}"}
    equal = SubElement(found, "equal", spread)
    SubElement(equal, "variable", identifier="RESPONSE")
    SubElement(equal, "correct", identifier="RESPONSE")
    value = SubElement(found, "setOutcomeValue", identifier="SCORE")
    SubElement(value, "baseValue", baseType="float").text = question.get("points", "1")
