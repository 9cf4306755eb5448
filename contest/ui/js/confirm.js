// The question before handing in, and what follows when there is no network.

import { button, h, replace, setText } from "./dom.js";
import { questionList } from "./texts.js";
import { clockTime } from "./time.js";

export function confirmDialog(app) {
  const { t, state, ticker } = app;
  const left = h("p");
  const back = button({ class: "btn wide", onclick: () => el.close() }, t("submit.back"));
  const send = button({ class: "btn main wide", onclick: () => confirm() }, t("submit.button"));
  const title = h("h2", { id: "nop-bai", tabindex: "-1" }, t("submit.title"));
  const body = h("div", {}, left, h("p", {}, t("submit.confirm")), h("div", { class: "stack" }, back, send));
  const el = h("dialog", { class: "dialog", "aria-labelledby": "nop-bai" }, title, body);
  const dialog = { el, first: back, update };
  let sent = false;

  function confirm() {
    if (sent) return;
    sent = true;
    app.submit();
    if (state.submitting || !app.outbox.has("s")) el.close();
    else offline();
  }

  /** The submission waits for the network; so may the person. */
  function offline() {
    const gaps = { n: app.status.pending().size, gio: clockTime(state.deadline) };
    const wait = button({ class: "btn main wide", onclick: () => el.close() }, t("submit.wait"));
    setText(title, t("submit.offline.title"));
    replace(body, h("p", {}, t("submit.offline.body", gaps)), h("div", { class: "stack" }, wait));
    dialog.update = () => state.submitting && el.close();
    wait.focus();
  }

  function update() {
    const empty = state.unanswered();
    const seconds = ticker.seconds || 0;
    const gaps = { phut: Math.floor(seconds / 60), giay: seconds % 60 };
    const items = state.predicts && !state.predicted ? [...empty, "p"] : empty;
    const text = items.length
      ? t("submit.left", { ...gaps, n: items.length, danh_sach: questionList(t, items) })
      : t("submit.left.none", { ...gaps, n: state.count });
    setText(left, text);
  }

  update();
  return dialog;
}
