import type { Map as MapLibre } from "maplibre-gl";
import { drawnNow, type Group } from "./legend";
import { root } from "./server";
import { byId } from "./text";

/** What a sheet draws of the map's groups; cells that are added up to squares are drawn one by one. */
const printed = new Map([["gap-square", "gap"], ...["ground", "settlement", "municipality-share", "gap", "supply", "border", "measure", "address", "facility", "settlement-circle", "name", "change-share", "change-area"].map((g) => [g, g] as [string, string])]);

/** Links to a sheet of what the map shows now. */
export function offerSheet(map: MapLibre, groups: () => Group[], chosen: () => string, changed: () => string): void {
  const update = (): void => {
    const b = map.getBounds(), box = [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map((v) => v.toFixed(5)).join(",");
    const layers = new Set(groups().filter((g) => drawnNow(map, g)).map((g) => printed.get(g.id)).filter(Boolean));
    const sheet = changed() ? `change?${changed()}&` : `view?`, rest = changed() ? "" : chosen();
    for (const paper of ["A4", "A3"]) {
      const link = byId<HTMLAnchorElement>(`ausschnitt-${paper.toLowerCase()}`);
      link.href = `${root}/print/${sheet}bbox=${box}&layers=${[...layers].join(",")}&paper=${paper}-quer&f=pdf&lang=${document.documentElement.lang}${rest}`;
    }
  };
  map.on("moveend", update);
  map.on("styledata", update);
  byId("ebenen").addEventListener("change", update);
  update();
}
