"""A document's paragraphs, from text, Word or PDF, within limits."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from questions.canonical import nfc
from questions.drafting.lexicon import ENUMERATED, HEAD_LINE
from questions.drafting.messages import problem
from questions.formats.opened import Opened, open_file, text_of, unpack
from questions.problems import ProblemsFound

MAX_PAGES = 300
MAX_LETTERS = 2_000_000

_MARKS = re.compile(r"\*+|\\(?=\s|$)|<(?=https?:)|(?<=\S)>(?=[\s.,;]|$)")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its number in the document from 1, and its page where there are pages."""

    number: int
    text: str
    page: int | None = None


@dataclass(frozen=True)
class Document:
    """A document that was read; `name` is its file's name."""

    name: str
    paragraphs: tuple[Paragraph, ...]


def read_document(path: Path) -> Document:
    """Read a .txt, .docx or .pdf file.

    Raises
    ------
    ProblemsFound
        When it can't be read, is too large, locked, corrupt, a zip bomb, or has no text.
    """
    readers = {".txt": _text, ".docx": _word, ".pdf": _pdf}
    suffix = path.suffix.lower()
    if suffix not in readers:
        raise _refused("draft.kind", path.name, suffix=suffix or "?")
    opened = open_file(path)
    found = [
        Paragraph(number, text, page)
        for number, (text, page) in enumerate(_clean(readers[suffix](opened)), 1)
    ]
    if not found:
        raise _refused("draft.empty", path.name)
    return Document(path.name, tuple(found))


def _refused(code: str, name: str, **values: object) -> ProblemsFound:
    return ProblemsFound([problem(code, name, **values)])


_Part = tuple[str, int | None]
"""(text, page)"""


def _clean(parts: Iterable[_Part]) -> Iterator[_Part]:
    for text, page in parts:
        shown = " ".join(_INVISIBLE.sub(" ", _MARKS.sub("", nfc(text))).split())
        if shown:
            yield shown, page


def _limited(opened: Opened, text: str) -> str:
    if len(text) > MAX_LETTERS:
        raise _refused("draft.long", opened.name, found=len(text), limit=MAX_LETTERS)
    return text


def _text(opened: Opened) -> Iterator[_Part]:
    return ((part, None) for part in unwrapped(_limited(opened, text_of(opened))))


def unwrapped(text: str) -> Iterator[str]:
    """Yield the paragraphs of text whose lines were broken to fit a page.

    A blank line, an item of a list, and a line in capitals begin a new one; the lines above a
    document that tell its number, place and day stand alone.
    """
    gathered: list[str] = []
    for line in [*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""]:
        shown = line.strip()
        begins = not shown or ENUMERATED.match(line) or shown.strip("* ").isupper()
        ended = bool(gathered) and (
            gathered[-1].strip("* ").isupper() or gathered[-1].endswith("\\")
        )
        begins = begins or HEAD_LINE.fullmatch(shown)
        ended = ended or (bool(gathered) and HEAD_LINE.fullmatch(gathered[-1]))
        if (
            gathered
            and (begins or ended)
            and not (shown.strip("* ").isupper() and gathered[-1].strip("* ").isupper())
        ):
            yield " ".join(gathered)
            gathered = []
        if shown:
            gathered.append(shown)
    if gathered:
        yield " ".join(gathered)


def _word(opened: Opened) -> Iterator[_Part]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    unpack(opened).close()
    try:
        word = docx.Document(io.BytesIO(opened.data))
        found: list[str] = []
        for block in word.iter_inner_content():
            if isinstance(block, Table):
                found += [_row(row) for row in block.rows]
            else:
                found.append(block.text)
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, AttributeError):
        raise opened.refuse("open.corrupt") from None
    _limited(opened, "".join(found))
    return ((text, None) for text in found)


def _row(row: object) -> str:
    cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))  # type: ignore[attr-defined]
    return "; ".join(cell for cell in cells if cell)


def _pdf(opened: Opened) -> Iterator[_Part]:
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import LimitReachedError

    try:
        reader = PdfReader(io.BytesIO(opened.data))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise opened.refuse("open.locked")
        pages = len(reader.pages)
        if pages > MAX_PAGES:
            raise _refused("draft.long", opened.name, found=pages, limit=MAX_PAGES)
        texts = []
        letters = 0
        for page in reader.pages:
            texts.append(page.extract_text())
            letters += len(texts[-1])
            if letters > MAX_LETTERS:
                raise _refused("draft.long", opened.name, found=letters, limit=MAX_LETTERS)
    except ProblemsFound:
        raise
    except LimitReachedError:
        raise opened.refuse("open.bomb", member="PDF") from None
    except Exception:  # a broken PDF makes its reader fail in any way
        raise opened.refuse("open.corrupt") from None
    return ((part, number) for number, text in enumerate(texts, 1) for part in unwrapped(text))
