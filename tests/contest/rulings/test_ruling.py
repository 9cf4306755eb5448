"""Rulings on a small contest, from the proposal to the result."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from contest.directory import ContestDirectory
from contest.rulings.about_results import _how
from contest.rulings.case import Refused
from contest.rulings.preview import preview
from contest.rulings.service import KINDS, propose, record, rulings_of
from contest.service import Service
from tests.contest.rulings.helpers import (
    FIRST,
    LATER,
    REASON,
    SECOND,
    THIRD,
    ask,
    files,
    given,
    graded,
    in_loop,
    make,
    sat,
    sat_in,
    table,
)
from tests.factories import (
    HOUR,
    MINUTE,
    OPENS,
    ROUND,
    begin,
    enrol,
    fields,
    opened,
    page,
    right_positions,
    typed,
    typed_bank,
    write_contest,
)

People = list[tuple[str, str]]


def ruled(
    directory: ContestDirectory, *rulings: tuple[str, dict[str, Any]], close: bool = True
) -> People:
    """Let three people sit, and rule; `first`, `second`, `third` stand for their ids."""

    async def main() -> People:
        async with opened(directory) as service:
            people = await sat(service, close=close)
            for kind, what in rulings:
                await make(service, kind, **with_ids(what, people))
            assert await service.store.verify_actions() is None
            return people

    return asyncio.run(main())


def with_ids(what: dict[str, Any], people: People) -> dict[str, Any]:
    """Put ids where a ruling says who."""
    ranks = {"first": FIRST, "second": SECOND, "third": THIRD}
    return {
        key: people[ranks[value]][key == "attempt"]
        if key in ("attempt", "contestant") and value in ranks
        else value
        for key, value in what.items()
    }


def test_excluded_attempt_leaves_the_ranking(directory: ContestDirectory, tmp_path: Path) -> None:
    """Its row stays, without a rank; those behind move up; removed.csv tells why."""
    people = ruled(directory, ("exclude", {"attempt": "first"}))
    found = graded(directory, tmp_path / "out")
    assert [(found[id_]["rank"], found[id_]["status"]) for id_, _ in people] == [
        ("", "excluded"),
        ("1", "ranked"),
        ("2", "ranked"),
    ]
    (removed,) = table(tmp_path / "out", "removed")
    assert (removed["attempt_id"], removed["reason"], removed["ruling"]) == (
        people[FIRST][1],
        REASON,
        "1",
    )


def test_excluded_person_is_excluded_in_every_round(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """Until they are recognised again."""
    people = ruled(directory, ("exclude", {"contestant": "second"}))
    assert graded(directory, tmp_path / "out")[people[SECOND][0]]["status"] == "excluded"


def test_restored_person_is_ranked_again(directory: ContestDirectory, tmp_path: Path) -> None:
    """As if nothing had been ruled, but that both rulings are told."""
    people = ruled(
        directory, ("exclude", {"contestant": "first"}), ("restore", {"contestant": "first"})
    )
    assert graded(directory, tmp_path / "out")[people[FIRST][0]]["rank"] == "1"
    assert [row["kind"] for row in table(tmp_path / "out", "rulings")] == ["exclude", "restore"]
    assert table(tmp_path / "out", "removed") == []


def test_unit_of_a_round_moves_the_persons_attempts(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """Also where it is closed; the units' numbers follow."""
    what = {"contestant": "first", "unit_id": "dv-3", "round_id": ROUND}
    people = ruled(directory, ("unit", what))
    assert graded(directory, tmp_path / "out")[people[FIRST][0]]["unit_id"] == "dv-3"
    counts = {row["unit_id"]: row["people"] for row in table(tmp_path / "out", "tap_the")}
    assert (counts["dv-1"], counts["dv-3"]) == ("2", "1")


def test_unit_without_a_round_leaves_what_is_closed(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """It is for what is still open, and for new attempts."""
    people = ruled(directory, ("unit", {"contestant": "first", "unit_id": "dv-3"}))
    assert graded(directory, tmp_path / "out")[people[FIRST][0]]["unit_id"] == "dv-1"
    assert table(tmp_path / "out", "rulings") == []


@in_loop
async def test_new_attempts_are_opened_for_the_corrected_unit(directory: ContestDirectory) -> None:
    """And for the first one again, once that is undone."""
    async with opened(directory) as service:
        who = (await enrol(service)).contestant_id
        units = []
        for kind, what in (
            ("unit", {"contestant": who, "unit_id": "dv-2"}),
            ("undo", {"number": "1"}),
            ("undo", {"number": "2"}),
        ):
            await make(service, kind, OPENS + HOUR, **what)
            person = await service.store.contestant(who)
            assert person is not None
            units.append(person.unit_id)
        assert units == ["dv-2", "dv-1", "dv-2"]
        opened_ = await service.open_attempt(who, ROUND, OPENS + 2 * HOUR)
        attempt = await service.store.attempt(opened_.attempt_id or "")
        assert attempt is not None
        assert attempt.opened["unit_id"] == "dv-2"


def test_undo_and_its_undo(directory: ContestDirectory, tmp_path: Path) -> None:
    """Each is a ruling of its own; what is excluded follows the last word."""
    people = ruled(
        directory,
        ("exclude", {"attempt": "first"}),
        ("undo", {"number": "1"}),
        ("undo", {"number": "2"}),
    )
    ranks = [
        graded(directory, tmp_path / f"out-{n}", n)[people[FIRST][0]]["rank"] for n in range(4)
    ]
    assert ranks == ["1", "", "1", ""]


def test_every_earlier_result_stays_computable(directory: ContestDirectory, tmp_path: Path) -> None:
    """Byte for byte, whatever was ruled and done since."""
    people = asyncio.run(sat_in(directory))
    versions = []
    rulings = [
        ("exclude", {"attempt": people[FIRST][1]}),
        ("unit", {"contestant": people[SECOND][0], "unit_id": "dv-3", "round_id": ROUND}),
        ("undo", {"number": "1"}),
    ]
    for n, (kind, what) in enumerate(rulings):
        graded(directory, tmp_path / f"then-{n}")
        versions.append(files(tmp_path / f"then-{n}"))

        async def rule(kind: str = kind, what: dict[str, Any] = what, n: int = n) -> None:
            async with opened(directory, at=None) as service:
                await make(service, kind, LATER + n * HOUR, **what)
                await service.replace_code(people[THIRD][0], "BTC", LATER + n * HOUR + 1)

        asyncio.run(rule())
    for n, version in enumerate(versions):
        graded(directory, tmp_path / f"now-{n}", n)
        assert files(tmp_path / f"now-{n}") == version


def test_manifest_names_what_it_rests_on(directory: ContestDirectory, tmp_path: Path) -> None:
    """Another ruling, another hash of rulings; the rows' stays."""
    ruled(directory, ("exclude", {"attempt": "first"}))
    found = []
    for n in (0, 1):
        graded(directory, tmp_path / f"out-{n}", n)
        manifest = json.loads((tmp_path / f"out-{n}" / "manifest.json").read_text("utf-8"))
        found.append(manifest["rounds"][ROUND]["hashes"])
    assert found[0]["rows"] == found[1]["rows"]
    assert found[0]["rulings"] != found[1]["rulings"]


@in_loop
async def test_preview_tells_who_changes(directory: ContestDirectory) -> None:
    """Cell by cell, people and units, before and after."""
    async with opened(directory) as service:
        people = await sat(service)
        proposal = await ask(service, "exclude", attempt=people[SECOND][1])
        found = await preview(service, service.store, proposal)  # type: ignore[arg-type]
    changes = {(one.id, one.what): (one.before, one.after) for one in found.changes}
    assert changes[people[SECOND][0], "rank"] == ("2", "")
    assert changes[people[SECOND][0], "status"] == ("ranked", "excluded")
    assert changes[people[THIRD][0], "rank"] == ("3", "2")
    assert changes["dv-1", "people"] == ("3", "2")
    assert (found.count(), found.count("rank"), found.count(table="units")) == (2, 2, 2)


@in_loop
async def test_preview_of_an_open_round_moves_no_time(directory: ContestDirectory) -> None:
    """A paper that is under way by the rows stays so, however late the ruling is looked at."""
    async with opened(directory) as service:
        people = await sat(service, close=False)
        proposal = await ask(service, "exclude", attempt=people[FIRST][1])
        found = await preview(service, service.store, proposal)  # type: ignore[arg-type]
    assert people[THIRD][0] not in {one.id for one in found.changes if one.what == "status"}


@in_loop
async def test_second_of_two_proposals_is_refused(directory: ContestDirectory) -> None:
    """It was checked against what isn't so any more."""
    async with opened(directory) as service:
        people = await sat(service)
        one = await ask(service, "exclude", attempt=people[FIRST][1])
        other = await ask(service, "exclude", attempt=people[FIRST][1])
        await record(service, one)
        with pytest.raises(Refused):
            await record(service, other)
        assert len(await rulings_of(service)) == 1


@in_loop
async def test_two_processes_rule_once(directory: ContestDirectory) -> None:
    """The store decides, not who looked first."""
    async with opened(directory) as one, opened(directory, at=None) as other:
        people = await sat(one)
        proposals = [await ask(who, "exclude", attempt=people[FIRST][1]) for who in (one, other)]
        outcomes = await asyncio.gather(
            *(record(who, what) for who, what in zip((one, other), proposals, strict=True)),
            return_exceptions=True,
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "Ruling"]


@in_loop
async def test_attempt_may_be_named_by_its_receipt(directory: ContestDirectory) -> None:
    """It is what a contestant reads out on the phone."""
    async with opened(directory) as service:
        people = await sat(service)
        attempt = await service.store.attempt(people[FIRST][1])
        assert attempt is not None
        made = await make(service, "exclude", attempt=attempt.receipt.lower())
        assert made.subject == people[FIRST][1]


@in_loop
async def test_document_is_kept(directory: ContestDirectory) -> None:
    """The number of what the ruling rests on, beside reason and person."""
    async with opened(directory) as service:
        people = await sat(service)
        who = given(document="12/QĐ-BTC")
        proposal = await propose(service, "exclude", who, attempt=people[FIRST][1])
        made = await record(service, proposal)
        assert (made.body.document, made.body.reason, made.action.actor) == (
            "12/QĐ-BTC",
            REASON,
            "Ban Tổ chức mẫu",
        )


REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "unknown question": ("void", {"question": "ch-lich_su-9", "how": "out"}, "ch-lich_su-"),
    "unknown round": ("void", {"question": "ch-luat-0", "how": "out", "round_id": "ky-2"}, "ky-1"),
    "unknown attempt": ("exclude", {"attempt": "lt-khong"}, "biên nhận"),
    "unknown person": ("exclude", {"contestant": "ts-khong"}, "ts-khong"),
    "neither attempt nor person": ("exclude", {}, "--contestant"),
    "attempt of another round": ("exclude", {"attempt": "first", "round_id": "ky-9"}, "bỏ --round"),
    "not excluded": ("restore", {"attempt": "first"}, "công nhận"),
    "unknown unit": ("unit", {"contestant": "first", "unit_id": "dv-12"}, "dv-1"),
    "the same unit": ("unit", {"contestant": "first", "unit_id": "dv-1"}, "dv-1"),
    "key accepted": ("accept", {"question": "ch-lich_su-0", "value": "a"}, "vốn đã đúng"),
    "no such option": ("accept", {"question": "ch-lich_su-0", "value": "x"}, "a, b, c, d"),
    "time after the end": ("time", {"attempt": "first", "minutes": "5"}, "kết thúc"),
    "time of a closed round": ("extend", {"round_id": ROUND, "minutes": "5"}, "đóng"),
    "no minutes": ("time", {"attempt": "first", "minutes": "0"}, "1440"),
    "computed value": ("true_value", {"value": "12"}, "outside"),
    "marked by machine": (
        "mark", {"attempt": "first", "question": "PAPER", "points": "5"}, "void",
    ),
    "question of another paper": (
        "mark", {"attempt": "first", "question": "ch-9", "points": "5"}, "ch-9",
    ),
    "no ruling": ("undo", {"number": "7"}, "0 quyết định"),
    "no number": ("undo", {"number": "một"}, "một"),
    "admission to an open round": (
        "admit", {"round_id": ROUND, "contestants": ["first"], "origin": "tay"}, "admits: listed",
    ),
    "admission to no round": (
        "admit", {"round_id": "ky-2", "contestants": [], "origin": "tay"}, "ky-1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
@in_loop
async def test_refused_with_a_way_out(case: str, sat_once: ContestDirectory) -> None:
    """By name, and nothing is recorded."""
    kind, what, told = REFUSED[case]
    async with opened(sat_once, at=None) as service:
        people = await known_people(service)
        what = with_ids(what, people)
        if what.get("question") == "PAPER":
            sitting = await service.sitting(people[FIRST][1])
            assert sitting is not None
            what["question"] = sitting.paper.item(1).question.id
        with pytest.raises(Refused) as error:
            await ask(service, kind, **what)
        assert told in str(error.value)
        assert await rulings_of(service) == []


@pytest.fixture(scope="module")
def sat_once(tmp_path_factory: pytest.TempPathFactory) -> ContestDirectory:
    """A closed contest that tests only look at."""
    directory = write_contest(tmp_path_factory.mktemp("sat") / "cuoc_thi")
    asyncio.run(sat_in(directory))
    return directory


async def known_people(service: Service) -> People:
    """Return contestants and attempts in the order they sat."""
    found = []
    for attempt_id in await service.store.ids("attempts"):
        one = await service.store.attempt(attempt_id)
        assert one is not None
        found.append((one.started_at, one.contestant_id, attempt_id))
    return [(contestant, attempt) for _, contestant, attempt in sorted(found)]


@pytest.mark.parametrize("changed", [{"reason": " "}, {"by": ""}, {"document": "a\u200bb"}])
@in_loop
async def test_what_cant_be_written_down_is_refused(
    sat_once: ContestDirectory, changed: dict[str, str]
) -> None:
    """No reason, nobody's name, signs that can't be seen."""
    async with opened(sat_once, at=None) as service:
        with pytest.raises(Refused, match="--"):
            await propose(service, "undo", given(**changed), number="1")


@in_loop
async def test_reason_may_not_tell_who_somebody_is(sat_once: ContestDirectory) -> None:
    """The chain can't be erased, and people may ask to be."""
    async with opened(sat_once, at=None) as service:
        people = await known_people(service)
        told = given(reason=f"Trùng số {fields(1)['phone']}")
        with pytest.raises(Refused, match=people[FIRST][0]):
            await propose(service, "exclude", told, contestant=people[FIRST][0])


@in_loop
async def test_unknown_kind_is_refused(sat_once: ContestDirectory) -> None:
    """With those that there are."""
    async with opened(sat_once, at=None) as service:
        with pytest.raises(Refused, match=", ".join(KINDS)):
            await ask(service, "bribe")


@in_loop
async def test_excluding_twice_is_refused(directory: ContestDirectory) -> None:
    """Naming the ruling that did it."""
    async with opened(directory) as service:
        people = await sat(service)
        await make(service, "exclude", contestant=people[FIRST][0])
        with pytest.raises(Refused, match="số 1"):
            await ask(service, "exclude", contestant=people[FIRST][0])
        with pytest.raises(Refused, match="số 1"):
            await ask(service, "restore", attempt=people[FIRST][1])
        with pytest.raises(Refused, match="số 1"):
            await ask(service, "restore", contestant=people[FIRST][0], round_id=ROUND)


@in_loop
async def test_undoing_twice_is_refused(directory: ContestDirectory) -> None:
    """Naming the ruling that took it back."""
    async with opened(directory) as service:
        people = await sat(service)
        await make(service, "exclude", attempt=people[FIRST][1])
        await make(service, "undo", number="1")
        with pytest.raises(Refused, match="số 2"):
            await ask(service, "undo", number="1")


@in_loop
async def test_excluded_person_still_has_their_receipt(directory: ContestDirectory) -> None:
    """With their own answers, as it was."""
    async with opened(directory) as service:
        sitting = await begin(service)
        await sitting.take_pen(page(), OPENS + MINUTE)
        await sitting.submit(1, 1, OPENS + 2 * MINUTE)
        before = await service.view_by_receipt(sitting.record.receipt)
        await make(service, "exclude", OPENS + HOUR, contestant=sitting.record.contestant_id)
        after = await service.view_by_receipt(sitting.record.receipt)
        assert before is not None
        assert after is not None
        assert (after.replay, after.person, after.ended_at) == (
            before.replay,
            before.person,
            before.ended_at,
        )


@in_loop
async def test_receipt_counts_what_was_decided(directory: ContestDirectory) -> None:
    """As the published result does: voided, accepted, marked by hand."""
    async with opened(directory) as service:
        people = await sat(service)
        question = "ch-lich_su-0"
        await make(service, "void", question=question, how="out")
        view = await service.view(people[FIRST][1])
        assert view is not None
        assert view.decided.voids == {question: "out"}
        await make(service, "undo", number="1")
        view = await service.view(people[FIRST][1])
        assert view is not None
        assert view.decided.voids == {}


QUESTION = "ch-lich_su-0"


def test_question_void_with_full_marks(directory: ContestDirectory, tmp_path: Path) -> None:
    """Who had it wrong, or not at all, has its points as well."""
    ruled(directory, ("void", {"question": QUESTION, "how": "full"}))
    before = graded(directory, tmp_path / "lan-1", 0)
    after = graded(directory, tmp_path / "lan-2")
    gained = [int(after[id_]["score"]) - int(before[id_]["score"]) for id_ in after]
    assert set(gained) <= {0, 10}
    assert all(int(row["score"]) >= 10 and row["max_score"] == "60" for row in after.values())
    (item,) = [
        row for row in table(tmp_path / "lan-2", "cau_hoi") if row["question_id"] == QUESTION
    ]
    assert item["status"] == "void_full"


def test_further_answer_is_right(directory: ContestDirectory, tmp_path: Path) -> None:
    """Whoever chose it gains the marks, nobody loses any."""
    chosen = asyncio.run(_choose_wrongly(directory))
    before = graded(directory, tmp_path / "lan-1")
    assert chosen[0] in before

    async def accept() -> None:
        async with opened(directory, at=None) as service:
            await make(service, "accept", question=chosen[1], value=chosen[2])
            with pytest.raises(Refused, match="số 1"):
                await ask(service, "accept", question=chosen[1], value=chosen[2])

    asyncio.run(accept())
    after = graded(directory, tmp_path / "lan-2")
    assert (before[chosen[0]]["score"], after[chosen[0]]["score"]) == ("0", "10")


async def _choose_wrongly(directory: ContestDirectory) -> tuple[str, str, str]:
    """Let somebody choose a wrong option; return contestant, question and option."""
    async with opened(directory) as service:
        sitting = await begin(service, at=OPENS)
        await sitting.take_pen(page(), OPENS)
        q, item = next(
            (q, sitting.paper.item(q))
            for q in range(1, 7)
            if sitting.paper.item(q).question.type == "single"
        )
        position, option = next(
            (n, option.id)
            for n, option in enumerate(item.options, start=1)
            if option.id != item.question.key
        )
        told = await sitting.answer(1, 1, q, [position], OPENS + 1)
        assert told.result == "saved", told
        await sitting.submit(1, 2, OPENS + MINUTE)
        return sitting.record.contestant_id, item.question.id, option


def test_essay_is_marked_by_a_person(tmp_path: Path) -> None:
    """Its paper waits until then; the mark may be changed by a later ruling."""
    directory = write_contest(
        tmp_path / "c",
        bank=typed_bank(typed("essay"), typed("single")),
        paper=(("lich_su", 2),),
        prediction=None,
    )

    async def main() -> tuple[str, str]:
        async with opened(directory) as service:
            sitting = await begin(service, at=OPENS)
            await sitting.take_pen(page(), OPENS)
            for q in (1, 2):
                await sitting.answer(1, q, q, right_positions(sitting, q), OPENS + q)
            ids = sitting.record.contestant_id, sitting.attempt_id
            with pytest.raises(Refused, match="chưa kết thúc"):
                await ask(
                    service, "mark", OPENS + 9, attempt=ids[1], question="ch-essay", points="5"
                )
            await sitting.submit(1, 9, OPENS + MINUTE)
            return ids

    who, attempt = asyncio.run(main())
    assert graded(directory, tmp_path / "lan-0")[who]["status"] == "needs_marker"

    async def mark(*points: str) -> None:
        async with opened(directory, at=None) as service:
            for given_ in points:
                await make(service, "mark", attempt=attempt, question="ch-essay", points=given_)
            with pytest.raises(Refused, match="từ 0 đến 10"):
                await ask(service, "mark", attempt=attempt, question="ch-essay", points="11")

    asyncio.run(mark("7,5", "8"))
    scores = [graded(directory, tmp_path / f"lan-{n}", n)[who]["score"] for n in (1, 2)]
    assert scores == ["17.5", "18"]


def test_true_value_from_outside(tmp_path: Path) -> None:
    """Nothing is settled without it; then the distances are what they are."""
    directory = write_contest(tmp_path / "c")
    path = directory.path / "the_le.yml"
    path.write_text(path.read_text("utf-8").replace("computed", "outside"), "utf-8")

    async def main() -> str:
        async with opened(directory) as service:
            sitting = await begin(service, at=OPENS)
            await sitting.take_pen(page(), OPENS)
            await sitting.predict(1, 1, "120", OPENS + 1)
            await sitting.submit(1, 2, OPENS + MINUTE)
            with pytest.raises(Refused, match="còn mở"):
                await ask(service, "true_value", OPENS + HOUR, value="100")
            await service.rounds.tick(LATER)
            with pytest.raises(Refused, match="87,5"):
                await ask(service, "true_value", value="một trăm")
            await make(service, "true_value", value="100")
            return sitting.record.contestant_id

    who = asyncio.run(main())
    assert graded(directory, tmp_path / "out")[who]["prediction_error"] == "20"


def test_a_refused_answer_says_how_one_is_written_for_every_type() -> None:
    """Options, pairs, an order, statements, gaps, a number or text."""
    for question in typed_bank().questions:
        if question.type != "essay":
            assert len(_how(question)) > 10, question.type
