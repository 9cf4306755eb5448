"""People of a load: enrolled through the service, signed in, checked afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tornado.web import decode_signed_value

from contest.bench.contestants import (
    MINUTES,
    Audit,
    Contestant,
    audit,
    enrol,
    make_contest,
    service_of,
)
from contest.directory import ContestDirectory
from contest.serving.visitor import cookie_secret
from contest.sitting import Sitting

PEOPLE = 3
Act = Callable[[Sitting, Contestant], Awaitable[None]]


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> tuple[ContestDirectory, list[Contestant]]:
    """Return a contest and those who are enrolled in it."""
    directory = make_contest(tmp_path_factory.mktemp("bench") / "contest")
    return directory, asyncio.run(enrol(directory, PEOPLE, lambda: None))


def test_attempts_outlast_every_load(contest: tuple[ContestDirectory, list[Contestant]]) -> None:
    """The sample's twenty minutes wouldn't."""
    assert contest[0].load().rules.paper.minutes == MINUTES


def test_everybody_has_an_attempt_of_their_own(
    contest: tuple[ContestDirectory, list[Contestant]],
) -> None:
    """Nobody shares one."""
    _, people = contest
    assert len({person.attempt_id for person in people} - {""}) == PEOPLE


def test_cookies_are_what_the_server_signs(
    contest: tuple[ContestDirectory, list[Contestant]],
) -> None:
    """They name the contestant, under the contest's own secret."""
    directory, people = contest
    for person in people:
        name, value = person.cookies.split("; ")[0].split("=", 1)
        signed = decode_signed_value(cookie_secret(directory), name, value)
        assert signed is not None
        assert signed.decode() == person.contestant_id


def audited(
    contest: tuple[ContestDirectory, list[Contestant]], act: Act, number: int
) -> Audit:  # fmt: skip
    """Let a contestant do something, then look what the audit makes of it."""
    directory, people = contest
    person = people[number]

    async def main() -> Audit:
        async with service_of(directory) as service:
            sitting = await service.sitting(person.attempt_id)
            assert sitting is not None
            await act(sitting, person)
        return await audit(directory, [person], lambda: None)

    return asyncio.run(main())


async def _answer(sitting: Sitting, person: Contestant, stored: list[int], told: list[int]) -> None:
    pen = await sitting.take_pen(person.canary, sitting.record.started_at + 1)
    assert pen is not None
    at = sitting.record.started_at + 2
    q = next(n for n, item in enumerate(sitting.paper.items, 1) if not item.question.many)
    assert (await sitting.answer(pen, 1, q, stored, at)).result == "saved"
    person.acknowledged = {(pen, 1): (q, told)}


def test_stored_answers_are_found(contest: tuple[ContestDirectory, list[Contestant]]) -> None:
    """Nothing lost, nothing mixed up."""
    found = audited(contest, lambda sitting, person: _answer(sitting, person, [2], [2]), 0)
    assert found == Audit(0, 0)


def test_answer_with_other_content_is_mixed_up(
    contest: tuple[ContestDirectory, list[Contestant]],
) -> None:
    """It is there, but it isn't what was acknowledged."""
    found = audited(contest, lambda sitting, person: _answer(sitting, person, [2], [1]), 1)
    assert found == Audit(0, 1)


def test_acknowledged_answer_that_is_not_stored_is_lost(
    contest: tuple[ContestDirectory, list[Contestant]],
) -> None:
    """And a paper that isn't theirs is mixed up."""

    async def pretend(_sitting: Sitting, person: Contestant) -> None:
        person.acknowledged = {(9, 1): (1, [1]), (9, 2): (2, [1])}
        person.paper = "another's"

    assert audited(contest, pretend, 2) == Audit(2, 1)


def test_contest_must_be_new(tmp_path: Path) -> None:
    """A bench never runs on somebody's contest."""
    (tmp_path / "x").write_text("x")
    with pytest.raises(ValueError):
        make_contest(tmp_path)
