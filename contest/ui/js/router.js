// Screens have addresses (#cau-7, #du-doan, #xem-lai), so that Back means "the screen before".

export function toHash(route) {
  if (route.name === "question") return `#cau-${route.q}`;
  return route.name === "predict" ? "#du-doan" : "#xem-lai";
}

/** The screen an address names on this paper, or null. */
export function fromHash(hash, { count, predicts }) {
  const found = /^#cau-([1-9]\d{0,3})$/.exec(hash);
  if (found && Number(found[1]) <= count) return { name: "question", q: Number(found[1]) };
  if (hash === "#du-doan" && predicts) return { name: "predict" };
  return hash === "#xem-lai" ? { name: "review" } : null;
}

/** In a page of its own the browser's history is ours. */
export class PageRouter {
  constructor(win, changed) {
    this.win = win;
    this.changed = () => changed(win.location.hash);
    win.addEventListener("hashchange", this.changed);
    this.arm = this.arm.bind(this);
  }

  start(hash) {
    const { history } = this.win;
    if (this.win.location.hash !== hash) history.replaceState(history.state, "", hash);
    // Browsers skip entries made without the person's doing, hence at the first touch or key.
    if (!(history.state && history.state.timhieu)) {
      for (const kind of ["pointerup", "keydown"]) this.win.addEventListener(kind, this.arm, true);
    }
  }

  /** Puts the review behind the first screen: Back never leaves the attempt unasked. */
  arm() {
    this.disarm();
    const { history, location } = this.win;
    const here = location.hash;
    if (here === "#xem-lai") return;
    history.replaceState({ timhieu: true }, "", "#xem-lai");
    history.pushState({ timhieu: true }, "", here);
  }

  disarm() {
    for (const kind of ["pointerup", "keydown"]) this.win.removeEventListener(kind, this.arm, true);
  }

  go(hash) {
    if (this.win.location.hash !== hash) this.win.history.pushState({ timhieu: true }, "", hash);
    this.changed();
  }

  stop() {
    this.disarm();
    this.win.removeEventListener("hashchange", this.changed);
  }
}

/** Inside someone else's page (JupyterLab) addresses are left alone. */
export class MemoryRouter {
  constructor(changed) {
    this.changed = changed;
  }

  start() {}

  go(hash) {
    this.changed(hash);
  }

  stop() {}
}
