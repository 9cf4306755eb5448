// What a page starts ends with it: listeners and timers.

export class Lifetime {
  constructor(env) {
    this.env = env;
    this.timers = new Set();
    this.stops = [];
  }

  listen(target, kind, handler) {
    target.addEventListener(kind, handler);
    this.stops.push(() => target.removeEventListener(kind, handler));
  }

  /** A timer that ends with the page. */
  after(ms, action) {
    const timer = this.env.setTimer(() => {
      this.timers.delete(timer);
      action();
    }, ms);
    this.timers.add(timer);
    return timer;
  }

  cancel(timer) {
    this.timers.delete(timer);
    this.env.clearTimer(timer);
  }

  end() {
    for (const stop of this.stops) stop();
    for (const timer of this.timers) this.env.clearTimer(timer);
  }
}
