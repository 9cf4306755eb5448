// Queues of unsent answers in this browser's local storage: where they lie, and how they go.

const PREFIX = "timhieu.queue:";
const LATE = "late";

/** Names are `timhieu.queue:<start of the attempt>:<pen>`; `late` stands for what missed the end. */
export const shelfKey = (started, pen = LATE) => `${PREFIX}${started}:${pen}`;

/** Reading the property alone fails where a browser forbids storage. */
export function localStore(win, kind = "localStorage") {
  try {
    return win[kind];
  } catch {
    return null;
  }
}

/** In place of a storage that is forbidden or full: lasts as long as the page. */
export class Memory {
  constructor() {
    this.items = new Map();
  }

  get length() {
    return this.items.size;
  }

  key(n) {
    return [...this.items.keys()][n];
  }

  getItem(key) {
    return this.items.has(key) ? this.items.get(key) : null;
  }

  setItem(key, value) {
    this.items.set(key, value);
  }

  removeItem(key) {
    this.items.delete(key);
  }
}

/** All that lies there: {key, started, pen, ...what was put}. What can't be read is left out. */
export function onShelf(storage) {
  const found = [];
  try {
    for (let n = 0; n < storage.length; n += 1) {
      const key = storage.key(n);
      const [, started, pen] = /^timhieu\.queue:(\d+):(\w+)$/.exec(key) || [];
      const left = started && parsed(storage.getItem(key));
      if (left) found.push({ ...left, key, started: Number(started), pen: pen === LATE ? pen : Number(pen) });
    }
  } catch {
    return [];
  }
  return found.sort((a, b) => (a.pen === LATE) - (b.pen === LATE) || a.pen - b.pen);
}

/** Removes what `which` names; a storage that can't be read holds nothing. */
export function clearShelf(storage, which = () => true) {
  try {
    const keys = [];
    for (let n = 0; n < storage.length; n += 1) keys.push(storage.key(n));
    const ours = keys.filter((key) => key.startsWith(PREFIX) && which(Number(key.split(":")[1])));
    for (const key of ours) storage.removeItem(key);
  } catch {
    // Nothing can lie there.
  }
}

function parsed(text) {
  try {
    const left = JSON.parse(text);
    return left && typeof left === "object" && !Array.isArray(left) ? left : null;
  } catch {
    return null;
  }
}
