/** The first picture: tiles the service painted, in the place where the map will be, while its program is still on the way. */
import { levelAt, paintedTile, type Place, tilesIn, world } from "./painted";

const box = document.getElementById("karte")!;
const [bounds, edition] = [box.dataset["bounds"]?.split(",").map(Number), box.dataset["edition"]];
const query = new URLSearchParams(location.search);

function view(width: number, height: number): Place | undefined {
  const [zoom, latitude, longitude] = /karte=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)/.exec(location.hash)?.slice(1).map(Number) ?? [];
  if (zoom !== undefined && latitude !== undefined && longitude !== undefined) {
    const [x, y] = world(longitude, latitude);
    return { zoom, x, y };
  }
  if (!bounds || bounds.length !== 4) return undefined;
  const [left, bottom] = world(bounds[0]!, bounds[1]!), [right, top] = world(bounds[2]!, bounds[3]!);
  const fit = Math.log2(Math.min((width - 40) / (right - left), (height - 40) / (bottom - top)) / 512);
  return { zoom: Math.min(18, Math.max(5, fit)), x: (left + right) / 2, y: (top + bottom) / 2 };
}

function paint(): Promise<unknown> {
  const { width, height } = box.getBoundingClientRect(), seen = view(width, height);
  // Another view is computed when it is asked for: its picture would come later than the map.
  if (!edition || !seen || ["profil", "grundlage", "stand"].some((p) => query.has(p))) return Promise.resolve();
  const level = levelAt(seen.zoom), frame = document.createElement("div"), shown: Promise<unknown>[] = [];
  frame.id = "erstes-bild";
  frame.ariaHidden = "true";
  for (const { x, y, left, top, edge } of tilesIn(seen, level, width, height)) {
    const image = new Image();
    // Half a pixel wider than it is: no seam where two meet between pixels.
    Object.assign(image.style, { left: `${left}px`, top: `${top}px`, width: `${edge + 0.5}px`, height: `${edge + 0.5}px` });
    [image.alt, image.fetchPriority, image.src] = ["", "high", paintedTile(edition, level, x, y)];
    shown.push(image.decode().catch(() => image.remove()));
    frame.append(image);
  }
  box.before(frame);
  return Promise.all(shown).then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))).then(() => performance.mark("erstes-bild"));
}

const patience = new Promise((done) => setTimeout(done, 800));
await Promise.race([paint(), patience]);
// What only the drawn map needs comes after the picture: its style between the page's own, and its program.
const style = document.createElement("link"), program = new URL("map.js", import.meta.url).href;
[style.rel, style.href] = ["stylesheet", new URL("maplibre.css", import.meta.url).href];
const styled = new Promise((done) => { style.onload = style.onerror = done; });
document.querySelector('link[href$="/map.css"]')!.before(style);
const early = document.createElement("link");
[early.rel, early.href] = ["modulepreload", program];
document.head.append(early);
await styled;
await import(program);
