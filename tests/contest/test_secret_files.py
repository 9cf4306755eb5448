"""Secrets: made once, for their owner only."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from contest.files import publish
from contest.secret_files import SIZE, secret


def test_secret_stays_the_same(tmp_path: Path) -> None:
    """Once made, it is read."""
    expected = secret(tmp_path / "secrets", "identity")
    assert len(expected) == SIZE
    assert secret(tmp_path / "secrets", "identity") == expected


def test_secrets_differ(tmp_path: Path) -> None:
    """By name and by folder."""
    found = {
        secret(tmp_path / folder, name) for folder in ("a", "b") for name in ("cookie", "kernel")
    }
    assert len(found) == 4


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    """Folder and file."""
    folder = tmp_path / "secrets"
    secret(folder, "identity")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "identity").stat().st_mode) == 0o600


def test_nothing_else_is_left(tmp_path: Path) -> None:
    """No draft lies about."""
    secret(tmp_path, "identity")
    assert [path.name for path in tmp_path.iterdir()] == ["identity"]


def test_processes_that_come_first_at_once_get_the_same(tmp_path: Path) -> None:
    """Whoever makes it."""
    program = (
        "import sys; from pathlib import Path; from contest.secret_files import secret;"
        "print('ready', flush=True); sys.stdin.readline();"
        f"print(secret(Path({str(tmp_path)!r}), 'identity').hex())"
    )
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for racer in racers:
        racer.stdout.readline()
    for racer in racers:
        racer.stdin.write(b"\n")
        racer.stdin.flush()
    found = {racer.communicate(timeout=60)[0] for racer in racers}
    assert found == {secret(tmp_path, "identity").hex().encode() + b"\n"}


def test_first_file_keeps_its_name(tmp_path: Path) -> None:
    """A later draft goes away without replacing it."""
    for content in ("first", "second"):
        draft = tmp_path / f"draft-{content}"
        draft.write_text(content)
        publish(draft, tmp_path / "file")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("file", "first")]


def test_disk_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory stick, for example."""

    def refuse(*_: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr("os.link", refuse)
    expected = secret(tmp_path, "identity")
    assert secret(tmp_path, "identity") == expected
    assert [path.name for path in tmp_path.iterdir()] == ["identity"]
