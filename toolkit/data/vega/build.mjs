// Builds vega.js.gz, Vega and its expression interpreter as one script that sets globalThis.toolkitVega, and LICENSES.txt.
// In an empty folder: npm i vega@6.2.0 vega-interpreter@2.2.1 esbuild@0.28 && node build.mjs
// One thing is changed in Vega: the ids of clip paths and gradients get a prefix of ours, because JupyterLab brings a
// Vega of its own, and two counters on one page would give two shapes the same id.
import { build } from "esbuild";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const modules = "node_modules";
let vega = readFileSync(join(modules, "vega/build/vega.js"), "utf8");
for (const [from, to] of [["'clip' + clip_id", "'tk_clip' + clip_id"], ["'gradient_' + gradient_id", "'tk_gradient_' + gradient_id"]]) {
  if (vega.split(from).length !== 2) throw new Error(`${from} is not once in vega.js`);
  vega = vega.replace(from, to);
}
writeFileSync("vega.cjs", vega);

const stdin = {
  contents: `export { parse, View, Warn, loader } from "./vega.cjs"; export { expressionInterpreter } from "vega-interpreter";`,
  resolveDir: process.cwd(),
};
const made = await build({
  stdin, bundle: true, minify: true, format: "iife", globalName: "toolkitVega", write: false,
  legalComments: "none", charset: "ascii", target: "es2022",
});
const source = made.outputFiles[0].text.replace(/^(?:"use strict";)?var toolkitVega=/, "globalThis.toolkitVega??=");
writeFileSync("vega.js.gz", gzipSync(Buffer.from(source), { level: 9 }));

// Everything that `npm i` brought along, but the tool itself, is in the bundle; equal licence texts are given once.
const holders = new Map();
for (const name of readdirSync(modules).filter((n) => !/^[.@]|^esbuild$/.test(n)).sort()) {
  const folder = join(modules, name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json")));
  const file = readdirSync(folder).find((f) => /^(licen[cs]e|unlicense)/i.test(f));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license}`;
  holders.set(text, [...(holders.get(text) ?? []), `${name} ${version} (${license})`]);
}
const rule = `\n\n${"-".repeat(80)}\n\n`;
writeFileSync("LICENSES.txt", [...holders].map(([text, names]) => `${names.join("\n")}\n\n${text}`).join(rule) + "\n");
