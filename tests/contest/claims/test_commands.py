"""Organisers read and answer claims on the command line, if their role lets them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result

from contest import organisers
from contest.claims.desk import About, about, find, send
from contest.cli import main
from contest.directory import ContestDirectory
from contest.ids import RandomIds, shown
from contest.organisers import Organisers
from contest.store import Action
from tests.factories import MINUTE, OPENS, begin, fields, opened, page, write_contest

PASSWORD = "mat-khau-thu-1"
ROLES = {"An": "author", "Bình": "secretary", "Chi": "head", "Dũng": "viewer"}


@pytest.fixture(autouse=True, scope="module")
def cheap_hashes() -> Iterator[None]:
    """The hash that is right for real passwords takes its time on purpose."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(organisers, "PasswordHasher", lambda: cheap)
        yield


@pytest.fixture
def contest(tmp_path: Path) -> ContestDirectory:
    """A contest with one organiser of every role."""
    directory = write_contest(tmp_path / "x", sample=True)
    people = Organisers(directory.secrets)
    for name, role in ROLES.items():
        people.add(name, role, PASSWORD)  # type: ignore[arg-type]
    return directory


@pytest.fixture
def forgotten(contest: ContestDirectory) -> str:
    """Return the code of a claim of somebody who registered and forgot their code."""

    async def main() -> str:
        async with opened(contest, at=OPENS) as service:
            await begin(service, 7, at=OPENS + MINUTE)
            body = {**{"name": fields(7)["name"], "key": "000 0000 007"}, "contact": "qua xã"}
            code = await send(
                service, RandomIds(), "code", body, fields(7)["phone"], About(), OPENS + MINUTE
            )
        assert code is not None
        return code

    return asyncio.run(main())


@pytest.fixture
def wrong_question(contest: ContestDirectory) -> str:
    """Return the code of a claim about the second question of a paper."""

    async def main() -> str:
        async with opened(contest, at=OPENS) as service:
            sitting = await begin(service, 8, at=OPENS + MINUTE)
            await sitting.take_pen(page(8), OPENS + MINUTE)
            await sitting.submit(1, 1, OPENS + 2 * MINUTE)
            what = await about(
                service, sitting.record.receipt, "2", sitting.record.contestant_id
            )  # fmt: skip
            body = {"text": "Đáp án\nkhông đúng"}
            code = await send(service, RandomIds(), "question", body, None, what, OPENS)
        assert code is not None
        return code

    return asyncio.run(main())


def run(directory: ContestDirectory, *arguments: str, user: str = "") -> Result:
    """Run `timhieu claims`, as somebody."""
    who = ["--by", user] if user else []
    words = ["claims", str(directory.path), *arguments, *who]
    return CliRunner().invoke(main, words, input=f"{PASSWORD}\n" if user else None)


def actions(directory: ContestDirectory) -> list[Action]:
    """Return what was done about claims; the chain must be whole."""

    async def main() -> list[Action]:
        async with opened(directory, at=None) as service:
            assert await service.store.verify_actions() is None
            return await service.store.actions("claim_answer", "claim_close")

    return asyncio.run(main())


def id_of(directory: ContestDirectory, code: str) -> str:
    """Return what organisers call a claim."""

    async def main() -> str:
        async with opened(directory, at=None) as service:
            claim = await find(service, code)
            assert claim is not None
            return claim.claim_id

    return asyncio.run(main())


def test_the_list_names_nobody(contest: ContestDirectory, forgotten: str) -> None:
    """It is for everybody at the machine: only what kind, when, and whether answered."""
    told = run(contest)
    assert told.exit_code == 0
    id_ = id_of(contest, forgotten)
    assert id_ in told.output
    assert "chưa trả lời" in told.output
    rest = told.output.replace(id_, "").replace(str(contest.path), "")
    for secret in ("Thí sinh", "000", forgotten, shown(forgotten)):
        assert secret not in rest


def test_a_forgotten_code_leads_to_the_command_that_gives_another(
    contest: ContestDirectory, forgotten: str
) -> None:
    """By the key that was typed; and it says to check first and not to write the code down."""
    told = run(contest, "show", shown(forgotten).lower(), user="Bình")
    assert told.exit_code == 0, told.output
    assert "khớp với thí sinh ts-" in told.output
    assert f"timhieu new-code {contest.path} --contestant ts-" in told.output
    assert "Xác minh đúng người" in told.output
    assert "000 0000 007" in told.output


def test_a_wrong_question_is_named_for_a_ruling(
    contest: ContestDirectory, wrong_question: str
) -> None:
    """The question's id, its text, and how it would be voided."""
    told = run(contest, "show", wrong_question, user="Chi").output
    assert "Câu 2 trong đề là câu hỏi" in told
    assert f"timhieu rule {contest.path} void --question " in told
    assert "  Đáp án\n  không đúng" in told


def test_an_answer_is_kept_and_leaves_its_actor_only(
    contest: ContestDirectory, forgotten: str
) -> None:
    """The words stay out of the chain; answering once more replaces them; closed is closed."""
    id_ = id_of(contest, forgotten)
    for user, words in (("Bình", "Mời đến Ủy ban xã"), ("Chi", "Đã cấp mã mới")):
        told = run(contest, "answer", id_, "--outcome", "done", "--text", words, user=user)
        assert told.exit_code == 0, told.output
        assert "timhieu new-code" in told.output
    assert run(contest, "close", id_, user="Bình").exit_code == 0
    late = run(contest, "answer", id_, "--outcome", "done", "--text", "nữa", user="Bình")
    assert late.exit_code == 1
    assert "đã khép" in late.output
    done = actions(contest)
    assert [(one.kind, one.actor, one.subject) for one in done] == [
        ("claim_answer", "Bình", id_),
        ("claim_answer", "Chi", id_),
        ("claim_close", "Bình", id_),
    ]
    assert [one.body.get("outcome") for one in done] == ["done", "done", None]
    assert "mã mới" not in str(done)
    assert "Đã cấp mã mới" in run(contest, "show", id_, user="Bình").output
    assert "Không có phản ánh nào chờ" in run(contest).output
    assert id_ in run(contest, "list", "--all").output


@pytest.mark.parametrize("user", ["An", "Dũng"])
@pytest.mark.parametrize(
    "what", [("show",), ("answer", "--outcome", "done", "--text", "x"), ("close",)]
)
def test_others_may_neither_read_nor_answer(
    contest: ContestDirectory, forgotten: str, user: str, what: tuple[str, ...]
) -> None:
    """Authors and viewers are told who may; nothing is done."""
    command, *options = what
    told = run(contest, command, forgotten, *options, user=user)
    assert told.exit_code == 1
    assert "thư ký, trưởng ban" in told.output
    assert "Thí sinh" not in told.output
    assert actions(contest) == []


def test_who_is_no_organiser_is_refused(contest: ContestDirectory, forgotten: str) -> None:
    """Whatever password is given."""
    told = run(contest, "show", forgotten, user="Người lạ")
    assert told.exit_code == 1
    assert "Tên hoặc mật khẩu không đúng" in told.output


@pytest.mark.parametrize("typed", ["pa-khong-co", "AAAA-AAAA-A", "", "%"])
@pytest.mark.usefixtures("forgotten")
def test_an_unknown_claim_is_said(contest: ContestDirectory, typed: str) -> None:
    """With what a claim may be called by."""
    told = run(contest, "show", typed, user="Bình")
    assert told.exit_code == 1
    assert "pa-…" in told.output


def test_an_empty_answer_is_refused(contest: ContestDirectory, forgotten: str) -> None:
    """Nothing is written."""
    told = run(contest, "answer", forgotten, "--outcome", "done", "--text", " \n", user="Bình")
    assert told.exit_code == 1
    assert actions(contest) == []
