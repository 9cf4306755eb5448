// Sentences come from the server, by key, with gaps in braces. This page holds none of its own.

/** Makes the function that looks a sentence up. A missing key shows itself. */
export function makeTexts(map) {
  return (key, gaps = {}) => {
    const text = Object.prototype.hasOwnProperty.call(map, key) ? String(map[key]) : key;
    return text.replace(/\{(\w+)\}/g, (gap, name) => (name in gaps ? String(gaps[name]) : gap));
  };
}

/** A list in words: questions by number, the prediction as "p". */
export function questionList(t, items) {
  return items
    .map((item) => (item === "p" ? t("list.predict") : t("list.question", { k: item })))
    .join(", ");
}
