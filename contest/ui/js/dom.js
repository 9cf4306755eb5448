// Elements without markup: every text goes in as a text node.

const SVG = "http://www.w3.org/2000/svg";

/** h("p", {class: "x", onclick: f, hidden: true}, "text", child, ...); null children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  append(element, children);
  return element;
}

/** Sets one attribute or listener; null and false take an attribute away. */
export function set(element, name, value) {
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (value === null || value === false || value === undefined) element.removeAttribute(name);
  else if (value === true) element.setAttribute(name, "");
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

function append(element, children) {
  for (const child of children.flat()) if (child !== null && child !== false) element.append(child);
}

/** Writes only what has changed, so that nothing is read out twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function replace(element, ...children) {
  element.textContent = "";
  append(element, children);
}

/** Text for assistive technology only. */
export function hidden(text) {
  return h("span", { class: "vh" }, text);
}

/** Text from people or banks: its direction stays its own. */
export function foreign(text) {
  return h("bdi", {}, drawn(text));
}

const TAGS = ["strong", "em", "sup", "sub", "br", "ul", "ol", "li", "p"];
const INLINE = ["strong", "em", "sup", "sub"];
const DIGITS = { sup: "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", sub: "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089" };
const BLOCKS = ["ul", "ol", "p"];

/** A text of a bank as nodes: a string, or strings and elements ([name, ...what is in it]). */
export function drawn(text) {
  if (!Array.isArray(text)) return [String(text)];
  return text.map((node) => {
    if (!Array.isArray(node)) return String(node);
    const [tag, ...inside] = node;
    return TAGS.includes(tag) ? h(tag, {}, drawn(inside)) : plain(inside);
  });
}

/** The same text without elements, for options of a select and for what is said aloud. */
export function plain(text) {
  if (!Array.isArray(text)) return String(text);
  const word = ([tag, ...inside]) => {
    const said = plain(inside);
    if (DIGITS[tag] && /^\d+$/.test(said)) return said.replace(/\d/g, (digit) => DIGITS[tag][digit]);
    return INLINE.includes(tag) ? said : ` ${said} `;
  };
  return text.map((node) => (Array.isArray(node) ? word(node) : String(node))).join("").replace(/\s+/g, " ");
}

/** What may stand in a heading, and the blocks that follow it. */
export function headAndRest(text) {
  const isBlock = (node) => Array.isArray(node) && BLOCKS.includes(node[0]);
  if (!Array.isArray(text) || !text.some(isBlock)) return { head: text, rest: null };
  const [first, ...others] = text;
  if (first[0] === "p") return { head: first.slice(1), rest: others };
  return { head: "", rest: text };
}

const SHAPES = {
  ok: ["M4 12.5l5 5L20 6.5"],
  send: ["M20 11a8 8 0 0 0-14.5-4.5L4 8M4 3.5V8h4.5M4 13a8 8 0 0 0 14.5 4.5L20 16m0 4.5V16h-4.5"],
  wait: ["M9 5v14M15 5v14"],
  bad: ["M12 4.5v10M12 18.5v1"],
  info: ["M12 10.5v9M12 4.5v1"],
  flag: ["M6 21V4h12l-3 4.5 3 4.5H6"],
  clock: ["M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z", "M12 8v4.5l3 2"],
  down: ["M6 9.5l6 6 6-6"],
  up: ["M6 14.5l6-6 6 6"],
  prev: ["M19 12H5m6-6.5L4.5 12l6.5 6.5"],
  next: ["M5 12h14m-6-6.5l6.5 6.5-6.5 6.5"],
  close: ["M6 6l12 12M18 6L6 18"],
  here: ["M8 5l9 7-9 7z"],
  eye: ["M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z", "M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z"],
  shut: ["M3 4l18 16M9.5 6A9.7 9.7 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-3 3.7M6.3 7.8A16.6 16.6 0 0 0 2.5 12S6 18.5 12 18.5a9.3 9.3 0 0 0 4.2-1"],
  ring: ["M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14z"],
  dot: ["M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14z"],
};

/** A sign of 1 em beside its word; never alone. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of [
    ["viewBox", "0 0 24 24"],
    ["aria-hidden", "true"],
    ["focusable", "false"],
    ["class", `icon icon-${name}`],
  ]) {
    svg.setAttribute(key, value);
  }
  for (const shape of SHAPES[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", shape);
    svg.append(path);
  }
  return svg;
}

/** A button that never submits a form. */
export function button(attributes, ...children) {
  return h("button", { type: "button", ...attributes }, ...children);
}

/** Focus without a jump: the page's own scroll padding does the rest. */
export function focusOn(element) {
  if (element) element.focus({ preventScroll: true });
}
