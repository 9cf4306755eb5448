"""What every store keeps of practice: learners, reviews, mock papers, and nothing after erasing."""

from __future__ import annotations

from typing import Any

from contest.attempt import Draft, Kind, Refusal, State
from contest.store import Outcome, Store
from contest.store.practice_protocol import (
    AddLearner,
    AddReview,
    AppendMock,
    CardReview,
    EraseLearner,
    Learner,
    Mock,
    OpenMock,
    ReplaceLearnerCode,
    TakeMockPen,
)
from tests.contest.store.conftest import Stores

AT = 1_796_014_800_000
LEARNER = AddLearner(Learner("hv-1", "ma-1", AT))
MOCK = Mock("tt-1", "hv-1", AT, AT + 60_000, "bam", {"questions": ["ch-1"]})


def answered(ask: str = "lan-1", after: str = "", learner: str = "hv-1") -> AddReview:
    """Return an answer that reviews one card."""
    cards = (CardReview("dk-1", after, 3, '{"due": "x"}'),)
    return AddReview(learner, ask, AT, "ch-1", {"chosen": ["a"]}, True, False, 900, cards)


def row(kind: Kind = Kind.RESPONSE, sequence: int = 1, pen: int = 1, **body: Any) -> AppendMock:
    """Return a row of the mock paper."""
    return AppendMock(Draft("tt-1", kind, AT + sequence, body, pen, sequence))


async def one(store: Store, command: Any) -> Outcome:
    """Write one command."""
    (outcome,) = await store.write(command)
    return outcome


async def results(store: Store, *commands: Any) -> list[str]:
    """Return what became of each command."""
    return [outcome.result for outcome in await store.write(*commands)]


def test_learner_is_found_by_id_and_code(stores: Stores) -> None:
    """Of the code there is only the hash."""

    async def work(store: Store) -> None:
        other = AddLearner(Learner("hv-2", "ma-1", AT))
        assert await results(store, LEARNER, LEARNER, other) == ["done", "again", "code_used"]
        assert await store.learner("hv-1") == LEARNER.learner
        assert await store.learner_by_code("ma-1") == LEARNER.learner
        assert await store.learner("hv-2") is None

    stores.run(work)


def test_code_is_replaced(stores: Stores) -> None:
    """The old one leads nowhere; one in use is refused."""

    async def work(store: Store) -> None:
        other = AddLearner(Learner("hv-2", "ma-2", AT))
        await store.write(LEARNER, other)
        assert await results(
            store,
            ReplaceLearnerCode("hv-1", "ma-2"),
            ReplaceLearnerCode("hv-1", "ma-3"),
            ReplaceLearnerCode("hv-9", "ma-4"),
        ) == ["code_used", "done", "refused"]
        assert await store.learner_by_code("ma-1") is None
        assert (await store.learner_by_code("ma-3")).learner_id == "hv-1"

    stores.run(work)


def test_reviews_come_back_in_order(stores: Stores) -> None:
    """As they were written, numbered."""

    async def work(store: Store) -> None:
        await store.write(LEARNER)
        assert await results(store, answered(), answered("lan-2", "lan-1")) == ["done", "done"]
        first, second = await store.reviews("hv-1")
        assert (first.n, second.n, first.ask, second.ask) == (1, 2, "lan-1", "lan-2")
        assert (first.card_id, first.rating, first.right, first.hinted) == ("dk-1", 3, True, False)
        assert first.response == '{"chosen":["a"]}'

    stores.run(work)


def test_asking_is_answered_once(stores: Stores) -> None:
    """Sent again it changes nothing."""

    async def work(store: Store) -> None:
        await store.write(LEARNER)
        assert await results(store, answered(), answered()) == ["done", "again"]
        assert len(await store.reviews("hv-1")) == 1

    stores.run(work)


def test_card_that_has_changed_meanwhile_is_not_overwritten(stores: Stores) -> None:
    """Another page was first: nothing of the answer is kept."""

    async def work(store: Store) -> None:
        await store.write(LEARNER, answered())
        assert await results(store, answered("lan-2", "")) == ["stale"]
        assert len(await store.reviews("hv-1")) == 1

    stores.run(work)


def test_nobodys_review_is_refused(stores: Stores) -> None:
    """After erasing, a page that is still open can't begin anew."""

    async def work(store: Store) -> None:
        assert await results(store, answered()) == ["refused"]

    stores.run(work)


def test_mock_paper_is_kept_with_its_bank(stores: Stores) -> None:
    """The same bank only once."""

    async def work(store: Store) -> None:
        await store.write(LEARNER)
        assert await results(store, OpenMock(MOCK, "{}"), OpenMock(MOCK, "{}")) == ["done", "again"]
        assert await store.mock("tt-1") == MOCK
        assert await store.mocks_of("hv-1") == [MOCK]
        assert await store.practice_bank("bam") == "{}"
        assert (await store.mock_head("tt-1")).state is State.RUNNING
        assert [one.kind for one in await store.mock_rows("tt-1")] == [Kind.OPEN]

    stores.run(work)


def test_mock_paper_is_judged_like_an_attempt(stores: Stores) -> None:
    """Pen, sequence, content, end."""

    async def work(store: Store) -> None:
        await store.write(LEARNER, OpenMock(MOCK, "{}"))
        assert await results(
            store,
            TakeMockPen("tt-1", "trang-1", AT),
            TakeMockPen("tt-1", "trang-1", AT),
            row(question="ch-1", chosen=["a"]),
            row(question="ch-1", chosen=["a"]),
            TakeMockPen("tt-1", "trang-2", AT),
            row(sequence=2, question="ch-1", chosen=["b"]),
            row(Kind.SUBMIT, sequence=1, pen=2),
            row(sequence=2, pen=2, question="ch-1", chosen=["b"]),
        ) == ["done", "again", "done", "again", "done", "stale", "done", "refused"]
        assert (await store.mock_head("tt-1")).state is State.SUBMITTED
        other = await one(store, row(question="ch-1", chosen=["b"]))
        assert other.refusal is Refusal.OTHER_CONTENT

    stores.run(work)


def test_erasing_leaves_nothing(stores: Stores) -> None:
    """And nobody else loses anything."""

    async def work(store: Store) -> None:
        await store.write(LEARNER, AddLearner(Learner("hv-2", "ma-2", AT)), answered())
        await store.write(answered(learner="hv-2"), OpenMock(MOCK, "{}"))
        assert await results(store, EraseLearner("hv-1"), EraseLearner("hv-1")) == ["done", "again"]
        assert await store.learner("hv-1") is None
        assert await store.reviews("hv-1") == []
        assert await store.mock("tt-1") is None
        assert await store.mock_rows("tt-1") == []
        assert len(await store.reviews("hv-2")) == 1

    stores.run(work)


def test_practice_touches_no_row_of_a_round(stores: Stores) -> None:
    """Contestants, attempts and rows are the same as before."""
    stores.prepare(2, opened=True)

    async def work(store: Store) -> None:
        before = await store.counts(), await store.rows("lt-00001"), await store.last_turn()
        await store.write(LEARNER, answered(), OpenMock(MOCK, "{}"))
        await store.write(TakeMockPen("tt-1", "trang-1", AT), row(Kind.SUBMIT))
        assert before == (
            await store.counts(),
            await store.rows("lt-00001"),
            await store.last_turn(),
        )
        assert await store.verify_actions() is None

    stores.run(work)


def test_two_processes_answer_one_asking_once(stores: Stores) -> None:
    """Whichever is first."""
    stores.run(lambda store: store.write(LEARNER))
    outcomes = stores.race([answered()], [answered()])
    assert sorted(side[0].result for side in outcomes) == ["again", "done"]
