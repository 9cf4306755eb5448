// A picture in a question: a button that shows it large.

import { button, h, hidden, icon, setText } from "./dom.js";

const ZOOMS = [100, 150, 200, 300, 400];
const SAFE = /^(data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]|\/(?!\/)|(?![a-z][a-z0-9+.-]*:|\/))/i;

/** `image` is null or {src, alt}; only pictures of this site or in the message itself. */
export function imageButton(app, image) {
  if (!image || !SAFE.test(image.src)) return null;
  const picture = h("img", { src: image.src, alt: image.alt, ...sizes(image) });
  return button(
    { class: "picture", onclick: () => app.view.openDialog(imageDialog(app, image)) },
    picture,
    hidden(app.t("image.open")),
  );
}

/** Room is kept before the picture is there, so that nothing jumps. */
function sizes({ width, height }) {
  return width > 0 && height > 0 ? { width, height } : {};
}

function imageDialog(app, image) {
  const { t } = app;
  let zoom = 0;
  const picture = h("img", { src: image.src, alt: image.alt, class: "zoom-0", ...sizes(image) });
  const level = h("p", { role: "status" });
  const close = button({ class: "btn quiet close", onclick: () => el.close() }, icon("close"), hidden(t("nav.close")));
  const less = button({ class: "btn", onclick: () => change(-1) }, t("image.smaller"));
  const more = button({ class: "btn", onclick: () => change(1) }, t("image.larger"));
  const el = h(
    "dialog",
    { class: "dialog sheet", "aria-labelledby": "hinh" },
    h("div", { class: "dialog-head" }, h("h2", { id: "hinh" }, t("image.title")), close),
    h("div", { class: "tools" }, less, more, level),
    h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": image.alt }, picture),
  );
  el.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") change(1);
    else if (event.key === "-") change(-1);
  });

  function change(step) {
    zoom = Math.min(ZOOMS.length - 1, Math.max(0, zoom + step));
    picture.className = `zoom-${zoom}`;
    setText(level, t("image.zoom", { phan_tram: ZOOMS[zoom] }));
  }

  change(0);
  return { el, first: close };
}
