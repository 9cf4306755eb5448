// The steps in the first HTML: which one is under way, and what to do when it takes too long.

const SLOW_MS = 8000;

export class Loading {
  /** `box` holds <li data-step="1">, a line [data-slow] and a button [data-retry]. */
  constructor(box, texts) {
    this.box = box;
    this.texts = texts;
    this.step = 0;
    if (!box) return;
    box.querySelector("[data-retry]").addEventListener("click", () => window.location.reload());
    this.reach(1);
  }

  /** Step `n` is under way; those before it are done. */
  reach(n) {
    if (!this.box || n <= this.step) return;
    this.step = n;
    for (const item of this.box.querySelectorAll("[data-step]")) {
      const step = Number(item.dataset.step);
      item.dataset.state = step < n ? "done" : step === n ? "now" : "next";
      if (step === n) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    }
    this.slow(false);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.slow(true), SLOW_MS);
  }

  slow(on, text = null) {
    const line = this.box.querySelector("[data-slow]");
    const retry = this.box.querySelector("[data-retry]");
    const now = this.box.querySelector('[data-state="now"] [data-word]');
    const sentence = (this.texts["load.slow"] || "load.slow").replace("{buoc}", now ? now.textContent : "");
    line.textContent = on ? text || sentence : "";
    retry.hidden = !on;
  }

  /** The connection is away before anything could be shown: says so, and when it is tried again. */
  away(link) {
    if (!this.box) return;
    const seconds = Math.max(0, Math.ceil((link.retryAt - window.performance.now()) / 1000));
    const sentence = (this.texts["sys.restart.start"] || "sys.restart.start").replace("{giay}", seconds);
    this.slow(true, sentence);
  }

  done() {
    window.clearTimeout(this.timer);
    if (this.box) this.box.remove();
    this.box = null;
  }
}
