"""`bench desk`: the organisers' desk over a large round, in real Chromium."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from playwright.sync_api import Page, sync_playwright

from contest.attempt import Draft, Kind
from contest.bench.chromium import launch
from contest.bench.load import bar
from contest.bench.messages import text
from contest.bench.rivals import NotRunning
from contest.clock import SystemClock
from contest.commands.desk import desk_command
from contest.commands.lab import work_copies
from contest.directory import ContestDirectory
from contest.organisers import Organisers
from contest.sample import init_directory
from contest.service import Service
from contest.settings import TEMPLATES, bench_environment, lab_environment
from contest.store.commands import AddContestant, Append, Contestant, OpenAttempt
from contest.store.sqlite import SqliteStore

WIDE = {"width": 1280, "height": 900}
WAIT_MS = 240_000
AT_ONCE = 2_000
"""Entries in one transaction."""

NAME, PASSWORD = "do-tai", "mat-khau-do-tai"

TOTAL = ".desk .totals dd"


def bench_desk(entries: int) -> dict[str, Any]:
    """Measure the desk over a round with so many entries.

    Returns
    -------
    dict
        Seconds until the log-in is there (`open_s`), from the log-in until the figures are shown
        (`show_s`), until a refresh is shown after one more entry (`refresh_s`) and with nothing
        new (`refresh_same_s`); `memory_mb` of the desk's kernel (resident); `entries`; `load`,
        the machine's load average over a minute as the measuring began.
    """
    with TemporaryDirectory(prefix="timhieu-") as name:
        directory = ContestDirectory(Path(name) / "thi")
        init_directory(directory.path, SystemClock().now())
        Organisers(directory.secrets).add(NAME, "viewer", PASSWORD)
        load = os.getloadavg()[0]
        with ThreadPoolExecutor(1) as pool:  # Playwright's loop runs in this thread
            pool.submit(lambda: asyncio.run(fill(directory, 0, entries))).result()

            def add_one() -> None:
                pool.submit(lambda: asyncio.run(fill(directory, entries, 1))).result()

            with _running(directory, Path(name)) as (address, process), sync_playwright() as play:
                browser = launch(play)
                page = browser.new_page(viewport=WIDE)
                page.set_default_timeout(WAIT_MS)
                found = _measured(page, address, add_one)
                kernels = psutil.Process(process.pid).children(recursive=True)
                found["memory_mb"] = max(one.memory_info().rss for one in kernels) / 1e6
                browser.close()
    return {"entries": entries, **found, "load": load}


def _measured(page: Page, address: str, add_one: Any) -> dict[str, float]:
    begun = time.perf_counter()
    page.goto(address)
    password = page.locator("#th-desk-current-password")
    password.wait_for()
    opened = time.perf_counter()
    page.locator("#th-desk-username").fill(NAME)
    password.fill(PASSWORD)
    started = time.perf_counter()
    password.press("Enter")
    page.locator(TOTAL).first.wait_for()
    shown = time.perf_counter()
    add_one()
    refresh = [_refreshed(page) for _ in range(2)]
    return {
        "open_s": opened - begun,
        "show_s": shown - started,
        "refresh_s": refresh[0],
        "refresh_same_s": refresh[1],
    }


def _refreshed(page: Page) -> float:
    """Press the button and return how long it took until the page said that it was done."""
    status = page.locator(".desk p.vh[role=status]")
    before = status.inner_text()
    page.wait_for_timeout(1_100)  # it tells the time to the second
    begun = time.perf_counter()
    page.locator(".desk .desk-row button").nth(1).click()
    page.wait_for_function(
        "before => document.querySelector('.desk p.vh[role=status]').textContent !== before",
        arg=before,
    )
    return time.perf_counter() - begun


@contextmanager
def _running(
    directory: ContestDirectory, place: Path
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run the desk; NotRunning where it doesn't come up."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    notebook = work_copies(place / "so_tay") / "ban_to_chuc.ipynb"
    environment = bench_environment({"JUPYTER_PATH": TEMPLATES})
    environment |= lab_environment(directory.path, directory.path) | {
        name: environment[name] for name in ("JUPYTER_PATH", "PYTHONPATH")
    }
    log = place / "desk.log"
    with log.open("w") as told, subprocess.Popen(
        [*desk_command(notebook, port), "--no-browser"],
        env=environment, stdout=told, stderr=told, text=True, cwd=place,
    ) as process:  # fmt: skip
        try:
            _wait(process, port, log)
            yield f"http://127.0.0.1:{port}/", process
        finally:
            for one in psutil.Process(process.pid).children(recursive=True):
                one.terminate()
            process.terminate()


def _wait(process: subprocess.Popen[str], port: int, log: Path) -> None:
    until = time.monotonic() + WAIT_MS / 1000
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise NotRunning(text("stopped", rival="desk", log=log.read_text()[-500:]))


async def fill(directory: ContestDirectory, first: int, entries: int) -> None:
    """Write entries that began and ran out, straight into the store: no answers, no papers."""
    store = SqliteStore(directory.database)
    try:
        service = Service(directory, store, synthetic=True)
        await service.rounds.contest()
        now = SystemClock().now()
        status = await service.status(now)
        frozen = await service.rounds.frozen(status.round.id, now)
        assert frozen is not None
        hashes = {kind: frozen.hashes[kind] for kind in ("bank", "rules", "units")}
        leaves = [unit.unit_id for unit in frozen.units.leaves]
        span = now - frozen.round.opens_at
        with bar(text("step.fill"), entries, text("unit.entries")) as moved:
            for start in range(first, first + entries, AT_ONCE):
                chunk = range(start, min(start + AT_ONCE, first + entries))
                commands: list[Any] = []
                for n in chunk:
                    at = frozen.round.opens_at + n * 7919 % max(1, span)
                    commands += _entry(n, status.round.id, at, leaves, hashes)
                await store.write(*commands)
                moved(len(chunk))
    finally:
        await store.close()


def _entry(
    n: int, round_id: str, at: int, leaves: list[str], hashes: dict[str, str]
) -> list[AddContestant | OpenAttempt | Append]:
    """Return the commands of entry `n`: every fifth one is a second one of the person before."""
    person = n - 1 if n % 5 == 4 else n
    unit_id, id_ = leaves[person * 31 % len(leaves)], f"ts-do-{person:08}"
    number = 1 + (person != n)
    about = {"contestant_id": id_, "unit_id": unit_id, "group": "chung", "round": round_id}
    opened = {**about, "number": number, **hashes, "commitment": "0" * 64, "draw": 1}
    attempt = f"lt-do-{n:08}"
    commands: list[AddContestant | OpenAttempt | Append] = []
    if person == n:
        marks = [f"{kind}-{n}" for kind in ("khoa", "ma")]
        contestant = Contestant(
            id_, unit_id, "chung", at, *marks, at, "0" * 64, "0" * 64, synthetic=True
        )
        commands.append(AddContestant(contestant, {"name": f"Thi sinh thu {n:05}"}, "0"))
    return [
        *commands,
        OpenAttempt(round_id, id_, number, f"DO{n:08}", Draft(attempt, Kind.OPEN, at, opened)),
        Append(Draft(attempt, Kind.EXPIRE, at + 20 * 60_000)),
    ]
