"""Automatic numbers of Word: which text a reader sees in front of a paragraph."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Numbering:
    """Counts the numbered paragraphs of one document, in their order."""

    def __init__(self, document: Any) -> None:
        self.abstract: dict[str, Any] = {}
        self.lists: dict[str, tuple[str, dict[int, int]]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[str] = set()
        part = next(
            (rel.target_part for rel in document.part.rels.values()
             if rel.reltype.endswith("/numbering")), None,
        )  # fmt: skip
        if part is not None:
            self._learn(part.element)

    def _learn(self, root: Any) -> None:
        for element in root.findall(qn("w:abstractNum")):
            self.abstract[element.get(qn("w:abstractNumId"))] = element
        for element in root.findall(qn("w:num")):
            base = _value(element, "w:abstractNumId")
            starts = {}
            for override in element.findall(qn("w:lvlOverride")):
                start = _value(override, "w:startOverride")
                if start is not None:
                    starts[int(override.get(qn("w:ilvl")))] = int(start)
            if base in self.abstract:
                self.lists[element.get(qn("w:numId"))] = (base, starts)

    def label(self, properties: Any, styles: list[Any]) -> str:
        """Return the number that a paragraph shows, empty for none and for bullets.

        Parameters
        ----------
        properties : element or None
            The paragraph's own properties.
        styles : list of elements
            Its style and those that it is based on, which may number it as well.
        """
        found = None if properties is None else properties.find(qn("w:numPr"))
        for style in styles:
            if found is None:
                own = style.find(qn("w:pPr"))
                found = None if own is None else own.find(qn("w:numPr"))
        number = _value(found, "w:numId")
        if number not in self.lists:
            return ""
        return self._next(number, int(_value(found, "w:ilvl") or 0))

    def _next(self, number: str, level: int) -> str:
        base, starts = self.lists[number]
        counts = self.counts.setdefault(base, {})
        if number not in self.begun:
            self.begun.add(number)
            for own, start in starts.items():
                counts[own] = start - 1
        counts[level] = counts.get(level, self._start(base, level) - 1) + 1
        for deeper in [own for own in counts if own > level]:
            del counts[deeper]
        if _value(self._level(base, level), "w:numFmt") in ("bullet", "none"):
            return ""
        shown = _value(self._level(base, level), "w:lvlText") or ""
        for own in range(level + 1):
            count = counts.get(own, self._start(base, own))
            form = _value(self._level(base, own), "w:numFmt") or "decimal"
            shown = shown.replace(f"%{own + 1}", _written(count, form))
        return shown.strip()

    def _level(self, base: str, level: int) -> Any:
        for element in self.abstract[base].findall(qn("w:lvl")):
            if element.get(qn("w:ilvl")) == str(level):
                return element
        return None

    def _start(self, base: str, level: int) -> int:
        return int(_value(self._level(base, level), "w:start") or 1)


def _value(element: Any, name: str) -> str | None:
    found = None if element is None else element.find(qn(name))
    return None if found is None else found.get(qn("w:val"))


def _written(count: int, form: str) -> str:
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        shown, rest = "", count
        for value, sign in _ROMAN:
            shown += sign * (rest // value)
            rest %= value
        return shown if form == "upperRoman" else shown.lower()
    return str(count)
