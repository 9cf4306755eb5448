// The page's own part of the desk: asks for a refresh while it is shown, says what was done,
// and keeps open what was opened. When the page goes, so does all of this.

function anchor(model) {
  return document.querySelector(`.${model.get("root")}`);
}

function render({ model, el }) {
  const status = document.createElement("p");
  status.className = "vh";
  status.setAttribute("role", "status");
  el.append(status);

  let timer = null;
  const tick = () => {
    const selected = document.getSelection();
    if (document.hidden || (selected && !selected.isCollapsed)) return;
    model.send({ t: "tick" });
  };
  const keepTime = () => {
    clearInterval(timer);
    const seconds = model.get("seconds");
    timer = seconds > 0 ? setInterval(tick, seconds * 1000) : null;
  };
  const say = () => {
    status.textContent = model.get("said");
  };

  const opened = new Set();
  const toggled = (event) => {
    const key = event.target.dataset && event.target.dataset.key;
    if (key) event.target.open ? opened.add(key) : opened.delete(key);
  };
  const reopen = () => {
    const root = anchor(model);
    if (!root) return;
    for (const one of root.querySelectorAll("details[data-key]:not([open])")) {
      if (opened.has(one.dataset.key)) one.open = true;
    }
  };
  const watcher = new MutationObserver(reopen);

  // The links of the page's parts: notebooks take the addresses of links for their own.
  const jumped = (event) => {
    const link = event.target.closest(".desk-nav a[href^='#']");
    const part = link && document.getElementById(link.hash.slice(1));
    if (!part) return;
    event.preventDefault();
    event.stopPropagation();
    part.focus();
    part.scrollIntoView();
  };

  model.on("change:seconds", keepTime);
  model.on("change:said", say);
  document.addEventListener("toggle", toggled, true);
  document.addEventListener("click", jumped, true);
  watcher.observe(document.body, { childList: true, subtree: true });
  keepTime();
  say();

  return () => {
    clearInterval(timer);
    watcher.disconnect();
    document.removeEventListener("toggle", toggled, true);
    document.removeEventListener("click", jumped, true);
  };
}

export default { render };
