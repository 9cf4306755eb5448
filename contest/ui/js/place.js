// Where somebody was when the page had to load itself anew: over that reload, in this tab only.

const KEY = "timhieu.place";

/** Remembers the focused control by what the next page can find it with. */
export function leavePlace({ el, env }) {
  const focused = env.window.document.activeElement;
  if (!focused || !el.contains(focused)) return;
  const { id, name, value } = focused;
  try {
    env.tab.setItem(KEY, JSON.stringify({ hash: env.window.location.hash, id, name, value }));
  } catch {
    // Without storage the focus begins at the top, as after any reload.
  }
}

/** Gives the focus back: to the same control, else to the heading. Once. */
export function findPlace({ el, env }) {
  let place = null;
  try {
    place = JSON.parse(env.tab.getItem(KEY));
    env.tab.removeItem(KEY);
  } catch {
    return;
  }
  if (!place || place.hash !== env.window.location.hash) return;
  const { id, name, value } = place;
  const same = (one) => (id ? one.id === id : name && one.name === name && one.value === value);
  const found = [...el.querySelectorAll("input, select, textarea, button")].find(same);
  const target = found || el.querySelector("h1[tabindex]");
  if (target) target.focus();
}
