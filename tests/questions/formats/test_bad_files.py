"""Files that are too big, locked, broken, hostile or in no known form."""

from __future__ import annotations

import io
import os
import zipfile

import pytest

from questions.formats import opened
from questions.formats.registry import read_file
from questions.problems import ProblemsFound
from tests.questions.formats.files import Paper, codes, read, repacked, sheet

HEAD = ["Câu hỏi", "Đáp án A", "Đáp án B", "Đáp án đúng"]


def refused(folder, name, data):
    """Return code and line of the one reason why a file can't be read."""
    with pytest.raises(ProblemsFound) as found:
        read(folder, name, data)
    assert len(found.value.problems) == 1
    return found.value.problems[0].code, found.value.problems[0].line


def document():
    """Return a Word file with one question."""
    paper = Paper()
    paper.question(1, "A")
    return paper.data()


def package(**parts):
    """Return a zip package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_a_file_of_200_mb_is_refused_by_its_size(tmp_path, monkeypatch):
    """Not one byte of it is read."""
    path = tmp_path / "x.docx"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 200 * 2**20)
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda _: pytest.fail("was read"))
    with pytest.raises(ProblemsFound) as found:
        read_file(path)
    assert [one.code for one in found.value.problems] == ["open.too_big"]
    assert "200 MB" in str(found.value)


@pytest.mark.parametrize("name", ["x.docx", "x.xlsx", "x.zip"])
def test_locked_and_old_office_files_are_told_apart(tmp_path, name):
    """Both begin with the same bytes."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert refused(tmp_path, name, ole) == ("open.old_office", 0)
    locked = ole + "EncryptedPackage".encode("utf-16-le")
    assert refused(tmp_path, name, locked) == ("open.locked", 0)


@pytest.mark.parametrize("name", ["x.docx", "x.xlsx", "x.zip"])
def test_damaged_packages_are_refused(tmp_path, name):
    """Cut off, no package at all, or a part that doesn't unpack."""
    whole = document() if name == "x.docx" else sheet([HEAD, ["Hỏi?", "m", "h", "A"]])
    for data in (whole[: len(whole) // 2], b"PK\x03\x04" + bytes(50), b"khong phai"):
        assert refused(tmp_path, name, data)[0] in ("open.corrupt", "xml.broken")


def test_a_broken_part_is_no_crash(tmp_path):
    """Where the package is whole and its XML isn't."""
    assert refused(
        tmp_path, "x.docx", repacked(document(), {"word/document.xml": b"<w:document><w:body>"})
    ) == ("open.corrupt", 0)
    whole = sheet([HEAD, ["Hỏi?", "m", "h", "A"]])
    broken = repacked(whole, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"})
    assert refused(tmp_path, "x.xlsx", broken) == ("open.corrupt", 0)


def test_packages_of_another_kind_are_refused(tmp_path):
    """A workbook that is called .docx, a document that is called .xlsx."""
    book = sheet([HEAD, ["Hỏi?", "m", "h", "A"]])
    assert refused(tmp_path, "x.docx", book) == ("word.not_word", 0)
    assert refused(tmp_path, "x.xlsx", document()) == ("excel.not_excel", 0)


def test_zip_bombs_are_refused(tmp_path):
    """By ratio, by size, by number."""
    assert refused(tmp_path, "x.docx", package(a=bytes(5 * 2**20)))[0] == "open.bomb"
    many = package(**{f"p{n}": b"" for n in range(opened.MAX_MEMBERS + 1)})
    assert refused(tmp_path, "x.docx", many)[0] == "open.members"


def test_a_package_that_unpacks_too_big_is_refused(tmp_path, monkeypatch):
    """Also where no single part is suspicious."""
    monkeypatch.setattr(opened, "MAX_UNPACKED", 2**20)
    data = package(a=os.urandom(2**20), b=os.urandom(2**20))
    assert refused(tmp_path, "x.zip", data)[0] == "open.unpacked"


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x.xml", "C:x.xml", "a/../../x.xml"])
def test_parts_with_dangerous_names_are_refused(tmp_path, name):
    """Nothing is unpacked to the disk, and these aren't even looked at."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, "<x/>")
    assert refused(tmp_path, "x.zip", out.getvalue()) == ("open.member_name", 0)


BOMB = '<!DOCTYPE q [<!ENTITY a "b">]>'


@pytest.mark.parametrize("name", ["x.xml", "x.zip", "x.docx", "x.xlsx"])
def test_entities_are_refused_wherever_they_are(tmp_path, name):
    """In a file, in a package, in an office file."""
    data = {
        "x.xml": f"<?xml version='1.0'?>{BOMB}<quiz>&a;</quiz>".encode(),
        "x.zip": package(**{"a.xml": f"{BOMB}<assessmentItem/>"}),
        "x.docx": repacked(document(), {"word/document.xml": f"{BOMB}<x/>".encode()}),
        "x.xlsx": repacked(sheet([HEAD]), {"xl/workbook.xml": f"{BOMB}<x/>".encode("utf-16")}),
    }[name]
    assert refused(tmp_path, name, data) == ("xml.entities", 0)


def test_xml_that_is_broken_or_too_deep_is_refused(tmp_path):
    """With the line where it breaks."""
    assert refused(tmp_path, "x.xml", "<quiz>\n<question>\n</quiz>") == ("xml.broken", 3)
    deep = "<quiz>" + "<a>" * 100 + "</a>" * 100 + "</quiz>"
    assert refused(tmp_path, "x.xml", deep) == ("xml.deep", 0)
    assert refused(tmp_path, "x.xml", "<html/>") == ("xml.root", 0)


@pytest.mark.parametrize("name", ["x.gift", "x.aiken", "x.json", "x.md"])
def test_texts_in_other_encodings_are_refused_with_the_line(tmp_path, name):
    """The old Vietnamese code pages look like anything."""
    assert refused(tmp_path, name, b"mot\nhai\nb\xe8n\n") == ("open.encoding", 3)
    assert refused(tmp_path, name, b"mot\nh\0ai\n") == ("open.encoding", 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_texts_of_windows_are_read(tmp_path, encoding, newline):
    """With a mark at the start, or as Notepad's `Unicode`."""
    text = "Đúng?\nA) Đúng rồi\nB) Không\nANSWER: A\n".replace("\n", newline)
    reading = read(tmp_path, "x.txt", text.encode(encoding))
    assert (reading.drafts[0].data["stem"], codes(reading)) == ("Đúng?", [])


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x.docx", b"  \n", "open.empty"),
        ("x.pdf", b"%PDF", "open.unknown"),
        ("x.doc", b"chu", "open.old_office"),
        ("x.txt", b"chi la chu", "open.unsure"),
        ("x.json", b"[\n{", "json.broken"),
        ("x.json", b"[" * 200_000, "xml.deep"),
        ("x.zip", package(**{"a.txt": "x"}), "qti.no_items"),
    ],
)
def test_what_is_no_file_of_questions_is_refused(tmp_path, name, data, code):
    """Each with its own reason."""
    assert refused(tmp_path, name, data)[0] == code


def test_a_file_that_is_not_there_is_told(tmp_path):
    """As is a folder."""
    for path in (tmp_path / "khong.docx", tmp_path):
        with pytest.raises(ProblemsFound) as found:
            read_file(path)
        assert [one.code for one in found.value.problems] == ["open.missing"]
