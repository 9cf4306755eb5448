// Searching a list of units as people type: without tone marks, words in any order.

/** Without tone marks and case, d with a stroke as d, as `contest.units.fold` does it. */
export const fold = (text) => text.toLowerCase().replace(/\u0111/g, "d").normalize("NFD").replace(/\p{M}/gu, "");

const words = (text) => text.split(/\s+/).filter(Boolean);

function hasAll(text, wanted) {
  for (const word of wanted) if (!text.includes(word)) return false;
  return true;
}

/** `change` for thousands of names in one go: one by one takes longer. */
const changed = (names, change) => change(names.join("\n")).split("\n");

/**
 * The list that the server sends, made ready: [[id, name, place of its parent or -1], ...] ->
 * [{id, name, above, folded, ...}], in the same order. `folded` has a blank around each word.
 */
export function readUnits(rows) {
  const names = rows.map(([, name]) => words(name).join(" "));
  const folded = changed(names, fold);
  const lower = changed(names, (text) => text.toLowerCase());
  return rows.map(([id, name, place], n) => ({
    id,
    name,
    above: place < 0 ? "" : rows[place][1],
    folded: ` ${folded[n]} `,
    lower: lower[n],
    place,
  }));
}

/**
 * The units whose name holds all words of `query`; whole words go first, then the very marks.
 * Where there are none: those that hold them together with the unit above.
 */
export const search = (units, query) => new Search(units).find(query);

/** A search that goes on: what more letters find is among what was found before them. */
export class Search {
  constructor(units) {
    this.units = units;
    this.last = "";
    this.held = units;
  }

  /** What `search` finds. */
  find(query) {
    const folded = fold(query);
    const wanted = words(folded);
    if (!wanted.length) return this.units;
    const among = folded.startsWith(this.last) ? this.held : this.units;
    this.last = folded;
    this.held = among.filter((unit) => hasAll(unit.folded, wanted));
    return this.held.length ? ranked(this.held, query, wanted) : withParents(this.units, wanted);
  }
}

function ranked(found, query, wanted) {
  const exact = words(query.toLowerCase().normalize("NFC"));
  const whole = wanted.map((word) => ` ${word} `);
  const ranks = [[], [], [], []];
  for (const unit of found) {
    const part = hasAll(unit.folded, whole) ? 0 : 2;
    ranks[part + (hasAll(unit.lower, exact) ? 0 : 1)].push(unit);
  }
  return ranks.flat();
}

function withParents(units, wanted) {
  const rests = new Map(); // by the unit above: the words that it doesn't hold
  return units.filter(({ folded, place }) => {
    if (place < 0) return false;
    let rest = rests.get(place);
    if (!rest) rests.set(place, rest = wanted.filter((word) => !units[place].folded.includes(word)));
    return rest.length ? hasAll(folded, rest) : wanted.some((word) => folded.includes(word));
  });
}
