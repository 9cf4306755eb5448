"""What the tests of the real server share: the server, its contest directory, the browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.chromium import launch
from tests.serving.contests import open_contest
from tests.serving.server import Server
from tests.serving.visitor import Visitor

PHONE = {"width": 360, "height": 740}

STUMBLED = re.compile(
    r"Uncaught exception|Exception in |incident|never retrieved|tick failed|poll failed"
    r"|message '\w+' failed|websocket failed|didn't close"
)
"""What a server's log holds where something went wrong that nobody had thought of."""

Serve = Callable[..., Server]


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Return a function that serves a contest directory until the module's tests are done.

    What is given to it beyond that, `Server` takes.
    No test may make the server stumble: an exception in its log fails the module.
    """
    servers: list[tuple[Server, bool]] = []

    def started(directory: Path, *, clean: bool = True, **options: Any) -> Server:
        server = Server(directory, tmp_path_factory.mktemp("server"), **options)
        servers.append((server, clean))
        server.start()
        return server

    yield started
    for server, _ in servers:
        server.stop()
    for server, clean in servers:
        if clean:
            assert not STUMBLED.search(server.errors), server.errors


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server of a small sample contest that is open."""
    return serve(open_contest(tmp_path_factory.mktemp("contest") / "cuoc_thi").path)


@pytest.fixture
def visitor(server: Server) -> Visitor:
    """Return somebody who has just come."""
    return Visitor(server.url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run Chromium."""
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


NewPhone = Callable[..., BrowserContext]


@pytest.fixture
def phone(browser: Browser) -> Iterator[NewPhone]:
    """Return a function that gives a new browser context of 360 × 740."""
    contexts: list[BrowserContext] = []

    def taken(**options: Any) -> BrowserContext:
        context = browser.new_context(viewport=PHONE, locale="vi-VN", **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context

    yield taken
    for context in contexts:
        context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show what the servers said with every failure."""
    report = yield
    if report.failed and isinstance(item, pytest.Function):
        for name, value in item.funcargs.items():
            if isinstance(value, Server):
                report.sections.append((f"stderr of {name}", value.errors[-8000:]))
    return report
