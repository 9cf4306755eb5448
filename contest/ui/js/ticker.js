// The time on the page: counted down from the server's, quiet, said twice.

import { secondsLeft, ServerClock } from "./time.js";

const ASK_MS = 60000; // how often the server's time is asked for while the page is seen
const MARKS = [300, 60]; // seconds left at which the time is said

export class Ticker {
  constructor(app) {
    this.app = app;
    this.clock = new ServerClock(app.env.now);
    this.last = null; // seconds left at the last tick
    this.note = null; // the sentence about the time that stays in sight
    this.noteSign = "clock";
    this.timer = null;
  }

  /** Whole seconds left, or null while the server's time isn't known. */
  get seconds() {
    return this.clock.known ? secondsLeft(this.app.state.deadline - this.clock.now()) : null;
  }

  tick() {
    const { app } = this;
    app.cancel(this.timer);
    if (!app.state.paper || app.state.ended) return;
    const left = app.state.deadline - this.clock.now();
    const seconds = secondsLeft(left);
    this.crossed(seconds);
    this.last = seconds;
    if (seconds === 0 && !app.state.closing) this.timeUp();
    app.update();
    this.ask();
    this.timer = app.after(left > 0 ? ((left - 1) % 1000) + 1 : 1000, () => this.tick());
  }

  ask() {
    const { wire, env, state } = this.app;
    if (env.window.document.visibilityState === "hidden") return;
    const due = wire.timeTick === null || env.now() - wire.timeTick >= ASK_MS;
    if (due || state.closing) wire.askTime();
  }

  seen() {
    this.app.wire.askTime();
    this.tick();
  }

  /** At 5 and 1 minutes: a line that stays, and one sentence aloud. */
  crossed(seconds) {
    const mark = Math.min(...MARKS.filter((one) => seconds <= one));
    if (seconds === 0 || mark === Infinity || (this.last !== null && this.last <= mark)) return;
    const { app } = this;
    this.note = app.t(mark === 300 ? "time.five" : "time.one");
    this.noteSign = "clock";
    if (this.last === null) return;
    const n = app.state.unanswered().length;
    app.announcer.keep(app.t("time.announce", { phut: mark / 60, n }));
  }

  /** The server's word counts: here only the controls stop. */
  timeUp() {
    const { app } = this;
    app.view.commit();
    app.outbox.flush();
    app.state.closing = true;
    this.note = null;
    app.view.closeDialogs();
    app.view.refresh();
  }

  newDeadline(deadline, text) {
    const { app } = this;
    const moved = deadline !== app.state.deadline;
    app.state.deadline = deadline;
    if (moved && this.seconds > 0) {
      app.state.closing = false;
      this.last = this.seconds;
    }
    if (text) {
      this.note = text;
      this.noteSign = "info";
      app.announcer.keep(text);
    }
    if (moved) app.view.refresh();
    this.tick();
  }

  /** Says the time on request. */
  read() {
    const { seconds, app } = this;
    if (seconds === null) return;
    const gaps = { phut: Math.floor(seconds / 60), giay: seconds % 60 };
    app.announcer.keep(app.t("time.left", { ...gaps, n: app.state.unanswered().length }));
  }
}
