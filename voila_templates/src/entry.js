// The public page's script: one kernel connection, its widgets, each drawn where the server left room.

import { draw } from "./anywidget.js";
import { Link } from "./connection.js";
import { Loading } from "./loading.js";
import { Manager } from "./manager.js";
import { registry } from "./registry.js";

function start(page) {
  const places = [...document.querySelectorAll("[data-widget]")];
  const loading = new Loading(document.getElementById("dang-mo"), page.texts);
  if (page.kernelId && !places.length) {
    loading.done(); // the server has already said what went wrong
    return;
  }
  const link = new Link(page);
  const manager = new Manager(link.kernel);
  if (page.kernelId) whenConnected(link, () => open(manager, link, places, page.texts));
  else listen(manager, link, page.texts);
  link.addEventListener("change", () => {
    if (link.state === "connected") loading.reach(2);
    else if (link.state === "connecting" && link.why === "restart") loading.away(link);
  });
  window.setInterval(() => link.why === "restart" && link.retryAt && loading.away(link), 1000);
  document.addEventListener("timhieu:ready", () => loading.done());
}

/** Runs `action` once connected; after a failure again at the next connection. */
function whenConnected(link, action) {
  let done = null;
  link.addEventListener("change", () => {
    if (link.state !== "connected" || done !== null) return;
    done = action().catch((error) => {
      console.error(error);
      done = null;
    });
  });
}

/** The cells ran before the page was sent: it has a place for each widget they showed. */
async function open(manager, link, places, texts) {
  await manager.load();
  for (const place of places) await show(manager, link, place.dataset.widget, place, texts);
}

/** The cells run now that the page is there: what they show is put below what is there already. */
function listen(manager, link, texts) {
  const main = document.getElementById("noi-dung");
  const add = (tag) => main.appendChild(document.createElement(tag));
  link.kernel.iopubMessage.connect((_, { header, content }) => {
    const view = (content.data || {})["application/vnd.jupyter.widget-view+json"];
    if (view) show(manager, link, view.model_id, add("div"), texts);
    else if (header.msg_type === "error") {
      const line = add("p");
      line.className = "band bad";
      line.textContent = (texts["sys.error"] || "sys.error").replace("{ma}", content.evalue);
      document.dispatchEvent(new Event("timhieu:ready"));
    }
  });
}

async function show(manager, link, id, place, texts) {
  const model = await manager.get_model(id).catch(() => null);
  const shown = model && (await draw({ model, el: place, link, registry }));
  if (shown) return;
  place.textContent = texts["sys.unknown_widget"] || "sys.unknown_widget";
  document.dispatchEvent(new Event("timhieu:ready"));
}

// An old browser has been told so (display.js); half a page would be worse than none.
if (!document.documentElement.hasAttribute("data-old")) start(JSON.parse(document.getElementById("timhieu-page").textContent));
