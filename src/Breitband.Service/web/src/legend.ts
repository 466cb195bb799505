import { hatch } from "./images";
import { maps } from "./maps";
import { byId, element, say } from "./text";

interface Symbol { label: string; fill?: string; outline: string; width: number; dash?: number[]; hatch?: string }
export interface Group { id: string; label: string; layers: string[]; symbols: Symbol[] }

const fades: Record<string, string[]> = { fill: ["fill-opacity"], line: ["line-opacity"], circle: ["circle-opacity", "circle-stroke-opacity"], symbol: ["icon-opacity"] };

/** Fades a group as its slider would. */
export function fade(group: string, percent: number): void {
  const slider = document.querySelector<HTMLInputElement>(`#deckkraft-${group}`);
  if (!slider) return;
  slider.value = `${percent}`;
  slider.dispatchEvent(new Event("input"));
}

/** Layers with their legend, each to be switched and faded; what is off stands in the address, so that a link shows the same map. */
export function showLegend(groups: Group[]): void {
  const off = new Set(new URLSearchParams(location.search).get("aus")?.split(",") ?? []);
  for (const group of groups) {
    const box = element("div", "", { class: "ebene" });
    const label = element("label");
    const check = element("input", "", { type: "checkbox", id: `ebene-${group.id}` });
    check.checked = !off.has(group.id);
    label.append(check, ` ${group.label}`);
    const slider = element("input", "", { type: "range", id: `deckkraft-${group.id}`, min: "10", max: "100", value: "100", "aria-label": `${say("Deckkraft", "opacity")}: ${group.label}` });
    box.append(label, slider, symbols(group));
    byId("ebenen").append(box);
    const show = (): void => {
      for (const map of maps) for (const id of group.layers) map.setLayoutProperty(id, "visibility", check.checked ? "visible" : "none");
      check.checked ? off.delete(group.id) : off.add(group.id);
    };
    show();
    check.addEventListener("change", () => {
      show();
      const address = new URL(location.href);
      off.size ? address.searchParams.set("aus", [...off].join(",")) : address.searchParams.delete("aus");
      history.replaceState(null, "", address);
    });
    const own = new Map(group.layers.map((id) => [id, id === "measure-area" ? 0.06 : 1]));
    slider.addEventListener("input", () => {
      for (const map of maps) for (const [id, full] of own)
        for (const property of fades[map.getLayer(id)!.type] ?? []) map.setPaintProperty(id, property as "fill-opacity", (full * Number(slider.value)) / 100);
    });
  }
}

function symbols(group: Group): HTMLUListElement {
  const list = element("ul", "", { class: "zeichen" });
  for (const symbol of group.symbols) {
    const item = element("li");
    item.append(swatch(symbol, group.id), ` ${symbol.label}`);
    list.append(item);
  }
  return list;
}

function swatch(symbol: Symbol, group: string): HTMLCanvasElement {
  const canvas = element("canvas", "", { "aria-hidden": "true" }), c = canvas.getContext("2d")!;
  const scale = 2, [width, height] = [28, 16];
  [canvas.width, canvas.height] = [width * scale, height * scale];
  c.scale(scale, scale);
  const round = group === "address" || group === "facility" || group === "settlement-circle";
  c.beginPath();
  if (round) c.arc(width / 2, height / 2, group === "address" ? 3 : 5, 0, 7);
  else if (symbol.fill) c.rect(1, 1, width - 2, height - 2);
  else { c.moveTo(1, height / 2); c.lineTo(width - 1, height / 2); }
  if (symbol.fill) { c.fillStyle = symbol.fill; c.fill(); }
  if (symbol.hatch) {
    const image = hatch(symbol.hatch), tile = new OffscreenCanvas(image.width, image.height);
    tile.getContext("2d")!.putImageData(image, 0, 0);
    c.fillStyle = c.createPattern(tile, "repeat")!;
    c.fill();
  }
  c.lineWidth = round ? 1 : symbol.fill ? 1 : symbol.width;
  c.strokeStyle = symbol.outline;
  c.setLineDash(symbol.dash ?? []);
  c.stroke();
  return canvas;
}
