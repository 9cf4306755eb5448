"""Learners, what is kept back, when practice is closed, mock papers: all beside the rounds."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from contest.attempt import State
from contest.ids import SeededIds, normalise
from contest.kinds import kind_of
from contest.practice.desk import PracticeDesk
from contest.practice.queue import Plan
from contest.practice.session import Gone, Session
from contest.practice_rules import Practice
from contest.service import Service
from contest.ui.paper_state import question_state
from contest.ui.practice.hints import hint_of
from contest.ui.practice.told import told_state
from questions.answers import right_response
from questions.dump import dump_bank
from tests.factories import (
    CLOSES,
    DAY,
    HOUR,
    MINUTE,
    OPENS,
    PAPER,
    begin,
    everything,
    make_bank,
    opened,
    write_contest,
)
from tests.serving.contests import change_rules
from tests.serving.practising import every_type, to_practise

BEFORE = OPENS - HOUR
Work = Callable[[Service, PracticeDesk], Awaitable[None]]


def run(
    path: Path,
    work: Work,
    *,
    practice: str = "on_tap",
    bank: Any = None,
    at: int | None = None,
    changes: dict[str, str] | None = None,
    more: str = "",
    **rules: Any,
) -> None:
    """Open a contest with a practice bank and do something at its desk.

    Lines of the rules file are replaced by `changes`; `more` is added to it.
    """
    directory = write_contest(path / "cuoc_thi", **rules)
    change_rules(directory.path, changes or {})
    file = directory.path / "the_le.yml"
    extra = f"practice:\n  bank: {practice}\n{more}"
    file.write_text(file.read_text(encoding="utf-8") + extra, encoding="utf-8")
    dump_bank(bank or to_practise(), directory.path / "on_tap")

    async def main() -> None:
        async with opened(directory, at=at) as service:
            await work(service, PracticeDesk(service, SeededIds(7, "luyen-tap")))

    asyncio.run(main())


def right(session: Session) -> Any:
    """Return the right answer to what is asked, as the page would send it."""
    item = session.asked.item
    return kind_of(item).write(item, right_response(item.question))


# ---- learners ----


def test_code_goes_on_elsewhere(tmp_path: Path) -> None:
    """However it is typed; of the code only a hash is kept."""

    async def work(service: Service, desk: PracticeDesk) -> None:
        begun = await desk.begin(BEFORE)
        typed = f"{begun.code[:4].lower()} - {begun.code[4:]}"
        assert await desk.resume(typed) == begun.learner_id
        assert await desk.resume("00000000") is None
        assert await desk.resume("x") is None
        stored = await service.store.learner(begun.learner_id)
        assert normalise(begun.code) not in repr(stored)

    run(tmp_path, work)


def test_new_code_ends_the_old_one(tmp_path: Path) -> None:
    """A code that others have seen leads nowhere any more."""

    async def work(_: Service, desk: PracticeDesk) -> None:
        begun = await desk.begin(BEFORE)
        code = await desk.new_code(begun.learner_id)
        assert await desk.resume(begun.code) is None
        assert await desk.resume(code) == begun.learner_id

    run(tmp_path, work)


def test_erased_learner_is_gone_for_open_pages_too(tmp_path: Path) -> None:
    """What a page still sends begins nothing anew."""

    async def work(service: Service, desk: PracticeDesk) -> None:
        begun = await desk.begin(BEFORE)
        session = Session(desk, begun.learner_id)
        asked = await session.ask(BEFORE)
        await desk.erase(begun.learner_id)
        with pytest.raises(Gone):
            await session.answer(asked.ask, right(session), BEFORE + 1000)
        assert await service.store.reviews(begun.learner_id) == []
        assert not await desk.knows(begun.learner_id)

    run(tmp_path, work)


# ---- reviews ----


@pytest.mark.parametrize(
    ("hinted", "seconds", "rating"), [(False, 5, 3), (True, 5, 2), (False, 61, 2)]
)
def test_answer_is_rated_and_kept(tmp_path: Path, hinted: bool, seconds: int, rating: int) -> None:
    """Right is Good; after a hint, or slow, it is Hard."""

    async def work(service: Service, desk: PracticeDesk) -> None:
        begun = await desk.begin(BEFORE)
        session = Session(desk, begun.learner_id)
        asked = await session.ask(BEFORE)
        if hinted:
            assert session.hint(asked.ask) is not None
        told = await session.answer(asked.ask, right(session), BEFORE + seconds * 1000)
        assert told.status == "right"
        (kept,) = await service.store.reviews(begun.learner_id)
        assert (kept.rating, kept.hinted, kept.duration_ms) == (rating, hinted, seconds * 1000)

    run(tmp_path, work)


def test_asking_is_answered_once(tmp_path: Path) -> None:
    """A second answer, a hint afterwards, another's asking: nothing."""

    async def work(service: Service, desk: PracticeDesk) -> None:
        begun = await desk.begin(BEFORE)
        session = Session(desk, begun.learner_id)
        asked = await session.ask(BEFORE)
        answer = right(session)
        assert await session.answer("hoi-khac", answer, BEFORE) is None
        assert await session.answer(asked.ask, answer, BEFORE) is not None
        assert await session.answer(asked.ask, answer, BEFORE) is None
        assert session.hint(asked.ask) is None
        assert len(await service.store.reviews(begun.learner_id)) == 1

    run(tmp_path, work)


def test_two_pages_of_one_learner_agree(tmp_path: Path) -> None:
    """The later answer is scheduled on top of the earlier one."""

    async def work(service: Service, desk: PracticeDesk) -> None:
        begun = await desk.begin(BEFORE)
        pages = [Session(desk, begun.learner_id) for _ in range(2)]
        for page in pages:
            await page.ask(BEFORE)
        assert pages[0].asked.item.question is pages[1].asked.item.question
        for page in pages:
            await page.answer(page.asked.ask, [], BEFORE + 1000)
        first, second = await service.store.reviews(begun.learner_id)
        assert first.card != second.card

    run(tmp_path, work)


def test_every_type_is_asked_hinted_and_told(tmp_path: Path) -> None:
    """Right answers are told as right; the essay is rated by its writer."""

    async def work(_: Service, desk: PracticeDesk) -> None:
        begun = await desk.begin(BEFORE)
        session = Session(desk, begun.learner_id)
        types = set()
        while (asked := await session.ask(BEFORE)) is not None:
            question = asked.item.question
            types.add(question.type)
            shown = json.dumps(question_state(1, asked.item), ensure_ascii=False)
            assert question.explanation not in shown
            hint = hint_of(asked.item, asked.bank.deck.bank)
            assert hint["text"]
            ids = {asked.item.options[place - 1].id for place in hint["remove"]}
            assert not ids or not ids & question.right()
            if question.kind == "essay":
                told = await session.answer(asked.ask, "Một bài viết", BEFORE)
                assert told_state(told, BEFORE)["status"] == "open"
                told = await session.rate(asked.ask, True, BEFORE)
            else:
                told = await session.answer(asked.ask, right(session), BEFORE)
            state = told_state(told, BEFORE)
            assert state["status"] == "right"
            assert {row["sign"] for row in state["rows"]} <= {"right", "open"}
            assert state["facts"] and state["sources"]
        assert len(types) == 10

    run(tmp_path, work, bank=every_type())


def test_wrong_and_empty_answers_are_told_part_by_part(tmp_path: Path) -> None:
    """Nothing is right in an empty answer; every part has its right one beside it."""

    async def work(_: Service, desk: PracticeDesk) -> None:
        begun = await desk.begin(BEFORE)
        session = Session(desk, begun.learner_id)
        seen = set()
        while (asked := await session.ask(BEFORE)) is not None:
            if asked.item.question.id in seen:
                break
            seen.add(asked.item.question.id)
            empty = kind_of(asked.item).write(asked.item, _nothing(asked.item.question.kind))
            state = told_state(await session.answer(asked.ask, empty, BEFORE), BEFORE)
            assert state["status"] == "unanswered"
            assert {row["sign"] for row in state["rows"]} <= {"empty", "missed"}

    run(tmp_path, work, bank=every_type())


def _nothing(kind: str) -> dict[str, Any]:
    return {
        "choice": {"chosen": []}, "group": {"statements": {}}, "match": {"pairs": {}},
        "order": {"order": []}, "cloze": {"gaps": {}},
    }.get(kind, {"text": ""})  # fmt: skip


# ---- what may be practised, and when ----


@pytest.mark.parametrize(
    ("practice", "own", "expected"),
    [
        (Practice(), "kit:dai_hoi_xiv", "kit:dai_hoi_xiv"),
        (Practice(), "ngan_hang", None),
        (Practice(bank="on_tap"), "ngan_hang", "on_tap"),
        (Practice(enabled=False, bank="on_tap"), "kit:dai_hoi_xiv", None),
    ],
)
def test_bank_to_practise_on(practice: Practice, own: str, expected: str | None) -> None:
    """The contest's own only where it is public, unless the rules name one."""
    assert practice.bank_beside(own) == expected


def test_practice_is_closed_while_a_round_is_open(tmp_path: Path) -> None:
    """From the opening to the closing, by the clock."""

    async def work(service: Service, desk: PracticeDesk) -> None:
        assert (await desk.availability(OPENS - 1)).is_open
        begun = await desk.begin(BEFORE)
        session = Session(desk, begun.learner_id)
        assert await session.ask(OPENS - 1) is not None
        await service.rounds.tick(OPENS)
        found = await desk.availability(OPENS)
        assert (found.why, found.until) == ("round", CLOSES)
        assert await session.ask(OPENS) is None
        assert await session.home(CLOSES - 1) is None
        assert (await desk.availability(CLOSES)).is_open

    run(tmp_path, work)


def test_own_bank_is_kept_back_until_the_last_round_is_closed(tmp_path: Path) -> None:
    """Not a question of it is asked while a round may still draw it, nor a copy of one."""

    async def work(service: Service, desk: PracticeDesk) -> None:
        assert (await desk.availability(BEFORE)).why == "empty"
        await service.rounds.tick(OPENS)
        assert (await desk.availability(CLOSES)).why == "empty"
        await service.rounds.tick(CLOSES + MINUTE)
        assert (await desk.availability(CLOSES + MINUTE)).is_open

    run(tmp_path, work, practice="ngan_hang")
    run(tmp_path / "chep", work, bank=make_bank(status="reviewed"))


# ---- mock papers ----


def test_mock_paper_follows_the_blueprint(tmp_path: Path) -> None:
    """Same topics, same counts, same minutes; nothing is predicted."""

    async def work(_: Service, desk: PracticeDesk) -> None:
        begun = await desk.begin(BEFORE)
        await desk.open_mock(begun.learner_id, BEFORE)
        sitting = await desk.running_mock(begun.learner_id, BEFORE)
        topics = [item.question.topic for item in sitting.paper.items]
        assert {topic: topics.count(topic) for topic in topics} == dict(PAPER)
        assert sitting.deadline == BEFORE + 20 * MINUTE
        assert sitting.frozen.rules.prediction is None
        again = await desk.open_mock(begun.learner_id, BEFORE + 1)
        assert again.mock_id == sitting.attempt_id

    run(tmp_path, work)


GROUP = '    title: "Mọi thí sinh"\n'
PUPILS = {GROUP: f'{GROUP}  - id: hoc-sinh\n    title: "Học sinh"\n'}
SECOND = ("ky-2", CLOSES + DAY, CLOSES + 2 * DAY)
PAPERS = f"""papers:
  - rounds: [ky-2]
    groups: [hoc-sinh]
    minutes: 5
    points: 4
    blueprint:
      - topic: {PAPER[0][0]}
        questions: 1
  - rounds: [ky-2]
    minutes: 30
    points: 5
    blueprint:
      - topic: {PAPER[0][0]}
        questions: 2
"""


@pytest.mark.parametrize(
    ("group", "now", "length", "minutes"),
    [
        ("chung", BEFORE, 6, 20),
        ("hoc-sinh", BEFORE, 6, 20),
        ("chung", CLOSES + HOUR, 2, 30),
        ("hoc-sinh", CLOSES + HOUR, 1, 5),
        ("", CLOSES + HOUR, 2, 30),
        ("khac", CLOSES + HOUR, 2, 30),
    ],
)
def test_mock_paper_is_that_of_the_round_and_group(
    tmp_path: Path, group: str, now: int, length: int, minutes: int
) -> None:
    """Of the round that comes next, and of the chosen group; of none that there is: the first's."""

    async def work(_: Service, desk: PracticeDesk) -> None:
        papers = await desk.mock_papers(now)
        assert [of.id for of, _ in papers] == ["chung", "hoc-sinh"][: 1 if now == BEFORE else 2]
        begun = await desk.begin(now)
        await desk.open_mock(begun.learner_id, now, group)
        sitting = await desk.running_mock(begun.learner_id, now)
        assert len(sitting.paper) == length
        assert sitting.deadline == now + minutes * MINUTE

    run(tmp_path, work, more=PAPERS, changes=PUPILS, more_rounds=[SECOND])


def test_mock_paper_is_marked_by_the_contests_rules(tmp_path: Path) -> None:
    """A wrong answer costs what it costs in the contest, of the points of the round's own paper."""

    async def work(_: Service, desk: PracticeDesk) -> None:
        now = CLOSES + HOUR
        begun = await desk.begin(now)
        await desk.open_mock(begun.learner_id, now)
        sitting = await desk.running_mock(begun.learner_id, now)
        pen = await sitting.take_pen("t" * 24, now)
        item = sitting.paper.items[0]
        bad = [p for p in range(1, 3) if [p] != item.positions_of(item.question.right())][:1]
        await sitting.answer(pen, 1, 1, bad, now + 1)
        await sitting.submit(pen, 2, now + 2)
        marks = (await sitting.view()).marks
        told = [(one.status, one.mark_micro, one.max_micro) for one in marks]
        assert told == [("wrong", -2_500_000, 5_000_000), ("unanswered", 0, 5_000_000)]

    wrong = "scoring:\n  wrong: -0.5\n  floor_question: false\n"
    run(tmp_path, work, more=PAPERS + wrong, more_rounds=[SECOND], changes=PUPILS)


def test_mock_paper_is_answered_ended_and_marked(tmp_path: Path) -> None:
    """By submission; what was wrong comes up in practice, once."""

    async def work(service: Service, desk: PracticeDesk) -> None:
        begun = await desk.begin(BEFORE)
        await desk.open_mock(begun.learner_id, BEFORE)
        sitting = await desk.running_mock(begun.learner_id, BEFORE)
        pen = await sitting.take_pen("t" * 24, BEFORE)
        item = sitting.paper.items[0]
        good = item.positions_of(item.question.right())
        assert (await sitting.answer(pen, 1, 1, good, BEFORE + 1)).result == "saved"
        other = sitting.paper.items[1]
        bad = [p for p in range(1, 3) if [p] != other.positions_of(other.question.right())][:1]
        assert (await sitting.answer(pen, 2, 2, bad, BEFORE + 2)).result == "saved"
        assert (await sitting.submit(pen, 3, BEFORE + 3)).result == "saved"
        assert await desk.running_mock(begun.learner_id, BEFORE + 4) is None
        view = await sitting.view()
        assert view.marks[0].status == "right"
        assert len(view.wrong) == 1
        for _ in range(2):
            assert await desk.learn_from(begun.learner_id, view, BEFORE + 5) == 1
        (kept,) = await service.store.reviews(begun.learner_id)
        assert (kept.rating, kept.question_id) == (1, other.question.id)

    run(tmp_path, work)


def test_mock_paper_ends_with_its_time_or_when_practice_closes(tmp_path: Path) -> None:
    """Whichever is first."""

    async def work(_: Service, desk: PracticeDesk) -> None:
        begun = await desk.begin(BEFORE)
        late = OPENS - 5 * MINUTE
        await desk.open_mock(begun.learner_id, late)
        sitting = await desk.running_mock(begun.learner_id, late)
        assert sitting.deadline == OPENS
        pen = await sitting.take_pen("t" * 24, late)
        assert (await sitting.answer(pen, 1, 1, [1], OPENS)).result == "refused"
        assert await sitting.expire(OPENS + 3000)
        assert (await sitting.head()).state is State.EXPIRED

    run(tmp_path, work)


def test_mock_paper_is_its_learners_own(tmp_path: Path) -> None:
    """Nobody else's id leads to it."""

    async def work(_: Service, desk: PracticeDesk) -> None:
        one, two = await desk.begin(BEFORE), await desk.begin(BEFORE)
        made = await desk.open_mock(one.learner_id, BEFORE)
        assert await desk.mock(one.learner_id, made.mock_id) is not None
        assert await desk.mock(two.learner_id, made.mock_id) is None

    run(tmp_path, work)


def test_too_small_bank_gives_no_mock_paper(tmp_path: Path) -> None:
    """Said, with the topic that lacks questions."""

    async def work(_: Service, desk: PracticeDesk) -> None:
        begun = await desk.begin(BEFORE)
        made = await desk.open_mock(begun.learner_id, BEFORE)
        assert (made.result, made.topic) == ("too_few", PAPER[0][0])

    run(tmp_path, work, bank=to_practise(per_topic=1), paper=((PAPER[0][0], 3),))


def test_practice_changes_nothing_of_a_contest(tmp_path: Path) -> None:
    """Every table of the rounds is the same, byte by byte."""

    async def work(service: Service, desk: PracticeDesk) -> None:
        await begin(service)
        now = CLOSES + HOUR
        await service.rounds.tick(now)
        before = everything(service.directory)
        begun = await desk.begin(now)
        session = Session(desk, begun.learner_id)
        await session.start(Plan("today"))
        asked = await session.ask(now)
        await session.answer(asked.ask, right(session), now)
        await desk.open_mock(begun.learner_id, now)
        sitting = await desk.running_mock(begun.learner_id, now)
        pen = await sitting.take_pen("t" * 24, now)
        await sitting.submit(pen, 1, now)
        assert everything(service.directory) == before

    run(tmp_path, work, at=OPENS)
