// One question: fieldset, legend, and what its kind answers with; nothing chosen for the person.

import { actionBar } from "./actions.js";
import { button, drawn, foreign, h, headAndRest, hidden, icon, set, setText } from "./dom.js";
import { imageButton } from "./image.js";
import { kindOf } from "./kinds.js";
import { keyOf } from "./state.js";

export function questionScreen(app, q) {
  const { t, state } = app;
  const one = state.question(q);
  const kind = kindOf(one);
  const hintId = `h${q}`;
  const errorId = `e${q}`;
  const moreId = `s${q}`;
  const { head, rest } = headAndRest(one.stem);
  const heading = h("h1", { tabindex: "-1" }, t("q.label", { k: q }), " ", foreign(head));
  const more = rest && h("div", { id: moreId, class: "more", dir: "auto" }, drawn(rest));
  const hint = h("p", { id: hintId, class: "hint" }, one.hint);
  const error = h("p", { id: errorId, class: "error", hidden: true });

  /** What the body of a kind may know and do. */
  const sheet = {
    app,
    one,
    t,
    hintId,
    errorId,
    get open() {
      return state.open;
    },
    chosen: () => state.chosen(q),
    problem: () => state.refused.get(keyOf.answer(q)) || null,
    put,
    flush: () => app.outbox.flush(),
    update,
  };

  function put(chosen, options) {
    const nothing = !kind.answered(one, chosen) && !kind.answered(one, state.chosen(q));
    if (!nothing) app.change({ t: "answer", q, chosen }, options);
    update();
  }

  const body = kind.body(sheet);
  const group = h(
    "fieldset",
    { class: `question kind-${one.kind}` },
    h("legend", {}, heading),
    more,
    imageButton(app, one.image),
    hint,
    error,
    body.els,
  );
  const clear = body.clear
    ? button(
        { class: "btn quiet", onclick: () => put(kind.empty(one)) },
        t(body.clear),
        hidden(t("of.question", { k: q })),
      )
    : h("span");
  const flag = button(
    {
      class: "btn flag",
      onclick: () => app.change({ t: "flag", q, on: !state.flags.has(q) }) && update(),
    },
    icon("flag"),
    t("q.flag"),
  );
  const form = h(
    "form",
    { class: "q", autocomplete: "off", novalidate: true, onsubmit: (event) => event.preventDefault() },
    group,
    h("div", { class: "tools" }, clear, flag),
  );

  function update() {
    body.update();
    if (body.clear) {
      const clearable = state.open && kind.answered(one, state.chosen(q));
      set(clear, "aria-disabled", clearable ? null : "true");
    }
    set(flag, "aria-disabled", state.open ? null : "true");
    set(flag, "aria-pressed", state.flags.has(q) ? "true" : "false");
    const refusal = sheet.problem();
    error.hidden = !refusal;
    setText(error, refusal || "");
    const described = [refusal && errorId, rest && moreId, kind.describes && hintId];
    set(group, "aria-describedby", described.filter(Boolean).join(" ") || null);
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
