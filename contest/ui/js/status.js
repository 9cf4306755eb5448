// Where the person's work stands, gathered for the save line.

import { BACK_MS, inTrouble, saveLine, SPOKEN } from "./saveline.js";
import { kindOf } from "./kinds.js";
import { keyOf } from "./state.js";
import { clockTime, hourMinute, secondsLeft } from "./time.js";

export class Status {
  constructor(app) {
    this.app = app;
    this.kind = null; // of the line last shown
    this.back = null; // {n, at} for a while after trouble
    this.recovered = null; // what got through since trouble began, or null
  }

  /** An entry was acknowledged. */
  settled(key) {
    if (!this.recovered) this.back = null; // newer news
    else if (key !== keyOf.submit()) this.recovered.add(itemOf(key));
  }

  /** The questions that are on their way: "7", or "p" for the prediction. */
  pending() {
    return new Set(this.app.unsettled().map((entry) => itemOf(entry.key)));
  }

  facts() {
    const { app, back } = this;
    const { state, outbox, wire, link } = app;
    const refused = [...state.refused.entries()][0];
    const submission = outbox.entries.find((entry) => entry.key === keyOf.submit());
    const at = (ms) => (ms === null ? null : clockTime(ms));
    return {
      ended: Boolean(state.ended),
      closing: state.closing,
      submitting: state.submitting,
      held: state.held,
      lostAt: state.lostAt === null ? null : hourMinute(state.lostAt),
      online: wire.online,
      link: link && this.linkFacts(link),
      pending: this.pending().size,
      age: outbox.age(),
      later: outbox.entries.map((entry) => entry.later).find(Boolean) || null,
      submitWaits: Boolean(submission && submission.seq === null),
      typing: outbox.typing,
      refused: refused ? { key: refused[0], text: refused[1], typed: this.typed(refused[0]) } : null,
      error: app.error,
      back,
      old: wire.keeper.old,
      savedAt: at(state.savedAt),
      storage: wire.keeper.works,
      deadline: at(state.deadline),
    };
  }

  /** Was the answer of this key typed, not chosen? */
  typed(key) {
    const one = key.startsWith("a:") && this.app.state.question(Number(key.slice(2)));
    return Boolean(one && kindOf(one).typed);
  }

  linkFacts({ state, why, trying, retryAt }) {
    const wait = typeof retryAt === "number" ? retryAt - this.app.env.now() : 0;
    return { state, why: why || null, trying: Boolean(trying), seconds: secondsLeft(wait) };
  }

  /** Counts what gets through after trouble, for the line that says so. */
  watch(facts) {
    const { app } = this;
    if (facts.ended) return;
    if (inTrouble(facts)) {
      this.recovered = this.recovered || new Set();
      this.back = null;
    } else if (this.recovered && !facts.pending) {
      const n = this.recovered.size;
      this.back = { n, at: n ? facts.savedAt : clockTime(app.ticker.clock.now()) };
      this.recovered = null;
      app.after(BACK_MS, () => {
        this.back = null;
        app.update();
      });
    }
  }

  /** The line as it is now; says changes of kind that matter. */
  line() {
    const { app } = this;
    this.watch(this.facts());
    const line = saveLine(this.facts());
    const text = line.text || (line.key ? app.t(line.key, line.gaps) : "");
    if (line.kind !== this.kind && SPOKEN.includes(line.kind)) app.announcer.say(text);
    this.kind = line.kind;
    return { ...line, text };
  }
}

function itemOf(key) {
  return key.replace(/^\w:/, "");
}
