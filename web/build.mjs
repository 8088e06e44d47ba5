// Builds scripts, styles, fonts and map data into the Python package, each file under a name with its content's hash,
// and a manifest from the plain names to those. Nothing of it is committed; nothing is fetched when pages are shown.
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "src", "quellenlage", "views", "web", "static");
const made = `${target}.new-${process.pid}`; // takes the place of the other when it is whole

/** Scripts of one page each, beside `main`, which every page loads. */
const ENTRIES = ["main", "timeline", "graph", "map", "article", "review", "draft", "jobs"];

/** Copied as they are: the states of the world in two precisions (Natural Earth, public domain), and our icon. */
const COPIED = {
  "world-110m.json": "node_modules/world-atlas/countries-110m.json",
  "world-50m.json": "node_modules/world-atlas/countries-50m.json",
  "icon.svg": "icon.svg",
};

await mkdir(made, { recursive: true });

const result = await build({
  absWorkingDir: here,
  entryPoints: [...ENTRIES.map((name) => `src/${name}.ts`), "styles/main.css"],
  outdir: made,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome109", "firefox115", "safari16.4"],
  minify: true,
  metafile: true,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  legalComments: "linked",
  logLevel: "warning",
});

const manifest = {};
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  const name = basename(path);
  if (output.entryPoint) {
    const entry = basename(output.entryPoint).replace(/\.ts$/, ".js");
    manifest[entry] = name;
  } else if (/latin-(opsz|wght)-normal.*\.woff2$/.test(name)) {
    manifest[name.replace(/-[A-Z0-9]{8}(?=\.woff2$)/, "")] = name;
  }
}
for (const [name, source] of Object.entries(COPIED)) {
  const bytes = await readFile(join(here, source));
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  const named = name.replace(/(?=\.\w+$)/, `-${hash}`);
  await writeFile(join(made, named), bytes);
  manifest[name] = named;
}
await writeFile(join(made, "manifest.json"), `${JSON.stringify(manifest, Object.keys(manifest).sort(), 1)}\n`);
await rm(target, { recursive: true, force: true });
await rename(made, target);
console.log(`${Object.keys(manifest).length} files in ${relative(process.cwd(), target) || target}`);
