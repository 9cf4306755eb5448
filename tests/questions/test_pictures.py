"""Pictures of questions: what they are, and which are refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from questions.canonical import sha256
from questions.load import load_bank, read_bank
from questions.model import Bank
from questions.pictures import MAX_BYTES, MAX_SIDE, PictureRefused, look, look_at
from tests.pictures import picture, put
from tests.questions.conftest import BankFolder


@pytest.mark.parametrize(
    ("name", "kind", "media"),
    [
        ("a.png", "PNG", "image/png"),
        ("a.JPG", "JPEG", "image/jpeg"),
        ("a.jpeg", "JPEG", "image/jpeg"),
        ("a.webp", "WEBP", "image/webp"),
    ],
)
def test_three_kinds_are_taken(name: str, kind: str, media: str) -> None:
    """With their size as a browser shows it."""
    data = picture(kind)
    found = look(name, data)
    assert (found.media, found.width, found.height) == (media, 40, 30)
    assert found.hash == sha256(data)


def test_a_turned_photograph_has_the_size_it_is_shown_with() -> None:
    """Phones store how they were held beside the picture."""
    turned = Image.Exif()
    turned[0x0112] = 6
    found = look("a.jpg", picture("JPEG", exif=turned))
    assert (found.width, found.height) == (30, 40)


def animation() -> bytes:
    """Return a picture that moves."""
    made = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(made, "PNG", save_all=True, append_images=frames[1:], duration=100)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture.kind"),
        ("a.gif", picture("GIF"), "picture.kind"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture.broken"),
        ("a.png", b"", "picture.broken"),
        ("a.png", picture()[:-30], "picture.broken"),
        ("a.jpg", picture("JPEG", (400, 400))[:700], "picture.broken"),
        ("a.png", picture("JPEG"), "picture.other_kind"),
        ("a.png", b"\0" * (MAX_BYTES + 1), "picture.too_large"),
        ("a.png", picture(size=(MAX_SIDE + 1, 1)), "picture.too_wide"),
        ("a.png", animation(), "picture.moves"),
    ],
)
def test_all_else_is_refused(name: str, data: bytes, code: str) -> None:
    """Before anything of it reaches a browser."""
    with pytest.raises(PictureRefused) as refused:
        look(name, data)
    assert refused.value.code == code


def test_a_picture_of_very_many_dots_is_refused_unread() -> None:
    """A small file may unpack to gigabytes."""
    data = bytearray(picture())
    head = b"IHDR" + struct.pack(">II", 30_000, 30_000) + data[24:29]
    data[12:33] = head + struct.pack(">I", zlib.crc32(head))
    with pytest.raises(PictureRefused) as refused:
        look("a.png", bytes(data))
    assert refused.value.code in ("picture.too_wide", "picture.broken")


def with_picture(folder: BankFolder, name: str = "x.png") -> None:
    """Let a question of the bank show a picture."""
    folder.replace("rieng.yml", "key: true", f"key: true\n    image: {{file: {name}, alt: Ảnh}}")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "question.no_image"),
        (b"x", "picture.broken"),
        (picture("JPEG"), "picture.other_kind"),
        (b"\0" * (MAX_BYTES + 1), "picture.too_large"),
    ],
)
def test_the_place_of_a_picture_that_cannot_be_shown_is_told(
    folder: BankFolder, data: bytes | None, code: str
) -> None:
    """With file and line, like anything else that is wrong."""
    with_picture(folder)
    if data is not None:
        put(folder.path, "x.png", data)
    (problem,) = read_bank(folder.path).errors
    assert problem.code == code
    line = folder.read("rieng.yml").split("image:")[0].count("\n") + 1
    assert (problem.file, problem.line) == ("rieng.yml", line)


def test_a_bank_knows_its_pictures_by_hash(folder: BankFolder) -> None:
    """What it was frozen with is read back; a bank without pictures says nothing of them."""
    assert "pictures" not in load_bank(folder.path).to_data()
    with_picture(folder)
    put(folder.path, "x.png", picture())
    bank = load_bank(folder.path)
    assert [one.hash for one in bank.pictures] == [sha256(picture())]
    assert Bank.from_data(bank.to_data()).pictures == bank.pictures


def test_another_picture_makes_a_draft(folder: BankFolder) -> None:
    """A reviewer has seen the old one only."""
    with_picture(folder)
    hashes = set()
    for size in ((40, 30), (41, 30)):
        put(folder.path, "x.png", picture(size=size))
        bank = load_bank(folder.path)
        (question,) = [one for one in bank.questions if one.image]
        hashes.add(bank.reviewed_hash(question))
    assert len(hashes) == 2


def test_a_file_that_has_not_changed_is_looked_at_once(folder: BankFolder) -> None:
    """Checking after every keystroke of an author costs nothing."""
    put(folder.path, "x.png", picture())
    path = folder.path / "anh" / "x.png"
    assert look_at(path) is look_at(path)
