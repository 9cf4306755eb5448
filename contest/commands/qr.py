"""`timhieu qr`: a QR code for every unit, which opens the contest with that unit filled in."""

from __future__ import annotations

import io
import re
import unicodedata
from html import escape
from pathlib import Path
from urllib.parse import quote

import segno

from contest.directory import ContestDirectory
from contest.messages import text
from contest.units import Unit, Units, fold

SHEET = "in.html"
STYLE = (
    "body{font:11pt/1.35 system-ui,sans-serif;margin:0 auto;max-width:190mm;"
    "color:#000;background:#fff}"
    "ul{list-style:none;margin:0;padding:0;display:grid;gap:6mm;"
    "grid-template-columns:repeat(auto-fill,minmax(85mm,1fr))}"
    "li{border:.3mm solid #777;padding:4mm;text-align:center;break-inside:avoid;"
    "overflow-wrap:anywhere}"
    "img{inline-size:45mm;block-size:45mm}p{margin:1mm 0}@page{size:A4;margin:10mm}"
)


class CannotPrint(RuntimeError):
    """The codes can't be made; the message says why and what to do, in Vietnamese."""


def write_codes(directory: Path, base_url: str | None, out: Path) -> int:
    """Write an SVG for every unit and a sheet to print; return how many units there are.

    Raises
    ------
    CannotPrint
        Where the pages' address isn't known or isn't one, or the folder holds something already.
    ProblemsFound
        Where the contest's files have errors; nothing is written then.
    """
    contest = ContestDirectory(directory).load()
    base = base_url or contest.rules.documents.certificates.address
    if base is None:
        raise CannotPrint(text("cli.qr.no_address"))
    if not re.fullmatch(r"https?://[^\s/?#\"'<>]+(?:/[^\s?#\"'<>]*)?", base):
        raise CannotPrint(text("cli.qr.bad_address", address=base))
    if out.exists() and any(out.iterdir()):
        raise CannotPrint(text("cli.qr.not_empty", directory=out))
    out.mkdir(parents=True, exist_ok=True)
    cards = []
    for number, unit in enumerate(contest.units.listed, start=1):
        name = f"{number:04}-{_file_part(unit)}.svg"
        (out / name).write_bytes(code_of(unit_address(base, unit.unit_id)))
        cards.append(_card(contest.units, unit, name))
    page = _sheet(contest.rules.contest.title, base, cards)
    (out / SHEET).write_text(page, encoding="utf-8")
    return len(cards)


def unit_address(base: str, unit_id: str) -> str:
    """Return the address that opens the contest with a unit filled in."""
    return f"{base.rstrip('/')}/?don-vi={quote(unit_id, safe='')}"


def code_of(address: str) -> bytes:
    """Return an address' QR code as SVG, dark on white."""
    written = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        written, kind="svg", scale=8, border=4, light="white"
    )
    return written.getvalue()


def _file_part(unit: Unit) -> str:
    """Return a part of a file's name from a unit's id, in letters that every system takes."""
    plain = unicodedata.normalize("NFC", fold(unit.unit_id))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "don-vi"


def _card(units: Units, unit: Unit, name: str) -> str:
    above = [one.name for one in units.path(unit.unit_id)[1:]]
    below = f"<p>{escape(text('cli.qr.below', don_vi=', '.join(above)))}</p>" if above else ""
    alt = escape(text("cli.qr.alt", don_vi=unit.name))
    return f'<li><img src="{name}" alt="{alt}"><p><b>{escape(unit.name)}</b></p>{below}</li>'


def _sheet(title: str, base: str, cards: list[str]) -> str:
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>"
        f"<h1>{escape(title)}</h1><p>{escape(text('cli.qr.how', address=base))}</p>"
        f"<ul>{''.join(cards)}</ul></main></body></html>\n"
    )
