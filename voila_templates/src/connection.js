// The page's line to its kernel: knows whether it stands, and never gives up while the page is open.

import { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";
import { deserialize, serialize } from "@jupyterlab/services/lib/kernel/serialize.js";

const DELAYS = [1, 2, 4, 8, 16, 30]; // seconds before the next attempt; the last one for good
const SAY_FROM = 8; // from this delay on the page says that the server is restarting
const PROBE_MS = 10000; // an answer slower than this is none
const OPEN_MS = 15000; // a socket that takes longer to open is given up
const SILENT_MS = 20000; // connected, asked, and no word for so long: the line is dead
const TEST_MS = 6000; // the same where there is reason to doubt the line
const RELOAD_LEAST_MS = 10000; // between two reloads of the page
const RELOAD_JITTER_MS = 4000; // a restart must not bring all pages back at once
const RELOADED = "timhieu.reloaded";
const UNMADE_TRIES = 3; // after so many the page asks the server anew where it belongs
const GONE = ["dead", "restarting", "autorestarting"];

/** A kernel connection that asks its link when to try again. */
class PageKernel extends KernelConnection {
  constructor(options, link) {
    super({
      ...options,
      // Asked when a socket closes early: whatever the answer, the link finds out for itself.
      kernelAPIClient: { getModel: async () => ({}) },
      kernelSpecAPIClient: {},
      commsOverSubshells: "disabled", // one visitor's messages stay in order
    });
    this.link = link;
    this._onWSClose = () => this.isDisposed || this._reconnect();
  }

  /** Replaces seven attempts within two minutes. */
  _reconnect() {
    this._clearSocket();
    this._updateConnectionStatus("connecting");
    this.link.lost();
  }

  attempt() {
    this._createSocket(true);
  }
}

/**
 * `state`: "connecting", "connected" or "dead" (the kernel is gone for good). While connecting,
 * `why` is null, "offline" or "restart", `trying` tells that an attempt is under way, `retryAt` (by
 * performance.now) when the next one begins. Events: "change"; "leave" before the page reloads
 * itself, which a listener may prevent.
 */
export class Link extends EventTarget {
  constructor({ baseUrl, kernelId, page }, win = window) {
    super();
    Object.assign(this, { win, state: "connecting", why: null, trying: true, retryAt: null });
    this.failures = 0;
    this.unmade = !kernelId; // the server makes the kernel when this page first connects
    const id = kernelId || randomId(win);
    this.refused = false; // the last answer was "not now"
    this.kernelDied = false;
    this.timer = null;
    this.askedAt = null;
    this.patience = SILENT_MS;
    const base = new URL(baseUrl, win.location.origin).href;
    this.address = `${base}api/kernels/${encodeURIComponent(id)}`;
    this.kernel = new PageKernel(
      {
        model: { id, name: "" },
        serverSettings: {
          baseUrl: base,
          wsUrl: base.replace(/^http/, "ws"),
          token: "",
          appendToken: false,
          WebSocket: this.socketClass(page),
          serializer: { serialize, deserialize },
        },
      },
      this,
    );
    this.kernel.connectionStatusChanged.connect((_, status) => status === "connected" && this.opened());
    this.kernel.statusChanged.connect((_, status) => GONE.includes(status) && this.died());
    this.kernel.anyMessage.connect((_, { direction }) => this.heard(direction));
    this.guard();
    const again = () => this.win.document.visibilityState !== "hidden" && this.hurry();
    win.addEventListener("online", again);
    win.addEventListener("offline", () => this.change({ why: this.state === "connecting" ? "offline" : null }));
    win.document.addEventListener("visibilitychange", again);
    win.setInterval(() => this.listen(), 5000);
  }

  /** Says which page it is for as long as there is no kernel yet. */
  socketClass(page) {
    const link = this;
    return class extends link.win.WebSocket {
      constructor(url, protocols) {
        super(link.unmade ? `${url}&page=${encodeURIComponent(page)}` : url, protocols);
      }
    };
  }

  change(facts) {
    Object.assign(this, facts);
    this.dispatchEvent(new Event("change"));
  }

  opened() {
    this.win.clearTimeout(this.timer);
    this.failures = 0;
    this.unmade = false;
    this.askedAt = null;
    this.change({ state: "connected", why: null, trying: false, retryAt: null });
  }

  /** The socket closed, or would not open. */
  lost() {
    if (this.state === "dead") return;
    this.win.clearTimeout(this.timer);
    const delay = DELAYS[Math.min(this.failures, DELAYS.length - 1)];
    const wait = delay * 1000 * (0.75 + Math.random() / 2);
    this.failures += 1;
    const offline = this.win.navigator.onLine === false;
    const restart = delay >= SAY_FROM || this.refused;
    this.change({
      state: "connecting",
      why: offline ? "offline" : restart ? "restart" : null,
      trying: false,
      retryAt: this.win.performance.now() + wait,
    });
    this.timer = this.win.setTimeout(() => this.attempt(), wait);
  }

  /** At once instead of at the next turn. */
  retry() {
    if (this.state === "connecting" && !this.trying) this.attempt();
  }

  /** The network is back, or somebody looks again: no long waiting, and no trust in an old line. */
  hurry() {
    this.failures = 0;
    if (this.state === "connected") this.test();
    else this.retry();
  }

  /** A line may look open after a sleep or a change of cells, and be dead. */
  test() {
    this.patience = TEST_MS;
    if (this.askedAt !== null) this.askedAt = this.win.performance.now();
    this.kernel.requestKernelInfo().catch(() => {}); // only that an answer comes matters
    this.win.setTimeout(() => this.listen(), TEST_MS + 100);
  }

  /** Asks the server for the kernel first: only it can tell "gone" from "away". */
  async attempt() {
    this.win.clearTimeout(this.timer);
    this.change({ trying: true, retryAt: null });
    const status = await this.probe();
    if (this.state !== "connecting") return;
    this.refused = isRefusal(status);
    const made = status >= 200 && status < 300;
    const unmade = this.unmade && status === 404 && this.failures < UNMADE_TRIES;
    const alive = (made || unmade) && !this.kernelDied;
    if (status === 0 || this.refused) this.lost();
    else if (!alive) this.gone();
    else {
      this.guard();
      this.kernel.attempt();
    }
  }

  /** The kernel said so itself. Whether the server is there to begin anew is asked first. */
  died() {
    if (this.kernelDied || this.state === "dead") return;
    this.kernelDied = true;
    this.lost();
  }

  /** The status of an answer, or 0 for none. */
  async probe() {
    const stop = new AbortController();
    const timer = this.win.setTimeout(() => stop.abort(), PROBE_MS);
    try {
      const options = { cache: "no-store", credentials: "same-origin", signal: stop.signal };
      return (await this.win.fetch(this.address, options)).status;
    } catch {
      return 0;
    } finally {
      this.win.clearTimeout(timer);
    }
  }

  guard() {
    this.win.clearTimeout(this.timer);
    this.timer = this.win.setTimeout(() => this.kernel._reconnect(), OPEN_MS);
  }

  /** Remembers since when an answer is owed. */
  heard(direction) {
    if (direction === "recv") {
      this.askedAt = null;
      this.patience = SILENT_MS;
    } else if (this.askedAt === null) this.askedAt = this.win.performance.now();
  }

  /** A phone that changes cells leaves sockets that look open and aren't. */
  listen() {
    const silent = this.askedAt !== null && this.win.performance.now() - this.askedAt > this.patience;
    if (this.state !== "connected" || !silent) return;
    this.askedAt = null;
    this.patience = SILENT_MS;
    this.kernel._reconnect();
  }

  /** The kernel will not come back: the page begins anew, and the attempt goes on from the store. */
  gone() {
    if (this.state === "dead") return;
    this.win.clearTimeout(this.timer);
    this.change({ state: "dead", why: null, trying: false, retryAt: null });
    this.whenSeen(() => {
      if (this.dispatchEvent(new Event("leave", { cancelable: true }))) this.reload();
    });
  }

  /** A page that nobody looks at does not take the pen back from one that somebody uses. */
  whenSeen(action) {
    const { document } = this.win;
    if (document.visibilityState !== "hidden") {
      action();
      return;
    }
    const seen = () => {
      if (document.visibilityState === "hidden") return;
      document.removeEventListener("visibilitychange", seen);
      action();
    };
    document.addEventListener("visibilitychange", seen);
  }

  reload() {
    const last = Number(stored(this.win, RELOADED)) || 0;
    const rest = Math.min(RELOAD_LEAST_MS, Math.max(0, last + RELOAD_LEAST_MS - Date.now()));
    this.win.setTimeout(() => this.reloadNow(), rest + Math.random() * RELOAD_JITTER_MS);
  }

  /** Never into the browser's own error page: the server has to answer. */
  async reloadNow() {
    const status = await this.probe();
    if (status === 0 || isRefusal(status)) {
      this.kernelDied = true;
      this.state = "connecting";
      this.lost();
      return;
    }
    store(this.win, RELOADED, String(Date.now()));
    this.win.location.reload();
  }
}

/** "Not now": the server is overloaded or away, or the page's whole address asks too much. */
function isRefusal(status) {
  return status === 429 || status >= 500;
}

/** Works without https, too, where crypto.randomUUID doesn't. */
function randomId(win) {
  const bytes = win.crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function stored(win, key) {
  try {
    return win.sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(win, key, value) {
  try {
    win.sessionStorage.setItem(key, value);
  } catch {
    // Without storage the jitter alone spreads the reloads.
  }
}
