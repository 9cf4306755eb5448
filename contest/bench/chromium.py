"""Starting Chromium the same way everywhere: for benches, and for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(
    playwright: Playwright, builds: Sequence[Path] = (CHROMIUM,), timeout: float | None = None
) -> Browser:
    """Start the first of these builds that is there, else Playwright's own.

    Parameters
    ----------
    timeout : float or None
        Milliseconds until it has to be there; None: Playwright's own limit.
    """
    path = next((one for one in builds if one.exists()), None)
    return playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=timeout)
