// Bundles the map's scripts and copies the library's worker, which must be a file of our own server (no inline script is allowed).
import { build } from "esbuild";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";

await mkdir("dist", { recursive: true });
await build({ entryPoints: ["src/map.ts", "src/start.ts"], bundle: true, minify: true, format: "esm", target: "es2022", outdir: "dist", legalComments: "none" });
await copyFile("node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs", "dist/worker.mjs");
await copyFile("node_modules/maplibre-gl/dist/maplibre-gl.css", "dist/maplibre.css");
await writeFile("dist/licences.txt", "MapLibre GL JS\n\n" + await readFile("node_modules/maplibre-gl/LICENSE.txt", "utf8"));
