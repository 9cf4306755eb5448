"""The page that questions are printed from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from contest.cli import main
from questions.load import BANKS, read_bank
from questions.sheet import sheet
from tests.factories import EVERY_TYPE, typed

FOLDER = BANKS / "dai_hoi_xiv"


@pytest.mark.parametrize("type_", EVERY_TYPE)
def test_every_type_is_printed(type_: str) -> None:
    """With its stem; the markers' copy says more."""
    question = typed(type_)
    plain = sheet("Thử", [question], FOLDER)
    assert question.stem in plain
    assert len(sheet("Thử", [question], FOLDER, with_key=True)) > len(plain)


def test_a_text_is_text(tmp_path: Path) -> None:
    """Neither a script nor a picture from elsewhere comes in."""
    stem = "<script>alert(1)</script> <img src=x onerror=y> ![a](http://elsewhere/x.png)"
    page = sheet("<b>", [typed("single", stem=stem)], tmp_path)
    assert "<script" not in page
    assert "<img src=x" not in page
    assert "<b>" not in page


def test_the_kits_bank_can_be_printed(tmp_path: Path) -> None:
    """All of it, or a topic; every question once."""
    out = tmp_path / "in.html"
    result = CliRunner().invoke(main, ["print", "kit:dai_hoi_xiv", "--out", str(out), "--key"])
    assert result.exit_code == 0, result.output
    bank = read_bank(FOLDER, "").bank
    assert bank is not None
    assert len(re.findall("<section>", out.read_text(encoding="utf-8"))) == len(bank.questions)
    again = CliRunner().invoke(
        main, ["print", "kit:dai_hoi_xiv", "--out", str(out), "--topic", "dot_pha"]
    )
    assert again.exit_code == 0
    some = sum(question.topic == "dot_pha" for question in bank.questions)
    assert len(re.findall("<section>", out.read_text(encoding="utf-8"))) == some
