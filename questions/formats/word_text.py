"""A .docx as lines of text in which every sign knows how it was formatted."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from questions.formats.opened import Opened, unpack
from questions.formats.word_numbers import Numbering

PICTURE = "\ue000"
FORMULA = "\ue001"
"""Signs that stand in a line where a picture or a formula does."""

NONE: frozenset[str] = frozenset()
_OLD_FONT = re.compile(r"\.Vn|VNI-")
_BLACK = {"auto", "000000"}
_BARE = {"auto", "ffffff", "none", "clear"}


@dataclass
class Line:
    """Text with the marks of each of its signs, and the pictures in it in their order."""

    text: str = ""
    marks: list[frozenset[str]] = field(default_factory=list)
    pictures: list[Embedded] = field(default_factory=list)

    def add(self, text: str, marks: frozenset[str] = NONE) -> None:
        """Append text whose signs all bear the same marks."""
        self.text += text
        self.marks += [marks] * len(text)

    def part(self, start: int, end: int | None = None) -> Line:
        """Return a piece of the line, with the pictures that stand in it."""
        end = len(self.text) if end is None else end
        before = self.text.count(PICTURE, 0, start)
        inside = self.text.count(PICTURE, start, end)
        return Line(
            self.text[start:end], self.marks[start:end], self.pictures[before : before + inside]
        )

    def share(self, mark: str) -> float:
        """Return which share of the letters and digits bear a mark."""
        bearing = [
            mark in marks
            for sign, marks in zip(self.text, self.marks, strict=True)
            if sign.isalnum()
        ]
        return sum(bearing) / len(bearing) if bearing else 0.0


def joined(lines: list[Line]) -> Line:
    """Return lines as one, with newlines between them."""
    whole = Line()
    for index, line in enumerate(lines):
        if index:
            whole.add("\n")
        whole.text += line.text
        whole.marks += line.marks
        whole.pictures += line.pictures
    return whole


@dataclass(frozen=True)
class Embedded:
    """A picture of the document: name, bytes (None where they are missing), description."""

    name: str
    data: bytes | None
    alt: str


@dataclass
class Table:
    """A table as a grid of lines; `merged` where cells span rows or columns."""

    rows: list[list[Line]]
    merged: bool

    def texts(self) -> list[list[str]]:
        """Return the texts of the cells."""
        return [[cell.text.strip() for cell in row] for row in self.rows]


@dataclass
class Content:
    """What stands in a document, and what about it can't be relied on (problem codes)."""

    blocks: list[Line | Table]
    faults: list[str]


def read_document(opened: Opened) -> Content:
    """Read the body of a .docx.

    Raises
    ------
    ProblemsFound
        When the file isn't a Word document or is damaged.
    """
    package = unpack(opened)
    if "word/document.xml" not in package.namelist():
        raise opened.refuse("word.not_word")
    try:
        document = Document(io.BytesIO(opened.data))
        walker = _Walker(document)
        blocks = list(walker.blocks(document.element.body))
    except Exception:
        # python-docx and lxml raise whatever a damaged part brings about
        raise opened.refuse("open.corrupt") from None
    return Content(blocks, walker.faults(document.element.body))


class _Walker:
    def __init__(self, document: Any) -> None:
        self.part = document.part
        self.numbering = Numbering(document)
        self.styles = {
            style.get(qn("w:styleId")): style
            for style in document.styles.element.findall(qn("w:style"))
        }
        self.known: dict[str | None, dict[str, bool | str]] = {None: {}}
        self.old_font = False

    def faults(self, body: Any) -> list[str]:
        """Return the codes of what makes the text differ from what its author sees."""
        tests = {
            "word.tracked": ("w:ins", "w:del", "w:moveFrom", "w:moveTo"),
            "word.textbox": ("w:txbxContent",),
        }
        found = [
            code
            for code, names in tests.items()
            if any(element.find(f".//{qn('w:r')}") is not None
                   for name in names for element in body.iter(qn(name)))
        ]  # fmt: skip
        return [*found, "word.old_font"] if self.old_font else found

    def blocks(self, parent: Any) -> Iterator[Line | Table]:
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self.paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield self.table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")):
                yield from self.blocks(child)

    def table(self, element: Any) -> Table:
        rows = []
        for row in element.iter(qn("w:tr")):
            cells = [cell for cell in row.iter(qn("w:tc")) if _owner(cell) is row]
            rows.append([joined(self.cell(cell)) for cell in cells])
        merged = any(
            element.find(f".//{qn(name)}") is not None for name in ("w:gridSpan", "w:vMerge")
        )
        return Table(rows, merged)

    def cell(self, element: Any) -> list[Line]:
        lines: list[Line] = []
        for block in self.blocks(element):
            if isinstance(block, Line):
                lines.append(block)
            else:
                lines += [cell for row in block.rows for cell in row]
        return lines

    def paragraph(self, element: Any) -> Iterator[Line]:
        """Yield the lines of a paragraph; its automatic number stands in front as text."""
        properties = element.find(qn("w:pPr"))
        style = _value(properties, "w:pStyle")
        base = self.style(style)
        line = Line()
        number = self.numbering.label(properties, self._style_chain(style))
        if number:
            own = properties.find(qn("w:rPr")) if properties is not None else None
            line.add(f"{number} ", self.marks(own, base))
        for piece, marks, picture in self.pieces(element, base):
            if picture is not None:
                line.pictures.append(picture)
            parts = piece.split("\n")
            line.add(parts[0], marks)
            for part in parts[1:]:
                yield line
                line = Line()
                line.add(part, marks)
        yield line

    def pieces(
        self, element: Any, base: dict[str, bool | str]
    ) -> Iterator[tuple[str, frozenset[str], Embedded | None]]:
        for child in element:
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if name == "r":
                yield from self.run(child, base)
            elif name in ("oMath", "oMathPara"):
                yield FORMULA, NONE, None
            elif name in (
                "hyperlink",
                "smartTag",
                "sdt",
                "sdtContent",
                "fldSimple",
                "ins",
                "moveTo",
            ):
                yield from self.pieces(child, base)

    def run(
        self, element: Any, base: dict[str, bool | str]
    ) -> Iterator[tuple[str, frozenset[str], Embedded | None]]:
        properties = element.find(qn("w:rPr"))
        merged = {**base, **self.style(_value(properties, "w:rStyle"))}
        marks = self.marks(properties, merged)
        self._note_font(properties, element)
        signs = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
        for child in element:
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if name == "t":
                yield child.text or "", marks, None
            elif name in signs:
                yield signs[name], marks, None
            elif name in ("drawing", "pict", "object"):
                yield PICTURE, NONE, self.picture(child)
            elif name == "AlternateContent":
                drawn = child.find(f".//{qn('w:drawing')}")
                if drawn is not None and drawn.find(f".//{qn('a:blip')}") is not None:
                    yield PICTURE, NONE, self.picture(drawn)

    def picture(self, element: Any) -> Embedded:
        blip = element.find(f".//{qn('a:blip')}")
        drawn = element.find(f".//{qn('wp:docPr')}")
        alt = "" if drawn is None else drawn.get("descr", "")
        related = None if blip is None else blip.get(qn("r:embed"))
        part = self.part.related_parts.get(related) if related else None
        name = "" if part is None else part.partname.rpartition("/")[2]
        return Embedded(name or "?", None if part is None else part.blob, alt.strip())

    def _note_font(self, properties: Any, element: Any) -> None:
        fonts = None if properties is None else properties.find(qn("w:rFonts"))
        if fonts is not None and _OLD_FONT.match(fonts.get(qn("w:ascii")) or ""):
            self.old_font = self.old_font or element.find(qn("w:t")) is not None

    def marks(self, properties: Any, base: dict[str, bool | str]) -> frozenset[str]:
        """Return what singles out text of these properties: bold, italic, colour:… and so on."""
        found = {**base, **_own(properties)}
        return frozenset(
            name if value is True else f"{name}:{value}" for name, value in found.items() if value
        )

    def style(self, id_: str | None) -> dict[str, bool | str]:
        """Return the character properties that a style gives, with those it is based on."""
        if id_ not in self.known:
            merged: dict[str, bool | str] = {}
            for style in reversed(self._style_chain(id_)):
                merged.update(_own(style.find(qn("w:rPr"))))
            self.known[id_] = merged
        return self.known[id_]

    def _style_chain(self, id_: str | None) -> list[Any]:
        chain: list[Any] = []
        while id_ in self.styles and self.styles[id_] not in chain:
            chain.append(self.styles[id_])
            id_ = _value(self.styles[id_], "w:basedOn")
        return chain


def _owner(cell: Any) -> Any:
    above = cell.getparent()
    while above is not None and above.tag != qn("w:tr"):
        above = above.getparent()
    return above


def _value(element: Any, name: str) -> str | None:
    found = None if element is None else element.find(qn(name))
    return None if found is None else found.get(qn("w:val"))


def _own(properties: Any) -> dict[str, bool | str]:
    """Return the marks that run properties set or take away."""
    found: dict[str, bool | str] = {}
    if properties is None:
        return found
    for name, tag in (("bold", "w:b"), ("italic", "w:i")):
        if properties.find(qn(tag)) is not None:
            found[name] = _value(properties, tag) not in ("0", "false", "off")
    if properties.find(qn("w:u")) is not None:
        found["underline"] = _value(properties, "w:u") not in (None, "none")
    if properties.find(qn("w:color")) is not None:
        colour = (_value(properties, "w:color") or "auto").lower()
        found["colour"] = False if colour in _BLACK else colour
    if properties.find(qn("w:highlight")) is not None:
        lit = (_value(properties, "w:highlight") or "none").lower()
        found["highlight"] = False if lit in _BARE else lit
    shade = properties.find(qn("w:shd"))
    if shade is not None and not found.get("highlight"):
        fill = (shade.get(qn("w:fill")) or "auto").lower()
        found["highlight"] = False if fill in _BARE else fill
    return found
