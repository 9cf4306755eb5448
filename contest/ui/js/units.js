// Searching a list of units as people type: without tone marks, words in any order.

/** Without tone marks and case, d with a stroke as d, as `contest.units.fold` does it. */
export const fold = (text) => text.toLowerCase().replace(/\u0111/g, "d").normalize("NFD").replace(/\p{M}/gu, "");

const words = (text) => text.split(/\s+/).filter(Boolean);
const hasAll = (text, wanted) => wanted.every((word) => text.includes(word));

/**
 * The list that the server sends, made ready: [[id, name, place of its parent or -1], ...] ->
 * [{id, name, above, folded, ...}], in the same order.
 */
export function readUnits(rows) {
  return rows.map(([id, name, parent]) => {
    const folded = fold(name);
    return {
      id,
      name,
      above: parent < 0 ? "" : rows[parent][1],
      lower: name.toLowerCase(),
      folded,
      parts: new Set(words(folded)),
      place: parent,
    };
  });
}

/**
 * The units whose name holds all words of `query`; whole words go first, then the very marks.
 * Where there are none: those that hold them together with the unit above.
 */
export function search(units, query) {
  const wanted = words(fold(query));
  if (!wanted.length) return units;
  const found = units.filter((unit) => hasAll(unit.folded, wanted));
  if (!found.length) return units.filter((unit) => unit.place >= 0 && withParent(units, unit, wanted));
  const exact = words(query.toLowerCase().normalize("NFC"));
  const ranks = [[], [], [], []];
  for (const unit of found) {
    const part = wanted.every((word) => unit.parts.has(word)) ? 0 : 2;
    ranks[part + (hasAll(unit.lower, exact) ? 0 : 1)].push(unit);
  }
  return ranks.flat();
}

function withParent(units, unit, wanted) {
  const above = units[unit.place].folded;
  return wanted.some((word) => unit.folded.includes(word))
    && wanted.every((word) => unit.folded.includes(word) || above.includes(word));
}
