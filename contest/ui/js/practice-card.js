// One question of practice: answered, then told at once what was right, why, and where it stands.

import { button, drawn, focusOn, foreign, h, headAndRest, hidden, icon, set, setText } from "./dom.js";
import { imageButton } from "./image.js";
import { kindOf } from "./kinds.js";

const SIGNS = { right: "ok", wrong: "close", partial: "close", empty: "ring", unanswered: "ring", missed: "here", open: "info" };
const TONES = { right: "ok", wrong: "bad", partial: "bad", unanswered: "bad", missed: "info", open: "info", empty: "quiet" };
const PICKS = /^[1-8]$/;

export function cardScreen(app, asked) {
  const { t } = app;
  const one = asked.question;
  const kind = kindOf(one);
  let chosen = kind.empty(one);
  let answer = null; // what the kernel said of the answer
  let waits = false; // an answer is under way
  let problem = null;
  const hintId = "h1";
  const errorId = "e1";
  const { head, rest } = headAndRest(one.stem);
  const heading = h("h1", { tabindex: "-1" }, foreign(head));
  const error = h("p", { id: errorId, class: "error", role: "alert" });
  const hint = h("p", { class: "band info", role: "status", hidden: true });

  const sheet = {
    app,
    one,
    t,
    hintId,
    errorId,
    get open() {
      return answer === null && !waits;
    },
    chosen: () => chosen,
    problem: () => problem,
    put(value) {
      if (!sheet.open) return;
      chosen = value;
      say(null);
      update();
    },
    flush() {},
    update,
  };
  const body = kind.body(sheet);
  const group = h(
    "fieldset",
    { class: `question kind-${one.kind}` },
    h("legend", {}, heading),
    rest && h("div", { class: "more", dir: "auto" }, drawn(rest)),
    imageButton(app, one.image),
    h("p", { id: hintId, class: "hint" }, one.hint),
    error,
    body.els,
  );
  if (kind.describes) set(group, "aria-describedby", hintId);
  const check = h("button", { type: "submit", class: "btn main" }, t("prac.check"));
  const skip = button({ class: "btn quiet", onclick: () => send(kind.empty(one)) }, t("prac.unknown"));
  const clue = button({ class: "btn", onclick: askHint }, t("prac.hint"));
  const tools = h("div", { class: "tools" }, check, clue, skip);
  const form = h(
    "form",
    { class: "q", autocomplete: "off", novalidate: true, onsubmit: submit },
    group,
    hint,
    tools,
  );
  const result = h("div", { class: "told" });
  const count = h("p", { class: "hint" }, t("prac.count", { n: asked.answered, con: asked.left }));
  const stop = button({ class: "btn quiet", onclick: () => app.send({ t: "home" }) }, t("prac.stop"));
  const el = h(
    "div",
    { class: "practice-card" },
    h("p", { class: "lead" }, foreign(t("prac.heading", { chu_de: asked.topic }))),
    form,
    result,
    count,
    h("p", {}, stop),
  );
  el.addEventListener("keydown", keys);
  update();

  function update() {
    body.update();
    tools.hidden = count.hidden = answer !== null;
  }

  function say(text) {
    problem = text;
    setText(error, text || "");
    set(group, "aria-invalid", text ? "true" : null);
  }

  function submit(event) {
    event.preventDefault();
    if (kind.answered(one, chosen)) send(chosen);
    else say(t("prac.empty"));
    body.update();
  }

  function send(value) {
    if (!sheet.open || kind.tooLong(one, value)) {
      if (sheet.open) say(t("refused.too_long"));
      return;
    }
    chosen = value;
    waits = app.send({ t: "answer", ask: asked.ask, chosen: value });
    if (!waits) say(t("prac.lost"));
    update();
  }

  function askHint() {
    if (sheet.open) app.send({ t: "hint", ask: asked.ask });
  }

  /** What the kernel says while this question is on the page. */
  function told(message) {
    if (message.ask && message.ask !== asked.ask) return;
    if (message.t === "hint") return showHint(message);
    if (message.t === "told") return showAnswer(message);
    waits = false;
    say(message.text);
    update();
  }

  function showHint({ text, remove }) {
    hint.hidden = false;
    setText(hint, text);
    set(clue, "aria-disabled", "true");
    for (const position of remove) {
      const label = form.querySelectorAll(".opt")[position - 1];
      const input = label.querySelector("input");
      input.disabled = true;
      label.classList.add("removed");
      label.append(h("span", { class: "hint" }, ` (${t("prac.removed")})`));
      if (input.checked) sheet.put(chosen.filter((one_) => one_ !== position));
    }
  }

  function showAnswer(message) {
    answer = message;
    waits = false;
    say(null);
    const rated = message.status === "open";
    const title = h(
      "h2",
      { tabindex: "-1", class: `tone-${TONES[message.status]}` },
      icon(SIGNS[message.status]),
      message.word,
    );
    const next = button({ class: "btn main", onclick: () => app.send({ t: "next" }) }, t("told.next"));
    const rate = (good) => () => app.send({ t: "rate", ask: asked.ask, good });
    const ends = rated
      ? [
          h("p", { id: "tu-cham" }, t("told.rate")),
          h(
            "div",
            { class: "tools", role: "group", "aria-labelledby": "tu-cham" },
            button({ class: "btn main", onclick: rate(true) }, t("told.rate.good")),
            button({ class: "btn", onclick: rate(false) }, t("told.rate.again")),
          ),
        ]
      : [message.comes ? h("p", {}, message.comes) : null, h("div", { class: "tools" }, next)];
    result.textContent = "";
    result.append(...[title, ...explanation(t, message), ...ends].filter(Boolean));
    update();
    focusOn(title);
    title.scrollIntoView({ block: "nearest" });
    app.announcer.moved();
  }

  function keys(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const { target } = event;
    if (event.key === "Enter" && answer && target.tagName === "H2") {
      event.preventDefault();
      if (answer.status !== "open") app.send({ t: "next" });
      return;
    }
    const typing = target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
    if (!app.keys || typing || !PICKS.test(event.key) || !sheet.open) return;
    if (pick(form, target, Number(event.key))) event.preventDefault();
  }

  return { el, heading, title: t("prac.heading", { chu_de: asked.topic }), update, told };
}

/** The option of that number, or right and wrong of the statement in which the focus is. */
function pick(form, target, number) {
  const statements = [...form.querySelectorAll(".statement")];
  const within = statements.find((one) => one.contains(target)) || statements[0] || form;
  const input = within.querySelectorAll(".opt input")[number - 1];
  if (!input || input.disabled) return false;
  input.focus();
  input.click();
  return true;
}

function explanation(t, message) {
  const why = message.why && [h("h3", {}, t("told.why")), h("div", { class: "more", dir: "auto" }, drawn(message.why))];
  const facts = message.facts.length && [
    h("h3", {}, t("told.fact")),
    ...message.facts.map((text) => h("p", {}, foreign(text))),
  ];
  const sources = message.sources.length && [
    h("h3", {}, t("told.source")),
    h("ul", { class: "source" }, message.sources.map((one) => h("li", {}, foreign(one.text), link(t, one)))),
  ];
  return [
    h("h3", {}, t("told.rows")),
    h("ul", { class: "marks", role: "list" }, message.rows.map((row) => mark(t, row))),
    ...(why || []),
    ...(facts || []),
    ...(sources || []),
    message.siblings ? h("p", { class: "hint" }, t("told.siblings", { n: message.siblings })) : null,
    message.hinted ? h("p", { class: "hint" }, t("told.hinted")) : null,
  ];
}

function link(t, { href, text }) {
  if (!href) return null;
  return [" ", h("a", { href, target: "_blank", rel: "noopener noreferrer" }, t("told.open_source"), hidden(`: ${text}`))];
}

/** One part of the answer: its sign and word, what was answered, what is right. */
function mark(t, row) {
  const line = (key, value) => h("span", { class: "line" }, `${t(key)}: `, foreign(value));
  return h(
    "li",
    { class: "mark", "data-sign": row.sign },
    row.label === null ? null : h("span", { class: "line" }, foreign(row.label)),
    h("strong", { class: `tone-${TONES[row.sign]}` }, icon(SIGNS[row.sign]), row.word),
    row.mine === null ? null : line("told.mine", row.mine),
    row.key === null ? null : line("told.key", row.key),
  );
}
