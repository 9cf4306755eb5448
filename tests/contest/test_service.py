"""Register, open, resume, rule, look up."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from contest.attempt import State
from contest.directory import ContestDirectory
from contest.ids import RESUME_LENGTH, SeededIds, is_code, is_receipt, shown
from contest.registration import commitment, consent_text
from contest.rounds import EXPIRE_SETTLE_MS
from contest.service import Opened
from contest.store import MarkSynthetic, StoreUnavailable
from tests.factories import (
    CLOSES,
    HOUR,
    MINUTE,
    OPENS,
    ROUND,
    UNITS,
    begin,
    begin_again,
    enrol,
    fields,
    opened,
    page,
    write_contest,
)

LENGTH = 20 * MINUTE


class FewIds:
    """A source that soon repeats itself: what an unlucky draw of codes looks like."""

    def __init__(self, *bytes_: int, seed: int = 1) -> None:
        self._bytes = list(bytes_)
        self._seeded = SeededIds(seed, "few")

    def take(self, size: int) -> bytes:
        """Give a code of one letter where codes are asked for, else an id like any other."""
        if size == RESUME_LENGTH:
            return bytes([self._bytes.pop(0)] * size)
        return self._seeded.take(size)


# ---- registration ----


def test_registered_person_has_id_code_and_consent(directory: ContestDirectory) -> None:
    """The consent with its time and the hash of its text."""

    async def main() -> None:
        async with opened(directory) as service:
            result = await enrol(service, at=OPENS + 5)
            assert is_code(result.code, RESUME_LENGTH)
            found = await service.store.contestant(result.contestant_id)
            assert found is not None
            assert (found.unit_id, found.group, found.registered_at) == ("dv-1", "chung", OPENS + 5)
            consent = consent_text(service.rounds.known().rules).hash()
            assert (found.consent_at, found.consent_hash) == (OPENS + 5, consent)
            assert await service.store.person(result.contestant_id) == fields(1)

    asyncio.run(main())


def test_names_and_phones_stand_in_the_erasable_table_only(directory: ContestDirectory) -> None:
    """Nowhere else in the database, and the code nowhere at all."""
    found = {}

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
            await sitting.take_pen(page(), OPENS + MINUTE)
            found["code"] = await service.replace_code(
                sitting.record.contestant_id, "Tổ", OPENS + HOUR
            )

    asyncio.run(main())
    with closing(sqlite3.connect(directory.database)) as connection:
        dump = [line for line in connection.iterdump() if '"people"' not in line]
    everything = "\n".join(dump)
    assert fields(1)["phone"] not in everything
    assert "Thí sinh thử" not in everything
    assert found["code"] not in everything


def test_same_phone_registers_once(directory: ContestDirectory) -> None:
    """Whatever name is given the second time; nothing is told of the first."""

    async def main() -> None:
        async with opened(directory) as service:
            rules = service.rounds.known().rules
            assert not await service.key_is_used(rules, fields(1))
            await enrol(service, 1)
            assert await service.key_is_used(rules, fields(1))
            again = {**fields(1), "name": "Thí sinh khác"}
            assert await service.register(rules, again, "dv-2", "chung", OPENS) is None
            assert (await service.store.counts())["contestants"] == 1

    asyncio.run(main())


def test_without_a_key_the_same_phone_registers_twice(tmp_path: Path) -> None:
    """`key: none` is the organisers' choice."""

    async def main() -> None:
        async with opened(write_contest(tmp_path / "x", key="none")) as service:
            first, second = await enrol(service, 1), await enrol(service, 1)
            assert first.contestant_id != second.contestant_id
            assert not await service.key_is_used(service.rounds.known().rules, fields(1))

    asyncio.run(main())


def test_code_that_is_taken_is_replaced_by_another(directory: ContestDirectory) -> None:
    """Without a word to the person."""

    async def main() -> None:
        async with opened(directory, ids=FewIds(1, 1, 2)) as service:
            first, second = await enrol(service, 1), await enrol(service, 2)
            assert (first.code, second.code) == ("1" * 8, "2" * 8)

    asyncio.run(main())


def test_registration_sent_again_tells_its_own_code(directory: ContestDirectory) -> None:
    """Not the first one that was tried, which is somebody else's."""

    async def main() -> None:
        async with opened(directory, ids=FewIds(1)) as service:
            await enrol(service, 1)
            first = await enrol(service.with_ids(FewIds(1, 2, seed=2)), 2)
            again = await enrol(service.with_ids(FewIds(1, 2, seed=2)), 2)
            assert first == again
            assert first.code == "2" * 8
            assert await service.resume(again.code) == first.contestant_id

    asyncio.run(main())


def test_codes_that_are_all_taken_are_an_error(directory: ContestDirectory) -> None:
    """After a few tries, and nobody is registered without one."""

    async def main() -> None:
        async with opened(directory, ids=FewIds(*[1] * 9)) as service:
            await enrol(service, 1)
            with pytest.raises(StoreUnavailable):
                await enrol(service, 2)
            assert (await service.store.counts())["contestants"] == 1

    asyncio.run(main())


# ---- the resume code ----


def test_code_finds_its_contestant_however_it_is_typed(directory: ContestDirectory) -> None:
    """In groups, in small letters, with look-alikes."""

    async def main() -> None:
        async with opened(directory, ids=FewIds(0)) as service:
            registered = await enrol(service)
            for typed in (registered.code, shown(registered.code), "oooo-OOOO", " 0000 0000 "):
                assert await service.resume(typed) == registered.contestant_id

    asyncio.run(main())


@pytest.mark.parametrize("typed", ["", "0000", "00000000", "K7QM-2XTD", "x" * 10_000, "đáp án!"])
def test_other_codes_find_nobody(directory: ContestDirectory, typed: str) -> None:
    """Nor does nonsense."""

    async def main() -> None:
        async with opened(directory) as service:
            await enrol(service)
            assert await service.resume(typed) is None

    asyncio.run(main())


def test_new_code_takes_the_place_of_the_lost_one(directory: ContestDirectory) -> None:
    """The organisers' act names its actor."""

    async def main() -> None:
        async with opened(directory) as service:
            registered = await enrol(service)
            code = await service.replace_code(registered.contestant_id, "Tổ Thư ký", OPENS + 9)
            assert code is not None
            assert await service.resume(registered.code) is None
            assert await service.resume(code) == registered.contestant_id
            (action,) = await service.store.actions("new_code")
            assert (action.actor, action.subject) == ("Tổ Thư ký", registered.contestant_id)
            assert await service.replace_code("ts-nobody", "Tổ Thư ký", OPENS) is None

    asyncio.run(main())


# ---- opening ----


def test_open_row_carries_what_the_attempt_depends_on(directory: ContestDirectory) -> None:
    """Person, unit, group, hashes and the commitment to the erasable fields."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service, unit="dv-2")
            frozen = await service.rounds.frozen(ROUND)
            contestant = await service.store.contestant(sitting.record.contestant_id)
            assert frozen is not None
            assert contestant is not None
            assert sitting.record.opened == {
                "contestant_id": contestant.contestant_id,
                "unit_id": "dv-2",
                "group": "chung",
                "round": ROUND,
                "number": 1,
                "bank": frozen.hashes["bank"],
                "rules": frozen.hashes["rules"],
                "units": frozen.hashes["units"],
                "commitment": contestant.commitment,
                "draw": 1,
            }
            assert is_receipt(sitting.record.receipt)

    asyncio.run(main())


def test_commitment_can_be_opened_with_fields_and_salt(directory: ContestDirectory) -> None:
    """And not once they are erased; the chain stays whole all the same."""

    async def main() -> str:
        async with opened(directory) as service:
            return (await begin(service)).record.opened["commitment"]

    expected = asyncio.run(main())
    with closing(sqlite3.connect(directory.database)) as connection:
        (salt,) = connection.execute("select salt from people").fetchone()
    assert commitment(fields(1), salt) == expected
    assert len(salt) == 32


@pytest.mark.parametrize("at", [OPENS - 1, CLOSES, CLOSES + HOUR])
def test_nothing_is_opened_outside_the_window(directory: ContestDirectory, at: int) -> None:
    """Before it and from its close on."""

    async def main() -> None:
        async with opened(directory) as service:
            registered = await enrol(service)
            result = await service.open_attempt(registered.contestant_id, ROUND, at)
            assert result == Opened("not_open")

    asyncio.run(main())


@pytest.mark.parametrize(("who", "round_id"), [("ts-nobody", ROUND), (None, "ky-9")])
def test_nothing_is_opened_for_nobody_or_in_no_round(
    directory: ContestDirectory, who: str | None, round_id: str
) -> None:
    """It is just not open."""

    async def main() -> None:
        async with opened(directory) as service:
            registered = await enrol(service)
            result = await service.open_attempt(who or registered.contestant_id, round_id, OPENS)
            assert result == Opened("not_open")

    asyncio.run(main())


def test_running_attempt_is_returned_instead_of_a_new_one(directory: ContestDirectory) -> None:
    """Also a moment before its end."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
            result = await service.open_attempt(
                sitting.record.contestant_id, ROUND, sitting.deadline - 1
            )
            assert result == Opened("open", sitting.attempt_id)

    asyncio.run(main())


def test_double_click_opens_one_attempt(directory: ContestDirectory) -> None:
    """Ten at once, through two processes' services."""

    async def main() -> None:
        async with (
            opened(directory, ids=SeededIds(1, "một")) as one,
            opened(directory, ids=SeededIds(1, "hai")) as two,
        ):
            registered = await enrol(one)
            clicks = [
                service.open_attempt(registered.contestant_id, ROUND, OPENS + n)
                for n in range(5)
                for service in (one, two)
            ]
            results = await asyncio.gather(*clicks)
            assert len({result.attempt_id for result in results}) == 1
            assert {result.result for result in results} == {"open"}
            assert (await one.store.counts())["attempts"] == 1

    asyncio.run(main())


def test_attempts_are_limited(directory: ContestDirectory) -> None:
    """Two here; an expired one is used up like a submitted one."""

    async def main() -> None:
        async with opened(directory) as service:
            first = await begin(service)
            await first.take_pen(page(), OPENS + MINUTE)
            await first.submit(1, 1, OPENS + 5 * MINUTE)
            contestant_id = first.record.contestant_id
            second = await begin_again(service, contestant_id, OPENS + HOUR)
            assert (second.record.number, second.attempt_id != first.attempt_id) == (2, True)
            third = await service.open_attempt(contestant_id, ROUND, OPENS + 3 * HOUR)
            assert third == Opened("no_attempts")
            assert (await second.head()).state is State.EXPIRED

    asyncio.run(main())


def test_receipt_that_is_taken_is_replaced_by_another(directory: ContestDirectory) -> None:
    """Two attempts never have the same one."""

    async def main() -> None:
        # Codes of both people, then the receipts.
        async with opened(directory, ids=FewIds(1, 2, 3, 3, 4)) as service:
            people = [await enrol(service, number) for number in (1, 2)]
            sittings = [await begin_again(service, p.contestant_id, OPENS) for p in people]
            assert sittings[0].record.receipt[:8] == "3" * 8
            assert sittings[1].record.receipt[:8] == "4" * 8

    asyncio.run(main())


def test_contestant_of_a_unit_that_is_no_longer_listed_is_told_so(
    directory: ContestDirectory,
) -> None:
    """The unit was taken out of the list between registration and opening."""

    async def main() -> None:
        async with opened(directory, at=None) as service:
            registered = await enrol(service, unit="dv-3")
            left = UNITS.replace("dv-3,Đơn vị mẫu 3,khoi-b,Khối B,50\n", "")
            (directory.path / "don_vi.csv").write_text(left, encoding="utf-8")
            await service.rounds.tick(OPENS)
            result = await service.open_attempt(registered.contestant_id, ROUND, OPENS)
            assert result == Opened("unit_gone")

    asyncio.run(main())


# ---- standing ----


def test_standing_tells_what_is_left(directory: ContestDirectory) -> None:
    """Nothing used, one running, one ended, both ended."""

    async def main() -> None:
        async with opened(directory) as service:
            registered = await enrol(service)
            id_ = registered.contestant_id
            fresh = await service.standing(id_, ROUND, OPENS)
            assert (fresh.used, fresh.left, fresh.running, fresh.ended) == (0, 2, None, [])
            sitting = await begin_again(service, id_, OPENS + MINUTE)
            running = await service.standing(id_, ROUND, OPENS + 2 * MINUTE)
            assert (running.used, running.left) == (1, 1)
            assert running.running == sitting.record
            assert running.deadline == OPENS + MINUTE + LENGTH
            ended = await service.standing(id_, ROUND, OPENS + HOUR)
            assert (ended.left, ended.running, ended.ended) == (1, None, [sitting.record])

    asyncio.run(main())


def test_attempt_that_runs_beyond_its_round_is_found(tmp_path: Path) -> None:
    """Time was granted, and the next round is coming up already."""
    directory = write_contest(
        tmp_path / "x", more_rounds=[("ky-2", CLOSES + HOUR, CLOSES + 2 * HOUR)]
    )

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service, at=CLOSES - MINUTE)
            contestant_id = sitting.record.contestant_id
            await service.grant_time(sitting.attempt_id, 10, "x", "y", CLOSES - 1)
            later = CLOSES + 5 * MINUTE
            assert (await service.status(later)).round.id == "ky-2"
            assert (await service.status_for(contestant_id, later)).round.id == ROUND
            other = await enrol(service, 2)
            assert (await service.status_for(other.contestant_id, later)).round.id == "ky-2"
            after = CLOSES + 20 * MINUTE
            await service.rounds.tick(after)
            assert (await service.status_for(contestant_id, after)).round.id == "ky-2"

    asyncio.run(main())


def test_looking_at_an_attempt_ends_it_where_its_time_is_over(
    directory: ContestDirectory,
) -> None:
    """Without waiting for the tick."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
            after = sitting.deadline + EXPIRE_SETTLE_MS
            await service.standing(sitting.record.contestant_id, ROUND, after)
            assert (await sitting.head()).state is State.EXPIRED

    asyncio.run(main())


# ---- rulings ----


def test_granted_time_leaves_a_row_and_moves_the_deadline(directory: ContestDirectory) -> None:
    """Twice adds up; reason and actor are kept."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
            before = sitting.deadline
            for _ in range(2):
                assert await service.grant_time(
                    sitting.attempt_id, 3, "mất điện", "Tổ Thư ký", OPENS + HOUR
                )
            standing = await service.standing(
                sitting.record.contestant_id, ROUND, before + 5 * MINUTE
            )
            assert standing.deadline == before + 6 * MINUTE
            actions = await service.store.actions("extra_time")
            assert {(a.actor, a.subject, a.body["reason"]) for a in actions} == {
                ("Tổ Thư ký", sitting.attempt_id, "mất điện")
            }

    asyncio.run(main())


def test_ended_attempt_is_granted_nothing(directory: ContestDirectory) -> None:
    """Nor one that isn't there; no row is left."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
            await sitting.expire(OPENS + HOUR)
            for attempt_id in (sitting.attempt_id, "lt-nowhere"):
                assert not await service.grant_time(attempt_id, 5, "x", "y", OPENS + HOUR)
            assert await service.store.actions("extra_time") == []

    asyncio.run(main())


def test_time_granted_by_another_process_is_known_before_an_attempt_is_ended(
    directory: ContestDirectory,
) -> None:
    """The organisers' command runs beside the server."""

    async def main() -> None:
        async with opened(directory) as server, opened(directory) as desk:
            sitting = await begin(server)
            assert await desk.grant_time(sitting.attempt_id, 5, "x", "y", OPENS + MINUTE)
            late = OPENS + MINUTE + LENGTH + EXPIRE_SETTLE_MS
            assert not await sitting.expire(late)
            assert await sitting.is_running(late)

    asyncio.run(main())


# ---- looking up ----


def test_view_shows_what_an_attempt_came_to(directory: ContestDirectory) -> None:
    """Answers, end and person."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
            await sitting.take_pen(page(), OPENS + MINUTE)
            await sitting.answer(1, 1, 2, [1], OPENS + 2 * MINUTE)
            running = await service.view(sitting.attempt_id)
            assert running is not None
            assert (running.ended_at, running.person) == (None, fields(1))
            await sitting.submit(1, 2, OPENS + 3 * MINUTE)
            ended = await service.view(sitting.attempt_id)
            assert ended is not None
            assert ended.ended_at == OPENS + 3 * MINUTE
            question = sitting.paper.item(2).question.id
            assert list(ended.replay.responses) == [question]
            assert await service.view("lt-nowhere") is None

    asyncio.run(main())


def test_receipt_shows_an_ended_attempt_only(directory: ContestDirectory) -> None:
    """However it is typed; a wrong letter finds nothing."""

    async def main() -> None:
        async with opened(directory) as service:
            sitting = await begin(service)
            receipt = sitting.record.receipt
            assert await service.view_by_receipt(receipt) is None
            await sitting.take_pen(page(), OPENS + MINUTE)
            await sitting.submit(1, 1, OPENS + 2 * MINUTE)
            found = await service.view_by_receipt(shown(receipt).lower())
            assert found is not None
            assert found.record == sitting.record
            wrong = ("1" if receipt[0] != "1" else "2") + receipt[1:]
            assert await service.view_by_receipt(wrong) is None
            assert await service.view_by_receipt("") is None

    asyncio.run(main())


def test_synthetic_mark_is_told(directory: ContestDirectory) -> None:
    """For the band on every page."""

    async def main() -> None:
        async with opened(directory) as service:
            assert not await service.is_synthetic()
            await service.store.write(MarkSynthetic(1))
            assert await service.is_synthetic()

    asyncio.run(main())
