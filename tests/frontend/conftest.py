"""A small site for the browser tests: the page frame, the built files and a scripted kernel."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import launch
from tests.frontend.sentences import TEXTS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "voila_templates/voila/templates/contest"
START = 1_766_289_600_000  # 2025-12-21 11:00:00 in Vietnam
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
CSP = "default-src 'self'; img-src 'self' data:; style-src 'self'"


def sample_questions(count: int = 20) -> list[dict[str, Any]]:
    """Return a paper; every fifth question takes several options."""
    return [
        {
            "q": q,
            "kind": "choice",
            "many": q % 5 == 0,
            "stem": f"Phương án nào nêu đúng nội dung mẫu số {q} của tài liệu thử?",
            "hint": TEXTS["q.pick_many" if q % 5 == 0 else "q.pick_one"],
            "image": None,
            "options": [
                "Phương án thứ nhất",
                "Phương án thứ hai, dài hơn một chút để xuống dòng trên điện thoại nhỏ",
                "Phương án thứ ba",
                "Phương án thứ tư",
            ],
        }
        for q in range(1, count + 1)
    ]


PREDICTION = {
    "label": "Có bao nhiêu người dự thi kỳ 1?",
    "hint": "Chỉ gõ chữ số. Mỗi người tính một lần, dù thi nhiều lượt.",
    "unit": "người",
    "decimals": 0,
}


@dataclass
class Setup:
    """What the next harness page holds."""

    questions: list[dict[str, Any]] = field(default_factory=sample_questions)
    prediction: dict[str, Any] = field(default_factory=lambda: dict(PREDICTION))
    options: dict[str, Any] = field(default_factory=dict)


class Site:
    """Serves the harness; `setup` is read when the page is asked for."""

    def __init__(self) -> None:
        self.setup = Setup()
        self.env = Environment(loader=FileSystemLoader([TEMPLATE, Path(__file__).parent]))
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                # A page that is closed early takes no more.
                with contextlib.suppress(ConnectionError):
                    site.answer(self)

            def log_message(self, *args: object) -> None:
                """Stay quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        address = urlsplit(request.path)
        files = {
            "/paper.bundle.js": ROOT / "contest/ui/paper.bundle.js",
            "/harness.js": Path(__file__).parent / "harness.js",
        }
        file = files.get(address.path, TEMPLATE / "static" / address.path.lstrip("/"))
        if address.path.startswith("/js/"):
            file = ROOT / "contest/ui/js" / Path(address.path).name
        if address.path in ("/thi", "/bien-nhan/H4TN9QRW6", "/trang-khac"):
            body = self.page(address.path, parse_qs(address.query)).encode()
            kind = "text/html; charset=utf-8"
        elif file.is_file():
            body, kind = file.read_bytes(), TYPES.get(file.suffix, "text/plain")
        else:
            request.send_error(404)
            return
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.send_header("Content-Security-Policy", CSP)
        request.send_header("Cache-Control", "no-store")
        request.end_headers()
        request.wfile.write(body)

    def page(self, path: str, query: dict[str, list[str]]) -> str:
        """Return a page in the contest's frame."""
        setup = {
            "options": {"start": START, "minutes": 20, **self.setup.options},
            "questions": self.setup.questions,
            "prediction": self.setup.prediction,
            "texts": TEXTS,
            "title": "Tìm hiểu mẫu",
            "receipt": "/bien-nhan/H4TN9QRW6",
        }
        return self.env.get_template("page.html.j2").render(
            texts=TEXTS,
            page={"title": "Tìm hiểu mẫu", "round": "Kỳ 1", "band": query.get("band", [None])[0]},
            static_url=lambda name: f"/{name}",
            setup=json.dumps(setup).replace("<", "\\u003c"),
            paper=path == "/thi",
        )


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Return the running site."""
    running = Site()
    yield running
    running.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium: the system's, else Playwright's own."""
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """Return axe's source; installs the pinned tools where they are missing."""
    file = ROOT / "voila_templates/node_modules/axe-core/axe.min.js"
    if not file.exists():
        subprocess.run(["npm", "ci"], cwd=ROOT / "voila_templates", check=True)
    return file.read_text()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[OpenPage]:
    """Return a function that opens the paper; a script error on the page fails the test."""
    contexts = []
    problems: list[str] = []

    def opened(
        path: str = "/thi",
        *,
        size: tuple[int, int] = (360, 740),
        questions: list[dict[str, Any]] | None = None,
        prediction: dict[str, Any] | None = None,
        wait: bool = True,
        context_options: dict[str, Any] | None = None,
        prepare: Callable[[Page], None] | None = None,
        **options: Any,
    ) -> Page:
        site.setup = Setup(options=options)
        if questions is not None:
            site.setup.questions = questions
        if prediction is not None:
            site.setup.prediction = prediction
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height}, **(context_options or {})
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda line: problems.append(line.text) if line.type == "error" else None
        )
        page.clock.install(time=START / 1000 - 60)
        page.clock.pause_at(START / 1000)  # from here on only the tests move it
        if prepare:
            prepare(page)
        page.goto(site.url + path)
        if wait and path.startswith("/thi"):
            page.clock.run_for(200)
            page.locator(".paper h1").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not problems
