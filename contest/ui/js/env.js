// The world as the page sees it; tests pass another one.

import { localStore } from "./shelf.js";

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

export function browserEnv(win = window) {
  return {
    window: win,
    now: () => win.performance.now(),
    setTimer: (action, ms) => win.setTimeout(action, ms),
    clearTimer: (timer) => win.clearTimeout(timer),
    random: () =>
      Array.from(win.crypto.getRandomValues(new Uint8Array(24)), (byte) => LETTERS[byte % 36]).join(""),
    storage: localStore(win),
    tab: localStore(win, "sessionStorage"),
  };
}
