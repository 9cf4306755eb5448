"""HTML of other programs -> the bank's Markdown, and what of it the bank doesn't take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from questions.formats.texts import escape, from_plain, tidy
from questions.markup import ACTIVE

_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_KEPT = {"sup", "sub"}
_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "table", "prompt"}
_SILENT = {"span", "font", "a", "tbody", "thead", "td", "th", "html", "body", "u",
           "itembody", "section", "label", "center", "small", "big", "abbr"}  # fmt: skip
_DROPPED = {"script", "style", "iframe", "object", "embed", "form", "svg", "head", "title"}


@dataclass
class Converted:
    """Markdown, the pictures it named (address, alt), and tags that were left out."""

    text: str
    pictures: list[tuple[str, str]] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    active: bool = False


def to_markdown(value: str) -> Converted:
    """Convert an HTML fragment.

    Bold, italic, code, raised and lowered signs, paragraphs, breaks and lists become Markdown;
    pictures are taken out; whatever else is formatting is dropped and named. Scripts and
    the like set `active`.
    """
    parser = _Parser()
    parser.feed(value)
    parser.close()
    result = parser.result()
    result.active = result.active or bool(ACTIVE.search(value))
    return result


def _first(start: str | None) -> int:
    """Return the number that a list says it begins with; 1 where it says nothing usable."""
    told = start or ""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 1


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, bool]] = []  # (piece, is text)
        self.pictures: list[tuple[str, str]] = []
        self.dropped: list[str] = []
        self.active = False
        self.silenced = 0
        self.lists: list[int | None] = []

    def mark(self, piece: str) -> None:
        self.parts.append((piece, False))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if any(name.startswith("on") for name in given):
            self.active = True
        if tag in _DROPPED:
            self.active = True
            self.silenced += 1
        elif tag in _MARKS:
            self.mark(_MARKS[tag])
        elif tag in _KEPT:
            self.mark(f"<{tag}>")
        elif tag == "br":
            self.mark("\n")
        elif tag in _BLOCKS:
            self.mark("\n\n")
        elif tag in ("ul", "ol"):
            self.lists.append(_first(given.get("start")) if tag == "ol" else None)
            self.mark("\n\n")
        elif tag == "li":
            self.item()
        elif tag == "img":
            self.pictures.append((given.get("src") or "", (given.get("alt") or "").strip()))
        elif tag not in _SILENT:
            self.dropped.append(tag)
        if tag in ("u", "a"):
            self.dropped.append(tag)

    def item(self) -> None:
        number = self.lists[-1] if self.lists else None
        if number is not None:
            self.lists[-1] = number + 1
        self.mark("\n- " if number is None else f"\n{number}. ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ("br", "img"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            self.silenced = max(0, self.silenced - 1)
        elif tag in _MARKS:
            self.mark(_MARKS[tag])
        elif tag in _KEPT:
            self.mark(f"</{tag}>")
        elif tag in _BLOCKS:
            self.mark("\n\n")
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self.mark("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silenced:
            self.parts.append((" ".join(data.split("\n")), True))

    def result(self) -> Converted:
        plain = not any(not is_text and piece.strip() for piece, is_text in self.parts)
        treat: Callable[[str], str] = str if plain else escape
        text = "".join(treat(piece) if is_text else piece for piece, is_text in self.parts)
        text = from_plain(text) if plain else tidy(text)
        return Converted(text, self.pictures, list(dict.fromkeys(self.dropped)), self.active)
