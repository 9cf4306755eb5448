// The widget manager: models only. Widgets draw themselves into plain elements (see anywidget.js).

import { LayoutModel, shims, WidgetModel } from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";

export class Manager extends ManagerBase {
  constructor(kernel) {
    super();
    this.kernel = kernel;
    this.comms = new shims.services.CommManager(kernel);
    this.comms.register_target(this.comm_target_name, (comm, message) =>
      this.handle_comm_open(comm, message),
    );
  }

  /** Every widget the kernel has, as ipywidgets 8 asks for them: all states in one message. */
  load() {
    return this._loadFromKernel();
  }

  async loadClass(name) {
    return name === "LayoutModel" ? LayoutModel : WidgetModel;
  }

  async _create_comm(target, id, data, metadata, buffers) {
    const comm = this.kernel.createComm(target, id);
    if (data || metadata) comm.open(data, metadata, buffers);
    return new shims.services.Comm(comm);
  }

  async _get_comm_info() {
    const reply = await this.kernel.requestCommInfo({ target_name: this.comm_target_name });
    return reply.content.status === "ok" ? reply.content.comms : {};
  }
}
