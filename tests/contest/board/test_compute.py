"""Snapshots of the leaderboard against the frames of grading, and what they never hold."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from contest.board.compute import Board, round_rows
from contest.board.open_round import OpenRound
from contest.board.policy import shown_of
from contest.board.ranked import before_close, people_shown, ranked_units
from contest.chains import Tampered
from contest.closing.steps import CONFIRMS, KIND
from contest.keeping.personal import purge
from contest.masking import masked_name
from contest.results import gather
from contest.rounds import EXPIRE_SETTLE_MS
from contest.rules import Rules
from contest.service import Service
from contest.store.commands import Action, RecordAction
from grading import Results, grade
from tests.contest.rulings.helpers import make
from tests.factories import (
    CLOSES,
    HOUR,
    MINUTE,
    OPENS,
    ROUND,
    begin,
    begin_again,
    fields,
    opened,
    page,
    right_positions,
    rules_text,
    write_contest,
)
from tests.serving.contests import change_rules, reveal

SAT = [(1, "dv-1", 6), (2, "dv-1", 4), (3, "dv-3", 5), (4, "dv-2", 4)]
"""Number, unit, right answers."""

OVER = CLOSES + EXPIRE_SETTLE_MS + MINUTE

Work = Callable[[Service, Board], Awaitable[None]]


def board_of(service: Service) -> Board:
    """Return a leaderboard over a service's store."""
    return Board(service.rounds, service.store)  # type: ignore[arg-type]


def in_contest(path: Path, work: Work, changes: dict[str, str] | None = None, **rules: Any) -> None:
    """Do something in a contest that four people have sat, one of them twice, and a fifth sits."""
    directory = write_contest(path / "cuoc_thi", **rules)
    change_rules(directory.path, changes or {})

    async def main() -> None:
        async with opened(directory) as service:
            for number, unit, right in SAT:
                sitting = await begin(service, number, unit, OPENS + number * MINUTE)
                await answer(sitting, right)
            contestant = sitting.record.contestant_id
            await answer(await begin_again(service, contestant, OPENS + 20 * MINUTE), 6)
            await begin(service, 9, "dv-1", CLOSES - MINUTE)
            await work(service, board_of(service))

    asyncio.run(main())


async def answer(sitting: Any, right: int) -> None:
    """Sit a paper and hand it in."""
    at = sitting.record.started_at
    pen = await sitting.take_pen(page(), at)
    for q in range(1, right + 1):
        await sitting.answer(pen, q, q, right_positions(sitting, q), at + q * 1000)
    await sitting.predict(pen, 80, "5", at + 80_000)
    await sitting.submit(pen, 90, at + 5 * MINUTE)


async def graded(service: Service) -> Results:
    """Return what grading says."""
    found = await gather(service.rounds, service.store, [ROUND])  # type: ignore[arg-type]
    return grade(found.attempts, found.answers, found.people, found.rounds)


async def only_round(board: Board) -> dict[str, Any]:
    """Return the snapshot's round."""
    snapshot = await board.look(OPENS)
    assert snapshot is not None
    (found,) = snapshot["rounds"]
    return found


def people_of(found: dict[str, Any]) -> list[list[Any]]:
    """Return the people of the only group."""
    return [row for part in found["people"]["chung"]["parts"] for row in json.loads(part)]


def test_counts_are_those_of_grading(tmp_path: Path) -> None:
    """Every unit's people, entries and share, while the round is open."""

    async def work(service: Service, board: Board) -> None:
        found = await only_round(board)
        results = await graded(service)
        ours = {row[1]: (row[6], row[7], row[8]) for row in found["units"]}
        for row in results.units.itertuples():
            share = None if row.share is None else Decimal(round(row.share * 10_000)).scaleb(-4)
            people, entries, told = ours[row.unit]
            assert (people, entries) == (row.people, row.attempts)
            assert (None if told is None else Decimal(told)) == share
        assert found["totals"] == [4, 5]
        assert sum(count for _, count in found["times"]) == 5

    in_contest(tmp_path, work, prediction=None)


def test_ranks_after_the_close_are_those_of_grading(tmp_path: Path) -> None:
    """Of people and of units, with names masked."""

    async def work(service: Service, board: Board) -> None:
        await service.rounds.tick(OVER)
        found = await only_round(board)
        results = await graded(service)
        ranked = results.people[results.people["status"] == "ranked"]
        assert [(row[0], row[1], row[4], row[5]) for row in people_of(found)] == [
            (row.rank, masked_name(row.name), row.score, row.correct) for row in ranked.itertuples()
        ]
        places = {row[1]: row[0] for row in found["units"]}
        for row in results.units.astype(object).itertuples():
            assert places[row.unit] == (row.rank if row.rank == row.rank else None)
        assert found["final"]

    in_contest(tmp_path, work)


def test_names_ids_and_phones_stay_inside(tmp_path: Path) -> None:
    """A snapshot leaves the process: nobody can be told by it who isn't meant to."""

    async def work(service: Service, board: Board) -> None:
        await service.rounds.tick(OVER)
        text = json.dumps(await board.look(OPENS), ensure_ascii=False)
        rows = await service.store.round_summary(ROUND)
        for attempt_id, *_ in rows.heads:
            record = await service.store.attempt(attempt_id)
            assert record is not None
            assert attempt_id not in text
            assert record.contestant_id not in text
            assert record.receipt not in text
        for number, *_ in SAT:
            assert fields(number)["name"] not in text
            assert fields(number)["phone"] not in text

    in_contest(tmp_path, work)


@pytest.mark.parametrize("quantity", ["people", "entries"])
def test_predicted_counts_are_in_no_open_snapshot(tmp_path: Path, quantity: str) -> None:
    """The same contest with twice as many people gives the very same snapshot."""

    async def work(service: Service, board: Board) -> None:
        before = await board.look(OPENS)
        for number in range(11, 16):
            await answer(await begin(service, number, "dv-2", OPENS + number * MINUTE), 3)
        after = await board.look(OPENS)
        assert before is not None
        assert after == before

    in_contest(tmp_path, work, prediction=quantity, changes=reveal("at_once"))


@pytest.mark.parametrize("quantity", ["perfect_people", "percent_right"])
def test_predicted_right_answers_are_in_no_open_snapshot(tmp_path: Path, quantity: str) -> None:
    """Neither scores nor means; who takes part may be seen."""

    async def work(_: Service, board: Board) -> None:
        found = await only_round(board)
        assert found["people"] == {}
        assert {row[9] for row in found["units"]} == {None}
        assert found["totals"] == [4, 5]

    in_contest(tmp_path, work, prediction=quantity, changes=reveal("at_once"))


def test_scores_wait_for_the_close(tmp_path: Path) -> None:
    """Where the rules reveal them after the round."""

    async def work(_: Service, board: Board) -> None:
        found = await only_round(board)
        assert (found["people"], found["shown"]["people"]) == ({}, "later")
        assert board.graded == 0

    in_contest(tmp_path, work, prediction=None)


def test_an_open_round_is_ranked_without_its_prediction() -> None:
    """Whose guess is near mustn't be told before the end; the other keys stay in their order."""
    rules = Rules.model_validate(yaml.safe_load(rules_text())).grading(ROUND)
    open_ = before_close(rules)
    assert open_ is not None
    assert [key.key for key in open_.people.keys] == ["score", "duration"]
    assert open_.prediction is None
    (guess,) = [key for key in rules.people.keys if key.key == "prediction_error"]
    alone = rules.people.model_copy(update={"keys": (guess,)})
    assert before_close(rules.model_copy(update={"people": alone})) is None


def test_open_scores_are_shown_where_nothing_stands_against_it(tmp_path: Path) -> None:
    """In the order of the rules, provisional and without prizes."""

    async def work(_: Service, board: Board) -> None:
        found = await only_round(board)
        assert [(row[0], row[5]) for row in people_of(found)] == [(1, 6), (1, 6), (3, 5), (4, 4)]
        assert not found["final"]
        means = {row[1]: row[9] for row in found["units"]}
        assert means["Đơn vị mẫu 3"] == "50.00"

    in_contest(tmp_path, work, prediction=None, changes=reveal("at_once"))


async def whole_round(service: Service) -> list[tuple[Any, ...]]:
    """Return place, name, score and right answers as grading the open round at once says."""
    found = await gather(service.rounds, service.store, [ROUND])  # type: ignore[arg-type]
    (given,) = found.rounds
    rules = before_close(given.rules)
    assert rules is not None
    results = grade(found.attempts, found.answers, found.people, [replace(given, rules=rules)])
    ranked = results.people[results.people["status"] == "ranked"]
    return [
        (row.rank, masked_name(row.name), row.score, row.correct) for row in ranked.itertuples()
    ]


def test_an_open_round_is_marked_as_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has ended since the last look is marked and no more; the whole is ranked all the same,
    also after a ruling, which begins it anew."""
    marked: list[int] = []
    mark = OpenRound._mark

    def counted(self: OpenRound, snapshot: Any, ids: list[str]) -> Any:
        marked.append(len(ids))
        return mark(self, snapshot, ids)

    monkeypatch.setattr(OpenRound, "_mark", counted)

    async def shown(service: Service, board: Board) -> list[tuple[Any, ...]]:
        rows = people_of(await only_round(board))
        ours = [(row[0], row[1], row[4], row[5]) for row in rows]
        assert ours == await whole_round(service)
        return rows

    async def work(service: Service, board: Board) -> None:
        first = await shown(service, board)
        assert marked == [0, 5]
        contestants = []
        for number, right in ((11, 6), (12, 1)):
            sitting = await begin(service, number, "dv-2", OPENS + number * MINUTE)
            await answer(sitting, right)
            contestants.append(sitting.record.contestant_id)
            assert len(await shown(service, board)) == len(first) + number - 10
        assert marked == [0, 5, 1, 1]
        at = OPENS + HOUR
        await make(service, "exclude", contestant=contestants[0], at=at)
        assert len(await shown(service, board)) == len(first) + 1
        question = sitting.paper.items[1].question.id
        await make(service, "void", question=question, how="full", at=at)
        await shown(service, board)
        assert marked == [0, 5, 1, 1, 0, 7, 0, 7]

    in_contest(tmp_path, work, prediction=None, changes=reveal("at_once"))


def test_a_changed_row_is_told_at_every_look(tmp_path: Path) -> None:
    """Until somebody mends it; no table is shown as if nothing had happened."""

    async def work(service: Service, board: Board) -> None:
        assert await board.look(OPENS) is not None
        await answer(await begin(service, 11, "dv-2", OPENS + 30 * MINUTE), 3)
        with closing(sqlite3.connect(service.rounds.directory.database)) as database:
            database.execute("update rows set at = at + 1 where kind = 'submit'")
            database.commit()
        for _ in range(2):
            with pytest.raises(Tampered):
                await board.look(OPENS)

    in_contest(tmp_path, work, prediction=None, changes=reveal("at_once"))


def test_nothing_new_costs_nothing(tmp_path: Path) -> None:
    """A look without a change gives nothing, and answers that are only saved change nothing."""

    async def work(service: Service, board: Board) -> None:
        assert await board.look(OPENS) is not None
        assert await board.look(OPENS + 1) is None
        sitting = await begin(service, 20, "dv-1", OPENS + MINUTE)
        pen = await sitting.take_pen(page(), OPENS + MINUTE)
        await sitting.answer(pen, 1, 1, right_positions(sitting, 1), OPENS + 2 * MINUTE)
        assert await board.look(OPENS + 2) is None
        await sitting.submit(pen, 90, OPENS + 3 * MINUTE)
        assert await board.look(OPENS + 3) is not None

    in_contest(tmp_path, work, prediction=None)


def test_a_closed_round_is_graded_once(tmp_path: Path) -> None:
    """Whatever goes on elsewhere, as long as no ruling changes it."""

    async def work(service: Service, board: Board) -> None:
        await service.rounds.tick(OVER)
        first = await board.look(OPENS)
        contestant = (await service.store.round_summary(ROUND)).heads[0][0]
        record = await service.store.attempt(contestant)
        assert record is not None
        await service.replace_code(record.contestant_id, "Thư ký mẫu", OVER)
        for kind in ("login_try", "login", "people", "claim_answer", "issue", "contacts"):
            await service.store.write(RecordAction(Action(OVER, "Thư ký mẫu", kind, "x")))
        second = await board.look(OPENS)
        assert first == second
        assert board.graded == 1

    in_contest(tmp_path, work)


def test_a_ruling_reaches_the_board(tmp_path: Path) -> None:
    """An excluded person is gone from every table; a corrected unit has its people."""

    async def work(service: Service, board: Board) -> None:
        await service.rounds.tick(OVER)
        before = await only_round(board)
        assert before["totals"] == [5, 6]
        attempts = (await service.store.round_summary(ROUND)).heads
        records = [await service.store.attempt(head[0]) for head in attempts]
        first, second, *_ = {r.contestant_id: r for r in records if r and r.number == 1}.values()
        await make(service, "exclude", contestant=first.contestant_id)
        await make(service, "unit", contestant=second.contestant_id, unit_id="dv-3")
        found = await only_round(board)
        results = await graded(service)
        assert {row[1]: (row[6], row[7]) for row in found["units"]} == {
            row.unit: (row.people, row.attempts) for row in results.units.itertuples()
        }
        assert found["totals"] != before["totals"]

    in_contest(tmp_path, work, prediction=None)


def test_prizes_wait_until_the_result_is_confirmed() -> None:
    """By the head. They bear their titles."""
    row = SimpleNamespace(
        group="chung", status="ranked", rank=1, name="Thí sinh thử 00001", unit="Đơn vị mẫu 1",
        parent_unit=None, score=60_000_000, correct=6, duration_ms=1000, prize="nhat;tre",
    )  # fmt: skip
    stated = yaml.safe_load(rules_text())
    titles = (("chung-cuoc", "nhat", "Giải Nhất chung cuộc"), ("round", "nhat", "Giải Nhất"),
              (ROUND, "tre", "Thí sinh trẻ"))  # fmt: skip
    stated["prizes"] = {
        "people": [
            {"of": of, "prizes": [{"id": id_, "title": title, "count": 1}], "edge": "all"}
            for of, id_, title in titles
        ]
    }
    stated["ranking"]["boards"] = [
        {
            "id": "chung-cuoc",
            "title": "Chung cuộc",
            "rounds": [ROUND],
            "ranking": {"keys": [{"key": "score", "order": "high"}], "ties": "shared"},
        }
    ]
    rules = Rules.model_validate(stated)
    shown = shown_of(rules, closed=True, all_closed=True)
    for done, prize in ((False, None), (True, "Giải Nhất, Thí sinh trẻ")):
        (told,) = people_shown([row], ROUND, rules, replace(shown, confirmed=done))["chung"]
        assert told[-1] == prize


def test_a_confirmation_stands_until_a_ruling_about_the_round(tmp_path: Path) -> None:
    """An admission to another round, or an erasure, doesn't touch it."""

    async def work(service: Service, board: Board) -> None:
        await service.rounds.tick(OVER)
        body = {"step": "confirm", "role": CONFIRMS, "seen": 0, "result": "ab"}
        said = {"reason": "thử", "document": None, "contestants": ["ts-1"], "origin": "bảng"}
        common = {"reason": "thử", "document": None, "how": "out"}
        consents = list((await service.store.consents()).keys())
        steps = [
            (Action(OVER, "An", KIND, ROUND, {**body, "role": "viewer"}), False),
            (Action(OVER, "An", KIND, ROUND, body), True),
            (Action(OVER, "An", "admit", "chung-ket", {**said, "round": "chung-ket"}), True),
            (Action(OVER, "An", "void", "ch-luat-1", {**common, "round": ROUND}), False),
            (Action(OVER, "An", KIND, ROUND, {**body, "seen": 1}), True),
        ]
        for action, confirmed in steps:
            await service.store.write(RecordAction(action))
            assert (await only_round(board))["confirmed"] is confirmed
        await purge(service, consents, "Thư ký mẫu", OVER)
        assert (await only_round(board))["confirmed"] is True

    in_contest(tmp_path, work, prediction=None)


def test_prizes_of_units_wait_for_the_confirmation_too(tmp_path: Path) -> None:
    """They bear their titles; whoever has none, has none."""
    stated = yaml.safe_load(rules_text())
    prize = {"id": "dan_dau", "title": "Đơn vị dẫn đầu", "count": 1}
    stated["prizes"] = {"units": [{"of": "round", "level": 1, "prizes": [prize], "edge": "all"}]}
    rules = Rules.model_validate(stated)
    rows = [
        SimpleNamespace(unit_id="dv-1", rank=1, mean_score=None, prize="dan_dau"),
        SimpleNamespace(unit_id="dv-2", rank=2, mean_score=None, prize=None),
    ]

    async def work(service: Service, _: Board) -> None:
        await service.rounds.tick(OVER)
        frozen = await service.rounds.frozen(ROUND)
        assert frozen is not None
        shown = shown_of(rules, closed=True, all_closed=True)
        units = ranked_units(rows, ROUND, rules)
        names = [frozen.units.by_id[row.unit_id].name for row in rows]
        for done, title in ((False, None), (True, "Đơn vị dẫn đầu")):
            told = round_rows(frozen, replace(shown, confirmed=done), [], {}, units)
            prizes = {row[1]: row[10] for row in told["units"]}
            assert [prizes[name] for name in names] == [title, None]

    in_contest(tmp_path, work)


def test_an_erased_person_loses_their_name(tmp_path: Path) -> None:
    """And keeps their place."""

    async def work(service: Service, board: Board) -> None:
        await service.rounds.tick(OVER)
        before = people_of(await only_round(board))
        consents = list((await service.store.consents()).keys())
        await purge(service, consents, "Thư ký mẫu", OVER)
        after = people_of(await only_round(board))
        assert [row[1] for row in after] == [None] * len(before)
        assert [row[0] for row in after] == [row[0] for row in before]

    in_contest(tmp_path, work)
