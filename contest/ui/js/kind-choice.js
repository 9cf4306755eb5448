// Options to choose from: real radios or checkboxes, nothing chosen for the person.

import { foreign, h } from "./dom.js";
import { showChoices, watchChoices } from "./controls.js";

const SAY_MS = 1000;

export const choice = {
  empty: () => [],
  answered: (one, chosen) => chosen.length > 0,
  words: (one, chosen) => chosen.map((position) => one.options[position - 1]),
  missing: () => null,
  tooLong: () => false,

  body(sheet) {
    const { app, one, t } = sheet;
    let saying = null;
    const inputs = one.options.map((_, index) =>
      h("input", {
        type: one.many ? "checkbox" : "radio",
        name: `c${one.q}`,
        value: String(index + 1),
        "aria-describedby": sheet.hintId,
        autocomplete: "off",
      }),
    );
    const box = h(
      "div",
      { class: "options" },
      one.options.map((text, index) => h("label", { class: "opt" }, inputs[index], foreign(text))),
    );

    watchChoices(sheet, box, inputs, (hold) => {
      const chosen = inputs.filter((input) => input.checked).map((input) => Number(input.value));
      sheet.put(chosen, { hold: one.many ? 0 : hold });
      if (one.many) sayCount(chosen.length);
    });

    function sayCount(n) {
      app.cancel(saying);
      saying = app.after(SAY_MS, () => app.announcer.say(t("q.chosen", { n })));
    }

    return {
      els: [box],
      clear: "q.clear",
      update() {
        const chosen = sheet.chosen();
        showChoices(sheet, inputs, (input) => chosen.includes(Number(input.value)));
      },
    };
  },
};
