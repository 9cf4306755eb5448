"""QTI 1.2: one file of items, written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from questions.formats.fields import options_of, written
from questions.formats.qti12 import ENTRY, ITEM, TAGS
from questions.formats.texts import to_html, to_plain
from questions.formats.weights import tags_of

_KINDS = {
    "single": "multiple_choice_question", "multiple": "multiple_answers_question",
    "true_false": "true_false_question", "short_text": "short_answer_question",
    "numeric": "numerical_question", "matching": "matching_question",
}  # fmt: skip


def write(questions: Sequence[Mapping[str, Any]], _pictures: Mapping[str, bytes]) -> bytes:
    """Return a file with an assessment of all questions."""
    root = Element("questestinterop", xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2")
    assessment = SubElement(root, "assessment", ident="timhieu", title="timhieu")
    section = SubElement(assessment, "section", ident="root_section")
    for question in questions:
        _item(section, question)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _item(section: Element, question: Mapping[str, Any]) -> None:
    kind = question["type"]
    title = to_plain(question["stem"]).replace("\n", " ")[:80]
    item = SubElement(section, "item", ident=ITEM + question["id"], title=title)
    meta = SubElement(SubElement(item, "itemmetadata"), "qtimetadata")
    tags = " ".join(tags_of(question))
    for label, entry in (
        ("question_type", _KINDS[kind]), ("points_possible", question.get("points", "1")),
        (TAGS, tags),
    ):  # fmt: skip
        field = SubElement(meta, "qtimetadatafield")
        SubElement(field, "fieldlabel").text = label
        SubElement(field, "fieldentry").text = entry
    presentation = SubElement(item, "presentation")
    _material(presentation, question["stem"])
    processing = Element("resprocessing")
    outcomes = SubElement(processing, "outcomes")
    SubElement(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    if kind == "matching":
        _matching(presentation, processing, question)
    elif kind in ("short_text", "numeric"):
        _typed(presentation, processing, question)
    else:
        _choice(presentation, processing, question)
    item.append(processing)
    if "explanation" in question:
        feedback = SubElement(item, "itemfeedback", ident="general_fb")
        _material(SubElement(feedback, "flow_mat"), question["explanation"])


def _material(parent: Element, shown: str) -> None:
    material = SubElement(parent, "material")
    SubElement(material, "mattext", texttype="text/html").text = to_html(shown)


def _condition(processing: Element, score: str, action: str = "Set") -> Element:
    condition = SubElement(processing, "respcondition", {"continue": "No"})
    variables = SubElement(condition, "conditionvar")
    SubElement(condition, "setvar", action=action, varname="SCORE").text = score
    return variables


def _labels(response: Element, entries: Sequence[Mapping[str, Any]], *, fixed: bool) -> None:
    render = SubElement(response, "render_choice", {"shuffle": "No"} if fixed else {})
    for entry in entries:
        pinned = {"rshuffle": "No"} if entry.get("pinned") else {}
        label = SubElement(render, "response_label", {"ident": ENTRY + entry["id"], **pinned})
        _material(label, entry["text"])


def _choice(presentation: Element, processing: Element, question: Mapping[str, Any]) -> None:
    kind = question["type"]
    options, right = options_of(question)
    response = SubElement(
        presentation, "response_lid", ident="response1",
        rcardinality="Multiple" if kind == "multiple" else "Single",
    )  # fmt: skip
    _labels(response, options, fixed=question.get("shuffle") is False)
    variables = _condition(processing, "100")
    if kind == "multiple":
        variables = SubElement(variables, "and")
    for id_ in right:
        SubElement(variables, "varequal", respident="response1").text = ENTRY + id_
    for option in options if kind == "multiple" else ():
        if option["id"] not in right:
            denied = SubElement(variables, "not")
            SubElement(denied, "varequal", respident="response1").text = ENTRY + option["id"]


def _typed(presentation: Element, processing: Element, question: Mapping[str, Any]) -> None:
    response = SubElement(presentation, "response_str", ident="response1", rcardinality="Single")
    number = question["type"] == "numeric"
    render = SubElement(response, "render_fib", {"fibtype": "Decimal"} if number else {})
    SubElement(render, "response_label", ident="answer1", rshuffle="No")
    variables = _condition(processing, "100")
    if not number:
        for accepted in question["accepted"]:
            SubElement(variables, "varequal", respident="response1").text = accepted
        return
    key, tolerance = Decimal(question["key"]), Decimal(question.get("tolerance", "0"))
    either = SubElement(variables, "or")
    SubElement(either, "varequal", respident="response1").text = question["key"]
    if tolerance:
        both = SubElement(either, "and")
        SubElement(both, "vargte", respident="response1").text = written(key - tolerance)
        SubElement(both, "varlte", respident="response1").text = written(key + tolerance)


def _matching(presentation: Element, processing: Element, question: Mapping[str, Any]) -> None:
    share = written((Decimal(100) / len(question["left"])).quantize(Decimal("0.01")))
    for number, own in enumerate(question["left"], 1):
        name = f"response_{number}"
        response = SubElement(presentation, "response_lid", ident=name)
        _material(response, own["text"])
        _labels(response, question["right"], fixed=False)
        variables = _condition(processing, share, "Add")
        wanted = ENTRY + question["key"][own["id"]]
        SubElement(variables, "varequal", respident=name).text = wanted
