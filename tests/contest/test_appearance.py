"""`giao_dien.yml`: read strictly, every problem at once, and nothing of it needed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from contest.appearance import KITS_OWN, read_appearance
from contest.cli import main
from contest.directory import ContestDirectory
from contest.sample import init_directory
from questions.problems import ProblemsFound
from tests.factories import OPENS
from tests.pictures import picture

LOGO = picture(size=(120, 80))
BLUE = 'version: 1\ncolours:\n  light:\n    accent: "#0B5394"\n'


def write(folder: Path, text: str, logo: bytes | None = LOGO, name: str = "logo.png") -> Path:
    """Write the file, and a logo beside it."""
    (folder / "giao_dien.yml").write_text(text, encoding="utf-8")
    if logo is not None:
        (folder / name).write_bytes(logo)
    return folder


def found(folder: Path) -> list[tuple[int, str]]:
    """Return line and code of every problem."""
    return [(one.line, one.code) for one in read_appearance(folder)[1]]


def test_without_a_file_pages_look_as_the_kits(tmp_path: Path) -> None:
    """Nobody must have one."""
    assert read_appearance(tmp_path) == (KITS_OWN, [])


def test_the_file_that_init_writes_changes_nothing(tmp_path: Path) -> None:
    """All in it is commented; with the comments taken away it is right but for the logo."""
    init_directory(tmp_path / "mau", OPENS)
    assert read_appearance(tmp_path / "mau") == (KITS_OWN, [])
    file = tmp_path / "mau" / "giao_dien.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    told = [line[2:] if line.startswith(("# colours", "# logo", "# footer", "#  ")) else line
            for line in lines]  # fmt: skip
    file.write_text("\n".join(told), encoding="utf-8")
    assert [code for _, code in found(tmp_path / "mau")] == ["appearance.logo_missing"]
    (tmp_path / "mau" / "bieu_trung.png").write_bytes(LOGO)
    appearance, problems = read_appearance(tmp_path / "mau")
    assert problems == []
    assert "--accent: #0B5394;" in appearance.css
    assert appearance.footer.startswith("Ban Tổ chức")


def test_an_accent_is_enough(tmp_path: Path) -> None:
    """The other colours and the dark theme come from it; high contrast and print stay."""
    css = read_appearance(write(tmp_path, BLUE))[0].css
    assert css.count("--accent: #0B5394;") == 1
    assert css.count("--accent: #4F83B2;") == 2  # by choice, and by the device
    assert css.count("--accent: #FFEB3B;") == 2
    assert css.count("@media screen") == 3
    for name in set(css.replace(";", " ").split()):
        if name.startswith("--"):
            assert name in ("--accent:", "--accent-strong:", "--tint:", "--link:")


def test_a_logo_is_shown_with_its_words(tmp_path: Path) -> None:
    """In its own proportions, 40 px high."""
    text = "version: 1\nlogo:\n  file: logo.png\n  alt: Biểu trưng mẫu\n"
    appearance, problems = read_appearance(write(tmp_path, text))
    assert problems == []
    assert appearance.logo_data == LOGO
    assert (appearance.logo_size, appearance.logo_alt) == ((60, 40), "Biểu trưng mẫu")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("version: 2\n", [(1, "model.literal_error")]),
        ("colour: red\n", [(1, "model.extra_forbidden"), (1, "model.missing")]),
        ("version: 1\ncolours:\n  light:\n    accent: red\n", [(4, "model.colour")]),
        ("version: 1\ncolours:\n  light:\n    accent: #0B5394\n", [(4, "model.colour")]),
        ("version: 1\ncolours:\n  light:\n    accent: 123456\n", [(4, "model.colour")]),
        ('version: 1\ncolours:\n  dark:\n    accent: "#FFFFFF"\n', [(2, "model.missing")]),
        (BLUE + "    red: x\n", [(5, "model.extra_forbidden")]),
        ("version: 1\nlogo:\n  file: ../logo.png\n  alt: x\n",
         [(3, "model.string_pattern_mismatch")]),
        ("version: 1\nlogo:\n  file: logo.png\n", [(2, "model.missing")]),
        ("version: 1\nlogo:\n  file: logo.svg\n  alt: x\n", [(3, "picture.kind")]),
        ("version: 1\nlogo:\n  file: khac.png\n  alt: x\n", [(3, "appearance.logo_missing")]),
        ('version: 1\nfooter: ""\n', [(2, "model.string_too_short")]),
        ("version: 1\nversion: 1\n", [(2, "yaml.repeated")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, text: str, problems: list[tuple[int, str]]
) -> None:
    """And nothing of the file is used."""
    write(tmp_path, text, b"<svg/>", "logo.svg")
    write(tmp_path, text)
    assert sorted(found(tmp_path)) == problems
    assert read_appearance(tmp_path)[0] == KITS_OWN


@pytest.mark.parametrize(
    ("logo", "code"),
    [
        (b"no picture", "picture.broken"),
        (picture("JPEG", (80, 80)), "picture.other_kind"),
        (picture(size=(20, 20)), "appearance.logo_size"),
        (picture(size=(1001, 100)), "appearance.logo_size"),
        (picture(size=(80, 80)) + b"\0" * 100_000, "appearance.logo_heavy"),
    ],
)
def test_a_logo_that_cannot_be_shown_is_refused(tmp_path: Path, logo: bytes, code: str) -> None:
    """Broken, of another kind, too small, too large, too heavy."""
    write(tmp_path, "version: 1\nlogo:\n  file: logo.png\n  alt: x\n", logo)
    assert found(tmp_path) == [(3, code)]


def test_a_link_out_of_the_folder_is_no_logo(tmp_path: Path) -> None:
    """Whatever it leads to isn't shown to everybody."""
    (tmp_path / "secret.png").write_bytes(LOGO)
    folder = tmp_path / "cuoc_thi"
    folder.mkdir()
    (folder / "logo.png").symlink_to(tmp_path / "secret.png")
    write(folder, "version: 1\nlogo:\n  file: logo.png\n  alt: x\n", None)
    assert found(folder) == [(3, "appearance.logo_missing")]


def test_check_names_a_colour_that_passes(directory: ContestDirectory) -> None:
    """With the file, the line, and in the end that very colour is taken."""
    bad = BLUE.replace("#0B5394", "#FFCC00")
    write(directory.path, bad + '  dark:\n    accent: "#0B5394"\n')
    result = CliRunner().invoke(main, ["check", str(directory.path)])
    assert result.exit_code == 1
    words = " ".join(result.output.split())
    assert "giao_dien.yml:4:" in words
    assert "giao_dien.yml:6:" in words
    assert "màu accent #FFCC00 chỉ tương phản 1,51 với chữ trên nút (#FFFFFF), cần ít nhất 4,5" in (
        words
    )
    assert 'dùng màu gần nhất đạt yêu cầu: "#8F7300"' in words
    with pytest.raises(ProblemsFound):
        directory.load()
    write(directory.path, BLUE.replace("#0B5394", "#8F7300"))
    assert "--accent: #8F7300;" in directory.load().appearance.css
