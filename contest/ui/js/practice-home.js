// The first screen: what is due, by topic, how far one has come; also shown when a plan is done.

import { button, foreign, h } from "./dom.js";
import { columnChart, stackChart } from "./chart.js";

export function homeScreen(app, told) {
  const { t } = app;
  const done = told.t === "done";
  const due = told.again + told.new;
  const title = done ? t(told.session.mode === "today" ? "done.title" : "done.title.plan") : t("prac.title");
  const heading = h("h1", { tabindex: "-1" }, title);
  const start = (mode, topic = null) => () => app.send({ t: "start", mode, topic });
  const { answered, right } = told.session;
  const gaps = { n: answered, dung: right, sai: answered - right };
  const lines = [
    done && answered ? t("done.count", gaps) : null,
    due ? t("prac.today", { a: told.again, b: told.new }) : t("prac.today.none"),
    told.answered ? t("prac.answered", { n: told.answered, dung: told.right }) : null,
    t("prac.days", { n: told.days }),
    done ? t("done.stop") : null,
  ];
  const buttons = [
    due ? button({ class: "btn main", onclick: start("today") }, t("prac.begin")) : null,
    due ? null : button({ class: "btn main", onclick: start("more") }, t("prac.more")),
    told.wrong ? button({ class: "btn", onclick: start("wrong") }, t("prac.wrong", { n: told.wrong })) : null,
    done ? button({ class: "btn", onclick: () => app.send({ t: "home" }) }, t("prac.home")) : null,
  ];
  const el = h(
    "div",
    { class: "practice-home" },
    told.band ? h("p", { class: "band-sample" }, told.band) : null,
    heading,
    lines.filter(Boolean).map((line) => h("p", {}, line)),
    h("p", { class: "stack" }, buttons),
    topicList(app, told, start),
    coming(app, told),
    mock(app, told),
    keys(app),
    app.link ? h("p", { class: "back" }, h("a", { href: told.code }, t("prac.code"))) : null,
  );
  return { el, heading, title: t("prac.page", { muc: title, ten: told.title }) };
}

function topicList(app, told, start) {
  const { t } = app;
  const held = told.topics.reduce((sum, one) => sum + one.held, 0);
  const cards = told.topics.reduce((sum, one) => sum + one.cards, 0);
  const list = told.topics.map((one) =>
    h("li", {}, button({ class: "btn quiet", onclick: start("topic", one.id) }, t("prac.topic", { ten: one.title }))),
  );
  return h(
    "section",
    { "aria-labelledby": "theo-chu-de" },
    h("h2", { id: "theo-chu-de" }, t("prac.topics")),
    stackChart({
      id: "do-thi-chu-de",
      caption: t("prac.topics.caption"),
      finding: t("prac.topics.finding", { a: held, b: cards }),
      rows: told.topics.map((one) => ({ label: one.title, parts: [one.held, one.seen - one.held], of: one.cards })),
      legend: [t("prac.topics.held"), t("prac.topics.seen")],
      table: {
        summary: t("prac.table"),
        head: ["topic", "held", "seen", "all"].map((key) => t(`prac.topics.${key}`)),
        rows: told.topics.map((one) => [one.title, one.held, one.seen, one.cards]),
      },
    }),
    h("ul", { class: "links", role: "list" }, list),
  );
}

function coming(app, told) {
  const { t } = app;
  const sum = told.coming.reduce((all, one) => all + one.n, 0);
  const chart = sum
    ? columnChart({
        id: "do-thi-sap-toi",
        caption: t("prac.coming.caption"),
        finding: t("prac.coming.finding", { n: sum }),
        columns: told.coming.map((one) => ({ label: one.day, n: one.n })),
        table: {
          summary: t("prac.table"),
          head: [t("prac.coming.day"), t("prac.coming.cards")],
          rows: told.coming.map((one) => [one.day, one.n]),
        },
      })
    : h("p", { class: "hint" }, t("prac.coming.none"));
  return h(
    "section",
    { "aria-labelledby": "sap-toi" },
    h("h2", { id: "sap-toi" }, t("prac.coming")),
    chart,
  );
}

function mock(app, told) {
  const { t } = app;
  if (!told.mock || !app.link) return null;
  return h(
    "section",
    { "aria-labelledby": "thi-thu" },
    h("h2", { id: "thi-thu" }, t("prac.mock")),
    h("p", {}, t("prac.mock.why")),
    h("p", {}, h("a", { class: "btn", href: told.mock }, t("prac.mock"))),
  );
}

function keys(app) {
  const { t } = app;
  const box = h("input", { type: "checkbox", autocomplete: "off" });
  box.checked = app.keys;
  box.addEventListener("change", () => {
    app.keys = box.checked;
  });
  return h(
    "section",
    { "aria-labelledby": "phim-tat" },
    h("h2", { id: "phim-tat" }, t("prac.keys.title")),
    h("p", {}, t("prac.keys")),
    h("label", { class: "check" }, box, h("span", {}, t("prac.keys.on"))),
  );
}

/** Practice is closed, or off, or erased: said, and nothing else. */
export function closedScreen(app, told) {
  const { t } = app;
  const heading = h("h1", { tabindex: "-1" }, t("prac.title"));
  const again = button({ class: "btn", onclick: () => app.send({ t: "home" }) }, t("prac.retry"));
  const el = h("div", {}, heading, h("p", { class: "band info" }, foreign(told.text)), h("p", {}, again));
  return { el, heading, title: t("prac.title") };
}
