// What isn't acknowledged lies in local storage, too: closing the tab, or the phone, loses nothing.

import { clearShelf, Memory, onShelf, shelfKey } from "./shelf.js";

const KEEP_MS = 86400000; // after its deadline a queue can only be told of, and soon not even that

const PARTS = ["statements", "left", "right", "items", "unit", "pieces", "gaps"];

/** What else a kind of question asks with. */
const rest = (one) => PARTS.filter((name) => name in one).map((name) => [name, one[name]]);

/** Short fingerprint of a text (not a secret). */
function print(text) {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return `${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}-${text.length}`;
}

/** Fingerprint of what was asked, to tell one paper from another. */
export function fingerprint(questions) {
  return print(JSON.stringify(questions.map((one) => [one.q, one.stem, one.options, ...rest(one)])));
}

/** A message without the number it was sent with. */
function bare({ seq, pen, ...message }) {
  return message;
}

const mark = (message) => print(JSON.stringify(bare(message)));

/**
 * The queue of this page, one record for each pen. A record holds `messages` (with the number each was
 * sent with, if it was), `stale` (shown, never to be sent by itself) and `taken` (fingerprints of what
 * a later page of this browser has taken over).
 */
export class Carry {
  constructor(storage) {
    this.storage = storage;
    this.works = this.probe();
    if (!this.works) this.storage = new Memory();
    this.paper = null;
  }

  probe() {
    try {
      this.storage.setItem("timhieu.probe", "1");
      this.storage.removeItem("timhieu.probe");
      return true;
    } catch {
      return false;
    }
  }

  /** From now on records are those of this paper (as the server sent it) and of its pen. */
  open(paper) {
    const { started, pen, deadline } = paper;
    if (!this.paper || this.paper.started !== started) this.of = fingerprint(paper.questions);
    if (this.paper && this.paper.pen !== pen) this.drop(shelfKey(started, this.paper.pen));
    this.paper = { started, pen, deadline };
  }

  /** Keeps what is owed now. */
  put(messages, stale) {
    if (!this.paper) return;
    const { started, pen, deadline } = this.paper;
    const key = shelfKey(started, pen);
    const taken = this.takenFrom(pen);
    const left = messages.filter((one) => !taken.includes(mark(one)));
    if (!left.length && !stale.length && !taken.length) this.drop(key);
    else this.write(key, { of: this.of, deadline, messages: left, stale, taken });
  }

  /** Has a later page of this browser taken this message over? Then that page sends it. */
  hasTaken(message) {
    return Boolean(this.paper) && this.takenFrom(this.paper.pen).includes(mark(message));
  }

  takenFrom(pen) {
    const own = onShelf(this.storage).find((one) => one.started === this.paper.started && one.pen === pen);
    return (own && own.taken) || [];
  }

  /**
   * What this browser still owes to this paper from earlier pens. `send`: under none but those pens was
   * anything stored since, so it may go out under the new one; `stale`: somebody wrote later.
   */
  take(paper) {
    const found = { send: [], stale: [] };
    const now = paper.now;
    for (const left of onShelf(this.storage)) {
      if (left.started !== paper.started) {
        if (!(left.deadline + KEEP_MS > now)) this.drop(left.key);
        continue;
      }
      if (left.of !== this.of || !(left.pen < paper.pen)) continue;
      const messages = listed(left.messages);
      const may = paper.written <= left.pen ? found.send : found.stale;
      may.push(...messages.map(bare));
      found.stale.push(...listed(left.stale).map(bare));
      const taken = [...new Set([...listed(left.taken), ...messages.map(mark)])];
      this.write(left.key, { of: left.of, deadline: left.deadline, messages: [], stale: [], taken });
    }
    return found;
  }

  /** The attempt is over: nothing is owed any more. `late` stays known for the receipt's page. */
  end(late) {
    if (!this.paper) return;
    const { started, deadline } = this.paper;
    clearShelf(this.storage, (one) => one === started);
    if (late.length) this.write(shelfKey(started), { of: this.of, deadline, messages: late });
  }

  write(key, left) {
    try {
      this.storage.setItem(key, JSON.stringify(left));
    } catch {
      this.works = false; // full: said on the page
      this.drop(key); // an older content must never be sent in place of a newer one
    }
  }

  drop(key) {
    try {
      this.storage.removeItem(key);
    } catch {
      this.works = false;
    }
  }
}

function listed(value) {
  return Array.isArray(value) ? value : [];
}
