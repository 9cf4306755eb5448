// What the plain pages gain from script: copying a code, printing, and opening at the right
// moment. Everything else on them works without it. Texts come from the page's own markup.

import { clearShelf, localStore, onShelf } from "../../contest/ui/js/shelf.js";

const status = document.getElementById("noi");

function say(sentence) {
  status.textContent = "";
  setTimeout(() => { status.textContent = sentence; }, 100);
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    // Pages without https have no clipboard: mark the code, so that the phone's own menu copies it.
    const code = button.parentElement.querySelector(".code");
    getSelection().selectAllChildren(code);
    if (!document.execCommand("copy")) return;
  }
  say(button.dataset.said);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const part of document.querySelectorAll("[data-needs-script]")) {
  part.hidden = false;
  // A second click while the first is on its way would only be a second request.
  part.addEventListener("submit", (event) => {
    if (part.dataset.sent) event.preventDefault();
    part.dataset.sent = "yes";
  });
}

// Back from the next page (the browser may keep this one as it was): the button works again.
addEventListener("pageshow", () => {
  for (const part of document.querySelectorAll("[data-sent]")) delete part.dataset.sent;
});

// ---- answers that this browser still keeps ----

const storage = localStore(window);

/** What is kept of the attempt that began at `started`: question ("p": prediction) -> content. */
function kept(started) {
  const found = new Map();
  const ours = onShelf(storage || []).filter((one) => one.started === Number(started));
  for (const { t, q, chosen, text } of ours.flatMap((one) => [...(one.messages || []), ...(one.stale || [])])) {
    if (t === "answer") found.set(q, chosen);
    else if (t === "predict") found.set("p", text.replace(/[. ]/g, ""));
  }
  return found;
}

/** A running attempt: how many answers wait for its page to be opened. */
for (const line of document.querySelectorAll("[data-queue]")) {
  const { size } = kept(line.dataset.queue);
  if (size) line.textContent = line.dataset.text.replace("{n}", size);
  line.hidden = !size;
}

/** An attempt that is over: which answers didn't get there in time. */
for (const line of document.querySelectorAll("[data-missed]")) {
  const has = JSON.parse(line.dataset.answers);
  const missed = [...kept(line.dataset.missed)]
    .filter(([q, content]) => JSON.stringify(content) !== JSON.stringify(has[q] ?? (q === "p" ? "" : [])))
    .map(([q]) => q)
    .sort((a, b) => (a === "p") - (b === "p") || a - b);
  const names = missed.map((q) => (q === "p" ? line.dataset.predict : line.dataset.question.replace("{k}", q)));
  if (names.length) line.textContent = line.dataset.text.replace("{danh_sach}", names.join(", "));
  line.hidden = !names.length;
}

/** The next person at this machine finds nothing of the last one. */
for (const form of document.querySelectorAll("[data-forget]")) {
  form.addEventListener("submit", () => clearShelf(storage || {}));
}

const MINUTES = [1440, 60, 1];

/** A length of time in its two largest units; `words` are those of days, hours and minutes. */
function inWords(minutes, words) {
  const parts = [];
  for (let n = 0; n < MINUTES.length && parts.length < 2; n++) {
    const count = Math.floor(minutes / MINUTES[n]);
    minutes %= MINUTES[n];
    if (count) parts.push(words[n].replace("{n}", count));
    else if (parts.length) break;
  }
  return parts.join(" ");
}

/** The clock of this machine is wrong by more than a minute: the server's is what counts. */
for (const line of document.querySelectorAll("[data-clock]")) {
  const { clock, fast, slow, lengths } = line.dataset;
  const off = Date.now() - Number(clock);
  if (Math.abs(off) > 60000) {
    const long = inWords(Math.round(Math.abs(off) / 60000), lengths.split("|"));
    line.textContent = (off > 0 ? fast : slow).replace("{lau}", long);
    line.hidden = false;
  }
}

document.querySelector("[data-focus]")?.focus();

// Spread over some seconds, so that a whole province doesn't ask in the same one.
const opening = document.querySelector("[data-reload-in]");
if (opening) {
  const wait = Number(opening.dataset.reloadIn) + Math.random() * 5000;
  if (wait < 2 ** 31) setTimeout(() => location.reload(), wait);
}
