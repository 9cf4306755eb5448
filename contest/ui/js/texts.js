// Sentences come from the server, by key, with gaps in braces. This page holds none of its own.

/** Makes the function that looks a sentence up. A missing key shows itself. */
export function makeTexts(map) {
  return (key, gaps = {}) => {
    const text = Object.prototype.hasOwnProperty.call(map, key) ? String(map[key]) : key;
    return text.replace(/\{(\w+)\}/g, (gap, name) => (name in gaps ? String(gaps[name]) : gap));
  };
}

/** A list in words: questions by number, the prediction as "p". A number stays with its word. */
export function questionList(t, items) {
  const question = (k) => t("list.question", { k }).replace(/ /g, "\u00a0");
  return items
    .map((item) => (item === "p" ? t("list.predict") : question(item)))
    .join(", ");
}
