"""What the tests of all looks share: themes and sizes, screens, axe, and how big targets are."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from contest.settings import CHECKOUT

AXE = CHECKOUT / "voila_templates/node_modules/axe-core/axe.min.js"
STILL = {"reduced_motion": "reduce"}
LOOKS = {
    "light": {"theme": "light", "size": "m"},
    "dark": {"theme": "dark", "size": "m"},
    "contrast": {"theme": "contrast", "size": "m"},
    "large": {"theme": "light", "size": "l"},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


SCREENS = [(320, 640, "m"), (320, 640, "l"), (320, 200, "m"), (360, 740, "l"), (768, 1024, "l")]


TARGETS = """() => {
  const seen = (one) => one.getClientRects().length && getComputedStyle(one).visibility !== 'hidden'
    && !one.closest('.vh') && !one.matches('.on-focus:not(:focus), .skip:not(:focus)');
  const inText = (one) => one.tagName === 'A' && getComputedStyle(one).display === 'inline';
  const open = document.querySelector('dialog[open]');
  const kinds = 'button, a[href], select, input, .opt, summary';
  const all = [...(open || document).querySelectorAll(kinds)];
  const boxes = all.filter((one) => seen(one) && !inText(one) && !one.closest('.opt input'))
    .filter((one) => !(one.matches('input') && one.closest('.opt')))
    .map((one) => { const box = one.getBoundingClientRect();
      return {what: one.outerHTML.slice(0, 90), opt: one.matches('.opt'),
        bar: !!one.closest('.head, .actions'), x: box.x, y: box.y, w: box.width, h: box.height}; });
  const small = boxes.filter((one) => one.w < 43.99 || one.h < (one.opt ? 48 : 43.99));
  const near = [];
  for (const a of boxes) for (const b of boxes) {
    if (a === b || a.bar !== b.bar) continue;
    const dx = Math.max(a.x - b.x - b.w, b.x - a.x - a.w);
    const dy = Math.max(a.y - b.y - b.h, b.y - a.y - a.h);
    if (Math.max(dx, dy) < 7.9) near.push([a.what, b.what, dx, dy]);
  }
  return {small, near};
}"""


def chosen(page: Page, **choices: str) -> None:
    """Store a size or theme before the page loads."""
    for name, value in choices.items():
        page.add_init_script(f"localStorage.setItem('timhieu.{name}', '{value}')")


STILL_NOW = """() => {
  for (let turn = 0; turn < 9; turn += 1) {
    const moving = document.getAnimations().filter((one) => one instanceof CSSTransition);
    if (!moving.length) break;
    moving.forEach((one) => one.finish());
  }
}"""
"""Ends colours that are on their way from one to another: axe would measure one in between."""


def problems(page: Page, within: str | None = None) -> list[dict[str, Any]]:
    """Return what axe finds on the page, or within what a selector names."""
    page.evaluate(STILL_NOW)
    found: list[dict[str, Any]] = page.evaluate(
        "async ([tags, within]) => (await axe.run(within || document, {runOnly: tags})).violations"
        ".map((one) => ({id: one.id, nodes: one.nodes.map((node) => [node.html, node.any"
        ".concat(node.all, node.none).map((check) => check.message)])}))",
        [RULES, within],
    )
    return found


def wear(page: Page, look: dict[str, str]) -> None:
    """Put on a theme and a size, as the display row does."""
    page.evaluate("look => Object.assign(document.documentElement.dataset, look)", look)
