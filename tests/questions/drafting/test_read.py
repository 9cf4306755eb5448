"""Documents are read within limits; what can't be read is refused with the reason."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdf
import pytest

from questions.drafting import read, read_document
from questions.formats import opened
from questions.problems import ProblemsFound
from tests.questions.drafting.conftest import pdf


def refusal(path: Path) -> str:
    """Return the code with which a file is refused."""
    with pytest.raises(ProblemsFound) as found:
        read_document(path)
    (problem,) = found.value.problems
    assert problem.file == path.name
    return problem.code.partition(".")[2]


def write(path: Path, raw: bytes) -> Path:
    """Write a file."""
    path.write_bytes(raw)
    return path


def archive(*parts: tuple[str, bytes]) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts:
            made.writestr(name, content)
    return out.getvalue()


def test_broken_lines_of_text_are_joined(letter: Path) -> None:
    """A blank line, a list's item and capitals begin a paragraph."""
    texts = [paragraph.text for paragraph in read_document(letter).paragraphs]
    assert texts[0] == "CƠ QUAN MẪU"
    assert any("đơn vị mẫu đã có 398 đại biểu" in text for text in texts)
    assert texts[-2:] == ["T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ", "Lê Thị Mẫu"]


def test_lines_above_a_document_stand_alone(tmp_path: Path) -> None:
    """Number, place and day, the motto: none of them is glued to a sentence."""
    head = ["Độc lập - Tự do - Hạnh phúc", "Số: 45/KH-UBND", "Hà Nội, ngày 12 tháng 3 năm 2026"]
    body = ["Đại hội họp ở Hà Nội, ngày 19 tháng 01 năm 2026", "và kết thúc sau năm ngày."]
    path = write(tmp_path / "a.txt", "\n".join([*head, *body]).encode())
    texts = [paragraph.text for paragraph in read_document(path).paragraphs]
    assert texts == [*head, " ".join(body)]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_texts_are_read(tmp_path: Path, coding: str) -> None:
    """With or without a mark of their own."""
    path = write(tmp_path / "a.txt", "Đơn vị mẫu".encode(coding))
    assert read_document(path).paragraphs[0].text == "Đơn vị mẫu"


def test_word_files_are_read_with_their_tables(word: Path) -> None:
    """A row of a table is a paragraph."""
    texts = [paragraph.text for paragraph in read_document(word).paragraphs]
    assert texts[1] == "Số đảng viên; 71.000 đảng viên"


def test_pdf_files_are_read_with_their_pages(tmp_path: Path) -> None:
    """The page is where a person looks it up."""
    path = write(tmp_path / "a.pdf", pdf("Trang mot.", "Trang hai."))
    assert [(one.text, one.page) for one in read_document(path).paragraphs] == [
        ("Trang mot.", 1),
        ("Trang hai.", 2),
    ]


def test_files_that_are_no_documents_are_refused(tmp_path: Path) -> None:
    """Each with its own reason."""
    assert refusal(tmp_path / "a.odt") == "kind"
    assert refusal(tmp_path / "a.txt") == "missing"
    assert refusal(write(tmp_path / "b.txt", b"   \n\n")) == "empty"
    assert refusal(write(tmp_path / "c.txt", b"m\xf4t\nhai")) == "encoding"
    assert refusal(write(tmp_path / "d.docx", b"PK not a zip")) == "corrupt"
    assert refusal(write(tmp_path / "e.docx", archive(("a.txt", b"x")))) == "corrupt"
    assert refusal(write(tmp_path / "f.pdf", b"%PDF-1.4 broken")) == "corrupt"
    assert refusal(write(tmp_path / "g.pdf", pdf(""))) == "empty"


def test_locked_files_are_refused(tmp_path: Path) -> None:
    """Word's, and PDF's."""
    assert refusal(write(tmp_path / "a.docx", opened._OLE + opened._LOCKED)) == "locked"
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Mot.")))
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert refusal(write(tmp_path / "b.pdf", out.getvalue())) == "locked"


def test_files_that_are_or_grow_too_large_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: Path
) -> None:
    """Before they are unpacked."""
    monkeypatch.setattr(opened, "MAX_UNPACKED", 1000)
    assert refusal(write(tmp_path / "a.docx", archive(("a.xml", b"0" * 2**20)))) == "unpacked"
    monkeypatch.setattr(opened, "MAX_MEMBERS", 1)
    assert refusal(write(tmp_path / "c.docx", archive(("a", b""), ("b", b"")))) == "members"
    monkeypatch.setattr(read, "MAX_PAGES", 1)
    assert refusal(write(tmp_path / "a.pdf", pdf("Mot.", "Hai."))) == "long"
    monkeypatch.setattr(opened, "MAX_FILE", 10)
    assert refusal(word) == "too_big"
    monkeypatch.setattr(opened, "MAX_FILE", 1000)
    monkeypatch.setattr(read, "MAX_LETTERS", 10)
    assert refusal(write(tmp_path / "b.txt", b"chu " * 20)) == "long"


def test_entities_are_refused(tmp_path: Path) -> None:
    """No document of an office declares any."""
    raw = archive(("word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'))
    assert refusal(write(tmp_path / "a.docx", raw)) == "entities"
