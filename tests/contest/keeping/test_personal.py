"""People who are forgotten: one on request, all on their day; what they did stays verifiable."""

from __future__ import annotations

import asyncio
import csv
import datetime
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contest.claims.desk import About, answer, send
from contest.commands.grade import grade_directory
from contest.commands.organise import Refused
from contest.commands.personal import export_person, forget_contestant, purge_contest
from contest.directory import ContestDirectory
from contest.ids import RandomIds
from contest.keeping.person import _given
from contest.keeping.personal import due, forget, purge
from contest.keeping.places import KEY_FILE
from contest.registration import consent_text
from contest.rounds import EXPIRE_SETTLE_MS
from contest.rules import ZONE, Rules, to_ms
from contest.service import Service
from questions.yaml_lines import parse_yaml
from tests.factories import (
    DAY,
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
    rules_text,
    write_contest,
)

PEOPLE = 4
LONG_AGO = to_ms(datetime.datetime(2020, 1, 6, 8, tzinfo=ZONE))


@pytest.fixture
def held(tmp_path: Path) -> ContestDirectory:
    """A contest of 2020 that four people took part in and that is closed; its day has come."""
    directory = write_contest(tmp_path / "x", opens=LONG_AGO, closes=LONG_AGO + HOUR)
    hold(directory, LONG_AGO)
    return directory


def hold(directory: ContestDirectory, opens: int) -> None:
    """Let four people take part, and close the round."""

    async def main() -> None:
        async with opened(directory, at=opens) as service:
            for number in range(1, PEOPLE + 1):
                sitting = await begin(service, number, at=opens + MINUTE)
                await sitting.take_pen(page(number), opens + MINUTE)
                for q in range(1, number + 1):
                    await sitting.answer(1, q, q, right_positions(sitting, q), opens + 2 * MINUTE)
                await sitting.submit(1, 9, opens + (2 + number) * MINUTE)
            await service.rounds.tick(opens + HOUR + EXPIRE_SETTLE_MS)
            assert await service.rounds.closed(ROUND)

    asyncio.run(main())


def contestants(directory: ContestDirectory) -> dict[str, str]:
    """Return name -> contestant id, of those who aren't erased."""

    async def main() -> dict[str, str]:
        found = {}
        async with opened(directory, at=None) as service:
            with service.store.snapshot() as snapshot:
                for contestant_id, kept in snapshot.people():
                    if kept is not None:
                        found[json.loads(kept)["name"]] = contestant_id
        return found

    return asyncio.run(main())


def one_of(directory: ContestDirectory, number: int = 2) -> str:
    """Return the id of a contestant."""
    return contestants(directory)[fields(number)["name"]]


def table(path: Path) -> list[dict[str, str]]:
    """Return a result's people."""
    with (path / "ca_nhan.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def without_names(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows without what is erasable."""
    return [{key: value for key, value in row.items() if key != "name"} for row in rows]


def actions(directory: ContestDirectory) -> list[Any]:
    """Return what organisers and server did; the chain must be whole."""

    async def main() -> list[Any]:
        async with opened(directory, at=None) as service:
            assert await service.store.verify_actions() is None
            return await service.store.actions()

    return asyncio.run(main())


def bytes_of(directory: ContestDirectory) -> bytes:
    """Return all files of the database."""
    return b"".join(path.read_bytes() for path in directory.var.glob("*.db*"))


# ---- forget ----


def test_forgetting_changes_names_and_nothing_else(held: ContestDirectory, tmp_path: Path) -> None:
    """The ranking stays verifiable; grading checks every chain and the closing root again."""
    grade_directory(held.path, [], tmp_path / "truoc")
    gone = one_of(held)
    said = asyncio.run(forget_contestant(held.path, gone, "theo đơn ngày 5/3", "Tổ Thư ký"))
    assert gone in said
    grade_directory(held.path, [], tmp_path / "sau")
    before, after = table(tmp_path / "truoc"), table(tmp_path / "sau")
    assert without_names(before) == without_names(after)
    names = {row["contestant_id"]: row["name"] for row in before}
    assert {row["contestant_id"]: row["name"] for row in after} == {**names, gone: ""}
    for other in ("tap_the.csv", "luot.csv", "cau_hoi.csv"):
        assert (tmp_path / "truoc" / other).read_bytes() == (tmp_path / "sau" / other).read_bytes()


def test_forgetting_leaves_nothing_in_the_files(held: ContestDirectory) -> None:
    """Nor a way back: no phone, no code, no salt."""
    gone = one_of(held)
    assert fields(2)["phone"].encode() in bytes_of(held)
    asyncio.run(forget_contestant(held.path, gone, "theo đơn", "Tổ Thư ký"))
    for value in fields(2).values():
        assert value.encode() not in bytes_of(held)
    assert fields(3)["phone"].encode() in bytes_of(held)
    last = actions(held)[-1]
    assert (last.kind, last.actor, last.subject) == ("forget", "Tổ Thư ký", gone)
    assert last.body == {"reason": "theo đơn"}


def claims(directory: ContestDirectory, *, own: bool) -> None:
    """Let person 2 send a claim, signed in or with their phone number only; it is answered."""

    async def main() -> None:
        async with opened(directory, at=None) as service:
            who = person if own else None
            body = {"text": "Chuyện riêng của tôi", "contact": "số máy của bác"}
            code = await send(
                service, RandomIds(), "code", body, fields(2)["phone"], About(who, own), LONG_AGO
            )
            claim = await service.store.claim_by_code(code or "")
            assert claim is not None
            assert await answer(service, claim.claim_id, "done", "Lời đáp riêng", "Bình", LONG_AGO)

    person = one_of(directory)
    asyncio.run(main())


@pytest.mark.parametrize("own", [True, False])
def test_claims_are_forgotten_with_the_person(held: ContestDirectory, own: bool) -> None:
    """Words and answer are gone from the files; what was done about it stays in the chain."""
    claims(held, own=own)
    assert "Chuyện riêng".encode() in bytes_of(held)
    asyncio.run(forget_contestant(held.path, one_of(held), "theo đơn", "Tổ Thư ký"))
    for words in ("Chuyện riêng", "số máy của bác", "Lời đáp riêng"):
        assert words.encode() not in bytes_of(held)
    assert [one.kind for one in actions(held)][-2:] == ["claim_answer", "forget"]


def test_a_purge_takes_every_claim(held: ContestDirectory) -> None:
    """Also those of people who never registered, and once nobody else is left."""
    claims(held, own=False)
    asyncio.run(purge_contest(held.path, "Tổ Thư ký", None, dry_run=False))
    assert "Chuyện riêng".encode() not in bytes_of(held)


@pytest.mark.parametrize("own", [True, False])
def test_a_person_is_told_of_their_claims(
    held: ContestDirectory, tmp_path: Path, own: bool
) -> None:
    """Their own words; of what somebody else may have sent only that it is kept."""
    claims(held, own=own)
    out = tmp_path / "toi.json"
    asyncio.run(export_person(held.path, one_of(held), None, out))
    said = json.loads(out.read_text(encoding="utf-8"))
    (told,) = said["phản ánh đã gửi"]
    assert ("Chuyện riêng" in str(told)) is own
    assert ("Lời đáp riêng" in str(told)) is own
    assert "trả lời phản ánh" in str(said["việc của Ban Tổ chức"])


@pytest.mark.parametrize("reason", ["Thí sinh thử 00002 rút", "số 0000000002 xin xóa"])
def test_reason_may_not_tell_who_it_was(held: ContestDirectory, reason: str) -> None:
    """What an action says can't be erased."""
    with pytest.raises(Refused, match="Lý do"):
        asyncio.run(forget_contestant(held.path, one_of(held), reason, "Tổ Thư ký"))
    assert len(contestants(held)) == PEOPLE


def test_forgetting_says_where_data_are_left(held: ContestDirectory, tmp_path: Path) -> None:
    """Results that were graded before; copies that a migration made."""
    grade_directory(held.path, [], held.path / "ket_qua")
    grade_directory(held.path, [], tmp_path / "khac")
    closed = held.var / "xet_giai" / "ky-1" / "ket_qua"
    grade_directory(held.path, [], closed)
    certificates = tmp_path / "giay"
    certificates.mkdir()
    (certificates / KEY_FILE).write_text("00")
    copy = held.var / "timhieu-20260101-000000.db"
    copy.write_bytes(b"")
    said = asyncio.run(forget_contestant(held.path, one_of(held), "theo đơn", "Tổ Thư ký"))
    for path in (held.path / "ket_qua", tmp_path / "khac", closed, certificates, copy):
        assert str(path) in said
    with pytest.raises(Refused, match="ts-khong-co"):
        asyncio.run(forget_contestant(held.path, "ts-khong-co", "theo đơn", "Tổ Thư ký"))


def test_whoever_is_forgotten_while_a_round_is_open_stays_out(
    directory: ContestDirectory,
) -> None:
    """No second registration with the same phone, no attempt by an old cookie, no code."""

    async def main() -> None:
        async with opened(directory) as service:
            gone = await enrol(service, 1)
            other = await enrol(service, 2)
            result = await forget(service, gone.contestant_id, "theo đơn", "Tổ Thư ký", OPENS)
            assert (result.result, result.key_kept, result.clean) == ("done", True, True)
            rules = service.rounds.known().rules
            assert await service.key_is_used(rules, fields(1))
            assert await service.register(rules, fields(1), "dv-1", "chung", OPENS) is None
            assert await service.resume(gone.code) is None
            opening = await service.open_attempt(gone.contestant_id, ROUND, OPENS + MINUTE)
            assert opening.result == "not_open"
            assert await service.resume(other.code) == other.contestant_id
            again = await forget(service, gone.contestant_id, "theo đơn", "Tổ Thư ký", OPENS)
            assert again.result == "again"

    asyncio.run(main())


# ---- purge ----


def delete_day(service: Service) -> int:
    """Return when the day of deletion begins, milliseconds UTC."""
    day = service.rounds.known().rules.registration.consent.delete_on
    return to_ms(datetime.datetime.combine(day, datetime.time(), ZONE))


def test_data_are_due_from_the_first_moment_of_their_day(directory: ContestDirectory) -> None:
    """In Viet Nam; not a millisecond before."""

    async def main() -> None:
        async with opened(directory) as service:
            await enrol(service)
            day = delete_day(service)
            assert (await due(service, day - 1)).people == 0
            found = await due(service, day)
            assert (found.people, found.kept) == (1, 1)
            assert found.consents == (consent_text(service.rounds.known().rules).hash(),)

    asyncio.run(main())


def test_a_day_that_is_moved_holds_for_those_who_agree_to_it_only(
    directory: ContestDirectory,
) -> None:
    """Who agreed to the earlier day is forgotten on it, whatever the file says later."""

    async def main() -> None:
        async with opened(directory) as service:
            first = await enrol(service, 1)
            day = delete_day(service)
            path = directory.path / "the_le.yml"
            old = f"{datetime.datetime.fromtimestamp(day / 1000, ZONE):%Y-%m-%d}"
            new = f"{datetime.datetime.fromtimestamp((day + 9 * DAY) / 1000, ZONE):%Y-%m-%d}"
            path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
            await service.rounds.contest()
            second = await enrol(service, 2)
            found = await due(service, day)
            assert (found.people, found.kept) == (1, 2)
            assert await purge(service, found.consents, "server", day) == 1
            assert await service.store.person(first.contestant_id) is None
            assert await service.store.person(second.contestant_id) == fields(2)

    asyncio.run(main())


def test_purge_leaves_a_ranking_without_names(held: ContestDirectory, tmp_path: Path) -> None:
    """A dry run counts; the purge erases everybody; then there is nothing left to do."""
    grade_directory(held.path, [], tmp_path / "truoc")
    copy = held.var / "timhieu-20260101-000000.db"
    copy.write_bytes(b"")
    counted = asyncio.run(purge_contest(held.path, "Tổ Thư ký", None, dry_run=True))
    assert "của 4 người; đến ngày xóa: 4 người" in counted
    assert len(contestants(held)) == PEOPLE
    said = asyncio.run(purge_contest(held.path, "Tổ Thư ký", None, dry_run=False))
    assert "4 người" in said
    assert not copy.exists()
    for number in range(1, PEOPLE + 1):
        for value in fields(number).values():
            assert value.encode() not in bytes_of(held)
    grade_directory(held.path, [], tmp_path / "sau")
    after = table(tmp_path / "sau")
    assert without_names(table(tmp_path / "truoc")) == without_names(after)
    assert {row["name"] for row in after} == {""}
    again = asyncio.run(purge_contest(held.path, "Tổ Thư ký", None, dry_run=False))
    assert "Không còn" in again
    assert [(a.kind, a.body) for a in actions(held)][-1] == ("purge", {"people": 4})


@pytest.fixture
def early(tmp_path: Path) -> Iterator[ContestDirectory]:
    """A contest that is closed, and whose day of deletion is far away."""
    directory = write_contest(tmp_path / "x", opens=LONG_AGO, closes=LONG_AGO + HOUR)
    path = directory.path / "the_le.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = ["    delete_on: 2099-01-05" if "delete_on" in line else line for line in lines]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    hold(directory, LONG_AGO)
    yield directory


def test_purge_before_the_day_needs_a_reason(early: ContestDirectory) -> None:
    """Which is kept."""
    with pytest.raises(Refused, match="5/1/2099"):
        asyncio.run(purge_contest(early.path, "Tổ Thư ký", None, dry_run=False))
    assert len(contestants(early)) == PEOPLE
    said = asyncio.run(purge_contest(early.path, "Tổ Thư ký", "cuộc thi bị hủy", dry_run=False))
    assert "4 người" in said
    assert actions(early)[-1].body == {"people": 4, "reason": "cuộc thi bị hủy"}


def test_purge_at_once_is_refused_while_a_round_is_open(directory: ContestDirectory) -> None:
    """Whoever sits a paper needs a name on the receipt."""

    async def main() -> None:
        async with opened(directory, at=OPENS) as service:
            await enrol(service)

    asyncio.run(main())
    with pytest.raises(Refused, match="chưa đóng"):
        asyncio.run(purge_contest(directory.path, "Tổ Thư ký", "thử", dry_run=False))


# ---- one person's data ----


def test_a_person_gets_all_that_is_kept(held: ContestDirectory, tmp_path: Path) -> None:
    """In words, with what they agreed to; the key isn't theirs."""
    out = tmp_path / "toi.json"
    asyncio.run(export_person(held.path, one_of(held, 3), None, out))
    data = json.loads(out.read_text(encoding="utf-8"))
    assert data["thông tin đã khai"] == {
        "họ và tên": fields(3)["name"],
        "số điện thoại": fields(3)["phone"],
    }
    assert data["thí sinh"]["đơn vị"] == "Đơn vị mẫu 1"
    assert "Xóa vào: 5/4/2020." in data["sự đồng ý"]["nội dung đã đồng ý"]
    (attempt,) = data["lượt thi"]
    assert attempt["trạng thái"] == "đã nộp bài"
    answered = [one["trả lời"] for one in attempt["câu trả lời"]]
    assert [one["câu số"] for one in attempt["câu trả lời"]] == [*range(1, len(answered) + 1)]
    assert attempt["lượt thứ"] == 1
    assert [said == ["không trả lời"] for said in answered] == [False] * 3 + [True] * 3
    assert [event["việc"] for event in attempt["diễn biến"]].count("trả lời một câu") == 3
    shown = out.with_suffix(".html").read_text(encoding="utf-8")
    for value in fields(3).values():
        assert value in shown
    for path in (out, out.with_suffix(".html")):
        assert path.stat().st_mode & 0o777 == 0o600
        for number in (1, 2, 4):
            assert fields(number)["phone"] not in path.read_text(encoding="utf-8")


def test_a_person_is_found_by_receipt_and_after_being_erased(
    held: ContestDirectory, tmp_path: Path
) -> None:
    """Then there is a pseudonym with what it did, and what was decided about it."""
    asyncio.run(export_person(held.path, one_of(held), None, tmp_path / "truoc.json"))
    before = json.loads((tmp_path / "truoc.json").read_text(encoding="utf-8"))
    asyncio.run(forget_contestant(held.path, one_of(held), "theo đơn", "Tổ Thư ký"))
    code = before["lượt thi"][0]["mã biên nhận"]
    asyncio.run(export_person(held.path, None, code.lower(), tmp_path / "sau.json"))
    after = json.loads((tmp_path / "sau.json").read_text(encoding="utf-8"))
    assert after["thông tin đã khai"] == "đã xóa"
    assert after["lượt thi"] == before["lượt thi"]
    assert after["việc của Ban Tổ chức"][0]["việc"] == "xóa dữ liệu cá nhân"
    assert set(after["mã băm không đọc ngược được"].values()) >= {"không giữ"}


def test_hostile_fields_are_text_on_the_page(directory: ContestDirectory, tmp_path: Path) -> None:
    """Whatever somebody calls themself."""

    async def main() -> str:
        async with opened(directory) as service:
            given = {**fields(1), "name": "<script>alert(1)</script> & =1+1"}
            rules = service.rounds.known().rules
            registered = await service.register(rules, given, "dv-1", "chung", OPENS)
            assert registered is not None
            return registered.contestant_id

    asyncio.run(export_person(directory.path, asyncio.run(main()), None, tmp_path / "a.json"))
    shown = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; =1+1" in shown


@pytest.mark.parametrize(
    ("contestant", "receipt", "name", "said"),
    [
        ("ts-khong-co", None, "a.json", "ts-khong-co"),
        (None, "0000-0000-9", "a.json", "biên nhận"),
        ("ts-1", None, "a.txt", ".json"),
        ("ts-1", None, "co.json", "Đã có"),
    ],
)
def test_wrong_requests_write_nothing(
    held: ContestDirectory,
    tmp_path: Path,
    contestant: str | None,
    receipt: str | None,
    name: str,
    said: str,
) -> None:
    """They are told why."""
    (tmp_path / "co.json").write_text("cũ")
    with pytest.raises(Refused, match=said):
        asyncio.run(export_person(held.path, contestant, receipt, tmp_path / name))
    assert not (tmp_path / "a.json").exists()
    assert (tmp_path / "co.json").read_text() == "cũ"


# ---- logs ----


def test_logs_hold_nothing_personal(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A whole contest, its grading, forgetting and purging, with every log line there is."""
    caplog.set_level(logging.DEBUG)
    directory = write_contest(tmp_path / "x", opens=LONG_AGO, closes=LONG_AGO + HOUR)
    hold(directory, LONG_AGO)
    grade_directory(directory.path, [], tmp_path / "ket_qua")
    asyncio.run(forget_contestant(directory.path, one_of(directory), "theo đơn", "Tổ Thư ký"))
    asyncio.run(purge_contest(directory.path, "Tổ Thư ký", None, dry_run=False))
    assert caplog.records
    for number in range(1, PEOPLE + 1):
        for value in fields(number).values():
            assert value not in caplog.text


def test_what_a_person_gave_stands_under_the_titles_of_the_form() -> None:
    """Own fields too, dates as people write them; fields of forgotten rules under their ids."""
    file, _ = parse_yaml(rules_text(), "the_le.yml")
    assert file is not None
    own = {"kind": "text", "id": "to", "title": "Tổ công tác"}
    twin = {"kind": "text", "id": "to-2", "title": "Tổ công tác"}
    file.data["registration"]["fields"] += [{"kind": "birth"}, own, twin]
    given = {"name": "A", "birth": "1968-09-05", "to": "Tổ 1", "to-2": "Tổ 2", "x": "y"}
    assert _given(given, [Rules.model_validate(file.data)]) == {
        "họ và tên": "A",
        "ngày sinh": "5/9/1968",
        "Tổ công tác": "Tổ 1",
        "Tổ công tác (to-2)": "Tổ 2",
        "x": "y",
    }
