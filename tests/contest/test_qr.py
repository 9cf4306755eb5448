"""QR codes of the units: one file each and a sheet to print; nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
import segno
from click.testing import CliRunner

from contest.cli import main
from contest.commands.qr import code_of, unit_address
from tests.factories import UNITS, write_contest

HOSTILE = UNITS + '"../x &<b>",Đơn vị <script>,khoi-b,Khối B,5\n'
BASE = "https://thi.example.vn"


def run(directory: Path, out: Path, *more: str) -> tuple[int, str]:
    """Run the command; return its exit code and what it says."""
    result = CliRunner().invoke(main, ["qr", str(directory), "--out", str(out), *more])
    return result.exit_code, result.output


def test_every_unit_has_a_code_and_stands_on_the_sheet(tmp_path: Path) -> None:
    """Whatever its id and name hold: file names are plain, text is text."""
    directory = write_contest(tmp_path / "c", units=HOSTILE).path
    code, said = run(directory, tmp_path / "qr", "--base-url", BASE)
    assert (code, "6 đơn vị" in said) == (0, True)
    files = sorted(path.name for path in (tmp_path / "qr").iterdir())
    assert len(files) == 7
    assert "in.html" in files
    assert not any(set(name) & set("/&<> ") for name in files)
    sheet = (tmp_path / "qr" / "in.html").read_text(encoding="utf-8")
    assert "<script>" not in sheet
    assert "Đơn vị &lt;script&gt;" in sheet
    assert "thuộc Khối mẫu A" in sheet


def test_the_code_holds_the_address_with_the_unit() -> None:
    """The id is quoted; a slash at the end of the address doesn't matter."""
    address = unit_address(f"{BASE}/", "xã 1&x=2/3")
    assert address == f"{BASE}/?don-vi=x%C3%A3%201%26x%3D2%2F3"
    assert code_of(address).startswith(b"<?xml")
    assert segno.make(address, error="m").version <= 8


@pytest.mark.parametrize(
    "base", ["thi.example.vn", "javascript:alert(1)", "https://x/?a=1", 'https://x/"><b>']
)
def test_what_is_no_address_is_refused(tmp_path: Path, base: str) -> None:
    """And so is no address at all, and a folder with something in it; nothing is written."""
    directory = write_contest(tmp_path / "c").path
    out = tmp_path / "qr"
    assert run(directory, out, "--base-url", base)[0] == 1
    assert "--base-url" in run(directory, out)[1]
    assert not out.exists()
    assert run(directory, directory, "--base-url", BASE)[0] == 1
