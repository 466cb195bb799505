import type { Map as MapLibre } from "maplibre-gl";
import { drawnNow, type Group } from "./legend";
import { get, root } from "./server";
import { announce, byId, element, say } from "./text";

interface Collections { collections: { id: string }[] }
interface Page { features: unknown[]; links: { rel: string; href: string }[] }

/** What the groups of the legend are called in the interface. */
const collections: Record<string, string> = {
  "municipality-share": "result_municipalities", "settlement-circle": "result_settlements", settlement: "settlements", gap: "gaps", measure: "measures", address: "addresses", facility: "facilities", ground: "background", supply: "coverage_areas",
};

/** A file per visible layer, of the visible part of the map and to the last feature. */
export class Downloads {
  private known = new Set<string>();

  constructor(private readonly map: MapLibre, private readonly groups: Group[]) {
    void get<Collections>("/collections").then(({ collections: all }) => { this.known = new Set(all.map((c) => c.id)); this.offer(); }).catch(() => undefined);
    map.on("moveend", () => this.offer());
    byId("ebenen").addEventListener("change", () => this.offer());
  }

  /** Lists the layers that are switched on, drawn at this zoom level, and open to this reader. */
  offer(): void {
    const visible = this.groups.filter((g) => this.known.has(collections[g.id] ?? "") && drawnNow(this.map, g));
    byId("laden").replaceChildren(...visible.map((group) => {
      const item = element("li"), button = element("button", `${group.label} (GeoJSON)`, { type: "button", "data-collection": collections[group.id]! });
      button.addEventListener("click", () => void this.save(collections[group.id]!, button));
      item.append(button);
      return item;
    }));
  }

  private async save(collection: string, button: HTMLButtonElement): Promise<void> {
    const b = this.map.getBounds(), box = [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map((v) => v.toFixed(5)).join(",");
    button.disabled = true;
    try {
      const features: unknown[] = [];
      for (let next: string | undefined = `/collections/${collection}/items?f=json&limit=10000&bbox=${box}`; next;) {
        const page: Page = await get<Page>(next);
        features.push(...page.features);
        const following = page.links.find((l) => l.rel === "next")?.href;
        next = following?.slice(root.length);
      }
      const link = element("a", "", { download: `${collection}.geojson`, href: URL.createObjectURL(new Blob([JSON.stringify({ type: "FeatureCollection", features })], { type: "application/geo+json" })) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      announce(say(`${features.length} Objekte gespeichert.`, `${features.length} features saved.`));
    } catch (e) {
      announce((e as Error).message || say("Der Dienst antwortet nicht.", "The service does not answer."));
    } finally {
      button.disabled = false;
    }
  }
}
