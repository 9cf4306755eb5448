// The paper: an anywidget. In JupyterLab it is loaded as it stands; on the public page it is part
// of the entry bundle, which adds `model.connection`.

import { App } from "./app.js";
import { browserEnv } from "./env.js";

export function createPaper({ model, el, env = browserEnv() }) {
  const app = new App({ model, el, env });
  app.start();
  return app;
}

export function render({ model, el }) {
  const app = createPaper({ model, el });
  return () => app.destroy();
}

export default { render };
