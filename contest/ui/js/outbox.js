// What this page still owes the server: kept in order, sent again until it is acknowledged.

export const RESEND_MS = 5000;
export const MOST_HOLD_MS = 10000; // somebody who types without a pause is saved meanwhile

/**
 * One entry per change. It gets its number (`seq`) when it is first sent and keeps number and
 * content for good; a later change of the same thing (`key`) is a new entry. While an entry has no
 * number yet, a later change simply replaces its content. A `submit` is always numbered last.
 */
export class Outbox {
  constructor({ send, ready, now, setTimer, clearTimer, changed }) {
    Object.assign(this, { send, ready, now, setTimer, clearTimer, changed });
    this.pen = null;
    this.seq = 0;
    this.entries = [];
    this.timer = null;
  }

  /** A new pen counts from 1 again. Returns what stood under the old one and was never settled. */
  setPen(pen) {
    if (pen === this.pen) return [];
    const first = this.pen === null;
    const left = first ? [] : this.latest();
    if (!first) this.entries = [];
    this.pen = pen;
    this.seq = 0;
    return left;
  }

  /**
   * Takes a change. `hold` ms are waited for a further one of the same key. `typing`: more of it
   * is to be expected, and its waiting begins with the pause.
   */
  put(key, message, { hold = 0, typing = false } = {}) {
    const now = this.now();
    let entry = this.entries.find((one) => one.key === key && one.seq === null);
    if (!entry) {
      entry = { key, seq: null, sentAt: null, later: null, since: now, changedAt: now };
      this.entries.push(entry);
    }
    entry.message = message;
    entry.typing = typing;
    entry.holdUntil = Math.min(now + hold, entry.since + MOST_HOLD_MS);
    if (typing) entry.changedAt = entry.holdUntil;
    this.pump();
    this.changed();
  }

  /** Waits for nothing any longer: sends all that may be sent. */
  flush() {
    for (const entry of this.entries) {
      entry.holdUntil = 0;
      entry.changedAt = Math.min(entry.changedAt, this.now());
    }
    this.pump();
  }

  /** After a reconnection: everything under way goes out again, in order. */
  resend() {
    for (const entry of this.entries) if (entry.seq !== null) entry.sentAt = null;
    this.pump();
  }

  /** Numbers and sends what is due, and sets the clock for the rest. */
  pump() {
    this.clearTimer(this.timer);
    this.timer = null;
    const now = this.now();
    if (this.ready()) {
      for (const entry of this.inOrder()) {
        if (entry.seq === null && entry.holdUntil > now) continue;
        if (entry.seq === null) this.number(entry);
        if (this.superseded(entry)) continue;
        if (entry.sentAt === null || now - entry.sentAt >= RESEND_MS) {
          entry.sentAt = now;
          this.send({ ...entry.message, pen: entry.pen, seq: entry.seq });
        }
      }
    }
    const due = this.entries.map((entry) =>
      entry.seq === null ? entry.holdUntil : (entry.sentAt ?? now) + RESEND_MS,
    );
    const next = Math.min(...due.filter((at) => at > now));
    if (next < Infinity) this.timer = this.setTimer(() => this.pump(), next - now);
  }

  inOrder() {
    const numbered = this.entries.filter((entry) => entry.seq !== null);
    const fresh = this.entries.filter((entry) => entry.seq === null);
    const last = fresh.filter((entry) => entry.message.t === "submit");
    // A submission waits for the changes that are still being held.
    const held = fresh.some((entry) => !last.includes(entry) && entry.holdUntil > this.now());
    return [...numbered, ...fresh.filter((entry) => !last.includes(entry)), ...(held ? [] : last)];
  }

  number(entry) {
    this.seq += 1;
    entry.seq = this.seq;
    entry.pen = this.pen;
    this.entries = [...this.entries.filter((one) => one !== entry), entry];
  }

  /** A newer content of the same thing has been sent: this one no longer matters. */
  superseded(entry) {
    return this.entries.some(
      (one) => one.key === entry.key && one.seq !== null && one.seq > entry.seq,
    );
  }

  find({ pen, seq }) {
    return this.entries.find((entry) => entry.pen === pen && entry.seq === seq) || null;
  }

  /** Acknowledged: this and older contents of the same key are done. */
  ack(reply) {
    const done = this.find(reply);
    if (!done) return null;
    this.entries = this.entries.filter(
      (entry) => entry.key !== done.key || entry.seq === null || entry.seq > done.seq,
    );
    this.pump();
    return done;
  }

  /** Refused for good. Returns the entry if nothing newer of its key is on the way. */
  refuse(reply) {
    const entry = this.find(reply);
    if (!entry) return null;
    this.entries = this.entries.filter((one) => one !== entry);
    this.pump();
    return this.entries.some((one) => one.key === entry.key) ? null : entry;
  }

  /** Not stored just now: stays, and goes out again after the usual wait. */
  later(reply) {
    const entry = this.find(reply);
    if (!entry) return;
    entry.later = reply.text;
    entry.sentAt = this.now();
    this.pump();
  }

  /** Takes back a change that was never sent. */
  withdraw(key) {
    const before = this.entries.length;
    this.entries = this.entries.filter((entry) => entry.key !== key || entry.seq !== null);
    this.pump();
    this.changed();
    return this.entries.length < before;
  }

  /** The newest entry of each key, oldest first. */
  latest() {
    const newest = new Map();
    for (const entry of this.entries) {
      newest.delete(entry.key);
      newest.set(entry.key, entry);
    }
    return [...newest.values()];
  }

  has(key) {
    return this.entries.some((entry) => entry.key === key);
  }

  /** Is something being typed that is held back until a pause? */
  get typing() {
    const now = this.now();
    return this.entries.some((one) => one.typing && one.seq === null && one.holdUntil > now);
  }

  /** How long the oldest unsettled change has been waiting, in ms; below 0 while it is held. */
  age() {
    if (!this.entries.length) return 0;
    return this.now() - Math.min(...this.entries.map((entry) => entry.changedAt));
  }

  stop() {
    this.clearTimer(this.timer);
  }
}
