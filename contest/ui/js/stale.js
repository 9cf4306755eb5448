// What was chosen on this page and isn't counted, because another page had the pen.

import { button, h, hidden, replace, set, setText } from "./dom.js";
import { staleLine } from "./ending.js";

export function staleBand(app) {
  const { t } = app;
  const title = h("summary");
  const list = h("ul");
  const again = button({ class: "btn", onclick: () => app.enterAgain(app.state.stale) }, t("pen.again.all"));
  const forget = button({ class: "btn quiet", onclick: () => app.forget() }, t("pen.forget"));
  const buttons = h("div", { class: "tools" }, again, forget);
  const el = h("details", { class: "band info stale", hidden: true }, title, list, buttons);
  let drawn = "";

  function update() {
    const { state } = app;
    const items = state.ended ? [] : app.uncounted();
    el.hidden = !items.length;
    const now = JSON.stringify([items, state.open]);
    if (now === drawn) return;
    drawn = now;
    setText(title, t("pen.stale", { n: items.length }));
    buttons.hidden = !state.open;
    again.hidden = items.length < 2;
    set(el, "open", state.open && items.length > 0 ? true : el.open);
    replace(list, items.map((message) => staleLine(app, message, state.open && [" ", oneButton(message)])));
  }

  function oneButton(message) {
    const which = message.t === "predict" ? t("list.predict") : t("list.question", { k: message.q });
    return button(
      { class: "btn small", onclick: () => app.enterAgain([message]) },
      t("pen.again"),
      hidden(` ${which}`),
    );
  }

  return { el, update };
}
