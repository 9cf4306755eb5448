"""The browser of the tests: Debian's Chromium, in its build without windows where that is there."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Playwright

from contest.bench import chromium

BUILDS = (Path("/usr/bin/chromium-headless-shell"), chromium.CHROMIUM)
"""The first that is there is taken: the same engine, but a page opens in a third of the time."""

START_MS = 60_000


def launch(playwright: Playwright) -> Browser:
    """Start the browser; where neither build is there, Playwright's own."""
    return chromium.launch(playwright, BUILDS, START_MS)
