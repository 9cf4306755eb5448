// One attempt on one page: holds the parts together and says what the person may do.

import { Announcer } from "./announcer.js";
import { h, replace } from "./dom.js";
import { kindOf } from "./kinds.js";
import { Lifetime } from "./lifetime.js";
import { Notices } from "./notices.js";
import { formatNumber, numberWords, parseNumber } from "./numbers.js";
import { findPlace } from "./place.js";
import { fromHash, MemoryRouter, PageRouter, toHash } from "./router.js";
import { keyOf, State } from "./state.js";
import { Status } from "./status.js";
import { makeTexts } from "./texts.js";
import { Ticker } from "./ticker.js";
import { View } from "./view.js";
import { Wire } from "./wire.js";

export class App extends Lifetime {
  /** `env`: window, now, setTimer, clearTimer, random, storage (see env.js). */
  constructor({ model, el, env }) {
    super(env);
    Object.assign(this, { model, el });
    this.link = model.connection || null; // absent in JupyterLab
    this.state = new State();
    this.t = makeTexts({});
    this.error = null; // the server's sentence about something that went wrong
    this.leaving = false;
    this.route = null;
    this.origin = null; // "review" where a question was opened from there
    this.wire = new Wire(this);
    this.ticker = new Ticker(this);
    this.status = new Status(this);
    this.notices = new Notices(this);
    this.view = null;
  }

  get outbox() {
    return this.wire.outbox;
  }

  // ---- life ----

  start() {
    const { window: win } = this.env;
    this.listen(win, "pagehide", () => this.hide());
    this.listen(win, "pageshow", (event) => event.persisted && this.shownAgain());
    this.listen(win, "beforeunload", (event) => this.asks(event));
    this.listen(win.document, "visibilitychange", () => {
      if (win.document.visibilityState === "hidden") this.hide();
      else this.ticker.seen();
    });
    this.wire.start();
  }

  destroy() {
    this.hide();
    this.end();
    this.wire.stop();
    if (this.announcer) this.announcer.stop();
    if (this.router) this.router.stop();
    if (this.view) this.view.destroy();
  }

  /** The first paper has come, or a paper with other questions: builds the screens. */
  open() {
    const { window: win } = this.env;
    if (this.view) this.view.destroy();
    if (this.router) this.router.stop();
    this.view = new View(this);
    const region = (id) => win.document.getElementById(id) || this.view.region(id);
    this.announcer = new Announcer({
      polite: region("noi"),
      alert: region("noi-gap"),
      now: this.env.now,
      setTimer: this.env.setTimer,
      clearTimer: this.env.clearTimer,
    });
    const changed = (hash) => this.show(fromHash(hash || win.location.hash, this.routes));
    this.router = this.link ? new PageRouter(win, changed) : new MemoryRouter(changed);
    const asked = this.link ? fromHash(win.location.hash, this.routes) : null;
    const first = this.state.unanswered()[0] || this.state.questions[0].q;
    const route = asked || { name: "question", q: first };
    this.router.start(toHash(route));
    this.show(route, { focus: false });
    if (this.link) findPlace(this);
    this.announcer.say(this.t("load.ready"));
    this.ready();
    this.ticker.tick();
  }

  /** There is no paper to show; the server says why. */
  closed(text) {
    replace(this.el, h("p", { class: "th band info", role: "status" }, text));
    this.ready();
  }

  ready() {
    this.el.dispatchEvent(new CustomEvent("timhieu:ready", { bubbles: true }));
  }

  /** The page is being left or put aside: nothing is held back any longer. */
  hide() {
    if (this.view) this.view.commit();
    this.outbox.flush();
    this.wire.keeper.keep();
  }

  /** The browser brought the page back as it was (Back from the receipt). */
  shownAgain() {
    this.leaving = false;
    this.toReceipt();
  }

  asks(event) {
    if (!this.link || this.leaving || this.state.ended || !this.outbox.entries.length) return;
    event.preventDefault();
    event.returnValue = "";
  }

  update() {
    if (!this.view || !this.state.paper) return;
    this.view.update(this.status.line());
  }

  // ---- what the person does ----

  /** A change of an answer, a flag or the prediction: shown at once, sent as soon as it may be. */
  change(message, options) {
    if (!this.state.open) return false;
    const key = keyOf[message.t](message.q);
    this.state.apply(message);
    this.state.refused.delete(key);
    this.error = null;
    if (message.t === "answer" && this.tooLong(message)) {
      this.state.refused.set(key, this.t("refused.too_long"));
      this.update();
      return true;
    }
    this.outbox.put(key, message, options);
    return true;
  }

  /** Told here already: a message beyond all measure would not even arrive. */
  tooLong({ q, chosen }) {
    const one = this.state.question(q);
    return kindOf(one).tooLong(one, chosen);
  }

  submit() {
    if (!this.state.open || this.outbox.has(keyOf.submit())) return;
    this.view.commit();
    this.outbox.flush();
    this.error = null;
    this.state.refused.delete(keyOf.submit());
    this.outbox.put(keyOf.submit(), { t: "submit" });
  }

  /** Takes back a submission that still waits for the network. */
  withdraw() {
    this.outbox.withdraw(keyOf.submit());
  }

  take() {
    if (this.link && this.link.state === "dead") this.link.reload();
    else this.wire.take();
  }

  /** Enters what wasn't counted once more. */
  enterAgain(messages) {
    for (const message of messages) {
      if (!this.change(message)) break;
      this.state.stale = this.state.stale.filter((one) => one !== message);
    }
    this.update();
    this.view.refresh();
  }

  forget() {
    this.state.stale = [];
    this.wire.keeper.keep();
    this.update();
  }

  /** What this page sent or wanted to send and the server does not count. */
  uncounted() {
    const open = this.state.held ? [] : this.outbox.latest().map((entry) => entry.message);
    const ours = open.filter((one) => !this.wire.keeper.taken(one));
    return [...this.state.stale, ...ours].filter((one) => one.t === "answer" || one.t === "predict");
  }

  // ---- screens ----

  get routes() {
    const { questions, predicts, count } = this.state;
    const all = questions.map((one) => ({ name: "question", q: one.q }));
    if (predicts) all.push({ name: "predict" });
    return { all: [...all, { name: "review" }], count, predicts };
  }

  go(route, origin = null) {
    this.origin = origin;
    this.router.go(toHash(route));
  }

  show(route, { focus = true } = {}) {
    if (!route || this.state.ended) return;
    if (route.name === "review") this.origin = null;
    this.view.commit();
    this.outbox.flush();
    this.route = route;
    this.view.show(route, { focus });
    this.update();
  }

  neighbours() {
    const { all } = this.routes;
    const here = all.findIndex((one) => one.name === this.route.name && one.q === this.route.q);
    return { previous: all[here - 1] || null, next: all[here + 1] || null };
  }

  ended() {
    if (!this.view) {
      const url = this.receiptUrl();
      if (this.link && url) this.env.window.location.replace(url);
      return;
    }
    this.view.end();
    if (this.state.ended.how !== "submit") this.announcer.alert(this.view.screen.alert);
    this.toReceipt();
  }

  /** After a submission the receipt follows by itself, unless something here wasn't counted. */
  toReceipt() {
    const { ended, late, stale } = this.state;
    if (!this.link || !ended || ended.how !== "submit" || this.leaving) return;
    const url = this.receiptUrl();
    if (!url || this.unsettled().length || late.size || stale.length) return;
    this.leaving = true;
    this.env.window.location.assign(url);
  }

  /** The receipt's address, if it is one of this site. */
  receiptUrl() {
    const { location } = this.env.window;
    try {
      const url = new URL(this.state.ended.receipt_url, location.href);
      return url.origin === location.origin ? url.href : null;
    } catch {
      return null;
    }
  }

  /** Changes on their way, but for the submission. */
  unsettled() {
    return this.outbox.latest().filter((entry) => entry.key !== keyOf.submit());
  }

  // ---- numbers ----

  readNumber(text) {
    return parseNumber(text, this.state.paper.prediction.decimals);
  }

  showNumber(text) {
    const number = this.readNumber(text);
    return number ? formatNumber(number) : text;
  }

  numberWords(text) {
    const number = this.readNumber(text);
    return number && numberWords(number, this.t);
  }
}
