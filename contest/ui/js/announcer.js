// What is said aloud, through two regions that stand empty in the first HTML.

const GAP_MS = 3000; // at most one sentence in this time
const AFTER_FOCUS_MS = 100; // a sentence said during a focus move is lost

/**
 * At most one sentence per 3 s; of ordinary ones the newest wins. Sentences about the time wait
 * their turn and are never dropped; alerts go out at once.
 */
export class Announcer {
  constructor({ polite, alert, now, setTimer, clearTimer }) {
    Object.assign(this, { polite, alertRegion: alert, now, setTimer, clearTimer });
    this.kept = [];
    this.newest = null;
    this.free = 0;
    this.timer = null;
  }

  say(text) {
    this.newest = text;
    this.pump();
  }

  keep(text) {
    this.kept.push(text);
    this.pump();
  }

  alert(text) {
    this.write(this.alertRegion, text);
  }

  /** A focus move has just happened. */
  moved() {
    this.free = Math.max(this.free, this.now() + AFTER_FOCUS_MS);
  }

  pump() {
    if (this.timer !== null || (!this.kept.length && this.newest === null)) return;
    const wait = Math.max(0, this.free - this.now());
    this.timer = this.setTimer(() => {
      this.timer = null;
      const text = this.kept.length ? this.kept.shift() : this.newest;
      if (text === this.newest) this.newest = null;
      this.free = this.now() + GAP_MS;
      if (text !== null) this.write(this.polite, text);
      this.pump();
    }, wait);
  }

  /** Cleared, then set: the same sentence twice is said twice. */
  write(region, text) {
    region.textContent = "";
    this.setTimer(() => {
      region.textContent = text;
    }, AFTER_FOCUS_MS);
  }

  stop() {
    this.clearTimer(this.timer);
  }
}
