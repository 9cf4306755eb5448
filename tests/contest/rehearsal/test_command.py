"""`timhieu rehearse`, as far as it serves nothing."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contest.cli import main
from contest.clock import SystemClock
from contest.commands import rehearse
from contest.directory import ContestDirectory
from contest.rehearsal.folder import RehearsalFolder
from contest.rehearsal.model import MINUTE
from questions.load import BANKS, load_bank
from tests.factories import DAY, HOUR, write_contest


def run(*arguments: object) -> Result:
    """Run `timhieu rehearse`."""
    return CliRunner().invoke(main, ["rehearse", *map(str, arguments)])


def opening_in(path: Path, ms: int) -> ContestDirectory:
    """Write a contest that opens so long from now."""
    now = SystemClock().now()
    return write_contest(path / "x", opens=now + ms, closes=now + ms + DAY)


@pytest.mark.parametrize("opens", [-HOUR, 5 * MINUTE])
def test_not_while_a_round_is_open_or_about_to_open(tmp_path: Path, opens: int) -> None:
    """Nothing is written then."""
    contest = opening_in(tmp_path, opens)
    result = run(contest.path, "--port", 0)
    assert result.exit_code == 1 and "mở trong 10 phút nữa" in result.output
    assert not contest.var.exists()


def test_not_longer_than_there_is_time(tmp_path: Path) -> None:
    """It says how long there is."""
    contest = opening_in(tmp_path, 40 * MINUTE + 30_000)
    result = run(contest.path, "--port", 0)
    assert result.exit_code == 1
    assert "nhiều nhất 30 phút" in result.output or "nhiều nhất 29 phút" in result.output


def test_bad_wishes_are_refused(tmp_path: Path) -> None:
    """An unknown round, a code that can't be typed, a folder without a contest."""
    contest = opening_in(tmp_path, DAY)
    assert "Có: ky-1" in run(contest.path, "--port", 0, "--round", "ky-9").output
    assert "Mã tham gia gồm" in run(contest.path, "--port", 0, "--code", "mã").output
    assert "thiếu the_le.yml" in run(tmp_path).output
    assert not RehearsalFolder(contest).exists


def test_public_questions_that_do_not_reach_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the way out; nothing is left."""
    few = load_bank(BANKS / "dai_hoi_xiv")
    few = few.model_copy(update={"questions": few.questions[:3]})
    monkeypatch.setattr(rehearse, "load_bank", lambda _: few)
    contest = opening_in(tmp_path, DAY)
    result = run(contest.path, "--port", 0)
    assert result.exit_code == 1 and "--real-questions" in result.output
    assert not RehearsalFolder(contest).exists


def test_wipe_deletes_at_once(tmp_path: Path) -> None:
    """And says where there is nothing."""
    contest = opening_in(tmp_path, DAY)
    assert run(contest.path, "--wipe").output == "Không có bản diễn tập nào.\n"
    folder = RehearsalFolder(contest)
    folder.make(contest.rules(), None, banks=("ngan_hang",))
    assert "Hãy chạy trên thư mục cuộc thi thật" in run(folder.path, "--wipe").output
    assert run(contest.path, "--wipe").output == "Đã xóa bản diễn tập.\n"
    assert not folder.exists


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        ("127.0.0.1", False),
        ("::1", False),
        ("localhost", False),
        ("0.0.0.0", True),
        ("::", True),
        ("", True),
        ("192.0.2.7", True),
        ("may-chu", True),
    ],
)
def test_others_need_a_code_to_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, asked: bool
) -> None:
    """A new one each time, told to whoever holds the rehearsal; this machine needs none."""
    contest = opening_in(tmp_path, DAY)
    codes: list[str | None] = []
    monkeypatch.setattr(rehearse, "bind", lambda _host, _port: [socket.socket()])
    monkeypatch.setattr(rehearse, "addresses", lambda *_: [""])

    def served(made: ContestDirectory, *_: object) -> None:
        codes.append(made.rules().registration.entry_code)

    monkeypatch.setattr(rehearse, "_serve", served)
    monkeypatch.setattr(rehearse, "_lines", lambda *given: [f"code={given[-1]}"])
    result = run(contest.path, f"--host={host}")
    assert result.exit_code == 0, result.output
    assert (codes[0] is not None) is asked
    assert f"code={codes[0]}" in result.output
    assert not RehearsalFolder(contest).exists
