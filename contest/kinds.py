"""The kinds of questions between page and store: what is shown, what may come back.

A page knows positions and texts only (docs/protocol.md); the store knows bank ids. Both
directions are here, one class per kind; what a page claims is never believed.
"""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar, Protocol

from contest.attempt import Refusal
from contest.draw import Item
from questions.canonical import nfc
from questions.numbers import readings

MAX_NUMBER = 40
MAX_TEXT = 200
MAX_ESSAY = 20_000
"""Characters of a typed number, short text or gap, and essay."""

Response = dict[str, Any]
"""Canonical, with bank ids; `grading.marks.mark` lists the keys."""


class NotAnAnswer(ValueError):
    """What a page sent can't be an answer to this question; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal)


class Kind(Protocol):
    """How questions of one kind are shown and answered.

    Attributes
    ----------
    view : str
        Name of the view that the page shows them with.
    """

    view: ClassVar[str]

    def fields(self, item: Item) -> dict[str, Any]:
        """Return what the page needs beside stem, hint and image: positions and texts."""

    def read(self, item: Item, chosen: Any) -> Response:
        """Return what a page sent as a response; its one value is empty where it clears.

        Raises
        ------
        NotAnAnswer
            Where it can't be an answer to this question.
        """

    def write(self, item: Item, response: Response) -> Any:
        """Return a response as the page sends it: the way back of `read`."""


class Choice:
    """Options to choose from."""

    view: ClassVar[str] = "choice"

    def fields(self, item: Item) -> dict[str, Any]:
        return {
            "many": item.question.many,
            "options": [option.text for option in item.options],
        }

    def read(self, item: Item, chosen: Any) -> Response:
        for position in _list(chosen):
            _position(position, item.options)
        if len(set(chosen)) != len(chosen) or (len(chosen) > 1 and not item.question.many):
            raise NotAnAnswer(Refusal.BAD_OPTION)
        return {"chosen": item.ids_at(chosen)}

    def write(self, item: Item, response: Response) -> Any:
        return item.positions_of(response["chosen"])


class Group:
    """Statements, each true or false."""

    view: ClassVar[str] = "group"

    def fields(self, item: Item) -> dict[str, Any]:
        return {"statements": [one.text for one in item.question.statements]}

    def read(self, item: Item, chosen: Any) -> Response:
        said = _slots(chosen, len(item.question.statements))
        if not all(value is None or isinstance(value, bool) for value in said):
            raise NotAnAnswer(Refusal.BAD_OPTION)
        pairs = zip(item.question.statements, said, strict=True)
        return {"statements": {one.id: value for one, value in pairs if value is not None}}

    def write(self, item: Item, response: Response) -> Any:
        return [response["statements"].get(one.id) for one in item.question.statements]


class Match:
    """Entries on the left, each with one on the right."""

    view: ClassVar[str] = "match"

    def fields(self, item: Item) -> dict[str, Any]:
        return {
            "left": [part.text for part in item.question.left],
            "right": [part.text for part in item.options],
        }

    def read(self, item: Item, chosen: Any) -> Response:
        made = {}
        for part, to in zip(
            item.question.left, _slots(chosen, len(item.question.left)), strict=True
        ):
            if to is not None:
                made[part.id] = _position(to, item.options).id
        return {"pairs": made}

    def write(self, item: Item, response: Response) -> Any:
        places = item.places()
        return [places.get(response["pairs"].get(part.id)) for part in item.question.left]


class Order:
    """Items to be put in order."""

    view: ClassVar[str] = "order"

    def fields(self, item: Item) -> dict[str, Any]:
        return {"items": [part.text for part in item.options]}

    def read(self, item: Item, chosen: Any) -> Response:
        ids = [_position(position, item.options).id for position in _list(chosen)]
        if ids and (len(ids) != len(item.options) or len(set(ids)) != len(ids)):
            raise NotAnAnswer(Refusal.BAD_OPTION)
        return {"order": ids}

    def write(self, item: Item, response: Response) -> Any:
        places = item.places()
        return [places[id_] for id_ in response["order"]]


class Number:
    """A number to be typed."""

    view: ClassVar[str] = "number"

    def fields(self, item: Item) -> dict[str, Any]:
        return {"unit": item.question.unit, "max": MAX_NUMBER}

    def read(self, item: Item, chosen: Any) -> Response:
        typed = _typed(chosen, MAX_NUMBER)
        if typed and not readings(typed, item.question.unit):
            raise NotAnAnswer(Refusal.BAD_NUMBER)
        return {"text": typed}

    def write(self, _item: Item, response: Response) -> Any:
        return response["text"]


class Text:
    """A short text to be typed."""

    view: ClassVar[str] = "text"

    def fields(self, _item: Item) -> dict[str, Any]:
        return {"max": MAX_TEXT}

    def read(self, _item: Item, chosen: Any) -> Response:
        return {"text": _typed(chosen, MAX_TEXT)}

    def write(self, _item: Item, response: Response) -> Any:
        return response["text"]


class Cloze:
    """A text with gaps; some are typed, some have options."""

    view: ClassVar[str] = "cloze"

    def fields(self, item: Item) -> dict[str, Any]:
        return {
            "pieces": item.question.pieces(),
            "gaps": [[part.text for part in options] or None for options in item.gaps],
            "max": MAX_TEXT,
        }

    def read(self, item: Item, chosen: Any) -> Response:
        filled = {}
        gaps = item.question.gaps_in_order()
        for gap, options, value in zip(gaps, item.gaps, _slots(chosen, len(gaps)), strict=True):
            if value is None or value == "":
                continue
            if options:
                filled[gap.id] = _position(value, options).id
            elif typed := _typed(value, MAX_TEXT):
                filled[gap.id] = typed
        return {"gaps": filled}

    def write(self, item: Item, response: Response) -> Any:
        found: list[Any] = []
        for gap, options in zip(item.question.gaps_in_order(), item.gaps, strict=True):
            value = response["gaps"].get(gap.id)
            places = {part.id: place for place, part in enumerate(options, start=1)}
            found.append(places[value] if options and value is not None else value)
        return found


class Essay:
    """A longer text to be typed."""

    view: ClassVar[str] = "essay"

    def fields(self, item: Item) -> dict[str, Any]:
        question = item.question
        return {
            "min_words": question.min_words, "max_words": question.max_words, "max": MAX_ESSAY
        }  # fmt: skip

    def read(self, _item: Item, chosen: Any) -> Response:
        return {"text": _typed(chosen, MAX_ESSAY, lines=True)}

    def write(self, _item: Item, response: Response) -> Any:
        return response["text"]


KINDS: dict[str, Kind] = {
    "choice": Choice(),
    "group": Group(),
    "match": Match(),
    "order": Order(),
    "number": Number(),
    "text": Text(),
    "cloze": Cloze(),
    "essay": Essay(),
}
"""Kind of question -> how it is shown and answered; docs/protocol.md lists the same."""


def kind_of(item: Item) -> Kind:
    """Return how the question of an item is shown and answered."""
    return KINDS[item.question.kind]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise NotAnAnswer(Refusal.BAD_MESSAGE)
    return value


def _slots(value: Any, count: int) -> list[Any]:
    if len(_list(value)) != count:
        raise NotAnAnswer(Refusal.BAD_OPTION)
    return value


def _position(value: Any, among: tuple[Any, ...]) -> Any:
    """Return what stands at a position that a page sent."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= len(among):
        raise NotAnAnswer(Refusal.BAD_OPTION)
    return among[value - 1]


def _typed(value: Any, limit: int, *, lines: bool = False) -> str:
    """Return typed text as it is kept: NFC, no control characters, no spaces at the ends."""
    if not isinstance(value, str):
        raise NotAnAnswer(Refusal.BAD_MESSAGE)
    if len(value) > 4 * limit:  # NFC shortens, but not as much as that
        raise NotAnAnswer(Refusal.TOO_LONG)
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not lines:
        value = value.replace("\n", " ")
    kinds = [unicodedata.category(sign) for sign in value]
    if "Cs" in kinds:  # half a sign, which no file can hold
        raise NotAnAnswer(Refusal.BAD_MESSAGE)
    seen = (s for s, kind in zip(value, kinds, strict=True) if kind != "Cc" or s == "\n")
    kept = nfc("".join(seen)).strip()
    if len(kept) > limit:
        raise NotAnAnswer(Refusal.TOO_LONG)
    return kept
