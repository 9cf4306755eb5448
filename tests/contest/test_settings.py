"""Settings: read once from the environment, and handed on with care."""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.settings import (
    CHECKOUT,
    CONTEST_VARIABLE,
    RESULTS_VARIABLE,
    TOKEN_VARIABLE,
    kernel_environment,
    lab_environment,
    read_settings,
)


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (CONTEST_VARIABLE, RESULTS_VARIABLE, TOKEN_VARIABLE):
        monkeypatch.delenv(name, raising=False)


def test_without_settings_the_sample_is_previewed() -> None:
    """In the checkout's own folder."""
    result = read_settings()
    assert (result.contest, result.token, result.results) == (CHECKOUT / "var" / "mau", None, None)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Contest, token and results."""
    monkeypatch.setenv(CONTEST_VARIABLE, "/tmp/x")
    monkeypatch.setenv(TOKEN_VARIABLE, "chìa")
    monkeypatch.setenv(RESULTS_VARIABLE, "/tmp/kq")
    result = read_settings()
    assert (result.contest, result.token, result.results) == (
        Path("/tmp/x"), "chìa", Path("/tmp/kq"),
    )  # fmt: skip


def test_token_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And shown by nothing that prints the settings."""
    monkeypatch.setenv(TOKEN_VARIABLE, "chìa")
    assert "chìa" not in repr(read_settings())
    assert read_settings().token is None


def test_kernel_gets_the_least_it_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the server's own environment but paths and language."""
    monkeypatch.setenv("MAT_KHAU", "bí mật")
    monkeypatch.setenv("LANG", "C.UTF-8")
    result = kernel_environment(tmp_path, "chìa")
    assert "MAT_KHAU" not in result
    assert result["LANG"] == "C.UTF-8"
    assert (result[TOKEN_VARIABLE], result[CONTEST_VARIABLE]) == ("chìa", str(tmp_path))


def test_lab_is_told_contest_and_results(tmp_path: Path) -> None:
    """On top of what is there."""
    result = lab_environment(tmp_path / "a", tmp_path / "b")
    assert (result[CONTEST_VARIABLE], result[RESULTS_VARIABLE]) == (
        str(tmp_path / "a"), str(tmp_path / "b"),
    )  # fmt: skip
    assert "PATH" in result
