// One learner's page: what the kernel says becomes a screen; nothing is held that must survive.

import { Announcer } from "./announcer.js";
import { focusOn, h, replace } from "./dom.js";
import { Lifetime } from "./lifetime.js";
import { closedScreen, homeScreen } from "./practice-home.js";
import { cardScreen } from "./practice-card.js";
import { makeTexts } from "./texts.js";

const AGAIN_MS = 5000; // the first screen is asked for again while it has not come
const KEYS_OFF = "timhieu.practice.keys";

export class PracticeApp extends Lifetime {
  constructor({ model, el, env }) {
    super(env);
    Object.assign(this, { model, el });
    this.link = model.connection || null; // absent in JupyterLab
    this.t = makeTexts({});
    this.dialogs = new Set();
    this.screen = null;
    this.begun = false;
    this.receive = this.receive.bind(this);
    this.view = { openDialog: (dialog) => this.openDialog(dialog) }; // as pictures ask for it
    this.line = h("p", { class: "band wait", hidden: true });
    this.place = h("div", { class: "screen" });
    this.polite = h("p", { class: "vh", role: "status" });
    this.alert = h("p", { class: "vh", role: "alert" });
    this.root = h("div", { class: "th practice" }, this.line, this.place, this.polite, this.alert);
  }

  // ---- life ----

  start() {
    const { document: doc } = this.env.window;
    replace(this.el, this.root);
    this.announcer = new Announcer({
      polite: doc.getElementById("noi") || this.polite,
      alert: doc.getElementById("noi-gap") || this.alert,
      now: this.env.now,
      setTimer: this.env.setTimer,
      clearTimer: this.env.clearTimer,
    });
    this.model.on("msg:custom", this.receive);
    if (this.link) {
      this.listen(this.link, "change", () => this.linkChanged());
    }
    this.hello();
  }

  hello() {
    if (this.begun) return;
    if (this.connected) this.model.send({ t: "home" });
    this.after(AGAIN_MS, () => this.hello());
  }

  get connected() {
    return !this.link || this.link.state === "connected";
  }

  linkChanged() {
    this.line.hidden = this.connected || !this.begun;
    if (!this.line.hidden) this.line.textContent = this.t("prac.lost");
    if (this.connected && !this.begun) this.model.send({ t: "home" });
    else if (this.link.state === "dead") this.link.reload();
    if (this.screen && this.screen.update) this.screen.update();
  }

  destroy() {
    this.model.off("msg:custom", this.receive);
    this.end();
    this.announcer.stop();
    this.root.remove();
  }

  // ---- what the kernel says ----

  receive(message) {
    if (message.texts) this.t = makeTexts(message.texts);
    const said = {
      home: () => this.show(homeScreen(this, message)),
      done: () => this.show(homeScreen(this, message)),
      closed: () => this.show(closedScreen(this, message)),
      ask: () => this.show(cardScreen(this, message)),
    }[message.t];
    if (said) said();
    else if (this.screen && this.screen.told) this.screen.told(message);
    else if (message.text) this.announcer.alert(message.text);
  }

  show(screen) {
    const first = !this.begun;
    this.begun = true;
    this.screen = screen;
    replace(this.place, screen.el);
    if (this.link) this.env.window.document.title = screen.title;
    if (first) {
      this.el.dispatchEvent(new CustomEvent("timhieu:ready", { bubbles: true }));
      return;
    }
    const top = this.root.getBoundingClientRect().top;
    if (top < 0) this.env.window.scrollTo(0, this.env.window.scrollY + top);
    focusOn(screen.heading);
    this.announcer.moved();
  }

  send(message) {
    if (this.connected) this.model.send(message);
    return this.connected;
  }

  // ---- keys ----

  /** Single keys may be switched off (WCAG 2.1.4); kept on this device only. */
  get keys() {
    return !this.stored(KEYS_OFF);
  }

  set keys(on) {
    const { storage } = this.env;
    try {
      if (on) storage.removeItem(KEYS_OFF);
      else storage.setItem(KEYS_OFF, "1");
    } catch {
      this.keysOff = !on; // no storage: for this page only
    }
  }

  stored(name) {
    try {
      return this.env.storage.getItem(name) || this.keysOff;
    } catch {
      return this.keysOff;
    }
  }

  openDialog(dialog) {
    const opener = this.env.window.document.activeElement;
    this.root.append(dialog.el);
    dialog.el.addEventListener("close", () => {
      dialog.el.remove();
      if (opener && opener.isConnected) opener.focus();
      this.announcer.moved();
    });
    dialog.el.showModal();
    if (dialog.first) dialog.first.focus();
    this.announcer.moved();
  }
}
