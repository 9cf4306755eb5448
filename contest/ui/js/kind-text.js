// A short answer in one line.

import { h } from "./dom.js";
import { longer, markField, showField, watchField } from "./controls.js";

export const text = {
  empty: () => "",
  answered: (one, chosen) => chosen.trim() !== "",
  words: (one, chosen) => [chosen.trim()],
  missing: () => null,
  typed: true,
  tooLong: (one, chosen) => longer(chosen, one.max),

  body(sheet) {
    const { one, t } = sheet;
    const id = `a${one.q}`;
    const input = h("input", {
      id,
      type: "text",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
    });
    watchField(sheet, input, sheet.put);
    return {
      els: [h("label", { for: id }, t("q.field")), input],
      update() {
        showField(input, sheet.chosen());
        markField(sheet, input);
      },
    };
  },
};
