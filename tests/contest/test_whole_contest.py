"""One contest from its files to its closing row, at service level, told as a story.

A sample contest opens. An and Bình are of one unit, Chi of another. An changes pages
(and phones) in the middle, Bình runs out of time, Chi is granted some and hands in.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from contest.attempt import Refusal, State, verify_chain
from contest.directory import ContestDirectory
from contest.rounds import EXPIRE_SETTLE_MS
from contest.service import Service
from contest.sitting import Answered, Sitting
from tests.factories import (
    CLOSES,
    HOUR,
    MINUTE,
    OPENS,
    ROUND,
    begin_again,
    enrol,
    make_bank,
    opened,
    page,
    right_positions,
    write_contest,
)

AN_BEGINS = OPENS + HOUR
BINH_BEGINS = CLOSES - 30 * MINUTE
CHI_BEGINS = CLOSES - 10 * MINUTE


def digest(value: Any) -> str:
    """Return what the chain makes of a value, reckoned without the kit."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


async def an(service: Service) -> str:
    """Answer half of the paper on one page and the other half on another phone."""
    registered = await enrol(service, 1, "dv-1", AN_BEGINS)
    first = await begin_again(service, registered.contestant_id, AN_BEGINS)
    assert await first.take_pen(page(1), AN_BEGINS) == 1
    for q in (1, 2, 3):
        right = right_positions(first, q)
        assert (await first.answer(1, q, q, right, AN_BEGINS + q * MINUTE)).result == "saved"

    # The battery is empty. On a borrowed phone, with the code:
    found = await service.resume(registered.code.lower())
    assert found == registered.contestant_id
    standing = await service.standing(found, ROUND, AN_BEGINS + 5 * MINUTE)
    assert standing.running is not None
    second = await service.sitting(standing.running.attempt_id)
    assert second is not None
    assert second.paper == first.paper
    assert await second.take_pen(page(2), AN_BEGINS + 5 * MINUTE) == 2
    assert set((await second.replay()).responses) == {
        first.paper.item(q).question.id for q in (1, 2, 3)
    }

    # The first page comes back to life: it may neither answer nor hand in.
    late = AN_BEGINS + 6 * MINUTE
    assert await first.answer(1, 4, 1, [], late) == Answered("stale", late)
    assert await first.submit(1, 5, late) == Answered("refused", None, Refusal.OLD_PEN)

    for q in (4, 5):
        right = right_positions(second, q)
        assert (await second.answer(2, q, q, right, AN_BEGINS + q * MINUTE)).result == "saved"
    assert (await second.predict(2, 6, "3", AN_BEGINS + 9 * MINUTE)).result == "saved"
    assert (await second.submit(2, 7, AN_BEGINS + 10 * MINUTE)).result == "saved"
    return second.attempt_id


async def binh(service: Service) -> Sitting:
    """Answer one question, then fall asleep."""
    registered = await enrol(service, 2, "dv-1", BINH_BEGINS)
    sitting = await begin_again(service, registered.contestant_id, BINH_BEGINS)
    assert await sitting.take_pen(page(3), BINH_BEGINS) == 1
    right = right_positions(sitting, 1)
    assert (await sitting.answer(1, 1, 1, right, BINH_BEGINS + MINUTE)).result == "saved"
    too_late = await sitting.answer(1, 2, 2, [1], BINH_BEGINS + 20 * MINUTE)
    assert too_late.refusal is Refusal.LATE
    return sitting


async def chi(service: Service) -> Sitting:
    """Begin late, lose the current, and get the lost minutes back beyond the close."""
    registered = await enrol(service, 3, "dv-3", CHI_BEGINS)
    sitting = await begin_again(service, registered.contestant_id, CHI_BEGINS)
    assert await sitting.take_pen(page(4), CHI_BEGINS) == 1
    assert sitting.deadline == CLOSES
    assert await service.grant_time(
        sitting.attempt_id, 7, "mất điện 7 phút", "Tổ Thư ký", CLOSES - MINUTE
    )
    return sitting


async def contest(directory: ContestDirectory) -> dict[str, str]:
    """Hold the contest; return everybody's attempt."""
    async with opened(directory, at=OPENS - MINUTE) as service:
        assert (await service.status(OPENS - MINUTE)).phase == "before"
        await service.rounds.tick(OPENS)
        assert (await service.status(OPENS)).phase == "open"
        attempts = {"an": await an(service)}
        sleeping = await binh(service)
        attempts["binh"] = sleeping.attempt_id
        await service.rounds.tick(BINH_BEGINS + 20 * MINUTE + EXPIRE_SETTLE_MS)
        assert (await sleeping.head()).state is State.EXPIRED
        granted = await chi(service)
        attempts["chi"] = granted.attempt_id

    # The server is restarted at the moment of the close: Chi still has seven minutes.
    async with opened(directory, at=CLOSES + EXPIRE_SETTLE_MS) as service:
        assert not await service.rounds.closed(ROUND)
        back = await service.sitting(attempts["chi"])
        assert back is not None
        assert back.deadline == CLOSES + 7 * MINUTE
        assert (await back.answer(1, 1, 1, [], CLOSES + 2 * MINUTE)).result == "saved"
        assert (await back.submit(1, 2, CLOSES + 3 * MINUTE)).result == "saved"
        await service.rounds.tick(CLOSES + 4 * MINUTE)
        assert await service.rounds.closed(ROUND)
        again = await service.open_attempt(back.record.contestant_id, ROUND, CLOSES - 1)
        assert again.result == "not_open"
        view = await service.view_by_receipt(back.record.receipt)
        assert view is not None
        assert view.ended_at == CLOSES + 3 * MINUTE
    return attempts


def test_contest_from_its_files_to_its_closing_row(tmp_path: Path) -> None:
    """Every chain verifies, and so does the root, reckoned from the rows by hand."""
    directory = write_contest(tmp_path / "cuoc_thi", sample=True, bank=make_bank(status="reviewed"))
    attempts = asyncio.run(contest(directory))

    heads = {}
    with closing(sqlite3.connect(directory.database)) as connection:
        for name, attempt_id in attempts.items():
            previous, count, kinds = "", 0, []
            for row in connection.execute(
                "select n, kind, at, pen, sequence, body, hash from rows where attempt_id = ?"
                " order by n",
                [attempt_id],
            ):
                n, kind, at, pen, sequence, body, stored = row
                count += 1
                kinds.append(kind)
                assert n == count
                previous = digest([previous, attempt_id, n, kind, at, pen, sequence, body])
                assert stored == previous, (name, n)
            heads[attempt_id] = (count, previous, kinds)

        previous = ""
        for n, at, actor, kind, subject, body, stored in connection.execute(
            "select n, at, actor, kind, subject, body, hash from actions order by n"
        ):
            previous = digest([previous, subject, n, kind, at, 0, None, f"{actor}\n{body}"])
            assert stored == previous, n
        (closing_row,) = connection.execute("select body from actions where kind = 'close'")
        (running,) = connection.execute("select count(*) from running")

    assert running == (0,)
    assert heads[attempts["an"]][2] == [
        "open", "pen", "response", "response", "response",
        "pen", "response", "response", "response", "prediction", "submit",
    ]  # fmt: skip
    assert heads[attempts["binh"]][2] == ["open", "pen", "response", "expire"]
    assert heads[attempts["chi"]][2] == ["open", "pen", "response", "submit"]
    root = digest([[id_, *heads[id_][:2]] for id_ in sorted(heads)])
    assert json.loads(closing_row[0]) == {"root": root, "attempts": 3, "people": 3, "rows": 19}


def test_people_forgotten_leave_every_chain_whole(tmp_path: Path) -> None:
    """Names, phones and salt are erased; what can be verified stays verifiable."""
    directory = write_contest(tmp_path / "cuoc_thi", sample=True)
    attempts = asyncio.run(contest(directory))
    with closing(sqlite3.connect(directory.database)) as connection:
        connection.execute("delete from people")
        connection.commit()

    async def main() -> None:
        async with opened(directory, at=None) as service:
            for attempt_id in attempts.values():
                rows = await service.store.rows(attempt_id)
                assert verify_chain(rows) is None
                view = await service.view(attempt_id)
                assert view is not None
                assert view.person is None
            assert await service.store.verify_actions() is None
            summary = await service.store.round_summary(ROUND)
            (action,) = await service.store.actions("close")
            assert action.body["root"] == digest(summary.heads)

    asyncio.run(main())


def test_rows_changed_in_the_database_are_found(tmp_path: Path) -> None:
    """By the chain, and a chain made anew by the closing root."""
    directory = write_contest(tmp_path / "cuoc_thi", sample=True)
    attempts = asyncio.run(contest(directory))
    with closing(sqlite3.connect(directory.database)) as connection:
        connection.execute(
            "update rows set at = at - 60000 where kind = 'submit' and attempt_id = ?",
            [attempts["an"]],
        )
        connection.execute("update actions set body = '{}' where kind = 'extra_time'")
        connection.commit()

    async def main() -> None:
        async with opened(directory, at=None) as service:
            assert verify_chain(await service.store.rows(attempts["an"])) == 11
            assert verify_chain(await service.store.rows(attempts["chi"])) is None
            assert await service.store.verify_actions() == 2

    asyncio.run(main())
