"""Opening a file that anybody may have made: size, containers, encodings, before any parser."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from questions.formats.draft import problem
from questions.problems import Problem, ProblemsFound

MAX_FILE = 50 * 2**20
"""Bytes of a file that is read at all; bigger ones are refused by their size alone."""

MAX_TEXT = 20 * 2**20
"""Bytes of a file, or of one XML part of a package, that is parsed."""

MAX_UNPACKED = 300 * 2**20
MAX_MEMBERS = 20_000
MAX_RATIO = 200
"""How many times its packed size a part above 1 MB may have: beyond, it is a zip bomb."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True)
class Opened:
    """A file's bytes, and the folder that pictures named in it lie in."""

    name: str
    data: bytes = field(repr=False)
    folder: Path

    def refuse(self, code: str, line: int = 0, **values: object) -> ProblemsFound:
        """Return the exception that says why this file can't be read at all."""
        return ProblemsFound([problem(code, self.name, line, **values)])

    @property
    def is_zip(self) -> bool:
        """Whether the file is a package: .docx, .xlsx or .zip."""
        return self.data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def open_file(path: Path) -> Opened:
    """Return the bytes of a file that isn't too big.

    Raises
    ------
    ProblemsFound
        When there is none, it can't be read, it is empty, too big, locked or of an old kind.
    """
    opened = Opened(path.name, b"", path.parent)
    try:
        if not path.is_file():
            raise opened.refuse("open.missing")
        size = path.stat().st_size
        if size > MAX_FILE:
            shown = {"mb": size // 2**20, "limit": MAX_FILE // 2**20}
            raise opened.refuse("open.too_big", **shown)
        data = path.read_bytes()
    except OSError:
        raise opened.refuse("open.unreadable") from None
    if not data.strip():
        raise opened.refuse("open.empty")
    if data.startswith(_OLE):
        raise opened.refuse("open.locked" if _LOCKED in data else "open.old_office")
    return Opened(path.name, data, path.parent)


def text_of(opened: Opened) -> str:
    """Return the text of a file: UTF-8, or UTF-16 with its mark; line breaks as newlines.

    Raises
    ------
    ProblemsFound
        For any other encoding, with the line where it shows.
    """
    if len(opened.data) > MAX_TEXT:
        shown = {"mb": len(opened.data) // 2**20, "limit": MAX_TEXT // 2**20}
        raise opened.refuse("open.too_big", **shown)
    wide = opened.data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = opened.data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = 0 if wide else error.object.count(b"\n", 0, error.start) + 1
        raise opened.refuse("open.encoding", line) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise opened.refuse("open.encoding", text.count("\n", 0, text.index("\0")) + 1)
    return text


def unpack(opened: Opened) -> zipfile.ZipFile:
    """Return a package that is safe to hand to a library.

    Raises
    ------
    ProblemsFound
        With everything that is wrong with its parts.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(opened.data))
        problems = list(_parts(opened, package))
        if problems:
            raise ProblemsFound(problems)
        if package.testzip() is not None:
            raise opened.refuse("open.corrupt")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, ProblemsFound):
            raise
        raise opened.refuse("open.corrupt") from None
    except RuntimeError:  # a part needs a password
        raise opened.refuse("open.locked") from None
    for info in package.infolist():
        if is_xml(info.filename) and any(mark in package.read(info) for mark in _DOCTYPE):
            raise opened.refuse("xml.entities")
    return package


def is_xml(name: str) -> bool:
    """Return whether a part of a package is XML, by its name."""
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _parts(opened: Opened, package: zipfile.ZipFile) -> Iterator[Problem]:
    infos = package.infolist()
    if len(infos) > MAX_MEMBERS:
        yield problem("open.members", opened.name, n=len(infos), limit=MAX_MEMBERS)
    total = sum(info.file_size for info in infos)
    if total > MAX_UNPACKED:
        yield problem("open.unpacked", opened.name, mb=total // 2**20, limit=MAX_UNPACKED // 2**20)
    for info in infos[:MAX_MEMBERS]:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in info.filename:
            yield problem("open.member_name", opened.name, member=info.filename)
        elif info.flag_bits & 1:
            yield problem("open.locked", opened.name)
        elif _swells(info):
            yield problem("open.bomb", opened.name, member=info.filename)


def _swells(info: zipfile.ZipInfo) -> bool:
    """Return whether a part is far bigger unpacked than anybody's text is."""
    if info.file_size <= 2**20:
        return False
    if is_xml(info.filename) and info.file_size > MAX_TEXT:
        return True
    return info.file_size > MAX_RATIO * max(info.compress_size, 1)
