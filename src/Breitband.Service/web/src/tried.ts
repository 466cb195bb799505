import type { FilterSpecification, GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { Group } from "./legend";
import type { Gaps } from "./server";

/** Gap areas and squares as a trial has them, in the place of those on the tiles that are no longer so. */
export class TriedGaps {
  private readonly filters = new Map<string, FilterSpecification | undefined>();

  constructor(private readonly map: MapLibre, groups: Group[]) {
    for (const id of groups.flatMap((g) => g.layers)) if (map.getLayer(id)?.sourceLayer === "gaps") this.filters.set(id, map.getFilter(id) ?? undefined);
  }

  /** Without any: those of the tiles again. */
  show(gaps?: Gaps): void {
    const { map } = this, hidden = gaps?.hidden ?? [];
    for (const [id, filter] of this.filters) {
      if (!map.getLayer(id)) continue;
      const others: unknown = ["match", ["get", "key"], hidden, false, true];
      map.setFilter(id, hidden.length ? (["all", ...(filter ? [filter] : []), others] as FilterSpecification) : filter);
    }
    map.getSource<GeoJSONSource>("versuch")?.setData(gaps?.shown ?? { type: "FeatureCollection", features: [] });
  }
}
