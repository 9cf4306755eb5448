"""The page in a real Voilà on an ordinary kernel, under a strict content security policy."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.frontend.conftest import PREDICTION, sample_questions
from tests.frontend.sentences import TEXTS
from tests.frontend.voila_site import CSP, VoilaSite

pytestmark = pytest.mark.browser

PATIENCE = 60_000  # ms: a kernel's start, and waits with jitter
PRESS_AGAIN = """() => [...document.querySelectorAll("button")]
  .find((one) => one.textContent.trim() === "Thử ngay")?.click()"""


def fresh_state() -> dict[str, Any]:
    """Return an attempt that has just begun."""
    now = int(time.time() * 1000)
    return {
        "pen": 0,
        "written": 0,
        "deadline": now + 1_200_000,
        "started": now,
        "title": "Tìm hiểu mẫu",
        "round": "Kỳ 1",
        "band": None,
        "questions": sample_questions(),
        "answers": {},
        "flags": [],
        "prediction": {**PREDICTION, "value": None},
        "texts": TEXTS,
    }


StartVoila = Callable[..., VoilaSite]


@pytest.fixture
def voila(tmp_path: Path) -> Iterator[StartVoila]:
    """Return a function that starts Voilà on a notebook."""
    started = []

    def start(cells: list[str] | None = None) -> VoilaSite:
        site = VoilaSite(tmp_path, fresh_state(), cells)
        started.append(site)
        site.start()
        return site

    yield start
    for site in started:
        site.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a fresh browser context."""
    opened = browser.new_context(viewport={"width": 360, "height": 740})
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


def opened(context: BrowserContext, site: VoilaSite) -> Page:
    """Open the paper."""
    page = context.new_page()
    page.goto(site.url, wait_until="commit")
    expect(page.locator(".paper h1")).to_be_visible(timeout=PATIENCE)
    return page


def answer(page: Page, n: int) -> None:
    """Choose the n-th option."""
    page.locator(".opt input").nth(n - 1).check()


def saved(page: Page) -> None:
    """Wait until the save line says so."""
    expect(page.locator(".save")).to_contain_text(re.compile("Đã lưu"), timeout=PATIENCE)


def test_a_paper_over_websocket_asks_no_third_party_and_runs_under_a_strict_policy(
    voila: StartVoila, context: BrowserContext
) -> None:
    site = voila()
    page = context.new_page()
    asked, problems = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    answered = page.goto(site.url, wait_until="commit")
    assert answered is not None
    assert answered.headers["content-security-policy"] == CSP
    expect(page.locator("#dang-mo h1")).to_have_text("Đang mở bài thi", timeout=PATIENCE)
    expect(page.locator(".steps li")).to_have_text([re.compile(one) for one in STEPS])
    expect(page.locator(".paper h1")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#dang-mo")).to_have_count(0)
    answer(page, 2)
    saved(page)
    assert site.state()["answers"] == {"1": [2]}
    assert {url.split("/")[2] for url in asked} == {site.url.split("/")[2]}
    files = {url.split("?")[0].rsplit("/", 1)[1] for url in asked}
    files.discard("icon.svg")  # which only a browser with windows asks for
    assert files == {"", "display.js", "look.css", "entry.js"}
    assert problems == []
    expect(page.get_by_text("Traceback")).to_have_count(0)


STEPS = ["Kết nối", "Nhận đề", "Sẵn sàng"]


def test_a_dead_kernel_costs_no_answer(voila: StartVoila, context: BrowserContext) -> None:
    site = voila()
    page = opened(context, site)
    answer(page, 2)
    saved(page)
    with page.expect_event("domcontentloaded", timeout=PATIENCE):
        os.kill(int((site.home / "pid").read_text()), signal.SIGKILL)
        answer(page, 3)
    saved(page)
    expect(page.locator(".opt input").nth(2)).to_be_checked()
    assert site.state()["answers"] == {"1": [3]}
    assert site.state()["pen"] == 2


def test_a_restart_of_the_server_keeps_question_and_choice(
    voila: StartVoila, context: BrowserContext
) -> None:
    site = voila()
    page = opened(context, site)
    page.get_by_role("button", name="Tới câu 2").click()
    site.stop()
    answer(page, 4)
    line = page.locator(".save")
    expect(line).to_contain_text("Đang chờ mạng: 1 câu chưa gửi", timeout=PATIENCE)
    expect(line).to_contain_text("Máy chủ đang khởi động lại", timeout=PATIENCE)
    expect(page.locator("h1")).to_contain_text("Câu 2.")
    expect(page.locator(".opt input").nth(3)).to_be_checked()
    page.get_by_role("button", name="Thử ngay").click()
    with page.expect_event("domcontentloaded", timeout=PATIENCE):
        site.start()
        with suppress(Error):  # the page has just tried by itself, and is on its way
            page.evaluate(PRESS_AGAIN)
    expect(page.locator(".paper h1")).to_contain_text("Câu 2.", timeout=PATIENCE)
    saved(page)
    assert site.state()["answers"] == {"2": [4]}


def test_a_cell_that_fails_shows_a_plain_page(voila: StartVoila, context: BrowserContext) -> None:
    site = voila(["secret = 'khoa-dap-an'\nraise ValueError(secret)"])
    page = context.new_page()
    page.goto(site.url)
    expect(page.locator(".cell-error")).to_contain_text(
        re.compile("Trang này gặp trục trặc, câu đã lưu không mất. Mã sự cố [0-9a-f]{8}")
    )
    expect(page.locator("#dang-mo")).to_have_count(0)
    assert "khoa-dap-an" not in page.content()
    assert "ValueError" not in page.content()


def test_a_widget_without_code_here_says_so(voila: StartVoila, context: BrowserContext) -> None:
    site = voila(["import ipywidgets\nipywidgets.IntSlider()"])
    page = context.new_page()
    page.goto(site.url)
    expect(page.get_by_text("Phần này không xem được trên trang này.")).to_be_visible(
        timeout=PATIENCE
    )
    expect(page.locator("#dang-mo")).to_have_count(0)


def test_without_script_the_page_says_what_still_works(voila: StartVoila, browser: Browser) -> None:
    site = voila()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    expect(page.get_by_text("Làm bài cần bật JavaScript.")).to_be_visible()
    expect(page.locator(".display")).to_be_hidden()
    context.close()
