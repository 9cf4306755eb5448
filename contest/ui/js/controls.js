// What radios, selects and fields of all kinds have in common: reading only, holding, keeping.

import { set } from "./dom.js";

export const ARROW_HOLD_MS = 400; // arrows pass over options: only the one stayed on is sent
export const TYPING_HOLD_MS = 1000; // sent when typing pauses
const ARROWS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

/** Radios and checkboxes inside `box`; `changed(hold)` after each change by the person. */
export function watchChoices(sheet, box, inputs, changed) {
  let byArrow = false;
  box.addEventListener("keydown", (event) => {
    byArrow = ARROWS.includes(event.key) && event.target.type === "radio";
    if (!sheet.open && (byArrow || event.key === " ") && inputs.includes(event.target)) {
      event.preventDefault();
    }
  });
  box.addEventListener("pointerdown", () => {
    byArrow = false;
  });
  box.addEventListener("click", (event) => {
    if (!sheet.open && inputs.includes(event.target)) event.preventDefault();
  });
  box.addEventListener("change", () => changed(byArrow ? ARROW_HOLD_MS : 0));
}

/** Checks exactly the inputs that `isOn(input, index)` names. */
export function showChoices(sheet, inputs, isOn) {
  inputs.forEach((input, index) => {
    const on = isOn(input, index);
    if (input.checked !== on) input.checked = on;
    set(input, "aria-disabled", sheet.open ? null : "true");
  });
}

/** A select that keeps its value while nothing may be changed. `changed` gets the value. */
export function watchSelect(sheet, select, changed) {
  const still = (event) => {
    if (!sheet.open && event.key !== "Tab") event.preventDefault();
  };
  select.addEventListener("mousedown", still);
  select.addEventListener("keydown", still);
  select.addEventListener("change", () => (sheet.open ? changed(select.value) : sheet.update()));
}

/**
 * A field that somebody types into. What is typed is kept at once, sent when typing pauses for
 * `hold(value)` ms, and at once when the field is left.
 */
export function watchField(sheet, field, changed, hold = () => TYPING_HOLD_MS) {
  field.addEventListener("input", () => {
    if (sheet.open) changed(field.value, { hold: hold(field.value), typing: true });
  });
  field.addEventListener("blur", () => sheet.flush());
}

/** Writes a kept text into a field, but never under the hands of somebody who is typing. */
export function showField(field, text) {
  if (document.activeElement !== field && field.value !== text) field.value = text;
}

/** A field's state: may it be changed, and was its content refused? */
export function markField(sheet, field, about = [sheet.hintId]) {
  const problem = sheet.problem();
  field.readOnly = !sheet.open;
  set(field, "aria-invalid", problem ? "true" : null);
  const ids = [problem && sheet.errorId, ...about].filter(Boolean).join(" ");
  set(field, "aria-describedby", ids || null);
}

/** Characters as the server counts them. */
export function longer(text, max) {
  const limit = max || Infinity;
  return text.length > limit && [...text.normalize("NFC").trim()].length > limit;
}
