// A scripted kernel in the page: it speaks docs/protocol.md, and the tests tell it when to be slow,
// silent or strict. Its clock is the page's, so that Playwright's clock moves both.

import paper from "/paper.bundle.js";

const setup = JSON.parse(document.getElementById("setup").textContent);
const options = { ...setup.options, ...JSON.parse(sessionStorage.getItem("harness") || "{}") };

/** Does an answer of any kind say nothing? */
function blank(chosen) {
  const parts = Array.isArray(chosen) ? chosen : [chosen];
  return parts.every((part) => part === null || String(part).trim() === "");
}

class Kernel extends EventTarget {
  constructor() {
    super();
    this.handlers = [];
    this.sent = []; // what the page sent
    this.rows = []; // what is committed
    this.silent = false; // nothing arrives and nothing is answered
    this.holding = Boolean(options.holding); // what arrives is committed only by release()
    this.held = [];
    this.pen = options.pen || 1;
    this.page = null;
    this.over = null;
    this.deadline = options.start + options.minutes * 60000;
    this.refuse = {}; // q -> {why, text}
    this.answers = { ...options.answers };
    this.flags = [...(options.flags || [])];
    this.value = options.value === undefined ? null : options.value;
  }

  now() {
    return options.start + performance.now() - performance.timing0;
  }

  tell(message) {
    if (this.losing && message.t === "ack") return; // the answer gets lost on its way
    for (const handler of [...this.handlers]) handler(message, []);
  }

  receive(message) {
    this.sent.push(message);
    if (this.silent) return;
    if (this.holding && message.seq) this.held.push(message);
    else queueMicrotask(() => this.handle(message));
  }

  release() {
    this.holding = false;
    for (const message of this.held.splice(0)) this.handle(message);
  }

  handle(message) {
    if (message.t === "hello" || message.t === "take") {
      if (message.t === "take" || this.page === null) this.pen += this.page === null ? 0 : 1;
      if (message.t === "take" || this.page === null) this.page = message.page;
      this.paper(message.page);
    } else if (message.t === "time") {
      this.tell({ t: "time", now: this.now(), deadline: this.deadline, text: null });
    } else this.write(message);
  }

  paper(page) {
    if (options.none) {
      this.tell({ t: "error", text: options.none });
      return;
    }
    this.tell({
      t: "paper",
      page,
      pen: this.pen,
      held: this.page === page,
      now: this.now(),
      deadline: this.deadline,
      started: options.start,
      written: this.rows.reduce((newest, row) => Math.max(newest, row.pen), options.written || 0),
      title: setup.title,
      round: "Kỳ 1",
      band: options.band || null,
      questions: setup.questions,
      answers: this.answers,
      flags: this.flags,
      prediction: options.predicts === false ? null : { ...setup.prediction, value: this.value },
      texts: setup.texts,
    });
    if (options.ended) this.end("submit");
  }

  write(message) {
    const { pen, seq, q = null } = message;
    const row = this.rows.find((one) => one.pen === pen && one.seq === seq);
    const same = row && JSON.stringify(row.message) === JSON.stringify(message);
    const no = (why, text) => this.tell({ t: "refused", pen, seq, q, why, text });
    if (row && !same) no("other_content", "other content");
    else if (row) this.tell({ t: "ack", pen, seq, at: row.at });
    else if (pen !== this.pen) no("old_pen", "old pen");
    else if (this.over) no("ended", "Bài đã kết thúc");
    else if (this.now() >= this.deadline) no("late", "Tới sau giờ");
    else if (this.refuse[q]) no(this.refuse[q].why, this.refuse[q].text);
    else this.commit(message);
  }

  commit(message) {
    const at = this.now();
    this.rows.push({ pen: message.pen, seq: message.seq, at, message });
    if (message.t === "answer") {
      if (!blank(message.chosen)) this.answers[message.q] = message.chosen;
      else delete this.answers[message.q];
    } else if (message.t === "predict") this.value = message.text.replace(/[. ]/g, "") || null;
    this.tell({ t: "ack", pen: message.pen, seq: message.seq, at });
    if (message.t === "submit") this.end("submit");
  }

  end(how) {
    const numbers = setup.questions.map((one) => one.q);
    this.over = {
      t: "ended",
      how,
      at: this.now(),
      receipt_url: setup.receipt,
      received: numbers.filter((q) => this.answers[q]),
      empty: numbers.filter((q) => !this.answers[q]),
      prediction: this.value !== null,
    };
    this.tell(this.over);
  }

  /** Somebody else opens the paper. */
  elsewhere() {
    this.pen += 1;
    this.page = "somebodyelse000000";
    this.tell({ t: "pen", held: false, at: this.now() });
  }
}

class Line extends EventTarget {
  constructor() {
    super();
    Object.assign(this, { state: "connected", why: null, trying: false, retryAt: null });
    this.retried = 0;
    this.reloaded = 0;
  }

  set(facts) {
    Object.assign(this, facts);
    this.dispatchEvent(new Event("change"));
  }

  retry() {
    this.retried += 1;
  }

  reload() {
    this.reloaded += 1;
  }
}

performance.timing0 = performance.now();
const kernel = new Kernel();
const line = options.embedded ? null : new Line();
window.kernel = kernel;
window.line = line;
window.heard = [];
for (const id of ["noi", "noi-gap"]) {
  const region = document.getElementById(id);
  new MutationObserver(() => {
    if (region.textContent) window.heard.push([id, region.textContent]);
  }).observe(region, { childList: true, characterData: true, subtree: true });
}
const model = {
  on: (kind, handler) => kind === "msg:custom" && kernel.handlers.push(handler),
  off: (kind, handler) => {
    kernel.handlers = kernel.handlers.filter((one) => one !== handler);
  },
  send: (message) => kernel.receive(message),
  get: () => null,
  set: () => {},
  save_changes: () => {},
};
if (line) model.connection = line;
window.stopPaper = paper.render({ model, el: document.getElementById("place") });
