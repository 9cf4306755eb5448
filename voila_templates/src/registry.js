// The widgets of the public pages, by `_anywidget_id`.

import paper from "../../contest/ui/js/paper.js";
import practice from "../../contest/ui/js/practice.js";

export const registry = { "timhieu.paper": paper, "timhieu.practice": practice };
