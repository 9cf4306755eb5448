"""The organisers' desk under `timhieu desk`, in real Chromium: log-in, numbers, a ruling."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from contest.claims.desk import About, send
from contest.clock import SystemClock
from contest.closing.folder import RoundFolder
from contest.closing.steps import STEPS
from contest.commands.desk import desk_command
from contest.commands.lab import work_copies
from contest.commands.organise import opened
from contest.commands.simulate import simulate_directory
from contest.directory import ContestDirectory
from contest.ids import RandomIds
from contest.organisers import Organisers
from contest.roles import ROLES
from contest.settings import TEMPLATES, lab_environment
from contest.store.snapshot import Snapshot
from tests.chromium import launch
from tests.factories import HOUR, write_contest
from tests.frontend.conftest import axe
from tests.frontend.looks import problems
from tests.notebooks.lab import PATIENCE
from tests.ports import free_port

__all__ = ["axe"]

pytestmark = pytest.mark.browser

PASSWORD = "mat-khau-thu-1"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> ContestDirectory:
    """Return a contest that is open, with people of every role and synthetic contestants."""
    now = SystemClock().now()
    path = tmp_path_factory.mktemp("desk") / "x"
    directory = write_contest(path, opens=now - 4 * HOUR, closes=now + 4 * HOUR)
    simulate_directory(directory.path, 12, 3)
    with_organisers(directory)
    return directory


def with_organisers(directory: ContestDirectory) -> None:
    """Add somebody of every role."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    for role in ROLES:
        Organisers(directory.secrets, cheap).add(f"Người thử {role}", role, PASSWORD)


@contextmanager
def running(contest: ContestDirectory, folder: Path) -> Iterator[str]:
    """Run `timhieu desk` on a contest and give its address."""
    port = free_port()
    notebook = work_copies(folder) / "ban_to_chuc.ipynb"
    environment = lab_environment(contest.path, contest.path / "ket_qua")
    command = [*desk_command(notebook, port), "--no-browser"]
    assert command[0] == sys.executable
    with subprocess.Popen(
        command,
        env={**environment, "JUPYTER_PATH": str(TEMPLATES)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=contest.path,
    ) as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                if f"http://127.0.0.1:{port}" in line:
                    yield f"http://127.0.0.1:{port}/"
                    break
            else:
                pytest.fail("the desk didn't start")
        finally:
            process.terminate()
            process.stderr.read()


@pytest.fixture(scope="module")
def address(contest: ContestDirectory, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the contest's desk."""
    with running(contest, tmp_path_factory.mktemp("so_tay")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run Chromium."""
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="module")
def desk(address: str, browser: Browser) -> Iterator[Page]:
    """Open the desk before anybody has logged in; whatever it fetches elsewhere is noted."""
    elsewhere: list[str] = []
    page = arrive(browser, address, elsewhere)
    yield page
    page.close()
    assert elsewhere == []


def arrive(browser: Browser, address: str, elsewhere: list[str]) -> Page:
    """Open a desk; requests to other machines are noted."""
    page = browser.new_page(viewport=WIDE)
    page.set_default_timeout(PATIENCE)
    page.on("request", lambda one: elsewhere.append(one.url) if away(one.url) else None)
    page.goto(address, timeout=3 * PATIENCE)  # an ordinary kernel starts for it
    page.get_by_role("button", name="Đăng nhập").wait_for(timeout=3 * PATIENCE)
    return page


def away(url: str) -> bool:
    """Return whether an address is of another machine."""
    return url.startswith("http") and not url.startswith("http://127.0.0.1:")


def log_in(page: Page, role: str, password: str = PASSWORD) -> None:
    """Log in with the keyboard alone."""
    page.get_by_label("Tên", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(f"Người thử {role}")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Mật khẩu")).to_be_focused(timeout=PATIENCE)
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def log_out(page: Page) -> None:
    """Leave the desk."""
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="Đăng nhập").wait_for()


def sideways(page: Page) -> int:
    """Return by how much the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def test_nothing_is_seen_before_the_log_in(desk: Page, axe: str) -> None:
    """A wrong password is told, and nothing else; the form is accessible."""
    desk.evaluate(axe)
    assert problems(desk) == []
    log_in(desk, "viewer", "sai-mat-khau-1")
    expect(desk.locator(".band.bad")).to_have_text(
        "Tên hoặc mật khẩu không đúng.", timeout=PATIENCE
    )
    assert "ky-1" not in desk.locator(".desk").inner_html()


def test_state_and_numbers(desk: Page, axe: str) -> None:
    """Wide and narrow, with the chart's table open; axe finds nothing."""
    log_in(desk, "viewer")
    expect(desk.locator(".card").first).to_contain_text("ĐANG MỞ", timeout=PATIENCE)
    desk.get_by_text("Xem dạng bảng").click()
    desk.evaluate(axe)
    for size in (WIDE, NARROW):
        desk.set_viewport_size(size)
        assert problems(desk) == []
        assert sideways(desk) <= 0
    desk.set_viewport_size(WIDE)


def test_a_refresh_shows_what_has_happened(desk: Page, contest: ContestDirectory) -> None:
    """By the button; what was opened stays open."""
    before = desk.locator(".totals dd").first.inner_text()
    apart(simulate_directory, contest.path, 15, 3)
    desk.get_by_role("button", name="Làm mới").press("Enter")
    expect(desk.locator(".totals dd").first).to_have_text("15", timeout=PATIENCE)
    assert before == "12"
    expect(desk.locator("details[data-key=gio]")).to_have_attribute("open", "", timeout=PATIENCE)
    expect(desk.locator("p.vh[role=status]")).to_have_text(
        re.compile("Đã làm mới lúc"), timeout=PATIENCE
    )
    log_out(desk)
    expect(desk.locator(".totals")).to_have_count(0, timeout=PATIENCE)


def apart(work: Callable[..., object], *given: object, **named: object) -> None:
    """Do something in another thread: Playwright's loop runs in this one."""
    with ThreadPoolExecutor() as pool:
        pool.submit(work, *given, **named).result()


def part(page: Page, title: str) -> Locator:
    """Return a part of the page by its heading."""
    heading = page.get_by_role("heading", name=title, exact=True)
    return page.locator(".desk-part").filter(has=heading)


def test_a_viewer_is_shown_no_button(desk: Page, axe: str) -> None:
    """But why, and what was decided."""
    log_in(desk, "viewer")
    rulings = part(desk, "Quyết định xử lý")
    expect(rulings).to_contain_text("Việc này cần quyền thư ký hoặc trưởng ban.", timeout=PATIENCE)
    expect(rulings.get_by_role("button")).to_have_count(0)
    expect(part(desk, "Khép kỳ").get_by_role("button")).to_have_count(0)
    desk.evaluate(axe)
    assert problems(desk) == []
    log_out(desk)


def test_a_ruling_is_tried_and_written(desk: Page, contest: ContestDirectory, axe: str) -> None:
    """Nothing is written before the second press; axe finds nothing on the way."""
    log_in(desk, "secretary")
    rulings = part(desk, "Quyết định xử lý")
    rulings.get_by_label("Loại quyết định").select_option("hủy câu hỏi")
    rulings.get_by_label("Mã câu hỏi").fill("ch-lich_su-0")
    rulings.get_by_label(re.compile("^Lý do")).fill("Hai phương án <i>cùng</i> đúng")
    rulings.get_by_role("button", name="Chạy thử").press("Enter")
    write = rulings.get_by_role("button", name=re.compile("Áp dụng"))
    expect(write).to_be_visible(timeout=PATIENCE)
    assert ruled(contest) == []
    desk.evaluate(axe)
    for size in (NARROW, WIDE):
        desk.set_viewport_size(size)
        assert problems(desk) == []
        assert sideways(desk) <= 0
    write.press("Enter")
    expect(desk.locator(".band.ok")).to_contain_text(
        "Đã ghi quyết định xử lý số 1", timeout=PATIENCE
    )
    assert ruled(contest) == [("Người thử secretary", "ch-lich_su-0")]
    expect(rulings).to_contain_text("<i>cùng</i>", timeout=PATIENCE)
    log_out(desk)


def test_a_claim_is_read_and_answered(desk: Page, contest: ContestDirectory, axe: str) -> None:
    """A forgotten code is replaced after a check, and shown; axe finds nothing on the way."""
    apart(claim_a_code, contest)
    log_in(desk, "secretary")
    claims = part(desk, "Phản ánh của thí sinh")
    choice = claims.get_by_label("Phản ánh", exact=True)
    choice.select_option(choice.locator("option", has_text="Tôi quên mã").inner_text())
    expect(claims).to_contain_text("qua cán bộ thôn", timeout=PATIENCE)
    give = claims.get_by_role("button", name="Cấp mã tiếp tục mới")
    give.press("Enter")
    expect(desk.locator(".band.bad")).to_contain_text("xác minh đúng người", timeout=PATIENCE)
    claims.get_by_label("Đã xác minh đúng là người này").check()
    give.press("Enter")
    expect(claims.locator(".band.wait")).to_contain_text("Mã tiếp tục mới", timeout=PATIENCE)
    desk.evaluate(axe)
    for size in (NARROW, WIDE):
        desk.set_viewport_size(size)
        assert problems(desk) == []
        assert sideways(desk) <= 0
    claims.get_by_label("Kết luận").select_option("Đã giải quyết")
    claims.get_by_label(re.compile("^Trả lời")).fill("Đã gọi điện và cấp mã mới.")
    claims.get_by_role("button", name="Gửi trả lời").press("Enter")
    expect(desk.locator(".band.ok")).to_contain_text("Đã trả lời phản ánh", timeout=PATIENCE)
    expect(claims).not_to_contain_text("qua cán bộ thôn")
    log_out(desk)


def test_contestants_are_told_something(desk: Page, contest: ContestDirectory, axe: str) -> None:
    """And aren't any more once it is withdrawn; axe finds nothing on the way."""
    log_in(desk, "secretary")
    notices = part(desk, "Thông báo cho thí sinh")
    notices.get_by_label(re.compile("^Nội dung")).fill("Máy chủ bảo trì <i>lúc</i> 22:00")
    notices.get_by_label(re.compile("^Loại")).select_option("lưu ý")
    notices.get_by_role("button", name="Đăng thông báo").press("Enter")
    expect(desk.locator(".band.ok")).to_contain_text("đang hiện", timeout=PATIENCE)
    expect(notices.get_by_role("table")).to_contain_text("<i>lúc</i>", timeout=PATIENCE)
    desk.evaluate(axe)
    for size in (NARROW, WIDE):
        desk.set_viewport_size(size)
        assert problems(desk) == []
        assert sideways(desk) <= 0
    expect(part(desk, "Nhật ký")).not_to_contain_text("rút thông báo")
    choice = notices.get_by_label("Thông báo đã đăng")
    choice.select_option(choice.locator("option", has_text="bảo trì").inner_text())
    notices.get_by_role("button", name="Rút thông báo").press("Enter")
    expect(desk.locator(".band.ok")).to_contain_text("Đã rút thông báo 1", timeout=PATIENCE)
    with Snapshot(contest.database) as snapshot:
        done = [(one.kind, one.actor) for one in snapshot.actions() if "notice" in one.kind]
    log = part(desk, "Nhật ký")
    expect(log.locator("tbody tr").first).to_contain_text("rút thông báo", timeout=PATIENCE)
    who = "Người thử secretary"
    assert done == [("notice", who), ("notice_withdrawn", who)]
    log_out(desk)


def test_a_head_adds_somebody_who_then_logs_in(desk: Page, axe: str) -> None:
    """With the password that the page told; they change it, and are still there."""
    log_in(desk, "head")
    people = part(desk, "Người trong Ban Tổ chức")
    people.get_by_label(re.compile("^Tên người mới")).fill("Người thử mới")
    people.get_by_label("Vai trò", exact=True).select_option("chỉ xem")
    people.get_by_role("button", name="Thêm người").press("Enter")
    told = people.locator(".band .code")
    expect(told).to_be_visible(timeout=PATIENCE)
    expect(people.get_by_role("rowheader", name="Người thử mới")).to_be_visible()
    desk.evaluate(axe)
    for size in (NARROW, WIDE):
        desk.set_viewport_size(size)
        assert problems(desk) == []
        assert sideways(desk) <= 0
    password = told.inner_text()
    log_out(desk)
    expect(desk.locator(".code")).to_have_count(0)
    log_in(desk, "mới", password)
    own = part(desk, "Mật khẩu của tôi")
    own.get_by_label("Tôi sẽ ghi lại mật khẩu mới ngay").check()
    own.get_by_role("button", name="Đổi mật khẩu của tôi").press("Enter")
    expect(own.locator(".band .code")).to_be_visible(timeout=PATIENCE)
    assert own.locator(".band .code").inner_text() != password
    log_out(desk)
    log_in(desk, "mới", password)
    expect(desk.locator(".band.bad")).to_be_visible(timeout=PATIENCE)


def claim_a_code(contest: ContestDirectory) -> None:
    """Let somebody who takes part claim that they forgot their code."""

    async def main() -> None:
        async with opened(contest.path) as service:
            body = {"name": "Thí sinh thử", "contact": "qua cán bộ thôn"}
            await service.rounds.contest()
            what = About((await service.store.ids("contestants"))[0])
            now = SystemClock().now()
            assert await send(service, RandomIds(), "code", body, None, what, now)

    asyncio.run(main())


def ruled(contest: ContestDirectory) -> list[tuple[str, str]]:
    """Return who voided which question."""
    with Snapshot(contest.database) as snapshot:
        return [(one.actor, one.subject) for one in snapshot.actions() if one.kind == "void"]


def test_the_paper_is_looked_at_as_contestants_get_it(desk: Page) -> None:
    """Under its band."""
    log_in(desk, "author")
    desk.get_by_role("button", name="Mở bài xem thử").press("Enter")
    expect(desk.get_by_text("XEM THỬ", exact=True)).to_be_visible(timeout=PATIENCE)
    question = desk.get_by_role("group", name=re.compile(r"^Câu 1\."))
    # Which question comes first is drawn: some have boxes, some have buttons.
    answers = question.get_by_role("radio").or_(question.get_by_role("checkbox"))
    expect(answers.first).to_be_visible(timeout=PATIENCE)
    log_out(desk)


def test_a_round_is_brought_to_its_publication(tmp_path: Path, browser: Browser, axe: str) -> None:
    """By the head's buttons alone: documents and pages are there, every step is signed."""
    now = SystemClock().now()
    contest = write_contest(tmp_path / "x", opens=now - 4 * HOUR, closes=now - HOUR)
    apart(simulate_directory, contest.path, 5, 3, close=True)
    with_organisers(contest)
    elsewhere: list[str] = []
    with running(contest, tmp_path / "so_tay") as address:
        page = arrive(browser, address, elsewhere)
        log_in(page, "head")
        closing = part(page, "Khép kỳ")
        for n, step in enumerate(STEPS[2:], start=3):
            if step.name in ("confirm", "publish"):
                closing.get_by_label(re.compile("^Gõ tên kỳ")).fill("ky-1")
            closing.get_by_role("button", name=re.compile(f"^Làm bước {n}:")).press("Enter")
            done = closing.get_by_role("button", name=re.compile(f"^Làm lại bước {n}:"))
            expect(done).to_be_visible(timeout=3 * PATIENCE)
        expect(closing).to_contain_text("Đã viết 2 trang", timeout=PATIENCE)
        page.evaluate(axe)
        assert problems(page) == []
        page.close()
    assert elsewhere == []
    folder = RoundFolder(contest.path / "var", "ky-1")
    assert len(list((folder.result / "papers").glob("*.docx"))) >= 10
    assert (folder.site / "index.html").is_file()
    with Snapshot(contest.database) as snapshot:
        signed = [
            (one.actor, one.body["step"]) for one in snapshot.actions() if one.kind == "closing"
        ]
    assert signed == [("Người thử head", step.name) for step in STEPS[2:]]
