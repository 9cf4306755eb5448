// Statements, each right or wrong: a group of two radios for each.

import { foreign, h } from "./dom.js";
import { showChoices, watchChoices } from "./controls.js";
import { slotted, withSlot } from "./slots.js";

const SAID = [true, false];
const said = (t, value) => t(value === null ? "q.not_chosen" : value ? "q.true" : "q.false");

export const group = {
  ...slotted((one) => one.statements, "q.missing.group"),
  words: (one, chosen, t) => chosen.map((value, index) => ({ of: index + 1, is: said(t, value) })),
  describes: true,

  body(sheet) {
    const rows = sheet.one.statements.map((text, index) => statement(sheet, text, index));
    return {
      els: rows.map((row) => row.el),
      clear: "q.clear",
      update() {
        for (const row of rows) row.update();
      },
    };
  },
};

function statement(sheet, text, index) {
  const { one, t } = sheet;
  const inputs = SAID.map((value) =>
    h("input", {
      type: "radio",
      name: `c${one.q}-${index + 1}`,
      value: String(Number(value)),
      autocomplete: "off",
    }),
  );
  const el = h(
    "fieldset",
    { class: "statement" },
    h("legend", {}, `${index + 1}. `, foreign(text)),
    h(
      "div",
      { class: "options two" },
      SAID.map((value, at) => h("label", { class: "opt" }, inputs[at], h("span", {}, said(t, value)))),
    ),
  );
  watchChoices(sheet, el, inputs, (hold) => {
    const value = SAID[inputs.findIndex((input) => input.checked)];
    sheet.put(withSlot(sheet.chosen(), index, value), { hold });
  });
  return {
    el,
    update: () => showChoices(sheet, inputs, (_, at) => sheet.chosen()[index] === SAID[at]),
  };
}
