"""`timhieu notice`: written, listed and withdrawn by those whose part it is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result

from contest import organisers
from contest.cli import main
from contest.directory import ContestDirectory
from contest.organisers import Organisers
from contest.roles import ROLES, Role, may
from contest.store import Action
from tests.factories import ROUND, opened

PASSWORD = "mat-khau-thu-nghiem"


@pytest.fixture(autouse=True)
def cheap_hashes() -> Iterator[None]:
    """The hash that is right for real passwords takes its time on purpose."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(organisers, "PasswordHasher", lambda: cheap)
        yield


@pytest.fixture
def contest(directory: ContestDirectory) -> ContestDirectory:
    """A contest with a database and one organiser of every role, called like it."""

    async def begun() -> None:
        async with opened(directory):
            people = Organisers(directory.secrets)
            for role in ROLES:
                people.add(role, role, PASSWORD)

    asyncio.run(begun())
    return directory


def run(*arguments: object, typed: str = "") -> Result:
    """Run a command with what is typed at its prompts."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)


def add(contest: ContestDirectory, *more: object, by: str = "secretary") -> Result:
    """Write a notice."""
    return run("notice", "add", contest.path, "--by", by, *more, typed=f"{PASSWORD}\n")


def rows(contest: ContestDirectory) -> list[Action]:
    """Return the rows about notices."""

    async def main() -> list[Action]:
        async with opened(contest, at=None) as service:
            assert await service.store.verify_actions() is None
            return await service.store.actions("notice", "notice_withdrawn")

    return asyncio.run(main())


def test_notice_is_written_listed_and_withdrawn(contest: ContestDirectory) -> None:
    """Each act is a row of the chain that names its actor."""
    made = add(contest, "--text", "Máy chủ bảo trì lúc 22:00", "--kind", "warning")
    assert made.exit_code == 0, made.output
    assert "Đã đăng thông báo 1, đang hiện" in made.output
    listed = run("notice", "list", contest.path).output
    assert "1. [đang hiện] lưu ý, mọi kỳ" in listed and "Máy chủ bảo trì lúc 22:00" in listed
    gone = run(
        "notice", "withdraw", contest.path, "--number", 1, "--by", "head", typed=f"{PASSWORD}\n"
    )
    assert gone.exit_code == 0, gone.output
    assert "đã rút" in run("notice", "list", contest.path).output
    assert [(one.kind, one.actor, one.subject) for one in rows(contest)] == [
        ("notice", "secretary", ""),
        ("notice_withdrawn", "head", "1"),
    ]


def test_times_and_round_are_kept(contest: ContestDirectory) -> None:
    """Times are Vietnamese."""
    more = ("--from", "2099-12-22 20:00", "--until", "2099-12-22 21:00", "--round", ROUND)
    made = add(contest, "--text", "Kỳ này đóng lúc 21:00", *more)
    assert "chờ giờ hiện" in made.output
    listed = run("notice", "list", contest.path).output
    assert f"kỳ {ROUND}, từ 20:00 22/12/2099 đến 21:00 22/12/2099" in listed
    (row,) = rows(contest)
    assert row.body["until"] - row.body["from"] == 3_600_000


def test_everything_wrong_is_told_at_once_and_nothing_is_written(
    contest: ContestDirectory,
) -> None:
    """With what to write instead."""
    made = add(contest, "--text", "x" * 301, "--from", "mai", "--round", "ky-9")
    assert made.exit_code == 1
    for words in ("301 ký tự, quá 300", "Không hiểu giờ “mai”", f"Không có kỳ ky-9. Có: {ROUND}"):
        assert words in made.output
    assert rows(contest) == []


@pytest.mark.parametrize("role", ROLES)
def test_who_may(contest: ContestDirectory, role: Role) -> None:
    """As the table of roles has it; who may not is told whose part it is."""
    made = add(contest, "--text", "Nội dung", by=role)
    assert (made.exit_code == 0) is may(role, "notice")
    assert len(rows(contest)) == (made.exit_code == 0)
    if made.exit_code:
        assert "Người được làm: thư ký, trưởng ban" in made.output
        gone = run(
            "notice", "withdraw", contest.path, "--number", 1, "--by", role, typed=f"{PASSWORD}\n"
        )
        assert gone.exit_code == 1 and "không được đăng hay rút" in gone.output


def test_a_wrong_password_writes_nothing(contest: ContestDirectory) -> None:
    """Whoever it is."""
    made = run(
        "notice", "add", contest.path, "--text", "x", "--by", "head", typed="mat-khau-sai-roi\n"
    )
    assert made.exit_code == 1 and "không đúng" in made.output
    assert rows(contest) == []


def test_an_empty_contest_has_none(contest: ContestDirectory) -> None:
    """And nobody needs a password to look."""
    assert run("notice", "list", contest.path).output == "Chưa có thông báo nào.\n"
