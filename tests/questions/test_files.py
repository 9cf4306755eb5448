"""Several files, all or none."""

from __future__ import annotations

import pytest

from questions.files import write_all


def test_texts_are_written_as_they_are(tmp_path):
    """UTF-8, newlines untouched."""
    write_all({tmp_path / "a": "một\r\n", tmp_path / "b": "hai\n"})
    assert (tmp_path / "a").read_bytes() == "một\r\n".encode()
    assert (tmp_path / "b").read_bytes() == b"hai\n"


def test_a_new_file_may_be_read_by_all(tmp_path):
    """Temporary files are private; what comes of them isn't."""
    write_all({tmp_path / "a": "x"})
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_where_one_folder_is_missing_nothing_is_written(tmp_path):
    """And nothing is left lying about."""
    (tmp_path / "a").write_text("cũ", encoding="utf-8")
    with pytest.raises(OSError):
        write_all({tmp_path / "a": "mới", tmp_path / "none" / "b": "x"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text(encoding="utf-8") == "cũ"
