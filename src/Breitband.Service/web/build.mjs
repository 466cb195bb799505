// Bundles the map's scripts and copies the library's worker, which must be a file of our own server (no inline script is allowed).
import { build } from "esbuild";
import { gzipSync } from "node:zlib";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";

await mkdir("dist", { recursive: true });
const { metafile } = await build({ entryPoints: ["src/map.ts", "src/start.ts"], bundle: true, minify: true, format: "esm", target: "es2022", outdir: "dist", legalComments: "none", metafile: true });
await copyFile("node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs", "dist/worker.mjs");
await copyFile("node_modules/maplibre-gl/dist/maplibre-gl.css", "dist/maplibre.css");

// Every package whose code is in the bundle or in the worker (which the map library bundled from its own dependencies), with its licence.
const packages = new Set(Object.keys(metafile.inputs).concat("node_modules/maplibre-gl/x").map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter(Boolean));
const described = async (name) => JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8"));
for (const name of packages)
  for (const needed of Object.keys((await described(name)).dependencies ?? {}))
    if (!needed.startsWith("@types/")) packages.add(needed);
const texts = [];
for (const name of [...packages].sort()) {
  const { version, license } = await described(name);
  const file = (await readdir(`node_modules/${name}`)).find((f) => /^licen[cs]e/i.test(f));
  texts.push(`${name} ${version} (${license})\n\n${file ? await readFile(`node_modules/${name}/${file}`, "utf8") : ""}`);
}
await writeFile("dist/licences.txt", texts.join(`\n${"-".repeat(72)}\n\n`));

// Packed once, here: the service sends the large ones as they lie.
for (const file of ["map.js", "worker.mjs", "maplibre.css"]) await writeFile(`dist/${file}.gz`, gzipSync(await readFile(`dist/${file}`), { level: 9 }));
