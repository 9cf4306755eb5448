"""Certificates: who is given one, what stands on it, and that nobody else can make one."""

from __future__ import annotations

import base64
import stat
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
import segno
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from contest.cli import main
from contest.documents_rules import Documents
from contest.papers.awards import awarded
from contest.papers.certificates import QR_DOTS, QR_MASK, Look, book, files
from contest.papers.result import read_result
from contest.papers.signed import (
    Certificate,
    NotCertified,
    private_key,
    public_key,
    public_text,
    signed,
    verified,
)  # fmt: skip
from contest.papers.words import clean
from tests.contest.papers.conftest import Made
from tests.contest.papers.graded import HOSTILE, RULES, graded, sittings, write_graded
from tests.contest.papers.reading import pages, squeezed

KEY = private_key(b"k" * 32)
PUBLIC = KEY.public_key()
ONE = Certificate(
    "0001/GCN", "Đặng Thị Ánh", "Đơn vị mẫu", "đạt giải Nhất", "Cuộc thi thử", "Kỳ 1", "BTC", "ab"
)
LETTERS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=60)


def run(*arguments: object):
    """Run a command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def certify(*arguments: object):
    """Run the command that makes certificates."""
    return run("certificates", *arguments, "--by", "Tổ Thư ký")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Return a contest directory with nothing but rules."""
    path = tmp_path / "cuoc_thi"
    path.mkdir()
    documents = {
        "place": "Lạng Sơn",
        "certificates": {"symbol": "GCN-BTC", "address": "https://thi.example.vn"},
    }
    written = yaml.safe_dump({**RULES, "documents": documents}, allow_unicode=True)
    (path / "the_le.yml").write_text(written, encoding="utf-8")
    return path


@given(parts=st.lists(LETTERS, min_size=8, max_size=8))
def test_signed_text_says_what_was_signed(parts: list[str]) -> None:
    """In composed letters, whatever a name holds."""
    one = Certificate(*parts)
    composed = [unicodedata.normalize("NFC", part) for part in parts]
    assert verified(signed(one, KEY), PUBLIC) == Certificate(*composed)


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_changed_bit_is_found(place: int, bit: int) -> None:
    """Of the fields as of the signature."""
    text = signed(ONE, KEY)
    raw = bytearray(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    raw[place % len(raw)] ^= 1 << bit
    changed = base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")
    with pytest.raises(NotCertified):
        verified(changed, PUBLIC)


@pytest.mark.parametrize("shown", ["", "a", "=" * 90, "A" * 90, "<script>", "A" * 5000, "é" * 90])
def test_anything_else_is_no_certificate(shown: str) -> None:
    """And no error either."""
    with pytest.raises(NotCertified):
        verified(shown, PUBLIC)


def test_another_key_signed_something_else() -> None:
    """A certificate of another contest isn't this one's."""
    with pytest.raises(NotCertified):
        verified(signed(ONE, private_key(b"x" * 32)), PUBLIC)


def test_address_and_plain_text_are_both_taken() -> None:
    """As QR codes hold them, also broken into lines by whoever copied them."""
    text = signed(ONE, KEY)
    for shown in (f"https://thi.example.vn/chung-nhan/{text}", f"TIMHIEU:{text[:50]}\n{text[50:]}"):
        assert verified(shown, PUBLIC) == ONE


def test_public_key_is_read_back() -> None:
    """64 digits; anything else isn't one."""
    assert public_text(public_key(public_text(PUBLIC))) == public_text(PUBLIC)
    with pytest.raises(ValueError):
        public_key("12")


def test_winners_are_numbered_by_round_prize_and_rank(made: Made) -> None:
    """Everybody with a prize and nobody else, in a row of numbers without gaps."""
    given = awarded(read_result(made.out), Documents())
    won = made.results.people[made.results.people["prize"].notna()]
    won = won.sort_values(["round", "rank"], kind="stable")
    assert [one.name for one in given] == [clean(name) for name in won["name"]]
    assert [one.number for one in given] == [f"{n:04}" for n in range(1, len(won) + 1)]
    assert given[0].award == "đạt giải Nhất"


@pytest.mark.parametrize(("who", "share"), [("share", "0.5"), ("all", "0")])
def test_rules_say_who_else_is_given_one(made: Made, who: str, share: str) -> None:
    """From a share of the score on, or all who are ranked."""
    documents = Documents.model_validate({"certificates": {"who": who, "share": share}})
    people = made.results.people
    ranked = people[people["rank"].notna()]
    enough = ranked[ranked["score"] * 10 >= ranked["max_score"] * int(float(share) * 10)]
    wanted = people["prize"].notna() | people.index.isin(enough.index)
    assert len(awarded(read_result(made.out), documents)) == wanted.sum()


def test_names_and_marks_stand_on_the_page(tmp_path: Path) -> None:
    """Also decomposed letters; a name too long is set smaller, and never runs off the page."""
    look = Look(Documents(body="Ban Tổ chức"), "CUỘC THI MẪU", 1_795_392_000_000)
    given = [Certificate(f"{n:04}", *[clean(name), *ONE_REST]) for n, name in enumerate(HOSTILE)]
    path = tmp_path / "x.pdf"
    path.write_bytes(book(given, look, KEY))
    shown = pages(path)
    assert len(shown) == len(HOSTILE)
    for one, page in zip(given, shown, strict=True):
        assert "GIẤY CHỨNG NHẬN" in page
        assert "CUỘC THI MẪU" in page
        if all(ord(letter) < 0x300 or 0x1E00 < ord(letter) < 0x2000 for letter in one.name):
            assert squeezed(one.name)[:60] in squeezed(page)
    assert "GIẤY KHEN" not in "".join(shown)
    assert "BẰNG KHEN" not in "".join(shown)
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[1]
        for page in PdfReader(path).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts <= {"Tinos", "TinosBold", "TinosItalic"}


ONE_REST = ("Đơn vị mẫu", "đạt giải Nhất", "Cuộc thi thử", "Kỳ 1", "Ban Tổ chức", "ab")


def test_qr_code_holds_the_signed_text() -> None:
    """The picture in the file is the code of the very text in its keywords."""
    look = Look(Documents(body="B"), "", 1_795_392_000_000)
    (content,) = files([ONE], look, KEY)
    reader = PdfReader(BytesIO(content))
    text = str(reader.metadata["/Keywords"])  # type: ignore[index]
    assert verified(text, PUBLIC) == ONE
    image = reader.pages[0].images[0].image.convert("L")  # type: ignore[union-attr]
    code = segno.make_qr(f"TIMHIEU:{text}", error="l", mask=QR_MASK, boost_error=False)
    small = image.resize((image.width // QR_DOTS,) * 2, Image.Resampling.NEAREST)
    assert [[int(small.getpixel((x, y)) < 128) for x in range(small.width)]
            for y in range(small.height)] == [list(row) for row in code.matrix]  # fmt: skip


def test_command_writes_files_register_and_key(directory: Path, made: Made, tmp_path: Path) -> None:
    """One file each; the check by command says what is certified; the key is kept secret."""
    result = certify(directory, made.out, "--to", tmp_path / "giay")
    assert result.exit_code == 0, result.output
    made_files = sorted((tmp_path / "giay").glob("*.pdf"))
    assert len(made_files) == made.results.people["prize"].notna().sum()
    secret = directory / "var" / "secrets" / "certificate"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    key = tmp_path / "giay" / "khoa_cong_khai.txt"
    checked = run("certificate", "check", made_files[0], "--key", key)
    assert checked.exit_code == 0
    assert checked.output.startswith("ĐÚNG. Số vào sổ 0001/GCN-BTC:")
    sheet = load_workbook(tmp_path / "giay" / "so_cap_giay_chung_nhan.xlsx").active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))  # type: ignore[union-attr]
    assert [row[0] for row in rows] == [f"{n:04}/GCN-BTC" for n in range(1, len(rows) + 1)]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)  # type: ignore[union-attr]


def register(folder: Path) -> dict[str, tuple[object, ...]]:
    """Return number -> whom and what for, of a register; every number stands there once."""
    sheet = load_workbook(folder / "so_cap_giay_chung_nhan.xlsx").active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))  # type: ignore[union-attr]
    found = {str(row[0]): row[1:5] for row in rows}
    assert len(found) == len(rows)
    return found


def test_no_number_is_given_twice(directory: Path, tmp_path: Path) -> None:
    """Rounds one by one; all of them together have the numbers that they have."""
    given: dict[str, tuple[object, ...]] = {}
    for round_id in ("ky-1", "ky-2"):
        out, to = tmp_path / round_id, tmp_path / f"giay-{round_id}"
        write_graded(out, graded([one for one in sittings() if one.round == round_id]))
        result = certify(directory, out, "--to", to)
        assert result.exit_code == 0, result.output
        new = register(to)
        assert not given.keys() & new.keys()
        assert f"{min(new)} đến {max(new)}" in result.output
        given |= new
    assert sorted(given) == [f"{n:04}/GCN-BTC" for n in range(1, len(given) + 1)]
    write_graded(tmp_path / "ca")
    result = certify(directory, tmp_path / "ca", "--to", tmp_path / "giay-ca")
    assert register(tmp_path / "giay-ca") == given
    assert f"{len(given)} giấy đã cấp từ trước, giữ số cũ." in result.output
    assert "Số vào sổ mới" not in result.output


def test_a_register_that_cannot_be_read_stops_it(
    directory: Path, made: Made, tmp_path: Path
) -> None:
    """Its numbers might be given again."""
    folder = directory / "var" / "chung_nhan"
    folder.mkdir(parents=True)
    (folder / "0123456789ab.json").write_text("{", encoding="utf-8")
    result = certify(directory, made.out, "--to", tmp_path / "giay")
    assert result.exit_code == 1
    assert "0123456789ab.json" in result.output
    assert not (tmp_path / "giay").exists()


def test_changed_certificate_ends_with_1() -> None:
    """And says so."""
    text = signed(ONE, KEY)
    result = run("certificate", "check", text[:-2] + "AA", "--key", public_text(PUBLIC))
    assert result.exit_code == 1
    assert "KHÔNG ĐÚNG" in result.output


def test_provisional_results_give_no_certificates(directory: Path, tmp_path: Path) -> None:
    """Nothing is written."""
    write_graded(tmp_path / "out", graded(), final=False)
    result = certify(directory, tmp_path / "out", "--to", tmp_path / "giay")
    assert result.exit_code == 1
    assert "tạm thời" in result.output
    assert not (tmp_path / "giay").exists()


def test_changed_result_is_refused_by_name(directory: Path, tmp_path: Path) -> None:
    """A name written into the list by hand gets no certificate."""
    write_graded(tmp_path / "out")
    path = tmp_path / "out" / "ca_nhan.csv"
    path.write_bytes(path.read_bytes().replace(b"nhat", b"nhi "))
    result = certify(directory, tmp_path / "out", "--to", tmp_path / "giay")
    assert result.exit_code == 1
    assert "ca_nhan.csv" in result.output
