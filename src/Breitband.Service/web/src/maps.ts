import { type LngLatBoundsLike, Map as MapLibre, NavigationControl, type StyleSpecification } from "maplibre-gl";
import { showCredits } from "./credits";
import { drawnBySoftware, moveDrawing } from "./gesture";
import { provideImages } from "./images";
import { say } from "./text";

/** The maps on the page: one, or two side by side. What the legend switches is switched on all of them. */
export const maps: MapLibre[] = [];

export function makeMap(container: string, style: string | StyleSpecification, place: { bounds: LngLatBoundsLike } | { center: [number, number]; zoom: number }): MapLibre {
  const software = drawnBySoftware();
  const map = new MapLibre({
    container, style, ...place, fitBoundsOptions: { padding: 20 }, hash: container === "karte" ? "karte" : false,
    attributionControl: false, maxZoom: 18, minZoom: 5, dragRotate: false, pitchWithRotate: false, maxPitch: 0, touchPitch: false, fadeDuration: 0,
    canvasContextAttributes: { preserveDrawingBuffer: software },
    locale: {
      "NavigationControl.ZoomIn": say("Vergrößern", "Zoom in"), "NavigationControl.ZoomOut": say("Verkleinern", "Zoom out"),
      "Map.Title": container === "karte" ? say("Karte", "Map") : say("Karte der zweiten Ansicht", "Map of the second view"),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  showCredits(map);
  provideImages(map);
  if (software) moveDrawing(map);
  maps.push(map);
  return map;
}

/** Another style with what is hidden, faded and laid under the map now: that belongs to the reader, not to the view. */
export function carried(previous: StyleSpecification | undefined, next: StyleSpecification): StyleSpecification {
  if (!previous) return next;
  const before = new Map(previous.layers.map((l) => [l.id, l]));
  const layers = next.layers.map((layer) => {
    const old = before.get(layer.id);
    if (!old) return layer;
    const faded = Object.fromEntries(Object.entries(old.paint ?? {}).filter(([name]) => name.endsWith("-opacity")));
    const visibility = old.layout?.visibility;
    if (layer.id === "municipality-chosen" && old.type === "line" && old.filter) return { ...layer, filter: old.filter } as typeof layer;
    return { ...layer, paint: { ...layer.paint, ...faded }, ...(visibility ? { layout: { ...layer.layout, visibility } } : {}) } as typeof layer;
  });
  const base = before.get("grundkarte"), source = previous.sources["grundkarte"];
  return base && source ? { ...next, sources: { ...next.sources, grundkarte: source }, layers: [layers[0]!, base, ...layers.slice(1)] } : { ...next, layers };
}
