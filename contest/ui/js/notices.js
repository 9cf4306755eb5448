// What the organisers tell everybody, above the question: in the page's flow, so that it covers
// nothing; said once; folded away by whoever has read it.

import { button, focusOn, foreign, h, replace, set, setText } from "./dom.js";

const TONES = { info: "info", warning: "wait" };
export const GUARD_MS = 500; // a tap that was on its way when the question moved is not taken

export class Notices {
  constructor(app) {
    this.app = app;
    this.list = [];
    this.said = new Set();
    this.open = true;
    this.fold = button({ class: "btn quiet small", "aria-controls": "tb", onclick: () => this.toggle() });
    this.body = h("div", { id: "tb" });
    this.el = h("section", { class: "notices no-print", hidden: true }, this.fold, this.body);
    this.guard = this.guard.bind(this);
  }

  /** The notices that hold now, in order: [{n, kind, text}]. */
  take(list) {
    const fresh = list.filter((one) => !this.said.has(one.n));
    const same = JSON.stringify(list) === JSON.stringify(this.list);
    this.list = list;
    if (fresh.length) this.open = true;
    if (!same || fresh.length) this.keepPlace(() => this.draw());
    for (const one of fresh) {
      this.said.add(one.n);
      this.app.announcer.keep(`${this.word(one)}: ${one.text}`);
    }
  }

  word({ kind }) {
    return this.app.t(`notice.${kind === "warning" ? "warning" : "info"}`);
  }

  toggle() {
    this.open = !this.open;
    this.draw();
  }

  draw() {
    const { t } = this.app;
    const focused = this.el.contains(this.el.ownerDocument.activeElement);
    this.el.hidden = !this.list.length;
    set(this.el, "aria-label", t("notice.title"));
    setText(this.fold, t(this.open ? "notice.fold" : "notice.unfold", { n: this.list.length }));
    set(this.fold, "aria-expanded", String(this.open));
    this.body.hidden = !this.open;
    replace(
      this.body,
      this.list.map((one) =>
        h("p", { class: `band ${TONES[one.kind] || "info"}` }, h("strong", {}, `${this.word(one)}: `), foreign(one.text)),
      ),
    );
    // What had the focus is gone: the question has it, not the top of the page.
    if (focused && this.el.hidden && this.app.view.screen) focusOn(this.app.view.screen.heading);
  }

  /**
   * Where the notices stand out of sight, the page moves along and the question stays where it is.
   * In sight the question moves: then a tap meant for another place must not count.
   */
  keepPlace(change) {
    const { view, env, link } = this.app;
    const before = view.place.getBoundingClientRect().top;
    change();
    const moved = view.place.getBoundingClientRect().top - before;
    if (!moved) return;
    if (link && before < view.head.el.getBoundingClientRect().bottom) {
      env.window.scrollBy(0, moved);
      return;
    }
    view.place.addEventListener("click", this.guard, true);
    this.app.after(GUARD_MS, () => view.place.removeEventListener("click", this.guard, true));
  }

  guard(event) {
    if (event.detail === 0) return; // a key, not a tap
    event.preventDefault();
    event.stopPropagation();
  }
}
