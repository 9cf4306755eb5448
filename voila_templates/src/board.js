// The leaderboard keeps itself up to date, and goes through its tables on a hall's screen.
// Without script it is complete as it stands; texts come from the page's own markup.

const EVERY_MS = 10_000;
const TURN_MS = 20_000;
const POINTER_MS = 5_000;

/** The same-origin page at an address, or null where the network fails. */
async function fetched(address) {
  try {
    const answer = await fetch(address, { cache: "no-cache" });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}

/** What the organisers tell everybody may be newer on a page that was just fetched. */
function takeNotices(page) {
  const here = document.getElementById("thong-bao");
  const there = page.getElementById("thong-bao");
  if (there && !here.isEqualNode(there)) {
    here.replaceChildren(...document.importNode(there, true).childNodes);
  }
}

// ---- the ordinary page ----

const board = document.querySelector("[data-board]");
const table = document.getElementById("bang");

/** Whether somebody is reading or standing in the table: then nothing moves under them. */
function inUse() {
  const chosen = getSelection();
  return table.contains(document.activeElement)
    || (!chosen.isCollapsed && chosen.rangeCount > 0 && chosen.getRangeAt(0).intersectsNode(table));
}

function offer(html) {
  let button = board.querySelector("[data-new]");
  if (!button) {
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    button = document.createElement("button");
    button.type = "button";
    button.className = "btn small no-print";
    button.dataset.new = "";
    table.before(line);
    line.append(button);
    button.textContent = board.dataset.changed;
  }
  button.onclick = () => {
    fill(html);
    table.tabIndex = -1;
    table.focus();
    button.parentElement.remove();
  };
}

async function refresh() {
  if (document.hidden) return;
  const page = await fetched(location.href);
  if (page) takeNotices(page);
  const found = page?.getElementById("bang");
  if (!found || found.outerHTML === shown) return;
  shown = found.outerHTML;
  if (inUse() || board.querySelector("[data-new]")) offer(found);
  else fill(found);
}

function fill(found) {
  table.replaceChildren(...document.importNode(found, true).childNodes);
}

let shown = table?.outerHTML;
if (table) {
  setTimeout(() => setInterval(refresh, EVERY_MS), Math.random() * EVERY_MS);
}

// ---- the hall's screen ----

const main = document.getElementById("noi-dung");
let paused = document.querySelector("[data-hall]")?.hasAttribute("data-paused");
let turn;

const hall = () => main.querySelector("[data-hall]");

/** Show another table in place of this one; where that fails, this one stays and says so. */
async function show(address, byHand = false) {
  const focused = document.activeElement?.dataset?.go;
  const page = await fetched(address);
  const next = page?.querySelector("[data-hall]");
  if (next) {
    takeNotices(page);
    hall().replaceWith(next);
    history.replaceState(null, "", address);
    if (focused) main.querySelector(`[data-go="${focused}"]`)?.focus();
    if (byHand) document.getElementById("noi").textContent = next.querySelector("h2").textContent;
  } else {
    hall().querySelector("[data-state]").textContent = hall().dataset.lost;
  }
  again();
}

function again() {
  clearTimeout(turn);
  if (!paused) turn = setTimeout(() => show(hall().dataset.next), TURN_MS);
}

if (hall()) {
  again();
  main.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.go === "pause") paused = !paused;
    show(link.getAttribute("href"), true);
  });
  addEventListener("keydown", (event) => {
    const way = { ArrowRight: "next", ArrowLeft: "previous" }[event.key];
    if (way && !event.altKey && !event.ctrlKey && !event.metaKey) show(hall().dataset[way], true);
  });
  let still;
  addEventListener("pointermove", () => {
    hall().classList.remove("still");
    clearTimeout(still);
    still = setTimeout(() => hall().classList.add("still"), POINTER_MS);
  });
}
