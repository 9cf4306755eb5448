// The public page's script: one kernel connection, its widgets, each drawn where the server left room.

import { draw } from "./anywidget.js";
import { Link } from "./connection.js";
import { Loading } from "./loading.js";
import { Manager } from "./manager.js";
import { registry } from "./registry.js";

function start(page) {
  const places = [...document.querySelectorAll("[data-widget]")];
  const loading = new Loading(document.getElementById("dang-mo"), page.texts);
  if (!places.length) {
    loading.done(); // the server has already said what went wrong
    return;
  }
  const link = new Link(page);
  const manager = new Manager(link.kernel);
  let drawn = null;
  link.addEventListener("change", () => {
    if (link.state === "connected" && drawn === null) {
      loading.reach(2);
      drawn = open(manager, link, places, page.texts).catch((error) => {
        console.error(error);
        drawn = null; // asked again after the next reconnection
      });
    } else if (link.state === "connecting" && link.why === "restart") loading.away(link);
  });
  window.setInterval(() => link.why === "restart" && link.retryAt && loading.away(link), 1000);
  document.addEventListener("timhieu:ready", () => loading.done());
}

async function open(manager, link, places, texts) {
  await manager.load();
  for (const place of places) {
    const model = await manager.get_model(place.dataset.widget).catch(() => null);
    const shown = model && (await draw({ model, el: place, link, registry }));
    if (!shown) place.textContent = texts["sys.unknown_widget"] || "sys.unknown_widget";
    if (!shown) document.dispatchEvent(new Event("timhieu:ready"));
  }
}

start(JSON.parse(document.getElementById("timhieu-page").textContent));
