// Items in a list that buttons move up and down. The order given is nobody's answer.

import { button, foreign, h, hidden, icon, plain, set, setText } from "./dom.js";

const given = (one) => one.items.map((_, index) => index + 1);

export const order = {
  empty: () => [],
  answered: (one, chosen) => chosen.length > 0,
  words: (one, chosen) =>
    chosen.map((position, index) => ({ of: index + 1, is: one.items[position - 1] })),
  missing: () => null,
  tooLong: () => false,
  describes: true,

  body(sheet) {
    const { app, one, t } = sheet;
    const rows = one.items.map((text, index) => item(sheet, text, index + 1, move));
    const list = h("ol", { class: "items" }, rows.map((row) => row.el));
    const state = h("p", { class: "hint", id: `o${one.q}` });
    const keep = button({ class: "btn wide", onclick: () => put(now(), "kept") }, t("q.order.keep"));
    dragging(list, rows, { open: () => sheet.open, now, put, sayPlace });

    function now() {
      return sheet.chosen().length ? sheet.chosen() : given(one);
    }

    function put(positions, said) {
      if (!sheet.open || (said === "kept" && sheet.chosen().length)) return;
      sheet.put(positions);
      if (said === "kept") app.announcer.say(t("q.order.done"));
    }

    /** By one place up (-1) or down (1). */
    function move(position, step) {
      const positions = now();
      const from = positions.indexOf(position);
      if (!sheet.open || from + step < 0 || from + step >= positions.length) return;
      put(moved(positions, from, from + step));
      sayPlace(position);
    }

    function sayPlace(position) {
      const gaps = { muc: plain(one.items[position - 1]), k: now().indexOf(position) + 1, n: rows.length };
      app.announcer.say(t("q.order.place", gaps));
    }

    return {
      els: [list, state, keep],
      clear: "q.order.reset",
      update() {
        const answered = sheet.chosen().length > 0;
        arrange(list, now().map((position) => rows[position - 1].el));
        now().forEach((position, at) => rows[position - 1].update(at, rows.length));
        setText(state, t(answered ? "q.order.done" : "q.order.open"));
        set(keep, "aria-disabled", sheet.open && !answered ? null : "true");
        set(list, "data-state", answered ? "answered" : "empty");
      },
    };
  },
};

function moved(positions, from, to) {
  const rest = positions.filter((_, at) => at !== from);
  return [...rest.slice(0, to), positions[from], ...rest.slice(to)];
}

/** Puts elements into an order; the one that holds the focus stays, the others go around it. */
function arrange(list, elements) {
  if (elements.every((el, at) => list.children[at] === el)) return;
  const still = elements.find((el) => el.contains(document.activeElement)) || null;
  let before = still;
  for (const el of elements) {
    if (el === still) before = null;
    else list.insertBefore(el, before);
  }
}

function item(sheet, text, position, move) {
  const { app, t } = sheet;
  const mouse = app.env.window.matchMedia("(hover: hover) and (pointer: fine)").matches;
  const arrow = (step, name, sign) =>
    button(
      { class: "btn move", onclick: () => move(position, step) },
      icon(sign),
      hidden(t(name, { muc: plain(text) })),
    );
  const up = arrow(-1, "q.order.up", "up");
  const down = arrow(1, "q.order.down", "down");
  const place = h("span", { class: "place", "aria-hidden": "true" });
  const el = h("li", { class: "item" }, place, foreign(text), h("span", { class: "moves" }, up, down));

  function update(at, count) {
    setText(place, `${at + 1}.`);
    set(up, "aria-disabled", sheet.open && at > 0 ? null : "true");
    set(down, "aria-disabled", sheet.open && at < count - 1 ? null : "true");
    el.draggable = mouse && sheet.open;
  }

  return { el, position, update };
}

/** A bonus for those with a mouse: everything can be done without it. */
function dragging(list, rows, { open, now, put, sayPlace }) {
  let held = null;
  const target = (event) => rows.find((row) => row.el.contains(event.target)) || null;
  list.addEventListener("dragstart", (event) => {
    held = open() ? target(event) : null;
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    held.el.classList.add("dragged");
  });
  list.addEventListener("dragover", (event) => {
    if (held) event.preventDefault();
  });
  list.addEventListener("drop", (event) => {
    const to = target(event);
    event.preventDefault();
    if (!held || !to || to === held) return;
    const positions = now();
    put(moved(positions, positions.indexOf(held.position), positions.indexOf(to.position)));
    sayPlace(held.position);
  });
  list.addEventListener("dragend", () => {
    if (held) held.el.classList.remove("dragged");
    held = null;
  });
}
