"""`bench entry`: finding one's unit while typing, and the work before registering, in Chromium.

A contest with units in great number is served; the steps of registering are opened on a phone's
page, if wanted with a processor six times slower.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

from contest.bench.chromium import launch
from contest.bench.contestants import make_contest
from contest.bench.entry_page import (
    BACK,
    BLANK,
    EMPTY,
    LIST,
    OTHER,
    READY,
    WATCH,
    WORKER,
    Keys,
    keys,
    spread,
    worked,
)
from contest.bench.figures import OURS
from contest.bench.load import bar
from contest.bench.messages import text
from contest.bench.page import PHONE, SLOW, SLOW_WAIT_MS
from contest.bench.rivals import NotRunning, Ours
from contest.directory import ContestDirectory
from contest.settings import TEMPLATES
from contest.units import COLUMNS, Units, fold, read_units

BLOCKS = 10
QUERIES = (
    "phuong phu loc",
    "duc an truong",
    " xa  tan ",
    f"chi doamn{BACK}{BACK}n",
    "son khoi 3",
    "khong co",
)
"""Without tone marks; words in any order; spaces too many; letters taken back; with the unit above;
nothing found."""

PROOF = TEMPLATES / "voila/templates/contest/static/proof.js"


def bench_entry(units: int, proofs: int, *, slow: bool = False) -> dict[str, Any]:
    """Measure both.

    Parameters
    ----------
    units : int
        How many units there are; ten of them stand above the others.
    proofs : int
        How many times the work before registering is done.
    slow : bool
        The page's processor is six times slower.

    Returns
    -------
    dict
        `search`: by side (ours, and a plain list in the same page) median, 95th percentile and
        longest of the milliseconds from a key to the frame that shows what was found; `ratio_p95`:
        how many times sooner ours is. `ready_ms`: from asking for the page until its box is there.
        `list_bytes`: the units as they come, compressed. `proof`: milliseconds of the work and
        hashes a second. `load`: the machine's load average over a minute as the measuring began.
    """
    rate = SLOW.cpu if slow else 1
    with TemporaryDirectory(prefix="bench-contest-", ignore_cleanup_errors=True) as folder:
        directory = make_contest(Path(folder) / "contest")
        listed = write_units(directory, units)
        _ask_for_work(directory)
        load = os.getloadavg()[0]
        with Ours(directory.path) as server, sync_playwright() as playwright:
            browser = launch(playwright)
            address = server.urls[0].removesuffix(server.path)
            try:
                work = _work(browser, address, proofs, rate)
                found = _search(browser, address, listed, rate)
            except Error as error:
                said = f"{error}\n{server.log()[-2000:]}"
                raise NotRunning(text("stopped", rival=server.name, log=said)) from None
            finally:
                browser.close()
    return {"units": units, "cpu": rate, "load": load, **found, "proof": work}


def write_units(directory: ContestDirectory, count: int) -> Units:
    """Write a list of so many made-up units into a contest; return it as it is read."""
    kinds = text("entry.kinds").split("|")
    firsts, seconds = text("entry.firsts").split("|"), text("entry.seconds").split("|")
    blocks = [f"khoi-{n}" for n in range(1, BLOCKS + 1)]
    path = directory.path / "don_vi.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for n, block in enumerate(blocks, 1):
            rows.writerow([block, text("large.block", n=n), "", block, ""])
        for n in range(1, count - BLOCKS + 1):
            kind, rest = kinds[n % len(kinds)], n // len(kinds)
            first, second = firsts[rest % len(firsts)], seconds[rest // 3 % len(seconds)]
            name = text("entry.unit", kind=kind, first=first, second=second, n=n)
            block = blocks[n % BLOCKS]
            rows.writerow([f"dv-{n}", name, block, block, 100])
    units, problems = read_units(path, path.name)
    if units is None:
        raise ValueError(problems)
    return units


def _ask_for_work(directory: ContestDirectory) -> None:
    rules = directory.path / "the_le.yml"
    written = rules.read_text(encoding="utf-8")
    asking = written.replace("  key: phone\n", "  key: phone\n  device_check: true\n")
    if asking == written:
        raise ValueError("the sample's rules have no key")
    rules.write_text(asking, encoding="utf-8")


def _work(browser: Browser, address: str, times: int, rate: int) -> dict[str, float]:
    """Let the form's work be done so many times, each time another."""
    file = PROOF.read_text(encoding="utf-8")
    took, hashes = [], 0
    page = _slowed(browser, rate)
    page.add_init_script(WORKER % (file, "true" if rate > 1 else "false"))
    with bar(text("step.work"), times, text("unit.cycles")) as progress:
        for _ in range(times):
            one, tried = worked(page, f"{address}/dang-ky")
            took.append(one)
            hashes += tried
            progress()
    page.context.close()
    return {"times": times, **spread(took), "hashes_per_s": 1000 * hashes / sum(took)}


def _search(browser: Browser, address: str, units: Units, rate: int) -> dict[str, Any]:
    page = _slowed(browser, rate)
    size = _at_the_unit(page, address)
    page.evaluate(WATCH)
    ready = float(page.evaluate("window.ready"))
    names = [fold(unit.name) for unit in units.units]
    sides = (
        Keys(OURS, "[role=combobox]", None, lambda typed: found_by(units, typed)),
        Keys(BLANK, "#bench-blank", EMPTY, lambda _: 0),
        Keys(LIST, "#bench-list", OTHER, lambda typed: len(holding(names, typed))),
    )
    presses = sum(1 for query in QUERIES for _ in keys(query))
    with bar(text("step.typing"), presses * len(sides), text("unit.keys")) as progress:
        found = {side.side: side.type(page, QUERIES, progress) for side in sides}
    page.context.close()
    ratio = found[LIST]["p95_ms"] / found[OURS]["p95_ms"]
    return {
        "list_bytes": size, "ready_ms": ready, "keys": presses, "search": found, "ratio_p95": ratio
    }  # fmt: skip


def found_by(units: Units, typed: str) -> int:
    """Return how many units the page must show; while nothing is typed, none."""
    return len(units.search(typed)) if typed.strip() else 0


def _slowed(browser: Browser, rate: int) -> Page:
    """Return a phone's page whose processor is so many times slower."""
    page = browser.new_context(viewport=PHONE, locale="vi-VN").new_page()  # type: ignore[arg-type]
    page.set_default_timeout(SLOW_WAIT_MS)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    return page


def _at_the_unit(page: Page, address: str) -> int:
    """Take the first step of registering; return the bytes of the units as they came."""
    page.add_init_script(READY)
    page.goto(f"{address}/dang-ky")
    page.locator("#name").fill("Bench 0000001")
    page.locator("#phone").fill("0000000001")
    with page.expect_response(lambda answer: answer.url.endswith(".json")) as listed:
        page.locator("main form button.main").click()
    page.locator("[role=combobox]").wait_for()
    return int(listed.value.request.sizes()["responseBodySize"])


def holding(names: list[str], typed: str) -> list[str]:
    """Return those of some folded names that hold all words of what was typed."""
    words = fold(typed).split()
    return [name for name in names if all(word in name for word in words)]
