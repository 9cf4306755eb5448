"""`timhieu import` and `timhieu export`, as organisers type them."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from contest.cli import main
from questions import load_bank
from tests.questions.conftest import folder
from tests.questions.formats.files import Paper

__all__ = ["folder"]


def run(*args):
    """Run a command; return its exit code and all it said."""
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.fixture
def paper(tmp_path):
    """A Word file with two good questions and one whose key isn't marked."""
    made = Paper()
    for index, right in enumerate(["B", "A", ""], 1):
        made.question(index, right)
    path = tmp_path / "de.docx"
    path.write_bytes(made.data())
    return path


def test_import_shows_and_writes_nothing(paper, folder):
    """Every question with its key, then what is wrong and what isn't sure."""
    before = {path.name: path.read_bytes() for path in folder.path.iterdir()}
    code, said = run("import", paper)
    assert code == 1
    assert "Có 1 lỗi phải sửa." in said
    assert "câu 1. [một đáp án] Nội dung thứ 1 là gì?\n    đúng: Ý B của câu 1" in said
    assert "chưa rõ đáp án" in said
    assert "lỗi: câu 3: không có phương án nào được đánh dấu." in said
    assert "Chưa ghi gì." in said
    assert {path.name: path.read_bytes() for path in folder.path.iterdir()} == before


def test_a_preview_without_errors_ends_well(paper):
    """Doubts are no errors."""
    assert run("import", paper, "--leave-out", 3)[0] == 0


def test_check_takes_a_banks_folder(folder):
    """Everything that is wrong is told with its place; a good bank ends well."""
    assert run("check", folder.path)[0] == 0
    folder.replace("chung.yml", "key: b", "key: x")
    code, said = run("check", folder.path)
    assert code == 1
    assert "chung.yml:" in said
    assert "Cách sửa" in said


def test_import_writes_when_asked_and_nothing_in_part(paper, folder):
    """First refused for one question, then written without it."""
    into = ["--into", folder.path, "--topic", "rieng", "--level", "recall"]
    before = folder.read("rieng.yml")
    code, said = run("import", paper, *into)
    assert (code, folder.read("rieng.yml")) == (1, before)
    assert "Đã ghi" not in said
    code, said = run("import", paper, *into, "--leave-out", 3)
    assert code == 0
    assert "Đã ghi 2 câu bản nháp" in said
    assert len(load_bank(folder.path).questions) == 5


def test_import_into_needs_a_topic_and_known_numbers(paper, folder):
    """Both told before anything is done."""
    assert run("import", paper, "--into", folder.path)[0] == 1
    code, said = run("import", paper, "--leave-out", 8)
    assert (code, "không có câu số 8" in said) == (1, True)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    """Without a traceback."""
    (tmp_path / "x.docx").write_bytes(b"khong phai Word")
    code, said = run("import", tmp_path / "x.docx")
    assert (code, "tệp hỏng" in said) == (1, True)


def test_export_lists_what_does_not_fit_or_skips_it(folder, tmp_path):
    """And never writes over a file."""
    out = tmp_path / "x.txt"
    code, said = run("export", folder.path, out, "--format", "aiken")
    assert (code, "c-2" in said, out.exists()) == (1, True, False)
    code, said = run("export", folder.path, out, "--format", "aiken", "--skip")
    assert (code, "Đã ghi 2 câu" in said, "c-2" in said) == (0, True, True)
    assert run("export", folder.path, out, "--format", "aiken", "--skip")[0] == 1
    assert run("import", out)[0] == 0


def test_export_writes_one_topic(folder, tmp_path):
    """A topic that isn't there is told."""
    code, said = run("export", folder.path, tmp_path / "x.md", "--format", "markdown",
                     "--topic", "rieng")  # fmt: skip
    assert (code, "Đã ghi 1 câu" in said) == (0, True)
    code, said = run("export", folder.path, tmp_path / "y.md", "--format", "markdown",
                     "--topic", "tho")  # fmt: skip
    assert (code, "tho" in said) == (1, True)
