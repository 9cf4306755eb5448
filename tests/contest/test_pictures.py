"""Pictures of a round: frozen by hash, given only to those who have a paper with them."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from contest.directory import ContestDirectory
from contest.frozen import freeze_command
from contest.pictures import inline, told_from
from contest.service import Service
from contest.ui.paper_state import paper_state
from questions.canonical import sha256
from questions.pictures import look
from questions.problems import ProblemsFound
from questions.types import QuestionBase
from tests.factories import OPENS, ROUND, begin, enrol, make_bank, opened, stamped, write_contest
from tests.pictures import picture, put

DATA = picture()
NAME = "dap-an-b.png"
HASH = sha256(DATA)


def hold(contest: ContestDirectory, work: Callable[[Service], Coroutine[Any, Any, None]]) -> None:
    """Do some work with the contest open."""

    async def run() -> None:
        async with opened(contest) as service:
            await work(service)

    asyncio.run(run())


def illustrated(question: QuestionBase) -> QuestionBase:
    """Return a question with the picture."""
    return type(question).model_validate(
        {**question.model_dump(), "image": {"file": NAME, "alt": "Bản đồ"}}
    )


@pytest.fixture
def contest(tmp_path: Path) -> ContestDirectory:
    """Return a contest in which every question shows the same picture."""
    bank = make_bank(status="draft")
    questions = tuple(illustrated(one) for one in bank.questions)
    bank = bank.model_copy(update={"questions": questions, "pictures": (look(NAME, DATA),)})
    directory = write_contest(tmp_path / "cuoc_thi", bank=stamped(bank, "approved"))
    put(directory.path / "ngan_hang", NAME, DATA)
    return directory


def test_pictures_are_frozen_with_their_round(contest: ContestDirectory) -> None:
    """What happens to the file later changes nothing that has begun."""

    async def work(service: Service) -> None:
        put(contest.path / "ngan_hang", NAME, picture(size=(9, 9)))
        assert await service.pictures.data(HASH) == DATA
        assert await service.pictures.data("0" * 64) is None

    hold(contest, work)


def test_nothing_else_frozen_is_given_as_a_picture(contest: ContestDirectory) -> None:
    """The bank with its keys lies in the same table."""

    async def work(service: Service) -> None:
        frozen = await service.rounds.frozen(ROUND)
        assert frozen is not None
        for digest in frozen.hashes.values():
            assert await service.pictures.data(digest) is None

    hold(contest, work)


def test_a_picture_is_for_whoever_has_a_paper_with_it(contest: ContestDirectory) -> None:
    """Registered isn't enough."""

    async def work(service: Service) -> None:
        sitting = await begin(service)
        owner = sitting.record.contestant_id
        found = await service.pictures.seen_by(owner, HASH)
        assert found is not None and found.hash == HASH
        other = (await enrol(service, 2)).contestant_id
        assert await service.pictures.seen_by(other, HASH) is None
        assert await service.pictures.seen_by(owner, "0" * 64) is None

    hold(contest, work)


def test_a_page_is_told_size_words_and_an_address_without_a_name(
    contest: ContestDirectory,
) -> None:
    """File names are the author's, and may give the key away."""

    async def work(service: Service) -> None:
        sitting = await begin(service)
        state = paper_state(sitting, await sitting.replay(), {HASH: f"/anh/{HASH}"})
        assert NAME not in str(state)
        image = {"src": f"/anh/{HASH}", "alt": "Bản đồ", "width": 40, "height": 30}
        assert all(one["image"] == image for one in state["questions"])

    hold(contest, work)


def test_a_picture_that_changes_while_it_is_read_keeps_the_round_shut(
    contest: ContestDirectory,
) -> None:
    """The round would show what nobody has approved."""
    loaded = contest.load()
    put(contest.path / "ngan_hang", NAME, picture(size=(9, 9)))
    with pytest.raises(ProblemsFound, match=NAME):
        freeze_command(loaded, loaded.rules.round(ROUND), b"s" * 32, OPENS)


def test_an_author_sees_the_file_itself(contest: ContestDirectory) -> None:
    """A preview has no server of ours: the picture is in the address."""
    question = contest.load().bank.questions[0]
    folder = contest.path / "ngan_hang" / "anh"
    found = told_from(folder, question)
    assert found is not None
    assert found["src"] == inline(look(NAME, DATA), DATA)
    assert base64.b64decode(found["src"].partition(",")[2]) == DATA
    (folder / NAME).unlink()
    assert told_from(folder, question) is None
