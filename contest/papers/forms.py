"""The three forms of administrative documents: head, number, signs, sizes. Data, not code."""

from __future__ import annotations

from dataclasses import dataclass

from contest.documents_rules import FormName
from contest.papers.messages import text


@dataclass(frozen=True)
class Form:
    """How documents of one kind of body look; lengths in mm, sizes in points.

    Attributes
    ----------
    head : tuple of (str, float, bool)
        Lines at the right of the head: text, size, bold.
    rule : float
        Length of the line under them.
    stars : str
        What stands under the issuing body instead of a line; empty: a line.
    body_size, superior_size, number_size, date_size, kind_size : float
    power : str
        On behalf of a collective: `TM.` or `T/M`.
    margins : tuple of float
        Top, right, bottom, left.
    summary_lower : bool
        Whether what stands under the name of the type begins with a small letter.
    """

    name: FormName
    head: tuple[tuple[str, float, bool], ...]
    rule: float
    stars: str
    superior_size: float
    number_size: float
    date_size: float
    kind_size: float
    body_size: float
    power: str
    margins: tuple[float, float, float, float]
    summary_lower: bool

    def number(self, number: str | None, code: str, symbol: str) -> str:
        """Return the line with the number; dots where it isn't known."""
        shown = text("word.number_blank") if number is None else f"{int(number):02}"
        return text(f"form.number.{self.name}", so=shown, loai=code, ky_hieu=symbol)

    def cited(self, number: str | None, code: str, symbol: str) -> str:
        """Return the number as other documents cite it: `05/QĐ-BTC`."""
        return self.number(number, code, symbol).split(None, 1)[1]


FORMS: dict[str, Form] = {
    "state": Form(
        "state",
        ((text("form.state.1"), 12, True), (text("form.state.2"), 13, True)),
        57, "", 12, 13, 13, 14, 14, "TM.", (20, 15, 20, 30), False,
    ),
    "party": Form(
        "party",
        ((text("form.party.1"), 15, True),),
        73, "*", 13, 13, 13, 15, 14, "T/M", (20, 15, 20, 30), True,
    ),
    "youth": Form(
        "youth",
        ((text("form.youth.1"), 15, True),),
        79, "***", 13, 13, 13, 15, 14, "TM.", (20, 20, 20, 30), True,
    ),
}  # fmt: skip
