"""A round is closed on the command line, from its last answer to the published pages."""

from __future__ import annotations

import asyncio
import datetime
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result

from contest import organisers
from contest.cli import main
from contest.closing.folder import RoundFolder
from contest.closing.steps import KIND, STEPS
from contest.directory import ContestDirectory
from contest.papers import write
from contest.papers.templates import Template, load_templates
from contest.rules import ZONE, to_ms
from contest.store import Action
from contest.store.commands import RecordAction
from questions.canonical import sha256
from tests.factories import HOUR, MINUTE, ROUND, opened, page, right_positions, write_contest

LONG_AGO = to_ms(datetime.datetime(2020, 1, 6, 8, tzinfo=ZONE))
FAR_AWAY = to_ms(datetime.datetime(2100, 1, 4, 8, tzinfo=ZONE))
PASSWORD = "mat-khau-thu-1"
ROLES = {"An": "author", "Bình": "secretary", "Chi": "head", "Dũng": "viewer"}


@pytest.fixture(autouse=True, scope="module")
def cheap_hashes() -> Iterator[None]:
    """The hash that is right for real passwords takes its time on purpose."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(organisers, "PasswordHasher", lambda: cheap)
        yield


@pytest.fixture(autouse=True, scope="module")
def few_documents() -> Iterator[None]:
    """Two kinds of documents are as good as all, and made sooner."""

    def some(*given: Any) -> list[Template]:
        return load_templates(*given)[:2]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write, "load_templates", some)
        yield


def run(*arguments: object, typed: str = "") -> Result:
    """Run a command with what is typed at its prompts."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)


def add_people(directory: ContestDirectory) -> None:
    """Write down one organiser of every role."""
    for name, role in ROLES.items():
        result = run(
            "people", "add", directory.path, "--name", name, "--role", role, "--by", "Người cài",
            typed=f"{PASSWORD}\n{PASSWORD}\n",
        )  # fmt: skip
        assert result.exit_code == 0, result.output


def do(directory: ContestDirectory, step: str, by: str, *, password: str = PASSWORD) -> Result:
    """Do a step."""
    return run(
        "closing", directory.path, "--round", ROUND, "--do", step, "--by", by, "--yes",
        typed=f"{password}\n",
    )  # fmt: skip


def show(directory: ContestDirectory) -> str:
    """Return what is told of all steps."""
    result = run("closing", directory.path, "--round", ROUND)
    assert result.exit_code == 0, result.output
    return result.output


def hold(directory: ContestDirectory, opens: int) -> None:
    """Let three people take part."""

    async def main() -> None:
        async with opened(directory, at=opens) as service:
            rules = service.rounds.known().rules
            for number in (1, 2, 3):
                given = {"name": f"Thí sinh thử {number}", "phone": f"000{number:07}"}
                registered = await service.register(rules, given, f"dv-{number}", "chung", opens)
                assert registered is not None
                opening = await service.open_attempt(registered.contestant_id, ROUND, opens)
                assert opening.attempt_id is not None
                sitting = await service.sitting(opening.attempt_id)
                assert sitting is not None
                await sitting.take_pen(page(number), opens)
                for q in range(1, number + 1):
                    await sitting.answer(1, q, q, right_positions(sitting, q), opens + MINUTE)
                await sitting.submit(1, 9, opens + (1 + number) * MINUTE)

    asyncio.run(main())


def void(directory: ContestDirectory, round_id: str | None = None) -> None:
    """Rule that a question isn't counted in a round, or in all."""

    async def main() -> None:
        async with opened(directory, at=None) as service:
            body = {"reason": "thử", "how": "out", "round": round_id, "document": None}
            action = Action(LONG_AGO + 2 * HOUR, "Bình", "void", "ch-luat-1", body)
            await service.store.write(RecordAction(action))

    asyncio.run(main())


def closing_rows(directory: ContestDirectory) -> list[Action]:
    """Return the rows of the steps."""

    async def main() -> list[Action]:
        async with opened(directory, at=None) as service:
            assert await service.store.verify_actions() is None
            return await service.store.actions(KIND)

    return asyncio.run(main())


def over(path: Path) -> ContestDirectory:
    """Return a contest whose round is over since long and was never closed, with organisers."""
    directory = write_contest(path, opens=LONG_AGO, closes=LONG_AGO + HOUR)
    hold(directory, LONG_AGO)
    add_people(directory)
    return directory


@pytest.fixture
def past(tmp_path: Path) -> ContestDirectory:
    """A round that is over."""
    return over(tmp_path / "x")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> ContestDirectory:
    """A round that only needs to be confirmed and published."""
    directory = over(tmp_path_factory.mktemp("judged") / "x")
    for step in STEPS[:-2]:
        if step.name != "true_value":  # the program computes it
            assert f"--do {step.name} " in show(directory)
        result = do(directory, step.name, "Bình")
        assert result.exit_code == 0, result.output
    return directory


@pytest.fixture
def ready(judged: ContestDirectory, tmp_path: Path) -> ContestDirectory:
    """A copy of it to go on with."""
    return ContestDirectory(Path(shutil.copytree(judged.path, tmp_path / "x")))


def test_whole_path(ready: ContestDirectory) -> None:
    """To published pages; then a ruling makes all of it void."""
    folder = RoundFolder(ready.var, ROUND)
    refused = do(ready, "publish", "Bình")
    assert refused.exit_code == 1
    assert "Trưởng ban xác nhận" in refused.output
    assert not folder.site.exists()
    for step, by in (("confirm", "Chi"), ("publish", "Bình")):
        result = do(ready, step, by)
        assert result.exit_code == 0, result.output
    assert "Đã xong mọi bước." in show(ready)
    assert (folder.site / "index.html").is_file()
    assert (folder.result / "papers" / "papers.json").is_file()

    rows = closing_rows(ready)
    assert [row.body["step"] for row in rows] == [step.name for step in STEPS]
    assert {row.subject for row in rows} == {ROUND}
    confirmed = rows[-2]
    assert (confirmed.actor, confirmed.body["role"]) == ("Chi", "head")
    assert confirmed.body["result"] == folder.hashes().result
    checks = rows[2].body["found"]
    assert (checks["people"], checks["ranked"], checks["attempts"]) == (3, 3, 3)
    assert checks["doubtful"] == 0  # of three papers nothing can be said but that they are few

    void(ready)
    assert do(ready, "publish", "Chi").exit_code == 1
    shown = show(ready)
    assert "phải làm lại" in shown
    assert "Bản đã công bố không còn khớp" in shown


def test_what_was_changed_by_hand_is_not_published(ready: ContestDirectory) -> None:
    """A document, and the result itself."""
    folder = RoundFolder(ready.var, ROUND)
    assert do(ready, "confirm", "Chi").exit_code == 0
    paper = next((folder.result / "papers").glob("*.docx"))
    kept = paper.read_bytes()
    paper.write_bytes(kept + b" ")
    assert do(ready, "publish", "Chi").exit_code == 1
    paper.write_bytes(kept)
    (folder.result / "ca_nhan.csv").write_text("x", encoding="utf-8")
    assert do(ready, "publish", "Chi").exit_code == 1
    assert not folder.site.exists()


def test_steps_can_be_repeated(past: ContestDirectory) -> None:
    """The same result comes out, and another row."""
    for step in ("freeze", "freeze", "checks", "checks"):
        result = do(past, step, "Bình")
        assert result.exit_code == 0, result.output
    assert len(closing_rows(past)) == 4


@pytest.mark.parametrize("by", ["An", "Dũng"])
def test_authors_and_viewers_do_nothing(past: ContestDirectory, by: str) -> None:
    """Whatever the step; who may is told."""
    for step in STEPS:
        result = do(past, step.name, by)
        assert result.exit_code == 1
        assert "trưởng ban" in result.output
    assert closing_rows(past) == []
    assert not RoundFolder(past.var, ROUND).path.exists()


def test_secretary_does_not_confirm(past: ContestDirectory) -> None:
    """Even where it would be next."""
    result = do(past, "confirm", "Bình")
    assert result.exit_code == 1
    assert "không được làm bước này" in result.output


def test_wrong_password_does_nothing(past: ContestDirectory) -> None:
    """And says no more than that."""
    result = do(past, "freeze", "Chi", password="mat-khau-sai")
    assert result.exit_code == 1
    assert "Tên hoặc mật khẩu không đúng." in result.output
    assert closing_rows(past) == []


def test_a_step_that_is_not_wanted_after_all(past: ContestDirectory) -> None:
    """What it would do is told, and nothing is done."""
    result = run(
        "closing", past.path, "--round", ROUND, "--do", "freeze", "--by", "Chi",
        typed=f"{PASSWORD}\nn\n",
    )  # fmt: skip
    assert result.exit_code == 1
    assert "ghi dòng đóng kỳ" in result.output
    assert closing_rows(past) == []


def test_round_that_is_open_is_not_closed(tmp_path: Path) -> None:
    """It says until when."""
    directory = write_contest(tmp_path / "x", opens=LONG_AGO, closes=FAR_AWAY)
    hold(directory, LONG_AGO)
    add_people(directory)
    result = do(directory, "freeze", "Chi")
    assert result.exit_code == 1
    assert "08:00 04/01/2100" in result.output
    assert "Vướng: kỳ còn mở đến 08:00 04/01/2100" in show(directory)


def test_closed_round_is_edited_by_rulings_only(past: ContestDirectory) -> None:
    """No time is granted any more, and other files change nothing of the result."""
    assert do(past, "freeze", "Bình").exit_code == 0
    assert do(past, "checks", "Bình").exit_code == 0
    folder = RoundFolder(past.var, ROUND)
    first = folder.hashes().result
    attempt = folder.rows("luot")[0]["attempt_id"]
    granted = run(
        "extra-time", past.path, "--attempt", attempt, "--minutes", 5, "--reason", "thử",
        "--by", "Bình",
    )  # fmt: skip
    assert granted.exit_code == 1
    rules = past.path / "the_le.yml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("points: 10", "points: 20"), "utf-8")
    assert do(past, "checks", "Bình").exit_code == 0
    assert folder.hashes().result == first


def test_what_concerns_other_rounds_voids_nothing(tmp_path: Path) -> None:
    """A ruling about the next week, say; logging in doesn't either."""
    directory = write_contest(
        tmp_path / "x",
        opens=LONG_AGO,
        closes=LONG_AGO + HOUR,
        more_rounds=[("ky-2", LONG_AGO + 2 * HOUR, LONG_AGO + 3 * HOUR)],
    )
    hold(directory, LONG_AGO)
    add_people(directory)
    for step in ("freeze", "checks"):
        assert do(directory, step, "Bình").exit_code == 0

    async def next_week() -> None:
        async with opened(directory, at=LONG_AGO + 2 * HOUR):
            pass

    asyncio.run(next_week())
    void(directory, "ky-2")
    assert "3. Kiểm tra và lời nhắc: đã xong" in show(directory)
    void(directory, ROUND)
    assert "3. Kiểm tra và lời nhắc: phải làm lại" in show(directory)


def test_value_from_outside_is_asked_for(tmp_path: Path) -> None:
    """It becomes a ruling by whoever does the step; until then the checks wait."""
    directory = write_contest(tmp_path / "x", opens=LONG_AGO, closes=LONG_AGO + HOUR)
    rules = directory.path / "the_le.yml"
    written = rules.read_text(encoding="utf-8")
    rules.write_text(written.replace("true_value: computed", "true_value: outside"), "utf-8")
    hold(directory, LONG_AGO)
    add_people(directory)
    assert do(directory, "freeze", "Bình").exit_code == 0
    assert "3. Kiểm tra và lời nhắc: chờ bước" in show(directory)
    for value, code in (("nhiều", 1), ("75594", 0)):
        result = run(
            "closing", directory.path, "--round", ROUND, "--do", "true_value", "--by", "Bình",
            "--yes", typed=f"{PASSWORD}\n{value}\nThông báo số 5\n",
        )  # fmt: skip
        assert result.exit_code == code, result.output
    assert "2. Giá trị đúng của câu dự đoán: đã xong (theo quyết định xử lý)" in show(directory)
    assert do(directory, "checks", "Bình").exit_code == 0
    manifest = RoundFolder(directory.var, ROUND).manifest()
    assert manifest["rounds"][ROUND]["prediction"]["true_value"] == "75594"

    async def ruled() -> Action:
        async with opened(directory, at=None) as service:
            (action,) = await service.store.actions("true_value")
            return action

    action = asyncio.run(ruled())
    assert (action.actor, action.body["reason"]) == ("Bình", "Thông báo số 5")


def forget(directory: ContestDirectory, row: int) -> str:
    """Erase the data of the person in a row of the result; return what is said."""
    person = RoundFolder(directory.var, ROUND).rows("ca_nhan")[row]["contestant_id"]
    forgotten = run(
        "forget", directory.path, "--contestant", person, "--reason", "theo đơn", "--by", "Bình"
    )
    assert forgotten.exit_code == 0, forgotten.output
    return forgotten.output


def test_forgotten_people_call_for_another_result(ready: ContestDirectory) -> None:
    """Where it isn't confirmed: the one at hand has a name that must not be published any more."""
    said = forget(ready, 0)
    assert str(RoundFolder(ready.var, ROUND).result) in said
    shown = show(ready)
    assert "4. Quyết định xử lý: đã xong" in shown
    assert "5. Xếp hạng: phải làm lại" in shown
    assert do(ready, "confirm", "Chi").exit_code == 1


def test_forgotten_people_take_no_confirmation_away(ready: ContestDirectory) -> None:
    """Ranks stay; what is published is made again, of a result without the name."""
    for step in ("confirm", "publish"):
        assert do(ready, step, "Chi").exit_code == 0
    forget(ready, 0)
    shown = show(ready)
    assert "8. Trưởng ban xác nhận: đã xong" in shown
    assert "9. Công bố: chưa làm được" in shown
    assert "tên còn trong kết quả" in shown
    assert do(ready, "publish", "Chi").exit_code == 1
    for step in ("ranking", "prizes", "papers", "confirm", "publish"):
        result = do(ready, step, "Chi")
        assert result.exit_code == 0, result.output
    assert "Đã xong mọi bước." in show(ready)
    assert RoundFolder(ready.var, ROUND).rows("ca_nhan")[0]["name"] == ""


@pytest.mark.parametrize(
    ("flags", "doubtful"),
    [("", 0), ("few", 0), ("unused_option;too_easy", 0), ("unused_option;below_guessing", 1)],
)
def test_questions_that_look_wrong_are_counted(tmp_path: Path, flags: str, doubtful: int) -> None:
    """Not those about which there is any remark at all."""
    folder = RoundFolder(tmp_path, ROUND)
    folder.result.mkdir(parents=True)
    tables = {"cau_hoi": f"flags,question_id\n{flags},ch-1\n", "ca_nhan": "status\n"}
    for name in ("cau_hoi", "ca_nhan", "luot", "removed", "canh_bao", "rulings"):
        path = folder.result / f"{name}.csv"
        path.write_text(tables.get(name, "x\n"), encoding="utf-8-sig")
    assert folder.found()["doubtful"] == doubtful


def test_unknown_round_is_refused(past: ContestDirectory) -> None:
    """Those that there are, are told."""
    result = run("closing", past.path, "--round", "ky-9")
    assert result.exit_code == 1
    assert ROUND in result.output


def test_people_on_the_command_line(past: ContestDirectory) -> None:
    """Listed, given another password, removed; each change is a row without the password."""
    assert "Chi: trưởng ban" in run("people", "list", past.path).output
    other = "mat-khau-thu-2"
    changed = run(
        "people", "password", past.path, "--name", "Chi", "--by", "X", typed=f"{other}\n{other}\n"
    )
    assert changed.exit_code == 0, changed.output
    assert do(past, "freeze", "Chi").exit_code == 1
    assert do(past, "freeze", "Chi", password=other).exit_code == 0
    assert run("people", "remove", past.path, "--name", "Chi", "--by", "X").exit_code == 0
    assert do(past, "freeze", "Chi", password=other).exit_code == 1

    async def rows() -> list[Action]:
        async with opened(past, at=None) as service:
            return await service.store.actions("people")

    found = asyncio.run(rows())
    assert [row.body["what"] for row in found] == [*["add"] * 4, "password", "remove"]
    assert "argon2" not in json.dumps([row.body for row in found])


def test_people_are_in_backups(past: ContestDirectory, tmp_path: Path) -> None:
    """Whoever restores one can log in as before."""
    copy = tmp_path / "ban_sao.zip"
    saved = run("backup", past.path, "--to", copy)
    assert saved.exit_code == 0, saved.output
    made = run("restore", copy, "--to", tmp_path / "moi")
    assert made.exit_code == 0, made.output
    restored = ContestDirectory(tmp_path / "moi")
    assert do(restored, "freeze", "Chi").exit_code == 0
    assert (restored.secrets / organisers.FILE).stat().st_mode & 0o777 == 0o600


def test_closing_is_in_backups(ready: ContestDirectory, tmp_path: Path) -> None:
    """Whoever restores one has the round closed, confirmed and published as before."""
    for step in ("confirm", "publish"):
        assert do(ready, step, "Chi").exit_code == 0
    issued = ready.var / "chung_nhan" / "0123456789ab.json"
    issued.parent.mkdir()
    issued.write_text("{}", "utf-8")
    (ready.var / "xet_giai" / ".dang-ghi").write_text("x", "utf-8")
    copy = tmp_path / "ban_sao.zip"
    for arguments in (
        ("backup", ready.path, "--to", copy),
        ("restore", copy, "--to", tmp_path / "moi"),
    ):
        result = run(*arguments)
        assert result.exit_code == 0, result.output
    restored = ContestDirectory(tmp_path / "moi")
    assert "Đã xong mọi bước." in show(restored)
    before, after = (RoundFolder(one.var, ROUND).hashes() for one in (ready, restored))
    assert after == before
    assert (restored.var / "chung_nhan" / issued.name).read_text("utf-8") == "{}"
    assert not (restored.var / "xet_giai" / ".dang-ghi").exists()
    for path in restored.var.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def test_no_results_in_backups_once_everybody_is_erased(
    ready: ContestDirectory, tmp_path: Path
) -> None:
    """They would be all that has names."""
    purged = run("purge", ready.path, "--by", "Bình", "--now-reason", "hủy")
    assert purged.exit_code == 0, purged.output
    copy = tmp_path / "ban_sao.zip"
    assert run("backup", ready.path, "--to", copy).exit_code == 0
    with zipfile.ZipFile(copy) as opened_:
        assert not [name for name in opened_.namelist() if name.startswith("var/xet_giai")]


def certify_all(directory: ContestDirectory) -> None:
    """Have a certificate for everybody who is ranked."""
    rules = directory.path / "the_le.yml"
    written = rules.read_text(encoding="utf-8")
    rules.write_text(f"{written}documents: {{certificates: {{who: all}}}}\n", "utf-8")


def test_nothing_goes_out_before_the_heads_word(ready: ContestDirectory, tmp_path: Path) -> None:
    """Neither certificates nor pages without a mark; then both leave a row without names."""
    certify_all(ready)
    result, one = RoundFolder(ready.var, ROUND).result, tmp_path / "kq"
    graded = run("grade", ready.path, "--round", ROUND, "--out", one)
    assert graded.exit_code == 0, graded.output
    by = ("--by", "Bình")
    certificates = ("certificates", ready.path, one, "--to", tmp_path / "giay", *by)
    pages = ("publish", one, "--to", tmp_path / "dang", "--contest", ready.path, *by)
    for command in (certificates, pages):
        refused = run(*command)
        assert refused.exit_code == 1
        assert f"timhieu closing {ready.path} --round {ROUND}" in refused.output
    assert not (tmp_path / "giay").exists()
    assert not (tmp_path / "dang").exists()
    assert not (ready.var / "chung_nhan").exists()
    assert do(ready, "confirm", "Chi").exit_code == 0

    for command in (certificates, pages):
        done = run(*command)
        assert done.exit_code == 0, done.output
    assert "CHƯA ĐƯỢC" not in (tmp_path / "dang" / "index.html").read_text(encoding="utf-8")
    assert do(ready, "publish", "Chi").exit_code == 0
    site = RoundFolder(ready.var, ROUND).site
    assert "CHƯA ĐƯỢC" not in (site / "index.html").read_text(encoding="utf-8")

    async def rows() -> list[Action]:
        async with opened(ready, at=None) as service:
            return await service.store.actions("issue")

    found = asyncio.run(rows())
    assert [(row.actor, row.body["what"]) for row in found] == [
        ("Bình", "certificates"), ("Bình", "pages"),
    ]  # fmt: skip
    assert {row.subject for row in found} == {sha256((one / "manifest.json").read_bytes())}
    assert found[0].body["count"] == len(list((tmp_path / "giay").glob("0*.pdf")))
    assert "Thí sinh" not in json.dumps([row.body for row in found], ensure_ascii=False)

    void(ready)
    again = ("certificates", ready.path, result, "--to", tmp_path / "lai", *by)
    assert run(*again).exit_code == 1


def test_other_rows_than_the_head_confirmed_do_not_go_out(
    ready: ContestDirectory, tmp_path: Path
) -> None:
    """A result graded by earlier rulings, say; a name that was erased since is no other row."""
    certify_all(ready)
    assert run("grade", ready.path, "--round", ROUND, "--out", tmp_path / "cu").exit_code == 0
    assert do(ready, "confirm", "Chi").exit_code == 0
    forget(ready, 2)
    assert run("grade", ready.path, "--round", ROUND, "--out", tmp_path / "moi").exit_code == 0
    making = ("certificates", ready.path, tmp_path / "moi", "--to", tmp_path / "g1", "--by", "B")
    made = run(*making)
    assert made.exit_code == 0, made.output
    void(ready, ROUND)
    for step in ("checks", "rulings", "ranking", "prizes", "papers", "confirm"):
        assert do(ready, step, "Chi").exit_code == 0
    making = ("certificates", ready.path, tmp_path / "cu", "--to", tmp_path / "g2", "--by", "B")
    refused = run(*making)
    assert refused.exit_code == 1
    assert "khác bản trưởng ban đã xác nhận" in refused.output


def test_people_need_a_contest(tmp_path: Path) -> None:
    """Nothing is made in a folder that isn't one."""
    result = run(
        "people", "add", tmp_path, "--name", "A", "--role", "head", "--by", "X",
        typed=f"{PASSWORD}\n{PASSWORD}\n",
    )  # fmt: skip
    assert result.exit_code == 1
    assert list(tmp_path.iterdir()) == []
