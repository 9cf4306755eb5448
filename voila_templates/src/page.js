// What the plain pages gain from script: copying a code, printing, and opening at the right
// moment. Everything else on them works without it. Texts come from the page's own markup.

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

document.querySelector("[data-focus]")?.focus();

// Spread over some seconds, so that a whole province doesn't ask in the same one.
const opening = document.querySelector("[data-reload-in]");
if (opening) {
  const wait = Number(opening.dataset.reloadIn) + Math.random() * 5000;
  if (wait < 2 ** 31) setTimeout(() => location.reload(), wait);
}
