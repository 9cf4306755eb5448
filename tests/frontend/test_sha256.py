"""The page's own SHA-256 beside the library's, and the work that a form asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from contest.proof import PARTS, Challenge, is_answer
from tests.frontend.conftest import Site

pytestmark = pytest.mark.browser

TEXTS = ["", "abc", *("a" * n for n in range(50, 70)), "b" * 119, "c" * 120, "d" * 1000]
TEXTS += ["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "0123456789abcdef:7:4095"]


@pytest.fixture(scope="module")
def run(browser: Browser, site: Site) -> Iterator[Callable[..., Any]]:
    """Return a function that runs lines on the module `m` with `arg`."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/trang-khac")

    def evaluated(body: str, arg: Any) -> Any:
        script = "async ([path, arg]) => { const m = await import(path); " + body + " }"
        return page.evaluate(script, ["/js/sha256.js", arg])

    yield evaluated
    context.close()


def test_hashes_are_the_standards(run: Callable[..., Any]) -> None:
    """For texts of every length around the ends of blocks, the standard's examples among them."""
    found = run(
        "return arg.map((text) => [...m.sha256(text)]"
        ".map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(''));",
        TEXTS,
    )
    assert found == [hashlib.sha256(text.encode()).hexdigest() for text in TEXTS]


def test_the_server_takes_what_the_page_found(run: Callable[..., Any]) -> None:
    """All parts, at a difficulty as it is used, and the smallest number of each."""
    challenge = Challenge("register", 0, 9, "fedcba9876543210" * 2)
    numbers = run(
        "return [...Array(arg[2]).keys()].map((part) => m.solved(`${arg[0]}:${part}:`, arg[1]));",
        [challenge.id, challenge.bits, PARTS],
    )
    assert is_answer(challenge, ".".join(map(str, numbers)))
