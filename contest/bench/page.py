"""`bench page`: what a visit to the paper costs a phone, in real Chromium."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, sync_playwright

from contest.bench.chromium import launch
from contest.bench.contestants import enrol, make_contest
from contest.bench.figures import OURS
from contest.bench.load import bar
from contest.bench.messages import text
from contest.bench.rivals import NotRunning, Ours, Rival, Stock

PHONE = {"width": 360, "height": 740}
QUESTION = "form.q input"
WAIT_MS = 90_000
SLOW_WAIT_MS = 240_000
TEXT_FRAME = 1


@dataclass(frozen=True)
class Conditions:
    """What Chromium is made to bear (`Network.emulateNetworkConditions`, CPU throttling).

    Attributes
    ----------
    latency_ms : int
        Added to each request: between sending it and its first byte.
    kbit_s : int
        Throughput of either direction.
    cpu : int
        How many times slower the page's processor is.
    """

    latency_ms: int
    kbit_s: int
    cpu: int

    def apply(self, session: CDPSession) -> None:
        """Slow down the page of a session."""
        bytes_s = self.kbit_s * 1000 / 8
        line = {"downloadThroughput": bytes_s, "uploadThroughput": bytes_s}
        line |= {"offline": False, "latency": self.latency_ms}
        session.send("Network.emulateNetworkConditions", line)
        session.send("Emulation.setCPUThrottlingRate", {"rate": self.cpu})


SLOW = Conditions(latency_ms=400, kbit_s=400, cpu=6)
"""Slow 3G on an old phone."""


@dataclass(frozen=True)
class VisitFigures:
    """One visit: from the address to a first question that can be answered.

    `bytes` counts what went over the line both ways, as compressed: HTTP and websocket.
    """

    requests: int
    bytes: int
    third_party: int
    visible_s: float


@dataclass
class Traffic:
    """What Chromium's network events tell, by request."""

    own: str
    addresses: dict[str, str] = field(default_factory=dict)
    cached: set[str] = field(default_factory=set)
    received: dict[str, int] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)
    websocket: int = 0

    def listen(self, session: CDPSession) -> None:
        """Hear the network events of a page from now on."""
        for event, handler in {
            "requestWillBeSent": self._request,
            "requestWillBeSentExtraInfo": self._headers,
            "requestServedFromCache": self._from_cache,
            "responseReceived": self._response,
            "dataReceived": self._data,
            "loadingFinished": self._finished,
            "webSocketCreated": self._socket,
            "webSocketFrameSent": self._frame,
            "webSocketFrameReceived": self._frame,
        }.items():
            session.on(f"Network.{event}", handler)
        session.send("Network.enable")

    def _request(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.addresses[event["requestId"]] = event["request"]["url"]
            self.sent[event["requestId"]] = len(event["request"].get("postData", ""))

    def _headers(self, event: dict[str, Any]) -> None:
        size = sum(len(name) + len(value) + 4 for name, value in event["headers"].items())
        self.sent[event["requestId"]] = self.sent.get(event["requestId"], 0) + size

    def _from_cache(self, event: dict[str, Any]) -> None:
        self.cached.add(event["requestId"])

    def _response(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self.cached.add(event["requestId"])

    def _data(self, event: dict[str, Any]) -> None:
        """Count what has come of an answer that may not be complete when question 1 is there."""
        size = self.received.get(event["requestId"], 0) + event["encodedDataLength"]
        self.received[event["requestId"]] = size

    def _finished(self, event: dict[str, Any]) -> None:
        self.received[event["requestId"]] = int(event["encodedDataLength"])

    def _socket(self, event: dict[str, Any]) -> None:
        self.addresses[event["requestId"]] = event["url"]

    def _frame(self, event: dict[str, Any]) -> None:
        payload = event["response"]["payloadData"]
        is_text = event["response"]["opcode"] == TEXT_FRAME
        self.websocket += len(payload.encode() if is_text else base64.b64decode(payload))

    def figures(self, seconds: float) -> VisitFigures:
        """Return what has been counted so far; what came from the cache cost nothing."""
        made = {id_: url for id_, url in self.addresses.items() if id_ not in self.cached}
        size = sum(self.received.get(id_, 0) + self.sent.get(id_, 0) for id_ in made)
        foreign = [url for url in made.values() if urlsplit(url).netloc != self.own]
        return VisitFigures(len(made), size + self.websocket, len(foreign), seconds)


def bench_page(conditions: Conditions | None = None) -> dict[str, dict[str, dict[str, Any]]]:
    """Measure the first and the second visit, ours and stock; return the figures by name."""
    figures = {}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            with bar(text("step.page"), 4, text("unit.pages")) as progress:
                for rival in (Ours, Stock):
                    figures[rival.name] = _measure(rival, browser, conditions, progress)
        finally:
            browser.close()
    return figures


def bench_slow() -> dict[str, Any]:
    """Measure both visits on a slow line and an old phone; tell how many times sooner ours is."""
    rivals = bench_page(SLOW)
    return {"conditions": asdict(SLOW), "rivals": rivals, "ratios": sooner(rivals)}


def sooner(rivals: dict[str, dict[str, dict[str, Any]]]) -> dict[str, float]:
    """Return by visit how many times sooner than stock our first question can be answered."""
    ours, stock = rivals[OURS], rivals[Stock.name]
    return {nth: stock[nth]["visible_s"] / ours[nth]["visible_s"] for nth in ours}


def _measure(
    rival: type[Rival],
    browser: Browser,
    conditions: Conditions | None,
    progress: Callable[[], object],
) -> dict[str, dict[str, Any]]:
    with TemporaryDirectory(prefix="bench-contest-", ignore_cleanup_errors=True) as folder:
        directory = make_contest(Path(folder) / "contest")
        (person,) = _apart(enrol(directory, 1, lambda: None))
        with rival(directory.path) as server:
            context = browser.new_context(viewport=PHONE, locale="vi-VN")  # type: ignore[arg-type]
            if rival.name == OURS:
                name, value = person.cookies.split("; ")[0].split("=", 1)
                context.add_cookies([{"name": name, "value": value, "url": server.urls[0]}])
            try:
                visits = {}
                for nth in ("first", "second"):
                    visits[nth] = asdict(_visit(context, server, conditions))
                    progress()
            finally:
                context.close()
    return visits


def _apart(work: Any) -> Any:
    """Run a coroutine in a thread of its own: Playwright has a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _visit(context: BrowserContext, server: Rival, conditions: Conditions | None) -> VisitFigures:
    page = context.new_page()
    url = server.urls[0]
    traffic = Traffic(urlsplit(url).netloc)
    session = context.new_cdp_session(page)
    traffic.listen(session)
    if conditions is not None:
        conditions.apply(session)
    wait = SLOW_WAIT_MS if conditions else WAIT_MS
    began = time.perf_counter()
    try:
        page.goto(url, wait_until="commit", timeout=wait)
        page.wait_for_selector(QUESTION, state="visible", timeout=wait)
    except Error as error:
        said = f"{error}\n{server.log()[-2000:]}"
        raise NotRunning(text("stopped", rival=server.name, log=said)) from None
    figures = traffic.figures(time.perf_counter() - began)
    page.close(run_before_unload=False)
    return figures
