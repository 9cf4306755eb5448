"""The browser of the tests: Debian's Chromium, in its build without windows where that is there."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Playwright

BUILDS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
"""The first that is there is taken: the same engine, but a page opens in a third of the time."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_MS = 60_000


def launch(playwright: Playwright) -> Browser:
    """Start the browser; where neither build is there, Playwright's own."""
    path = next((one for one in BUILDS if one.exists()), None)
    return playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=START_MS)
