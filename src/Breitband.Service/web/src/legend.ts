import type { Map as MapLibre } from "maplibre-gl";
import { asked, remember } from "./address";
import { hatch } from "./images";
import { maps } from "./maps";
import { byId, element, say } from "./text";

interface Symbol { key: string; label: string; fill?: string; outline: string; width: number; dash?: number[]; hatch?: string }
export interface Group { id: string; label: string; layers: string[]; symbols: Symbol[]; off?: boolean }

const fades: Record<string, string[]> = { fill: ["fill-opacity"], line: ["line-opacity"], circle: ["circle-opacity", "circle-stroke-opacity"], symbol: ["icon-opacity"] };

/** What is drawn so that the ground stays legible, at full strength. */
const faint: Record<string, number> = { "measure-area": 0.06, "supply-fill": 0.12 };

/** Fades a group as its slider would. */
export function fade(group: string, percent: number): void {
  const slider = document.querySelector<HTMLInputElement>(`#deckkraft-${group}`);
  if (!slider) return;
  slider.value = `${percent}`;
  slider.dispatchEvent(new Event("input"));
}

/** Layers with their legend, each to be switched and faded; what is off stands in the address, so that a link shows the same map. */
export function showLegend(groups: Group[]): void {
  const [off, on] = ["aus", "an"].map((name) => new Set(asked(name).split(",").filter(Boolean))) as [Set<string>, Set<string>];
  const faded = new Map(asked("deckkraft").split(",").map((part) => part.split(".") as [string, string]));
  listed = groups;
  byId("ebenen").replaceChildren();
  for (const group of groups) {
    const box = element("div", "", { class: "ebene" });
    const label = element("label");
    const check = element("input", "", { type: "checkbox", id: `ebene-${group.id}` });
    check.checked = group.off ? on.has(group.id) : !off.has(group.id);
    label.append(check, ` ${group.label} `, element("small", "", { class: "zoom" }));
    const slider = element("input", "", { type: "range", id: `deckkraft-${group.id}`, min: "10", max: "100", value: "100", "aria-label": `${say("Deckkraft", "opacity")}: ${group.label}` });
    box.append(label, slider, symbols(group));
    byId("ebenen").append(box);
    const show = (): void => {
      for (const map of maps) for (const id of group.layers) map.setLayoutProperty(id, "visibility", check.checked ? "visible" : "none");
      const unusual = group.off ? on : off;
      check.checked === !group.off ? unusual.delete(group.id) : unusual.add(group.id);
    };
    show();
    check.addEventListener("change", () => {
      show();
      remember("aus", [...off].join(","));
      remember("an", [...on].join(","));
    });
    const own = new Map(group.layers.map((id) => [id, faint[id] ?? 1]));
    slider.addEventListener("input", () => {
      for (const map of maps) for (const [id, full] of own)
        for (const property of fades[map.getLayer(id)!.type] ?? []) map.setPaintProperty(id, property as "fill-opacity", (full * Number(slider.value)) / 100);
      slider.value === "100" ? faded.delete(group.id) : faded.set(group.id, slider.value);
    });
    slider.addEventListener("change", () => remember("deckkraft", [...faded].filter(([id]) => id).map(([id, percent]) => `${id}.${percent}`).join(",")));
    if (faded.has(group.id)) fade(group.id, Number(faded.get(group.id)));
  }
  dim();
}

let listed: Group[] = [];

/** Whether something is not at full strength. */
export const isFaded = (): boolean => listed.some(({ id }) => byId<HTMLInputElement>(`deckkraft-${id}`).value !== "100");

const dim = (): void => listed.forEach((group) => showRange(group, maps[0]!.getZoom()));

/** What is drawn at the zoom level of now stands out in the legend. */
export const followZoom = (): void => { maps[0]!.on("zoomend", dim); };

/** Whether a group is switched on and drawn at this zoom level. */
export const drawnNow = (map: MapLibre, group: Group): boolean => group.layers.some((id) => {
  const layer = map.getLayer(id), zoom = map.getZoom();
  return layer && map.getLayoutProperty(id, "visibility") !== "none" && zoom >= (layer.minzoom ?? 0) && zoom < (layer.maxzoom ?? 24);
});

/** Greys what is not drawn at this zoom level, and says so. */
function showRange(group: Group, zoom: number): void {
  const layers = group.layers.map((id) => maps[0]!.getLayer(id)).filter((l) => l !== undefined);
  const drawn = layers.some((l) => zoom >= (l.minzoom ?? 0) && zoom < (l.maxzoom ?? 24));
  const box = byId(`ebene-${group.id}`).closest<HTMLElement>(".ebene")!;
  box.classList.toggle("fern", !drawn);
  box.querySelector(".zoom")!.textContent = drawn ? "" : layers.every((l) => zoom < (l.minzoom ?? 0)) ? say("erst näher", "closer only") : say("nur weiter weg", "farther away only");
}

function symbols(group: Group): HTMLUListElement {
  const list = element("ul", "", { class: "zeichen" });
  for (const symbol of group.symbols) {
    const item = element("li", "", { "data-zeichen": symbol.key });
    item.append(swatch(symbol, group.id), ` ${symbol.label}`);
    list.append(item);
  }
  return list;
}

/** As a picture: three dozen canvases on a page cost a browser without a graphics card a third of every frame of the moving map. */
function swatch(symbol: Symbol, group: string): HTMLImageElement {
  const canvas = document.createElement("canvas"), c = canvas.getContext("2d")!;
  const scale = 2, [width, height] = [28, 16];
  [canvas.width, canvas.height] = [width * scale, height * scale];
  c.scale(scale, scale);
  const round = group === "address" || group === "facility" || group === "settlement-circle";
  c.beginPath();
  if (round) c.arc(width / 2, height / 2, group === "address" ? 3 : 5, 0, 7);
  else if (symbol.fill || symbol.hatch) c.rect(1, 1, width - 2, height - 2);
  else { c.moveTo(1, height / 2); c.lineTo(width - 1, height / 2); }
  if (symbol.fill) { c.fillStyle = symbol.fill; c.fill(); }
  if (symbol.hatch) {
    const image = hatch(symbol.hatch), tile = new OffscreenCanvas(image.width, image.height);
    tile.getContext("2d")!.putImageData(image, 0, 0);
    c.fillStyle = c.createPattern(tile, "repeat")!;
    c.fill();
  }
  c.lineWidth = round || symbol.fill || symbol.hatch ? 1 : symbol.width;
  c.strokeStyle = symbol.outline;
  c.setLineDash(symbol.dash ?? []);
  c.stroke();
  return element("img", "", { src: canvas.toDataURL(), alt: "" });
}
