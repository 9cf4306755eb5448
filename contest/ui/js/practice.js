// Practice: an anywidget, as the paper is one.

import { PracticeApp } from "./practice-app.js";
import { browserEnv } from "./env.js";

export function createPractice({ model, el, env = browserEnv() }) {
  const app = new PracticeApp({ model, el, env });
  app.start();
  return app;
}

export function render({ model, el }) {
  const app = createPractice({ model, el });
  return () => app.destroy();
}

export default { render };
