// Everything once more before it is final: what is missing first, then every question.

import { confirmDialog } from "./confirm.js";
import { button, foreign, h, hidden, icon, replace, set, setText } from "./dom.js";
import { answerWords } from "./ending.js";
import { kindOf } from "./kinds.js";
import { keyOf } from "./state.js";
import { clockTime } from "./time.js";

export function reviewScreen(app) {
  const { t, state } = app;
  const heading = h("h1", { tabindex: "-1" }, t("review.title"));
  const counts = h("p");
  const missing = h("div", { class: "band bad", hidden: true });
  const partial = h("div", { class: "band wait", hidden: true });
  const flagged = h("div", { class: "band quiet", hidden: true });
  const rows = state.questions.map((one) => questionRow(app, one));
  if (state.predicts) rows.push(predictionRow(app));
  const saved = h("p", { class: "hint" });
  const submit = button(
    { class: "btn main wide", onclick: () => state.open && app.view.openDialog(confirmDialog(app)) },
    t("submit.button"),
  );
  const { previous } = app.neighbours();
  let drawn = "";

  function update() {
    const empty = state.unanswered();
    const items = state.predicts && !state.predicted ? [...empty, "p"] : empty;
    const flags = state.flagged();
    const gaps = { a: state.count - empty.length, n: state.count };
    const done = state.predicted ? "review.counts.predicted" : "review.counts.unpredicted";
    setText(counts, t(state.predicts ? done : "review.counts", gaps));
    const parts = state.incomplete(t);
    const now = JSON.stringify([items, parts, flags]);
    if (now !== drawn) {
      fill(missing, "bad", t("review.missing", { n: items.length }), items);
      fill(partial, "info", t("review.partial", { n: parts.length }), parts);
      fill(flagged, "flag", t("review.flagged"), flags);
    }
    drawn = now;
    for (const row of rows) row.update();
    const pending = app.status.pending().size;
    setText(saved, pending ? t("review.not_sent", { n: pending }) : savedText());
    set(submit, "aria-disabled", state.open && !app.outbox.has(keyOf.submit()) ? null : "true");
  }

  function savedText() {
    return state.savedAt === null ? "" : t("review.all_saved", { gio: clockTime(state.savedAt) });
  }

  function fill(box, sign, title, items) {
    box.hidden = !items.length;
    const links = items.map((item) => h("li", {}, goLink(app, item, itemName(t, item))));
    replace(box, h("p", {}, icon(sign), h("strong", {}, title)), h("ul", { class: "links" }, links));
  }

  update();
  return {
    el: h(
      "div",
      { class: "review" },
      previous ? h("p", { class: "back" }, goLink(app, previous.q || "p", backName(t, previous), null)) : null,
      heading,
      counts,
      missing,
      flagged,
      partial,
      h("ol", { class: "rows", role: "list" }, rows.map((row) => row.el)),
      saved,
      h("p", {}, t("review.until")),
      submit,
    ),
    heading,
    title: t("title.review", { ten: state.paper.title }),
    update,
  };
}

const itemName = (t, item) => (item === "p" ? t("nav.cell.predict") : t("nav.cell", { k: item }));

function backName(t, route) {
  return route.q ? t("review.back", { k: route.q }) : t("review.back.predict");
}

/** A link to a screen; from here the way leads back here (unless `origin` is null). */
function goLink(app, item, text, origin = "review", more = null) {
  const route = item === "p" ? { name: "predict" } : { name: "question", q: item };
  return h(
    "a",
    {
      href: item === "p" ? "#du-doan" : `#cau-${item}`,
      onclick: (event) => {
        event.preventDefault();
        app.go(route, origin);
      },
    },
    origin === null ? icon("prev") : null,
    text,
    more,
  );
}

/** One row: which question, what is chosen in words, and the way to it. */
function row(app, item, content) {
  const { t } = app;
  const what = h("span", { class: "what" });
  const go = h("span", { class: "go" });
  let drawn = null;

  function update() {
    const { facts, words, problem, note } = content();
    const now = JSON.stringify([facts, problem, note]);
    if (now === drawn) return;
    drawn = now;
    const done = words !== null;
    replace(
      what,
      problem ? h("span", { class: "tone-bad" }, icon("bad"), problem, " ") : null,
      done ? words : [icon("ring"), t("review.none")],
      note ? h("span", { class: "note tone-wait" }, icon("info"), note) : null,
    );
    const verb = t(done ? "review.edit" : "review.answer");
    replace(go, goLink(app, item, verb, "review", hidden(` ${listName(t, item)}`)));
  }

  return {
    el: h("li", { class: "row" }, h("span", { class: "which" }, itemName(t, item)), what, go),
    update,
  };
}

const listName = (t, item) => (item === "p" ? t("list.predict") : t("list.question", { k: item }));

function questionRow(app, one) {
  const { t, state } = app;
  return row(app, one.q, () => {
    const refused = state.refused.has(keyOf.answer(one.q));
    const chosen = state.chosen(one.q);
    return {
      facts: chosen,
      words: answerWords(t, one, chosen),
      problem: refused ? t("nav.refused") : null,
      note: kindOf(one).missing(one, chosen, t),
    };
  });
}

function predictionRow(app) {
  const { t, state } = app;
  const { unit } = state.paper.prediction;
  return row(app, "p", () => {
    const bad = state.typedBad || state.refused.has("p");
    const text = state.typed.trim();
    const words = text ? [foreign(bad ? text : `${app.showNumber(text)} ${unit}`)] : null;
    return { facts: [text, bad], words, problem: bad ? t("nav.refused") : null, note: null };
  });
}
