"""Settings: read from the environment, all of them by name, and nothing wrong passed over."""

from __future__ import annotations

from dataclasses import asdict, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from contest.settings import (
    CHECKOUT,
    CONTEST_VARIABLE,
    RESULTS_VARIABLE,
    BadSetting,
    ServerSettings,
    lab_environment,
    read_server_settings,
    read_settings,
)

NAMES = [field.name for field in fields(ServerSettings)]
GOOD: dict[str, tuple[str, Any]] = {
    "max_kernels": ("1", 1),
    "max_practice": ("3", 3),
    "per_visitor": (" 2 ", 2),
    "connect_seconds": ("0.5", 0.5),
    "grace_seconds": ("7", 7.0),
    "page_rate": ("2.5", 2.5),
    "page_burst": ("9", 9),
    "max_frame": ("1000", 1000),
    "max_unread": ("2000", 2000),
    "max_missed": ("3000", 3000),
    "address_rate": ("1e3", 1000.0),
    "address_burst": ("11", 11),
    "address_sockets": ("12", 12),
    "code_tries": ("13", 13),
    "address_code_tries": ("14", 14),
    "proof_bits": ("14", 14),
    "address_learners": ("15", 15),
    "trusted_proxies": (
        "127.0.0.1, 10.0.0.0/8,,::1",
        (ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("::1")),
    ),
    "metrics": ("[::1]:9100", "[::1]:9100"),
    "backup_folder": (" /var/sao_luu ", Path("/var/sao_luu")),
    "backup_minutes": ("15", 15),
    "backup_keep": ("3", 3),
}
NO_NUMBER = ("", "x", "0", "-1", "1.5", "1e3", "vô hạn")
NO_SECONDS = ("", "x", "0", "-1", "nan", "inf", "1e9")
BAD: dict[str, tuple[str, ...]] = {
    **{field.name: NO_NUMBER for field in fields(ServerSettings) if field.type == "int"},
    **{field.name: NO_SECONDS for field in fields(ServerSettings) if field.type == "float"},
    "trusted_proxies": ("proxy", "10.0.0.1/8", "10.0.0.0/33", "127.0.0.1;::1"),
    "backup_folder": ("sao_luu", "./sao_luu"),
    "metrics": ("9100", ":9100", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536"),
}


def variable(name: str) -> str:
    """Return the variable that sets a field."""
    return f"TIMHIEU_{name.upper()}"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (CONTEST_VARIABLE, RESULTS_VARIABLE, *map(variable, NAMES)):
        monkeypatch.delenv(name, raising=False)


def test_without_settings_the_sample_is_previewed() -> None:
    """In the checkout's own folder."""
    result = read_settings()
    assert (result.contest, result.results) == (CHECKOUT / "var" / "mau", None)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Contest and results."""
    monkeypatch.setenv(CONTEST_VARIABLE, "/tmp/x")
    monkeypatch.setenv(RESULTS_VARIABLE, "/tmp/kq")
    result = read_settings()
    assert (result.contest, result.results) == (Path("/tmp/x"), Path("/tmp/kq"))


def test_lab_is_told_contest_and_results(tmp_path: Path) -> None:
    """On top of what is there."""
    result = lab_environment(tmp_path / "a", tmp_path / "b")
    assert (result[CONTEST_VARIABLE], result[RESULTS_VARIABLE]) == (
        str(tmp_path / "a"), str(tmp_path / "b"),
    )  # fmt: skip
    assert "PATH" in result


# ---- the server's ----


def test_server_has_its_limits_without_any_variable() -> None:
    """Those of the class; and it listens for operators nowhere, and believes no proxy."""
    result = read_server_settings()
    assert result == ServerSettings()
    assert (result.metrics, result.trusted_proxies) == ("", ())


@pytest.mark.parametrize("name", NAMES)
def test_every_limit_is_set_by_its_variable(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """That one, and no other."""
    written, expected = GOOD[name]
    monkeypatch.setenv(variable(name), written)
    assert asdict(read_server_settings()) == {**asdict(ServerSettings()), name: expected}


@pytest.mark.parametrize("name", ["metrics", "trusted_proxies"])
def test_lists_and_addresses_may_be_empty(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there are none, as without the variable."""
    monkeypatch.setenv(variable(name), " ")
    assert read_server_settings() == ServerSettings()


@pytest.mark.parametrize(
    ("name", "written"), [(name, written) for name in NAMES for written in BAD[name]]
)
def test_value_that_can_not_be_read_is_named(
    name: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its variable, as it was written."""
    monkeypatch.setenv(variable(name), written)
    with pytest.raises(BadSetting) as caught:
        read_server_settings()
    assert str(caught.value) == f"{variable(name)}={written}"


def test_all_values_that_can_not_be_read_are_named_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One a line; the good ones aren't."""
    for name in NAMES:
        monkeypatch.setenv(variable(name), BAD[name][0])
    monkeypatch.setenv(variable("per_visitor"), "4")
    with pytest.raises(BadSetting) as caught:
        read_server_settings()
    assert str(caught.value).splitlines() == [
        f"{variable(name)}={BAD[name][0]}" for name in NAMES if name != "per_visitor"
    ]
