"""What a person or the kernel does on the harness page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page


def kernel(page: Page, line: str) -> Any:
    """Run a line about `kernel` and `line` (the connection) in the page."""
    return page.evaluate(line)


def sent(page: Page, kind: str | None = None) -> list[dict[str, Any]]:
    """Return what the page sent."""
    messages: list[dict[str, Any]] = page.evaluate("kernel.sent")
    return [one for one in messages if kind is None or one["t"] == kind]


def heard(page: Page) -> list[str]:
    """Return what was said aloud, oldest first."""
    lines: list[list[str]] = page.evaluate("heard")
    return [text for _, text in lines]


def alerts(page: Page) -> list[str]:
    """Return what was said as an alert."""
    lines: list[list[str]] = page.evaluate("heard")
    return [text for region, text in lines if region == "noi-gap"]


def go(page: Page, screen: str) -> None:
    """Open a screen by its address."""
    page.evaluate("screen => { location.hash = screen }", screen)
    page.clock.run_for(200)


def answers(page: Page) -> list[Any]:
    """Return what every answer sent says."""
    return [one["chosen"] for one in sent(page, "answer")]


def option(page: Page, n: int) -> Locator:
    """Return the n-th option of the question shown."""
    return page.locator(".opt input").nth(n - 1)


def save_line(page: Page) -> Locator:
    """Return the save line."""
    return page.locator(".save")


def offline(page: Page) -> None:
    """Take the network away."""
    page.evaluate(
        "kernel.silent = true; line.set({state: 'connecting', why: 'offline'});"
        "window.dispatchEvent(new Event('offline'))"
    )


def online(page: Page) -> None:
    """Bring the network back."""
    page.evaluate(
        "kernel.silent = false; window.dispatchEvent(new Event('online'));"
        "line.set({state: 'connected', why: null})"
    )
    page.clock.run_for(200)


def deadline_in(page: Page, ms: int) -> None:
    """Let the server move the deadline."""
    page.evaluate(
        "ms => { kernel.deadline = kernel.now() + ms;"
        "kernel.tell({t: 'time', now: kernel.now(), deadline: kernel.deadline, text: null}) }",
        ms,
    )
