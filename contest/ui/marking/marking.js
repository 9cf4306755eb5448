// The markers' page. All that is shown comes in the trait `view`; what is typed goes out as messages.

const SLOW_MS = 15000;
const TAGS = new Set(["strong", "em", "sup", "sub", "br", "ul", "ol", "li", "p"]);
let made = 0;

function node(tag, given = {}, ...inside) {
  const found = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value !== null && value !== undefined) found.setAttribute(name, value);
  }
  found.append(...inside.filter((one) => one !== null && one !== undefined));
  return found;
}

function rich(value) {
  if (typeof value === "string") return [value];
  return value.map((one) => {
    if (typeof one === "string") return one;
    const [tag, ...inside] = one;
    return TAGS.has(tag) ? node(tag, {}, ...rich(inside)) : document.createTextNode("");
  });
}

function number(typed) {
  const value = typed.trim().replace(",", ".");
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) : 0;
}

function shown(value) {
  return String(Math.round(value * 1e6) / 1e6).replace(".", ",");
}

class Page {
  constructor(model, el) {
    this.model = model;
    this.texts = model.get("texts");
    this.prefix = `th-marking-${(made += 1)}`;
    this.form = null;
    this.pending = null;
    this.modelOpen = true;
    this.band = node("p", { class: "band wait", hidden: "" });
    this.said = node("div", { role: "status", class: "marking-said" });
    this.main = node("div", { class: "marking-main" });
    this.root = node("section", { class: "th marking", lang: "vi", "aria-label": this.texts.title });
    this.root.append(this.band, this.said, this.main);
    el.append(this.root);
    this.update();
  }

  update() {
    const view = this.model.get("view");
    this.settle();
    this.say(view.said);
    this.band.hidden = !view.band;
    this.band.textContent = view.band || "";
    if (view.form !== this.form) this.build(view);
    this.mistakes(view.errors || {});
  }

  say({ text, tone }) {
    const sentence = node("p", { class: `band ${tone || "info"}` }, text);
    this.said.replaceChildren(...(text ? [sentence] : []));
  }

  build(view) {
    const first = this.form === null;
    this.form = view.form;
    this.inputs = new Map();
    this.main.replaceChildren(...(view.screen === "login" ? this.login() : this.work(view)));
    if (!first) this.main.querySelector("h2")?.focus();
  }

  // --- the parts

  login() {
    const name = this.field(this.texts.name, { type: "text", autocomplete: "username" });
    const secret = this.field(this.texts.password, {
      type: "password",
      autocomplete: "current-password",
    });
    const form = node("form", { class: "marking-login" });
    form.append(name.box, secret.box, this.button(this.texts.enter));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.model.send({ t: "login", name: name.input.value, password: secret.input.value });
      secret.input.value = "";
    });
    return [node("h2", { tabindex: "-1" }, this.texts.title), form];
  }

  work(view) {
    this.who = view.who;
    const out = this.button(this.texts.out, "quiet", () => this.go({ t: "out" }));
    const head = node("div", { class: "tools" });
    head.append(node("p", { class: "marking-who" }, `${view.who} · ${view.progress}`), out);
    const own = this.own(view);
    if (view.task) return [head, ...this.essay(view.task), own];
    const [title, why] = view.none;
    return [head, node("h2", { tabindex: "-1" }, title), node("p", {}, why), own];
  }

  essay(task) {
    const reading = node("div", { class: "marking-reading" });
    reading.append(node("h3", {}, this.texts.question), node("div", {}, ...rich(task.stem)));
    if (task.image) reading.append(node("img", task.image));
    if (task.model) {
      const model = node("details", {}, node("summary", {}, this.texts.model));
      model.append(node("div", {}, ...rich(task.model)));
      model.open = this.modelOpen;
      model.addEventListener("toggle", () => (this.modelOpen = model.open));
      reading.append(model);
    }
    reading.append(node("h3", {}, this.texts.text), node("p", { class: "hint" }, task.words));
    reading.append(node("div", { class: "marking-text" }, task.text));
    const columns = node("div", { class: "marking-columns" });
    columns.append(reading, this.marks(task));
    return [node("h2", { tabindex: "-1" }, task.title), columns];
  }

  marks(task) {
    const form = node("form", { class: "marking-form", novalidate: "" });
    const group = node("fieldset", {}, node("legend", {}, this.texts.points));
    group.append(node("p", { class: "hint" }, task.how));
    for (const one of task.rubric) {
      const label = node("span", {}, ...rich(one.text));
      const field = this.field([label, ` (${one.most})`], {
        type: "text",
        inputmode: "decimal",
        autocomplete: "off",
        maxlength: "20",
        class: "marking-points",
      });
      field.input.value = one.value;
      this.inputs.set(one.id, field);
      group.append(field.box);
    }
    const sum = node("output", { class: "num" });
    const add = () => {
      const all = [...this.inputs].filter(([id]) => id).map(([, one]) => number(one.input.value));
      sum.textContent = `${shown(all.reduce((a, b) => a + b, 0))}/${task.most}`;
    };
    form.append(group, node("p", { class: "marking-sum" }, `${this.texts.sum}: `, sum));
    const comment = this.field(this.texts.comment, { rows: "4", maxlength: "2000" }, "textarea");
    comment.input.value = task.comment;
    this.inputs.set("", comment);
    this.saving = this.button(this.texts.save);
    form.append(comment.box, this.saving);
    form.addEventListener("input", add);
    add();
    this.restore(task.ref, add);
    this.before = this.typed();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save(task.ref);
    });
    return form;
  }

  own(view) {
    const box = node("section", { class: "marking-own" });
    const open = (ref) => this.go({ t: "open", ref });
    box.append(node("h3", {}, this.texts.own));
    if (!view.own.length) box.append(node("p", {}, this.texts["own.none"]));
    const list = node("ul", { role: "list" });
    for (const one of view.own) {
      const edit = this.button(this.texts["own.edit"], "small", () => open(one.ref));
      edit.setAttribute("aria-label", `${this.texts["own.edit"]}: ${one.text}`);
      list.append(node("li", {}, node("span", {}, one.text), edit));
    }
    if (view.own.length) box.append(list);
    for (const note of view.notes) box.append(node("p", { class: "hint" }, note));
    box.append(this.button(this.texts.next, "", () => open("")));
    return box;
  }

  field(label, given, tag = "input") {
    const id = `${this.prefix}-${(made += 1)}`;
    const error = node("p", { class: "error", id: `${id}-e`, hidden: "" });
    const input = node(tag, { id, "aria-describedby": `${id}-e`, ...given });
    const box = node("div", { class: "field" });
    const words = Array.isArray(label) ? label : [label];
    box.append(node("label", { for: id }, ...words), error, input);
    return { box, input, error };
  }

  button(words, kind = "main", pressed = null) {
    const found = node("button", { class: `btn ${kind}`, type: pressed ? "button" : "submit" }, words);
    if (pressed) found.addEventListener("click", pressed);
    return found;
  }

  // --- what is done

  typed() {
    return JSON.stringify([...(this.inputs || [])].map(([, one]) => one.input.value));
  }

  go(message) {
    const changed = this.before && this.inputs.size && this.typed() !== this.before;
    if (!changed || window.confirm(this.texts.leave)) this.model.send(message);
  }

  // What was being saved when the log-in had run out comes back, to the same person and essay only.
  restore(ref, changed) {
    const { who, about, values } = this.kept || {};
    const empty = [...this.inputs].every(([, one]) => !one.input.value);
    if (who === this.who && about === ref && empty) {
      for (const [id, one] of this.inputs) one.input.value = values[id];
      changed();
    }
    this.kept = null;
  }

  save(ref) {
    if (this.pending) return;
    const points = {};
    const values = {};
    for (const [id, one] of this.inputs) {
      values[id] = one.input.value;
      if (id) points[id] = one.input.value;
    }
    this.kept = { who: this.who, about: ref, values };
    this.saving.textContent = this.texts.saving;
    this.saving.setAttribute("aria-disabled", "true");
    this.pending = setTimeout(() => {
      this.settle();
      this.say({ text: this.texts.slow, tone: "bad" });
    }, SLOW_MS);
    this.model.send({ t: "save", ref, points, comment: this.inputs.get("").input.value });
  }

  settle() {
    clearTimeout(this.pending);
    this.pending = null;
    if (!this.saving) return;
    this.saving.textContent = this.texts.save;
    this.saving.removeAttribute("aria-disabled");
  }

  mistakes(errors) {
    let first = null;
    for (const [id, one] of this.inputs) {
      one.error.textContent = errors[id] || "";
      one.error.hidden = !errors[id];
      if (errors[id]) one.input.setAttribute("aria-invalid", "true");
      else one.input.removeAttribute("aria-invalid");
      if (errors[id] && !first) first = one.input;
    }
    first?.focus();
  }
}

function render({ model, el }) {
  const page = new Page(model, el);
  const changed = () => page.update();
  model.on("change:view", changed);
  return () => model.off("change:view", changed);
}

export default { render };
