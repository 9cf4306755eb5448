"""Moodle XML: all of the bank's types, written."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from questions.formats import moodle_cloze
from questions.formats.messages import text as word
from questions.formats.moodle_xml import FILES, GROUP_TAG
from questions.formats.texts import quoted, to_html, to_plain
from questions.formats.weights import shares, tags_of

_TYPES = {
    "single": "multichoice", "multiple": "multichoice", "true_false": "truefalse",
    "true_false_group": "matching", "matching": "matching", "ordering": "ordering",
    "numeric": "numerical", "short_text": "shortanswer", "cloze": "cloze", "essay": "essay",
}  # fmt: skip


def write(questions: Sequence[Mapping[str, Any]], pictures: Mapping[str, bytes]) -> bytes:
    """Return a question file for Moodle, pictures inside."""
    root = Element("quiz")
    for question in questions:
        element = SubElement(root, "question", type=_TYPES[question["type"]])
        _common(element, question, pictures)
        _own(element, question)
        _tags(element, question)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _common(element: Element, question: Mapping[str, Any], pictures: Mapping[str, bytes]) -> None:
    _text(SubElement(element, "name"), to_plain(question["stem"]).replace("\n", " ")[:80])
    stem = SubElement(element, "questiontext", format="html")
    shown = f"<p>{to_html(question['stem'])}</p>" if question["type"] == "cloze" else (
        to_html(question["stem"]))  # fmt: skip
    if question["type"] == "cloze":
        cloze = {**question, "text": _plain_cloze(question)}
        shown += "".join(f"<p>{block}</p>" for block in _cloze_blocks(cloze))
    image = question.get("image")
    if image and image["file"] in pictures:
        alt = quoted(image["alt"]).replace('"', "&quot;")
        shown += f'<p><img src="{FILES}{image["file"]}" alt="{alt}"/></p>'
    _text(stem, shown)
    if image and image["file"] in pictures:
        file = SubElement(stem, "file", name=image["file"], path="/", encoding="base64")
        file.text = base64.b64encode(pictures[image["file"]]).decode()
    explained = question.get("explanation")
    feedback = SubElement(element, "generalfeedback", format="html")
    _text(feedback, to_html(explained) if explained else "")
    SubElement(element, "defaultgrade").text = str(_points(question))
    SubElement(element, "idnumber").text = question["id"]
    if question["type"] in ("single", "multiple", "matching"):
        shuffled = "false" if question.get("shuffle") is False else "true"
        SubElement(element, "shuffleanswers").text = shuffled


def _plain_cloze(question: Mapping[str, Any]) -> str:
    return to_plain(question["text"])


def _cloze_blocks(question: Mapping[str, Any]) -> list[str]:
    shown = quoted(moodle_cloze.write(question))
    return [block.replace("\n", "<br/>") for block in shown.split("\n\n")]


def _points(question: Mapping[str, Any]) -> str:
    if question["type"] == "essay":
        return str(sum((Decimal(own["points"]) for own in question["rubric"]), Decimal(0)))
    return question.get("points", "1")


def _text(element: Element, value: str) -> None:
    SubElement(element, "text").text = value


def _answer(element: Element, value: str, fraction: str, *, html: bool = True) -> Element:
    format_ = "html" if html else "plain_text"
    answer = SubElement(element, "answer", fraction=fraction, format=format_)
    _text(answer, value)
    return answer


def _own(element: Element, question: Mapping[str, Any]) -> None:
    """Write what a type has of its own."""
    kind = question["type"]
    if kind in ("single", "multiple"):
        SubElement(element, "single").text = "true" if kind == "single" else "false"
        right = {question["key"]: "100"} if kind == "single" else shares(question)
        for option in question["options"]:
            _answer(element, to_html(option["text"]), right.get(option["id"], "0"))
    elif kind == "true_false":
        for value in (True, False):
            share = "100" if question["key"] is value else "0"
            _answer(element, str(value).lower(), share)
    elif kind == "short_text":
        SubElement(element, "usecase").text = "0"
        for accepted in question["accepted"]:
            _answer(element, accepted, "100", html=False)
    elif kind == "numeric":
        answer = _answer(element, question["key"], "100", html=False)
        SubElement(answer, "tolerance").text = question.get("tolerance", "0")
        if "unit" in question:
            unit = SubElement(SubElement(element, "units"), "unit")
            SubElement(unit, "multiplier").text = "1"
            SubElement(unit, "unit_name").text = question["unit"]
    else:
        _parts(element, question)


def _parts(element: Element, question: Mapping[str, Any]) -> None:
    """Write columns, items and rubrics; a cloze is all in its text."""
    kind = question["type"]
    if kind in ("matching", "true_false_group"):
        _pairs(element, question)
    elif kind == "ordering":
        items = {item["id"]: to_html(item["text"]) for item in question["items"]}
        for number, id_ in enumerate(question["key"], 1):
            _answer(element, items[id_], str(number))
    elif kind == "essay":
        _essay(element, question)


def _pairs(element: Element, question: Mapping[str, Any]) -> None:
    if question["type"] == "true_false_group":
        pairs = [
            (own["text"], word("value.true" if own["key"] else "value.false"))
            for own in question["statements"]
        ]
    else:
        right = {part["id"]: part["text"] for part in question["right"]}
        key = question["key"]
        pairs = [(own["text"], right[key[own["id"]]]) for own in question["left"]]
        pairs += [("", own) for id_, own in right.items() if id_ not in key.values()]
    for left, to in pairs:
        sub = SubElement(element, "subquestion", format="html")
        _text(sub, to_html(left) if left else "")
        _text(SubElement(sub, "answer"), to_plain(to))


def _essay(element: Element, question: Mapping[str, Any]) -> None:
    for key, name in (("min_words", "minwordlimit"), ("max_words", "maxwordlimit")):
        if key in question:
            SubElement(element, name).text = str(question[key])
    lines = [f"{to_plain(own['text'])} | {own['points']}" for own in question["rubric"]]
    info = SubElement(element, "graderinfo", format="html")
    _text(info, "".join(f"<p>{quoted(' '.join(line.split()))}</p>" for line in lines))


def _tags(element: Element, question: Mapping[str, Any]) -> None:
    names = tags_of(question)
    if question["type"] == "true_false_group":
        names.append(GROUP_TAG)
    tags = SubElement(element, "tags")
    for name in names:
        _text(SubElement(tags, "tag"), name)
