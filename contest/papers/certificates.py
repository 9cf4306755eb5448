"""Certificates as PDF pages: one book, or one file each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fpdf import FPDF
from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter

from contest.appearance import read_appearance
from contest.documents_rules import Documents
from contest.papers.fonts import cut
from contest.papers.forms import FORMS
from contest.papers.messages import text
from contest.papers.pages import FAMILY, printable
from contest.papers.signed import PATH, Certificate, signed
from contest.papers.words import clean, long_day
from questions.problems import ProblemsFound

FACES = ("", "B", "I")
RED = (176, 24, 30)
GOLD = (150, 112, 30)
QR_SIZE = 34.0
QR_DOTS = 4
"""Pixels of one module: enough that no viewer blurs it."""

QR_MASK = 3
"""Any mask can be read; trying all eight takes five times as long."""

_SHADES = bytes([255, 0]) + bytes(254)
"""A module of a QR code, 0 or 1 -> a pixel."""

CHUNK = 500
"""Certificates of one book before it is taken apart into files."""


@dataclass(frozen=True)
class Look:
    """What all certificates of a run share.

    Attributes
    ----------
    documents : Documents
        Form, signer, number and date of the decision.
    marks : str
        What every page bears; may be empty.
    as_of : int
        The date of the files, milliseconds UTC.
    logo : Path or None
    """

    documents: Documents
    marks: str
    as_of: int
    logo: Path | None = None


class BadLogo(ValueError):
    """The picture that certificates shall bear can't be read; the message is its name."""


def logo_of(directory: Path, documents: Documents) -> Path | None:
    """Return the logo of a contest's certificates: their own, else the one that its pages show.

    Raises
    ------
    BadLogo
        Where it isn't a picture in the contest's folder.
    ProblemsFound
        Where what the pages show can't be read.
    """
    name = documents.certificates.logo
    if name is None:
        appearance, problems = read_appearance(directory)
        if problems:
            raise ProblemsFound(problems)
        if appearance.logo is None:
            return None
        name = appearance.logo.file
    path = (directory / name).resolve()
    try:
        with Image.open(path) as image:
            image.verify()
    except (OSError, UnidentifiedImageError, SyntaxError):
        raise BadLogo(name) from None
    if not path.is_relative_to(directory.resolve()):
        raise BadLogo(name)
    return path


def book(
    certificates: Sequence[Certificate],
    look: Look,
    key: Ed25519PrivateKey,
    told: Callable[[], object] = lambda: None,
) -> bytes:
    """Return one PDF with a page for each certificate; `told` is called after each."""
    with TemporaryDirectory() as folder:
        fonts = _fonts(certificates, look, Path(folder))
        return _book([(one, signed(one, key)) for one in certificates], look, fonts, told)


def files(
    certificates: Sequence[Certificate],
    look: Look,
    key: Ed25519PrivateKey,
    told: Callable[[], object] = lambda: None,
) -> Iterator[bytes]:
    """Yield one PDF for each certificate; its keywords hold the signed text."""
    with TemporaryDirectory() as folder:
        fonts = _fonts(certificates, look, Path(folder))
        for start in range(0, len(certificates), CHUNK):
            part = [(one, signed(one, key)) for one in certificates[start : start + CHUNK]]
            reader = PdfReader(BytesIO(_book(part, look, fonts, told)))
            for page, (one, shown) in zip(reader.pages, part, strict=True):
                writer = PdfWriter()
                writer.add_page(page)
                writer.add_metadata(
                    {
                        "/Title": text("certificate.title", so=one.number),
                        "/Keywords": shown,
                        "/Producer": "timhieu",
                    }
                )
                out = BytesIO()
                writer.write(out)
                yield out.getvalue()


def _fonts(certificates: Sequence[Certificate], look: Look, folder: Path) -> dict[str, Path]:
    """Return the faces with only the letters that this run needs."""
    letters = set(_fixed(look))
    for one in certificates:
        letters.update(*astuple(one))
    return cut(letters, folder, FACES)


def _fixed(look: Look) -> str:
    """Return every letter that may stand on a certificate besides its own fields."""
    form = FORMS[look.documents.form]
    shown = [line for line, _, _ in form.head]
    shown += [text(key, **_ALL) for key in _TEXTS]
    shown += [
        look.marks,
        *_signer(look.documents),
        _dated(look.documents),
        _decided(look.documents),
    ]
    return "".join(shown) + "0123456789…,./:-–“”()"


_TEXTS = (
    "certificate.kind", "certificate.certifies", "certificate.register", "certificate.check",
    "certificate.decided", "version",
)  # fmt: skip
_ALL = {"so": "", "ma": "", "ngay": ""}


def _signer(documents: Documents) -> list[str]:
    head = documents.signers.head
    form = FORMS[documents.form]
    body = clean(documents.body or "").upper()
    behalf = clean(head.authority) if head.authority else f"{form.power} {body}".strip()
    post = clean(head.post or text("head.post")).upper()
    return [behalf, post, clean(head.host_post or "").upper(), clean(head.name or text("blank"))]


def _dated(documents: Documents) -> str:
    place = clean(documents.place or text("word.number_blank"))
    return text("word.place_date", noi=place, ngay=long_day(documents.decision.date))


def _decided(documents: Documents) -> str:
    form = FORMS[documents.form]
    number = form.cited(documents.decision.number, text("code.decision"), documents.symbol)
    return text("certificate.decided", so=number, ngay=long_day(documents.decision.date))


def _book(
    certificates: Sequence[tuple[Certificate, str]],
    look: Look,
    fonts: dict[str, Path],
    told: Callable[[], object],
) -> bytes:
    pdf = FPDF(orientation="L", unit="mm", format="A4")
    for face, path in fonts.items():
        pdf.add_font(FAMILY, face, path)
    pdf.set_auto_page_break(False)
    moment = datetime.datetime.fromtimestamp(look.as_of // 1000, tz=datetime.UTC)
    pdf.set_creation_date(moment)
    pdf.set_producer("timhieu")
    pdf.set_title(text("certificate.kind"))
    pdf.set_lang("vi-VN")
    for one, shown in certificates:
        _Sheet(pdf, look).draw(one, shown)
        told()
    return bytes(pdf.output())


class _Sheet:
    """One certificate on an A4 page, landscape."""

    def __init__(self, pdf: FPDF, look: Look) -> None:
        self.pdf, self.look = pdf, look
        self.form = FORMS[look.documents.form]
        pdf.add_page()

    def draw(self, one: Certificate, shown: str) -> None:
        """Draw everything; `shown` is the signed text."""
        self._frame()
        y = 23.0
        for line, size, bold in self.form.head:
            self._centred(line, y, size + 1, "B" if bold else "")
            y += 6.5
        self._rule(y - 3.6, self.form.rule)
        self._centred(one.body.upper(), 48, 16, "B")
        self.pdf.set_text_color(*RED)
        self._centred(text("certificate.kind"), 65, 36, "B")
        self.pdf.set_text_color(0)
        self._centred(text("certificate.certifies"), 77, 15, "I")
        self._centred(one.name, 92, 28, "B", lowest=15)
        if one.unit:
            self._centred(one.unit, 103, 16, "")
        award = text("certificate.award", viec=one.award, ky=one.round)
        self._centred(award[:1].upper() + award[1:], 114, 18, "B")
        self._centred(one.contest, 124, 16, "")
        self._left(one, shown)
        self._right()

    def _frame(self) -> None:
        pdf = self.pdf
        pdf.set_draw_color(*GOLD)
        for inset, width in ((9, 1.2), (11.5, 0.3)):
            pdf.set_line_width(width)
            pdf.rect(inset, inset, pdf.w - 2 * inset, pdf.h - 2 * inset)
        pdf.set_draw_color(0)
        if self.look.logo is not None:
            pdf.image(self.look.logo, 22, 17, h=24, keep_aspect_ratio=True)
        if self.look.marks:
            self._centred(self.look.marks, 15.5, 9, "B")

    def _left(self, one: Certificate, shown: str) -> None:
        pdf = self.pdf
        documents = self.look.documents
        address = documents.certificates.address
        held = f"{address.rstrip('/')}{PATH}{shown}" if address else f"TIMHIEU:{shown}"
        x, y = 24.0, 136.0
        pdf.image(_qr(held), x, y, QR_SIZE, QR_SIZE, link=held if address else "")
        lines = [
            (_decided(documents), "", 11.0),
            (text("certificate.register", so=one.number), "", 11.0),
            (text("certificate.check"), "I", 9.0),
            (text("version", ma=one.version), "I", 9.0),
        ]
        at = y + QR_SIZE + 4.5
        for line, face, size in lines:
            self._at(line, x, at, face, size, 130)
            at += 4.8

    def _right(self) -> None:
        behalf, post, host, name = _signer(self.look.documents)
        x, width = 160.0, 112.0
        y = 138.0
        for line, face, size in (
            (_dated(self.look.documents), "I", 13.0),
            (behalf, "B", 13.0),
            (post, "B", 13.0),
        ):
            self._centred(line, y, size, face, x=x, width=width, lowest=9)
            y += 6
        if host:
            self._centred(host, 185, 12, "B", x=x, width=width, lowest=9)
        self._centred(name, 192, 14, "B", x=x, width=width)

    def _centred(
        self, shown: str, y: float, size: float, face: str, *, x: float = 0.0,
        width: float | None = None, lowest: float = 11,
    ) -> None:  # fmt: skip
        """Draw a line in the middle, smaller where it would be too wide, and cut at last."""
        width = self.pdf.w if width is None else width
        room = width - (48 if x == 0.0 else 0)
        shown, size, taken = self._fitted(shown, face, size, room, lowest)
        self.pdf.text(x + (width - taken) / 2, y, shown)

    def _at(self, shown: str, x: float, y: float, face: str, size: float, room: float) -> None:
        shown, _, _ = self._fitted(shown, face, size, room, 7)
        self.pdf.text(x, y, shown)

    def _fitted(
        self, shown: str, face: str, size: float, room: float, lowest: float
    ) -> tuple[str, float, float]:
        shown = printable(shown)
        self.pdf.set_font(FAMILY, face, size)
        taken = self.pdf.get_string_width(shown)
        if taken > room:
            size = max(lowest, size * room / taken)
            self.pdf.set_font(FAMILY, face, size)
            while (taken := self.pdf.get_string_width(shown)) > room and len(shown) > 1:
                shown = shown[:-2].rstrip() + "…"
        return shown, size, taken

    def _rule(self, y: float, length: float) -> None:
        self.pdf.set_line_width(0.3)
        middle = self.pdf.w / 2
        self.pdf.line(middle - length / 2, y, middle + length / 2, y)


def _qr(held: str) -> Image.Image:
    """Return a QR code of what it shall hold."""
    code = segno.make_qr(held, error="l", mask=QR_MASK, boost_error=False)
    rows = [bytes(row).translate(_SHADES) for row in code.matrix]  # the paper is the quiet zone
    image = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    wide = (image.width * QR_DOTS, image.height * QR_DOTS)
    return image.resize(wide, Image.Resampling.NEAREST).convert("1")
