// The kinds of questions by name: what an answer of each is, and how it is shown and given.
//
// A kind is {empty, answered, words, missing, typed, tooLong, body}; docs/frontend.md says what
// each of these does.

import { choice } from "./kind-choice.js";
import { cloze } from "./kind-cloze.js";
import { essay } from "./kind-essay.js";
import { group } from "./kind-group.js";
import { match } from "./kind-match.js";
import { number } from "./kind-number.js";
import { order } from "./kind-order.js";
import { text } from "./kind-text.js";
import { h } from "./dom.js";

export const KINDS = { choice, group, match, order, number, text, cloze, essay };

/** A newer server's kind on a page loaded before: said, not guessed. */
const unknown = {
  empty: () => [],
  answered: () => false,
  words: () => [],
  missing: () => null,
  tooLong: () => false,
  body: (sheet) => ({ els: [h("p", { class: "band info" }, sheet.t("q.unknown"))], update() {} }),
};

export function kindOf(one) {
  return Object.prototype.hasOwnProperty.call(KINDS, one.kind) ? KINDS[one.kind] : unknown;
}
