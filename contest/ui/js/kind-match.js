// Entries on the left, a select beside each with those on the right.

import { foreign, h, plain, set, setText } from "./dom.js";
import { ARROW_HOLD_MS, watchSelect } from "./controls.js";
import { slotted, withSlot } from "./slots.js";

const CUT = 24; // characters that a closed select shows on a phone

export const match = {
  ...slotted((one) => one.left, "q.missing.match"),
  words: (one, chosen, t) =>
    chosen.map((to, index) => ({
      of: one.left[index],
      is: to ? one.right[to - 1] : t("q.not_chosen"),
    })),
  describes: true,

  body(sheet) {
    const { one, t } = sheet;
    const rows = one.left.map((text, index) => pairing(sheet, text, index));
    const twice = h("p", { class: "hint", role: "status" });
    return {
      els: [h("ol", { class: "pairings", role: "list" }, rows.map((row) => row.el)), twice],
      clear: "q.clear",
      update() {
        const chosen = sheet.chosen();
        for (const row of rows) row.update(chosen);
        const again = chosen.findIndex((to, index) => to !== null && chosen.indexOf(to) < index);
        const first = chosen.indexOf(chosen[again]);
        setText(twice, again < 0 ? "" : t("q.match.twice", { a: first + 1, b: again + 1 }));
      },
    };
  },
};

function pairing(sheet, text, index) {
  const { one, t } = sheet;
  const id = `m${one.q}-${index + 1}`;
  const right = one.right.map(plain);
  const options = right.map((to, at) => h("option", { value: String(at + 1) }, to));
  const select = h(
    "select",
    { id, autocomplete: "off" },
    h("option", { value: "" }, t("q.match.pick")),
    options,
  );
  // What a closed select cuts off; the select itself says it aloud.
  const full = h("p", { class: "chosen-text", "aria-hidden": "true" });
  watchSelect(sheet, select, (value) => {
    const to = value === "" ? null : Number(value);
    sheet.put(withSlot(sheet.chosen(), index, to), { hold: ARROW_HOLD_MS });
  });

  function update(chosen) {
    options.forEach((option, at) => {
      const row = chosen.indexOf(at + 1);
      const taken = row >= 0 && row !== index && chosen[index] !== at + 1;
      setText(option, taken ? t("q.match.used", { muc: right[at], n: row + 1 }) : right[at]);
    });
    const value = chosen[index] === null ? "" : String(chosen[index]);
    if (select.value !== value) select.value = value;
    set(select, "aria-disabled", sheet.open ? null : "true");
    const words = value && right[chosen[index] - 1];
    full.hidden = !words || words.length <= CUT;
    setText(full, full.hidden ? "" : words);
  }

  const el = h(
    "li",
    { class: "pairing" },
    h("label", { for: id }, `${index + 1}. `, foreign(text)),
    h("div", {}, select, full),
  );
  return { el, update };
}
