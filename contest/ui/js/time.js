// Time on the paper: the server's clock, carried on by a clock of the browser that nobody can set.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const VIETNAM = 7 * HOUR; // Asia/Ho_Chi_Minh: no summer time

const two = (number) => String(number).padStart(2, "0");

/** 10:42:07 in Vietnam, wherever the phone believes itself to be. */
export function clockTime(ms) {
  const day = new Date(ms + VIETNAM);
  return `${hourMinute(ms)}:${two(day.getUTCSeconds())}`;
}

/** 10:42 in Vietnam. */
export function hourMinute(ms) {
  const day = new Date(ms + VIETNAM);
  return `${day.getUTCHours()}:${two(day.getUTCMinutes())}`;
}

/** Whole seconds left, rounded up: 0 only when the time is really over. */
export function secondsLeft(ms) {
  return Math.max(0, Math.ceil(ms / SECOND));
}

/** 12:34, from one hour on 1:02:34. */
export function countdown(seconds) {
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)}:${rest}`;
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** The same as a duration that assistive technology reads as one: PT12M34S. */
export function isoDuration(seconds) {
  return `PT${Math.floor(seconds / 60)}M${seconds % 60}S`;
}

/**
 * The server's time. `tick` is a monotonic clock in ms (performance.now). A message that carries the
 * server's time `now` was written before it arrived and, where it answers a request, after that was
 * sent: this gives a lower and an upper bound for the offset. A tick that stood still while the
 * phone slept is mended by the next lower bound.
 */
export class ServerClock {
  constructor(tick) {
    this.tick = tick;
    this.offset = null;
  }

  get known() {
    return this.offset !== null;
  }

  sync(now, sentTick = null) {
    const low = now - this.tick();
    if (this.offset === null || this.offset < low) {
      this.offset = low;
    } else if (sentTick !== null) {
      this.offset = Math.min(this.offset, now - sentTick);
    }
  }

  now() {
    return this.tick() + this.offset;
  }
}
