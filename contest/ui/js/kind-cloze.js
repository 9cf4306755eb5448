// A text with gaps in it; some are typed, some have options.

import { foreign, h, set } from "./dom.js";
import { ARROW_HOLD_MS, longer, markField, showField, watchField, watchSelect } from "./controls.js";
import { slotted, withSlot } from "./slots.js";

export const cloze = {
  ...slotted((one) => one.gaps, "q.missing.cloze"),
  words: (one, chosen, t) =>
    chosen.map((value, index) => ({ of: index + 1, is: gapWords(one.gaps[index], value, t) })),
  typed: true,
  tooLong: (one, chosen) => chosen.some((value) => typeof value === "string" && longer(value, one.max)),
  describes: true,

  body(sheet) {
    const { one } = sheet;
    const gaps = one.gaps.map((options, index) => gap(sheet, options, index));
    const running = one.pieces.flatMap((piece, index) => [
      index ? gaps[index - 1].el : null,
      piece ? foreign(piece) : null,
    ]);
    return {
      els: [h("div", { class: "cloze" }, running)],
      clear: "q.clear.text",
      update() {
        gaps.forEach((one_) => one_.update());
      },
    };
  },
};

function gapWords(options, value, t) {
  if (value === null || String(value).trim() === "") return t("q.not_filled");
  return options ? options[value - 1] : value.trim();
}

function gap(sheet, options, index) {
  const { one, t } = sheet;
  const put = (value, how) => sheet.put(withSlot(sheet.chosen(), index, value), how);
  const name = t("q.gap", { k: index + 1, n: one.gaps.length });
  const shared = { "aria-label": name, autocomplete: "off" };
  let field;
  if (options) {
    const entries = options.map((text, at) => h("option", { value: String(at + 1) }, text));
    field = h("select", shared, h("option", { value: "" }, t("q.match.pick")), entries);
    watchSelect(sheet, field, (value) =>
      put(value === "" ? null : Number(value), { hold: ARROW_HOLD_MS }),
    );
  } else {
    field = h("input", { ...shared, type: "text", autocapitalize: "none", spellcheck: "false" });
    watchField(sheet, field, put);
  }

  function update() {
    const value = sheet.chosen()[index];
    const shown = value === null ? "" : String(value);
    if (!options) {
      showField(field, shown);
      markField(sheet, field, []);
      return;
    }
    if (field.value !== shown) field.value = shown;
    set(field, "aria-disabled", sheet.open ? null : "true");
  }

  const number = h("span", { class: "gap-number", "aria-hidden": "true" }, `(${index + 1})`);
  return { el: h("span", { class: "gap" }, number, field), update };
}
