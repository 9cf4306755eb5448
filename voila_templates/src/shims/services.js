// What the kernel connection takes from the index of @jupyterlab/services. The index itself would
// bring in contents, settings, terminals and a schema validator.
export { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";
export { CommsOverSubshells } from "@jupyterlab/services/lib/kernel/comm.js";
