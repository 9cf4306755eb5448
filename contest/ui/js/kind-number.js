// A number to be typed: shown grouped and in words, never changed under the hands.

import { h, setText } from "./dom.js";
import { longer, markField, showField, TYPING_HOLD_MS, watchField } from "./controls.js";
import { formatNumber, numberWords, readTyped } from "./numbers.js";

const UNFINISHED_HOLD_MS = 10000; // "12," is probably not all yet

export const number = {
  empty: () => "",
  answered: (one, chosen) => chosen.trim() !== "",
  words: (one, chosen) => [`${chosen.trim()} ${unitBeside(one, chosen)}`.trim()],
  missing: () => null,
  typed: true,
  tooLong: (one, chosen) => longer(chosen, one.max),

  body(sheet) {
    const { one, t } = sheet;
    const id = `a${one.q}`;
    const input = h("input", {
      id,
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      spellcheck: "false",
    });
    const echo = h("output", { for: id, class: "echo" });
    const label = one.unit ? t("q.field.unit", { don_vi: one.unit }) : t("q.field");
    watchField(sheet, input, sheet.put, (text) =>
      !text.trim() || readTyped(text, one.unit) ? TYPING_HOLD_MS : UNFINISHED_HOLD_MS,
    );

    return {
      els: [
        h("label", { for: id }, label),
        h("div", { class: "with-unit" }, input, one.unit ? h("span", { "aria-hidden": "true" }, one.unit) : null),
        echo,
      ],
      update() {
        const text = sheet.chosen();
        showField(input, text);
        markField(sheet, input);
        const read = sheet.problem() ? null : readTyped(text, one.unit);
        const words = read && numberWords(read, t);
        setText(echo, words ? t("q.number.echo", { so: formatNumber(read), bang_chu: words }) : "");
      },
    };
  },
};

/** The unit, unless it was typed along. */
function unitBeside(one, chosen) {
  return one.unit && !/[^\d.,\s+-]/.test(chosen) ? one.unit : "";
}
