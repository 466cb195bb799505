import type { Map as MapLibre, VectorTileSource } from "maplibre-gl";
import { maps } from "./maps";
import { byId } from "./text";

interface TileJson { vector_layers: { id: string; attribution?: string }[] }

/** By address of a TileJSON: what the licences of each layer ask to be named. */
const known = new Map<string, Promise<Map<string, string>>>();

function layersOf(url: string): Promise<Map<string, string>> {
  const asked = known.get(url) ?? fetch(url).then(async (r) => new Map(((await r.json()) as TileJson).vector_layers.map((l) => [l.id, l.attribution ?? ""])));
  known.set(url, asked);
  return asked;
}

/** Tiles of another edition may come from other sources. */
export const forgetCredits = (): void => known.clear();

/** Names the sources of exactly what is drawn, on all maps of the page, and always in sight. */
export function showCredits(map: MapLibre): void {
  map.on("idle", () => void Promise.all(maps.map(credits)).then((all) => {
    const text = [...new Set(all.flat())].join(" · ");
    if (byId("quellen").textContent !== text) byId("quellen").textContent = text;
  }).catch(() => undefined));
}

async function credits(map: MapLibre): Promise<string[]> {
  const zoom = map.getZoom(), names: string[] = [];
  for (const { id } of map.getStyle().layers) {
    const layer = map.getLayer(id)!, source = layer.source ? map.getSource(layer.source) : undefined;
    if (!source || map.getLayoutProperty(id, "visibility") === "none" || zoom < (layer.minzoom ?? 0) || zoom >= (layer.maxzoom ?? 24)) continue;
    if (source.type === "vector") names.push(...((await layersOf((source as VectorTileSource).url)).get(layer.sourceLayer ?? "") ?? "").split(" · "));
    else if (source.attribution) names.push(source.attribution);
  }
  return names.filter(Boolean);
}
