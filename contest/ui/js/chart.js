// Small charts as SVG made here, each with its table: no figure is told by a picture alone.

import { foreign, h } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 320;

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Bars beside each other: `rows` of {label, parts, of}; what is left of `of` stays empty. */
export function stackChart({ id, caption, finding, rows, legend, table }) {
  const bars = rows.map((row, index) => {
    const y = index * 40;
    let x = 0;
    const parts = row.parts.map((part, at) => {
      const width = row.of ? (part / row.of) * (WIDTH - 60) : 0;
      const bar = svg("rect", { class: `part part-${at}`, x, y: y + 20, width, height: 12 });
      x += width;
      return bar;
    });
    return svg(
      "g",
      {},
      svg("text", { x: 0, y: y + 13, class: "chart-label" }, short(row.label)),
      svg("rect", { class: "whole", x: 0.5, y: y + 20.5, width: WIDTH - 60, height: 11 }),
      ...parts,
      svg("text", { x: WIDTH, y: y + 31, class: "chart-label end" }, `${row.parts[0]}/${row.of}`),
    );
  });
  const signs = h(
    "p",
    { class: "chart-legend", "aria-hidden": "true" },
    legend.map((word, at) => h("span", {}, sign(at), word)),
  );
  return figure({ id, caption, finding, bars, height: rows.length * 40, table, extra: signs });
}

/** One column for each of `columns`: {label, n}. */
export function columnChart({ id, caption, finding, columns, table }) {
  const most = Math.max(...columns.map((one) => one.n), 1);
  const step = WIDTH / columns.length;
  const bars = columns.map((one, index) => {
    const height = (one.n / most) * 80;
    const middle = index * step + step / 2;
    return svg(
      "g",
      {},
      svg("rect", { class: "part part-0", x: index * step + 6, y: 100 - height, width: step - 12, height }),
      svg("text", { x: middle, y: 94 - height, class: "chart-label middle" }, String(one.n)),
      svg("text", { x: middle, y: 118, class: "chart-label middle" }, one.label),
    );
  });
  return figure({ id, caption, finding, bars, height: 124, table, extra: null });
}

function figure({ id, caption, finding, bars, height, table, extra }) {
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-labelledby": `${id}-ten`, class: "chart", focusable: "false" },
    svg("title", { id: `${id}-ten` }, `${caption}. ${finding}`),
    ...bars,
  );
  return h(
    "figure",
    { class: "figure" },
    h("figcaption", {}, finding),
    picture,
    extra,
    h("details", {}, h("summary", {}, table.summary), tableOf(caption, table)),
  );
}

function tableOf(caption, { head, rows }) {
  return h(
    "div",
    { class: "scroller", role: "region", tabindex: "0", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, head.map((word, at) => h("th", { scope: "col", class: at ? "num" : null }, word)))),
      h(
        "tbody",
        {},
        rows.map(([first, ...figures]) =>
          h("tr", {}, h("th", { scope: "row" }, foreign(first)), figures.map((n) => h("td", { class: "num" }, String(n)))),
        ),
      ),
    ),
  );
}

function sign(at) {
  return svg(
    "svg",
    { viewBox: "0 0 12 12", class: "icon chart", "aria-hidden": "true", focusable: "false" },
    svg("rect", { class: `part part-${at}`, width: 12, height: 12 }),
  );
}

/** Names are told whole by the table and the buttons. */
function short(label) {
  return label.length > 40 ? `${label.slice(0, 39)}\u2026` : label;
}
