"""From essays to a result that anybody can compute again, by the commands alone."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from contest.cli import main
from contest.commands.grade import grade_directory
from contest.directory import ContestDirectory
from contest.keeping.archive import MANIFEST
from contest.marking.room import MarkingRoom
from contest.service import Service
from contest.store.actions import action_hash
from contest.store.commands import MARK_KIND, Action
from questions.canonical import dumps, sha256
from tests.contest.marking.helpers import (
    ESSAY,
    LATER,
    essay_contest,
    essay_text,
    give,
    in_room,
    markers_of,
)
from tests.contest.rulings.helpers import make

FIRST, SECOND, THIRD = (essay_text(n) for n in (1, 2, 3))


def run(*arguments: object) -> Any:
    """Run a command as somebody at a terminal would."""
    return CliRunner().invoke(main, list(map(str, arguments)))


def scores(out: Path) -> list[tuple[str, str]]:
    """Return score and status of every person, by the order of their attempts."""
    with (out / "luot.csv").open(encoding="utf-8-sig", newline="") as file:
        order = [row["contestant_id"] for row in sorted(csv.DictReader(file), key=_started)]
    with (out / "ca_nhan.csv").open(encoding="utf-8-sig", newline="") as file:
        people = {row["contestant_id"]: row for row in csv.DictReader(file)}
    return [(people[id_]["score"], people[id_]["status"]) for id_ in order]


def _started(row: dict[str, str]) -> str:
    return row["started_at"]


def graded(directory: ContestDirectory, out: Path, until: int | None = None) -> Path:
    """Grade into a new folder."""
    grade_directory(directory.path, [], out, until)
    return out


async def agree(room: MarkingRoom, text: str, one: str, other: str) -> None:
    """Let the pair of an essay give these points for the first criterion, 4 for the other."""
    first, second, _ = await markers_of(room, text)
    await give(room, first, text, one, "4")
    await give(room, second, text, other, "4")


def marked(directory: ContestDirectory) -> None:
    """Two agree on the first essay; a third decides about the second; the third has one mark."""

    async def work(_: Service, room: MarkingRoom) -> None:
        await agree(room, FIRST, "4", "3,5")
        await agree(room, SECOND, "5", "1")
        *_pair, third = await markers_of(room, SECOND)
        await give(room, third, SECOND, "4", "4")
        first, *_rest = await markers_of(room, THIRD)
        await give(room, first, THIRD, "4", "4")

    in_room(directory, work)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> ContestDirectory:
    """A marked contest; nobody changes it."""
    directory = essay_contest(tmp_path_factory.mktemp("thi") / "thi")
    marked(directory)
    return directory


@pytest.fixture
def own(held: ContestDirectory, tmp_path: Path) -> ContestDirectory:
    """A copy that may be changed."""
    return ContestDirectory(shutil.copytree(held.path, tmp_path / "thi"))


def test_final_marks_are_in_the_score(held: ContestDirectory, tmp_path: Path) -> None:
    """10 for the single choice each, 7.75 and 8.5 for the essays; the third waits."""
    found = scores(graded(held, tmp_path / "ra"))
    assert found[:2] == [("17.75", "ranked"), ("18.5", "ranked")]
    assert found[2][1] == "needs_marker"
    manifest = json.loads((tmp_path / "ra" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rounds"]["ky-1"]["needs_marker"] == 1
    assert manifest["rounds"]["ky-1"]["marks"] == 6
    assert "marks" in manifest["rounds"]["ky-1"]["hashes"]


def test_who_waits_is_told_with_the_way_out(held: ContestDirectory, tmp_path: Path) -> None:
    """In the line that sums a grading up."""
    told = grade_directory(held.path, [], tmp_path / "ra")
    assert "1 kết quả còn chờ người chấm" in told
    assert f"timhieu marking {held.path} status" in told


def test_a_ruling_comes_before_the_markers(own: ContestDirectory, tmp_path: Path) -> None:
    """It is how a decided mark is changed; taken back, the markers' holds again."""

    async def work(service: Service, room: MarkingRoom) -> None:
        (round_,) = (await room.state()).rounds
        attempt = next(key[0] for key, text in round_.essays.texts.items() if text == FIRST)
        await make(service, "mark", attempt=attempt, question=ESSAY, points="9.5")

    in_room(own, work)
    assert scores(graded(own, tmp_path / "sau"))[0] == ("19.5", "ranked")
    assert scores(graded(own, tmp_path / "truoc", until=0))[0] == ("17.75", "ranked")

    async def undo(service: Service, _: MarkingRoom) -> None:
        await make(service, "undo", number="1")

    in_room(own, undo)
    assert scores(graded(own, tmp_path / "lai"))[0] == ("17.75", "ranked")


def test_receipt_shows_the_mark_that_was_decided(own: ContestDirectory) -> None:
    """As grading has it."""

    async def work(service: Service, room: MarkingRoom) -> None:
        (round_,) = (await room.state()).rounds
        for key, text in round_.essays.texts.items():
            view = await service.view(key[0])
            assert view is not None
            wanted = {FIRST: 7_750_000, SECOND: 8_500_000}.get(text)
            assert view.decided.marks.get(key) == wanted

    in_room(own, work)


def bundled(directory: ContestDirectory, path: Path) -> Path:
    """Write the bundle."""
    result = run("bundle", directory.path, "--out", path)
    assert result.exit_code == 0, result.output
    return path


def test_result_is_computed_again_from_the_markers_rows(
    own: ContestDirectory, tmp_path: Path
) -> None:
    """Also an earlier one, from a bundle with later marks and rulings."""
    early = graded(own, tmp_path / "som")
    assert run("verify", early, "--bundle", bundled(own, tmp_path / "1.zip")).exit_code == 0

    async def work(_: Service, room: MarkingRoom) -> None:
        _first, second, _third = await markers_of(room, THIRD)
        await give(room, second, THIRD, "4", "4", at=LATER + 1000)

    in_room(own, work)
    late = graded(own, tmp_path / "muon")
    assert scores(late)[2] == ("18", "ranked")
    bundle = bundled(own, tmp_path / "2.zip")
    for out in (early, late):
        result = run("verify", out, "--bundle", bundle)
        assert (result.exit_code, "Bằng nhau" in result.output) == (0, True), result.output


def test_until_a_ruling_leaves_later_marks_out(own: ContestDirectory, tmp_path: Path) -> None:
    """What was given after the next ruling made a later result."""

    async def work(service: Service, room: MarkingRoom) -> None:
        (round_,) = (await room.state()).rounds
        attempt = next(key[0] for key, text in round_.essays.texts.items() if text == FIRST)
        await make(service, "mark", attempt=attempt, question=ESSAY, points="1")
        _first, second, _third = await markers_of(room, THIRD)
        await give(room, second, THIRD, "4", "4", at=LATER + 1000)

    in_room(own, work)
    assert scores(graded(own, tmp_path / "truoc", until=0))[2][1] == "needs_marker"
    assert scores(graded(own, tmp_path / "sau", until=1))[2] == ("18", "ranked")


def change(directory: ContestDirectory, edit: Callable[[dict[str, Any]], None], *, chain: bool):
    """Edit the body of the first mark; with `chain`, make all hashes fit again."""
    with closing(sqlite3.connect(directory.database)) as db, db:
        n, body = db.execute(
            "select n, body from actions where kind = ? order by n limit 1", [MARK_KIND]
        ).fetchone()
        data = json.loads(body)
        edit(data)
        db.execute("update actions set body = ? where n = ?", [dumps(data), n])
        previous = ""
        rows = db.execute("select n, at, actor, kind, subject, body from actions order by n")
        for number, at, actor, kind, subject, text in rows.fetchall() if chain else []:
            previous = action_hash(previous, number, Action(at, actor, kind, subject), text)
            db.execute("update actions set hash = ? where n = ?", [previous, number])


def more(data: dict[str, Any]) -> None:
    """Give a little more."""
    data["points"]["a"] += 250_000


def too_much(data: dict[str, Any]) -> None:
    """Give more than the rubric has."""
    data["points"]["a"] = 50_000_000


def elsewhere(data: dict[str, Any]) -> None:
    """Make it a mark for another question."""
    data["question"] = "ch-single"


def broken(data: dict[str, Any]) -> None:
    """Take the points away."""
    del data["points"]


@pytest.mark.parametrize("edit", [more, too_much, elsewhere, broken])
def test_a_changed_mark_breaks_the_chain(
    own: ContestDirectory, tmp_path: Path, edit: Callable[[dict[str, Any]], None]
) -> None:
    """Grading and marking stop, and say where."""
    change(own, edit, chain=False)
    result = run("grade", own.path, "--out", tmp_path / "ra")
    assert (result.exit_code, "nhật ký" in result.output) == (1, True), result.output


@pytest.mark.parametrize("edit", [too_much, elsewhere, broken])
def test_marks_that_nobody_can_have_given_are_found(
    own: ContestDirectory, tmp_path: Path, edit: Callable[[dict[str, Any]], None]
) -> None:
    """Also where all hashes were made to fit again."""
    change(own, edit, chain=True)
    for command in (
        ("grade", own.path, "--out", tmp_path / "ra"),
        ("marking", own.path, "status"),
    ):
        result = run(*command)
        assert (result.exit_code, "điểm tự luận của lượt" in result.output) == (1, True)


def test_a_forged_bundle_differs_from_the_result(own: ContestDirectory, tmp_path: Path) -> None:
    """A mark changed with all hashes made to fit gives another result, and verify says so."""
    out = graded(own, tmp_path / "ra")
    change(own, more, chain=True)
    result = run("verify", out, "--bundle", bundled(own, tmp_path / "goi.zip"))
    assert result.exit_code == 1


def test_a_mark_edited_in_the_bundle_is_found(own: ContestDirectory, tmp_path: Path) -> None:
    """Its manifest made to fit, the chain still doesn't."""
    out = graded(own, tmp_path / "ra")
    bundle = bundled(own, tmp_path / "goi.zip")
    with zipfile.ZipFile(bundle) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    rows = [json.loads(line) for line in members["actions.jsonl"].splitlines()]
    row = next(row for row in rows if row[3] == MARK_KIND)
    data = json.loads(row[5])
    more(data)
    row[5] = dumps(data)
    members["actions.jsonl"] = "".join(dumps(one) + "\n" for one in rows).encode()
    manifest = json.loads(members[MANIFEST])
    for file in manifest["files"]:
        content = members[file["name"]] if isinstance(file, dict) else None
        if content is not None:
            file |= {"size": len(content), "sha256": sha256(content)}
    members[MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(bundle, "w") as again:
        for name, content in members.items():
            again.writestr(name, content)
    result = run("verify", out, "--bundle", bundle)
    assert result.exit_code == 1


def test_status_says_how_far_it_is(held: ContestDirectory) -> None:
    """Counts, how far markers are apart, and what each of them has left."""
    result = run("marking", held.path, "status")
    assert result.exit_code == 0, result.output
    for told in (
        "ch-essay: 3 bài; chưa ai chấm 0, một người chấm 1, chờ người thứ ba 0, xong 2",
        "lệch nhau trung bình 2,25 điểm; quá mức cho phép 50 % của 2 bài",
    ):
        assert told in result.output
    assert result.output.count("đã chấm") == 3


def test_closing_waits_for_the_marks(own: ContestDirectory) -> None:
    """A mark given after the checks sends the path back to them."""
    from contest.closing.facts import find_facts

    async def work(service: Service, room: MarkingRoom) -> None:
        before = (await find_facts(service, "ky-1", LATER)).facts.seen
        _first, second, _third = await markers_of(room, THIRD)
        await give(room, second, THIRD, "4", "4")
        assert (await find_facts(service, "ky-1", LATER)).facts.seen == before + 1

    in_room(own, work)


def test_the_whole_way_by_sheets(tmp_path: Path) -> None:
    """Export, fill in, import, the third where they differ; then everybody is ranked."""
    directory = essay_contest(tmp_path / "thi", people=2)
    points = iter(["5", "0", "4", "5", "5", "5", "5", "5"])
    for turn in range(2):
        for marker in ("Một", "Hai", "Ba"):
            path = tmp_path / f"{marker}{turn}.xlsx"
            name = f"Giám khảo Thử {marker}"
            out = run("marking", directory.path, "export", "--marker", name, "--out", path)
            if out.exit_code:
                assert "không còn bài nào" in out.output
                continue
            book = load_workbook(path)
            page = book["Bài 1"]
            for row in range(2, page.max_row + 1):
                if page.cell(row, 4).value is None:
                    page.cell(row, 4, next(points))
                    page.cell(row, 5, "5")
            book.save(path)
            result = run("marking", directory.path, "import", path, "--by", "Thư ký mẫu")
            assert result.exit_code == 0, result.output
    out = tmp_path / "ra"
    assert run("grade", directory.path, "--out", out).exit_code == 0
    assert {status for _, status in scores(out)} == {"ranked"}
    bundle = bundled(directory, tmp_path / "goi.zip")
    assert run("verify", out, "--bundle", bundle).exit_code == 0


def test_page_is_opened_on_this_machine_for_the_contest(
    held: ContestDirectory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With a copy of the notebook; without a database there is nothing to open."""
    from contest.commands import marking

    called: list[Any] = []

    def call(command: list[str], env: dict[str, str]) -> int:
        called.append((command, env))
        return 0

    monkeypatch.setattr(marking.subprocess, "call", call)
    result = run("marking", held.path, "open", "--port", "8899")
    assert (result.exit_code, "http://127.0.0.1:8899/" in result.output) == (0, True)
    ((command, env),) = called
    assert "--Voila.ip=127.0.0.1" in command
    assert any(part.endswith("cham_bai.ipynb") for part in command)
    assert env["TIMHIEU_CONTEST"] == str(held.path.resolve())
    assert run("marking", tmp_path, "open").exit_code == 1
