// Builds what is committed: the page's bundle, the paper for JupyterLab, style and display script.
// `node build.mjs [--out DIR]`: with DIR nothing here is touched (the tests compare the two).

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(HERE);
const STATIC = "voila_templates/voila/templates/contest/static";
const BUILT = "voila_templates/built.json";
const SOURCES = ["voila_templates/src", "contest/ui/js", "contest/ui/look.css"];
const TOOLS = ["build.mjs", "package.json", "licences/jupyter.txt"].map((one) => `voila_templates/${one}`);
const LOCK = "voila_templates/package-lock.json";

const at = process.argv.indexOf("--out");
const OUT = at < 0 ? ROOT : path.resolve(process.argv[at + 1]);

const shim = (name) => path.join(HERE, "src", "shims", name);

/** Keeps out what the page never runs; each shim says what it stands for. */
const slim = {
  name: "slim",
  setup(build) {
    const nothing = /^(jquery|@lumino\/widgets|@lumino\/messaging)$/;
    build.onResolve({ filter: nothing }, () => ({ path: shim("nothing.js") }));
    build.onResolve({ filter: /^sanitize-html$/ }, () => ({ path: shim("sanitize.js") }));
    build.onResolve({ filter: /^@jupyterlab\/coreutils$/ }, () => ({ path: shim("coreutils.js") }));
    build.onResolve({ filter: /^\.\.$/ }, ({ importer }) =>
      /@jupyterlab.services.lib.kernel/.test(importer) ? { path: shim("services.js") } : undefined,
    );
    // Templates compile text to code; nothing here uses them, and the page forbids it.
    build.onResolve({ filter: /^\.\/template\.js$/ }, ({ importer }) =>
      /underscore.modules/.test(importer) ? { path: shim("nothing.js") } : undefined,
    );
    build.onLoad({ filter: /(lodash.(_root)|underscore.modules._setup)\.js$/ }, async (file) => ({
      contents: (await readFile(file.path, "utf8")).replace(
        /Function\('return this'\)\(\)/,
        "globalThis",
      ),
      loader: "js",
    }));
  },
};

const common = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  write: false,
  charset: "utf8",
  legalComments: "none",
  pure: ["console.debug"],
  metafile: true,
  nodePaths: [path.join(HERE, "node_modules")],
  outdir: "/",
};

async function bundle(source, target, options) {
  const result = await esbuild.build({ ...common, ...options, entryPoints: [source] });
  const [file] = result.outputFiles;
  return { target, text: file.text, inputs: Object.keys(result.metafile.inputs) };
}

async function build() {
  const script = { target: "es2019", format: "esm", plugins: [slim] };
  const parts = [
    await bundle("voila_templates/src/entry.js", `${STATIC}/entry.js`, script),
    await bundle("contest/ui/js/paper.js", "contest/ui/paper.bundle.js", script),
    await bundle("contest/ui/js/practice.js", "contest/ui/practice.bundle.js", script),
    await bundle("voila_templates/src/display.js", `${STATIC}/display.js`, { target: "es2015", format: "iife" }),
    await bundle("voila_templates/src/page.js", `${STATIC}/page.js`, { target: "es2015", format: "iife" }),
    await bundle("voila_templates/src/proof.js", `${STATIC}/proof.js`, { target: "es2015", format: "iife" }),
    await bundle("voila_templates/src/unit.js", `${STATIC}/unit.js`, { target: "es2018", format: "iife" }),
    await bundle("voila_templates/src/board.js", `${STATIC}/board.js`, { target: "es2015", format: "iife" }),
    await bundle("contest/ui/look.css", `${STATIC}/look.css`, { target: ["chrome80", "safari14", "firefox78"] }),
  ];
  parts.push({ ...parts.at(-1), target: "contest/ui/paper.bundle.css" });
  parts.push({ target: `${STATIC}/LICENSES.txt`, text: await licences(parts.flatMap((part) => part.inputs)) });
  return parts;
}

/** The licences of everything that went into the bundles. */
async function licences(inputs) {
  const folders = inputs
    .map((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input))
    .filter(Boolean)
    .map((found) => found[1]);
  const texts = [];
  for (const folder of [...new Set(folders)].sort()) {
    const { name, version, license } = JSON.parse(await read(path.join(folder, "package.json")));
    const files = (await readdir(path.join(ROOT, folder))).sort();
    const file = files.find((one) => /^licen[cs]e/i.test(one));
    const ours = /^@(jupyter|lumino)/.test(name) ? "voila_templates/licences/jupyter.txt" : null;
    const text = await read(file ? path.join(folder, file) : ours);
    texts.push(`${name} ${version} (${license})\n\n${text.replace(/\r\n/g, "\n").trim()}\n`);
  }
  const head = "entry.js contains code of these packages.\n";
  return [head, ...texts].join(`\n${"-".repeat(72)}\n\n`);
}

const read = (file) => readFile(path.join(ROOT, file), "utf8");
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

async function listed(place) {
  if (/\.\w+$/.test(place)) return [place];
  const entries = await readdir(path.join(ROOT, place), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath ?? entry.path, entry.name)));
}

async function hashes(files) {
  const pairs = files.sort().map(async (file) => [file, sha256(await readFile(path.join(ROOT, file)))]);
  return Object.fromEntries(await Promise.all(pairs));
}

async function put(file, text) {
  const target = path.join(OUT, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}

const parts = await build();
for (const part of parts) await put(part.target, part.text);
const sources = (await Promise.all([...SOURCES, ...TOOLS].map(listed))).flat();
const record = {
  lock: sha256(await readFile(path.join(ROOT, LOCK))),
  sources: await hashes(sources),
  outputs: Object.fromEntries(parts.map((part) => [part.target, sha256(part.text)])),
};
await put(BUILT, `${JSON.stringify(record, null, 2)}\n`);
for (const part of parts) console.log(`${part.target}  ${Buffer.byteLength(part.text)} bytes`);
