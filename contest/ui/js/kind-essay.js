// A longer text, with its words counted.

import { h, set, setText } from "./dom.js";
import { longer, markField, showField, watchField } from "./controls.js";

const NEAR = 20; // words left from which the count is said aloud
const ESSAY_HOLD_MS = 2000;
const SHOWN = 120; // characters of it in the review

/** Words as Vietnamese counts them: what stands between spaces. */
export function countWords(text) {
  return (text.match(/\S+/g) || []).length;
}

export const essay = {
  empty: () => "",
  answered: (one, chosen) => chosen.trim() !== "",
  words(one, chosen) {
    const text = chosen.trim().replace(/\s+/g, " ");
    const cut = [...text].slice(0, SHOWN).join("");
    return [cut === text ? text : `${cut}\u2026`];
  },
  missing(one, chosen, t) {
    const n = countWords(chosen);
    if (n && one.min_words && n < one.min_words) return t("q.words.under", { n: one.min_words - n });
    if (one.max_words && n > one.max_words) return t("q.words.more", { n: n - one.max_words });
    return null;
  },
  typed: true,
  tooLong: (one, chosen) => longer(chosen, one.max),

  body(sheet) {
    const { app, one, t } = sheet;
    const id = `a${one.q}`;
    const countId = `d${one.q}`;
    const field = h("textarea", { id, rows: "10", autocomplete: "off" });
    const count = h("p", { id: countId, class: "hint words" });
    let level = standing();
    watchField(sheet, field, sheet.put, () => ESSAY_HOLD_MS);

    /** Where the count stands against the limit: nothing said below, and once at each step. */
    function standing() {
      const left = one.max_words ? one.max_words - countWords(sheet.chosen()) : Infinity;
      return left < 0 ? 3 : left === 0 ? 2 : left <= NEAR ? 1 : 0;
    }

    function say() {
      const before = level;
      level = standing();
      if (level <= before) return;
      const n = Math.abs(one.max_words - countWords(sheet.chosen()));
      const key = ["", "q.words.left", "q.words.full", "q.words.over"][level];
      app.announcer.say(t(key, { n, m: one.max_words }));
    }

    function counted() {
      const n = countWords(sheet.chosen());
      const over = one.max_words && n > one.max_words;
      if (over) return t("q.words.over", { n: n - one.max_words, m: one.max_words });
      return [t("q.words", { n }), essay.missing(one, sheet.chosen(), t)].filter(Boolean).join(" \u00b7 ");
    }

    return {
      els: [h("label", { for: id }, t("q.field")), field, count],
      update() {
        showField(field, sheet.chosen());
        markField(sheet, field, [sheet.hintId, countId]);
        setText(count, counted());
        set(count, "class", standing() === 3 ? "hint words tone-wait" : "hint words");
        say();
      },
    };
  },
};
