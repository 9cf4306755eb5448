"""What `bench entry` does in a page: typing key by key, and the work before registering."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from playwright.sync_api import Page

from contest.bench.figures import percentile

BACK = "\b"
"""In what is typed: the last letter is taken back."""

LIST, BLANK = "list", "blank"
"""What stands beside ours in the same page: every unit a line of a plain list, of which a key hides
and shows lines; and a box that nothing listens to, which tells the browser's own share."""

DONE = "bench-took "

READY = """new MutationObserver(() => {
  const units = document.querySelector("[data-units]");
  if (units && !units.hidden) window.ready ??= performance.now();
}).observe(document, { subtree: true, childList: true, attributeFilter: ["hidden"] });"""
"""From asking for the page until the box of the search is there."""

WATCH = """() => {
  let began = null;
  const start = (event) => { began ??= event.timeStamp; };
  for (const kind of ["keydown", "beforeinput"]) addEventListener(kind, start, true);
  const number = (n) => String(n).replace(/\\B(?=(\\d{3})+$)/g, ".");
  const count = document.querySelector("[data-count]");
  const options = document.querySelector("[role=listbox]");
  const shown = {
    timhieu: (n) => (n ? count.textContent.startsWith(`${number(n)} `) : options.hidden),
    blank: () => true,
    list: (n) => document.getElementById("bench-count").textContent === String(n),
  };
  window.awaitKey = (side, n) => {
    began = null;
    const frame = () => requestAnimationFrame(() => {
      if (!shown[side](n)) return frame();
      const drawn = new MessageChannel(); // its message is read after this frame was drawn
      drawn.port1.onmessage = () => console.debug("bench-took", performance.now() - began);
      return drawn.port2.postMessage(null);
    });
    addEventListener("input", frame, { once: true });
  };
}"""
"""From the key (the browser's own time of the event) until the frame that shows the right count."""

OTHER = """async () => {
  const ours = document.querySelector("[data-units]");
  const { units } = await (await fetch(ours.dataset.units)).json();
  const fold = (text) =>
    text.toLowerCase().replace(/\\u0111/g, "d").normalize("NFD").replace(/\\p{M}/gu, "");
  const make = (tag, id) => Object.assign(document.createElement(tag), { id });
  const box = make("input", "bench-list");
  const count = make("p", "bench-count");
  const list = make("ul", "bench-lines");
  const lines = units.map(([, name]) => {
    const line = document.createElement("li");
    line.textContent = name;
    return [line, fold(name)];
  });
  list.append(...lines.map(([line]) => line));
  box.addEventListener("input", () => {
    const words = fold(box.value).split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const [line, name] of lines) {
      line.hidden = !words.every((word) => name.includes(word));
      shown += !line.hidden;
    }
    count.textContent = shown;
  });
  ours.after(box, count, list);
}"""

EMPTY = """() => {
  const box = Object.assign(document.createElement("input"), { id: "bench-blank" });
  document.querySelector("[data-units]").after(box);
}"""

CLEAR = """(box) => {
  box.value = "";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}"""

WORKER = """{
  const work = (document, self) => { %s };
  class Same {
    postMessage(data) {
      const self = { postMessage: (found) => this.onmessage({ data: found }) };
      work(undefined, self);
      setTimeout(() => self.onmessage({ data }));
    }
    terminate() {}
  }
  const Real = %s ? Same : Worker;
  window.worked = new Promise((tell) => {
    window.Worker = class extends Real {
      postMessage(data) {
        const began = performance.now();
        const told = this.onmessage;
        this.onmessage = (message) => {
          tell(performance.now() - began);
          told(message);
        };
        super.postMessage(data);
      }
    };
  });
}"""
"""Times the page's own worker. Chromium slows down pages, never workers: `Same` stands for one and
does what the file says in the page's thread."""


@dataclass(frozen=True)
class Keys:
    """What is typed into one box of the page.

    Attributes
    ----------
    side, box : str
        Name in the figures, and selector.
    first : str or None
        Script that puts the box there; None where it is.
    counts : callable
        What stands in the box -> how many units must be shown for it.
    """

    side: str
    box: str
    first: str | None
    counts: Callable[[str], int]

    def type(
        self, page: Page, queries: Sequence[str], progress: Callable[[], object]
    ) -> dict[str, float]:
        """Type; return what the keys took, see `spread`, and what they cost the page's thread."""
        if self.first:
            page.evaluate(self.first)
        took, worked = [], []
        used = Used(page)
        for query in queries:
            page.locator(self.box).evaluate(CLEAR)
            for key, typed in keys(query):
                page.evaluate("([side, n]) => awaitKey(side, n)", [self.side, self.counts(typed)])
                before = used.ms
                # The page tells it by itself: a question would be answered before the frame.
                with page.expect_console_message(lambda one: one.text.startswith(DONE)) as told:
                    page.keyboard.press("Backspace" if key == BACK else key)
                took.append(float(told.value.text.removeprefix(DONE)))
                worked.append(used.ms - before)
                progress()
        return spread(took) | {f"thread_{name}": one for name, one in spread(worked).items()}


class Used:
    """What the page's thread has worked in all, whatever else ran on the machine meanwhile."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    @property
    def ms(self) -> float:
        """Milliseconds of processor time; a slowed processor counts as many times."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def keys(query: str) -> Iterator[tuple[str, str]]:
    """Give the keys of a query, each with what stands in the box after it."""
    typed = ""
    for key in query:
        typed = typed[:-1] if key == BACK else typed + key
        yield key, typed


def spread(took: Sequence[float]) -> dict[str, float]:
    """Return median, 95th percentile and longest of some milliseconds."""
    return {
        "p50_ms": percentile(took, 50),
        "p95_ms": percentile(took, 95),
        "longest_ms": max(took),
    }


def worked(page: Page, url: str) -> tuple[float, int]:
    """Open the form; return the milliseconds of the work that it asks for, and how many hashes."""
    page.goto(url)
    took = float(page.evaluate("window.worked"))
    answer = page.locator("[data-proof]").input_value()
    return took, sum(int(n) + 1 for n in answer.split("."))
