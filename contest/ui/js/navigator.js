// All questions at once: beside the question on wide screens, in a dialog on phones.

import { button, h, hidden, icon, replace, set, setText } from "./dom.js";
import { keyOf } from "./state.js";

const FILTERS = ["all", "empty", "flagged"];

/** {el, update}. `opens`: "side" or "dialog", which differ in headings only. */
export function navigator(app, { opens }) {
  const { t, state } = app;
  let filter = "all";
  const counts = h("p", { class: "counts" });
  const cells = [...state.questions.map((one) => one.q), ...(state.predicts ? ["p"] : [])].map((item) =>
    cell(app, item),
  );
  const list = h("ol", { class: "cells", role: "list" }, cells.map((one) => one.el));
  const nav = h("nav", { "aria-label": t("nav.title") }, list);
  const filters = FILTERS.map((name) =>
    button(
      {
        class: "btn small",
        onclick: () => {
          filter = name;
          update();
        },
      },
      t(`nav.filter.${name}`),
    ),
  );
  const el = h(
    "div",
    { class: "navigator" },
    opens === "side" ? h("h2", {}, t("nav.title")) : null,
    counts,
    nav,
    h("div", { class: "filters", role: "group", "aria-label": t("nav.filter") }, filters),
    button({ class: "btn wide to-review", onclick: () => app.go({ name: "review" }) }, t("nav.review")),
    legend(t),
    opens === "dialog" ? h("p", { class: "hint" }, t("nav.keys")) : null,
  );
  list.addEventListener("keydown", (event) => move(event, cells));

  function update() {
    const empty = state.unanswered().length;
    const gaps = { a: state.count - empty, b: empty, c: state.flagged().length };
    setText(counts, t("nav.counts", gaps));
    const pending = app.status.pending();
    for (const one of cells) one.update(pending, filter);
    filters.forEach((one, index) => set(one, "aria-pressed", String(FILTERS[index] === filter)));
  }

  update();
  return { el, update };
}

function cell(app, item) {
  const { t, state } = app;
  const predict = item === "p";
  const route = predict ? { name: "predict" } : { name: "question", q: item };
  const name = predict ? t("nav.cell.predict") : t("nav.cell", { k: item });
  const signs = h("span", { class: "signs" });
  const link = h(
    "a",
    {
      href: predict ? "#du-doan" : `#cau-${item}`,
      class: predict ? "cell cell-wide" : "cell",
      onclick: (event) => {
        event.preventDefault();
        app.go(route);
      },
    },
    h("span", { class: "number" }, predict ? name : String(item)),
    signs,
  );
  const el = h("li", { class: predict ? "full" : null }, link);
  let drawn = "";

  function update(pending, filter) {
    const key = predict ? keyOf.predict() : keyOf.answer(item);
    const done = predict ? state.predicted : state.answered(item);
    const flagged = !predict && state.flags.has(item);
    const { route: now } = app;
    const here = now && now.name === route.name && now.q === route.q;
    const facts = [
      done ? "answered" : "empty",
      flagged && "flagged",
      pending.has(String(item)) && "waiting",
      state.refused.has(key) && "refused",
      here && "here",
    ].filter(Boolean);
    el.hidden = (filter === "empty" && done) || (filter === "flagged" && !flagged);
    if (drawn === facts.join()) return;
    drawn = facts.join();
    set(link, "aria-label", [name, ...facts.map((fact) => t(`nav.${fact}`))].join(", "));
    set(link, "aria-current", here ? "step" : null);
    link.dataset.state = done ? "answered" : "empty";
    replace(signs, facts.map((fact) => icon(SIGNS[fact])));
  }

  return { el, link, update };
}

const SIGNS = { answered: "dot", empty: "ring", flagged: "flag", waiting: "wait", refused: "bad", here: "here" };

function legend(t) {
  return h(
    "ul",
    { class: "legend", role: "list" },
    ["answered", "empty", "flagged", "here", "waiting"].map((fact) =>
      h("li", {}, icon(SIGNS[fact]), t(`nav.${fact}`)),
    ),
  );
}

/** Arrows as an extra: by one, and by one row. */
function move(event, cells) {
  const links = cells.filter((one) => !one.el.hidden).map((one) => one.link);
  const here = links.indexOf(document.activeElement);
  if (here < 0) return;
  const top = links[0].offsetTop;
  const row = Math.max(1, links.filter((link) => link.offsetTop === top).length);
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row }[event.key];
  if (!step || !links[here + step]) return;
  event.preventDefault();
  links[here + step].focus();
}

export function navigatorDialog(app) {
  const { t } = app;
  const inner = navigator(app, { opens: "dialog" });
  const close = button({ class: "btn quiet close", onclick: () => el.close() }, icon("close"), hidden(t("nav.close")));
  const el = h(
    "dialog",
    { class: "dialog sheet", "aria-labelledby": "cac-cau" },
    h("div", { class: "dialog-head" }, h("h2", { id: "cac-cau" }, t("nav.title")), close),
    inner.el,
  );
  return { el, first: close, update: inner.update };
}
