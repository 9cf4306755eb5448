// Draws a widget by the anywidget protocol: `render({model, el})` from our own registry.

/** What anywidget promises a front end, and the connection, which it doesn't. */
function facade(model, link) {
  return {
    get: (name) => model.get(name),
    set: (name, value) => model.set(name, value),
    save_changes: () => model.save_changes(),
    send: (content, callbacks, buffers) => model.send(content, callbacks, buffers),
    on: (name, handler) => model.on(name, handler),
    off: (name, handler) => model.off(name, handler),
    widget_manager: model.widget_manager,
    connection: link,
  };
}

/** Draws `model` into `el`. Returns false for a widget this page has no code for. */
export async function draw({ model, el, link, registry }) {
  const known = model.get("_model_module") === "anywidget";
  const widget = known ? registry[model.get("_anywidget_id")] : null;
  if (!widget) return false;
  await widget.render({ model: facade(model, link), el });
  return true;
}
