// The bar that stays: which question, how long, and whether all is saved.

import { button, h, hidden, icon, replace, set, setText } from "./dom.js";
import { navigatorDialog } from "./navigator.js";
import { countdown, isoDuration } from "./time.js";

const SHOWN_FROM = 300; // seconds left from which the clock can't be hidden

export class Head {
  constructor(app) {
    this.app = app;
    const { t } = app;
    this.hiddenByPerson = false;
    this.where = h("span");
    this.open = button(
      { class: "btn where", "aria-haspopup": "dialog", onclick: () => app.view.openDialog(navigatorDialog(app)) },
      this.where,
      icon("down"),
    );
    this.digits = h("time");
    this.off = h("span", { class: "off" });
    this.hide = button({ class: "btn quiet hide", onclick: () => this.toggle() });
    this.read = button({ class: "btn quiet on-focus", onclick: () => app.ticker.read() }, t("time.read"));
    const timer = h(
      "p",
      { role: "timer", "aria-live": "off" },
      hidden(t("time.label")),
      icon("clock"),
      this.digits,
      this.off,
    );
    this.sign = h("span", { class: "sign" });
    this.words = h("span");
    this.save = h("p", { class: "save" }, this.sign, this.words);
    this.action = button({ class: "btn small", hidden: true, onclick: () => this.act() });
    this.note = h("p", { class: "note", hidden: true });
    this.el = h(
      "div",
      { class: "head" },
      h("div", { class: "head-row" }, this.open, h("div", { class: "clock" }, timer, this.hide, this.read)),
      h("div", { class: "save-row" }, this.save, this.action),
      this.note,
    );
  }

  update(line) {
    const { app } = this;
    if (!app.route) return;
    setText(this.where, this.whereText());
    set(this.open, "aria-label", this.whereText() + app.t("nav.open"));
    this.drawClock();
    this.drawLine(line);
    this.drawNote();
  }

  whereText() {
    const { t, route, state } = this.app;
    if (route.name === "question") return t("nav.button", { k: route.q, n: state.count });
    return t(route.name === "predict" ? "nav.button.predict" : "nav.button.review");
  }

  drawClock() {
    const { t, ticker } = this.app;
    const { seconds } = ticker;
    const forced = seconds !== null && seconds <= SHOWN_FROM;
    const off = this.hiddenByPerson && !forced;
    setText(this.digits, seconds === null || off ? "" : countdown(seconds));
    set(this.digits, "datetime", seconds === null || off ? null : isoDuration(seconds));
    setText(this.off, seconds === null ? t("time.wait") : off ? t("time.hidden") : "");
    if (this.hide.hidden !== forced) this.hide.hidden = forced;
    const label = t(off ? "time.show" : "time.hide");
    if (this.hide.textContent !== label) {
      replace(this.hide, icon(off ? "eye" : "shut"), h("span", { class: "from-wide" }, label));
    }
  }

  toggle() {
    this.hiddenByPerson = !this.hiddenByPerson;
    this.drawClock();
  }

  drawLine(line) {
    const { t } = this.app;
    set(this.save, "class", `save tone-${line.tone || "quiet"}`);
    if (this.drawn !== line.sign) replace(this.sign, line.sign ? icon(line.sign) : null);
    this.drawn = line.sign;
    if (this.words.textContent !== line.text) this.grew = true;
    setText(this.words, line.text);
    this.doing = line.action;
    this.refusedKey = line.action === "goto" ? this.app.state.refused.keys().next().value : null;
    this.action.hidden = !line.action;
    if (line.action) setText(this.action, this.actionText(t, line.action));
  }

  actionText(t, action) {
    if (action === "goto") {
      const key = this.refusedKey;
      return key === "p" ? t("save.goto.predict") : t("save.goto", { k: key.slice(2) });
    }
    return t({ retry: "sys.retry", take: "pen.take", withdraw: "submit.cancel" }[action]);
  }

  act() {
    const { app } = this;
    if (this.doing === "retry") app.link.retry();
    else if (this.doing === "take") app.take();
    else if (this.doing === "withdraw") app.withdraw();
    else if (this.doing === "goto") {
      const key = this.refusedKey;
      app.go(key === "p" ? { name: "predict" } : { name: "question", q: Number(key.slice(2)) });
    }
  }

  drawNote() {
    const { note, noteSign } = this.app.ticker;
    if (this.noted === note) return;
    this.noted = note;
    this.grew = true;
    this.note.hidden = note === null;
    set(this.note, "class", `note tone-${noteSign === "info" ? "info" : "wait"}`);
    replace(this.note, note === null ? null : [icon(noteSign), h("span", {}, note)]);
  }

  /**
   * Tells the page how much of it the bar covers, so that focus is never hidden under it; and when a
   * longer line makes it grow, moves the page along, so that the question stays where it is.
   */
  watchHeight() {
    if (!("ResizeObserver" in window)) return;
    const { window: win } = this.app.env;
    let height = null;
    this.observer = new ResizeObserver(() => {
      const now = this.el.offsetHeight;
      win.document.documentElement.style.setProperty("--head", `${now}px`);
      if (height && now && this.grew && this.app.link) win.scrollBy(0, now - height);
      this.grew = false;
      height = now;
    });
    this.observer.observe(this.el);
  }

  destroy() {
    if (this.observer) this.observer.disconnect();
  }
}
