"""The paper's pure modules, run in the browser they are written for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.frontend.conftest import Site
from tests.frontend.sentences import TEXTS

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def run(browser: Browser, site: Site) -> Iterator[Run]:
    """Return a function that runs lines on a module: `m`, `arg` and `t` are in scope."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/trang-khac")

    def evaluated(module: str, body: str, arg: Any = None) -> Any:
        return page.evaluate(
            "async ([path, arg, texts]) => {"
            "const m = await import(path);"
            "const t = (await import('/js/texts.js')).makeTexts(texts);"
            f"return (() => {{ {body} \n }})(); }}",
            [f"/js/{module}.js", arg, TEXTS],
        )

    yield evaluated
    context.close()


OUTBOX = """
  let now = 0; const sent = []; let ready = true; const timers = [];
  const box = new m.Outbox({
    send: (one) => sent.push(one), ready: () => ready, now: () => now,
    setTimer: (f, ms) => { timers.push([now + ms, f]); return timers.length; },
    clearTimer: (id) => { if (id) timers[id - 1] = null; }, changed: () => {} });
  const at = (ms) => { while (true) {
    const due = timers.map((one, i) => [one, i]).filter(([one]) => one && one[0] <= ms)
      .sort((a, b) => a[0][0] - b[0][0])[0];
    if (!due) break;
    timers[due[1]] = null; now = Math.max(now, due[0][0]); due[0][1](); } now = ms; };
  const put = (q, c, o) => box.put('a:' + q, {t: 'answer', q, chosen: [c]}, o);
  const short = () => sent.map((one) => [one.seq, one.q || one.t, one.chosen && one.chosen[0]]);
"""
