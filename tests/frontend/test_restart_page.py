"""The page that nginx shows while the server is away: all in one file, and it leads back."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.frontend.conftest import ROOT
from tests.frontend.looks import TARGETS, problems

pytestmark = pytest.mark.browser

FILE = ROOT / "deploy/khoi_dong_lai.html"
TITLE = "Máy chủ đang khởi động lại"
MOST_SECONDS = 61
BACK = b'<!doctype html><link rel="icon" href="data:,"><h1>OK</h1>'


class Away:
    """A server that is away: nginx answers in its place. `status` 200: it is there again."""

    def __init__(self) -> None:
        self.status = 502
        self.asked: list[str] = []
        away = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                away.asked.append(f"{self.command} {self.path}")
                there = away.status < 500
                body = BACK if there else FILE.read_bytes()
                self.send_response(away.status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            def do_HEAD(self) -> None:
                self.do_GET()

            def log_message(self, *args: object) -> None:
                """Stay quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        """Stop."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def away() -> Iterator[Away]:
    """A server that is away."""
    running = Away()
    yield running
    running.close()


@pytest.fixture
def page(browser: Browser, away: Away) -> Iterator[Page]:
    """The page at the narrowest width; its clock stands still, nothing may go elsewhere."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    elsewhere: list[str] = []
    opened = context.new_page()
    opened.on(
        "request",
        lambda one: one.url.startswith((away.url, "data:")) or elsewhere.append(one.url),
    )
    opened.clock.install(time=0)
    opened.clock.pause_at(60)
    opened.goto(f"{away.url}/thi")
    yield opened
    context.close()
    assert elsewhere == []


def test_it_needs_nothing_from_elsewhere() -> None:
    """No address in it but its own; no file, font or script beside it."""
    text = FILE.read_text(encoding="utf-8")
    assert not re.search(r"https?:|//\w|@import|url\(|src=", text)
    assert re.findall(r'href="([^"]*)"', text) == ["data:,"]


@pytest.mark.parametrize("part", ["style", "script"])
def test_its_policy_names_what_is_in_it(part: str) -> None:
    """Whoever edits it writes the new hash into its head; without, browsers leave the part out."""
    text = FILE.read_text(encoding="utf-8")
    (inside,) = re.findall(rf"<{part}>(.*?)</{part}>", text, flags=re.S)
    digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
    assert f"{part}-src 'sha256-{digest}'" in text


def test_its_colours_are_those_of_the_pages() -> None:
    """One look, written down twice because this page stands alone."""
    look = (ROOT / "contest/ui/look.css").read_text(encoding="utf-8")
    colours = set(re.findall(r"#[0-9A-Fa-f]{6}\b", FILE.read_text(encoding="utf-8")))
    assert colours and colours <= set(re.findall(r"#[0-9A-Fa-f]{6}\b", look))


def test_it_tries_again_by_itself_until_the_server_is_back(page: Page, away: Away) -> None:
    """And opens the page that was asked for; meanwhile it stays as it is."""
    expect(page.get_by_role("heading")).to_have_text(TITLE)
    expect(page.locator("#cho")).to_contain_text("Trang tự thử lại sau")
    with page.expect_response(lambda one: one.request.method == "HEAD"):
        page.clock.run_for(MOST_SECONDS * 1000)
    expect(page.locator("#cho")).to_be_visible()
    expect(page.get_by_role("heading")).to_have_text(TITLE)
    away.status = 200
    with page.expect_navigation():
        page.clock.run_for(MOST_SECONDS * 1000)
    expect(page.get_by_role("heading")).to_have_text("OK")
    assert away.asked[-1] == "GET /thi"


def test_browsers_do_not_all_come_back_at_once(page: Page) -> None:
    """Each waits a while of its own, of 8 to 20 seconds at first."""
    waits = set()
    for _ in range(12):
        waits.add(int(page.locator("#giay").inner_text()))
        page.reload()
    assert len(waits) > 2 and waits <= set(range(8, 21))


def test_it_is_tried_at_once_by_keyboard(page: Page, away: Away) -> None:
    """Focus stays on the button while the server is still away."""
    button = page.get_by_role("button", name="Thử ngay")
    button.focus()
    with page.expect_response(lambda one: one.request.method == "HEAD"):
        page.keyboard.press("Enter")
    expect(page.locator("#cho")).to_be_visible()
    expect(button).to_be_focused()
    away.status = 405  # the address takes forms only
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert away.asked[-1] == "GET /"


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_axe_finds_nothing_on_a_narrow_screen(page: Page, axe: str, theme: str) -> None:
    """In the theme that was chosen on the pages; nothing scrolls sideways."""
    page.evaluate("theme => localStorage.setItem('timhieu.theme', theme)", theme)
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(TARGETS)["small"] == []
    page.clock.resume()
    page.evaluate(axe)
    assert problems(page) == []
