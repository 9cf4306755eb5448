// One question: fieldset, legend, real radios or checkboxes, nothing chosen for the person.

import { button, foreign, h, hidden, icon, set, setText } from "./dom.js";
import { imageButton } from "./image.js";
import { actionBar } from "./actions.js";
import { keyOf } from "./state.js";

const ARROW_HOLD_MS = 400; // arrows pass over options: only the one stayed on is sent
const SAY_MS = 1000;
const ARROWS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

export function questionScreen(app, q) {
  const { t, state } = app;
  const one = state.question(q);
  const heading = h("h1", { tabindex: "-1" }, t("q.label", { k: q }), " ", foreign(one.stem));
  const hint = h("p", { id: `h${q}`, class: "hint" }, one.hint);
  const error = h("p", { id: `e${q}`, class: "error", hidden: true });
  let byArrow = false;
  let saying = null;

  const inputs = one.options.map((_, index) =>
    h("input", {
      type: one.many ? "checkbox" : "radio",
      name: `c${q}`,
      value: String(index + 1),
      "aria-describedby": `h${q}`,
      autocomplete: "off",
    }),
  );
  const group = h(
    "fieldset",
    { class: "question" },
    h("legend", {}, heading),
    imageButton(app, one.image),
    hint,
    error,
    h(
      "div",
      { class: "options" },
      one.options.map((text, index) => h("label", { class: "opt" }, inputs[index], foreign(text))),
    ),
  );
  const clear = button(
    { class: "btn quiet", onclick: () => choose([]) },
    t("q.clear"),
    hidden(t("of.question", { k: q })),
  );
  const flag = button(
    { class: "btn flag", onclick: () => setFlag() },
    icon("flag"),
    t("q.flag"),
  );
  const form = h(
    "form",
    { class: "q", autocomplete: "off", novalidate: true, onsubmit: (event) => event.preventDefault() },
    group,
    h("div", { class: "tools" }, clear, flag),
  );

  function shown() {
    return inputs.filter((input) => input.checked).map((input) => Number(input.value));
  }

  function choose(chosen, hold = 0) {
    if (!chosen.length && !state.chosen(q).length) return;
    if (app.change({ t: "answer", q, chosen }, { hold })) update();
  }

  function setFlag() {
    if (app.change({ t: "flag", q, on: !state.flags.has(q) })) update();
  }

  group.addEventListener("keydown", (event) => {
    byArrow = ARROWS.includes(event.key) && event.target.type === "radio";
    if (!state.open && (byArrow || event.key === " ") && inputs.includes(event.target)) {
      event.preventDefault();
    }
  });
  group.addEventListener("pointerdown", () => {
    byArrow = false;
  });
  group.addEventListener("click", (event) => {
    if (!state.open && inputs.includes(event.target)) event.preventDefault();
  });
  group.addEventListener("change", () => {
    const chosen = shown();
    choose(chosen, byArrow && !one.many ? ARROW_HOLD_MS : 0);
    if (!chosen.length) update();
    if (one.many) sayCount(chosen.length);
  });

  function sayCount(n) {
    app.cancel(saying);
    saying = app.after(SAY_MS, () => app.announcer.say(t("q.chosen", { n })));
  }

  function update() {
    const chosen = state.chosen(q);
    inputs.forEach((input) => {
      const on = chosen.includes(Number(input.value));
      if (input.checked !== on) input.checked = on;
      set(input, "aria-disabled", state.open ? null : "true");
    });
    set(clear, "aria-disabled", state.open && chosen.length ? null : "true");
    set(flag, "aria-disabled", state.open ? null : "true");
    set(flag, "aria-pressed", state.flags.has(q) ? "true" : "false");
    const refusal = state.refused.get(keyOf.answer(q));
    error.hidden = !refusal;
    setText(error, refusal || "");
    set(group, "aria-describedby", refusal ? `e${q}` : null);
    bar.update();
  }

  const bar = actionBar(app);
  update();
  return {
    el: h("div", {}, form, bar.el),
    heading,
    title: t("title.question", { k: q, n: state.count, ten: state.paper.title }),
    update,
  };
}
