// The attempt is over: what the server has, what came too late, what stayed empty.

import { foreign, h } from "./dom.js";
import { kindOf } from "./kinds.js";
import { questionList } from "./texts.js";
import { clockTime } from "./time.js";

export function endScreen(app) {
  const { t, state } = app;
  const { ended } = state;
  const submitted = ended.how === "submit";
  const title = submitted ? t("submit.already", { gio: clockTime(ended.at) }) : t("end.time_up");
  const heading = h("h1", { tabindex: "-1" }, title);
  const body = h("div");
  const first = submitted ? null : t("time.up", { n: ended.received.length });

  function refresh() {
    const { received, late, empty } = state.outcome(app.unsettled().map((entry) => entry.key));
    const url = app.receiptUrl();
    const lines = [
      first,
      received.length ? t("end.received", { danh_sach: questionList(t, received) }) : null,
      late.length ? t("time.late", { danh_sach: questionList(t, late) }) : null,
      empty.length ? t("time.empty", { danh_sach: questionList(t, empty) }) : null,
    ];
    body.textContent = "";
    body.append(...lines.filter(Boolean).map((line) => h("p", {}, line)));
    const uncounted = state.stale.map((message) => staleLine(app, message));
    if (uncounted.length) {
      body.append(h("p", {}, t("pen.stale.ended", { n: uncounted.length })), h("ul", {}, uncounted));
    }
    if (url) {
      const target = app.link ? null : "_blank";
      body.append(h("p", {}, h("a", { class: "btn main", href: url, target }, t("end.receipt"))));
    }
  }

  refresh();
  return {
    el: h("div", { class: "end" }, heading, body),
    heading,
    alert: submitted ? null : `${title}. ${first}`,
    title: t("title.end", { trang_thai: title, ten: state.paper.title }),
    refresh,
  };
}

/** What an answer says, as nodes; null where it says nothing. */
export function answerWords(t, one, chosen) {
  const kind = kindOf(one);
  if (!kind.answered(one, chosen)) return null;
  const parts = kind.words(one, chosen, t);
  const shown = (part) =>
    part.of === undefined ? [foreign(part)] : [foreign(part.of), ": ", foreign(part.is)];
  return parts.flatMap((part, index) => [index ? "; " : null, ...shown(part)]);
}

/** Question and chosen words of a message, as a list item. */
export function staleLine(app, message, ...more) {
  const { t, state } = app;
  if (message.t === "predict") {
    return h("li", {}, `${t("nav.cell.predict")}: `, foreign(app.showNumber(message.text)), ...more);
  }
  const words = answerWords(t, state.question(message.q), message.chosen) || t("review.none");
  return h("li", {}, `${t("nav.cell", { k: message.q })}: `, words, ...more);
}
