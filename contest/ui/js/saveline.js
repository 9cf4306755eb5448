// The one line that says where the person's work stands. Pure: facts in, words and sign out.

export const SLOW_MS = 800; // an answer on its way is mentioned only after this
export const WAITING_MS = 5000; // then it is called waiting for the network
export const BACK_MS = 10000; // how long the good news stays

/** Is the network (or the server) away? */
export function inTrouble({ online, link, age, pending }) {
  return !online || (link && link.state !== "connected") || (pending > 0 && age >= WAITING_MS);
}

/**
 * facts: ended, closing, submitting, held, lostAt, online, link ({state, why, trying, seconds} or
 * null), pending (questions unsettled), age (ms of the oldest), later (the server's sentence or
 * null), submitWaits, typing (held back until a pause), refused ({key, text, typed} or null), error, back ({n, at} or null), old (questions
 * from before a reload), savedAt, storage (can this browser keep anything?), deadline.
 * Returns {kind, sign, tone, key, gaps} or {..., text}; `action` names the button beside it.
 * A change of `kind` is announced for those in SPOKEN.
 */
export function saveLine(facts) {
  const found = RULES.map((rule) => rule(facts)).find(Boolean);
  return { gaps: {}, action: null, ...found };
}

export const SPOKEN = ["elsewhere", "restart", "dead", "waiting", "refused", "error", "back"];

const line = (kind, sign, tone, key, gaps, action) => ({ kind, sign, tone, key, gaps, action });

const RULES = [
  (f) => f.ended && line("ended", null, "quiet", null),
  (f) =>
    !f.held && line("elsewhere", "info", "info", "pen.elsewhere", { gio: f.lostAt }, "take"),
  (f) => f.link && f.link.state === "dead" && line("dead", "send", "wait", "sys.reload"),
  (f) =>
    f.link &&
    f.link.why === "restart" &&
    line("restart", "wait", "wait", "sys.restart", { giay: f.link.seconds }, "retry"),
  (f) => f.submitWaits && inTrouble(f) && line("waiting", "wait", "wait", "submit.offline", { gio: f.deadline }, "withdraw"),
  (f) => f.submitting && inTrouble(f) && line("waiting", "wait", "wait", "submit.unsure", { gio: f.deadline }),
  (f) => f.submitting && !inTrouble(f) && line("submitting", "send", "quiet", "submit.sending"),
  (f) => f.closing && !inTrouble(f) && line("closing", "send", "quiet", "time.closing"),
  (f) => f.refused && refusal(f.refused),
  (f) => f.error && { ...line("error", "bad", "bad", null), text: f.error },
  (f) =>
    f.link &&
    f.link.trying &&
    f.online &&
    line("retrying", "send", "wait", f.pending ? "save.retrying" : "save.reconnect", { n: f.pending }),
  (f) =>
    f.pending > 0 && f.later && { ...line("waiting", "wait", "wait", null), text: f.later },
  (f) =>
    inTrouble(f) &&
    line("waiting", "wait", "wait", waiting(f), { n: f.pending }),
  (f) =>
    f.old > 0 && f.pending > 0 && line("old", "send", "quiet", "save.old_queue", { n: f.old }),
  (f) => f.typing && line("typing", "info", "quiet", "save.typing"),
  (f) => f.pending > 0 && f.age >= SLOW_MS && line("sending", "send", "quiet", "save.saving"),
  (f) =>
    f.back &&
    !f.pending &&
    line("back", "ok", "ok", f.back.n ? "save.back" : "save.back.none", { n: f.back.n, gio: f.back.at }),
  (f) => f.savedAt && line("saved", "ok", "ok", "save.saved", { gio: f.savedAt }),
  (f) => !f.storage && line("no_storage", "info", "info", "save.no_storage"),
  () => line("none", "info", "quiet", "save.none"),
];

function waiting({ pending, storage }) {
  if (!pending) return "save.offline";
  return storage ? "save.waiting" : "save.waiting.no_storage";
}

function refusal({ key, text, typed }) {
  if (key.startsWith("a:")) {
    const words = typed ? "save.refused.typed" : "save.refused";
    return line("refused", "bad", "bad", words, { k: key.slice(2) }, "goto");
  }
  if (key === "p") return line("refused", "bad", "bad", "save.refused.predict", {}, "goto");
  return { ...line("refused", "bad", "bad", null), text };
}
