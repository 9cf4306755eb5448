// Previous and next, at the thumb. From a question opened out of the review, back to it.

import { button, h, icon, replace, set } from "./dom.js";

export function actionBar(app) {
  const el = h("div", { class: "actions" });
  const { t } = app;

  function goButton(route, direction) {
    const name = label(app, route);
    const words = h("span", {}, name);
    const full = t(direction === "prev" ? "nav.prev" : "nav.next", { noi: lower(name) });
    return button(
      {
        class: direction === "next" ? "btn main" : "btn",
        "aria-label": full,
        onclick: () => app.go(route),
      },
      direction === "prev" ? [icon("prev"), words] : [words, icon("next")],
    );
  }

  const { previous, next } = app.neighbours();
  if (app.origin === "review") {
    replace(
      el,
      button({ class: "btn main wide", onclick: () => app.go({ name: "review" }) }, t("review.return")),
    );
  } else {
    replace(el, previous && goButton(previous, "prev"), next && goButton(next, "next"));
  }
  set(el, "data-count", String(el.children.length));
  return { el, update() {} };
}

function label(app, route) {
  if (route.name === "question") return app.t("nav.cell", { k: route.q });
  return app.t(route.name === "predict" ? "nav.cell.predict" : "nav.button.review");
}

/** The name inside a sentence. */
function lower(text) {
  return text.charAt(0).toLocaleLowerCase("vi") + text.slice(1);
}
