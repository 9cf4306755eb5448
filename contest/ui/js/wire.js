// Between this page and its kernel: docs/protocol.md, from the page's side.

import { Keeper } from "./keeper.js";
import { Outbox } from "./outbox.js";
import { leavePlace } from "./place.js";
import { SLOW_MS, WAITING_MS } from "./saveline.js";
import { makeTexts } from "./texts.js";

const HELLO_MS = 5000; // asked again while the first paper has not come
const TIME_LEAST_MS = 15000; // the server's time is never asked for more often
const AFTER_END = ["late", "ended", "closed"];

export class Wire {
  constructor(app) {
    this.app = app;
    const { env } = app;
    this.page = env.random();
    this.outbox = new Outbox({
      send: (message) => this.sendEntry(message),
      ready: () => this.outbox.pen !== null && this.connected,
      now: env.now,
      setTimer: env.setTimer,
      clearTimer: env.clearTimer,
      changed: () => this.outboxChanged(),
    });
    this.keeper = new Keeper(app, this.outbox);
    this.online = env.window.navigator.onLine !== false;
    this.helloTick = null;
    this.timeTick = null;
    this.receive = this.receive.bind(this);
  }

  get connected() {
    return !this.app.link || this.app.link.state === "connected";
  }

  start() {
    const { app } = this;
    app.model.on("msg:custom", this.receive);
    app.listen(app.env.window, "online", () => this.network(true));
    app.listen(app.env.window, "offline", () => this.network(false));
    if (app.link) {
      app.listen(app.link, "change", () => this.linkChanged());
      app.listen(app.link, "leave", (event) => this.linkLeaves(event));
    }
    this.wasConnected = this.connected;
    this.hello();
  }

  stop() {
    this.app.model.off("msg:custom", this.receive);
    this.outbox.stop();
  }

  // ---- out ----

  sendEntry(message) {
    if (message.t === "submit") this.app.state.submitting = true;
    this.app.model.send(message);
  }

  hello() {
    if (this.app.state.paper === null) {
      this.app.cancel(this.helloTimer);
      this.helloTimer = this.app.after(HELLO_MS, () => this.app.state.paper || this.hello());
    }
    if (!this.connected) return;
    this.helloTick = this.app.env.now();
    this.timeTick = this.helloTick; // its answer brings the time along
    this.app.model.send({ t: "hello", page: this.page });
  }

  take() {
    if (!this.connected) return;
    this.helloTick = this.app.env.now();
    this.app.model.send({ t: "take", page: this.page });
  }

  askTime() {
    const now = this.app.env.now();
    if (!this.connected || (this.timeTick !== null && now - this.timeTick < TIME_LEAST_MS)) return;
    this.timeTick = now;
    this.app.model.send({ t: "time" });
  }

  // ---- the connection ----

  network(online) {
    this.online = online;
    if (online) this.askTime();
    this.app.update();
  }

  linkChanged() {
    const { connected } = this;
    if (connected && !this.wasConnected) {
      this.hello();
      this.outbox.resend();
    }
    this.wasConnected = connected;
    const { app } = this;
    if (app.link.state !== "dead" && !app.state.ended) app.leaving = false;
    app.update();
  }

  /** The kernel is gone and the connection wants to load the page anew. */
  linkLeaves(event) {
    const { state } = this.app;
    if (state.paper && (state.ended || !state.held)) {
      event.preventDefault(); // an older page doesn't take the pen back by itself
      this.app.update();
      return;
    }
    leavePlace(this.app);
    this.app.hide();
    this.app.leaving = true;
  }

  outboxChanged() {
    this.app.update();
    this.watchAge();
    this.keeper.changed();
  }

  /** The save line says more as the oldest change gets older. */
  watchAge() {
    const { app, outbox } = this;
    app.cancel(this.ageTimer);
    const next = [0, SLOW_MS, WAITING_MS].map((ms) => ms + 10 - outbox.age()).find((ms) => ms > 0);
    if (!outbox.entries.length || next === undefined) return;
    this.ageTimer = app.after(next, () => {
      app.update();
      this.watchAge();
    });
  }

  // ---- in ----

  receive(message) {
    this.online = true;
    const handler = message && HANDLERS[message.t];
    if (!handler) return;
    handler.call(this, message);
    if (!this.outbox.entries.length) this.keeper.old = 0;
    this.keeper.keep();
    this.app.update();
    this.watchAge();
  }

  /** Another page writes from now on. What is under way still goes out: the server keeps it apart. */
  losePen(at) {
    const { app } = this;
    app.view.commit();
    this.outbox.flush();
    app.state.held = false;
    app.state.lostAt = at;
    app.state.submitting = false;
    app.view.closeDialogs();
    app.view.refresh();
  }
}

const HANDLERS = {
  paper(message) {
    const { app } = this;
    const { state } = app;
    if ((message.page && message.page !== this.page) || state.ended) return;
    const before = state.paper;
    app.ticker.clock.sync(message.now, this.helloTick);
    this.helloTick = null;
    app.t = makeTexts(message.texts);
    if (message.held) {
      state.pen = message.pen;
      const left = this.outbox.setPen(message.pen).map((entry) => entry.message);
      state.stale.push(...left.filter((one) => !this.keeper.taken(one)));
      if (before) this.keeper.open(message);
    } else if (state.lostAt === null) {
      state.lostAt = message.now;
    }
    state.load(
      message,
      this.outbox.latest().map((entry) => entry.message),
    );
    if (!before) this.keeper.takeOver(message);
    if (!before || asked(before) !== asked(message)) app.open();
    else app.view.refresh();
    app.notices.take(message.notices || []);
    this.outbox.pump();
  },

  notices(message) {
    if (this.app.view) this.app.notices.take(message.notices);
  },

  ack(message) {
    const { app } = this;
    const entry = this.outbox.ack(message);
    if (!entry) return;
    app.ticker.clock.sync(message.at);
    app.error = null;
    app.state.keep(entry.key, entry.message, message.at);
    app.status.settled(entry.key);
    if (app.state.ended) {
      app.view.refresh();
      app.toReceipt();
    }
  },

  refused(message) {
    const { app } = this;
    const { state } = app;
    const entry = this.outbox.refuse(message);
    if (!entry) return;
    if (entry.message.t === "submit") state.submitting = false;
    if (message.why === "old_pen") {
      if (entry.message.t !== "submit" && !this.keeper.taken(entry.message)) state.stale.push(entry.message);
      if (message.pen === state.pen && state.held) this.losePen(app.ticker.clock.now());
    } else if (AFTER_END.includes(message.why)) {
      if (entry.message.t !== "submit") state.late.add(entry.key);
      if (!state.ended) app.error = message.text;
    } else {
      state.refused.set(entry.key, message.text);
    }
    app.view.refresh();
  },

  later(message) {
    this.outbox.later(message);
  },

  pen(message) {
    if (!message.held && this.app.state.held) this.losePen(message.at);
  },

  time(message) {
    const { app } = this;
    app.ticker.clock.sync(message.now, this.timeTick);
    app.ticker.newDeadline(message.deadline, message.text);
  },

  ended(message) {
    const { state, view } = this.app;
    const again = state.ended;
    state.ended = message;
    state.submitting = false;
    if (!again) this.app.ended();
    else if (view) view.refresh();
  },

  error(message) {
    if (this.app.view) this.app.error = message.text;
    else this.app.closed(message.text);
  },
};

/** What was asked, as one string. */
function asked(paper) {
  const { questions, prediction } = paper;
  return JSON.stringify([questions, prediction && { ...prediction, value: null }]);
}
