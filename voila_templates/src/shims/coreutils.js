// The two names that the kernel connection takes from @jupyterlab/coreutils. Addresses here are
// always "base + plain parts": no parser is needed.
export const URLExt = {
  join: (first, ...rest) =>
    [first.replace(/\/+$/, ""), ...rest.map((part) => part.replace(/^\/+|\/+$/g, ""))].join("/"),
  normalize: (url) => url,
  getHostName: () => "",
};
export const PageConfig = {
  getBaseUrl: () => "/",
  getWsUrl: () => "",
  getToken: () => "",
  getOption: () => "",
};
