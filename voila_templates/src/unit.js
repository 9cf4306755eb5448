// Choosing the unit while typing. Without this script, or without the list, the page's plain
// search and its radio buttons do the same. Texts come from the page's own markup.

import { readUnits, Search } from "../../contest/ui/js/units.js";

const SHOWN = 8;
const SAID_AFTER_MS = 500;

const root = document.querySelector("[data-units]");
const live = document.getElementById("noi");
const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (_, name) => gaps[name]);
const number = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ".");

/** The combobox in the place of the radio buttons. */
class Combobox {
  constructor(units, plain) {
    this.search = new Search(units);
    this.input = root.querySelector("input");
    this.list = root.querySelector("[role=listbox]");
    this.count = root.querySelector("[data-count]");
    this.chosen = root.querySelector("[data-chosen]");
    this.value = root.querySelector("[data-value]");
    this.active = -1;
    this.found = [];
    this.options = [];
    this.take(units.find((unit) => unit.id === plain.unit) || null);
    if (!this.unit && plain.query) {
      this.input.value = plain.query;
      this.open();
    }
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.leaveLater();
    // A press takes the option before the box loses the focus.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.found[Number(option.dataset.n)]);
    });
    root.querySelector("[data-again]").addEventListener("click", () => this.again());
  }

  /** Close when the box is left; but not under a finger: what it presses would move away. */
  leaveLater() {
    let pressed = false;
    let leaving = false;
    document.addEventListener("pointerdown", () => { pressed = true; }, true);
    const released = () => {
      pressed = false;
      setTimeout(() => {
        if (leaving) this.close();
        leaving = false;
      });
    };
    document.addEventListener("pointerup", released, true);
    document.addEventListener("pointercancel", released, true);
    this.input.addEventListener("focus", () => { leaving = false; });
    this.input.addEventListener("blur", () => {
      leaving = pressed;
      if (!leaving) this.close();
    });
  }

  typed() {
    this.take(null);
    this.open();
  }

  open() {
    const query = this.input.value;
    if (!query.trim()) return this.close();
    this.found = this.search.find(query);
    this.leave();
    this.draw(this.found.slice(0, SHOWN));
    this.show(this.found.length > 0);
    const { length } = this.found;
    const more = length > SHOWN ? ` ${fill(root.dataset.more, { n: number(length - SHOWN) })}` : "";
    this.tell(length ? fill(root.dataset.found, { n: number(length) }) + (more && `.${more}`) : root.dataset.none);
    return undefined;
  }

  /** Lines stay, and words that don't change: on a slow phone making them anew is what takes long. */
  draw(units) {
    units.forEach((unit, n) => {
      const option = this.options[n] || this.option(n);
      const [name, above] = option.querySelectorAll("bdi");
      if (!name || !above !== !unit.above) option.replaceChildren(...this.words(unit));
      else {
        write(name, unit.name);
        if (above) write(above, unit.above);
      }
      if (!option.parentNode) this.list.append(option);
    });
    for (const option of this.options.slice(units.length)) option.remove();
  }

  option(n) {
    const option = document.createElement("li");
    option.id = `don-vi-${n}`;
    option.dataset.n = n;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    this.options.push(option);
    return option;
  }

  /** A unit's name, and below it what it belongs to: names may be the same, units aren't. */
  words(unit) {
    const name = document.createElement("bdi");
    name.textContent = unit.name;
    if (!unit.above) return [name];
    const above = document.createElement("span");
    above.className = "hint";
    above.append(...parts(root.dataset.below, unit.above));
    return [name, " ", above];
  }

  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.open();
      const { length } = this.list.children;
      if (this.list.hidden || !length) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.move(this.active < 0 && step < 0 ? length - 1 : (this.active + step + length) % length);
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault(); // it would send the form
      if (this.active >= 0) this.choose(this.found[this.active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (!this.list.hidden) this.close();
      else if (this.input.value) {
        this.input.value = "";
        this.typed();
      }
    }
  }

  /** No option is the active one. */
  leave() {
    if (this.active < 0) return;
    this.options[this.active].setAttribute("aria-selected", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.active = -1;
  }

  move(n) {
    this.leave();
    this.active = n;
    const option = this.options[n];
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  /** Show the unit in full; what was typed gives way to its name. */
  choose(unit) {
    this.close();
    this.take(unit);
    const { name, above } = unit;
    say(fill(root.dataset.taken, { don_vi: above ? `${name}, ${fill(root.dataset.below, { don_vi: above })}` : name }));
  }

  take(unit) {
    if (unit === this.unit) return;
    this.unit = unit;
    this.value.disabled = !unit;
    this.value.value = unit ? unit.id : "";
    this.chosen.hidden = !unit;
    this.chosen.querySelector("[data-name]").replaceChildren(...(unit ? this.words(unit) : []));
    if (unit) this.input.value = unit.name;
  }

  again() {
    this.input.value = "";
    this.take(null);
    this.input.focus();
  }

  close() {
    this.show(false);
    this.leave();
    clearTimeout(this.timer);
    write(this.count, "");
  }

  show(open) {
    if (this.list.hidden === !open) return;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  /** Seen at once, read aloud once typing has stopped. */
  tell(sentence) {
    write(this.count, sentence);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => say(sentence), SAID_AFTER_MS);
  }
}

function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function say(sentence) {
  live.textContent = "";
  setTimeout(() => { live.textContent = sentence; }, 50);
}

/** A sentence with a name in its gap, which keeps the direction of its own letters. */
function parts(sentence, name) {
  const [before, after] = sentence.split("{don_vi}");
  const bdi = document.createElement("bdi");
  bdi.textContent = name;
  return [before, bdi, after];
}

async function begin() {
  const answer = await fetch(root.dataset.units);
  if (!answer.ok) return;
  const units = readUnits((await answer.json()).units);
  const form = root.closest("form");
  const radio = form.querySelector("input[type=radio]:checked");
  const search_ = document.querySelector("[data-plain] input");
  const plain = { unit: radio && radio.value, query: search_ && search_.value };
  for (const part of document.querySelectorAll("[data-plain]")) part.remove();
  const input = root.querySelector("input");
  input.id = "unit";
  root.querySelector("label").htmlFor = "unit";
  root.hidden = false;
  new Combobox(units, plain);
}

// Where the list doesn't come, the plain search stays.
if (root) begin().catch(() => {});
