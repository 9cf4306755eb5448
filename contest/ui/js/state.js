// What the page knows about this attempt. No DOM, no timers, no sending.

import { kindOf } from "./kinds.js";

const PREDICTION = "p";

/** Outbox keys: "a:7" answer, "f:7" flag, "p" prediction, "s" submission. */
export const keyOf = {
  answer: (q) => `a:${q}`,
  flag: (q) => `f:${q}`,
  predict: () => PREDICTION,
  submit: () => "s",
};

export class State {
  constructor() {
    this.paper = null; // the last `paper` message
    this.pen = null;
    this.held = false;
    this.lostAt = null; // since when another page has the pen
    this.answers = new Map(); // q -> the answer as shown, in the shape of its kind
    this.flags = new Set();
    this.typed = ""; // the prediction as typed
    this.typedBad = null; // why it isn't a number (a text key), or null
    this.kept = new Map(); // outbox key -> what the server has committed
    this.refused = new Map(); // outbox key -> text of the refusal
    this.late = new Set(); // keys that came in after the end
    this.stale = []; // messages of this page that the server doesn't count
    this.deadline = null;
    this.savedAt = null;
    this.submitting = false;
    this.closing = false; // the time is up, the server's word is awaited
    this.ended = null;
  }

  get questions() {
    return this.paper.questions;
  }

  get predicts() {
    return Boolean(this.paper.prediction);
  }

  get count() {
    return this.questions.length;
  }

  /** May the person change anything? */
  get open() {
    return this.held && !this.closing && !this.submitting && !this.ended;
  }

  question(q) {
    return this.questions.find((one) => one.q === q);
  }

  /** Takes a `paper` message; `unsettled` are the outbox messages to lay over it. */
  load(paper, unsettled) {
    this.paper = paper;
    this.held = paper.held;
    this.deadline = paper.deadline;
    if (paper.held) this.lostAt = null;
    this.kept = new Map();
    const refused = [...this.refused.keys()].map((key) => this.contentOf(key));
    this.answers = new Map();
    this.flags = new Set(paper.flags);
    for (const [q, chosen] of Object.entries(paper.answers)) {
      this.answers.set(Number(q), chosen);
      this.kept.set(keyOf.answer(Number(q)), chosen);
    }
    for (const q of paper.flags) this.kept.set(keyOf.flag(q), true);
    const value = this.predicts ? paper.prediction.value : null;
    if (value !== null) this.kept.set(PREDICTION, String(value));
    if (this.typedBad === null) this.typed = value === null ? "" : String(value);
    for (const message of [...refused, ...unsettled]) this.apply(message);
  }

  /** What is shown for a key, as a message. */
  contentOf(key) {
    if (key === PREDICTION) return { t: "predict", text: this.typed };
    const q = Number(key.slice(2));
    if (key.startsWith("f:")) return { t: "flag", q, on: this.flags.has(q) };
    return { t: "answer", q, chosen: this.chosen(q) };
  }

  /** Shows a change at once. */
  apply(message) {
    if (message.t === "answer") this.answers.set(message.q, message.chosen);
    else if (message.t === "flag") this.flags[message.on ? "add" : "delete"](message.q);
    else if (message.t === "predict" && this.typedBad === null) this.typed = message.text;
  }

  /** The server has committed this. */
  keep(key, message, at) {
    this.savedAt = Math.max(at, this.savedAt || 0);
    if (this.shows(message)) this.refused.delete(key);
    this.late.delete(key);
    if (message.t === "answer") this.kept.set(key, message.chosen);
    else if (message.t === "flag") this.kept.set(key, message.on);
    else if (message.t === "predict") this.kept.set(key, message.text);
  }

  /** Is a message's content what is shown? Something later may have been refused meanwhile. */
  shows(message) {
    if (message.t !== "answer") return true;
    return JSON.stringify(this.answers.get(message.q)) === JSON.stringify(message.chosen);
  }

  /** Would sending it change what the server has? Not for a question that this paper hasn't. */
  differs(message) {
    const { t, q } = message;
    if (t === "submit") return true;
    if (t !== "predict" && !this.question(q)) return false;
    const kept = this.kept.get(keyOf[t](q));
    if (t === "flag") return message.on !== Boolean(kept);
    if (t === "predict") return message.text.replace(/[. ]/g, "") !== (kept || "");
    const { empty } = kindOf(this.question(q));
    return JSON.stringify(message.chosen) !== JSON.stringify(kept || empty(this.question(q)));
  }

  chosen(q) {
    const given = this.answers.get(q);
    return given === undefined ? kindOf(this.question(q)).empty(this.question(q)) : given;
  }

  /** A refused answer counts by what the server has, not by what is shown. */
  answered(q) {
    const key = keyOf.answer(q);
    const given = this.refused.has(key) ? this.kept.get(key) : this.answers.get(q);
    const one = this.question(q);
    return given !== undefined && kindOf(one).answered(one, given);
  }

  get predicted() {
    const bad = this.typedBad !== null || this.refused.has(PREDICTION);
    return Boolean(bad ? this.kept.get(PREDICTION) : this.typed);
  }

  unanswered() {
    return this.questions.map((one) => one.q).filter((q) => !this.answered(q));
  }

  /** Answered, but not in all parts. */
  incomplete(t) {
    const lacks = (one) => kindOf(one).missing(one, this.chosen(one.q), t) !== null;
    return this.questions.filter(lacks).map((one) => one.q);
  }

  flagged() {
    return this.questions.map((one) => one.q).filter((q) => this.flags.has(q));
  }

  /** How the attempt ended, question by question, "p" for the prediction. */
  outcome(unsettledKeys) {
    const item = (key) => (key === PREDICTION ? PREDICTION : Number(key.slice(2)));
    const keys = [...new Set([...this.late, ...unsettledKeys])];
    const late = keys.filter((key) => key === PREDICTION || key.startsWith("a:")).map(item);
    late.sort((a, b) => (a === PREDICTION ? 1 : b === PREDICTION ? -1 : a - b));
    const empty = this.ended.empty.filter((q) => !late.includes(q));
    const unpredicted = this.predicts && !this.ended.prediction && !late.includes(PREDICTION);
    return { received: this.ended.received, late, empty: unpredicted ? [...empty, "p"] : empty };
  }
}
