"""Rulings in words, as the command line and the desk list them."""

from __future__ import annotations

from contest.clock import local
from contest.rulings.case import undone_by
from contest.rulings.decided import value_of
from contest.rulings.messages import text
from contest.rulings.models import Ruling


def told_rulings(rulings: list[Ruling]) -> list[str]:
    """Return rulings in words, two lines each, in their order."""
    undone = undone_by(rulings)
    return ["\n".join(_lines(ruling, undone.get(ruling.number))) for ruling in rulings]


def _lines(ruling: Ruling, undone: int | None) -> tuple[str, str]:
    body = ruling.body
    where = [] if body.round in (None, ruling.subject) else [body.round]
    values = [f"{key}={value}" for key, value in value_of(ruling).items() if value is not None]
    document = text("list.document", document=body.document) if body.document else ""
    return (
        text(
            "list.row",
            n=ruling.number,
            when=f"{local(ruling.at):%H:%M %d/%m/%Y}",
            kind=text(f"kind.{ruling.kind}"),
            what=" · ".join([ruling.subject, *where, *values]),
            state="" if undone is None else text("list.undone", by=undone),
        ),
        text("list.why", reason=body.reason, document=document, by=ruling.action.actor),
    )
