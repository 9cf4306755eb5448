// What this page owes the server, put by for whatever may happen to it; and what earlier pages left.

import { Carry } from "./carry.js";
import { keyOf } from "./state.js";

const TYPED_MS = 500; // what is being typed is put by this often
const COUNTED = ["answer", "predict"]; // what is told of where it doesn't count

export class Keeper {
  constructor(app, outbox) {
    Object.assign(this, { app, outbox });
    this.carry = app.link ? new Carry(app.env.storage) : null; // JupyterLab keeps nothing
    this.old = 0; // changes of an earlier page that aren't settled yet
  }

  /** Can this browser keep anything? */
  get works() {
    return !this.carry || this.carry.works;
  }

  /** A paper with a new pen. */
  open(paper) {
    if (this.carry) this.carry.open(paper);
  }

  changed() {
    this.app.cancel(this.timer);
    if (this.outbox.typing) this.timer = this.app.after(TYPED_MS, () => this.keep());
    else this.keep();
  }

  keep() {
    const { state } = this.app;
    this.app.cancel(this.timer);
    if (!state.paper || !this.carry) return;
    if (state.ended) this.carry.end(this.missed());
    else this.carry.put(this.owed(), state.stale);
  }

  /** What isn't acknowledged, and what is shown though it was refused: nothing typed gets lost. */
  owed() {
    const { state } = this.app;
    const refused = [...state.refused.keys()].filter((key) => /^a:/.test(key) && !this.outbox.has(key));
    const messages = this.outbox.latest().map(({ seq, message }) => ({ seq, ...message }));
    return [...refused.map((key) => state.contentOf(key)), ...messages];
  }

  /** What the end came before, for the page of the receipt. */
  missed() {
    const { state } = this.app;
    const { late } = state.outcome(this.app.unsettled().map((entry) => entry.key));
    const keys = late.map((item) => (item === "p" ? item : keyOf.answer(item)));
    return [...keys.map((key) => state.contentOf(key)), ...state.stale];
  }

  /** Another page of this browser sends it. */
  taken(message) {
    return Boolean(this.carry) && this.carry.hasTaken(message);
  }

  /** The first paper: sends what earlier pages of this browser couldn't, where it is the last word. */
  takeOver(paper) {
    const { app, carry } = this;
    if (!carry) return;
    carry.open(paper);
    const over = { ...paper, pen: Infinity, written: Infinity }; // no pen: nothing may be sent
    const { send, stale } = carry.take(paper.held ? paper : over);
    app.state.stale.push(...stale.filter((one) => COUNTED.includes(one.t) && app.state.differs(one)));
    for (const message of send.filter((one) => keyOf[one.t])) {
      if (message.t === "submit") this.outbox.put(keyOf.submit(), message);
      else if (app.state.differs(message) && app.change(message)) this.old += 1;
    }
  }
}
