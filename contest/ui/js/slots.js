// Answers with a place for each part: statements, rows, gaps.

const filled = (value) => value !== null && String(value).trim() !== "";

/** The answers of a kind whose parts are listed by `parts(one)`; `key` says how many lack. */
export function slotted(parts, key) {
  return {
    empty: (one) => parts(one).map(() => null),
    answered: (one, chosen) => chosen.some(filled),
    missing(one, chosen, t) {
      const n = parts(one).length - chosen.filter(filled).length;
      return n && n < parts(one).length ? t(key, { n }) : null;
    },
    tooLong: () => false,
  };
}

/** The same list with one place changed. */
export function withSlot(chosen, index, value) {
  return chosen.map((old, at) => (at === index ? value : old));
}
