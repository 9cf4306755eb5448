// Size of letters and colours, before the first paint. Loaded in <head> and blocking, hence small
// and in the oldest dialect: it also tells an old browser from one that can run the page.
(function () {
  var SIZE = "timhieu.size";
  var THEME = "timhieu.theme";
  var root = document.documentElement;
  root.setAttribute("data-script", "");
  // Modules, dialogs, what the page's own script calls: all of them are there, or the page can't work.
  var needs = ["HTMLDialogElement", "WebSocket", "fetch", "AbortController", "Promise"];
  function lacks(name) {
    return !window[name];
  }
  if (!("noModule" in HTMLScriptElement.prototype) || needs.some(lacks) || ![].flatMap) {
    root.setAttribute("data-old", "");
  }
  window.voila_heartbeat = function () {};

  function read(key, allowed) {
    try {
      var value = localStorage.getItem(key);
      return allowed.indexOf(value) < 0 ? null : value;
    } catch (error) {
      return null;
    }
  }

  function write(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch (error) {
      // Without storage the choice holds for this page.
    }
  }

  var size = read(SIZE, ["s", "m", "l"]) || "m";
  var theme = read(THEME, ["light", "dark", "contrast"]);

  function wants(query) {
    return window.matchMedia && window.matchMedia(query).matches;
  }

  function shown() {
    if (theme) return theme;
    if (wants("(prefers-contrast: more)")) return "contrast";
    return wants("(prefers-color-scheme: dark)") ? "dark" : "light";
  }

  function apply() {
    root.setAttribute("data-size", size);
    if (theme) root.setAttribute("data-theme", theme);
    else root.removeAttribute("data-theme");
  }

  function each(selector, action) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), action);
  }

  function mark() {
    each("[data-set-size]", function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-set-size") === size));
    });
    each("[data-set-contrast]", function (button) {
      button.setAttribute("aria-pressed", String(shown() === "contrast"));
    });
    each("[data-set-theme]", function (select) {
      select.value = theme || "auto";
    });
  }

  function setTheme(value) {
    theme = value;
    write(THEME, value);
    apply();
    mark();
  }

  apply();
  document.addEventListener("DOMContentLoaded", mark);
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-set-size],[data-set-contrast]");
    if (!button) return;
    if (button.hasAttribute("data-set-contrast")) {
      var light = wants("(prefers-color-scheme: dark)") ? "dark" : "light";
      setTheme(shown() !== "contrast" ? "contrast" : wants("(prefers-contrast: more)") ? light : null);
      return;
    }
    size = button.getAttribute("data-set-size");
    write(SIZE, size);
    apply();
    mark();
  });
  document.addEventListener("change", function (event) {
    if (!event.target.hasAttribute("data-set-theme")) return;
    setTheme(event.target.value === "auto" ? null : event.target.value);
  });
})();
