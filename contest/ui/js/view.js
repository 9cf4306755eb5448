// The frame of the page: bar, list of questions, one screen at a time.

import { focusOn, h, replace } from "./dom.js";
import { endScreen } from "./ending.js";
import { Head } from "./head.js";
import { navigator } from "./navigator.js";
import { predictionScreen } from "./prediction.js";
import { questionScreen } from "./question.js";
import { reviewScreen } from "./review.js";
import { staleBand } from "./stale.js";

const SCREENS = {
  question: (app, route) => questionScreen(app, route.q),
  predict: (app) => predictionScreen(app),
  review: (app) => reviewScreen(app),
};

export class View {
  constructor(app) {
    this.app = app;
    const { t, state } = app;
    const bands = [...app.env.window.document.querySelectorAll(".band-sample")];
    const banded = bands.some((one) => one.textContent.trim() === state.paper.band);
    this.head = new Head(app);
    this.side = h("div", { class: "side" });
    this.nav = navigator(app, { opens: "side" });
    this.side.append(this.nav.el);
    this.stale = staleBand(app);
    this.place = h("div", { class: "screen" });
    this.dialogs = new Set();
    this.root = h(
      "div",
      { class: "th paper" },
      state.paper.band && !banded ? h("p", { class: "band-sample" }, state.paper.band) : null,
      this.head.el,
      h("div", { class: "columns" }, this.side, h("div", { class: "centre" }, app.notices.el, this.stale.el, this.place)),
      h("p", { class: "print-only" }, t("print.paper")),
    );
    replace(app.el, this.root);
    this.screen = null;
    this.head.watchHeight();
  }

  /** An empty live region, where the page has none of its own (JupyterLab). */
  region(id) {
    const role = id === "noi" ? "status" : "alert";
    const found = this.root.querySelector(`[data-region="${id}"]`);
    if (found) return found;
    const region = h("p", { class: "vh", role, "data-region": id });
    this.root.append(region);
    return region;
  }

  show(route, { focus }) {
    this.closeDialogs();
    this.put(SCREENS[route.name](this.app, route), focus);
  }

  /** The attempt is over: bar and list go. */
  end() {
    this.closeDialogs();
    this.root.classList.add("ended");
    this.head.el.hidden = true;
    this.side.hidden = true;
    this.put(endScreen(this.app), true);
  }

  put(screen, focus) {
    this.screen = screen;
    replace(this.place, screen.el);
    this.title(screen.title);
    this.update(this.line || { kind: "none", text: "" });
    if (!focus) return;
    this.toTop();
    focusOn(screen.heading);
    this.app.announcer.moved();
  }

  /** The new screen begins under the bar; nothing moves while it is already in sight. */
  toTop() {
    const top = this.root.getBoundingClientRect().top;
    const { window: win } = this.app.env;
    if (top < 0) win.scrollTo(0, win.scrollY + top);
  }

  title(text) {
    if (this.app.link) this.app.env.window.document.title = text;
  }

  /** Draws what may have changed; `line` is the save line. */
  update(line) {
    this.line = line;
    if (!this.screen) return;
    this.head.update(line);
    this.stale.update();
    if (!this.app.state.ended) this.nav.update();
    if (this.screen.update) this.screen.update();
    for (const dialog of this.dialogs) if (dialog.update) dialog.update();
  }

  /** Draws the screen from the state again, fields included. */
  refresh() {
    if (this.screen && this.screen.refresh) this.screen.refresh();
    if (this.line) this.update(this.line);
  }

  /** What is typed and not yet taken over is taken over. */
  commit() {
    if (this.screen && this.screen.commit) this.screen.commit();
  }

  /** Opens a modal dialog: {el, first, update}. Whoever opened it gets the focus back. */
  openDialog(dialog) {
    const opener = this.app.env.window.document.activeElement;
    this.root.append(dialog.el);
    this.dialogs.add(dialog);
    dialog.el.addEventListener("close", () => {
      this.dialogs.delete(dialog);
      dialog.el.remove();
      if (opener && opener.isConnected && !dialog.quiet) opener.focus();
      this.app.announcer.moved();
    });
    dialog.el.showModal();
    if (dialog.first) dialog.first.focus();
    this.app.announcer.moved();
  }

  /** Closed because the screen changes: the new screen has the focus. */
  closeDialogs() {
    for (const dialog of [...this.dialogs]) {
      dialog.quiet = true;
      dialog.el.close();
    }
  }

  destroy() {
    this.closeDialogs();
    this.head.destroy();
    this.root.remove();
  }
}
