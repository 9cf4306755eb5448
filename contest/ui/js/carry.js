// Answers that were not acknowledged when the page had to go: over a reload, in this tab only.

const key = (path) => `timhieu.unsent:${path}`;

const PARTS = ["statements", "left", "right", "items", "unit", "pieces", "gaps"];

/** What else a kind of question asks with. */
const rest = (one) => PARTS.filter((name) => name in one).map((name) => [name, one[name]]);

/** Short fingerprint of what was asked, to tell one paper from another (not a secret). */
export function fingerprint(questions) {
  const text = JSON.stringify(questions.map((one) => [one.q, one.stem, one.options, ...rest(one)]));
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return `${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}-${text.length}`;
}

export class Carry {
  constructor(storage, path) {
    this.storage = storage;
    this.key = key(path);
    this.works = this.probe();
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

  /** `paper` = {started, questions, pen}; `messages` in their order, without pen and seq. */
  put(paper, messages) {
    if (!this.works) return;
    try {
      if (!messages.length) this.storage.removeItem(this.key);
      else {
        const { started, pen } = paper;
        const of = fingerprint(paper.questions);
        this.storage.setItem(this.key, JSON.stringify({ started, of, pen, messages }));
      }
    } catch {
      this.works = false;
    }
  }

  /**
   * What was left for this paper, taken out. `alone`: nobody else had the pen in between, so the
   * answers may be sent; otherwise they are only shown.
   */
  take(paper) {
    if (!this.works) return null;
    try {
      const left = JSON.parse(this.storage.getItem(this.key));
      this.storage.removeItem(this.key);
      if (!left || left.started !== paper.started) return null;
      if (left.of !== fingerprint(paper.questions) || !Array.isArray(left.messages)) return null;
      return { messages: left.messages, alone: paper.pen - left.pen <= 1 };
    } catch {
      return null;
    }
  }
}
