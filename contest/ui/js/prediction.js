// The number that breaks ties: typed as people type it, shown grouped and in words.

import { actionBar } from "./actions.js";
import { foreign, h, set, setText } from "./dom.js";

const PAUSE_MS = 1000;

export function predictionScreen(app) {
  const { t, state } = app;
  const { label, hint, unit, decimals } = state.paper.prediction;
  const heading = h("h1", { tabindex: "-1" }, t("predict.title"), " ", foreign(label));
  const error = h("p", { id: "dd-loi", class: "error", hidden: true });
  const input = h("input", {
    id: "dd",
    type: "text",
    inputmode: decimals > 0 ? "decimal" : "numeric",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "dd-goi-y",
    oninput: () => {
      app.cancel(pausing);
      pausing = app.after(PAUSE_MS, () => take({ final: false }));
    },
    onblur: () => take({ final: true }),
  });
  const echo = h("output", { for: "dd", class: "echo" });
  let pausing = null;

  /** Takes over what is typed. Mistakes are shown when the field is left, not while typing. */
  function take({ final }) {
    app.cancel(pausing);
    const text = input.value;
    if (!state.open) return;
    const number = text.trim() === "" ? null : app.readNumber(text);
    const bad = text.trim() !== "" && number === null;
    if (!bad) {
      state.typedBad = null;
      send(text);
      if (final && number) input.value = app.showNumber(text);
    } else if (final) {
      state.typedBad = decimals > 0 ? "q.number.decimal" : "q.number.whole";
      state.typed = text;
    }
    update();
  }

  function send(text) {
    const before = state.contentOf("p").text;
    const same = app.showNumber(text) === app.showNumber(before) || (!text.trim() && !before);
    const refused = state.refused.has("p");
    if (same && !refused) return;
    if (!text.trim() && !state.kept.has("p") && !app.outbox.has("p")) {
      state.typed = "";
      return;
    }
    app.change({ t: "predict", text: text.trim() === "" ? "" : text });
  }

  function update() {
    const text = state.typed.trim();
    const problem = state.typedBad ? t(state.typedBad, { n: decimals }) : state.refused.get("p");
    const kept = state.kept.get("p");
    const note = problem && kept ? ` ${t("predict.kept", { so: app.showNumber(kept) })}` : "";
    error.hidden = !problem;
    setText(error, problem ? problem + note : "");
    set(input, "aria-invalid", problem ? "true" : null);
    set(input, "aria-describedby", problem ? "dd-loi dd-goi-y" : "dd-goi-y");
    input.readOnly = !state.open;
    const words = text && !problem ? app.numberWords(text) : null;
    const gaps = { so: app.showNumber(text), bang_chu: words };
    setText(echo, words ? t("q.number.echo", gaps) : "");
  }

  function refresh() {
    if (document.activeElement === input) return;
    input.value = state.typedBad ? state.typed : app.showNumber(state.typed);
    update();
  }

  refresh();
  return {
    el: h(
      "div",
      {},
      h(
        "form",
        { class: "q", autocomplete: "off", novalidate: true, onsubmit: (event) => event.preventDefault() },
        heading,
        h("p", { id: "dd-goi-y", class: "hint" }, hint),
        h("label", { for: "dd" }, t("predict.field", { don_vi: unit })),
        error,
        h("div", { class: "with-unit" }, input, h("span", { "aria-hidden": "true" }, unit)),
        echo,
      ),
      actionBar(app).el,
    ),
    heading,
    title: t("title.predict", { ten: state.paper.title }),
    update,
    refresh,
    commit: () => take({ final: true }),
  };
}
