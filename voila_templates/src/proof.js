// A little work that a form asks of the browser, done while people type: one of these is nothing,
// a hundred thousand of them cost a script something. The same file is the page's part and, in a
// thread of its own so that typing never waits, the part that works.

import { solved } from "../../contest/ui/js/sha256.js";

const WORKER = typeof document === "undefined";

function work({ id, bits, parts }) {
  const found = [];
  for (let part = 0; part < parts; part += 1) found.push(solved(`${id}:${part}:`, bits));
  return found.join(".");
}

function page(script) {
  const field = document.querySelector("[data-proof]");
  if (!field || field.value || !window.Worker) return;
  const { form } = field;
  const { id, bits, parts } = field.dataset;
  const worker = new Worker(script);
  const line = document.querySelector("[data-proof-line]");
  let waiting = false;
  const go = () => {
    if (waiting) form.submit();
    waiting = false;
  };
  worker.onmessage = ({ data }) => {
    field.value = data;
    worker.terminate();
    go();
  };
  worker.onerror = go; // without it the server says what to do
  worker.postMessage({ id, bits: Number(bits), parts: Number(parts) });
  form.addEventListener("submit", (event) => {
    if (field.value || event.defaultPrevented) return;
    event.preventDefault();
    waiting = true;
    line.textContent = line.dataset.text;
  });
}

if (WORKER) {
  self.onmessage = ({ data }) => self.postMessage(work(data));
} else {
  page(document.currentScript.src);
}
